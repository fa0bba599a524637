"""Finding people of the roll by anything that is known of them, however it is spelt."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet

from homeward.web.identity.identifiers import compared
from homeward.web.journal.access import visible
from homeward.web.journal.beginnings import begins_with
from homeward.web.journal.long_lists import one_of
from homeward.web.journal.reader import Reader
from homeward.web.roll.incidents import Incident
from homeward.web.roll.people import MissingPerson
from homeward.web.roll.search_keys import SearchKey
from homeward.web.roll.spellings import (
    MOST_WORDS,
    SOUND,
    WORD,
    forms_of,
    is_initial,
    keys_of_whole,
    name_words,
    sound_of,
)
from homeward.web.roll.statuses import standing

PAGE_SIZE = 50
MOST_OF_WORD = 2_000
"""Up to so many keys, or people lost at a place, a word is looked for on its own; else among those of the others."""
MOST_NAMED = 1_000
"""A word in the names of more places or incidents than this names none of them."""
MOST_LISTED = 500
"""So many people are listed where every word is one of very many."""
PLACE_RANK, ABSENT = 3, 4
"""How well a word fits that is found by incident or place, and one that is not found."""
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
    """A word that must be found of a person, and the keys by which it can be.

    exact: as written. beginnings: what a word of a name may go on from. sounds: what it sounds like, also as a Korean
    name in another romanisation.
    """

    word: str
    exact: frozenset[str]
    beginnings: frozenset[str]
    sounds: frozenset[str]

    def conditions(self) -> list[Q]:
        """Return the conditions of the keys that it is found by, each of which an index answers."""
        others = {key for key in self.exact | self.sounds if not key.startswith(tuple(self.beginnings))}
        conditions = [begins_with("key", beginning) for beginning in sorted(self.beginnings)]
        return [Q(key__in=others), *conditions] if others else conditions

    def as_written(self) -> Term:
        """Return the word without what it sounds like."""
        return replace(self, sounds=frozenset())

    def rank(self, keys: Iterable[str]) -> int:
        """Return how well keys fit: 0 as written, 1 as its beginning, 2 by sound, else not at all."""
        keys = list(keys)
        if any(key in self.exact for key in keys):
            return 0
        if any(key.startswith(beginning) for key in keys for beginning in self.beginnings):
            return 1
        return ABSENT if self.sounds.isdisjoint(keys) else 2


@dataclass(frozen=True, slots=True)
class Question:
    """The words that were typed: all of them must be found, or all together as one name or number."""

    terms: tuple[Term, ...]
    together: frozenset[str]


@dataclass(frozen=True, slots=True)
class Page:
    """Some of the people who were found. n_found: how many in all; ``None`` where they were not counted."""

    people: Sequence[MissingPerson]
    n_found: int | None
    next_after: str


Ranks = dict[str, int]
"""Codes of people, and how badly each fits."""


def read_question(text: str) -> Question:
    """Return what a text asks for."""
    words = [word for word in name_words(text) if not is_initial(word)][:MOST_WORDS]
    together = set(keys_of_whole(text)) if words else set()
    if any(sign.isdigit() for sign in text):
        together.add(WORD + compared(text))
    beside = [words[i - 1] + word if i else "" for i, word in enumerate(words)] + [""]
    terms = (_term(word, beside[i : i + 2]) for i, word in enumerate(words))
    return Question(tuple(dict.fromkeys(terms)), frozenset(together))


def _term(word: str, joined: Iterable[str]) -> Term:
    """The ways in which a word is found. joined: itself as one word with the word before it and the one after it."""
    forms = frozenset(WORD + form for form in forms_of(word))
    may_go_on = len(word) >= SHORTEST_BEGINNING or not word.isascii()
    sounds = {SOUND + sound for sound in [sound_of(word)] if sound} | keys_of_whole(word)
    exact = forms | {WORD + both for both in joined if both}
    return Term(word, exact, forms if may_go_on else frozenset(), frozenset(sounds))


def find(reader: Reader, sought: Sought) -> Page:
    """Return a page of the people who are asked for: the best first; by name if no words were given."""
    people = _filtered(reader.rows(MissingPerson), sought, reader)
    if not sought.words.strip():
        return _page_by_name(people, sought.after)
    question = read_question(sought.words)
    found, is_whole = _ranks(question, people, reader)
    by_name = people.filter(one_of("code", found)).order_by().values_list("pk", "family_name", "name")
    ordered = [code for *_, code in sorted((found[code], family, name, code) for code, family, name in by_name)]
    start = ordered.index(sought.after) + 1 if sought.after in ordered else 0
    shown = ordered[start : start + PAGE_SIZE]
    rows = reader.rows(MissingPerson).in_bulk(shown)
    is_last = start + PAGE_SIZE >= len(ordered)
    return Page([rows[code] for code in shown], len(ordered) if is_whole else None, "" if is_last else shown[-1])


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


def _ranks(question: Question, people: QuerySet[MissingPerson], reader: Reader) -> tuple[Ranks, bool]:
    """The people who have all words, or a name or number that is all of them; and whether these are all there are."""
    if not question.terms and not question.together:
        return {}, True
    lost: Mapping[Term, Q] = {term: _lost_there(term, reader) for term in question.terms}
    of_words = {term: _of_word(term, lost[term]) for term in question.terms}
    few = [set(ranks) for ranks in of_words.values() if ranks is not None]
    whole = dict.fromkeys(_owners("missingperson", Q(key__in=question.together))[:MOST_OF_WORD], 0)
    if few:
        among = set.intersection(*few)
    else:
        lost, among = _some_of_many(people, lost)
        of_words = dict.fromkeys(lost)
    ranks = [_among(among, term, lost[term]) if found is None else found for term, found in of_words.items()]
    together = {code: sum(of[code] for of in ranks) for code in among if all(code in of for of in ranks)}
    return together | whole, bool(few) or len(among) < MOST_LISTED


def _of_word(term: Term, lost: Q) -> Ranks | None:
    """The people by whom a word is found; ``None`` if there are too many."""
    found: Ranks = {}
    for condition in term.conditions():
        keys = SearchKey.objects.filter(condition, noun="missingperson").values_list("owner", "key")
        if keys.order_by("key", "owner")[MOST_OF_WORD : MOST_OF_WORD + 1]:
            return None
        _add(found, term, keys)
    there = MissingPerson.objects.filter(lost).order_by().values_list("pk", flat=True)[: MOST_OF_WORD + 1]
    found = dict.fromkeys(there, PLACE_RANK) | found
    return found if len(there) <= MOST_OF_WORD else None


def _among(codes: Collection[str], term: Term, lost: Q) -> Ranks:
    """Those of some people by whom a word is found."""
    found: Ranks = {}
    for condition in term.conditions():
        keys = SearchKey.objects.filter(condition, one_of("owner", codes), noun="missingperson")
        _add(found, term, keys.values_list("owner", "key"))
    others = [code for code in codes if code not in found]
    there = MissingPerson.objects.filter(lost, one_of("code", others)).order_by().values_list("pk", flat=True)
    return found | dict.fromkeys(there, PLACE_RANK)


def _add(found: Ranks, term: Term, keys: Iterable[tuple[str, str]]) -> None:
    """Note how well keys fit; the best counts."""
    for owner, key in keys:
        rank = term.rank([key])
        if rank < found.get(owner, ABSENT):
            found[owner] = rank


def _some_of_many(people: QuerySet[MissingPerson], lost: Mapping[Term, Q]) -> tuple[Mapping[Term, Q], set[str]]:
    """Some of very many who have all words: as they are written, or else as they sound; and the words so."""
    for words in ({term.as_written(): there for term, there in lost.items()}, lost) if lost else ():
        found = set(_who_have_all(people, words).order_by().values_list("pk", flat=True)[:MOST_LISTED])
        if found:
            return words, found
    return lost, set()


def _who_have_all(people: QuerySet[MissingPerson], lost: Mapping[Term, Q]) -> QuerySet[MissingPerson]:
    """Those who have all words.

    The first word is asked of one person after another, which soon gives as many as are listed; where there are more
    words, only of those who have the others.
    """
    for number, (term, there) in enumerate(lost.items()):
        keys = [_owners("missingperson", condition) for condition in term.conditions()]
        if number:
            by_place = MissingPerson.objects.filter(there).order_by().values_list("pk", flat=True)
            people = people.filter(pk__in=by_place.union(*keys, all=True))
        else:
            people = people.filter(reduce(or_, (Q(pk__in=owners) for owners in keys), there))
    return people


def _lost_there(term: Term, reader: Reader) -> Q:
    """The condition that a word is found by the incident in which a person was lost, or by a place."""
    places = _named("place", term)
    named = Q(pk__in=_named("incident", term)) | Q(place__in=places)
    incidents = visible(reader.user, Incident).filter(named).order_by().values_list("pk", flat=True)
    return Q(incident__in=list(incidents)) | Q(last_seen_place__in=places)


def _named(noun: str, term: Term) -> set[str]:
    """The places or incidents in whose names a word is; none if it is in very many."""
    codes = {code for condition in term.conditions() for code in _owners(noun, condition)[: MOST_NAMED + 1]}
    return codes if len(codes) <= MOST_NAMED else set()


def _owners(noun: str, condition: Q) -> QuerySet[SearchKey, str]:
    """The codes of the rows of a noun that have keys."""
    return SearchKey.objects.filter(condition, noun=noun).values_list("owner", flat=True)


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
