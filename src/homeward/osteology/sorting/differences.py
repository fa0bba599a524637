"""Pair-matching and articulation: Student's t on the sum of differences between two bones.

D = sum(first - second) over the measurements taken on both. The reference for a pair is exactly the people who have all
these measurements on both bones, and t = (D - mean) / sd with sd over n - 1 and n - 1 degrees of freedom: the mean and
the sd of the reference are taken as known, as published (Byrd & Adams 2003; Byrd & LeGarde 2014).
"""

from __future__ import annotations

import numpy as np
from scipy.special import stdtr, stdtrit

from homeward.core.arrays import BoolArray, FloatArray, IntArray
from homeward.osteology.sorting.bones import Bones, shared_patterns
from homeward.osteology.sorting.choices import Method
from homeward.osteology.sorting.densities import KernelRatios, different_people, log_t_density
from homeward.osteology.sorting.fitted import SMALLEST_SPREAD, FittedTest, Refusal
from homeward.osteology.sorting.settings import SortSettings
from homeward.osteology.sorting.yeo_johnson import fitted_power, transform

CELLS_AT_ONCE = 4_000_000
"""Reference people times sets of measurements that are summed in one step."""


class DifferenceTest(FittedTest):
    """The t-test on the sum of differences, for all sets of measurements that two kinds of bones share.

    Parameters
    ----------
    method : Method
        Pair-matching or articulation: they differ in which measurements meet.
    first, second : Bones
        Their columns correspond: measurement i of the first meets measurement i of the second.
    first_reference, second_reference : (n, m) float64 arrays
        The same measurements of n people, in millimetres, NaN where not taken.
    settings : SortSettings
    """

    def __init__(
        self,
        method: Method,
        first: Bones,
        second: Bones,
        first_reference: FloatArray,
        second_reference: FloatArray,
        settings: SortSettings,
    ) -> None:
        self.method, self.first, self.second, self.settings = method, first, second, settings
        self.is_two_sided = not settings.absolute
        self._sets, self.set_of = shared_patterns(first.patterns, second.patterns)
        self._reference = (first_reference, second_reference)
        self._taken = ~np.isnan(first_reference) & ~np.isnan(second_reference)
        self._kernels = KernelRatios(self.reference_values)
        self._fit()
        df = np.maximum(self.n_reference - 1, 1).astype(np.float64)
        level = settings.alpha / (settings.tails if self.is_two_sided else 1)
        self.critical = np.asarray(-stdtrit(df, level), dtype=np.float64)

    def _fit(self) -> None:
        """Work out n, mean, sd and the sd between different people for every set."""
        n_sets = len(self._sets)
        self.n_reference = np.zeros(n_sets, dtype=np.int64)
        self.mean, self.sd, self.sd_different = (np.full(n_sets, np.nan) for _ in range(3))
        self.power = np.ones(n_sets)
        step = max(1, CELLS_AT_ONCE // max(1, len(self._taken)))
        for start in range(0, n_sets, step):
            self._fit_some(slice(start, start + step))
        if self.settings.yeo_johnson:
            for position in np.flatnonzero(self.n_reference >= self.settings.smallest_reference):
                self._fit_transformed(int(position))
        few = self.n_reference < self.settings.smallest_reference
        flat = ~few & ~(self.sd > SMALLEST_SPREAD)
        self.refusals = np.select([few, flat], [Refusal.FEW_PEOPLE, Refusal.NO_SPREAD], Refusal.NONE)
        self.centre = np.zeros(n_sets) if self.settings.zero_mean else self.mean

    def _fit_some(self, some: slice) -> None:
        """Work out moments for some sets, in products over all people at once."""
        members = self._sets[some].T.astype(np.float64)
        complete = (~self._taken).astype(np.float64) @ members == 0
        first, second = (np.where(self._taken, values, 0.0) for values in self._reference)
        differences = (np.abs(first - second) if self.settings.absolute else first - second) @ members
        n = complete.sum(axis=0)
        self.n_reference[some] = n
        with np.errstate(invalid="ignore", divide="ignore"):
            self.mean[some], variance = _moments(differences, complete, n)
            self.sd[some] = np.sqrt(variance)
            between = sum(_moments(values @ members, complete, n)[1] for values in (first, second)) - variance / n
            self.sd_different[some] = np.sqrt(between)

    def _fit_transformed(self, position: int) -> None:
        """Replace mean and sd of one set by those of transformed differences."""
        differences = self._sums(position)[0]
        self.power[position] = fitted_power(differences)
        transformed = transform(differences, self.power[position])
        self.mean[position], self.sd[position] = transformed.mean(), transformed.std(ddof=1)

    def _sums(self, position: int) -> tuple[FloatArray, FloatArray]:
        """Differences of true pairs, and of different people, for one set; not transformed."""
        members = self._sets[position]
        complete = self._taken[:, members].all(axis=1)
        first, second = (values[np.ix_(complete, members)] for values in self._reference)
        left, right = different_people(len(first))
        same, different = first - second, first[left] - second[right]
        if self.settings.absolute:
            same, different = np.abs(same), np.abs(different)
        return same.sum(axis=1), different.sum(axis=1)

    def measurements(self, position: int) -> tuple[str, ...]:
        """Return the codes of one set of measurements; both of them where they differ between the bones."""
        members = np.flatnonzero(self._sets[position])
        return tuple(dict.fromkeys(bones.codes[i] for i in members for bones in (self.first, self.second)))

    def degrees(self, position: int) -> tuple[int, ...]:
        """Return n - 1."""
        return (int(self.n_reference[position]) - 1,)

    def statistics(self, first: IntArray, second: IntArray, sets: IntArray) -> FloatArray:
        """Return t of each first with each second bone."""
        values = self._values(first, second)
        if self.settings.yeo_johnson:
            values = transform(values, self.power[sets])
        values -= self.centre[sets]
        values /= self.sd[sets]
        return values

    def _values(self, first: IntArray, second: IntArray) -> FloatArray:
        """(r, c): D of each pair of bones, over what both of them have."""
        one, other = self.first.measurements_mm[first], self.second.measurements_mm[second]
        taken, other_taken = self.first.taken[first].astype(float), self.second.taken[second].astype(float)
        if not self.settings.absolute:
            return np.asarray(one @ other_taken.T - taken @ other.T)
        total = np.zeros((len(first), len(second)))
        for i in range(one.shape[1]):
            difference = one[:, i, None] - other[None, :, i]
            np.abs(difference, out=difference)
            difference *= taken[:, i, None]
            difference *= other_taken[None, :, i]
            total += difference
        return total

    def p_values(self, statistics: FloatArray, sets: IntArray) -> FloatArray:
        """Return tails * P(T <= -|t|); for absolute differences the upper tail alone, P(T >= t).

        Bones that agree better than usual are no reason to exclude, and twice an upper tail could exceed 1.
        """
        df = self.n_reference[sets] - 1
        if self.is_two_sided:
            return np.asarray(self.settings.tails * stdtr(df, -np.abs(statistics)))
        return np.asarray(stdtr(df, -statistics))

    def log_lr(self, statistics: FloatArray, first: IntArray, second: IntArray, sets: IntArray) -> FloatArray:
        """Return the log LR from t densities of D with the spread of one and of two people, or from kernels."""
        if self.settings.needs_kernel:
            return self._kernels.log_lr(statistics * self.sd[sets] + self.centre[sets], sets)
        n = self.n_reference[sets]
        df, widening = (n - 1).astype(float), np.sqrt(1 + 1 / n)
        distance = statistics * self.sd[sets]
        same = log_t_density(distance, df, self.sd[sets] * widening)
        return same - log_t_density(distance, df, self.sd_different[sets] * widening)

    def reference_values(self, position: int) -> tuple[FloatArray, FloatArray]:
        """Return D of the true pairs and of different people, transformed if so chosen."""
        same, different = self._sums(position)
        if not self.settings.yeo_johnson:
            return same, different
        power = float(self.power[position])
        return transform(same, power), transform(different, power)

    def value(self, statistic: float, first: int, second: int, position: int) -> float:
        """Return D, transformed if so chosen."""
        return statistic * float(self.sd[position]) + float(self.centre[position])


def _moments(values: FloatArray, complete: BoolArray, n: IntArray) -> tuple[FloatArray, FloatArray]:
    """Mean and variance (over n - 1) of each column over the people who are complete for it."""
    mean = np.where(complete, values, 0.0).sum(axis=0) / n
    deviations = np.where(complete, values - mean, 0.0)
    return mean, np.einsum("ij,ij->j", deviations, deviations) / (n - 1)
