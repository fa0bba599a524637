"""Examining transmission matrices: how often they mutate, what they keep, which alleles they treat alike."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

import numpy as np

from homeward.core.arrays import FloatArray
from homeward.core.errors import InputError, Problem
from homeward.genetics.mutation.lumping import coarsest_partition
from homeward.genetics.mutation.models import MutationKind, MutationModel, transmission_matrix
from homeward.genetics.mutation.transforms import MutationTransform, with_diagonal

TOLERANCE = 1e-12
"""Relative differences up to this are rounding."""


def overall_rate(matrix: FloatArray, frequencies: FloatArray) -> float:
    """Return the probability that a transmission changes the allele, sum of p(i) (1 - M[i, i]).

    Parameters
    ----------
    matrix : (n, n) float64 array
        Transmission matrix M; rows sum to one.
    frequencies : (n,) float64 array
        Allele frequencies p.
    """
    changes = matrix - np.diag(np.diag(matrix))
    return float(frequencies @ changes.sum(axis=1) / frequencies.sum())


def is_stationary(matrix: FloatArray, frequencies: FloatArray) -> bool:
    """Whether p M = p: the allele frequencies stay as they are from one generation to the next.

    Judged by what flows into and out of each allele, so that small rates count as much as large ones.
    """
    flow = _flow(matrix, frequencies)
    return bool(np.allclose(flow.sum(axis=0), flow.sum(axis=1), rtol=TOLERANCE * len(flow), atol=0.0))


def is_reversible(matrix: FloatArray, frequencies: FloatArray) -> bool:
    """Whether p(i) M[i, j] = p(j) M[j, i] for all alleles (detailed balance); then the matrix is stationary too."""
    flow = _flow(matrix, frequencies)
    return bool(np.allclose(flow, flow.T, rtol=TOLERANCE * len(flow), atol=0.0))


def is_bounded(matrix: FloatArray, frequencies: FloatArray) -> bool:
    """Whether no allele is more probable as a mutation than in the population: M[i, j] <= p(j) for i not j.

    Otherwise a mismatch may speak for a relationship more than a match of a rarer allele would.
    """
    changes = matrix - np.diag(np.diag(matrix))
    return bool((changes <= frequencies[None, :] * (1.0 + TOLERANCE)).all())


def is_lumpable(matrix: FloatArray, lump: Collection[int]) -> bool:
    """Whether these alleles (positions) can be merged into one state without changing any probability of the others.

    Every one of them must change into each other allele with the same probability (Kemeny & Snell 1960, Finite Markov
    Chains, section 6.3).
    """
    kept = [i for i in range(len(matrix)) if i not in lump]
    return len(lump) < 2 or int(coarsest_partition((matrix,), kept).max()) == len(kept)


def is_always_lumpable(matrix: FloatArray) -> bool:
    """Whether any set of alleles can be merged: each allele arises at one rate, from whichever allele it comes."""
    n = len(matrix)
    changes = matrix.T[~np.eye(n, dtype=bool)].reshape(n, n - 1)
    return n > 1 and bool(np.allclose(changes, changes[:, :1], rtol=TOLERANCE, atol=0.0))


def adjust_rate(
    model: MutationModel,
    alleles: tuple[str, ...],
    frequencies: FloatArray,
    rate: float,
    *,
    where: str = "mutation model",
) -> MutationModel:
    """Return the model with its rates changed in one proportion, so that its overall rate is ``rate``.

    The rate of a model is not always its overall rate: alleles without a neighbour do not step, and a stepwise model
    with microvariants has two rates. Off-diagonal entries are multiplied by one number, diagonals follow.

    Parameters
    ----------
    model : MutationModel
        A model that mutates.
    alleles, frequencies
        As for :func:`~homeward.genetics.mutation.models.transmission_matrix`.
    rate : float
        The overall rate wanted, per meiosis, in [0, 1].

    Raises
    ------
    InputError
        The model never mutates with these alleles, or cannot have so high a rate; or as for ``transmission_matrix``.
    """
    matrix = transmission_matrix(model, alleles, frequencies, where=where)
    plain = transmission_matrix(replace(model, transform=MutationTransform.NONE), alleles, frequencies, where=where)
    present = overall_rate(matrix, frequencies)
    most_often = max(1.0 - matrix.diagonal().min(), 1.0 - plain.diagonal().min())
    if model.kind is not MutationKind.CUSTOM:
        most_often = max(most_often, model.rate + model.microvariant_rate)
    highest = present / most_often if present else 0.0
    if not 0.0 <= rate <= highest * (1.0 + TOLERANCE):
        raise InputError(
            Problem(
                what=f"The overall mutation rate cannot be {rate:g}; this model allows 0 to {highest:.4g}.",
                where=where,
                fix="Choose a rate in that range, or another model.",
            )
        )
    factor = rate / present if present else 1.0
    if model.kind is MutationKind.CUSTOM:
        return replace(model, matrix=tuple(map(tuple, with_diagonal(factor * plain).tolist())))
    return replace(model, rate=model.rate * factor, microvariant_rate=model.microvariant_rate * factor)


def _flow(matrix: FloatArray, frequencies: FloatArray) -> FloatArray:
    """Return p(i) M[i, j], the share of all transmissions that change i into j; 0 on the diagonal."""
    flow: FloatArray = frequencies[:, None] * matrix
    np.fill_diagonal(flow, 0.0)
    return flow
