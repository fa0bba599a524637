"""The multivariate test: all differences of a pair at once, with their correlations.

d = first - second over the measurements taken on both. With mean and covariance of n true pairs, Hotelling's
statistic of one new pair, T2 = n/(n+1) (d - mean)' S^-1 (d - mean), gives F = T2 (n - p) / (p (n - 1)) with p and
n - p degrees of freedom, exactly if differences are normal. Differences of opposite sign do not cancel. Anderson 2003,
An Introduction to Multivariate Statistical Analysis, section 5.2.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.linalg import solve_triangular
from scipy.special import fdtrc, fdtri

from homeward.core.arrays import FloatArray, IntArray
from homeward.osteology.sorting.bones import Bones, shared_patterns
from homeward.osteology.sorting.choices import Method
from homeward.osteology.sorting.densities import different_people, log_multivariate_t
from homeward.osteology.sorting.fitted import SMALLEST_SPREAD, FittedTest, Refusal
from homeward.osteology.sorting.settings import SortSettings

LARGEST_CONDITION = 1e10
"""Of a covariance; beyond it measurements repeat each other and its inverse is noise."""


@dataclass(frozen=True, slots=True, eq=False)
class _Spread:
    """Differences of one set: their centre, the inverse Cholesky factor of a covariance, and its log determinant."""

    centre: FloatArray
    whitening: FloatArray
    log_det: float


class MultivariateTest(FittedTest):
    """Hotelling's test for all sets of measurements that two kinds of bones share; parameters as in DifferenceTest."""

    def __init__(
        self,
        first: Bones,
        second: Bones,
        first_reference: FloatArray,
        second_reference: FloatArray,
        settings: SortSettings,
    ) -> None:
        self.method, self.first, self.second, self.is_two_sided = Method.MULTIVARIATE, first, second, False
        self._settings = settings
        self._sets, self.set_of = shared_patterns(first.patterns, second.patterns)
        self._reference = (first_reference, second_reference)
        self._taken = ~np.isnan(first_reference) & ~np.isnan(second_reference)
        n_sets = len(self._sets)
        self.n_reference = np.zeros(n_sets, dtype=np.int64)
        self.refusals = np.zeros(n_sets, dtype=np.int64)
        self._n_measurements = self._sets.sum(axis=1)
        self._same: dict[int, _Spread] = {}
        self._different: dict[int, _Spread] = {}
        for position in range(n_sets):
            self._fit(position)
        # With a known mean of zero the covariance has n degrees of freedom instead of n - 1.
        self._df = self.n_reference - (0 if settings.zero_mean else 1)
        self._second_df = np.maximum(self._df - self._n_measurements + 1, 1)
        self.critical = fdtri(self._n_measurements, self._second_df, 1 - settings.alpha)

    def _fit(self, position: int) -> None:
        """Work out centre and covariance of differences for one set, or why there are none."""
        first, second = self._complete(position)
        n, p = first.shape
        self.n_reference[position] = n
        if n < max(self._settings.smallest_reference, p + 2):
            self.refusals[position] = Refusal.FEW_PEOPLE
            return
        differences = first - second
        centre = np.zeros(p) if self._settings.zero_mean else differences.mean(axis=0)
        deviations = differences - centre
        same = deviations.T @ deviations / (n - (0 if self._settings.zero_mean else 1))
        different = np.atleast_2d(np.cov(first, rowvar=False) + np.cov(second, rowvar=False)) - same / n
        if np.diag(same).min() <= SMALLEST_SPREAD**2 or max(map(_condition, (same, different))) > LARGEST_CONDITION:
            self.refusals[position] = Refusal.NO_SPREAD
            return
        self._same[position] = _spread(centre, same)
        self._different[position] = _spread(centre, different)

    def _complete(self, position: int) -> tuple[FloatArray, FloatArray]:
        """(n, p) measurements of both bones of the people who have the whole set."""
        members = self._sets[position]
        rows = self._taken[:, members].all(axis=1)
        first, second = (values[np.ix_(rows, members)] for values in self._reference)
        return first, second

    def measurements(self, position: int) -> tuple[str, ...]:
        """Return the codes of one set of measurements."""
        return tuple(self.first.codes[i] for i in np.flatnonzero(self._sets[position]))

    def degrees(self, position: int) -> tuple[int, ...]:
        """Return p and n - p; with a mean of zero p and n - p + 1."""
        return int(self._n_measurements[position]), int(self._second_df[position])

    def statistics(self, first: IntArray, second: IntArray, sets: IntArray) -> FloatArray:
        """Return F of each first with each second bone."""
        found = np.empty((len(first), len(second)))
        for position in np.unique(sets).tolist():
            columns = np.flatnonzero(sets == position)
            members, spread = self._sets[position], self._same[position]
            # Both bones are moved near the origin first, so that the squares below keep their digits.
            middle = self.second.measurements_mm[np.ix_(second[columns], members)].mean(axis=0)
            one = (self.first.measurements_mm[np.ix_(first, members)] - middle - spread.centre) @ spread.whitening
            other = (self.second.measurements_mm[np.ix_(second[columns], members)] - middle) @ spread.whitening
            squares = (one**2).sum(axis=1)[:, None] + (other**2).sum(axis=1) - 2 * one @ other.T
            found[:, columns] = np.maximum(squares, 0.0)
        return found * self._f_factor(sets)

    def _f_factor(self, sets: IntArray) -> FloatArray:
        """From squared distances to F."""
        n = self.n_reference[sets]
        widening = 1.0 if self._settings.zero_mean else 1 + 1 / n
        return np.asarray(self._second_df[sets] / (self._n_measurements[sets] * self._df[sets] * widening))

    def p_values(self, statistics: FloatArray, sets: IntArray) -> FloatArray:
        """Return P(F >= f)."""
        return np.asarray(fdtrc(self._n_measurements[sets], self._second_df[sets], statistics))

    def log_lr(self, statistics: FloatArray, first: IntArray, second: IntArray, sets: IntArray) -> FloatArray:
        """Return the log LR from predictive multivariate t densities with the covariance of one and of two people."""
        found = np.empty(len(sets))
        order = np.argsort(sets, kind="stable")
        positions, starts = np.unique(sets[order], return_index=True)
        for position, chosen in zip(positions.tolist(), np.split(order, starts[1:]), strict=True):
            members = self._sets[position]
            differences = (
                self.first.measurements_mm[np.ix_(first[chosen], members)]
                - self.second.measurements_mm[np.ix_(second[chosen], members)]
            )
            same, different = (
                self._log_density(differences, spread[position], position) for spread in (self._same, self._different)
            )
            found[chosen] = same - different
        return found

    def _log_density(self, differences: FloatArray, spread: _Spread, position: int) -> FloatArray:
        """Predictive density of differences: a multivariate t with the second degrees of freedom of the F."""
        n, df, p = (float(values[position]) for values in (self.n_reference, self._second_df, self._n_measurements))
        widening = (1.0 if self._settings.zero_mean else 1 + 1 / n) * self._df[position] / df
        squares = (((differences - spread.centre) @ spread.whitening) ** 2).sum(axis=1) / widening
        log_det = spread.log_det + p * np.log(widening)
        return log_multivariate_t(squares, np.array(df), np.array(log_det), np.array(p))

    def reference_values(self, position: int) -> tuple[FloatArray, FloatArray]:
        """Return the distance, in sd of true pairs, of true pairs and of different people from the centre."""
        first, second = self._complete(position)
        left, right = different_people(len(first))
        spread = self._same[position]
        same, different = (
            np.sqrt((((differences - spread.centre) @ spread.whitening) ** 2).sum(axis=1))
            for differences in (first - second, first[left] - second[right])
        )
        return same, different

    def value(self, statistic: float, first: int, second: int, position: int) -> float:
        """Return the distance from the centre, in sd of true pairs."""
        return float(np.sqrt(statistic / self._f_factor(np.array([position]))[0]))


def _spread(centre: FloatArray, covariance: FloatArray) -> _Spread:
    lower = np.linalg.cholesky(covariance)
    whitening = solve_triangular(lower, np.eye(len(lower)), lower=True).T
    return _Spread(centre, np.asarray(whitening), float(2 * np.log(np.diag(lower)).sum()))


def _condition(covariance: FloatArray) -> float:
    """Condition number of the correlations, so that long and short measurements count alike."""
    sd = np.sqrt(np.diag(covariance))
    with np.errstate(invalid="ignore", divide="ignore"):
        correlations = covariance / np.outer(sd, sd)
    return float(np.linalg.cond(correlations)) if np.isfinite(correlations).all() else float("inf")
