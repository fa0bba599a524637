"""What bones say about a stature on record, as a likelihood ratio.

H1: the bones are those of the person whose stature is on record. H2: they are those of somebody of the population.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from homeward.core.arrays import FloatArray
from homeward.osteology.populations import LN_10, NormalPopulation, Population, log10_mean
from homeward.osteology.profile_settings import most_log10_lr
from homeward.osteology.recorded_values import normal_log10_lr, with_record_error
from homeward.osteology.stature_choices import Rounding
from homeward.osteology.stature_regression import KnownStatures

ADULT_AGE = 21
"""A stature recorded below this age may not be the final one."""


@dataclass(frozen=True, slots=True)
class RecordedStature:
    """A stature on record.

    stature_cm, sd_cm: as recorded, and the sd of its error without rounding. rounding: to what it was rounded.
    age_years: at which it was recorded, None if not known.
    growth_cm, growth_sd_cm: expected growth from then until death, and its sd.
    age_loss_cm: what age had taken off already when it was recorded.
    """

    stature_cm: float
    sd_cm: float = 0.0
    rounding: Rounding = Rounding.NONE
    age_years: float | None = None
    growth_cm: float = 0.0
    growth_sd_cm: float = 0.0
    age_loss_cm: float = 0.0

    @property
    def expected_cm(self) -> float:
        """The greatest stature of this person as far as the record tells, which is what bones speak of."""
        return self.stature_cm + self.growth_cm + self.age_loss_cm

    @property
    def error_sd_cm(self) -> float:
        """Error of the record, rounding and growth together."""
        return math.hypot(self.sd_cm, self.rounding.sd_cm, self.growth_sd_cm)


@dataclass(frozen=True, slots=True, eq=False)
class BonesGivenStature:
    """Lengths regressed on stature: normal about intercepts + slopes x stature, with one covariance.

    intercepts_mm, slopes_mm_per_cm: (k,) float64. covariance: (k, k), of the residuals, divisor n - 2. n: people.
    """

    intercepts_mm: FloatArray
    slopes_mm_per_cm: FloatArray
    covariance: FloatArray
    n: int


def fit_bones_given_stature(people: KnownStatures) -> BonesGivenStature:
    """Fit every length to stature; lengths of one person stay dependent through the covariance of their residuals."""
    design = np.column_stack([np.ones(len(people)), people.stature_cm])
    coefficients, *_ = np.linalg.lstsq(design, people.lengths_mm)
    residuals = people.lengths_mm - design @ coefficients
    return BonesGivenStature(coefficients[0], coefficients[1], residuals.T @ residuals / (len(people) - 2), len(people))


def bones_log10_lr(
    bones: BonesGivenStature,
    lengths_mm: FloatArray,
    recorded: RecordedStature,
    population: Population,
    *,
    record_error: float = 0.0,
) -> float:
    """Return the log10 LR of measured bones.

    LR = P(lengths | stature on record) / P(lengths | somebody of the population), with lengths normal given stature:
    N(a + b stature, S + b b' sd^2), sd the error of the record. It is capped at the number of people that the
    regression rests on, on either side: n people have seen nothing rarer than one in n.

    Parameters
    ----------
    lengths_mm : (k,) float64 array
        In the order of the fit.
    population : Population
        Of statures in centimetres. Each stature of a list has the error of the record in question.
    record_error : float
        Chance that the record is wrong altogether.
    """
    same = _log10_density(bones, lengths_mm, np.array([recorded.expected_cm]), recorded.error_sd_cm)
    if isinstance(population, NormalPopulation):
        anyone = float(_log10_density(bones, lengths_mm, np.array([population.mean]), population.sd)[0])
    else:
        anyone = log10_mean(_log10_density(bones, lengths_mm, population.values, recorded.error_sd_cm))
    log10_lr = with_record_error(float(same[0]) - anyone, record_error)
    most = most_log10_lr(bones.n)
    return min(max(log10_lr, -most), most)


def estimate_log10_lr(
    estimate_cm: float,
    error_sd_cm: float,
    recorded: RecordedStature,
    population: Population,
    *,
    record_error: float = 0.0,
) -> float:
    """Return the log10 LR of a stature estimate, where only the estimate and its error are known.

    An estimate from a regression of stature on bones is drawn towards the mean of the people it was made from; with the
    bones and a reference, :func:`bones_log10_lr` is the better form.
    """
    return normal_log10_lr(
        estimate_cm,
        error_sd_cm,
        recorded.expected_cm,
        population,
        recorded_sd=recorded.error_sd_cm,
        record_error=record_error,
    )


def _log10_density(
    bones: BonesGivenStature, lengths_mm: FloatArray, statures_cm: FloatArray, stature_sd_cm: float
) -> FloatArray:
    """(m,): log10 density of the lengths at each of m statures that have an error."""
    b = bones.slopes_mm_per_cm
    factor = np.linalg.cholesky(bones.covariance + np.outer(b, b) * stature_sd_cm**2)
    deviations = np.asarray(lengths_mm) - bones.intercepts_mm - statures_cm[:, None] * b
    z = np.linalg.solve(factor, deviations.T)
    log_determinant = 2.0 * np.log(np.diag(factor)).sum()
    density: FloatArray = -0.5 * ((z**2).sum(axis=0) + log_determinant + len(b) * math.log(2.0 * math.pi)) / LN_10
    return density
