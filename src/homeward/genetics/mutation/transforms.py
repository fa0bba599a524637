"""Changing a transmission matrix so that it keeps the allele frequencies, or is reversible, at the same overall rate.

Stationary: p M = p, the allele frequencies stay as they are over the generations. Reversible: p(i) M[i, j] =
p(j) M[j, i], which is more. The overall rate, sum of p(i) (1 - M[i, i]), is kept by every transform here.
"""

from __future__ import annotations

from enum import StrEnum

import numpy as np

from homeward.core.arrays import FloatArray
from homeward.core.errors import InputError, Problem, ProblemLog

_ROUNDING = 1e-12
"""By how much rows may sum to more than one before a transform is said not to exist."""


class MutationTransform(StrEnum):
    """What is done to the matrix of a model; see :func:`transform_matrix`."""

    NONE = "none"
    STATIONARY = "stationary"
    METROPOLIS_HASTINGS = "metropolis-hastings"
    BARKER = "barker"
    PRESERVED_RATE = "preserved-rate"


def transform_matrix(
    transform: MutationTransform,
    matrix: FloatArray,
    frequencies: FloatArray,
    *,
    alleles: tuple[str, ...],
    where: str,
) -> FloatArray:
    """Return the transformed transmission matrix.

    Parameters
    ----------
    transform : MutationTransform
        With v the frequencies that M itself keeps and a the number that restores the overall rate, for i not j:

        - ``stationary`` ("PM"): a v(i) / p(i) M[i, j];
        - ``metropolis-hastings`` ("MH"): a M[i, j] min(1, p(j) M[j, i] / (p(i) M[i, j]));
        - ``barker`` ("BA"): a M[i, j] p(j) M[j, i] / (p(i) M[i, j] + p(j) M[j, i]);
        - ``preserved-rate`` ("PR"): (p(i) M[i, j] + p(j) M[j, i]) / (2 p(i)).
    matrix : (n, n) float64 array
        M; rows sum to one.
    frequencies : (n,) float64 array
        p, all above 0.
    alleles : tuple of str
        Names of the n alleles, for errors.
    where : str
        What to call this locus in an error.

    Raises
    ------
    InputError
        There is no such form: an allele would have to mutate with a probability above one, which is named; no allele
        mutates back and forth; or, for ``stationary``, not every allele can become every other.

    References
    ----------
    Simonsson & Mostad (2016), Forensic Sci. Int. Genet. 23:217-225 (PM). The others as in the R package pedmut 0.9.1
    (MH: Hastings 1970, Biometrika 57:97-109; BA: Barker 1965, Aust. J. Phys. 18:119-133).
    """
    rates = matrix.copy()
    np.fill_diagonal(rates, 0.0)
    if transform is MutationTransform.NONE or not rates.any():
        return matrix
    flow = frequencies[:, None] * rates
    match transform:
        case MutationTransform.STATIONARY:
            mutating = np.flatnonzero(rates.any(axis=0) | rates.any(axis=1))
            kept = np.zeros(len(frequencies))
            kept[mutating] = _kept_frequencies(rates[np.ix_(mutating, mutating)], where)
            new_flow = kept[:, None] * rates
        case MutationTransform.METROPOLIS_HASTINGS:
            new_flow = np.minimum(flow, flow.T)
        case MutationTransform.BARKER:
            both = flow + flow.T
            new_flow = np.divide(flow * flow.T, both, out=np.zeros_like(both), where=both > 0)
        case _:
            new_flow = (flow + flow.T) / 2.0
    total = float(new_flow.sum())
    if total == 0.0:
        raise InputError(
            Problem(
                what=f"No {transform} form of this mutation model exists: no two alleles change into each other.",
                where=where,
                fix="Use another transform, or none.",
            )
        )
    changes = (float(flow.sum()) / total) * new_flow / frequencies[:, None]
    _check_exists(transform, changes, frequencies, alleles, where)
    return with_diagonal(changes)


def with_diagonal(rates: FloatArray) -> FloatArray:
    """Return off-diagonal rates with the diagonal that makes every row sum to one."""
    matrix = rates.copy()
    np.fill_diagonal(matrix, 0.0)
    unchanged = 1.0 - matrix.sum(axis=1)
    np.fill_diagonal(matrix, np.where(np.abs(unchanged) < _ROUNDING, np.abs(unchanged), unchanged))
    return matrix


def _check_exists(
    transform: MutationTransform, changes: FloatArray, frequencies: FloatArray, alleles: tuple[str, ...], where: str
) -> None:
    """Name every allele that would have to mutate with a probability above one."""
    leaving = changes.sum(axis=1)
    highest = frequencies @ leaving / frequencies.sum() / leaving.max()
    log = ProblemLog()
    for i in np.flatnonzero(leaving > 1.0 + _ROUNDING):
        log.add(
            f"No {transform} form of this mutation model exists for these frequencies: "
            f"allele {alleles[i]} would mutate with probability {leaving[i]:.4g}.",
            where=where,
            fix=f"Lower the overall mutation rate to {highest:.4g} or less, or use another transform.",
        )
    log.raise_if_any()


def _kept_frequencies(rates: FloatArray, where: str) -> FloatArray:
    """Return the frequencies that off-diagonal rates keep; refuse where they are not unique or leave an allele out.

    Elimination without subtractions (Grassmann, Taksar & Heyman 1985, Oper. Res. 33:1107-1116), so that rates as
    small as 1e-12 lose no digits.
    """
    n = len(rates)
    rates = rates.copy()
    kept = np.ones(n)
    for k in range(n - 1, 0, -1):
        leaving = rates[k, :k].sum()
        if leaving == 0.0:
            kept[0] = 0.0
            break
        rates[:k, k] /= leaving
        rates[:k, :k] += np.outer(rates[:k, k], rates[k, :k])
    for k in range(1, n):
        kept[k] = kept[:k] @ rates[:k, k]
    if not kept.all():
        raise InputError(
            Problem(
                what="Some alleles never mutate into some others, not even over many generations, "
                "so this model has no or more than one stationary form.",
                where=where,
                fix="Give a microvariant rate above 0 if alleles differ in their fractions, or use another transform.",
            )
        )
    frequencies: FloatArray = kept / kept.sum()
    return frequencies
