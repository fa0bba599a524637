"""The rows that others point to, loaded for all of them at once and as they were known."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from homeward.web.journal.knowledge import as_known
from homeward.web.journal.reader import Reader
from homeward.web.journal.recorded import Recorded


def fill(rows: Iterable[Any], reader: Reader, *names: str) -> None:
    """Put into rows what their columns of these names point to, as it was known.

    What the query of the rows already brought along (``select_related``) is used; the rest takes one query for each
    noun. Names that a row does not have are passed over. What a known row points to was known with it, so it is never
    left out: use this for documents and statements only where the row itself is hidden together with them.
    """
    rows = list(rows)
    found: dict[type[Recorded], dict[str, Recorded | None]] = {}
    links = [(row, field) for row in rows for field in row._meta.concrete_fields if field.name in names]
    for row, field in links:
        if code := getattr(row, field.attname):
            of_noun = found.setdefault(field.related_model, {})
            of_noun[code] = of_noun.get(code) or field.get_cached_value(row, default=None)
    for model, of_noun in found.items():
        missing = [code for code, target in of_noun.items() if target is None]
        if missing:
            of_noun.update(model.objects.in_bulk(missing))
        then = as_known(
            [target for target in of_noun.values() if target is not None and could_be_known(target, reader)],
            reader.as_of,
        )
        of_noun.update({target.code: target for target in then})
    for row, field in links:
        if target := found.get(field.related_model, {}).get(getattr(row, field.attname)):
            setattr(row, field.name, target)


def could_be_known(target: Recorded, reader: Reader) -> bool:
    """Return whether anything was known of a row by then."""
    return reader.as_of.known is None or target.known_on <= reader.as_of.known
