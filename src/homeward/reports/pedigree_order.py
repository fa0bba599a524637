"""Who stands beside whom in each row of a drawn pedigree, with few crossing lines.

First walks through the family that keep partners and sibs together (one from every founder), then, where lines still
cross or partners stand apart, small moves within the rows as long as they help.
"""

from __future__ import annotations

from bisect import bisect_right, insort
from collections import defaultdict
from collections.abc import Iterator

from homeward.reports.pedigree_graph import RowGraph

Rows = list[list[int]]

MAX_TRIALS = 20_000
"""Moves tried at most: a family of 60 with many loops is ordered in about a second."""
LONGEST_SEGMENT = 4
"""People moved together at most."""
APART_COST = 2
"""What a person standing between two partners costs, where a crossing costs 1."""


def order_rows(graph: RowGraph, component: int) -> Rows:
    """Return the nodes of one connected part, row by row, from left to right."""
    walk = _Walk(graph)
    nodes = [node for node in range(len(graph.row)) if graph.component[node] == component]
    n_rows = 1 + max(graph.row[node] for node in nodes)
    cost = _Cost(graph)
    founders = [node for node in nodes if node < graph.n_people and node not in walk.above]
    candidates = [walk.rows_from(start, n_rows, reverse=reverse) for start in founders for reverse in (False, True)]
    best = min(candidates, key=cost.total)
    return best if cost.total(best) == 0 else _improved(best, cost)


class _Walk:
    """Walks through a family and puts everybody down where they are met."""

    def __init__(self, graph: RowGraph) -> None:
        self.graph = graph
        self.unions_of: dict[int, list[int]] = defaultdict(list)
        self.below: dict[int, list[int]] = defaultdict(list)
        self.above: dict[int, int] = {}
        for u, mates in enumerate(graph.mates):
            for mate in mates:
                self.unions_of[mate].append(u)
            self.above.update(dict.fromkeys(graph.offspring[u], mates[0]))
        for upper, lower in graph.links:
            self.below[upper].append(lower)
            self.above[lower] = upper

    def rows_from(self, start: int, n_rows: int, *, reverse: bool) -> Rows:
        """Return the rows met on a walk from one founder; ``reverse`` visits children in reverse order."""
        self.rows: Rows = [[] for _ in range(n_rows)]
        self.placed: set[int] = set()
        self.reverse = reverse
        self._visit(start)
        return self.rows

    def _visit(self, node: int) -> None:
        if node in self.placed:
            return
        self.placed.add(node)
        cluster = self._cluster(node)
        self.rows[self.graph.row[node]].extend(cluster)
        for child in self._children_of(cluster):
            self._visit(child)
        for member in cluster:
            if member in self.above:
                self._visit(self.above[member])

    def _cluster(self, node: int) -> list[int]:
        """Return a node with its partners, their partners and so on, in a line; one goes left if there are several."""
        arms = []
        for mate in self._mates(node):
            if mate not in self.placed:
                self.placed.add(mate)
                arms.append(self._arm(mate))
        left = arms[0][::-1] if len(arms) > 1 else []
        return [*left, node, *(member for arm in arms[bool(left) :] for member in arm)]

    def _arm(self, node: int) -> list[int]:
        arm = [node]
        for mate in self._mates(node):
            if mate not in self.placed:
                self.placed.add(mate)
                arm.extend(self._arm(mate))
        return arm

    def _mates(self, node: int) -> list[int]:
        return [mate for u in self.unions_of[node] for mate in self.graph.mates[u] if mate != node]

    def _children_of(self, cluster: list[int]) -> list[int]:
        """Return what hangs below, each once; those who lead to other families come last."""
        found: dict[int, None] = {}
        for member in cluster:
            for u in self.unions_of[member]:
                offspring = self.graph.offspring[u]
                ordered = offspring[::-1] if self.reverse else offspring
                found.update(dict.fromkeys(sorted(ordered, key=self._leads_elsewhere)))
            found.update(dict.fromkeys(self.below[member]))
        return list(found)

    def _leads_elsewhere(self, node: int) -> bool:
        return any(mate in self.above and mate not in self.placed for mate in self._mates(node))


class _Cost:
    """Counts crossings between neighbouring rows and people who stand between partners."""

    def __init__(self, graph: RowGraph) -> None:
        self.graph = graph
        self.unions_in: dict[tuple[int, int], list[int]] = defaultdict(list)
        self.links_from: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
        for u, mates in enumerate(graph.mates):
            self.unions_in[graph.component[mates[0]], graph.row[mates[0]]].append(u)
        for upper, lower in graph.links:
            self.links_from[graph.component[upper], graph.row[upper]].append((upper, lower))

    def total(self, rows: Rows) -> int:
        """Return the cost of everything."""
        return sum(self.row(rows, r) + self.gap(rows, r) for r in range(len(rows)))

    def around(self, rows: Rows, r: int) -> int:
        """Return the cost that depends on the order of one row."""
        return self.row(rows, r) + self.gap(rows, r) + (self.gap(rows, r - 1) if r else 0)

    def row(self, rows: Rows, r: int) -> int:
        """Return what people between partners cost in one row."""
        place = {node: i for i, node in enumerate(rows[r])}
        total = 0
        for u in self.unions_in[self._key(rows, r)]:
            mates = self.graph.mates[u]
            between = abs(place[mates[0]] - place[mates[-1]]) - 1
            total += APART_COST * between + 1 if between > 0 else 0
        return total

    def gap(self, rows: Rows, r: int) -> int:
        """Return the number of crossings between a row and the next."""
        if r + 1 >= len(rows):
            return 0
        top = {node: 2 * i for i, node in enumerate(rows[r])}
        bottom = {node: i for i, node in enumerate(rows[r + 1])}
        key = self._key(rows, r)
        edges = [(top[upper], bottom[lower]) for upper, lower in self.links_from[key]]
        for u in self.unions_in[key]:
            mates = self.graph.mates[u]
            middle = (top[mates[0]] + top[mates[-1]]) // 2
            edges.extend((middle, bottom[child]) for child in self.graph.offspring[u])
        edges.sort()
        seen: list[int] = []
        crossings = 0
        for _, low in edges:
            crossings += len(seen) - bisect_right(seen, low)
            insort(seen, low)
        return crossings

    def _key(self, rows: Rows, r: int) -> tuple[int, int]:
        return self.graph.component[rows[r][0]], r


def _improved(rows: Rows, cost: _Cost) -> Rows:
    """Return the rows after every small move that helps, or when enough has been tried."""
    rows = [list(row) for row in rows]
    n_trials = 0
    improved = True
    while improved and n_trials < MAX_TRIALS:
        improved = False
        for r in range(len(rows)):
            before = cost.around(rows, r)
            for trial in _moves(rows[r]):
                n_trials += 1
                kept, rows[r] = rows[r], trial
                if cost.around(rows, r) < before:
                    improved = True
                    break
                rows[r] = kept
    return rows


def _moves(row: list[int]) -> Iterator[list[int]]:
    """Give every order that moves or turns round a few neighbours."""
    for length in range(1, min(LONGEST_SEGMENT, len(row)) + 1):
        for start in range(len(row) - length + 1):
            segment, rest = row[start : start + length], row[:start] + row[start + length :]
            for place in range(len(rest) + 1):
                yield [*rest[:place], *segment, *rest[place:]]
                if length > 1:
                    yield [*rest[:place], *segment[::-1], *rest[place:]]
