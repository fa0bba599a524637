"""Densities of a statistic for one person and for two, and the likelihood ratio between them."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from scipy.special import gammaln

from homeward.core.arrays import FloatArray, IntArray

MOST_COMBINATIONS = 20_000
"""Left bones of one person with right bones of another that a kernel density rests on."""
GRID = 2048
REACH = 4.0
"""Band widths that the grid of a kernel goes beyond its data."""


def log_t_density(distance: FloatArray, df: FloatArray, scale: FloatArray) -> FloatArray:
    """Return the natural log of the density of Student's t with this scale, at a distance from its centre."""
    return log_multivariate_t((distance / scale) ** 2, df, 2.0 * np.log(scale), np.ones_like(df))


def log_multivariate_t(squares: FloatArray, df: FloatArray, log_det: FloatArray, n_dims: FloatArray) -> FloatArray:
    """Return the natural log of a multivariate t density.

    Parameters
    ----------
    squares : float64 array
        Squared distance from the centre, measured by the scale matrix.
    df, log_det, n_dims : float64 arrays that broadcast with it
        Degrees of freedom, log determinant of the scale matrix and number of dimensions.
    """
    half = (df + n_dims) / 2
    constant = gammaln(half) - gammaln(df / 2) - n_dims / 2 * np.log(df * np.pi) - log_det / 2
    return np.asarray(constant - half * np.log1p(squares / df))


def capped_log10(log_ratio: FloatArray, n_reference: IntArray) -> FloatArray:
    """Return natural log ratios as log10, never beyond the number of reference people.

    A sample of n people has seen nothing rarer than about one in n; a density further out is a guess of the model.
    """
    cap = np.log10(n_reference)
    return np.asarray(np.clip(log_ratio / np.log(10), -cap, cap))


def different_people(n_people: int) -> tuple[IntArray, IntArray]:
    """Return positions (left, right) of combinations of two different people, at most about MOST_COMBINATIONS.

    Everyone's left bone meets the right bones of those who come 1, 2, 3 ... places later, so that each person counts
    the same; all n(n - 1) combinations if they are few enough.
    """
    n_shifts = min(n_people - 1, -(-MOST_COMBINATIONS // n_people))
    left = np.tile(np.arange(n_people), n_shifts)
    shift = np.repeat(np.arange(1, n_shifts + 1), n_people)
    return left, (left + shift) % n_people


class KernelRatio:
    """log10 LR of a statistic from Gaussian kernels over the same and over different people, tabulated."""

    def __init__(self, same: FloatArray, different: FloatArray) -> None:
        self.bandwidths = (_bandwidth(same), _bandwidth(different))
        margin = REACH * max(self.bandwidths)
        low = min(same.min(), different.min()) - margin
        high = max(same.max(), different.max()) + margin
        self.grid: FloatArray = np.linspace(low, high, GRID)
        self.same = _kernel_density(same, self.grid, self.bandwidths[0])
        self.different = _kernel_density(different, self.grid, self.bandwidths[1])
        least = np.finfo(float).tiny
        ratio = np.log(np.maximum(self.same, least)) - np.log(np.maximum(self.different, least))
        # Beyond all true pairs a ratio of two vanishing densities says nothing: there it counts fully against.
        unseen = (self.same < least) | (self.grid < same.min() - margin) | (self.grid > same.max() + margin)
        self.log_ratio: FloatArray = np.where(unseen, -np.inf, ratio)

    def log_lr(self, values: FloatArray) -> FloatArray:
        """Return the natural log of the ratio at each value; minus infinity beyond the grid."""
        finite = np.maximum(self.log_ratio, -1e6)
        return np.interp(values, self.grid, finite, left=-1e6, right=-1e6)


class KernelRatios:
    """Kernel ratios of many sets of measurements, each tabulated when it is first needed.

    Parameters
    ----------
    reference_values : callable
        Gives the statistic of the true pairs and of different people for a set.
    """

    def __init__(self, reference_values: Callable[[int], tuple[FloatArray, FloatArray]]) -> None:
        self._reference_values = reference_values
        self._tables: dict[int, KernelRatio] = {}

    def log_lr(self, values: FloatArray, sets: IntArray) -> FloatArray:
        """Return the natural log of the ratio at each value (n,), by the table of its set."""
        found = np.empty(len(values))
        order = np.argsort(sets, kind="stable")
        positions, starts = np.unique(sets[order], return_index=True)
        for position, chosen in zip(positions.tolist(), np.split(order, starts[1:]), strict=True):
            if position not in self._tables:
                self._tables[position] = KernelRatio(*self._reference_values(position))
            found[chosen] = self._tables[position].log_lr(values[chosen])
        return found


def _bandwidth(values: FloatArray) -> float:
    """Silverman's rule (1986, eq. 3.31): 0.9 min(sd, IQR/1.34) n^(-1/5)."""
    spread = float(values.std(ddof=1))
    quarter = float(np.subtract(*np.percentile(values, [75, 25]))) / 1.34
    return float(0.9 * (min(spread, quarter) or spread) * len(values) ** -0.2)


def _kernel_density(values: FloatArray, grid: FloatArray, bandwidth: float) -> FloatArray:
    """Gaussian kernel density on a grid: values are shared out between their two neighbours, then smoothed."""
    step = grid[1] - grid[0]
    place = (values - grid[0]) / step
    below = np.clip(place.astype(np.intp), 0, len(grid) - 2)
    share = place - below
    mass = np.bincount(below, 1 - share, len(grid)) + np.bincount(below + 1, share, len(grid))
    reach = min(int(np.ceil(8 * bandwidth / step)), len(grid) - 1)
    kernel = np.exp(-0.5 * (np.arange(-reach, reach + 1) * step / bandwidth) ** 2)
    smoothed = np.convolve(mass / len(values), kernel / kernel.sum() / step)
    return np.asarray(smoothed[reach : reach + len(grid)])
