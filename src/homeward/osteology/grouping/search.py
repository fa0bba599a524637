"""Good divisions of many specimens, by merging, reassigning whole sets of bones, and moving single ones."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy import sparse
from scipy.optimize import linear_sum_assignment

from homeward.core.arrays import BoolArray, FloatArray, IntArray
from homeward.osteology.grouping.partition_problem import PartitionProblem

MOST_PASSES = 12
GAIN = 1e-9
"""Smaller gains are rounding."""
NOISE = 0.35
"""Standard deviation of the log of the factor by which weights are changed to begin elsewhere."""


def search(problem: PartitionProblem, rng: np.random.Generator, *, n_starts: int) -> IntArray:
    """Return the best division found from several starts.

    Each start merges groups while that gains (greedy additive, Keuper et al. 2015), from weights that are changed by
    chance after the first start. Then each set of bones of which a person has one, such as the left femora, is taken
    out and put back in the best way all at once (an assignment problem), groups are merged again, and so on until
    nothing gains.
    """
    cliques = problem.limits.cliques()
    best: IntArray = np.arange(len(problem), dtype=np.intp)
    best_value = 0.0
    for start in range(n_starts):
        groups = _merged(problem, np.arange(len(problem)), rng if start else None)
        value = problem.value(groups)
        for _ in range(MOST_PASSES):
            groups = _merged(problem, _reassigned(problem, groups, cliques))
            improved = problem.value(groups)
            if improved <= value + GAIN:
                break
            value = improved
        value = problem.value(groups)
        if value > best_value + GAIN:
            best, best_value = groups, value
    return best


def indicator(groups: IntArray) -> sparse.csr_array:
    """Return (n, n_groups) the group of each bundle; -1 stands for none."""
    placed = np.flatnonzero(groups >= 0)
    shape = (len(groups), int(groups.max(initial=-1)) + 1)
    return sparse.csr_array((np.ones(len(placed)), (placed, groups[placed])), shape=shape)


def _numbered(groups: IntArray) -> IntArray:
    """Number the groups from 0 in the order in which they first occur."""
    _, first, number = np.unique(groups, return_index=True, return_inverse=True)
    return np.argsort(np.argsort(first))[number].astype(np.intp)


def _merged(problem: PartitionProblem, groups: IntArray, rng: np.random.Generator | None = None) -> IntArray:
    """Merge pairs of groups that each gain most by each other, until none gains."""
    weights = problem.weights
    if rng is not None:
        half = sparse.triu(weights).tocsr()
        half.data = half.data * np.exp(rng.normal(0.0, NOISE, len(half.data)))
        weights = sparse.csr_array(half + half.T)
    groups = _numbered(groups)
    while True:
        into = indicator(groups)
        between = sparse.csr_array(into.T @ weights @ into).tocoo()
        chosen = (between.row < between.col) & (between.data > GAIN)
        a, b, gain = between.row[chosen], between.col[chosen], between.data[chosen]
        if not len(a):
            return groups
        limits = problem.limits.bundled(groups, into.shape[1])
        free = ~limits.barred(a, b)
        a, b, gain = a[free], b[free], gain[free]
        if not len(a):
            return groups
        order = np.argsort(-gain, kind="stable")
        leader = np.full(into.shape[1], -1, dtype=np.intp)
        # The position of the best partner's pair in the order, for each group: mutual ones merge.
        place = np.empty(len(order), dtype=np.intp)
        place[order] = np.arange(len(order))
        best = np.full(into.shape[1], len(order), dtype=np.intp)
        np.minimum.at(best, a, place)
        np.minimum.at(best, b, place)
        mutual = (best[a] == place) & (best[b] == place)
        leader = np.arange(into.shape[1])
        leader[b[mutual]] = a[mutual]
        groups = _numbered(leader[groups])


def _reassigned(problem: PartitionProblem, groups: IntArray, cliques: Sequence[IntArray]) -> IntArray:
    """Take out each set of bones of which a person has one, and put it back in the best way."""
    groups = groups.copy()
    for members in cliques:
        groups[members] = -1
        _place(problem, groups, members)
    return groups


def _place(problem: PartitionProblem, groups: IntArray, members: IntArray) -> None:
    """Give each member, of which no two are one person's, the group or none so that the sum is largest."""
    n_groups = int(groups.max(initial=-1)) + 1
    gains = joining_gains(problem, groups, members)
    columns = np.flatnonzero((gains > GAIN).any(axis=0))
    rows = np.flatnonzero((gains > GAIN).any(axis=1))
    groups[members] = n_groups + np.arange(len(members))
    if len(columns):
        # As many columns for "alone" as rows, at no gain, so that everybody can be placed.
        table = np.hstack([np.maximum(gains[np.ix_(rows, columns)], 0.0), np.zeros((len(rows), len(rows)))])
        chosen_rows, chosen = linear_sum_assignment(table, maximize=True)
        for row, column in zip(chosen_rows, chosen, strict=True):
            if column < len(columns) and table[row, column] > GAIN:
                groups[members[rows[row]]] = columns[column]
    groups[:] = _numbered(groups)


def joining_gains(problem: PartitionProblem, groups: IntArray, members: IntArray) -> FloatArray:
    """Return (n_members, n_groups) what each member would gain in each group, -inf where it cannot be."""
    into = indicator(groups)
    gains: FloatArray = (problem.weights[members] @ into).toarray()
    gains[barred_from(problem, groups, members)] = -np.inf
    return gains


def barred_from(problem: PartitionProblem, groups: IntArray, members: IntArray) -> BoolArray:
    """Return (n_members, n_groups) whether a member cannot be in a group."""
    limits = problem.limits
    into = indicator(groups)
    filled = (into.T @ limits.use).toarray()
    use = limits.use[members]
    barred = np.zeros((len(members), into.shape[1]), dtype=np.bool_)
    for amount in np.unique(use.data):
        asks = sparse.csr_array(use == amount, dtype=np.float64)
        full = sparse.csr_array((filled + amount > limits.room).T, dtype=np.float64)
        barred |= (asks @ full).toarray() > 0
    ages = limits.ages.astype(np.float64)
    there = into.T @ ages > 0
    mine = limits.ages[members]
    barred |= (mine[:, None, 0] & there[None, :, 1]) | (mine[:, None, 1] & there[None, :, 0])
    if limits.cannot.nnz:
        barred |= (limits.cannot[members] @ into).toarray() > 0
    return barred
