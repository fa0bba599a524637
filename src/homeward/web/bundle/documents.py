"""Documents with their texts, for the many rows whose passages are looked for in them."""

from __future__ import annotations

from collections.abc import Iterable

from homeward.web.journal.recorded import Recorded
from homeward.web.sources.documents import Document, FromDocument

MOST_CHARACTERS = 20_000_000
"""How much text is remembered; with more, everything is forgotten and fetched again as it is needed."""


class Documents:
    """Documents that were fetched, a group at a time, and are remembered while they are small enough."""

    def __init__(self) -> None:
        self._fetched: dict[str, Document] = {}
        self._n_characters = 0

    def give(self, rows: Iterable[Recorded]) -> None:
        """Give rows the documents that they are from."""
        taken = [row for row in rows if isinstance(row, FromDocument)]
        missing = {row.document_id for row in taken} - self._fetched.keys()
        if self._n_characters > MOST_CHARACTERS:
            self._fetched.clear()
            self._n_characters, missing = 0, {row.document_id for row in taken}
        found = Document.objects.select_related("original").defer("original__content").in_bulk(missing)
        self._n_characters += sum(len(document.text) for document in found.values())
        self._fetched.update(found)
        for row in taken:
            row.document = self._fetched[row.document_id]
