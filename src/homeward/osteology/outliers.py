"""Values of a reference collection that stand apart, to be looked at: reported, never repaired."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from homeward.core.arrays import FloatArray, IntArray
from homeward.osteology.reference import SMALLEST_REFERENCE, ReferenceSample
from homeward.osteology.specimens import Side

SPREADS = 5.0
"""Values farther than so many robust standard deviations from the median are reported. Of two million normal values one
would be; real collections have longer tails, so that many of those reported are sound."""
NORMAL_MAD = 1.4826
"""A standard deviation in units of the median absolute deviation, for normal data."""


@dataclass(frozen=True, slots=True)
class OutlyingValue:
    """A value far from the others of its kind.

    value_mm: what is written. expected_mm: the median of the sex, or what the bone of the other side says.
    spreads: distance on the logarithmic scale in robust standard deviations, with its sign.
    by: "size", compared with other people, or "sides", compared with the person's other bone.
    """

    person: str
    element: str
    side: Side
    code: str
    value_mm: float
    expected_mm: float
    spreads: float
    by: str

    @property
    def bone(self) -> str:
        """Name of the bone as it is left out of a comparison: person:element:side."""
        return f"{self.person}:{self.element}:{self.side}"


def outlying_values(reference: ReferenceSample, *, spreads: float = SPREADS) -> tuple[OutlyingValue, ...]:
    """Return the values that stand apart, the farthest first.

    A value stands apart if its logarithm is more than ``spreads`` robust standard deviations (1.4826 times the median
    absolute deviation) from the median of its measurement and sex, or if the logarithm of left over right is so far
    from the median of all people; then both bones are named. Groups of fewer than 10 values are not judged.

    A batch of bones filed under a wrong name is not found if it is large: it moves the median and widens the spread.
    """
    found = [*_by_size(reference, spreads), *_by_sides(reference, spreads)]
    return tuple(sorted(found, key=lambda one: -abs(one.spreads)))


def robust_distances(logs: FloatArray) -> tuple[float, FloatArray]:
    """Return the median of n logarithms, and the (n,) distances from it in robust standard deviations.

    Where more than half of the values are equal there is no spread, and all distances are 0.
    """
    median = float(np.median(logs))
    spread = NORMAL_MAD * float(np.median(np.abs(logs - median)))
    return median, (logs - median) / spread if spread > 0 else np.zeros_like(logs)


def _by_size(reference: ReferenceSample, spreads: float) -> Iterator[OutlyingValue]:
    """Compare each value with those of other people of the sex."""
    logs = np.log(reference.specimens.measurements_mm)
    sexes = np.array(reference.sexes)
    for sex in sorted(set(reference.sexes)):
        of_sex = np.flatnonzero(sexes == sex)
        for j in range(logs.shape[1]):
            rows = of_sex[np.isfinite(logs[of_sex, j])]
            if len(rows) >= SMALLEST_REFERENCE:
                median, distances = robust_distances(logs[rows, j])
                for k in np.flatnonzero(np.abs(distances) > spreads):
                    yield _value(reference, int(rows[k]), j, float(np.exp(median)), float(distances[k]), "size")


def _by_sides(reference: ReferenceSample, spreads: float) -> Iterator[OutlyingValue]:
    """Compare each value with that of the same person's other bone."""
    mm = reference.specimens.measurements_mm
    row_of = {
        (person, element, side): i
        for i, (person, element, side) in enumerate(
            zip(reference.persons, reference.specimens.elements, reference.specimens.sides, strict=True)
        )
    }
    pairs: IntArray = np.array(
        [
            (i, row_of[person, element, Side.RIGHT])
            for (person, element, side), i in row_of.items()
            if side is Side.LEFT and (person, element, Side.RIGHT) in row_of
        ],
        dtype=np.intp,
    ).reshape(-1, 2)
    logs = np.log(mm)
    ratios = logs[pairs[:, 0]] - logs[pairs[:, 1]]
    for j in range(mm.shape[1]):
        both = np.flatnonzero(np.isfinite(ratios[:, j]))
        if len(both) < SMALLEST_REFERENCE:
            continue
        median, distances = robust_distances(ratios[both, j])
        for k in np.flatnonzero(np.abs(distances) > spreads):
            left, right = (int(row) for row in pairs[both[k]])
            distance, usual = float(distances[k]), float(np.exp(median))
            yield _value(reference, left, j, float(mm[right, j]) * usual, distance, "sides")
            yield _value(reference, right, j, float(mm[left, j]) / usual, -distance, "sides")


def _value(
    reference: ReferenceSample, row: int, column: int, expected_mm: float, spreads: float, by: str
) -> OutlyingValue:
    bones = reference.specimens
    return OutlyingValue(
        person=reference.persons[row],
        element=bones.elements[row],
        side=bones.sides[row],
        code=bones.codes[column],
        value_mm=float(bones.measurements_mm[row, column]),
        expected_mm=expected_mm,
        spreads=spreads,
        by=by,
    )
