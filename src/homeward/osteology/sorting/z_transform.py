"""The z-transform: one t-test for each measurement, put together with their correlations.

Of each measurement taken on both bones |first - second| is tested by itself, upper tail: p_i = P(T >= t_i). The normal
scores z_i = Phi^-1(1 - p_i) are summed, and Z = sum z_i / sqrt(k + 2 sum_{i<j} r_ij), with r_ij the correlation of the
absolute differences in the reference, is standard normal if the scores are; p = 1 - Phi(Z). After Warnke-Sommer et al.,
all weights 1. They write z_i = Phi^-1(1 - p_i / 2) with a p-value of two tails, which is the same for the upper tail;
of signed differences no z_i would be negative, and far more true pairs would be excluded than alpha says.
"""

from __future__ import annotations

import numpy as np
from scipy.special import ndtr, ndtri, stdtr

from homeward.core.arrays import FloatArray, IntArray
from homeward.osteology.sorting.bones import Bones, shared_patterns
from homeward.osteology.sorting.choices import Method
from homeward.osteology.sorting.densities import KernelRatios, different_people
from homeward.osteology.sorting.fitted import SMALLEST_SPREAD, FittedTest, Refusal
from homeward.osteology.sorting.settings import SortSettings

SMALLEST_P = 1e-8
"""A single p-value below this counts as this, as published, so that no measurement decides alone by infinity."""


class ZTransformTest(FittedTest):
    """The z-transform for all sets of measurements that two kinds of bones share; parameters as in DifferenceTest."""

    def __init__(
        self,
        first: Bones,
        second: Bones,
        first_reference: FloatArray,
        second_reference: FloatArray,
        settings: SortSettings,
    ) -> None:
        self.method, self.first, self.second, self.is_two_sided = Method.Z_TRANSFORM, first, second, False
        self._sets, self.set_of = shared_patterns(first.patterns, second.patterns)
        self._reference = (first_reference, second_reference)
        self._taken = ~np.isnan(first_reference) & ~np.isnan(second_reference)
        n_sets, n_codes = self._sets.shape
        self.n_reference = np.zeros(n_sets, dtype=np.int64)
        self.refusals = np.zeros(n_sets, dtype=np.int64)
        self._mean, self._sd = np.zeros((n_sets, n_codes)), np.ones((n_sets, n_codes))
        self._scale = np.ones(n_sets)
        for position in range(n_sets):
            self._fit(position, settings.smallest_reference)
        self.critical = np.full(n_sets, -ndtri(settings.alpha))
        self._ratios = KernelRatios(self.reference_values)

    def _fit(self, position: int, smallest_reference: int) -> None:
        """Work out mean and sd of each absolute difference and the sd of the sum of scores, or why there are none."""
        first, second = self._complete(position)
        self.n_reference[position] = len(first)
        if len(first) < smallest_reference:
            self.refusals[position] = Refusal.FEW_PEOPLE
            return
        members, differences = self._sets[position], np.abs(first - second)
        self._mean[position, members] = differences.mean(axis=0)
        sd = differences.std(axis=0, ddof=1)
        if sd.min() <= SMALLEST_SPREAD:
            self.refusals[position] = Refusal.NO_SPREAD
            return
        self._sd[position, members] = sd
        correlations = np.atleast_2d(np.corrcoef(differences, rowvar=False))
        # Correlations that are negative by chance must not make the spread of the sum vanish.
        self._scale[position] = np.sqrt(max(float(correlations.sum()), 1.0))

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
        """Return n - 1, of each of the t-tests."""
        return (int(self.n_reference[position]) - 1,)

    def statistics(self, first: IntArray, second: IntArray, sets: IntArray) -> FloatArray:
        """Return Z of each first with each second bone."""
        found = np.zeros((len(first), len(second)))
        one, other = self.first.measurements_mm[first], self.second.measurements_mm[second]
        for i in range(self._sets.shape[1]):
            columns = np.flatnonzero(self._sets[sets, i])
            chosen = sets[columns]
            differences = np.abs(one[:, i, None] - other[None, columns, i])
            found[:, columns] += self._scores(differences, chosen, i)
        return found / self._scale[sets]

    def _scores(self, differences: FloatArray, sets: IntArray, column: int) -> FloatArray:
        """Normal scores of absolute differences in one measurement; the last axis goes with the sets."""
        t = (differences - self._mean[sets, column]) / self._sd[sets, column]
        lower_tail = stdtr(self.n_reference[sets] - 1, t)
        return np.asarray(ndtri(np.minimum(lower_tail, 1 - SMALLEST_P)))

    def p_values(self, statistics: FloatArray, sets: IntArray) -> FloatArray:
        """Return P(Z >= z)."""
        return np.asarray(ndtr(-statistics))

    def log_lr(self, statistics: FloatArray, first: IntArray, second: IntArray, sets: IntArray) -> FloatArray:
        """Return the log LR from kernel densities of Z among true pairs and among different people."""
        return self._ratios.log_lr(statistics, sets)

    def reference_values(self, position: int) -> tuple[FloatArray, FloatArray]:
        """Return Z of the true pairs and of different people."""
        first, second = self._complete(position)
        left, right = different_people(len(first))
        same, different = (
            self._summed(np.abs(values), position) for values in (first - second, first[left] - second[right])
        )
        return same, different

    def _summed(self, differences: FloatArray, position: int) -> FloatArray:
        """(n,): Z of (n, p) absolute differences of one set."""
        sets = np.array([position])
        columns = np.flatnonzero(self._sets[position]).tolist()
        scores = [self._scores(differences[:, k, None], sets, i)[:, 0] for k, i in enumerate(columns)]
        return np.asarray(np.sum(scores, axis=0) / self._scale[position])

    def value(self, statistic: float, first: int, second: int, position: int) -> float:
        """Return Z."""
        return statistic
