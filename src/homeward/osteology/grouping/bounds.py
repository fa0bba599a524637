"""How good a division can be at most."""

from __future__ import annotations

import numpy as np
from scipy.optimize import linear_sum_assignment

from homeward.osteology.grouping.partition_problem import PartitionProblem


def matching_bound(problem: PartitionProblem) -> float:
    """Return an upper bound of the sum of log10 LR within groups.

    Take two sets of bundles such that within each no two are one person's, such as the left and the right humeri. In
    any division a bundle of one set shares its group with at most one of the other, so the pairs between the sets are a
    matching, and cannot sum to more than the heaviest matching. The bound is the sum of the heaviest matchings over all
    pairs of sets.
    """
    cliques = problem.limits.cliques()
    clique_of = np.empty(len(problem), dtype=np.intp)
    place = np.empty(len(problem), dtype=np.intp)
    for k, members in enumerate(cliques):
        clique_of[members] = k
        place[members] = np.arange(len(members))
    pairs = problem.weights.tocoo()
    first, second = clique_of[pairs.row], clique_of[pairs.col]
    kept = np.flatnonzero((first < second) & (pairs.data > 0))
    key = first[kept] * len(cliques) + second[kept]
    order = np.argsort(key, kind="stable")
    total = 0.0
    for chosen in np.split(kept[order], np.flatnonzero(np.diff(key[order])) + 1):
        if not len(chosen):
            continue
        a, b, gain = pairs.row[chosen], pairs.col[chosen], pairs.data[chosen]
        if len(cliques[clique_of[a[0]]]) == 1 or len(cliques[clique_of[b[0]]]) == 1:
            total += float(gain.max())
            continue
        rows, row_at = np.unique(place[a], return_inverse=True)
        columns, column_at = np.unique(place[b], return_inverse=True)
        gains = np.zeros((len(rows), len(columns)))
        gains[row_at, column_at] = gain
        total += float(gains[linear_sum_assignment(gains, maximize=True)].sum())
    return total
