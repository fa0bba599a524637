"""Putting specimens into groups as a problem of optimisation.

Of all divisions into groups that could each be one person, find one with the largest sum of log10 LR over the pairs
within groups: correlation clustering (Bansal, Blum & Chawla 2004) with constraints. With a prior that makes every pair
of specimens with evidence equally likely to be one person's or not, and evidence independent from pair to pair, it is
the most probable division.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from homeward.core.arrays import FloatArray, IntArray
from homeward.osteology.grouping.constraints import Constraints
from homeward.osteology.grouping.evidence import MUST, Evidence


@dataclass(frozen=True, slots=True, eq=False)
class PartitionProblem:
    """n bundles, what speaks for each pair, and what limits the groups.

    weights: (n, n) symmetric, without diagonal: log10 LR of each pair; pairs that cannot be one person's have none.
    limits: what one person cannot have.
    """

    weights: sparse.csr_array
    limits: Constraints

    def __len__(self) -> int:
        return self.weights.shape[0]

    def value(self, groups: IntArray) -> float:
        """Return the sum of log10 LR within groups; ``groups`` (n,) names the group of each bundle."""
        pairs = self.weights.tocoo()
        inside = groups[pairs.row] == groups[pairs.col]
        return float(pairs.data[inside].sum()) / 2.0

    def allows(self, groups: IntArray) -> bool:
        """Return whether each group could be one person."""
        return all(self.limits.is_person(np.flatnonzero(groups == group)) for group in np.unique(groups))

    def parts(self) -> list[IntArray]:
        """Return the sets of bundles between which nothing speaks for one person: each can be divided by itself."""
        favourable = self.weights.copy()
        favourable.data = (favourable.data > 0).astype(np.float64)
        favourable.eliminate_zeros()
        _, label = connected_components(favourable, directed=False)
        order = np.argsort(label, kind="stable")
        return np.split(order, np.flatnonzero(np.diff(label[order])) + 1)

    def part(self, rows: IntArray) -> PartitionProblem:
        """Return the problem of some of the bundles."""
        return PartitionProblem(sparse.csr_array(self.weights[rows][:, rows]), self.limits.chosen(rows))


def bundles_of(n: int, evidence: Sequence[Evidence]) -> IntArray:
    """Return (n,) the bundle of each specimen: those tied together for certain are in one."""
    ties = np.array([(one.a, one.b) for one in evidence if one.log10_lr == MUST], dtype=np.intp).reshape(-1, 2)
    graph = sparse.csr_array((np.ones(len(ties)), (ties[:, 0], ties[:, 1])), shape=(n, n))
    return np.asarray(connected_components(graph, directed=False)[1], dtype=np.intp)


def partition_problem(
    limits: Constraints, bundle_of: IntArray, first: IntArray, second: IntArray, log10_lrs: FloatArray
) -> PartitionProblem:
    """Return the problem of bundles whose specimens have these log10 LRs; those of one pair are added up."""
    n = len(limits)
    a, b = bundle_of[first], bundle_of[second]
    apart = a != b
    low, high = np.minimum(a, b)[apart], np.maximum(a, b)[apart]
    summed = sparse.csr_array((log10_lrs[apart], (low, high)), shape=(n, n))
    summed.sum_duplicates()
    pairs = summed.tocoo()
    kept = ~limits.barred(pairs.row, pairs.col) & (pairs.data != 0.0)
    half = sparse.csr_array((pairs.data[kept], (pairs.row[kept], pairs.col[kept])), shape=(n, n))
    return PartitionProblem(sparse.csr_array(half + half.T), limits)


def separated(problem: PartitionProblem, groups: IntArray) -> IntArray:
    """Return groups in which every bundle is joined to the others by evidence, directly or through others.

    Two halves of a group between which there is no evidence add nothing by being together, so they stay apart.
    """
    first, second, _ = sparse.find(problem.weights)
    inside = groups[first] == groups[second]
    links = sparse.csr_array((np.ones(int(inside.sum())), (first[inside], second[inside])), shape=problem.weights.shape)
    return np.asarray(connected_components(links, directed=False)[1], dtype=np.intp)
