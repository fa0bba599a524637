"""Finding people of the roll by anything that is known of them, however it is spelt."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from django.db.models import Q, QuerySet

from homeward.web.identity.models import compared
from homeward.web.journal.access import visible
from homeward.web.journal.reader import Reader
from homeward.web.roll.incidents import Incident
from homeward.web.roll.people import MissingPerson
from homeward.web.roll.search_keys import SearchKey, begins_with
from homeward.web.roll.spellings import (
    MOST_WORDS,
    NUMBER,
    SOUND,
    UNIT,
    WHOLE,
    WORD,
    forms_of,
    is_initial,
    keys_of_whole,
    name_words,
    sound_of,
)
from homeward.web.roll.statuses import standing

PAGE_SIZE = 50
MOST_RANKED = 1_000
"""Up to so many people are put in order by how well they fit; more are listed by name."""
SHORTEST_BEGINNING = 3
ORDER = ("family_name", "name", "code")


@dataclass(frozen=True, slots=True)
class Sought:
    """What is asked for; what is empty does not matter. Sex and dates are asked for on their own or not at all."""

    words: str = ""
    calamity: str = ""
    service: str = ""
    status: str = ""
    sex: str = ""
    first_year: int | None = None
    last_year: int | None = None
    after: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether everybody is asked for."""
        return self == Sought(after=self.after)


@dataclass(frozen=True, slots=True)
class Term:
    """A word that must be found of a person, and the ways in which it can be."""

    word: str
    exact: frozenset[str]
    beginnings: frozenset[str] = field(default_factory=frozenset)
    sound: str = ""

    def condition(self) -> Q:
        """Return the condition of the keys that it is found by."""
        found = Q(key__in=[*self.exact, *([self.sound] if self.sound else [])])
        for beginning in self.beginnings:
            found |= begins_with("key", beginning)
        return found

    def rank(self, keys: Iterable[str]) -> int:
        """Return how well keys fit: 0 as written, 1 as its beginning, 2 by sound, 3 not at all."""
        keys = list(keys)
        if any(key in self.exact for key in keys):
            return 0
        if any(key.startswith(beginning) for key in keys for beginning in self.beginnings):
            return 1
        return 2 if self.sound and self.sound in keys else 3


@dataclass(frozen=True, slots=True)
class Question:
    """The words that were typed: all of them must be found, or all together as one name or number."""

    terms: tuple[Term, ...]
    together: frozenset[str]

    def as_written(self) -> Question:
        """Return the same, without what only sounds like it."""
        return Question(tuple(replace(term, sound="") for term in self.terms), self.together)


@dataclass(frozen=True, slots=True)
class Page:
    """Some of the people who were found. n_found: how many in all; ``None`` where they were not counted."""

    people: Sequence[MissingPerson]
    n_found: int | None
    next_after: str


def read_question(text: str) -> Question:
    """Return what a text asks for."""
    words = [word for word in name_words(text) if not is_initial(word)][:MOST_WORDS]
    together = set(keys_of_whole(text)) if words else set()
    if any(sign.isdigit() for sign in text):
        together.add(NUMBER + compared(text))
    beside = [words[i - 1] + word if i else "" for i, word in enumerate(words)] + [""]
    terms = (_term(word, beside[i : i + 2]) for i, word in enumerate(words))
    return Question(tuple(dict.fromkeys(terms)), frozenset(together))


def _term(word: str, joined: Iterable[str]) -> Term:
    """The ways in which a word is found. joined: itself as one word with the word before it and the one after it."""
    forms = forms_of(word)
    exact = frozenset(kind + form for kind in (WORD, UNIT, NUMBER) for form in forms)
    exact |= {WORD + both for both in joined if both}
    may_go_on = len(word) >= SHORTEST_BEGINNING or not word.isascii()
    beginnings = frozenset(kind + form for kind in (WORD, UNIT, NUMBER) for form in forms) if may_go_on else frozenset()
    sound = sound_of(word)
    return Term(word, exact, beginnings, SOUND + sound if sound else "")


def find(reader: Reader, sought: Sought) -> Page:
    """Return a page of the people who are asked for: the best first.

    Where more than `MOST_RANKED` fit, those who are called as it was written are listed, by name.
    """
    question = read_question(sought.words)
    people = _filtered(reader.rows(MissingPerson), sought, reader)
    if not sought.words.strip():
        return _page_by_name(people, sought.after)
    if not question.terms and not question.together:
        return Page([], 0, "")
    fitting = people.filter(_asked(question, reader)).order_by()
    codes = list(fitting.values_list("pk", flat=True)[: MOST_RANKED + 1])
    if len(codes) <= MOST_RANKED:
        return _ranked_page(codes, question, sought.after, reader)
    return _page_by_name(people.filter(_asked(question.as_written(), reader)), sought.after)


def _filtered(people: QuerySet[MissingPerson], sought: Sought, reader: Reader) -> QuerySet[MissingPerson]:
    """The people whom the filters leave."""
    equal = {"calamity": sought.calamity, "service": sought.service, "sex": sought.sex}
    people = people.filter(**{name: value for name, value in equal.items() if value})
    if sought.first_year is not None:
        people = people.filter(last_seen_latest__year__gte=sought.first_year)
    if sought.last_year is not None:
        people = people.filter(last_seen_earliest__year__lte=sought.last_year)
    if sought.status:
        people = standing(people, "" if sought.status == "none" else sought.status, reader)
    return people


def _asked(question: Question, reader: Reader) -> Q:
    """The condition that a person has all words, or that they are together a name or number of theirs."""
    each = Q()
    for term in question.terms:
        each &= _has(term.condition(), reader)
    together = Q(pk__in=_owners("missingperson", Q(key__in=question.together))) if question.together else None
    if not question.terms:
        return together or Q(pk=None)
    return each | together if together else each


def _has(condition: Q, reader: Reader) -> Q:
    """The condition that keys are of a person, of the incident, or of the place of either."""
    places = list(_owners("place", condition))
    lost = Q(pk__in=_owners("incident", condition))
    if places:
        lost |= Q(place__in=places)
    incidents = list(visible(reader.user, Incident).filter(lost).order_by().values_list("pk", flat=True))
    found = Q(pk__in=_owners("missingperson", condition))
    if incidents:
        found |= Q(incident__in=incidents)
    if places:
        found |= Q(last_seen_place__in=places)
    return found


def _owners(noun: str, condition: Q) -> QuerySet[SearchKey, str]:
    """The codes of the rows of a noun that have keys."""
    return SearchKey.objects.filter(condition, noun=noun).values_list("owner", flat=True)


def _ranked_page(codes: Sequence[str], question: Question, after: str, reader: Reader) -> Page:
    """A page of a few people, those first whose own names fit best."""
    condition = Q(key__in=question.together)
    for term in question.terms:
        condition |= term.condition()
    keys: dict[str, list[str]] = {code: [] for code in codes}
    for owner, key in SearchKey.objects.filter(condition, owner__in=codes).values_list("owner", "key"):
        keys[owner].append(key)
    ranks = {code: _rank(question, found) for code, found in keys.items()}
    by_name = MissingPerson.objects.filter(pk__in=codes).values_list("pk", "family_name", "name")
    ordered = [code for *_, code in sorted((ranks[code], family, name, code) for code, family, name in by_name)]
    start = ordered.index(after) + 1 if after in ranks else 0
    shown = ordered[start : start + PAGE_SIZE]
    rows = reader.rows(MissingPerson).in_bulk(shown)
    is_last = start + PAGE_SIZE >= len(ordered)
    return Page([rows[code] for code in shown], len(ordered), "" if is_last or not shown else shown[-1])


def _rank(question: Question, keys: Sequence[str]) -> int:
    """How badly a person's own keys fit; what is found by incident or place fits last."""
    if any(key in question.together for key in keys):
        return 0
    return sum(term.rank(keys) for term in question.terms)


def _page_by_name(people: QuerySet[MissingPerson], after: str) -> Page:
    """A page of very many people, by name, from the index."""
    people = people.order_by(*ORDER)
    if after and (last := MissingPerson.objects.filter(pk=after).values_list(*ORDER).first()):
        family, name, code = last
        people = people.filter(
            Q(family_name__gt=family)
            | Q(family_name=family, name__gt=name)
            | Q(family_name=family, name=name, code__gt=code)
        ).filter(family_name__gte=family)
    found = list(people[: PAGE_SIZE + 1])
    return Page(found[:PAGE_SIZE], None, found[PAGE_SIZE - 1].code if len(found) > PAGE_SIZE else "")
