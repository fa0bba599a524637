"""Columns of all rows of a noun as they were known on a day, read for the balance of the books."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from homeward.web.journal.comparison import groups
from homeward.web.journal.knowledge import AsOf, as_known
from homeward.web.journal.recorded import Recorded


def columns_at(model: type[Recorded], as_of: date | None, *names: str) -> Iterator[tuple[Any, ...]]:
    """Yield the columns of every row of a noun that stood on a day, or that stands now."""
    if as_of is None:
        yield from model.objects.filter(withdrawn="").order_by().values_list(*names).iterator()
        return
    for codes in groups(model.objects.filter(known_on__lte=as_of)):
        for row in as_known(model.objects.filter(pk__in=codes), AsOf(known=as_of)):
            yield tuple(getattr(row, name) for name in names)
