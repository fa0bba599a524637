"""How far to the right everybody in a drawn pedigree stands.

Each row keeps its order and its gaps; within that, parents are drawn over their children and partners together, by
repeated least squares (pool adjacent violators: Barlow, Bartholomew, Bremner & Brunk 1972).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from homeward.core.arrays import FloatArray
from homeward.reports.pedigree_graph import RowGraph
from homeward.reports.pedigree_order import Rows

N_SWEEPS = 80
"""Up and down passes; positions stop moving visibly after about half of them."""
GAP = 12.0
"""Least free space between two neighbours."""
CHANNEL = 14.0
"""Further space for each line that goes down between two neighbours."""

BESIDE, APART = 0.3, 0.1
"""How strongly partners keep together, and children stay under parents who stand apart; under others: 1."""


@dataclass(frozen=True, slots=True)
class Channel:
    """A line that goes down between two neighbours, or right of the last in a row.

    kind: "drop" from the line between adjacent partners to their children; "alone" from a parent whose partner is
        unknown; "end" of a line to a partner who stands further away; "link" to a partner in a lower row.
    of: union, or for "link" the position of the link in ``RowGraph.links``.
    node: whose side it leaves, or None for "drop".
    """

    kind: str
    of: int
    node: int | None


def find_channels(graph: RowGraph, rows: Rows) -> dict[int, list[Channel]]:
    """Return the lines that go down right of each node, from left to right."""
    leaving_right: dict[int, list[tuple[float, Channel]]] = defaultdict(list)
    leaving_left: dict[int, list[tuple[float, Channel]]] = defaultdict(list)
    drops: dict[int, Channel] = {}
    place = {node: i for row in rows for i, node in enumerate(row)}
    for u, mates in enumerate(graph.mates):
        if mates[0] not in place:
            continue
        left, right = sorted((mates[0], mates[-1]), key=place.__getitem__)
        distance = place[right] - place[left]
        if distance == 0:
            leaving_right[left].append((0.0, Channel("alone", u, left)))
        elif distance == 1:
            drops[left] = Channel("drop", u, None)
        else:
            for node, side in ((left, leaving_right), (right, leaving_left)):
                if node < graph.n_people:
                    side[node].append((distance, Channel("end", u, node)))
    for i, (upper, _) in enumerate(graph.links):
        if upper in place and upper < graph.n_people:
            leaving_right[upper].append((0.5, Channel("link", i, upper)))
    channels: dict[int, list[Channel]] = {}
    for row in rows:
        for node, following in zip(row, [*row[1:], None], strict=True):
            outward = [channel for _, channel in sorted(leaving_right[node], key=lambda item: -item[0])]
            inward = [] if following is None else leaving_left[following]
            middle = [drops[node]] if node in drops else []
            channels[node] = [*outward, *middle, *(channel for _, channel in sorted(inward, key=lambda item: item[0]))]
    return channels


def place_columns(
    graph: RowGraph, rows: Rows, channels: dict[int, list[Channel]], widths: Sequence[float]
) -> dict[int, float]:
    """Return the horizontal centre of every node of one connected part; the leftmost edge is at 0."""
    steps = {
        (a, b): (widths[a] + widths[b]) / 2 + GAP + CHANNEL * len(channels[a]) for row in rows for a, b in pairwise(row)
    }
    x = np.zeros(len(graph.row))
    for row in rows:
        for a, b in pairwise(row):
            x[b] = x[a] + steps[a, b]
    pulls = _Pulls(graph, steps, widths)
    for sweep in range(N_SWEEPS):
        for row in rows if sweep % 2 == 0 else rows[::-1]:
            wanted, weights = zip(*(pulls.on(node, x) for node in row), strict=True)
            offsets = np.cumsum([0.0, *(steps[pair] for pair in pairwise(row))])
            x[row] = _nearest_increasing(np.array(wanted) - offsets, np.array(weights)) + offsets
    left_edge = min(float(x[node]) - widths[node] / 2 for row in rows for node in row)
    return {node: round(float(x[node]) - left_edge, 1) for row in rows for node in row}


class _Pulls:
    """Where each node would like to stand, given where the others are."""

    def __init__(self, graph: RowGraph, steps: dict[tuple[int, int], float], widths: Sequence[float]) -> None:
        self.graph, self.steps, self.widths = graph, steps, widths
        self.unions_of: dict[int, list[int]] = defaultdict(list)
        self.born_to: dict[int, int] = {}
        self.linked: dict[int, list[int]] = defaultdict(list)
        self.beside: dict[int, list[tuple[int, float]]] = defaultdict(list)
        self.apart: set[int] = set()
        for u, mates in enumerate(graph.mates):
            if len(mates) == 2 and mates not in steps and mates[::-1] not in steps:
                self.apart.add(u)
                self.beside[mates[0]].append((mates[1], 0.0))
                self.beside[mates[1]].append((mates[0], 0.0))
            self.born_to.update(dict.fromkeys(graph.offspring[u], u))
            for mate in mates:
                self.unions_of[mate].append(u)
            for a, b in (mates, mates[::-1]) if len(mates) == 2 else ():
                if (a, b) in steps:
                    self.beside[a].append((b, -steps[a, b]))
                    self.beside[b].append((a, steps[a, b]))
        for upper, lower in graph.links:
            self.linked[upper].append(lower)
            self.linked[lower].append(upper)

    def on(self, node: int, x: FloatArray) -> tuple[float, float]:
        """Return the wished position and its weight."""
        here = float(x[node])
        wishes = [(here + self._off_centre(u, x), 1.0) for u in self.unions_of[node] if u not in self.apart]
        if node in self.born_to:
            born_to = self.born_to[node]
            wishes.append((here - self._off_centre(born_to, x), APART if born_to in self.apart else 1.0))
        wishes.extend((float(x[other]), 1.0) for other in self.linked[node])
        wishes.extend((float(x[other]) + step, BESIDE) for other, step in self.beside[node])
        weight = sum(w for _, w in wishes)
        return (sum(wish * w for wish, w in wishes) / weight, weight) if wishes else (here, 0.1)

    def _off_centre(self, u: int, x: FloatArray) -> float:
        """Return how far the children of a union stand to the right of where the line to them begins."""
        return float(np.mean(x[list(self.graph.offspring[u])])) - self._start(u, x)

    def _start(self, u: int, x: FloatArray) -> float:
        """Return the middle of the parents, or of the room between their labels where they stand together."""
        first, last = self.graph.mates[u][0], self.graph.mates[u][-1]
        middle = float(x[first] + x[last]) / 2
        if (first, last) in self.steps:
            return middle + (self.widths[first] - self.widths[last]) / 4
        return middle + (self.widths[last] - self.widths[first]) / 4 if (last, first) in self.steps else middle


def _nearest_increasing(wanted: FloatArray, weights: FloatArray) -> FloatArray:
    """Return the non-decreasing sequence nearest to the wanted one, in weighted least squares."""
    blocks: list[tuple[float, float, int]] = []
    for value, weight in zip(wanted.tolist(), weights.tolist(), strict=True):
        blocks.append((value, weight, 1))
        while len(blocks) > 1 and blocks[-2][0] > blocks[-1][0]:
            (v1, w1, n1), (v2, w2, n2) = blocks[-2:]
            blocks[-2:] = [((v1 * w1 + v2 * w2) / (w1 + w2), w1 + w2, n1 + n2)]
    return np.repeat([value for value, _, _ in blocks], [n for _, _, n in blocks])
