"""What every test of two bones has in common once it is fitted to a reference."""

from __future__ import annotations

from abc import ABC, abstractmethod
from enum import IntEnum

import numpy as np

from homeward.core.arrays import BoolArray, FloatArray, IntArray
from homeward.osteology.sorting.bones import Bones
from homeward.osteology.sorting.choices import Method
from homeward.osteology.sorting.densities import capped_log10

SMALLEST_SPREAD = 1e-9
"""A standard deviation below this is rounding of one and the same value."""


class Refusal(IntEnum):
    """Why no test is made with a set of measurements."""

    NONE = 0
    FEW_PEOPLE = 1
    NO_SPREAD = 2


class FittedTest(ABC):
    """One method for bones of two kinds, with the statistics of the reference for each set of measurements.

    method: what is compared.
    first, second: the bones.
    set_of: (k1, k2) set of measurements for a pattern of the first and one of the second bones; -1 where none.
    n_reference: (k,) people of the reference who have all measurements of the set.
    refusals: (k,) whether, or why not, the set is used; values of :class:`Refusal`.
    critical: (k,) value of the statistic from which a pair is excluded.
    is_two_sided: whether the sign of the statistic does not matter.
    """

    method: Method
    first: Bones
    second: Bones
    set_of: IntArray
    n_reference: IntArray
    refusals: IntArray
    critical: FloatArray
    is_two_sided: bool

    @abstractmethod
    def measurements(self, position: int) -> tuple[str, ...]:
        """Return the codes of one set of measurements."""

    @abstractmethod
    def degrees(self, position: int) -> tuple[int, ...]:
        """Return the degrees of freedom with one set: one number for a t, two for an F."""

    @abstractmethod
    def statistics(self, first: IntArray, second: IntArray, sets: IntArray) -> FloatArray:
        """Return the statistic of each of some first bones, all of one pattern, with each of some second bones.

        Parameters
        ----------
        first : (r,) int array
            Positions among the first bones.
        second, sets : (c,) int arrays
            Positions among the second bones, and the set of measurements for each of them.

        Returns
        -------
        (r, c) float64 array
        """

    @abstractmethod
    def p_values(self, statistics: FloatArray, sets: IntArray) -> FloatArray:
        """Return the p-value of each statistic (n,) if both bones are of one person."""

    @abstractmethod
    def log_lr(self, statistics: FloatArray, first: IntArray, second: IntArray, sets: IntArray) -> FloatArray:
        """Return the natural log of the likelihood ratio of each pair (n,), not capped.

        H1: the two bones are of one person. H2: of two people such as those of the reference.
        """

    @abstractmethod
    def reference_values(self, position: int) -> tuple[FloatArray, FloatArray]:
        """Return what the statistic is made from, for the true pairs and for combinations of different people."""

    @abstractmethod
    def value(self, statistic: float, first: int, second: int, position: int) -> float:
        """Return what the statistic of one pair is made from, on the scale of the reference values."""

    def log10_lr(self, statistics: FloatArray, first: IntArray, second: IntArray, sets: IntArray) -> FloatArray:
        """Return the log10 likelihood ratio of each pair (n,), capped by the number of reference people."""
        return capped_log10(self.log_lr(statistics, first, second, sets), self.n_reference[sets])

    def excluded(self, statistics: FloatArray, sets: IntArray) -> BoolArray:
        """Return which pairs are excluded: those with a p-value of at most alpha."""
        size = np.abs(statistics) if self.is_two_sided else statistics
        return np.asarray(size >= self.critical[sets])
