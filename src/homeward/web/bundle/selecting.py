"""Which rows a bundle holds: those that one user may see, as they were known, each with all that it names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import Any

from django.db import connection
from django.db.models import F, QuerySet
from django.db.models.functions import Collate

from homeward.core.dates import PartialDate
from homeward.web.accounts.models import User
from homeward.web.bundle.columns import named_rows
from homeward.web.journal.access import hidden_from, visible
from homeward.web.journal.fields import Bound
from homeward.web.journal.knowledge import AsOf, as_known, knowable
from homeward.web.journal.recorded import Recorded, nouns

GROUP = 1_000
"""How many rows are in memory at once."""
PUBLISHED = "published"
"""The one date of a row that is no date of an event: a document tells of what was before it."""
_BYTE_ORDER = {"postgresql": "C", "sqlite": "BINARY"}


@dataclass(slots=True)
class Selection:
    """The rows of the record for one user at one time, in an order that is the same everywhere.

    A row that names a row which is left out is left out as well, so that every bundle can be imported.
    """

    user: User
    as_of: AsOf
    left_out: int = 0
    _kept: dict[str, set[str]] | None = field(default=None)

    def __post_init__(self) -> None:
        if not self._is_everything():
            self._keep_what_holds_together()

    def rows(self, model: type[Recorded]) -> Iterator[Recorded]:
        """Return the rows of a noun, a group at a time from the database."""
        kept = None if self._kept is None else self._kept[model.noun()]
        return (row for row in self._known(model) if kept is None or row.code in kept)

    def _is_everything(self) -> bool:
        """Whether no row is left out, so that nothing can be named and not there."""
        return self.as_of.is_now and not any(_has_hidden(self.user, model) for model in nouns().values())

    def _keep_what_holds_together(self) -> None:
        """Choose the codes: known and visible ones, without those that name others which are not."""
        kept = {noun: {row.code for row in self._known(model)} for noun, model in nouns().items()}
        found = True
        while found:
            found = False
            for noun, model in nouns().items():
                lacking = {
                    row.code
                    for row in self._known(model)
                    if row.code in kept[noun] and any(code not in kept[target] for target, code in named_rows(row))
                }
                kept[noun] -= lacking
                self.left_out += len(lacking)
                found = found or bool(lacking)
        self._kept = kept

    def _known(self, model: type[Recorded]) -> Iterator[Recorded]:
        """The rows of a noun that the user may see, as they were known."""
        in_order = visible(self.user, model).order_by(Collate(F("code"), _BYTE_ORDER[connection.vendor]))
        if self.as_of.is_now:
            yield from in_order.iterator(chunk_size=GROUP)
            return
        for group in _groups(in_order.filter(knowable(self.as_of))):
            yield from (row for row in as_known(group, self.as_of) if self.as_of.on is None or _was(row, self.as_of.on))


def _has_hidden(user: User, model: type[Recorded]) -> bool:
    """Whether there are rows of a noun that a user may not see."""
    hidden = hidden_from(user, model)
    return hidden is not None and model.objects.filter(hidden).exists()


def _groups(rows: QuerySet[Any]) -> Iterator[list[Any]]:
    """Rows, some at a time."""
    waiting = rows.iterator(chunk_size=GROUP)
    while group := list(islice(waiting, GROUP)):
        yield group


def _was(row: Recorded, on: date) -> bool:
    """Whether what a row tells of had begun by a day; a row without a date of its own always had."""
    dates = (
        getattr(row, bound.of)
        for bound in row._meta.concrete_fields
        if isinstance(bound, Bound) and bound.end == "earliest" and bound.of != PUBLISHED
    )
    return all(not isinstance(moment, PartialDate) or moment.earliest <= on for moment in dates)
