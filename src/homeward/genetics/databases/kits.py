"""Commercial STR kits and core sets: which markers each types, and how far its allelic ladders reach."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from homeward.core.errors import InputError, Problem

FILE = Path(__file__).parent / "kits.csv"


class MarkerType(StrEnum):
    """What kind of marker it is."""

    AUTOSOMAL = "autosomal"
    Y = "Y"
    SEX = "sex"
    INDEL = "indel"


@dataclass(frozen=True, slots=True)
class KitMarker:
    """One marker of a kit.

    ladder: names of the smallest and the largest allele of the allelic ladder, or None where there is none.
    """

    name: str
    type: MarkerType
    ladder: tuple[str, str] | None


@lru_cache(maxsize=1)
def kits() -> Mapping[str, tuple[KitMarker, ...]]:
    """Return the kits and core sets by name, each with its markers in the order of the kit."""
    found: dict[str, list[KitMarker]] = {}
    with FILE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            ladder = (row["ladder_min"], row["ladder_max"]) if row["ladder_min"] else None
            found.setdefault(row["kit"], []).append(KitMarker(row["locus"], MarkerType(row["type"]), ladder))
    return {name: tuple(markers) for name, markers in found.items()}


def autosomal_loci(kit: str) -> tuple[str, ...]:
    """Return the autosomal STR loci of a kit, in its order.

    Raises
    ------
    InputError
        There is no such kit, or it types no autosomal STR.
    """
    known = {name: [m.name for m in markers if m.type is MarkerType.AUTOSOMAL] for name, markers in kits().items()}
    wanted = {name.casefold(): loci for name, loci in known.items()}.get(kit.casefold())
    if not wanted:
        names = ", ".join(name for name, loci in known.items() if loci)
        what = f"There is no kit '{kit}'." if wanted is None else f"The kit {kit} types no autosomal STR locus."
        raise InputError(Problem(what, "kit", f"Write one of: {names}."))
    return tuple(wanted)
