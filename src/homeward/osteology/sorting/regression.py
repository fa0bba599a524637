"""Regression (association): one bone's size predicts another's.

x and y are the natural logs of the sums of all measurements of the first and of the second bone. The reference for
a pair is the people who have all of both. t = |yhat - y| / (s sqrt(1 + 1/n + (x - xbar)^2 / Q)) with n - 2 degrees of
freedom, s = sqrt(RSS / (n - 2)) and the textbook Q = sum((x - xbar)^2) = (n - 1) sd_x^2. OsteoSort 1.4.0 has
Q = n sd_x^2, a slightly narrower interval. Byrd & Adams 2003, J. Forensic Sci. 48:717.
"""

from __future__ import annotations

import numpy as np
from scipy.special import stdtr, stdtrit

from homeward.core.arrays import FloatArray, IntArray
from homeward.osteology.sorting.bones import Bones
from homeward.osteology.sorting.choices import Method
from homeward.osteology.sorting.densities import different_people, log_t_density
from homeward.osteology.sorting.fitted import SMALLEST_SPREAD, FittedTest, Refusal
from homeward.osteology.sorting.settings import SortSettings


class RegressionTest(FittedTest):
    """The prediction t-test, for every pattern of measurements of the first with every one of the second bones.

    Parameters
    ----------
    first, second : Bones
        Predicting and predicted bones.
    first_reference, second_reference : (n, m1) and (n, m2) float64 arrays
        Their measurements on n people, in millimetres, NaN where not taken.
    settings : SortSettings
    """

    def __init__(
        self,
        first: Bones,
        second: Bones,
        first_reference: FloatArray,
        second_reference: FloatArray,
        settings: SortSettings,
    ) -> None:
        self.method, self.first, self.second, self.is_two_sided = Method.REGRESSION, first, second, True
        n_first, n_second = len(first.patterns), len(second.patterns)
        self.set_of = np.arange(n_first * n_second).reshape(n_first, n_second)
        self._log_sums = (_log_sums(first_reference, first), _log_sums(second_reference, second))
        self._x: FloatArray = np.log(first.measurements_mm.sum(axis=1))
        self._y: FloatArray = np.log(second.measurements_mm.sum(axis=1))
        self._fit(settings)
        df = np.maximum(self.n_reference - 2, 1).astype(np.float64)
        self.critical = np.asarray(-stdtrit(df, settings.alpha / 2), dtype=np.float64)

    def _fit(self, settings: SortSettings) -> None:
        """Least squares for all patterns at once: each sum over people is one product of matrices."""
        (x, has_x), (y, has_y) = (_centred(values) for values in self._log_sums)
        x_middle, y_middle = (np.nan_to_num(_middle(values)) for values in self._log_sums)
        with np.errstate(invalid="ignore", divide="ignore"):
            n = has_x.T @ has_y
            x_mean, y_mean = x.T @ has_y / n, has_x.T @ y / n
            sum_xx = (x**2).T @ has_y - n * x_mean**2
            sum_yy = has_x.T @ y**2 - n * y_mean**2
            sum_xy = x.T @ y - n * x_mean * y_mean
            slope = sum_xy / sum_xx
            residual = np.sqrt(np.maximum(sum_yy - slope * sum_xy, 0.0) / (n - 2))
            y_sd = np.sqrt(np.maximum(sum_yy, 0.0) / (n - 1))
        self.n_reference = np.rint(n).astype(np.int64).ravel()
        self.x_mean = (x_mean + x_middle[:, None]).ravel()
        self.y_mean = (y_mean + y_middle[None, :]).ravel()
        self.sum_squares_x, self.slope = sum_xx.ravel(), slope.ravel()
        self.residual_sd, self.y_sd = residual.ravel(), y_sd.ravel()
        few = self.n_reference < settings.smallest_reference
        spread = np.minimum(np.sqrt(np.maximum(self.sum_squares_x, 0.0)), self.residual_sd)
        flat = ~few & ~(spread > SMALLEST_SPREAD)
        self.refusals = np.select([few, flat], [Refusal.FEW_PEOPLE, Refusal.NO_SPREAD], Refusal.NONE)

    def _pattern_pair(self, position: int) -> tuple[int, int]:
        one, other = divmod(position, len(self.second.patterns))
        return one, other

    def measurements(self, position: int) -> tuple[str, ...]:
        """Return the codes of the first bone, then those of the second."""
        one, other = self._pattern_pair(position)
        chosen = ((self.first, self.first.patterns[one]), (self.second, self.second.patterns[other]))
        return tuple(bones.codes[i] for bones, pattern in chosen for i in np.flatnonzero(pattern))

    def degrees(self, position: int) -> tuple[int, ...]:
        """Return n - 2."""
        return (int(self.n_reference[position]) - 2,)

    def statistics(self, first: IntArray, second: IntArray, sets: IntArray) -> FloatArray:
        """Return t of each first with each second bone."""
        distance = self._x[first][:, None] - self.x_mean[sets]
        predicted = self.y_mean[sets] + self.slope[sets] * distance
        return np.asarray(np.abs(predicted - self._y[second]) / self._scale(distance, sets))

    def _scale(self, distance: FloatArray, sets: IntArray) -> FloatArray:
        """Standard error of a prediction at a distance of x from its mean."""
        widening = 1 + 1 / self.n_reference[sets] + distance**2 / self.sum_squares_x[sets]
        return np.asarray(self.residual_sd[sets] * np.sqrt(widening))

    def p_values(self, statistics: FloatArray, sets: IntArray) -> FloatArray:
        """Return 2 P(T <= -t)."""
        return np.asarray(2 * stdtr(self.n_reference[sets] - 2, -np.abs(statistics)))

    def log_lr(self, statistics: FloatArray, first: IntArray, second: IntArray, sets: IntArray) -> FloatArray:
        """Return the log LR of the second bone's size: as predicted from the first, against that of anyone."""
        n = self.n_reference[sets].astype(float)
        scale = self._scale(self._x[first] - self.x_mean[sets], sets)
        same = log_t_density(statistics * scale, n - 2, scale)
        anyone = log_t_density(self._y[second] - self.y_mean[sets], n - 1, self.y_sd[sets] * np.sqrt(1 + 1 / n))
        return same - anyone

    def reference_values(self, position: int) -> tuple[FloatArray, FloatArray]:
        """Return y less its prediction, for true pairs and for different people."""
        one, other = self._pattern_pair(position)
        x, y = self._log_sums[0][:, one], self._log_sums[1][:, other]
        complete = ~np.isnan(x) & ~np.isnan(y)
        x, y = x[complete], y[complete]
        predicted = self.y_mean[position] + self.slope[position] * (x - self.x_mean[position])
        left, right = different_people(len(x))
        return y - predicted, y[right] - predicted[left]

    def value(self, statistic: float, first: int, second: int, position: int) -> float:
        """Return y less its prediction."""
        distance = self._x[first] - self.x_mean[position]
        return float(self._y[second] - self.y_mean[position] - self.slope[position] * distance)


def _log_sums(reference_mm: FloatArray, bones: Bones) -> FloatArray:
    """(n, k): ln of the sum of the measurements of each pattern, NaN for people who lack one of them."""
    members = bones.patterns.T.astype(float)
    taken = ~np.isnan(reference_mm)
    complete = (~taken).astype(float) @ members == 0
    sums = np.where(taken, reference_mm, 0.0) @ members
    return np.log(np.where(complete, sums, np.nan))


def _middle(values: FloatArray) -> FloatArray:
    """Mean of each column over those who have it; NaN for a column that nobody has."""
    n = np.count_nonzero(~np.isnan(values), axis=0)
    with np.errstate(invalid="ignore"):
        return np.asarray(np.nansum(values, axis=0) / n)


def _centred(values: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Values less the mean of their column, 0 where missing, and which are there: sums of squares keep their digits."""
    there = ~np.isnan(values)
    return np.where(there, values - np.nan_to_num(_middle(values)), 0.0), there.astype(float)
