"""Reference collections: measured bones of people who are known."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from homeward.core.arrays import FloatArray, IntArray
from homeward.osteology.specimens import Side, Specimens

SMALLEST_REFERENCE = 10
"""People that a reference must have for exactly the measurements in question; with fewer no test is made."""


@dataclass(frozen=True, slots=True, eq=False)
class ReferenceSample:
    """Bones of n rows from people who are known; one row for each person, element and side.

    name, source: what the collection is called, and whom to cite.
    persons: name of the person of each row.
    specimens: the bones, in the same order; their ids are those of the persons.
    stature_cm: (n,) float64, stature of the person in centimetres; NaN where not known.
    sexes: "m", "f" or "" of each row.
    ancestries: code of the collection for each row, or "".
    """

    name: str
    source: str
    persons: tuple[str, ...]
    specimens: Specimens
    stature_cm: FloatArray
    sexes: tuple[str, ...]
    ancestries: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.persons)

    def table(self, element: str, side: Side) -> tuple[tuple[str, ...], FloatArray]:
        """Return the persons who have this bone, and its (n, m) measurements in millimetres, NaN where not taken."""
        rows = self.specimens.rows_of(element, side)
        return tuple(self.persons[i] for i in rows), self.specimens.measurements_mm[rows]


def both_bones(
    reference: ReferenceSample, first: tuple[str, Side], second: tuple[str, Side]
) -> tuple[tuple[str, ...], FloatArray, FloatArray]:
    """Return the persons who have both of two bones, and the (n, m) measurements of each, in the same order."""
    first_persons, first_mm = reference.table(*first)
    second_persons, second_mm = reference.table(*second)
    row_of = {person: i for i, person in enumerate(second_persons)}
    rows: list[tuple[int, int]] = [(i, row_of[p]) for i, p in enumerate(first_persons) if p in row_of]
    chosen: IntArray = np.array(rows, dtype=np.intp).reshape(-1, 2)
    persons = tuple(first_persons[i] for i in chosen[:, 0])
    return persons, first_mm[chosen[:, 0]], second_mm[chosen[:, 1]]
