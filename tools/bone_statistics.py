"""Compute the statistics of bone sizes in ``src/homeward/osteology/data`` from reference collections.

    python tools/bone_statistics.py DPAA_*.ref.gz

The data that Homeward holds were computed from the reference collections that OsteoSort 1.4.0 distributes (Lynch 2025,
DPAA). Only summaries are written: of fewer than 10 people none is given.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np

from homeward.core.arrays import BoolArray, FloatArray
from homeward.formats.osteometric import read_reference
from homeward.osteology.catalogue import measurements
from homeward.osteology.reference import SMALLEST_REFERENCE, ReferenceSample
from homeward.osteology.specimens import Side

DATA = Path(__file__).parents[1] / "src" / "homeward" / "osteology" / "data"
GROUPS = {"W": "white", "B": "black", "JAP": "asian", "KOR": "asian", "CH": "asian", "CAM": "asian"}
SIDES = (Side.LEFT, Side.RIGHT)
STATURE = "stature"

RANGE_SPREADS = 6.0
"""A plausible range reaches this many robust standard deviations of the logarithm from the median on either side,"""
MOST_TIMES = 3.0
"""but is never wider than from a third of the median to three times the median, so that units can be told apart."""
OUTLIER_SPREADS = 5.0
"""Values farther than this from the median of their sex, so measured, are left out of means and correlations."""
FEWEST_IN_RANGE = 30
PRIOR_PEOPLE = 20
"""Correlations are estimated as if so many further people had those that one common factor of size gives."""
ROUNDS = 25
"""Of the EM algorithm; after these, no correlation changes by more than 0.01."""

CUBOID_LONGER_MM, METATARSAL_SHORTER_MM = 52.0, 50.0
"""Of 85 people the right second metatarsal is filed as left cuboid, and the right cuboid as right second metatarsal."""


def main(paths: Iterable[str]) -> None:
    reference = read_reference([Path(path) for path in paths])
    codes = reference.specimens.codes
    mm = without_misfiled(reference)
    write("plausible_sizes.csv", "code n median_mm smallest_mm largest_mm", plausible_sizes(codes, mm))
    sexes = np.array(reference.sexes)
    kept = np.where(within_limits(np.log(mm), sexes), mm, np.nan)
    print(f"{np.isfinite(mm).sum() - np.isfinite(kept).sum()} of {np.isfinite(mm).sum()} values left out as outlying")
    write("size_statistics.csv", "group sex side code n mean_mm sd_mm", size_statistics(reference, kept))
    write_model(reference, np.log(kept))


def without_misfiled(reference: ReferenceSample) -> FloatArray:
    """Return the measurements without those of bones that stand under the name of another bone."""
    mm = reference.specimens.measurements_mm.copy()
    cuboid, metatarsal = (reference.specimens.codes.index(code) for code in ("Cub_01", "MT2_01"))
    mm[mm[:, cuboid] > CUBOID_LONGER_MM, cuboid] = np.nan
    mm[mm[:, metatarsal] < METATARSAL_SHORTER_MM, metatarsal] = np.nan
    return mm


def robust_spread(logs: FloatArray) -> tuple[float, float]:
    """Return median and 1.4826 times the median absolute deviation."""
    median = float(np.median(logs))
    return median, 1.4826 * float(np.median(np.abs(logs - median)))


def plausible_sizes(codes: tuple[str, ...], mm: FloatArray) -> Iterator[list[object]]:
    for j, code in enumerate(codes):
        logs = np.log(mm[np.isfinite(mm[:, j]), j])
        if len(logs) >= FEWEST_IN_RANGE:
            median, spread = robust_spread(logs)
            reach = min(RANGE_SPREADS * spread, np.log(MOST_TIMES))
            low, high = np.exp(median - reach), np.exp(median + reach)
            yield [code, len(logs), f"{np.exp(median):.2f}", f"{low:.1f}", f"{high:.1f}"]


def within_limits(logs: FloatArray, sexes: np.ndarray) -> BoolArray:
    """Return which values lie near the median of their measurement and sex."""
    inside = np.zeros(logs.shape, dtype=bool)
    for sex in ("m", "f"):
        rows = np.flatnonzero(sexes == sex)
        for j in range(logs.shape[1]):
            column = logs[rows, j]
            there = np.isfinite(column)
            if there.any():
                median, spread = robust_spread(column[there])
                inside[rows, j] = there & (np.abs(column - median) <= OUTLIER_SPREADS * spread)
    return inside


def size_statistics(reference: ReferenceSample, mm: FloatArray) -> Iterator[list[object]]:
    groups = np.array([GROUPS.get(code, "other") for code in reference.ancestries])
    sexes, sides = np.array(reference.sexes), np.array(reference.specimens.sides)
    people = np.unique(np.array(reference.persons), return_index=True)[1]
    for group in ("all", "white", "black", "asian"):
        for sex in ("m", "f"):
            rows = (sexes == sex) & ((groups == group) | (group == "all"))
            for side in SIDES:
                for j, code in enumerate(reference.specimens.codes):
                    yield from summary([group, sex, str(side), code], mm[rows & (sides == side), j])
            statures = reference.stature_cm[people[rows[people]]]
            yield from summary([group, sex, "", STATURE], statures * 10)


def summary(key: list[object], values: FloatArray) -> Iterator[list[object]]:
    values = values[np.isfinite(values)]
    if len(values) >= SMALLEST_REFERENCE:
        yield [*key, len(values), f"{values.mean():.3f}", f"{values.std(ddof=1):.3f}"]


def write_model(reference: ReferenceSample, logs: FloatArray) -> None:
    """Write how sizes of one person vary together, and how left and right differ."""
    codes = reference.specimens.codes
    names = sorted(set(reference.persons))
    row_of = {name: i for i, name in enumerate(names)}
    by_side = np.full((2, len(names), len(codes)), np.nan)
    cells = np.full((len(names), 2), "", dtype=object)
    statures = np.full((len(names), 1), np.nan)
    for i, person in enumerate(reference.persons):
        side, row = SIDES.index(reference.specimens.sides[i]), row_of[person]
        there = np.isfinite(logs[i])
        by_side[side, row, there] = logs[i, there]
        cells[row] = reference.sexes[i], GROUPS.get(reference.ancestries[i], "other")
        statures[row] = np.log(reference.stature_cm[i])
    ratios = by_side[0] - by_side[1]
    inside = np.abs(ratios - np.nanmedian(ratios, axis=0)) <= OUTLIER_SPREADS * np.array(
        [robust_spread(column[np.isfinite(column)])[1] for column in ratios.T]
    )
    ratios = np.where(inside, ratios, np.nan)
    shift = np.nan_to_num(np.nanmean(ratios, axis=0)) / 2
    both = np.stack([by_side[0] - shift, by_side[1] + shift])
    n_sides = np.isfinite(both).sum(axis=0)
    sizes = np.where(n_sides > 0, np.nansum(both, axis=0) / np.maximum(n_sides, 1), np.nan)
    sizes = np.hstack([sizes, statures])
    for cell in {tuple(one) for one in cells}:
        rows = (cells == np.array(cell, dtype=object)).all(axis=1)
        counts = np.isfinite(sizes[rows]).sum(axis=0)
        means = np.nansum(sizes[rows], axis=0) / np.maximum(counts, 1)
        sizes[rows] = np.where(counts >= SMALLEST_REFERENCE, sizes[rows] - means, np.nan)
    variables = (*codes, STATURE)
    spreads = np.sqrt(np.nansum(sizes**2, axis=0) / (np.isfinite(sizes).sum(axis=0) - 1))
    rows_of_model: list[list[object]] = []
    for j, code in enumerate(codes):
        n, pairs = int(np.isfinite(sizes[:, j]).sum()), ratios[np.isfinite(ratios[:, j]), j]
        asymmetry = [len(pairs), f"{pairs.mean():.5f}", f"{pairs.std(ddof=1):.5f}"]
        enough = len(pairs) >= SMALLEST_REFERENCE
        rows_of_model.append([code, n, f"{spreads[j]:.5f}", *(asymmetry if enough else ["", "", ""])])
    rows_of_model.append([STATURE, int(np.isfinite(sizes[:, -1]).sum()), f"{spreads[-1]:.5f}", "", "", ""])
    write("size_model.csv", "code n sd_log_size n_pairs mean_log_ratio sd_log_ratio", rows_of_model)
    write_matrix("size_correlations.csv", variables, correlations(sizes))
    write_matrix("side_correlations.csv", codes, side_correlations(codes, ratios))


def pairwise_correlations(values: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return the correlations of columns over the rows that have both, and the number of such rows."""
    there = np.isfinite(values).astype(float)
    filled = np.nan_to_num(values)
    n = there.T @ there
    with np.errstate(invalid="ignore", divide="ignore"):
        mean_a, mean_b = filled.T @ there / n, there.T @ filled / n
        covariance = filled.T @ filled / n - mean_a * mean_b
        variance_a = (filled**2).T @ there / n - mean_a**2
        variance_b = there.T @ filled**2 / n - mean_b**2
        r = covariance / np.sqrt(variance_a * variance_b)
    return np.where(n >= 3, r, np.nan), n


def one_factor(r: FloatArray, n: FloatArray) -> FloatArray:
    """Return the correlations that one common factor gives, fitted to correlations known from n rows each."""
    weights = np.where(np.isfinite(r), n, 0.0)
    np.fill_diagonal(weights, 0.0)
    known = np.nan_to_num(r)
    loadings = np.full(len(r), 0.5)
    for _ in range(500):
        loadings = np.clip((weights * known) @ loadings / np.maximum(weights @ loadings**2, 1e-9), 0.0, 0.98)
    target = np.outer(loadings, loadings)
    np.fill_diagonal(target, 1.0)
    return target


def correlations(values: FloatArray) -> FloatArray:
    """Return the correlations of columns of mean 0 with missing values: EM for a normal distribution, with a prior."""
    values = values[np.isfinite(values).any(axis=1)] / np.sqrt(np.nanmean(values**2, axis=0))
    target = one_factor(*pairwise_correlations(values))
    sigma = target.copy()
    for _ in range(ROUNDS):
        total = PRIOR_PEOPLE * target
        for row in values:
            seen = np.isfinite(row)
            unseen = ~seen
            weights = np.linalg.solve(sigma[np.ix_(seen, seen)], sigma[np.ix_(seen, unseen)])
            filled = row.copy()
            filled[unseen] = row[seen] @ weights
            total += np.outer(filled, filled)
            total[np.ix_(unseen, unseen)] += sigma[np.ix_(unseen, unseen)] - sigma[np.ix_(unseen, seen)] @ weights
        before, sigma = sigma, total / (len(values) + PRIOR_PEOPLE)
        change = np.abs(as_correlations(sigma) - as_correlations(before)).max()
    print(f"{len(values)} people, {values.shape[1]} measurements: last change {change:.4f}")
    return as_correlations(sigma)


def as_correlations(covariance: FloatArray) -> FloatArray:
    scale = np.sqrt(np.diag(covariance))
    return covariance / np.outer(scale, scale)


def side_correlations(codes: tuple[str, ...], ratios: FloatArray) -> FloatArray:
    """Return the correlations of left-right differences, 0 between different bones."""
    element = np.array([measurements()[code].element for code in codes])
    result = np.zeros((len(codes),) * 2)
    for bone in dict.fromkeys(element):
        of_bone = np.flatnonzero(element == bone)
        result[np.ix_(of_bone, of_bone)] = correlations(ratios[:, of_bone] - np.nanmean(ratios[:, of_bone], axis=0))
    return result


def write(name: str, header: str, rows: Iterable[list[object]]) -> None:
    with (DATA / name).open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(header.split())
        writer.writerows(rows)


def write_matrix(name: str, variables: tuple[str, ...], matrix: FloatArray) -> None:
    """Write the lower triangle, without the diagonal, of each row."""
    rows = ([variable, *(f"{r:.3f}" for r in matrix[i, :i])] for i, variable in enumerate(variables))
    write(name, "code correlations_with_those_above", rows)


if __name__ == "__main__":
    main(sys.argv[1:])
