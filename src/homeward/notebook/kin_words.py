"""Sentences such as "Anna is mother of Ben" read as facts about a family."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from homeward.genetics.pedigree import Sex
from homeward.notebook.kin_facts import FATHER, MOTHER, KinFacts, Node

EXAMPLES: Final = (
    "Write one fact in each sentence, such as 'Anna is mother of Ben', 'Ben and Carl are full siblings', 'Dora is "
    "paternal aunt of Ben', 'Ben is child of Gus and Anna', 'Ben is male' or 'Eva and Gus are unrelated'."
)
SIDES: Final = {"paternal": FATHER, "maternal": MOTHER}

_SENTENCE_END = re.compile(r"[;\n]|\.(?=\s|$)")
_SENTENCE = re.compile(r"(?P<subjects>.+?)\s+(?:is|are|was|were)\s+(?:(?:the|a|an)\s+)?(?P<said>.+)", re.DOTALL)
_OF_SOMEBODY = re.compile(r"(?P<phrase>.+?)\s+(?:of|to)\s+(?P<objects>.+)", re.DOTALL)
_OF_OWNER = re.compile(r"(?P<objects>.+?)['\u2019]s?\s+(?P<phrase>[^'\u2019]+)", re.DOTALL)
_LISTED = re.compile(r"\s*,\s*(?:and\s+)?|\s+and\s+")
_PLURALS = {"children": "child", "men": "man", "women": "woman", "wives": "wife", "grandchildren": "grandchild"}
_SEXES = {"male": Sex.MALE, "man": Sex.MALE, "boy": Sex.MALE, "female": Sex.FEMALE, "woman": Sex.FEMALE}
_SEXES |= {"girl": Sex.FEMALE}

_PARENTS = {"father": Sex.MALE, "mother": Sex.FEMALE, "parent": Sex.UNKNOWN}
_CHILDREN = {"son": Sex.MALE, "daughter": Sex.FEMALE, "child": Sex.UNKNOWN}
_SIBLINGS = {"brother": Sex.MALE, "sister": Sex.FEMALE, "sibling": Sex.UNKNOWN}
_GRANDPARENTS = {f"grand{word}": sex for word, sex in _PARENTS.items()}
_GRANDCHILDREN = {f"grand{word}": sex for word, sex in _CHILDREN.items()}
_UNCLES = {"uncle": Sex.MALE, "aunt": Sex.FEMALE}
_NEPHEWS = {"nephew": Sex.MALE, "niece": Sex.FEMALE}
_PARTNERS = {"husband": Sex.MALE, "wife": Sex.FEMALE, "spouse": Sex.UNKNOWN, "partner": Sex.UNKNOWN}
_OTHER = {"cousin", "twin", "unrelated"}

Unrelated = tuple[str, str, str]
"""Two people who are said to be unrelated, and the sentence that says it."""


def read_kin_words(text: str, facts: KinFacts) -> list[Unrelated]:
    """Note what the sentences of a text say; return the pairs that are said to be unrelated, to be checked at the end.

    Sentences end with a full stop, a semicolon or the line. What is not understood becomes a problem of ``facts.log``.
    """
    unrelated: list[Unrelated] = []
    sentences = [" ".join(part.split()) for part in _SENTENCE_END.split(text)]
    for number, sentence in enumerate((one for one in sentences if one), start=1):
        facts.where = f"sentence {number}, '{sentence[:120]}'"
        unrelated += _Sentence(facts).read(sentence)
    return unrelated


class _Sentence:
    """One sentence that is being read."""

    def __init__(self, facts: KinFacts) -> None:
        self.facts = facts

    def read(self, sentence: str) -> list[Unrelated]:
        match = _SENTENCE.fullmatch(sentence)
        if match is None:
            self._problem("This is not understood.", EXAMPLES)
            return []
        subjects, said = _names(match["subjects"]), match["said"]
        if (sex := _SEXES.get(_singular(said.lower()))) is not None:
            for subject in subjects:
                self.facts.set_sex(self.facts.person(subject), sex)
            return []
        phrase, objects = said, []
        for pattern in (_OF_SOMEBODY, _OF_OWNER):
            if (found := pattern.fullmatch(said)) is not None:
                phrase, objects = found["phrase"], _names(found["objects"])
                break
        return self._relate(subjects, phrase, objects)

    def _relate(self, subjects: list[str], phrase: str, objects: list[str]) -> list[Unrelated]:
        relation, side, is_half = _relation(phrase)
        if relation is None:
            self._problem(f"The relationship '{phrase}' is not understood.", EXAMPLES)
            return []
        if not objects and len(subjects) < 2:
            self._problem("It is not said of whom.", f"Write '{subjects[0]} is {phrase} of' and a name.")
            return []
        pairs = [(a, b) for a in subjects for b in objects]
        if not objects:
            # "Ben, Carl and Dora are siblings": each with the first.
            pairs = [(subjects[0], other) for other in subjects[1:]]
            if relation == "unrelated":
                pairs = [(a, b) for i, a in enumerate(subjects) for b in subjects[i + 1 :]]
            elif relation not in {*_SIBLINGS, *_PARTNERS, "cousin", "twin"}:
                self._problem("It is not said of whom.", f"Write '... are {phrase} of' and a name.")
                return []
        if relation == "unrelated":
            for name in (*subjects, *objects):
                self.facts.person(name)
            return [(a, b, self.facts.where) for a, b in pairs]
        for a, b in pairs:
            self._pair(relation, side, is_half, self.facts.person(a), self.facts.person(b), mutual=not objects)
        return []

    def _pair(self, relation: str, side: int | None, is_half: bool, a: Node, b: Node, *, mutual: bool) -> None:
        """Note that ``a`` is something to ``b``."""
        facts = self.facts
        if relation in _PARENTS:
            self._parent(a, b, _PARENTS[relation])
        elif relation in _CHILDREN:
            facts.set_sex(a, _CHILDREN[relation])
            facts.set_parent_of_either_sex(a, b)
        elif relation in _SIBLINGS:
            for person in (a, b) if mutual else (a,):
                facts.set_sex(person, _SIBLINGS[relation])
            if not is_half:
                facts.make_siblings(a, b)
            else:
                self._by_side(side, relation, lambda role: facts.make_siblings(a, b, (role,)))
        elif relation == "twin":
            facts.make_twins(a, b)
        elif relation in _PARTNERS:
            sex = _PARTNERS[relation]
            facts.set_sex(a, sex)
            facts.set_sex(b, {Sex.MALE: Sex.FEMALE, Sex.FEMALE: Sex.MALE}.get(sex, Sex.UNKNOWN))
        else:
            self._by_side(side, relation, lambda role: self._distant(relation, a, b, role))

    def _parent(self, parent: Node, child: Node, sex: Sex) -> None:
        if sex == Sex.UNKNOWN:
            self.facts.set_parent_of_either_sex(child, parent)
        else:
            self.facts.set_parent(child, FATHER if sex == Sex.MALE else MOTHER, parent)

    def _distant(self, relation: str, a: Node, b: Node, role: int) -> None:
        """Note a relationship through somebody's father or mother."""
        facts = self.facts
        if relation in _GRANDPARENTS:
            self._parent(a, facts.parent(b, role), _GRANDPARENTS[relation])
        elif relation in _GRANDCHILDREN:
            facts.set_sex(a, _GRANDCHILDREN[relation])
            facts.set_parent_of_either_sex(facts.parent(a, role), b)
        elif relation in _UNCLES:
            facts.set_sex(a, _UNCLES[relation])
            facts.make_siblings(a, facts.parent(b, role))
        elif relation in _NEPHEWS:
            facts.set_sex(a, _NEPHEWS[relation])
            facts.make_siblings(facts.parent(a, role), b)
        else:
            facts.make_siblings(facts.parent(a, role), facts.parent(b, role))

    def _by_side(self, side: int | None, relation: str, note: Callable[[int], None]) -> None:
        if side is None:
            through = {
                "cousin": "their fathers or their mothers are siblings",
                "grandparent": "through father or mother",
            }
            how = through.get(relation, "through the father or the mother")
            self._problem(
                f"'{relation}' does not say on which side.",
                f"Write 'paternal {relation}' or 'maternal {relation}' ({how}), or name the people in between.",
            )
        else:
            note(side)

    def _problem(self, what: str, fix: str) -> None:
        self.facts.log.add(what, where=self.facts.where, fix=fix)


def _relation(phrase: str) -> tuple[str | None, int | None, bool]:
    """Return the relationship of a phrase, the side (0 through fathers, 1 through mothers) and whether it is half."""
    words = phrase.lower().replace("half-", "half ").split()
    side: int | None = None
    is_half = False
    while len(words) > 1 and words[0] in {*SIDES, "full", "half", "biological", "identical", "monozygotic", "first"}:
        word = words.pop(0)
        side = SIDES.get(word, side)
        is_half |= word == "half"
    relation = _singular(" ".join(words))
    known = [_PARENTS, _CHILDREN, _SIBLINGS, _GRANDPARENTS, _GRANDCHILDREN, _UNCLES, _NEPHEWS, _PARTNERS, _OTHER]
    if not any(relation in group for group in known):
        return None, side, is_half
    if is_half and relation not in _SIBLINGS:
        return None, side, is_half
    if relation == "twin" and not {"identical", "monozygotic"} & set(phrase.lower().split()):
        return None, side, is_half
    return relation, side, is_half


def _singular(word: str) -> str:
    return _PLURALS.get(word, word[:-1] if word.endswith("s") else word)


def _names(text: str) -> list[str]:
    return [name for name in (part.strip().strip('"') for part in _LISTED.split(text)) if name]
