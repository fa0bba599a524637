"""Whether lengths were written in centimetres or metres, and which of them no adult has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from homeward.core.arrays import BoolArray, FloatArray
from homeward.formats.bone_columns import UNIT_OF
from homeward.formats.bone_rows import MOST_NAMED, Bone, Cell
from homeward.osteology.catalogue import measurements
from homeward.osteology.plausible_sizes import plausible_mm

FEWEST_VALUES = 2
"""A column or row of fewer values is never taken for another unit: one value may be a slip."""
SHARE = 0.9
"""Of the values of a column or row that must be plausible in another unit, while none is in millimetres."""


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
    raw = lengths_of(bones, codes)
    ranges = [plausible_mm(code) for code in codes]
    lows = np.array([one.smallest if one else np.nan for one in ranges])
    highs = np.array([one.largest if one else np.nan for one in ranges])
    factors = np.ones_like(raw)
    notes = []
    judged = ~np.isnan(raw) & ~np.isnan(lows)
    fits_mm = (raw >= lows) & (raw <= highs)
    for factor, unit in UNIT_OF.items():
        fits = (raw * factor >= lows) & (raw * factor <= highs)
        columns = _all_in_unit(judged, fits_mm, fits, axis=0)
        rows = _all_in_unit(judged, fits_mm, fits, axis=1)
        factors[:, columns] = factor
        factors[np.ix_(rows, ~np.isnan(lows))] = factor
        if (columns.any() or rows.any()) and (factors[judged] == factor).all():
            columns |= np.isnan(lows) & np.array([measurements()[code].unit == "mm" for code in codes])
            factors[:, columns] = factor
        named = [code for code, chosen in zip(codes, columns, strict=True) if chosen]
        if named:
            notes.append(f"{file}: taken to be in {unit} and turned into millimetres: {', '.join(named)}.")
        places = [
            bones[int(i)].where.rsplit(" ", 1)[-1] for i in np.flatnonzero(rows & (judged & ~columns).any(axis=1))
        ]
        if places:
            notes.append(
                f"{file}: taken to be in {unit} and turned into millimetres: {counted_in} {', '.join(places)}."
            )
    values_mm = raw * factors
    changed = {int(i) for i in np.flatnonzero((factors != 1.0).any(axis=1))}
    column_of = {code: j for j, code in enumerate(codes)}
    converted = [
        replace(
            bone, values={c: Cell(float(values_mm[i, column_of[c]]), cell.where) for c, cell in bone.values.items()}
        )
        if i in changed
        else bone
        for i, bone in enumerate(bones)
    ]
    return converted, (*notes, *_implausible(values_mm, bones, codes, lows, highs, file))


def codes_taken(bones: Sequence[Bone]) -> tuple[str, ...]:
    """Return the measurements that were taken on any of the bones, from head to foot."""
    taken = {code for bone in bones for code in bone.values}
    return tuple(code for code in measurements() if code in taken)


def lengths_of(bones: Sequence[Bone], codes: Sequence[str]) -> FloatArray:
    """Return the values of n bones for m measurements, (n, m) float64; NaN where not taken."""
    column_of = {code: j for j, code in enumerate(codes)}
    lengths = np.full((len(bones), len(codes)), np.nan)
    for i, bone in enumerate(bones):
        for code, cell in bone.values.items():
            lengths[i, column_of[code]] = cell.value
    return lengths


def _all_in_unit(judged: BoolArray, fits_mm: BoolArray, fits: BoolArray, axis: int) -> BoolArray:
    """Return which columns (axis 0) or rows (axis 1) are in a unit as a whole."""
    n = judged.sum(axis=axis)
    return np.asarray(
        (n >= FEWEST_VALUES)
        & ~(judged & fits_mm).any(axis=axis)
        & ((judged & fits).sum(axis=axis) >= np.maximum(SHARE * n, 1))
    )


def _implausible(
    values_mm: FloatArray, bones: Sequence[Bone], codes: Sequence[str], lows: FloatArray, highs: FloatArray, file: str
) -> list[str]:
    """Say of each value that no adult has where it stands and what it may be."""
    notes = []
    outside = np.argwhere((values_mm < lows) | (values_mm > highs))
    for i, j in outside[:MOST_NAMED]:
        value, low, high = float(values_mm[i, j]), float(lows[j]), float(highs[j])
        fitting = [
            f"{value * factor:g}" for factor in (0.001, 0.01, 0.1, 10, 100, 1000) if low <= value * factor <= high
        ]
        hint = f"; {fitting[0]} would be plausible" if fitting else ""
        where = bones[i].values[codes[j]].where
        notes.append(
            f"{where}: {value:g} mm is outside what adults have, {low:g} to {high:g} mm{hint}. Check it for a slip, a "
            "wrong column or a wrong unit; it was used as it is."
        )
    if len(outside) > MOST_NAMED:
        notes.append(f"{file}: {len(outside) - MOST_NAMED} further values are outside what adults have.")
    return notes
