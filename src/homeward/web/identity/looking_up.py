"""Looking up a number as it was typed or scanned: current or old, in any spacing and case, or the code of a row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from django.core.exceptions import ValidationError
from django.db.models import Q, Value

from homeward.web.identity.identifiers import Identifier, compared
from homeward.web.identity.number_keys import LONGEST, NumberKey
from homeward.web.identity.stories import Step, Stories, named_rows
from homeward.web.journal.book import InBook
from homeward.web.journal.fields import MAX_CODE, check_code
from homeward.web.journal.linked import fill
from homeward.web.journal.reader import Reader
from homeward.web.journal.recorded import Recorded, nouns

MOST_FOUND = 50
"""How many rows are listed for one number."""
MOST_KEYS = 200
"""How many numbers are followed at once."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A row that a number leads to.

    written: the number as the row has or had it; empty where its code was asked for.
    identifier: the number as somebody gave it, with issuer and period; ``None`` if the row carries it itself.
    way: what became of it, step by step. now: what it is found as today.
    """

    row: Recorded
    written: str
    identifier: Identifier | None
    way: Sequence[Step]
    now: Sequence[Recorded]

    @property
    def noun(self) -> str:
        """What sort of thing it is, in words."""
        return str(self.row._meta.verbose_name)

    @property
    def goes_on(self) -> bool:
        """Whether the row is still what it was."""
        return [row.reference for row in self.now] == [self.row.reference]


@dataclass(frozen=True, slots=True)
class _Found:
    """A reference that a number leads to, before it is asked whether the reader may see it."""

    about: str
    written: str = ""
    identifier: str = ""


def look_up(asked: str, reader: Reader) -> list[Hit]:
    """Return what a number or code leads to, of all that the reader may see; the best known first.

    asked: as typed, or what a label says: a code, a number, or an address that ends in one.
    """
    text = asked.strip().rstrip("/").rpartition("/")[2] if "://" in asked else asked.strip()
    number = compared(text)[:LONGEST]
    if not number:
        return []
    found = [*_by_code(text.lower()), *_by_number(number)]
    rows = named_rows({one.about for one in found}, reader)
    stories = Stories(rows, reader)
    identifiers = _identifiers(found, reader)
    hits = [
        Hit(rows[one.about], one.written, identifiers.get(one.identifier), *_today(one.about, stories, rows))
        for one in _once(found, identifiers)
        if one.about in rows
    ]
    return sorted(hits, key=_rank)[:MOST_FOUND]


def _once(found: Iterable[_Found], identifiers: Mapping[str, Identifier]) -> list[_Found]:
    """What was found, each row once: by a number that somebody gave rather than by one that it carries or carried."""
    of: dict[str, list[_Found]] = {}
    for one in found:
        if not one.identifier or one.identifier in identifiers:
            of.setdefault(one.about, []).append(one)
    return [one for ways in of.values() for one in [way for way in ways if way.identifier] or ways[:1]]


def _today(about: str, stories: Stories, rows: Mapping[str, Recorded]) -> tuple[list[Step], list[Recorded]]:
    """What became of a row, and what it is found as."""
    named = {**stories.rows, **rows}
    return stories.way(about), [named[one] for one in sorted(stories.now(about)) if one in named]


def _by_code(code: str) -> list[_Found]:
    """The rows of the two books that have a code."""
    if not _is_code(code):
        return []
    queries = [
        model.objects.filter(pk=code).order_by().values_list(Value(noun), "pk") for noun, model in _book_nouns().items()
    ]
    return [_Found(f"{noun}:{pk}") for noun, pk in queries[0].union(*queries[1:])]


def _is_code(text: str) -> bool:
    """Whether a text has the form of a code."""
    try:
        check_code(text)
    except ValidationError:
        return False
    return len(text) <= MAX_CODE


@cache
def _book_nouns() -> dict[str, type[Recorded]]:
    """The nouns of the two books."""
    return {noun: model for noun, model in nouns().items() if issubclass(model, InBook)}


def _by_number(number: str) -> list[_Found]:
    """The rows that have or had a number: their own, one that was given to them, or one within something."""
    keys = list(NumberKey.objects.filter(compared=number).order_by("pk")[:MOST_KEYS])
    return [*_of_keys(keys), *_of_keys(_within(number))]


def _within(number: str) -> list[NumberKey]:
    """The keys of things whose number follows that of what they are in: accession, bone, sample."""
    starts = [number[:length] for length in range(1, len(number))]
    outer = list(NumberKey.objects.filter(compared__in=starts, noun__in=["accession", "identifier"])[:MOST_KEYS])
    codes = _codes_of(outer)
    level = [(codes[key.pk], number[len(key.compared) :]) for key in outer if key.pk in codes]
    found: list[NumberKey] = []
    while level:
        wanted = Q()
        for code, rest in level:
            wanted |= Q(within=code, compared__in=[rest[:length] for length in range(1, len(rest) + 1)])
        inner = list(NumberKey.objects.filter(wanted)[:MOST_KEYS])
        ways = [
            (key, rest) for code, rest in level for key in inner if key.within == code and rest.startswith(key.compared)
        ]
        found += [key for key, rest in ways if rest == key.compared]
        level = [(key.code, rest[len(key.compared) :]) for key, rest in ways if rest != key.compared]
    return found


def _codes_of(keys: Iterable[NumberKey]) -> dict[int, str]:
    """The codes of the things that keys stand for."""
    abouts = dict(
        Identifier.objects.filter(pk__in=[key.code for key in keys if key.noun == "identifier"]).values_list(
            "pk", "about"
        )
    )
    return {
        key.pk: abouts[key.code].partition(":")[2] if key.noun == "identifier" else key.code
        for key in keys
        if key.noun != "identifier" or key.code in abouts
    }


def _of_keys(keys: Iterable[NumberKey]) -> list[_Found]:
    """What keys lead to."""
    keys = list(keys)
    given = [key.code for key in keys if key.noun == "identifier"]
    abouts = dict(Identifier.objects.filter(pk__in=given).values_list("pk", "about"))
    return [
        _Found(abouts[key.code], key.written, key.code)
        if key.noun == "identifier"
        else _Found(f"{key.noun}:{key.code}", key.written)
        for key in keys
    ]


def _identifiers(found: Iterable[_Found], reader: Reader) -> dict[str, Identifier]:
    """The identifiers that led to something, as the reader sees them."""
    rows = reader.rows(Identifier).filter(pk__in=[one.identifier for one in found if one.identifier])
    known = reader.known(rows.select_related("issuer"))
    fill(known, reader, "issuer")
    return {row.code: row for row in known}


def _rank(hit: Hit) -> tuple[object, ...]:
    """Numbers in use first, then by noun and title."""
    is_old = hit.identifier is not None and hit.identifier.status != "current"
    return is_old, not hit.row.stands, hit.row.noun(), hit.row.title, hit.row.code
