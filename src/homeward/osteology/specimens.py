"""Bones and fragments as they were inventoried and measured."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from homeward.core.arrays import BoolArray, FloatArray, IntArray


class Side(StrEnum):
    """Side of the body; an unpaired bone is axial, and a side that could not be told is a value of its own."""

    LEFT = "left"
    RIGHT = "right"
    AXIAL = "axial"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, eq=False)
class Specimens:
    """n bones or fragments.

    ids: names, each once together with element and side (case files number left and right bones apart).
    elements: element of each, by its name in the catalogue ("humerus").
    sides: side of each.
    codes: m measurement codes of the field ("Hum_01").
    measurements_mm: (n, m) float64 in millimetres; NaN where not taken.
    groups: box, site or accession of each, "" where not given.
    """

    ids: tuple[str, ...]
    elements: tuple[str, ...]
    sides: tuple[Side, ...]
    codes: tuple[str, ...]
    measurements_mm: FloatArray
    groups: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def taken(self) -> BoolArray:
        """(n, m): which measurements were taken."""
        return ~np.isnan(self.measurements_mm)

    def rows_of(self, element: str, side: Side | None = None) -> IntArray:
        """Return the positions of the specimens of one element, of one side if given."""
        return np.array(
            [
                i
                for i, (one, where) in enumerate(zip(self.elements, self.sides, strict=True))
                if one == element and side in (None, where)
            ],
            dtype=np.intp,
        )


def choose_specimens(specimens: Specimens, rows: IntArray) -> Specimens:
    """Return some of the specimens, in the order in which their positions are given."""
    return Specimens(
        ids=tuple(specimens.ids[i] for i in rows),
        elements=tuple(specimens.elements[i] for i in rows),
        sides=tuple(specimens.sides[i] for i in rows),
        codes=specimens.codes,
        measurements_mm=specimens.measurements_mm[rows],
        groups=tuple(specimens.groups[i] for i in rows) if specimens.groups else (),
    )
