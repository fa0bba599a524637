"""The best divisions of few specimens, by going through them."""

from __future__ import annotations

import heapq

import numpy as np

from homeward.core.arrays import IntArray
from homeward.osteology.grouping.partition_problem import PartitionProblem

MOST_ENUMERATED = 9
"""Bundles of a part that is enumerated; nine have 21,147 divisions."""
MOST_STEPS = 30_000
"""Divisions begun; a part that needs more is left to the integer programme."""
ROUNDING = 1e-9


def best_partitions(problem: PartitionProblem, n_best: int) -> list[tuple[float, IntArray]] | None:
    """Return the best divisions with their sums of log10 LR, best first; None if it takes too many steps.

    Depth first over restricted growth strings, cut off where even all favourable pairs that are left could not bring a
    division among the best. Of equal ones that with the earlier string comes first.
    """
    n = len(problem)
    weights = problem.weights.toarray()
    gains = np.maximum(np.tril(weights), 0.0).sum(axis=1)
    # What can still be gained once the first i bundles are placed.
    still = [float(gains[i:].sum()) for i in range(n + 1)]
    use = problem.limits.use.toarray()
    room = problem.limits.room
    ages = problem.limits.ages
    barred = problem.limits.cannot.toarray() > 0
    best: list[tuple[float, tuple[int, ...]]] = []
    steps = 0
    label = [0] * n
    groups: list[list[int]] = []

    def fits(i: int, members: list[int]) -> bool:
        together = [*members, i]
        return bool(
            not barred[i, members].any()
            and (use[together].sum(axis=0) <= room).all()
            and not ages[together].any(axis=0).all()
        )

    def place(i: int, value: float) -> bool:
        nonlocal steps
        steps += 1
        if steps > MOST_STEPS:
            return False
        if len(best) == n_best and value + still[i] <= best[0][0] + ROUNDING:
            return True
        if i == n:
            entry = (value, tuple(-g for g in label))
            if len(best) < n_best:
                heapq.heappush(best, entry)
            else:
                heapq.heappushpop(best, entry)
            return True
        options = [(float(weights[i, members].sum()), k) for k, members in enumerate(groups) if fits(i, members)]
        for gain, k in sorted([*options, (0.0, len(groups))], key=lambda option: (-option[0], option[1])):
            label[i] = k
            if k == len(groups):
                groups.append([])
            groups[k].append(i)
            complete = place(i + 1, value + gain)
            groups[k].pop()
            if not groups[k]:
                groups.pop()
            if not complete:
                return False
        return True

    if not place(0, 0.0):
        return None
    return [(value, -np.array(labels, dtype=np.intp)) for value, labels in sorted(best, reverse=True)]
