"""The best division of a middling number of specimens, by integer programming.

One variable for each pair with evidence says whether the two share a group. What a division must satisfy is added only
where the present solution offends (Kappes et al. 2011): if every pair of a chain is joined, so are its ends. So two
bundles that cannot be one person's, or more bones than a person has, are never tied together by a chain or a tree of
joined pairs. Any stage of this is a relaxation, so its value is an upper bound even if the work is cut short.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse.csgraph import connected_components, dijkstra

from homeward.core.arrays import FloatArray, IntArray
from homeward.osteology.grouping.partition_problem import PartitionProblem

MOST_PAIRS = 1200
"""Pairs with evidence up to which a part is tried exactly."""
MOST_BUNDLES = 300
MOST_FRACTIONAL, MOST_WHOLE = 25, 25
"""Rounds of adding constraints to the fractional and to the whole-number problem."""
MOST_NODES = 2000
"""Branches of one whole-number problem. A count and not a time, so that a result does not depend on the machine."""
MOST_CUTS = 400
"""Constraints added in one round."""
TOLERANCE = 1e-6


@dataclass(frozen=True, slots=True, eq=False)
class Optimum:
    """What was found.

    upper_bound: no division has a larger sum of log10 LR.
    groups: a division that reaches it, or None if the work was cut short.
    """

    upper_bound: float
    groups: IntArray | None


def solve_exactly(problem: PartitionProblem) -> Optimum | None:
    """Return the best division, or a bound of it; None if the problem is too large to begin."""
    if len(problem) > MOST_BUNDLES or problem.weights.nnz // 2 > MOST_PAIRS:
        return None
    if not problem.weights.nnz:
        return Optimum(0.0, np.arange(len(problem), dtype=np.intp))
    programme = _Programme(problem)
    bound = np.inf
    for _ in range(MOST_FRACTIONAL):
        values, bound_now = programme.solve(whole=False)
        bound = min(bound, bound_now)
        if not programme.add_cuts(values):
            break
    for _ in range(MOST_WHOLE):
        values, bound_now = programme.solve(whole=True)
        bound = min(bound, bound_now)
        groups = programme.groups(values)
        if problem.allows(groups) and problem.value(groups) >= bound - TOLERANCE:
            return Optimum(problem.value(groups), groups)
        if not programme.add_cuts(values):
            break
    return Optimum(bound, None)


@dataclass(slots=True)
class _Programme:
    """The relaxation so far: maximise gains @ x with 0 <= x <= 1 and the rows added."""

    problem: PartitionProblem
    first: IntArray = field(init=False)
    second: IntArray = field(init=False)
    gains: FloatArray = field(init=False)
    number: dict[tuple[int, int], int] = field(init=False)
    partners: IntArray = field(init=False)
    rows: list[tuple[list[int], list[float], float]] = field(default_factory=list)
    known: set[tuple[int, ...]] = field(default_factory=set)

    def __post_init__(self) -> None:
        pairs = sparse.triu(self.problem.weights).tocoo()
        self.first, self.second, self.gains = pairs.row.astype(np.intp), pairs.col.astype(np.intp), pairs.data
        self.number = {(int(a), int(b)): e for e, (a, b) in enumerate(zip(self.first, self.second, strict=True))}
        n = len(self.problem)
        a, b = np.triu_indices(n, 1)
        barred = self.problem.limits.barred(a, b)
        against = [(int(i), int(j)) for i, j in zip(a[barred], b[barred], strict=True)]
        against += [pair for pair, e in self.number.items() if self.gains[e] < 0]
        self.partners = np.array(against, dtype=np.intp).reshape(-1, 2)
        self._one_of_each_clique()

    def _one_of_each_clique(self) -> None:
        """A bundle shares its group with at most one of a set of which no two are one person's."""
        for members in self.problem.limits.cliques():
            inside = set(members.tolist())
            for i in range(len(self.problem)):
                row = self.problem.weights[[i]].tocoo()
                edges = [
                    self.number[min(i, int(j)), max(i, int(j))]
                    for j, gain in zip(row.col, row.data, strict=True)
                    if gain > 0 and int(j) in inside
                ]
                if len(edges) > 1 and i not in inside:
                    self.rows.append((edges, [1.0] * len(edges), 1.0))

    def solve(self, *, whole: bool) -> tuple[FloatArray, float]:
        """Return the solution of the problem so far and an upper bound of its value."""
        n_pairs = len(self.gains)
        columns = [e for edges, _, _ in self.rows for e in edges]
        values = [value for _, row, _ in self.rows for value in row]
        at = np.repeat(np.arange(len(self.rows)), [len(edges) for edges, _, _ in self.rows])
        table = sparse.csr_array((values, (at, columns)), shape=(len(self.rows), n_pairs))
        limits = LinearConstraint(table, -np.inf, np.array([limit for _, _, limit in self.rows]))
        done = milp(
            -self.gains,
            integrality=np.full(n_pairs, int(whole)),
            bounds=Bounds(0, 1),
            constraints=limits if self.rows else (),
            options={"node_limit": MOST_NODES, "mip_rel_gap": 0.0} if whole else {},
        )
        if done.x is None:
            return np.zeros(n_pairs), np.inf
        bound = done.fun if done.mip_dual_bound is None else done.mip_dual_bound
        return np.clip(done.x, 0.0, 1.0), -float(bound)

    def groups(self, values: FloatArray) -> IntArray:
        """Return the bundles that are tied together by favourable pairs that are joined."""
        n = len(self.problem)
        joined = (values > 0.5) & (self.gains > 0)
        graph = sparse.csr_array((np.ones(int(joined.sum())), (self.first[joined], self.second[joined])), shape=(n, n))
        return np.asarray(connected_components(graph, directed=False)[1], dtype=np.intp)

    def add_cuts(self, values: FloatArray) -> bool:
        """Add constraints that the solution offends; return whether there were any."""
        n = len(self.problem)
        favourable = self.gains > 0
        # How far a pair is from being joined; a length of nought would be read as no edge.
        lengths = np.maximum(1.0 - values[favourable], 1e-9)
        graph = sparse.csr_array((lengths, (self.first[favourable], self.second[favourable])), shape=(n, n))
        distance, before = dijkstra(graph, directed=False, return_predecessors=True)
        a, b = self.partners.T
        own = np.array([values[self.number[i, j]] if (i, j) in self.number else 0.0 for i, j in self.partners.tolist()])
        lack = 1.0 - own - distance[a, b]
        offended = np.flatnonzero(lack > TOLERANCE)
        offended = offended[np.argsort(-lack[offended], kind="stable")][:MOST_CUTS]
        added = [self._add_chain(int(a[k]), int(b[k]), before) for k in offended]
        return any([*added, *self._crowds(values, before)])

    def _path(self, start: int, end: int, before: IntArray) -> list[int]:
        edges = []
        while end != start:
            step = int(before[start, end])
            edges.append(self.number[min(step, end), max(step, end)])
            end = step
        return edges

    def _add_chain(self, start: int, end: int, before: IntArray) -> bool:
        """If all pairs of a chain are joined, so are its ends."""
        edges = self._path(start, end, before)
        own = self.number.get((min(start, end), max(start, end)))
        if own is not None and self.gains[own] < 0:
            return self._add([*edges, own], [1.0] * len(edges) + [-1.0], len(edges) - 1.0)
        return self._add(edges, [1.0] * len(edges), len(edges) - 1.0)

    def _crowds(self, values: FloatArray, before: IntArray) -> list[bool]:
        """Sets of joined bundles that together have too many of some bone, which no two of them show."""
        groups = self.groups(values)
        added = []
        for group in np.unique(groups):
            members = np.flatnonzero(groups == group)
            if self.problem.limits.is_person(members):
                continue
            use = self.problem.limits.use[members].toarray()
            for rule in np.flatnonzero(use.sum(axis=0) > self.problem.limits.room):
                ranked = members[np.argsort(-use[:, rule], kind="stable")]
                amounts = np.cumsum(np.sort(use[:, rule])[::-1])
                chosen = ranked[: int(np.searchsorted(amounts, self.problem.limits.room[rule], side="right")) + 1]
                edges = {e for end in chosen[1:] for e in self._path(int(chosen[0]), int(end), before)}
                added.append(self._add(sorted(edges), [1.0] * len(edges), len(edges) - 1.0))
        return added

    def _add(self, edges: list[int], values: list[float], limit: float) -> bool:
        """Add a row unless it is there already."""
        key = (*sorted(edges), len(edges))
        if key in self.known:
            return False
        self.known.add(key)
        self.rows.append((edges, values, limit))
        return True
