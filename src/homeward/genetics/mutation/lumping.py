"""Which alleles can be merged into one state: the coarsest partition that leaves all probabilities as they are.

A set of alleles may be one state if each of them changes into every other state with the same probability (Kemeny &
Snell 1960, Finite Markov Chains, section 6.3). Starting from all alleles that may be merged at all as one set, sets are
split until this holds; the result is the coarsest such partition (Paige & Tarjan 1987, SIAM J. Comput. 16:973-989, for
the refinement; Derisavi, Hermanns & Sanders 2003, Inf. Process. Lett. 87:309-315, for Markov chains).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from homeward.core.arrays import FloatArray, IntArray

SAME = 1e-12
"""Probabilities that differ by less than this, relative to themselves, are the same but for rounding."""


def coarsest_partition(matrices: Sequence[FloatArray], kept: Sequence[int]) -> IntArray:
    """Return the state of each allele, for all matrices at once.

    Parameters
    ----------
    matrices : sequence of (n, n) float64 arrays
        Transmission matrices over the same alleles; rows sum to one.
    kept : sequence of int
        Alleles that must stay states of their own: they become states 0, 1, ... in this order.

    Returns
    -------
    (n,) intp array
        State of each allele. Merged alleles have the states behind those that are kept, by their first allele.
    """
    n = len(matrices[0])
    state_of = np.full(n, len(kept), dtype=np.intp)
    state_of[list(kept)] = np.arange(len(kept))
    free = np.setdiff1d(np.arange(n), kept)
    n_states = len(kept) + bool(len(free))
    while n_states < n:
        into = np.hstack([_into_states(matrix, state_of, n_states)[free] for matrix in matrices])
        # Rows sum to one: what stays in the state follows from what leaves it, which loses no digits.
        into[np.tile(state_of[free][:, None] == np.arange(n_states), len(matrices))] = 0.0
        signature = np.column_stack([state_of[free], _equal_but_for_rounding(into)])
        _, first, block = np.unique(signature, axis=0, return_index=True, return_inverse=True)
        if len(kept) + len(first) == n_states:
            break
        state_of[free] = len(kept) + np.argsort(np.argsort(first))[block.reshape(-1)]
        n_states = len(kept) + len(first)
    return state_of


def lump_matrix(matrix: FloatArray, state_of: IntArray) -> FloatArray:
    """Return the transmission matrix over merged states, given a partition that allows it."""
    n_states = int(state_of.max()) + 1
    representative = np.empty(n_states, dtype=np.intp)
    representative[state_of[::-1]] = np.arange(len(matrix))[::-1]
    return _into_states(matrix, state_of, n_states)[representative]


def _into_states(matrix: FloatArray, state_of: IntArray, n_states: int) -> FloatArray:
    """(n, n_states): probability that each allele is received as one of each state."""
    into = np.zeros((n_states, len(matrix)))
    # One column after the other, so that equal rows have equal sums to the last digit.
    np.add.at(into, state_of, matrix.T)
    return into.T


def _equal_but_for_rounding(values: FloatArray) -> IntArray:
    """Number the distinct values of each column, those that differ by rounding only as one."""
    order = np.argsort(values, axis=0)
    in_order = np.take_along_axis(values, order, axis=0)
    is_new = np.diff(in_order, axis=0) > SAME * in_order[1:]
    number = np.vstack([np.zeros((1, values.shape[1]), dtype=np.intp), np.cumsum(is_new, axis=0)])
    numbers = np.empty_like(number)
    np.put_along_axis(numbers, order, number, axis=0)
    return numbers
