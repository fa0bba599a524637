"""Reading the record as of two times: when a thing was so, and when it was known.

A row counts as known from its ``known_on``. A row that was amended later is shown as it stood: its last version that
was known on the day asked for is taken out of the journal. A row that was withdrawn later is shown; one withdrawn by
then is not.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Max, Q, QuerySet

from homeward.web.journal.models import Entry
from homeward.web.journal.recorded import Row, from_snapshot


@dataclass(frozen=True, slots=True)
class AsOf:
    """What time the record is asked about.

    on: when it was so; ``None`` for no limit.
    known: when it was known; ``None`` for all that is known today.
    """

    on: date | None = None
    known: date | None = None

    @property
    def is_now(self) -> bool:
        """Whether nothing is left out."""
        return self.on is None and self.known is None


NOW = AsOf()


def known(rows: QuerySet[Row], as_of: AsOf) -> list[Row]:
    """Return the rows of a query as they were known, in its order, without those withdrawn by then.

    The query chooses by present values; columns that a query should choose by are ``fixed_fields`` of their model.
    """
    return as_known(list(rows.filter(knowable(as_of))), as_of)


def knowable(as_of: AsOf) -> Q:
    """Return the condition that a row can be known; `as_known` gives what it said."""
    return Q(withdrawn="") if as_of.known is None else Q(known_on__lte=as_of.known)


def as_known(rows: Iterable[Row], as_of: AsOf) -> list[Row]:
    """Return rows as they were known, without those withdrawn by then."""
    rows = list(rows)
    if as_of.known is not None:
        rows = _as_they_stood(rows, as_of.known)
    return [row for row in rows if row.stands]


def _as_they_stood(rows: list[Row], known_by: date) -> list[Row]:
    """Replace rows that were amended later by what they said then."""
    later = {row.code for row in rows if row.version_known_on > known_by}
    if not later:
        return rows
    noun = rows[0].noun()
    numbers = (
        Entry.objects.filter(noun=noun, code__in=later, known_on__lte=known_by)
        .values("code")
        .annotate(last=Max("number"))
        .values_list("last", flat=True)
    )
    entries = {entry.code: entry for entry in Entry.objects.filter(number__in=list(numbers))}
    return [_at(row, entries[row.code]) if row.code in later else row for row in rows]


def _at(row: Row, entry: Entry) -> Row:
    """A row as a line of the journal left it."""
    then = from_snapshot(
        type(row),
        json.loads(entry.after),
        version=entry.version,
        version_known_on=entry.known_on,
        recorded_at=entry.at,
    )
    then._state.adding = False
    return then
