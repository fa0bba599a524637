"""What the books hold around the days of some drafts, in the terms in which the reader tells of events."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from homeward.core.dates import PartialDate
from homeward.web.engagement.models import Agreement, Contact, Event, Involvement, RequestChange
from homeward.web.engagement.wording import range_words
from homeward.web.journal.linked import fill
from homeward.web.journal.reader import Reader
from homeward.web.parties.models import Party
from homeward.web.review.kinds import TOLD_AS

MOST = 300
"""Rows of each noun that are looked at."""
_DOERS = ("by_id", "sender_id")
_SIDES = (*_DOERS, "receiver_id", "giver_id")
_COUNTS = (("quantity_low", "quantity_high"), ("containers_low", "containers_high"))


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that happened, as the books have it.

    kind: the reader's word for it. row: what the books hold of it; thing: what it happened to, or the row itself.
    when: the days on which it can have been, or the date that was set by it. doer: code of the party that did it.
    parties: codes of all that had to do with it. place: code of the place. low, high: how many it concerned.
    """

    kind: str
    row: Any
    thing: Any
    when: PartialDate
    doer: str
    parties: frozenset[str]
    place: str
    low: int | None = None
    high: int | None = None

    @property
    def words(self) -> str:
        """What it is called in a list."""
        return self.row.title if self.thing is self.row else f"{self.thing.title}: {self.row.title}"

    @property
    def count_words(self) -> str:
        """How many it concerned, in words; empty where the books do not say."""
        return range_words(self.low, self.high)


@dataclass(frozen=True, slots=True)
class Sides:
    """The parties of the record: what each belongs to, and what it is called."""

    wholes: Mapping[str, str | None]
    names: Mapping[str, str]

    def are_one(self, first: Iterable[str], second: Iterable[str]) -> bool:
        """Return whether a party of the first belongs to one of the second, or the other way round."""
        one, other = set(first), set(second)
        return bool(one & self._with_wholes(other) or other & self._with_wholes(one))

    def words(self, codes: Iterable[str]) -> str:
        """Return the names of parties."""
        return ", ".join(sorted(self.names.get(code, code) for code in codes))

    def _with_wholes(self, codes: set[str]) -> set[str]:
        found = set(codes)
        while more := {whole for code in found if (whole := self.wholes.get(code))} - found:
            found |= more
        return found


def sides_of(reader: Reader) -> Sides:
    """Return the parties that somebody may see."""
    rows = list(reader.rows(Party).values_list("code", "part_of", "short_name"))
    return Sides({code: whole for code, whole, _ in rows}, {code: name for code, _, name in rows})


def happenings_of(changes: Mapping[str, list[Any]], days: tuple[date, date], reader: Reader) -> list[Happening]:
    """Return what the books hold of some days, with six questions to the database.

    Parameters
    ----------
    changes : mapping
        The changes of things with a history, by the noun of the thing, with that thing.
    days : (date, date)
        The first and the last of the days.
    """
    first, last = days
    found: list[tuple[str, Any, Any]] = [
        (kind, row, getattr(row, noun))
        for noun, rows in changes.items()
        for row in rows
        if (kind := TOLD_AS.get((noun, row.kind)))
    ]
    models: tuple[type[Any], ...] = (Contact, Agreement, Event, RequestChange)
    for model in models:
        near = reader.rows(model).filter(happened_earliest__lte=last, happened_latest__gte=first)
        rows = reader.known(near.order_by("happened_earliest", "code")[:MOST])
        if model is RequestChange:
            fill(rows, reader, "request")
            found += [(kind, row, row.request) for row in rows if (kind := TOLD_AS.get(("request", row.kind)))]
        else:
            noun = model.noun()
            kinds = ((TOLD_AS.get((noun, row.kind)) if model is Event else noun, row) for row in rows)
            found += [(kind, row, row) for kind, row in kinds if kind]
    involved = reader.about(Involvement, {one.reference for _, row, thing in found for one in (row, thing)})
    return [_happening(kind, row, thing, involved) for kind, row, thing in found]


def _happening(kind: str, row: Any, thing: Any, involved: Mapping[str, list[Any]]) -> Happening:
    """One row in these terms."""
    present = [one.party_id for about in {row.reference, thing.reference} for one in involved.get(about, ())]
    sides = [code for one in (row, thing) for name in _SIDES if (code := getattr(one, name, None))]
    counts = ((getattr(row, low, None), getattr(row, high, None)) for low, high in _COUNTS)
    low, high = next((pair for pair in counts if pair[0] is not None), (None, None))
    return Happening(
        kind,
        row,
        thing,
        getattr(row, "scheduled", None) or row.happened,
        next((code for one in (row, thing) for name in _DOERS if (code := getattr(one, name, None))), ""),
        frozenset([*present, *sides]),
        getattr(row, "place_id", None) or getattr(thing, "place_id", None) or "",
        low,
        high,
    )
