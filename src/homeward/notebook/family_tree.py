"""Pedigrees as a notebook builds them: by sentences, by steps, or from rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from homeward.core.errors import InputError, Problem, ProblemLog
from homeward.genetics.pedigree import FOUNDER, Pedigree, Sex, build_pedigree
from homeward.genetics.relatedness.identity import Descent
from homeward.genetics.relatedness.words import UNRELATED, relationship_words
from homeward.notebook.kin_facts import FATHER, MOTHER, KinFacts, is_unnamed
from homeward.notebook.kin_words import Unrelated, read_kin_words

SEX_WORDS = {"male": Sex.MALE, "female": Sex.FEMALE, "unknown": Sex.UNKNOWN}
SexWord = Literal["male", "female", "unknown"]
Row = Mapping[str, str | None]


@dataclass(frozen=True, slots=True, eq=False)
class FamilyTree:
    """A pedigree that can be looked at, asked and continued; every step returns a new one.

    pedigree: people, parents, sexes and twins. Parents without a name are called after their child: "(father of Ben)".
    """

    pedigree: Pedigree

    @property
    def people(self) -> tuple[str, ...]:
        """The people with a name, in order."""
        return tuple(person for person in self.pedigree.ids if not is_unnamed(person))

    def say(self, text: str) -> FamilyTree:
        """Return the tree with more sentences, as :func:`pedigree` takes them."""
        return self._with(lambda facts: read_kin_words(text, facts))

    def man(self, *names: str) -> FamilyTree:
        """Return the tree with men, who are nobody's child so far."""
        return self._with_people(names, Sex.MALE)

    def woman(self, *names: str) -> FamilyTree:
        """Return the tree with women, who are nobody's child so far."""
        return self._with_people(names, Sex.FEMALE)

    def person(self, name: str, sex: SexWord = "unknown") -> FamilyTree:
        """Return the tree with somebody, or with what sex somebody is who was of unknown sex."""
        return self._with_people([name], _sex(sex))

    def child(
        self, name: str, *, father: str | None = None, mother: str | None = None, sex: SexWord = "unknown"
    ) -> FamilyTree:
        """Return the tree with a child of a father, a mother or both; who is not in it yet comes in."""
        if father is None and mother is None:
            fix = "Name the father, the mother or both."
            raise InputError(Problem(f"No parent of {name} is given.", "pedigree", fix))
        return self.parents(name, father=father, mother=mother).person(name, sex)

    def parents(self, of: str, *, father: str | None = None, mother: str | None = None) -> FamilyTree:
        """Return the tree with parents of somebody; they take the place of parents without a name."""

        def note(facts: KinFacts) -> None:
            for role, parent in ((FATHER, father), (MOTHER, mother)):
                if parent is not None:
                    facts.set_parent(facts.person(of), role, facts.person(parent))

        return self._with(note)

    def sibling(self, name: str, *, of: str, sex: SexWord = "unknown") -> FamilyTree:
        """Return the tree with a full brother or sister of somebody."""
        return self._with(lambda facts: facts.make_siblings(facts.person(name), facts.person(of))).person(name, sex)

    def half_sibling(
        self, name: str, *, of: str, shared: Literal["father", "mother"], sex: SexWord = "unknown"
    ) -> FamilyTree:
        """Return the tree with a half sibling of somebody, who has the same father or the same mother."""
        role = _role(shared)
        noted = self._with(lambda facts: facts.make_siblings(facts.person(name), facts.person(of), (role,)))
        return noted.person(name, sex)

    def twin(self, name: str, *, of: str) -> FamilyTree:
        """Return the tree with an identical twin of somebody."""
        return self._with(lambda facts: facts.make_twins(facts.person(name), facts.person(of)))

    def with_everybody(self, names: Iterable[str]) -> FamilyTree:
        """Return the tree with people of these names; who was not in it is related to nobody."""
        return self._with_people(list(names), Sex.UNKNOWN)

    def remove(self, *names: str) -> FamilyTree:
        """Return the tree without some people; what all others are to each other stays as it is.

        Somebody through whom others are related stays as a parent without a name.
        """
        self._positions(names)
        return self._with(lambda facts: None, forgotten=names)

    def rename(self, names: Mapping[str, str]) -> FamilyTree:
        """Return the tree with other names: old to new."""
        self._positions(names)
        old = self.pedigree
        called = tuple(names.get(person, person) for person in old.ids)
        log = ProblemLog()
        for name in sorted({name for name in called if called.count(name) > 1}):
            log.add(f"Two people would be called '{name}'.", where="rename", fix="Give everybody a name of their own.")
        log.raise_if_any()
        return FamilyTree(replace(old, ids=called))

    def relationship(self, a: str, b: str) -> str:
        """Return what two people are to each other in words, such as "half siblings"; of the first to the second."""
        return relationship_words(self.pedigree, *self._pair(a, b))

    def relationships(self) -> dict[tuple[str, str], str]:
        """Return what every two people with a name are to each other, those who are unrelated left out."""
        people = self.people
        found = {(a, b): self.relationship(a, b) for i, a in enumerate(people) for b in people[i + 1 :]}
        return {pair: words for pair, words in found.items() if words != UNRELATED}

    def kinship_coefficient(self, a: str, b: str) -> float:
        """Return the probability that a gene drawn from one and a gene drawn from the other are copies of one."""
        return Descent(self.pedigree).coefficients(*self._pair(a, b)).kinship

    def kappa(self, a: str, b: str) -> tuple[float, float, float]:
        """Return the probabilities that two people share 0, 1 and 2 genes identical by descent.

        Raises
        ------
        InputError
            One of the two is inbred, so that these three do not describe them.
        """
        kappa = Descent(self.pedigree).coefficients(*self._pair(a, b)).kappa
        if kappa is None:
            fix = "Use kinship_coefficient, or genetics.relatedness.identity for all nine coefficients."
            raise InputError(Problem(f"{a} or {b} is inbred.", "pedigree", fix))
        none, one, both = kappa.tolist()
        return none, one, both

    def rows(self) -> list[dict[str, str | None]]:
        """Return everybody as a row: person, father, mother, sex; None where there is no parent."""
        ids = self.pedigree.ids

        def name(position: int) -> str | None:
            return None if position == FOUNDER else ids[position]

        return [
            {"person": person, "father": name(father), "mother": name(mother), "sex": Sex(sex).name.lower()}
            for person, (father, mother), sex in zip(
                ids, self.pedigree.parent_rows, self.pedigree.sex.tolist(), strict=True
            )
        ]

    def __repr__(self) -> str:
        """Return the tree as text."""
        lines = [f"{a} and {b}: {words}" for (a, b), words in self.relationships().items()]
        return "\n".join([f"Pedigree of {', '.join(self.people)}", *lines])

    def _repr_html_(self) -> str:
        """Return the drawing, as a notebook shows it."""
        from homeward.reports.inline import show

        return show(self.pedigree)._repr_html_()

    def _with(self, note: Callable[[KinFacts], object], forgotten: Sequence[str] = ()) -> FamilyTree:
        return FamilyTree(_build(note, self.pedigree, forgotten))

    def _with_people(self, names: Sequence[str], sex: Sex) -> FamilyTree:
        def note(facts: KinFacts) -> None:
            for name in names:
                facts.set_sex(facts.person(name), sex)

        return self._with(note)

    def _pair(self, a: str, b: str) -> tuple[int, int]:
        self._positions([a, b])
        return self.pedigree.position(a), self.pedigree.position(b)

    def _positions(self, names: Iterable[str]) -> set[int]:
        log = ProblemLog()
        known = self.pedigree.ids
        names = list(names)
        for name in names:
            if name not in known:
                people = ", ".join(self.people)
                log.add(f"There is no person '{name}'.", where="pedigree", fix=f"The people are: {people}.")
        log.raise_if_any()
        return {known.index(name) for name in names}


def pedigree(text: str = "") -> FamilyTree:
    """Return the family that sentences describe.

    Parameters
    ----------
    text : str
        Sentences that end with a full stop, a semicolon or the line, in any order: "Anna is mother of Ben; Ben and Carl
        are full siblings; Dora is paternal aunt of Ben; Eva is unrelated to Anna". Empty for a tree without anybody,
        to be built by steps: ``pedigree().man("F").woman("M").child("C", father="F", mother="M")``.

    Raises
    ------
    InputError
        A sentence is not understood, does not say enough, or contradicts another; lists all of them.
    """
    return tree_of(lambda facts: read_kin_words(text, facts))


def tree_of(note: Callable[[KinFacts], object]) -> FamilyTree:
    """Return the family that is described to it fact by fact."""
    return FamilyTree(_build(note))


def pedigree_from_rows(rows: Iterable[Row], *, twins: Sequence[Sequence[str]] = ()) -> FamilyTree:
    """Return the family of a table.

    Parameters
    ----------
    rows : iterable of mappings
        One for each person: ``person``, and as far as known ``father``, ``mother`` and ``sex`` ("male", "female" or
        "unknown").
    twins : sequence of groups of people
        Who came from one egg.

    Raises
    ------
    InputError
        Somebody is listed twice, has a parent who is not listed, is their own ancestor, or is of the wrong sex.
    """
    listed = list(rows)
    people = [str(row["person"]) for row in listed]
    return FamilyTree(
        build_pedigree(
            people,
            {str(row["person"]): _sex(row.get("sex") or "unknown") for row in listed},
            {str(row["person"]): father for row in listed if (father := row.get("father"))},
            {str(row["person"]): mother for row in listed if (mother := row.get("mother"))},
            where="pedigree",
            twins=twins,
        )
    )


def _build(
    note: Callable[[KinFacts], object], start: Pedigree | None = None, forgotten: Sequence[str] = ()
) -> Pedigree:
    facts = KinFacts(ProblemLog())
    if start is not None:
        facts.add_pedigree(start, forgotten)
    said = note(facts)
    built = facts.build()
    if isinstance(said, list):
        _check_unrelated(built, said)
    return built


def _check_unrelated(built: Pedigree, said: list[Unrelated]) -> None:
    log = ProblemLog()
    for a, b, where in said:
        words = relationship_words(built, built.position(a), built.position(b))
        if words != UNRELATED:
            fix = "Leave this sentence out, or correct the others."
            log.add(f"By the other sentences, {a} and {b} are {words}.", where=where, fix=fix)
    log.raise_if_any()


def _sex(word: str) -> Sex:
    if word not in SEX_WORDS:
        raise InputError(Problem(f"'{word}' is no sex.", "sex", f"Write one of: {', '.join(SEX_WORDS)}."))
    return SEX_WORDS[word]


def _role(shared: str) -> int:
    if shared not in ("father", "mother"):
        raise InputError(Problem(f"'{shared}' is no parent.", "shared", "Write 'father' or 'mother'."))
    return FATHER if shared == "father" else MOTHER
