"""How the rows of a noun are shown: what an app says of its own pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict

from homeward.web.journal.reader import Reader
from homeward.web.journal.recorded import Recorded, content_fields

HIDDEN = frozenset({"code", "known_on", "withdrawn", "passage_start", "passage_end", "order"})


@dataclass(frozen=True, slots=True)
class NounPage:
    """How the rows of a noun are shown.

    template: extends ``record/row.html``.
    context: what the template needs beside the row, as the reader sees it.
    asked: the same, for what the query of the address asks of the page, such as the passage to be marked.
    list_page: name of the address of a list of its own; empty for the list that every noun has.
    list_template: extends ``record/rows.html``.
    list_context: what that list needs beside the rows of one page of it.
    arranged: puts the rows of that list in order.
    """

    template: str = "record/row.html"
    context: Callable[[Any, Reader], Mapping[str, Any]] = lambda row, reader: {}
    asked: Callable[[Any, Reader, QueryDict], Mapping[str, Any]] = lambda row, reader, query: {}
    list_page: str = ""
    list_template: str = "record/rows.html"
    list_context: Callable[[Sequence[Any], Reader], Mapping[str, Any]] = lambda rows, reader: {}
    arranged: Callable[[QuerySet[Any]], QuerySet[Any]] = lambda rows: rows


def columns(row: Recorded) -> list[tuple[str, Any]]:
    """Return what a row says, as labels and values in words, without what is empty."""
    shown: list[tuple[str, Any]] = []
    for field in content_fields(type(row)):
        if field.name in HIDDEN:
            continue
        value = getattr(row, field.name) if field.is_relation else getattr(row, field.attname)
        if field.choices and value:
            value = getattr(row, f"get_{field.name}_display")()
        if value not in (None, ""):
            shown.append((str(field.verbose_name), value))
    return shown
