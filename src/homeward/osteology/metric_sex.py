"""Sex from measurements: two normal distributions from reference samples, with a covariance for each sex."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from homeward.core.arrays import FloatArray
from homeward.core.errors import ProblemLog
from homeward.osteology.populations import LN_10
from homeward.osteology.profile_settings import ProfileSettings, most_log10_lr
from homeward.osteology.reference import ReferenceSample
from homeward.osteology.specimens import Side


@dataclass(frozen=True, slots=True, eq=False)
class SexDistributions:
    """Measurements of males and of females of a reference, taken as normal.

    codes: k measurements of one bone. means_mm: (2, k), males first. covariances: (2, k, k), divisor n - 1.
    n: people of each sex.
    """

    codes: tuple[str, ...]
    means_mm: FloatArray
    covariances: FloatArray
    n: tuple[int, int]


def fit_sex(
    reference: ReferenceSample,
    element: str,
    side: Side,
    codes: Sequence[str],
    *,
    settings: ProfileSettings | None = None,
) -> SexDistributions:
    """Fit the two distributions to the people of a reference who have every one of some measurements.

    Raises
    ------
    InputError
        A measurement is not in the reference, or a sex has too few people, or people who do not vary; says which.
    """
    settings = settings or ProfileSettings()
    log = ProblemLog()
    where = f"reference {reference.name}, {side} {element}"
    for code in codes:
        if code not in reference.specimens.codes:
            log.add(f"It has no measurement {code}.", where=where, fix="Leave it out, or load another reference.")
    log.raise_if_any()
    columns = [reference.specimens.codes.index(code) for code in codes]
    rows = reference.specimens.rows_of(element, side)
    values = reference.specimens.measurements_mm[rows][:, columns]
    complete = ~np.isnan(values).any(axis=1)
    sexes = np.array([reference.sexes[i] for i in rows], dtype=object)
    means, covariances, counts = [], [], []
    for sex, name in (("m", "males"), ("f", "females")):
        own = values[complete & (sexes == sex)]
        least = max(settings.smallest_reference, settings.people_per_bone * len(columns))
        if len(own) < least:
            log.add(
                f"{len(own)} {name} with {', '.join(codes)}; {least} are needed.",
                where=where,
                fix="Load a reference of both sexes, or use fewer measurements.",
            )
            continue
        covariance = np.cov(own, rowvar=False).reshape(len(columns), len(columns))
        if np.linalg.matrix_rank(covariance) < len(columns):
            log.add(
                f"{', '.join(codes)} of the {name} do not vary, or one follows from another.",
                where=where,
                fix="Leave a measurement out.",
            )
        means.append(own.mean(axis=0))
        covariances.append(covariance)
        counts.append(len(own))
    log.raise_if_any()
    return SexDistributions(tuple(codes), np.array(means), np.array(covariances), (counts[0], counts[1]))


def metric_sex_log10_lr(distributions: SexDistributions, values_mm: FloatArray, *, capped: bool = True) -> FloatArray:
    """Return log10 of N(x; males) / N(x; females), the quadratic discriminant, for each of n bones.

    Parameters
    ----------
    values_mm : (n, k) float64 array
        Measurements in the order of the codes; NaN where not taken gives NaN.
    capped : bool
        Keep it within the number of people of the smaller sex, on either side: n people have seen nothing rarer than
        one in n.

    Returns
    -------
    (n,) float64 array
        Above 0 where males are more likely.
    """
    male, female = (
        _log10_density(values_mm, mean, covariance)
        for mean, covariance in zip(distributions.means_mm, distributions.covariances, strict=True)
    )
    log10_lr: FloatArray = male - female
    if not capped:
        return log10_lr
    most = most_log10_lr(min(distributions.n))
    return np.clip(log10_lr, -most, most)


def _log10_density(values_mm: FloatArray, mean: FloatArray, covariance: FloatArray) -> FloatArray:
    factor = np.linalg.cholesky(covariance)
    z = np.linalg.solve(factor, (np.atleast_2d(values_mm) - mean).T)
    log_determinant = 2.0 * np.log(np.diag(factor)).sum()
    density: FloatArray = -0.5 * ((z**2).sum(axis=0) + log_determinant + len(mean) * math.log(2.0 * math.pi)) / LN_10
    return density
