"""Whether lengths were written in centimetres or metres, and which of them no adult has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from homeward.core.arrays import BoolArray, FloatArray, IntArray
from homeward.formats.bone_columns import UNIT_OF
from homeward.formats.bone_rows import MOST_NAMED, Bone
from homeward.osteology.catalogue import measurements
from homeward.osteology.plausible_sizes import PlausibleRange, plausible_mm

FEWEST_VALUES = 2
"""A column or row of fewer values is never taken for another unit: one value may be a slip."""
SHARE = 0.9
"""Of the values of a column or row that must be plausible in another unit, while none is in millimetres."""
SLIPS = (0.1, 10.0, 0.01, 100.0, 0.001, 1000.0)
"""By which a value may be wrong if its decimal point stands in a wrong place."""


def in_millimetres(bones: Sequence[Bone], file: str, counted_in: str) -> tuple[list[Bone], tuple[str, ...]]:
    """Return bones with their lengths in millimetres, and what has to be said: units recognised, values no adult has.

    A column (one measurement on all bones) or a row (all measurements of one bone) is recognised as centimetres or
    metres if it has at least two values, none of them is plausible in millimetres, and nine in ten are once multiplied
    by 10 or 1000. If all values that can be judged are in one unit, measurements without a plausible range are taken to
    be in it too.

    Parameters
    ----------
    bones : sequence of Bone
        With values as they stand in the file.
    file, counted_in : str
        What to call the file and its rows in a note.
    """
    codes = codes_taken(bones)
    lengths = lengths_of(bones, codes)
    ranges = [plausible_mm(code) for code in codes]
    of_columns, of_rows = _factors(lengths, codes, ranges)
    notes = []
    for factor, unit in UNIT_OF.items():
        named = [code for code, one in zip(codes, of_columns.tolist(), strict=True) if one == factor]
        if named:
            notes.append(f"{file}: taken to be in {unit} and turned into millimetres: {', '.join(named)}.")
        rows = np.flatnonzero(of_rows == factor).tolist()
        places = [str(bones[i].number) for i in rows if not bones[i].values.keys() <= set(named)]
        if places:
            notes.append(
                f"{file}: taken to be in {unit} and turned into millimetres: {counted_in} {', '.join(places)}."
            )
    if notes:
        is_judged = np.array([one is not None for one in ranges])
        lengths *= of_columns
        lengths *= np.where((of_columns == 1.0) & is_judged, of_rows[:, None], 1.0)
        bones = [
            replace(bone, values={code: row[j] for j, code in enumerate(codes) if code in bone.values})
            for bone, row in zip(bones, lengths.tolist(), strict=True)
        ]
    return list(bones), (*notes, *_implausible(lengths, bones, codes, ranges, file))


def _factors(
    lengths: FloatArray, codes: Sequence[str], ranges: Sequence[PlausibleRange | None]
) -> tuple[FloatArray, FloatArray]:
    """Return by what each column and each row must be multiplied to become millimetres, (m,) and (n,) float64."""
    n, m = lengths.shape
    of_columns, of_rows = np.ones(m), np.ones(n)
    rows = _Tally(np.zeros(n, int), np.zeros(n, int), {factor: np.zeros(n, int) for factor in UNIT_OF})
    for j, one in enumerate(ranges):
        if one is None:
            continue
        column = lengths[:, j]
        taken = ~np.isnan(column)
        fits_mm = (column >= one.smallest) & (column <= one.largest)
        rows.judged += taken
        rows.fits_mm += fits_mm
        for factor in UNIT_OF:
            fits = (column * factor >= one.smallest) & (column * factor <= one.largest)
            rows.fits[factor] += fits
            whole = _Tally(taken.sum(), fits_mm.sum(), {factor: fits.sum()})
            of_columns[j] = factor if whole.is_in(factor) else of_columns[j]
    can_judge = np.array([one is not None for one in ranges], dtype=bool)
    is_length = np.array([measurements()[code].unit == "mm" for code in codes], dtype=bool)
    for factor in UNIT_OF:
        of_rows[rows.is_in(factor)] = factor
        if (of_columns == factor).any() or (of_rows == factor).any():
            others = np.ix_(of_rows != factor, can_judge & (of_columns != factor))
            if np.isnan(lengths[others]).all():
                of_columns[~can_judge & is_length] = factor
    return of_columns, of_rows


@dataclass(slots=True, eq=False)
class _Tally:
    """How many values of each column or row can be judged, are plausible in millimetres, and in each other unit."""

    judged: IntArray
    fits_mm: IntArray
    fits: dict[float, IntArray]

    def is_in(self, factor: float) -> BoolArray:
        """Return which are in a unit as a whole."""
        enough = np.maximum(SHARE * self.judged, 1)
        return np.asarray((self.judged >= FEWEST_VALUES) & (self.fits_mm == 0) & (self.fits[factor] >= enough))


def codes_taken(bones: Sequence[Bone]) -> tuple[str, ...]:
    """Return the measurements that were taken on any of the bones, from head to foot."""
    taken = {code for bone in bones for code in bone.values}
    return tuple(code for code in measurements() if code in taken)


def lengths_of(bones: Sequence[Bone], codes: Sequence[str]) -> FloatArray:
    """Return the values of n bones for m measurements, (n, m) float64; NaN where not taken."""
    column_of = {code: j for j, code in enumerate(codes)}
    lengths = np.full((len(bones), len(codes)), np.nan)
    for i, bone in enumerate(bones):
        for code, value in bone.values.items():
            lengths[i, column_of[code]] = value
    return lengths


def _implausible(
    lengths: FloatArray,
    bones: Sequence[Bone],
    codes: Sequence[str],
    ranges: Sequence[PlausibleRange | None],
    file: str,
) -> list[str]:
    """Say of each value that no adult has where it stands and what it may be."""
    notes = []
    n_outside = 0
    for j, (code, one) in enumerate(zip(codes, ranges, strict=True)):
        if one is None:
            continue
        low, high = one.smallest, one.largest
        outside = np.flatnonzero((lengths[:, j] < low) | (lengths[:, j] > high)).tolist()
        for i in outside[: max(0, MOST_NAMED - n_outside)]:
            value = float(lengths[i, j])
            fitting = [f"{value * factor:g}" for factor in SLIPS if low <= value * factor <= high]
            hint = f"; {fitting[0]} would be plausible" if fitting else ""
            notes.append(
                f"{bones[i].where_of(code)}: {value:g} mm is outside what adults have, {low:g} to {high:g} mm{hint}. "
                "Check it for a slip, a wrong column or a wrong unit; it was used as it is."
            )
        n_outside += len(outside)
    if n_outside > MOST_NAMED:
        notes.append(f"{file}: {n_outside - MOST_NAMED} further values are outside what adults have.")
    return notes
