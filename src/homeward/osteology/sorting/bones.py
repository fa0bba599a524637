"""Bones of one kind, ordered by which measurements were taken on them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from homeward.core.arrays import BoolArray, FloatArray, IntArray
from homeward.core.errors import InputError, Problem
from homeward.osteology.specimens import Side, Specimens

MOST_MEASUREMENTS = 62
"""Of one element, so that a set of measurements is one whole number."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One element of one side."""

    element: str
    side: Side

    def __str__(self) -> str:
        return self.element if self.side is Side.AXIAL else f"{self.side} {self.element}"


@dataclass(frozen=True, slots=True, eq=False)
class Bones:
    """n bones of one kind with at least one of m measurements, in the order of their patterns.

    kind: element and side.
    codes: the m measurements.
    rows: (n,) position of each among the specimens.
    measurements_mm: (n, m) float64 in millimetres, 0 where not taken (see ``patterns``), so that sums are products.
    patterns: (k, m) distinct patterns of measurements taken.
    pattern_of: (n,) position of each bone's pattern; never decreases.
    """

    kind: Kind
    codes: tuple[str, ...]
    rows: IntArray
    measurements_mm: FloatArray
    patterns: BoolArray
    pattern_of: IntArray

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def taken(self) -> BoolArray:
        """(n, m): which measurements were taken on each bone."""
        return self.patterns[self.pattern_of]

    def starts(self) -> IntArray:
        """(k + 1,): where the bones of each pattern begin, and the end."""
        return np.searchsorted(self.pattern_of, np.arange(len(self.patterns) + 1))

    def part(self, first_pattern: int, last_pattern: int) -> Bones:
        """Return the bones whose pattern is among those from the first to before the last."""
        chosen = (self.pattern_of >= first_pattern) & (self.pattern_of < last_pattern)
        return Bones(
            kind=self.kind,
            codes=self.codes,
            rows=self.rows[chosen],
            measurements_mm=self.measurements_mm[chosen],
            patterns=self.patterns[first_pattern:last_pattern],
            pattern_of=self.pattern_of[chosen] - first_pattern,
        )


def bones_of(specimens: Specimens, kind: Kind, codes: tuple[str, ...]) -> Bones:
    """Return the specimens of one kind that have any of these measurements.

    Raises
    ------
    InputError
        There are more measurements than a set of them can hold.
    """
    if len(codes) > MOST_MEASUREMENTS:
        what = f"It has {len(codes)} measurements; at most {MOST_MEASUREMENTS} of one element can be compared."
        raise InputError(Problem(what, str(kind), "Leave out those that are not needed."))
    rows = specimens.rows_of(kind.element, kind.side)
    column_of = {code: i for i, code in enumerate(specimens.codes)}
    columns = np.array([column_of[code] for code in codes], dtype=np.intp)
    mm = specimens.measurements_mm[np.ix_(rows, columns)]
    taken = ~np.isnan(mm)
    measured = taken.any(axis=1)
    rows, mm, taken = rows[measured], mm[measured], taken[measured]
    numbers, pattern_of = np.unique(pattern_numbers(taken), return_inverse=True)
    order = np.argsort(pattern_of, kind="stable")
    return Bones(
        kind=kind,
        codes=codes,
        rows=rows[order],
        measurements_mm=np.where(taken, mm, 0.0)[order],
        patterns=patterns_from(numbers, len(codes)),
        pattern_of=pattern_of[order],
    )


def pattern_numbers(patterns: BoolArray) -> IntArray:
    """Return each set of measurements (n, m) as one whole number: bit i stands for measurement i."""
    return np.asarray(patterns @ (np.int64(1) << np.arange(patterns.shape[1], dtype=np.int64)), dtype=np.int64)


def patterns_from(numbers: IntArray, n_measurements: int) -> BoolArray:
    """Return the sets of measurements (n, m) that whole numbers stand for."""
    return np.asarray((numbers[:, None] >> np.arange(n_measurements)) & 1, dtype=bool)


def shared_patterns(first: BoolArray, second: BoolArray) -> tuple[BoolArray, IntArray]:
    """Return what each pattern shares with each other one.

    Parameters
    ----------
    first, second : (k1, m) and (k2, m) bool arrays
        Patterns of measurements taken.

    Returns
    -------
    (k, m) bool array
        The distinct sets of measurements that are shared, none of them empty.
    (k1, k2) int array
        Position of the shared set; -1 where nothing is shared.
    """
    shared = pattern_numbers(first)[:, None] & pattern_numbers(second)[None, :]
    numbers, positions = np.unique(shared, return_inverse=True)
    positions = positions.reshape(shared.shape)
    has_empty = bool(len(numbers) and numbers[0] == 0)
    kept = numbers[1:] if has_empty else numbers
    return patterns_from(kept, first.shape[1]), positions - int(has_empty)
