"""How large bones of adults are, how the sizes of one person go together, and how left and right differ.

All of it are summary statistics that were computed from the reference collections which OsteoSort 1.4.0 distributes
(Lynch 2025, DPAA); the data folder of this package says how.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np

from homeward.core.arrays import FloatArray
from homeward.osteology.catalogue import bundled_rows, measurements
from homeward.osteology.specimens import Side

STATURE = "stature"
EVERYBODY = "all"
GROUPS = ("white", "black", "asian")
"""Groups as the collections name them, of which there are enough people for means of their own."""


@dataclass(frozen=True, slots=True)
class SizeStatistic:
    """Mean and standard deviation of one measurement on one side in one group and sex.

    n: bones that were measured, one for each person. mean_mm, sd_mm: in millimetres, stature too.
    """

    n: int
    mean_mm: float
    sd_mm: float


@dataclass(frozen=True, slots=True, eq=False)
class SizeModel:
    """Sizes of adults on the logarithmic scale, for m measurements and, as a last variable, stature.

    codes: the m measurements.
    sd: (m + 1,) float64, of the person's size (mean of left and right) within a group and sex.
    correlations: (m + 1, m + 1) float64, of these sizes; positive definite.
    side_mean, side_sd: (m,) float64, of ln(left / right); measuring error is in it.
    side_correlations: (m, m) float64, of ln(left / right); 0 between different bones.
    """

    codes: tuple[str, ...]
    sd: FloatArray
    correlations: FloatArray
    side_mean: FloatArray
    side_sd: FloatArray
    side_correlations: FloatArray


@cache
def size_statistics() -> Mapping[tuple[str, str, str, str], SizeStatistic]:
    """Return the statistics by group, sex ("m", "f"), side ("left", "right", "" for stature) and code."""
    return {
        (row["group"], row["sex"], row["side"], row["code"]): SizeStatistic(
            n=int(row["n"]), mean_mm=float(row["mean_mm"]), sd_mm=float(row["sd_mm"])
        )
        for row in bundled_rows("size_statistics.csv")
    }


@cache
def size_model() -> SizeModel:
    """Return the model of sizes.

    Where fewer than 10 people have both bones, left and right are taken to have the same mean and to differ as much as
    the lengths of the bones do in the middle (the median of the standard deviations of what is measured on a board).
    """
    *measured, stature = list(bundled_rows("size_model.csv"))
    codes = tuple(row["code"] for row in measured)
    boards = [
        float(row["sd_log_ratio"])
        for row in measured
        if row["sd_log_ratio"] and measurements()[row["code"]].instrument == "osteometric board"
    ]
    usual = float(np.median(boards))
    return SizeModel(
        codes=codes,
        sd=np.array([float(row["sd_log_size"]) for row in [*measured, stature]]),
        correlations=_triangle("size_correlations.csv"),
        side_mean=np.array([float(row["mean_log_ratio"] or 0.0) for row in measured]),
        side_sd=np.array([float(row["sd_log_ratio"] or usual) for row in measured]),
        side_correlations=_triangle("side_correlations.csv"),
    )


def mean_log_sizes(sex: str, group: str) -> FloatArray:
    """Return the mean logarithms of sizes in millimetres, (m + 1,) float64 in the order of the model, stature last.

    A measurement that the group lacks has the mean of everybody, moved by as much as the group differs from everybody
    in the others. NaN where nobody of the sex has it; stature is never moved, and NaN where the group lacks it.

    Parameters
    ----------
    sex : str
        "m" or "f".
    group : str
        One of ``GROUPS``, or ``EVERYBODY``.
    """
    model = size_model()
    own = np.array(
        [_mean_log(group, sex, code, shift) for code, shift in zip(model.codes, model.side_mean, strict=True)]
    )
    everybody = np.array(
        [_mean_log(EVERYBODY, sex, code, shift) for code, shift in zip(model.codes, model.side_mean, strict=True)]
    )
    moved = everybody + np.nanmean(own - everybody)
    known = size_statistics().get((group, sex, "", STATURE))
    return np.append(np.where(np.isnan(own), moved, own), np.nan if known is None else _log_mean(known))


def _mean_log(group: str, sex: str, code: str, shift: float) -> float:
    """Return the mean logarithm of the size of a person, from whichever sides there are; NaN if neither."""
    found = [
        _log_mean(one) + half
        for side, half in ((Side.LEFT, -shift / 2), (Side.RIGHT, shift / 2))
        if (one := size_statistics().get((group, sex, str(side), code)))
    ]
    return sum(found) / len(found) if found else math.nan


def _log_mean(one: SizeStatistic) -> float:
    """Return the mean logarithm of a lognormal distribution with this mean and standard deviation."""
    return math.log(one.mean_mm) - 0.5 * math.log1p((one.sd_mm / one.mean_mm) ** 2)


def _triangle(name: str) -> FloatArray:
    """Return the symmetric matrix whose lower triangle a data file has, with ones on the diagonal."""
    text = (files("homeward.osteology") / "data" / name).read_text(encoding="utf-8")
    rows = list(csv.reader(text.splitlines()))[1:]
    matrix = np.eye(len(rows))
    for i, (_, *values) in enumerate(rows):
        matrix[i, :i] = matrix[:i, i] = [float(value) for value in values]
    return matrix
