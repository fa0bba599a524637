"""What belongs to a place or a party, however deep."""

from __future__ import annotations

from typing import Any

from homeward.web.journal.reader import Reader
from homeward.web.journal.recorded import Recorded


def with_parts(row: Recorded, reader: Reader) -> frozenset[str]:
    """Return the codes of a place or a party and of all its parts, of their parts, and so on."""
    rows: Any = reader.rows(type(row))
    return parts_among({row.code}, dict(rows.values_list("code", "part_of")))


def parts_among(codes: set[str], part_of: dict[str, str | None]) -> frozenset[str]:
    """Return codes together with those of all their parts; ``part_of`` gives the whole of each."""
    found = set(codes)
    while more := {code for code, whole in part_of.items() if whole in found} - found:
        found |= more
    return frozenset(found)
