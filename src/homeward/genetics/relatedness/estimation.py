"""Maximum-likelihood estimates of identity coefficients of many pairs at once.

The likelihood of a pair is a product over loci of sum_i x_i P(profiles | state i), which is concave in log and linear
in x at each locus. It is maximised over x >= 0 with sum x = 1 by sequential quadratic programming (Kim, Carbonetto,
Stephens & Anitescu 2020, J. Comput. Graph. Stat. 29:261-273); at the end a bound says how far from the maximum it can
be.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

import numpy as np

from homeward.core.arrays import BoolArray, FloatArray

GAP = 1e-7
"""Natural log-likelihood that may at most be missing to the maximum."""
MOST_STEPS = 200
FIRST_STEPS = 8
"""Steps of the EM algorithm to begin with."""
PAIRS_AT_ONCE = 5_000
CURVE_POINTS = 101
"""Points at which the boundary of the admissible region is looked at first."""
HALVINGS = 40
CURVE_PAIRS_AT_ONCE = 5_000
GOLDEN = (np.sqrt(5.0) - 1.0) / 2.0

KAPPA_STATES = (8, 7, 6)
"""The identity states of kappa0, kappa1, kappa2 among Jacquard's nine."""


@dataclass(frozen=True, slots=True, eq=False)
class Estimates:
    """Estimates of P pairs; K coefficients each.

    coefficients: (P, K) float64, each row >= 0 with sum 1.
    log10_likelihood: (P,) of the profiles at the estimate.
    gap: (P,) by how much (log10) the maximum may lie above that, at most.
    """

    coefficients: FloatArray
    log10_likelihood: FloatArray
    gap: FloatArray


def estimate_kappa(
    probabilities: FloatArray, *, admissible: bool = False, weights: FloatArray | None = None
) -> Estimates:
    """Return the maximum-likelihood estimate of (kappa0, kappa1, kappa2) of P pairs of people who are not inbred.

    Parameters
    ----------
    probabilities : (P, n_loci, 9) float64 array
        From :func:`~homeward.genetics.relatedness.pair_likelihood.state_probabilities`.
    admissible : bool
        Keep to kappa1^2 >= 4 kappa0 kappa2, which holds for every pair that is not inbred in any pedigree (Thompson
        1976, Ann. Hum. Genet. 40:201-204).
    weights : (P, n_loci) float64 array, optional
        How often each locus counts: 1 if not given.
    """
    chosen = probabilities[:, :, KAPPA_STATES]
    found = estimate_mixture(chosen, weights=weights)
    return _onto_admissible(found, chosen, weights) if admissible else found


def estimate_mixture(probabilities: FloatArray, *, weights: FloatArray | None = None) -> Estimates:
    """Return the maximum-likelihood proportions of K states of P pairs; with K = 9 these are Jacquard's coefficients.

    Parameters
    ----------
    probabilities : (P, n_loci, K) float64 array
        Probability of each pair's profiles at each locus under each state.
    weights : (P, n_loci) float64 array, optional
        How often each locus counts.
    """
    parts = [
        _estimate(
            probabilities[start : start + PAIRS_AT_ONCE],
            None if weights is None else weights[start : start + PAIRS_AT_ONCE],
        )
        for start in range(0, len(probabilities), PAIRS_AT_ONCE)
    ]
    if not parts:
        return Estimates(np.empty((0, probabilities.shape[2])), np.empty(0), np.empty(0))
    return Estimates(*(np.concatenate(column) for column in zip(*parts, strict=True)))


def mixture_log10_likelihood(
    probabilities: FloatArray, coefficients: FloatArray, weights: FloatArray | None = None
) -> FloatArray:
    """Return (P,) log10 likelihoods of P pairs with (K,) or (P, K) coefficients; -inf where impossible."""
    x = np.broadcast_to(coefficients, (len(probabilities), probabilities.shape[2]))
    with np.errstate(divide="ignore", invalid="ignore"):
        logs = np.log10(np.einsum("plk,pk->pl", probabilities, x))
        return np.asarray((logs if weights is None else np.where(weights > 0, weights * logs, 0.0)).sum(axis=1))


def bootstrap_kappa(
    probabilities: FloatArray, *, n_replicates: int, rng: np.random.Generator, admissible: bool = False
) -> FloatArray:
    """Return (n_replicates, 3) estimates of one pair from loci drawn with replacement.

    Parameters
    ----------
    probabilities : (n_loci, 9) float64 array
        Of the pair, at the loci at which both are typed.
    n_replicates : int
    rng : Generator
    admissible : bool
        As for :func:`estimate_kappa`.
    """
    n_loci = len(probabilities)
    drawn = np.minimum((rng.random((n_replicates, n_loci)) * n_loci).astype(np.intp), n_loci - 1)
    counts = np.zeros((n_replicates, n_loci))
    np.add.at(counts, (np.arange(n_replicates)[:, None], drawn), 1.0)
    repeated = np.broadcast_to(probabilities, (n_replicates, *probabilities.shape))
    return estimate_kappa(repeated, admissible=admissible, weights=counts).coefficients


def _estimate(probabilities: FloatArray, weights: FloatArray | None) -> tuple[FloatArray, FloatArray, FloatArray]:
    n_pairs, n_loci, n_states = probabilities.shape
    top = probabilities.max(axis=2, keepdims=True)
    w = np.ones((n_pairs, n_loci)) if weights is None else weights
    scaled = np.where(w[:, :, None] > 0, probabilities / top, 1.0)
    x = np.full((n_pairs, n_states), 1.0 / n_states)
    for _ in range(FIRST_STEPS):
        x = x * _ratios(scaled, w, x)
    gap = np.full(n_pairs, np.inf)
    open_pairs = np.arange(n_pairs)
    for _ in range(MOST_STEPS):
        p, of = scaled[open_pairs], w[open_pairs]
        gap[open_pairs] = of.sum(axis=1) * np.maximum(_ratios(p, of, x[open_pairs]).max(axis=1) - 1.0, 0.0)
        left = gap[open_pairs] > GAP
        open_pairs, p, of = open_pairs[left], p[left], of[left]
        if not len(open_pairs):
            break
        x[open_pairs] = _improve(p, of, x[open_pairs])
    constant = (w * np.log10(top[:, :, 0])).sum(axis=1)
    return x, mixture_log10_likelihood(scaled, x, w) + constant, gap / np.log(10.0)


def _ratios(p: FloatArray, w: FloatArray, x: FloatArray) -> FloatArray:
    """(P, K): mean over loci of P(state) / P(mixture); no entry is above 1 at the maximum."""
    mixed = np.einsum("plk,pk->pl", p, x)
    ratios: FloatArray = np.einsum("plk,pl->pk", p, w / mixed) / w.sum(axis=1)[:, None]
    return ratios


def _improve(p: FloatArray, w: FloatArray, x: FloatArray) -> FloatArray:
    """One step of sequential quadratic programming: the best point of the quadratic model, or part of the way to it."""
    share = w / w.sum(axis=1, keepdims=True)
    relative = p / np.einsum("plk,pk->pl", p, x)[:, :, None]
    gradient = 1.0 - np.einsum("plk,pl->pk", relative, share)
    hessian = np.einsum("plj,plk,pl->pjk", relative, relative, share)
    n_states = x.shape[1]
    hessian += 1e-10 * np.trace(hessian, axis1=1, axis2=2)[:, None, None] * np.eye(n_states)
    target = _nonnegative_minimum(hessian, gradient - np.einsum("pjk,pk->pj", hessian, x))
    direction = target - x
    slope = (gradient * direction).sum(axis=1)
    before = _objective(p, share, x)
    step = np.ones(len(x))
    for _ in range(HALVINGS):
        moved = x + step[:, None] * direction
        worse = ~(_objective(p, share, moved) <= before + 1e-4 * step * slope)
        if not worse.any():
            break
        step[worse] /= 2.0
    moved = x + step[:, None] * direction
    scaled: FloatArray = moved / moved.sum(axis=1, keepdims=True)
    return np.where((_objective(p, share, scaled) < before)[:, None], scaled, _em_step(p, w, x))


def _em_step(p: FloatArray, w: FloatArray, x: FloatArray) -> FloatArray:
    return x * _ratios(p, w, x)


def _objective(p: FloatArray, share: FloatArray, x: FloatArray) -> FloatArray:
    """(P,): minus the mean log-likelihood plus the sum of x, which makes the sum 1 at the minimum over x >= 0."""
    with np.errstate(divide="ignore", invalid="ignore"):
        logs = np.log(np.einsum("plk,pk->pl", p, x))
        return np.asarray(x.sum(axis=1) - np.where(share > 0, share * logs, 0.0).sum(axis=1))


def _nonnegative_minimum(hessian: FloatArray, linear: FloatArray) -> FloatArray:
    """(P, K): where y H y / 2 + linear y is least over y >= 0, found among all sets of entries that may be above 0."""
    n_pairs, n_states = linear.shape
    best, least = np.zeros((n_pairs, n_states)), np.zeros(n_pairs)
    identity = np.eye(n_states)
    for chosen in product((False, True), repeat=n_states):
        if not any(chosen):
            continue
        inside = np.array(chosen)
        matrix = np.where(np.outer(inside, inside), hessian, identity)
        y = np.linalg.solve(matrix, np.where(inside, -linear, 0.0)[:, :, None])[:, :, 0]
        value = (linear * y).sum(axis=1) / 2.0
        better = (y >= 0.0).all(axis=1) & (value < least)
        best[better], least[better] = y[better], value[better]
    return best


def _onto_admissible(found: Estimates, probabilities: FloatArray, weights: FloatArray | None) -> Estimates:
    """Move estimates outside the admissible region onto its boundary.

    The log-likelihood is concave, so from any admissible point it rises on the straight way to its maximum: the best
    admissible point is where such a way leaves the region.
    """
    coefficients, values = found.coefficients.copy(), found.log10_likelihood.copy()
    outside = np.flatnonzero(~is_admissible(coefficients))
    for start in range(0, len(outside), CURVE_PAIRS_AT_ONCE):
        pairs = outside[start : start + CURVE_PAIRS_AT_ONCE]
        p, w = probabilities[pairs], None if weights is None else weights[pairs]
        coefficients[pairs] = _curve(_best_shares(p, w))
        values[pairs] = mixture_log10_likelihood(p, coefficients[pairs], w)
    return Estimates(coefficients, values, found.gap)


def is_admissible(kappa: FloatArray) -> BoolArray:
    """(P,): whether kappa1^2 >= 4 kappa0 kappa2, up to rounding."""
    return np.asarray(kappa[:, 1] ** 2 >= 4.0 * kappa[:, 0] * kappa[:, 2] - 1e-9)


def _curve(share: FloatArray) -> FloatArray:
    """(P, 3): points of the boundary; each of the two genes is shared with this probability, independently."""
    return np.stack([(1.0 - share) ** 2, 2.0 * share * (1.0 - share), share**2], axis=1)


def _best_shares(p: FloatArray, w: FloatArray | None) -> FloatArray:
    """(P,): where the likelihood along the boundary is highest: a grid, then golden sections."""
    grid = np.linspace(0.0, 1.0, CURVE_POINTS)
    of_grid = [mixture_log10_likelihood(p, point, w) for point in _curve(grid)]
    at = np.argmax(of_grid, axis=0)
    low, high = grid[np.maximum(at - 1, 0)], grid[np.minimum(at + 1, CURVE_POINTS - 1)]
    for _ in range(HALVINGS):
        left, right = high - GOLDEN * (high - low), low + GOLDEN * (high - low)
        rises = mixture_log10_likelihood(p, _curve(left), w) < mixture_log10_likelihood(p, _curve(right), w)
        low, high = np.where(rises, left, low), np.where(rises, high, right)
    return np.asarray((low + high) / 2.0)
