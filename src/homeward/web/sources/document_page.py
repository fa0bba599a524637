"""The page of a document: what it is, what of it is kept, its text with passages marked, and what was taken from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from homeward.web.journal.linked import fill
from homeward.web.journal.reader import Reader
from homeward.web.sources.documents import Citation, Document, FromDocument, Original
from homeward.web.sources.figures import Figure
from homeward.web.sources.linked_rows import named_rows
from homeward.web.sources.marked_text import Mark, asked_span, mark_text, parts_of
from homeward.web.sources.statements import Statement

MOST_TAKEN = 300
"""Rows of each kind that the page of one document lists."""
MOST_COPIES = 50


@dataclass(frozen=True, slots=True)
class Taken:
    """A row that was taken from a document, or that rests on it; its number is the one in the text."""

    number: int
    row: FromDocument
    kind: str
    words: str
    address: str

    @property
    def span(self) -> tuple[int, int] | None:
        """Where its passage starts and ends in the text."""
        start, end = self.row.passage_start, self.row.passage_end
        return (start, end) if start is not None and end is not None else None


def document_page(document: Document, reader: Reader, query: QueryDict) -> Mapping[str, Any]:
    """Return what the page of a document shows beside its columns.

    ``?passage=120-164`` marks these characters, ``?part=2`` turns to another part of a long text.
    """
    original = Original.objects.defer("content").filter(pk=document.original_id).first()
    text = original.text if original is not None else ""
    taken, left_out = taken_from(document, reader)
    parts = parts_of(text)
    asked = asked_span(query.get("passage", ""), len(text))
    number = _part_number(query, parts, asked)
    marks = [Mark(*row.span, row.number, f"{row.kind}: {row.words}", row.address) for row in taken if row.span]
    return {
        "original": original,
        "held": _held(document, original),
        "copied": reader.get(Document, document.copy_of_id) if document.copy_of_id else None,
        "copies": reader.known(reader.rows(Document).filter(copy_of=document.code)[:MOST_COPIES]),
        "taken": taken,
        "left_out": left_out,
        "marked": mark_text(text, marks, parts[number - 1], asked),
        "passage_missing": bool(query.get("passage")) and asked is None,
        "part": number,
        "parts": len(parts),
    }


def taken_from(document: Document, reader: Reader) -> tuple[Sequence[Taken], bool]:
    """Return what was taken from a document, in the order of its text, and whether rows were left out.

    That rows are not there because the reader may not see them, or they were not known, is not said.
    """
    found: list[FromDocument] = []
    left_out = False
    models: tuple[type[FromDocument], ...] = (Statement, Figure, Citation)
    for model in models:
        rows = list(
            reader.rows(model).filter(document=document.code).order_by("passage_start", "code")[: MOST_TAKEN + 1]
        )
        left_out |= len(rows) > MOST_TAKEN
        found += reader.known(rows[:MOST_TAKEN])
    fill((row for row in found if isinstance(row, Figure)), reader, "series")
    named = named_rows((row.about for row in found if isinstance(row, Citation)), reader)
    described: list[tuple[FromDocument, str, str, str]] = []
    for row in found:
        if not isinstance(row, Citation):
            words = f"{row.title}, {row.series.name}" if isinstance(row, Figure) else row.title
            described.append((row, str(row._meta.verbose_name), words, row.get_absolute_url()))
        elif cited := named.get(row.about):
            described.append((row, cited.kind, cited.words, cited.address))
    described.sort(key=lambda one: (one[0].passage_start is None, one[0].passage_start or 0, one[0].code))
    return [Taken(number, *one) for number, one in enumerate(described, start=1)], left_out


def _held(document: Document, original: Original | None) -> str:
    """What is kept of a document, in a sentence."""
    if original is None:
        return "Nothing of this document is kept here but the reference to it."
    return {
        "original": "The document itself is kept here, byte for byte.",
        "copy": "A copy made by others is kept here, byte for byte.",
        "note": "A note made from the document for this record is kept here. It is not the document’s own text.",
    }[document.holding]


def _part_number(query: QueryDict, parts: Sequence[tuple[int, int]], asked: tuple[int, int] | None) -> int:
    """The part that was asked for, else the one in which the passage begins, else the first."""
    text = query.get("part", "")
    if text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= len(parts):
        return int(text)
    if asked is None:
        return 1
    return next(number for number, (_, end) in enumerate(parts, start=1) if asked[0] < end)
