"""The power transform of Yeo and Johnson, for differences that are not normal."""

from __future__ import annotations

import math

import numpy as np
from scipy.optimize import minimize_scalar

from homeward.core.arrays import FloatArray

LEAST_POWER, MOST_POWER = -2.0, 2.0
NEAR_ZERO = 1e-9
SMALLEST_VARIANCE = 1e-300


def transform(values: FloatArray, power: float | FloatArray) -> FloatArray:
    """Return values after the transform of this power, one or one for each; it keeps their order.

    References
    ----------
    Yeo & Johnson (2000), Biometrika 87:954-959.
    """
    log_size = np.log1p(np.abs(values))
    return np.where(values >= 0, _powered(log_size, power), -_powered(log_size, 2.0 - np.asarray(power)))


def fitted_power(values: FloatArray) -> float:
    """Return the power in [-2, 2] that makes values most likely as a normal sample.

    Maximises -n/2 ln(var) + (power - 1) sum(sign(x) ln(|x| + 1)) with the variance over n.
    """
    n = len(values)
    weight = float((np.sign(values) * np.log1p(np.abs(values))).sum())

    def negative_log_likelihood(power: float) -> float:
        variance = float(transform(values, power).var())
        return n / 2 * math.log(max(variance, SMALLEST_VARIANCE)) - (power - 1) * weight

    return float(minimize_scalar(negative_log_likelihood, bounds=(LEAST_POWER, MOST_POWER), method="bounded").x)


def _powered(log_size: FloatArray, power: float | FloatArray) -> FloatArray:
    """((|x| + 1)^power - 1) / power, from ln(|x| + 1)."""
    # At power 0 the limit is the logarithm itself; so near to it the two agree to nine digits.
    away_from_zero = np.where(np.abs(power) < NEAR_ZERO, NEAR_ZERO, power)
    return np.asarray(np.expm1(away_from_zero * log_size) / away_from_zero)
