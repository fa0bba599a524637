"""Exact means of polynomials in Dirichlet distributed frequencies."""

from __future__ import annotations

import numpy as np

from homeward.core.arrays import FloatArray


def quadrature_size(n_states: int, degree: int) -> int:
    """Return how many points :func:`dirichlet_points` needs."""
    return int((degree // 2 + 1) ** (n_states - 1))


def dirichlet_points(parameters: FloatArray, degree: int) -> tuple[FloatArray, FloatArray]:
    """Return points and weights that give the exact mean of every polynomial up to a degree.

    The frequencies are broken off a stick one after the other, each share of what is left being a Beta variable; each
    is replaced by the points of its Gauss-Jacobi rule. All weights are positive.

    Parameters
    ----------
    parameters : (R, n) float64 array
        Of the Dirichlet distributions; 0 for a state that does not occur, which the first state may not be.
    degree : int

    Returns
    -------
    (J, R, n) float64 array, (J, R) float64 array
        Frequencies, summing to one, and weights, summing to one over J.

    References
    ----------
    Golub & Welsch (1969), Math. Comput. 23:221-230, for the rule; Connor & Mosimann (1969), J. Am. Stat. Assoc.
    64:194-206, for the stick.
    """
    n_rows, n_states = parameters.shape
    n_points = degree // 2 + 1
    points, weights, left = np.empty((1, n_rows, 0)), np.ones((1, n_rows)), np.ones((1, n_rows))
    for state in range(n_states - 1, 0, -1):
        own, rest = parameters[:, state], parameters[:, :state].sum(axis=1)
        if not own.any():
            points = np.concatenate([np.zeros((*left.shape, 1)), points], axis=2)
            continue
        share, weight = _beta_rule(own, rest, n_points)
        broken_off = left[None] * share[:, None]
        points = np.concatenate(
            [broken_off[..., None], np.broadcast_to(points, (n_points, *points.shape))], axis=3
        ).reshape(-1, n_rows, points.shape[2] + 1)
        weights = (weights[None] * weight[:, None]).reshape(-1, n_rows)
        left = (left[None] * (1.0 - share[:, None])).reshape(-1, n_rows)
    return np.concatenate([left[..., None], points], axis=2), weights


def _beta_rule(a: FloatArray, b: FloatArray, n_points: int) -> tuple[FloatArray, FloatArray]:
    """Return (n_points, R) points in [0, 1] and weights of the Gauss rule for Beta(a, b); a = 0 is the point 0."""
    occurs = a > 0
    a = np.where(occurs, a, 1.0)
    k = np.arange(n_points)[:, None]
    # Recurrence of the monic Jacobi polynomials, moved to [0, 1] (Gautschi 2004, Orthogonal Polynomials, table 1.1).
    s = 2.0 * k + a + b
    with np.errstate(divide="ignore", invalid="ignore"):
        middle = 0.5 * (1.0 + (a - b) * (a + b - 2.0) / (s * (s - 2.0)))
        spread = k * (k + a - 1.0) * (k + b - 1.0) * (k + a + b - 2.0) / ((s - 2.0) ** 2 * (s - 1.0) * (s - 3.0))
    middle[0] = a / (a + b)
    if n_points > 1:
        spread[1] = a * b / ((a + b) ** 2 * (a + b + 1.0))
    rule = np.zeros((len(a), n_points, n_points))
    place = np.arange(n_points)
    rule[:, place, place] = middle.T
    off = np.sqrt(spread[1:].T)
    rule[:, place[1:], place[:-1]] = rule[:, place[:-1], place[1:]] = off
    points, vectors = np.linalg.eigh(rule)
    weights = vectors[:, 0, :] ** 2
    points = np.where(occurs[:, None], np.clip(points, 0.0, 1.0), 0.0)
    return points.T, weights.T
