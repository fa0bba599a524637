"""Fragments that turned out to be one bone: they stay apart in the register, and count once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from homeward.osteology.inventory import WHOLE
from homeward.web.identity.successions import joined
from homeward.web.remains.specimens import Completeness, Specimen


@dataclass(frozen=True, slots=True)
class WholeBone:
    """A bone as it counts: the specimen that it goes by, and the zones of it and of all its pieces."""

    row: Specimen
    zones: frozenset[str]


def whole_bones(rows: Sequence[Specimen]) -> list[WholeBone]:
    """Return the bones that specimens are: what was refitted to another counts with it, where that is.

    Two queries where nothing was refitted.
    """
    goes_by = joined(row.reference for row in rows)
    pieces: dict[str, list[Specimen]] = {}
    for row in _with_pieces_elsewhere(rows, goes_by):
        pieces.setdefault(goes_by[row.reference], []).append(row)
    return [
        WholeBone(row, _zones_of(pieces.get(row.reference, [row])))
        for row in rows
        if goes_by.get(row.reference, row.reference) == row.reference
    ]


def _with_pieces_elsewhere(rows: Sequence[Specimen], goes_by: Iterable[str]) -> list[Specimen]:
    """Those that were refitted, and their pieces that are not among them: of another accession, or of another page."""
    wanted = set(goes_by)
    here = [row for row in rows if row.reference in wanted]
    elsewhere = {reference.partition(":")[2] for reference in wanted - {row.reference for row in here}}
    return here + (list(Specimen.objects.filter(pk__in=elsewhere, withdrawn="")) if elsewhere else [])


def _zones_of(pieces: Iterable[Specimen]) -> frozenset[str]:
    """The zones that are there; a complete bone has all of them."""
    if any(piece.completeness == Completeness.COMPLETE for piece in pieces):
        return frozenset({WHOLE})
    return frozenset(zone for piece in pieces for zone in piece.zones.split())
