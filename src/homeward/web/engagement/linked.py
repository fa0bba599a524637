"""What rows point to and rest on, loaded for all of them at once and as it was known."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from homeward.web.engagement.works import Involvement
from homeward.web.journal.linked import could_be_known, fill
from homeward.web.journal.reader import Reader
from homeward.web.sources.documents import Citation


def known_among(rows: Iterable[Any], reader: Reader) -> list[Any]:
    """Return those of loaded rows that were known, as they were known."""
    return reader.known(row for row in rows if could_be_known(row, reader))


def citations_of_rows(references: Collection[str], reader: Reader) -> dict[str, list[Citation]]:
    """Return what rows rest on, oldest document first, by the references of the rows."""
    rows = reader.rows_about(Citation, references).select_related("document")
    citations = reader.known(rows.order_by("document__published_earliest", "code"))
    fill(citations, reader, "document")
    found: dict[str, list[Citation]] = {}
    for citation in citations:
        found.setdefault(citation.about, []).append(citation)
    return found


def involved_in(references: Collection[str], reader: Reader) -> dict[str, list[Involvement]]:
    """Return who had to do with rows, by the references of the rows."""
    rows = reader.rows_about(Involvement, references).select_related("party", "person")
    involvements = reader.known(rows)
    fill(involvements, reader, "party", "person")
    found: dict[str, list[Involvement]] = {}
    for involvement in involvements:
        found.setdefault(involvement.about, []).append(involvement)
    return found
