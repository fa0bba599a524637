"""Where everybody and every line of a drawn pedigree goes.

Lines run level or upright, in room of their own: they never pass through a person, and lines of different parents
never run along each other. They may cross at right angles.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from homeward.core.arrays import FloatArray
from homeward.genetics.pedigree import Pedigree
from homeward.reports.pedigree_columns import CHANNEL, Channel, find_channels, place_columns
from homeward.reports.pedigree_graph import RowGraph, Union, build_row_graph, find_generations, find_unions
from homeward.reports.pedigree_order import Rows, order_rows

Point = tuple[float, float]
Line = tuple[Point, ...]

HALF_SIZE = 14.0
"""Half the height of a person's symbol."""
SMALL_HALF_SIZE = 7.0
"""The same for somebody who is in the pedigree only to join others."""
MARGIN = 16.0
TRACK = 10.0
"""Vertical distance between two level lines."""
CLEAR = 4.0
"""Least horizontal distance between upright lines of different parents."""
SHELF_WIDTH = 1100.0
"""Connected parts stand side by side up to this width, then below each other."""
BEND_WIDTH = 20.0
MAX_LOW_STUBS = 3
"""Lines that leave one side of a person below the middle; with more, half of them leave above it."""


@dataclass(frozen=True, slots=True, eq=False)
class PlacedUnion:
    """One pair of parents and the lines to each other and to their children.

    line: from one partner's centre to the other's; for a lone parent from the centre to where the descent begins.
    descents: for each child of the union, from a point on ``line`` to the top of the child's symbol.
    """

    union: Union
    line: Line
    descents: tuple[Line, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """A pedigree with places; lengths in pixels, y downwards.

    positions: (n, 2) float64, centres of the symbols.
    half_sizes: (n,) float64, half the height of each symbol.
    generations: row of each person, 0 at the top.
    """

    positions: FloatArray
    half_sizes: FloatArray
    generations: tuple[int, ...]
    unions: tuple[PlacedUnion, ...]
    width: float
    height: float


def is_unnamed(person: str) -> bool:
    """Return whether somebody stands in the pedigree only to join others: the id begins with "("."""
    return person.startswith("(")


def layout_pedigree(pedigree: Pedigree, *, label_sizes: FloatArray | None = None) -> Layout:
    """Return a place for everybody, drawn once, and every line of descent.

    Parameters
    ----------
    pedigree : Pedigree
        Any number of people, loops and connected parts.
    label_sizes : (n, 2) float64 array
        Width and height in pixels to keep free under each symbol; none if not given.
    """
    n = len(pedigree)
    sizes = np.zeros((n, 2)) if label_sizes is None else label_sizes
    half_sizes = np.array([SMALL_HALF_SIZE if is_unnamed(person) else HALF_SIZE for person in pedigree.ids])
    unions = find_unions(pedigree)
    graph = build_row_graph(pedigree, unions, find_generations(pedigree, unions))
    widths = [*np.maximum(2 * half_sizes, sizes[:, 0]).tolist(), *[BEND_WIDTH] * (len(graph.row) - n)]
    rows, channels, x, width = _side_by_side(graph, widths)
    _straighten_bends(graph, x)
    below = [max((sizes[p, 1] for p in row if p < n), default=0.0) for row in rows]
    router = _Router(graph, rows, channels, x, widths, half_sizes)
    y = router.route(unions, below)
    positions = np.array([(x[p], y[graph.row[p]]) for p in range(n)]).reshape(n, 2)
    placed = tuple(router.placed(u, union) for u, union in enumerate(unions))
    height = (y[-1] + HALF_SIZE + below[-1] if rows else 0.0) + MARGIN
    generations = tuple(graph.row[:n])
    return Layout(positions, half_sizes, generations, placed, width=width, height=float(height))


def _side_by_side(
    graph: RowGraph, widths: Sequence[float]
) -> tuple[Rows, dict[int, list[Channel]], dict[int, float], float]:
    """Order and place each connected part and put them beside each other, on as many shelves as needed."""
    rows: Rows = []
    all_channels: dict[int, list[Channel]] = {}
    x: dict[int, float] = {}
    first_row, right_edge, full_width = 0, MARGIN, 2 * MARGIN
    for part in range(1 + max(graph.component, default=-1)):
        own_rows = order_rows(graph, part)
        channels = find_channels(graph, own_rows)
        columns = place_columns(graph, own_rows, channels, widths)
        extent = max(columns[row[-1]] + widths[row[-1]] / 2 + CHANNEL * len(channels[row[-1]]) for row in own_rows)
        if right_edge > MARGIN and right_edge + extent > SHELF_WIDTH:
            first_row, right_edge = len(rows), MARGIN
        rows.extend([] for _ in range(first_row + len(own_rows) - len(rows)))
        for r, row in enumerate(own_rows):
            rows[first_row + r].extend(row)
            for node in row:
                graph.row[node] = first_row + r
                x[node] = columns[node] + right_edge
        all_channels.update(channels)
        right_edge += extent + 2 * MARGIN
        full_width = max(full_width, right_edge - MARGIN)
    return rows, all_channels, x, full_width


def _straighten_bends(graph: RowGraph, x: dict[int, float]) -> None:
    """Move bends a little: into line with what they lead to, or clear of the lines to others in the next row."""
    targets = dict(graph.links)
    limit = BEND_WIDTH / 2 - CLEAR / 2
    for bend in sorted(range(graph.n_people, len(graph.row)), key=lambda node: -graph.row[node]):
        target = targets.get(bend)
        others = [x[n] for n in range(len(graph.row)) if graph.row[n] == graph.row[bend] + 1 and n != target]
        wish = x[bend] if target is None else x[target]
        x[bend] = _clear_place(x[bend] - limit, x[bend] + limit, wish, others)


def _clear_place(low: float, high: float, wish: float, taken: Iterable[float]) -> float:
    """Return the place between low and high that is nearest to the wish and clear of what is taken, if there is one."""
    occupied = np.array(sorted(taken))
    wish = min(max(wish, low), high)
    places = np.unique(np.concatenate([[wish, low, high], np.arange(low, high, 0.5)]))
    room = np.abs(places[:, None] - occupied).min(axis=1) if len(occupied) else np.full(len(places), np.inf)
    clear = places[room >= CLEAR]
    if len(clear):
        return float(clear[np.argmin(np.abs(clear - wish))])
    return float(places[np.argmax(room)])


@dataclass(slots=True)
class _Net:
    """A level line in the room between two rows and the upright lines that meet it."""

    tops: list[float]
    bottoms: dict[int, float]
    track: int = -1
    y: float = 0.0

    @property
    def ends(self) -> tuple[float, float]:
        """Leftmost and rightmost x."""
        xs = [*self.tops, *self.bottoms.values()]
        return min(xs), max(xs)


class _Router:
    """Finds the way of every line, row by row."""

    def __init__(
        self,
        graph: RowGraph,
        rows: Rows,
        channels: dict[int, list[Channel]],
        x: dict[int, float],
        widths: Sequence[float],
        half_sizes: FloatArray,
    ) -> None:
        self.graph, self.rows, self.channels, self.x, self.widths = graph, rows, channels, x, widths
        self.half_sizes = half_sizes
        self.channel_x: dict[Channel, float] = {}
        self.stub_offset: dict[Channel, float] = {}
        self.bars: dict[int, _Net] = {}
        self.drop_x: dict[int, float] = {}
        self.nets: dict[tuple[str, int], _Net] = {}
        self.unions_in: list[list[int]] = [[] for _ in rows]
        self.links_from: list[list[int]] = [[] for _ in rows]
        for u, mates in enumerate(graph.mates):
            self.unions_in[graph.row[mates[0]]].append(u)
        for i, (upper, _) in enumerate(graph.links):
            self.links_from[graph.row[upper]].append(i)

    def route(self, unions: tuple[Union, ...], below: Sequence[float]) -> list[float]:
        """Find every line and return the height of the symbols of each row."""
        y, levels = MARGIN + HALF_SIZE, []
        for r in range(len(self.rows)):
            levels.append(y)
            self._choose_channels(r)
            self._choose_bars(r)
            self._choose_nets(r)
            bars = [self.bars[u] for u in self.unions_in[r] if u in self.bars]
            nets = [self.nets["union", u] for u in self.unions_in[r]]
            nets += [self.nets["link", i] for i in self.links_from[r]]
            y += HALF_SIZE + below[r] + TRACK
            y = _assign_tracks(bars, y, longest_first=False)
            y = _assign_tracks(nets, y, longest_first=True) + TRACK + HALF_SIZE
        self.y = levels
        self.unions = unions
        return levels

    def _bottoms(self, r: int) -> dict[tuple[str, int], list[float]]:
        """Return where the lines of each net arrive in the next row."""
        arrive = {("union", u): [self.x[c] for c in self.graph.offspring[u]] for u in self.unions_in[r]}
        return arrive | {("link", i): [self.x[self.graph.links[i][1]]] for i in self.links_from[r]}

    def _upright(self, r: int) -> list[float]:
        """Return where lines pass upright through a row: at its bends."""
        return [self.x[node] for node in self.rows[r] if node >= self.graph.n_people]

    def _choose_channels(self, r: int) -> None:
        arriving = self._bottoms(r)
        passing = self._upright(r)
        for node, following in zip(self.rows[r], [*self.rows[r][1:], None], strict=True):
            channels = self.channels[node]
            if not channels:
                continue
            left = self.x[node] + self.widths[node] / 2
            if following is None or self.graph.component[following] != self.graph.component[node]:
                right = left + CHANNEL * len(channels)
            else:
                right = self.x[following] - self.widths[following] / 2
            edges = np.linspace(left, right, len(channels) + 1)
            for channel, low, high in zip(channels, edges[:-1], edges[1:], strict=True):
                own = ("link" if channel.kind == "link" else "union", channel.of)
                taken = [x for net, xs in arriving.items() if net != own for x in xs]
                wish = self._wish(channel, arriving[own], (low + high) / 2)
                self.channel_x[channel] = _clear_place(low + CLEAR / 2, high - CLEAR / 2, wish, [*taken, *passing])
        self._choose_stubs(r)

    def _wish(self, channel: Channel, arriving: list[float], middle: float) -> float:
        if channel.kind == "drop":
            mates = self.graph.mates[channel.of]
            return arriving[0] if len(arriving) == 1 else sum(self.x[m] for m in mates) / 2
        return arriving[0] if channel.kind in ("alone", "link") and len(arriving) == 1 else middle

    def _choose_stubs(self, r: int) -> None:
        """Let lines leave a person's side below the middle, the nearest channel lowest."""
        for node, following in zip(self.rows[r], [*self.rows[r][1:], None], strict=True):
            for side in (node, following):
                own = [c for c in self.channels[node] if c.node is not None and c.node == side]
                nearest_first = own if side == node else own[::-1]
                for channel, share in zip(nearest_first, _stub_shares(len(own)), strict=True):
                    self.stub_offset[channel] = share * float(self.half_sizes[node if side == node else following])

    def _choose_bars(self, r: int) -> None:
        """Join partners who do not stand together by a level line under the labels."""
        arriving = self._bottoms(r)
        taken = [self.channel_x[c] for node in self.rows[r] for c in self.channels[node]] + self._upright(r)
        for u in self.unions_in[r]:
            own = [c for node in self.rows[r] for c in self.channels[node] if c.of == u and c.kind != "link"]
            if len(own) == 1 and own[0].kind in ("drop", "alone"):
                self.drop_x[u] = self.channel_x[own[0]]
                continue
            ends = [self.channel_x[c] for c in own]
            ends += [self.x[node] for node in self.graph.mates[u] if node >= self.graph.n_people]
            self.bars[u] = _Net(tops=ends, bottoms={})
            low, high = self.bars[u].ends
            others = [x for net, xs in arriving.items() if net != ("union", u) for x in xs]
            wish = float(np.mean(arriving["union", u]))
            self.drop_x[u] = _clear_place(low, high, wish, [*others, *taken])
            taken.append(self.drop_x[u])

    def _choose_nets(self, r: int) -> None:
        for u in self.unions_in[r]:
            offspring = self.graph.offspring[u]
            self.nets["union", u] = _Net(tops=[self.drop_x[u]], bottoms={c: self.x[c] for c in offspring})
        for i in self.links_from[r]:
            upper, lower = self.graph.links[i]
            channel = Channel("link", i, upper)
            top = self.channel_x[channel] if channel in self.channel_x else self.x[upper]
            self.nets["link", i] = _Net(tops=[top], bottoms={lower: self.x[lower]})

    def placed(self, u: int, union: Union) -> PlacedUnion:
        """Return the lines of one union."""
        mates = self.graph.mates[u]
        level = self.y[self.graph.row[mates[0]]]
        if u in self.bars:
            bar = self.bars[u].y
            start, end = (self._to_bar(u, mate, bar) for mate in (mates[0], mates[-1]))
            line = [*start, *end[::-1]]
            top = bar
        elif len(mates) == 1:
            channel = Channel("alone", u, mates[0])
            top = level + self.stub_offset[channel]
            line = [(self.x[mates[0]], top), (self.drop_x[u], top)]
        else:
            top = level
            line = [*self._arrival(u, mates[0]), *self._arrival(u, mates[1])[::-1]]
        descents = tuple(self._descent(u, child, top) for child in union.children)
        return PlacedUnion(union, _without_repeats(line), descents)

    def _arrival(self, u: int, mate: int) -> list[Point]:
        """Return the way from a partner to their place in the row of the union."""
        here = (self.x[mate], self.y[self.graph.row[mate]])
        return [here] if mate < self.graph.n_people else [*self._climb(u), here]

    def _climb(self, u: int) -> list[Point]:
        """Return the way from the upper partner down to just above the row of the union."""
        chain = self.graph.climb[u]
        first = self.graph.links.index((chain[0], chain[1]))
        channel = Channel("link", first, chain[0])
        level = self.y[self.graph.row[chain[0]]] + self.stub_offset[channel]
        points = [(self.x[chain[0]], level), (self.channel_x[channel], level)]
        for link in pairwise(chain):
            net = self.nets["link", self.graph.links.index(link)]
            points += [(net.tops[0], net.y), (self.x[link[1]], net.y)]
        return points

    def _to_bar(self, u: int, mate: int, bar: float) -> list[Point]:
        """Return the way from a partner to the level line that joins the two."""
        if mate >= self.graph.n_people:
            return [*self._climb(u), (self.x[mate], bar)]
        channel = Channel("end", u, mate)
        level = self.y[self.graph.row[mate]] + self.stub_offset[channel]
        x = self.channel_x[channel]
        return [(self.x[mate], level), (x, level), (x, bar)]

    def _descent(self, u: int, child: int, top: float) -> Line:
        """Return the way from the line between the partners down to one child."""
        chain = self.graph.descent[u, child]
        net = self.nets["union", u]
        points = [(self.drop_x[u], top), (self.drop_x[u], net.y), (self.x[chain[0]], net.y)]
        for link in pairwise(chain):
            net = self.nets["link", self.graph.links.index(link)]
            points += [(self.x[link[0]], net.y), (self.x[link[1]], net.y)]
        points.append((self.x[child], self.y[self.graph.row[child]] - float(self.half_sizes[child])))
        return _without_repeats(points)


def _stub_shares(n: int) -> list[float]:
    """Return where n lines leave a side, as shares of half the symbol's height, lowest first; 0 is the middle."""
    if n <= MAX_LOW_STUBS:
        return np.linspace(0.75, 0.35, n).tolist() if n > 1 else [0.5] * n
    half = n // 2
    return [*np.linspace(0.85, 0.15, n - half).tolist(), *np.linspace(-0.15, -0.85, half).tolist()]


def _assign_tracks(nets: list[_Net], y: float, *, longest_first: bool) -> float:
    """Give every level line a height so that none touch, and return the height below the last."""
    tracks: list[list[tuple[float, float]]] = []
    sign = -1 if longest_first else 1
    for net in sorted(nets, key=lambda n: sign * (n.ends[1] - n.ends[0])):
        low, high = net.ends
        free = (i for i, spans in enumerate(tracks) if all(high + CLEAR < a or low - CLEAR > b for a, b in spans))
        net.track = next(free, len(tracks))
        if net.track == len(tracks):
            tracks.append([])
        tracks[net.track].append((low, high))
        net.y = y + TRACK * net.track
    return y + TRACK * len(tracks)


def _without_repeats(points: Sequence[Point]) -> Line:
    """Return the corners of a line without points that stand still or lie on the way."""
    kept: list[Point] = []
    for point in points:
        if kept and point == kept[-1]:
            continue
        if len(kept) > 1 and (kept[-2][0] == kept[-1][0] == point[0] or kept[-2][1] == kept[-1][1] == point[1]):
            kept.pop()
        kept.append(point)
    return tuple(kept)
