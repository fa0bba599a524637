"""How good the best assignment is when one family is fixed: the numbers behind GLR and symmetry."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Sequence

import numpy as np

from homeward.core.arrays import FloatArray
from homeward.identification.placements import FamilyPlacements

MOST_QUERIES = 200_000
"""Placements whose best total is worked out; above it, placements of a joint LR below 1e-6 are passed over."""

MOST_NODES = 20_000
"""Branches looked at for one group of families."""


class TooManyCompetingError(Exception):
    """More branches than ``MOST_NODES`` would have to be looked at."""


class BestTotals:
    """The best assignment of all other families, for any placement of one.

    Families are first given their best placement each. Families that want the same sample are joined in a
    group, and a group is solved exactly, as an assignment problem or by branch and bound; groups that still
    want the same sample are joined again. In the end the groups share no sample, so their best solutions
    together are the best of all. An assignment never gets better by a placement of joint LR 1 or less, so
    those are not tried.
    """

    def __init__(self, families: Sequence[FamilyPlacements]) -> None:
        self._families = families
        self._options = [_gaining_options(family) for family in families]
        self._samples = [_union(mask for _, mask in options) for options in self._options]
        self._solved: dict[tuple[tuple[int, ...], int], tuple[float, int]] = {}
        self._groups: list[tuple[tuple[int, ...], float]] = []
        self._group_of_family: dict[int, int] = {}
        self._group_of_sample: dict[int, int] = {}
        try:
            settled = self._settle([(f,) for f in range(len(families))], 0)
        except TooManyCompetingError:
            settled = []
        for group, (members, value, used) in enumerate(settled):
            self._groups.append((members, value))
            self._group_of_family |= dict.fromkeys(members, group)
            self._group_of_sample |= dict.fromkeys(_bits(used), group)
        self.best = sum(value for _, value in self._groups)
        self.n_pairs = len(self._group_of_sample)

    def with_placements(self, family: int) -> FloatArray:
        """Return (P,) natural logs: the best assignment with each placement of a family; NaN if not found."""
        placements = self._families[family]
        many = sum(len(f.placements) for f in self._families) > MOST_QUERIES
        totals = np.full(len(placements.placements), np.nan)
        for i, placement in enumerate(placements.placements):
            if not many or placements.log10_weight[i] >= -6.0 or not placement:
                rest = self._rest(family, _union(1 << s for _, s in placement))
                totals[i] = placements.log10_weight[i] * np.log(10.0) + rest
        return totals

    def _rest(self, family: int, taken: int) -> float:
        """Return the best total of all other families when these samples are taken; NaN if it was not found."""
        if family not in self._group_of_family:
            return np.nan
        touched = {self._group_of_sample[s] for s in _bits(taken) if s in self._group_of_sample}
        touched.add(self._group_of_family[family])
        pending = [tuple(f for f in self._groups[group][0] if f != family) for group in touched]
        try:
            settled = self._settle(pending, taken, touched)
        except TooManyCompetingError:
            return np.nan
        return self.best - sum(self._groups[g][1] for g in touched) + sum(value for _, value, _ in settled)

    def _settle(
        self, pending: list[tuple[int, ...]], taken: int, touched: set[int] | None = None
    ) -> list[tuple[tuple[int, ...], float, int]]:
        """Solve groups and join those that want the same sample, until none do.

        touched: groups of the base solution that are being solved anew; others are drawn in when one of
        their samples is wanted.
        """
        touched = set() if touched is None else touched
        settled: list[tuple[tuple[int, ...], float, int]] = []
        while pending:
            members = pending.pop()
            value, used = self._solve(members, taken)
            drawn_in = {
                self._group_of_sample[s]
                for s in _bits(used)
                if s in self._group_of_sample and self._group_of_sample[s] not in touched
            }
            clashing = [other for other in settled if other[2] & used]
            if not drawn_in and not clashing:
                settled.append((members, value, used))
                continue
            touched |= drawn_in
            settled = [other for other in settled if not other[2] & used]
            joined = {*members, *(f for group in drawn_in for f in self._groups[group][0])}
            joined |= {f for other in clashing for f in other[0]}
            pending.append(tuple(sorted(joined)))
        return settled

    def _solve(self, members: tuple[int, ...], taken: int) -> tuple[float, int]:
        """Return the best total of some families without the samples taken, and the samples it uses."""
        key = (members, taken & _union(self._samples[f] for f in members))
        if key not in self._solved:
            self._solved[key] = _branch_and_bound([self._options[f] for f in members], taken)
        return self._solved[key]


Options = list[tuple[float, int]]
"""Placements of a family as (natural log weight, samples as bits), best first, ending with the empty one."""


def _gaining_options(family: FamilyPlacements) -> Options:
    best: dict[int, float] = {}
    for placement, weight in zip(family.placements, family.log10_weight, strict=True):
        mask = _union(1 << s for _, s in placement)
        if weight > best.get(mask, 0.0):
            best[mask] = float(weight)
    ordered = sorted(((weight * float(np.log(10.0)), mask) for mask, weight in best.items()), reverse=True)
    return [*ordered, (0.0, 0)]


def _branch_and_bound(options: list[Options], taken: int) -> tuple[float, int]:
    """Give each family its best placement; where two want a sample, try leaving it to each of them in turn."""
    if len(options) > 2 and all(mask.bit_count() < 2 for family in options for _, mask in family):
        return _match(options, taken)
    if not options:
        return 0.0, 0
    start = _Node.best_of(options, (taken,) * len(options))
    queue, serial = [(-start.value, 0, start)], 0
    while queue:
        _, _, node = heapq.heappop(queue)
        contested = node.contested_sample()
        if not contested:
            return node.value, _union(mask for _, mask in node.chosen)
        wanting = [i for i, (_, mask) in enumerate(node.chosen) if mask & contested]
        for keeper in wanting:
            forbidden = tuple(
                mask | contested if i in wanting and i != keeper else mask for i, mask in enumerate(node.forbidden)
            )
            serial += 1
            child = _Node.best_of(options, forbidden)
            heapq.heappush(queue, (-child.value, serial, child))
        if serial > MOST_NODES:
            break
    raise TooManyCompetingError


def _match(options: list[Options], taken: int) -> tuple[float, int]:
    """Solve families with one missing person each as an assignment problem (Jonker-Volgenant)."""
    from scipy.optimize import linear_sum_assignment

    samples = sorted({bit for family in options for _, mask in family for bit in _bits(mask & ~taken)})
    column = {sample: j for j, sample in enumerate(samples)}
    gain = np.zeros((len(options), len(samples) + len(options)))
    for row, family in enumerate(options):
        for weight, mask in family:
            for sample in _bits(mask & ~taken):
                gain[row, column[sample]] = weight
    rows, columns = linear_sum_assignment(gain, maximize=True)
    used = _union(1 << samples[j] for i, j in zip(rows, columns, strict=True) if j < len(samples) and gain[i, j] > 0)
    return float(gain[rows, columns].sum()), used


class _Node:
    """A choice of placement for each family, each the best that its forbidden samples allow."""

    __slots__ = ("chosen", "forbidden", "value")

    def __init__(self, chosen: tuple[tuple[float, int], ...], forbidden: tuple[int, ...]) -> None:
        self.chosen = chosen
        self.forbidden = forbidden
        self.value = sum(weight for weight, _ in chosen)

    @classmethod
    def best_of(cls, options: list[Options], forbidden: tuple[int, ...]) -> _Node:
        """Return the node in which every family takes its best placement that is not forbidden."""
        chosen = tuple(
            next(option for option in family if not option[1] & mask)
            for family, mask in zip(options, forbidden, strict=True)
        )
        return cls(chosen, forbidden)

    def contested_sample(self) -> int:
        """Return one sample (as a bit) that two families have chosen, or 0."""
        used = 0
        for _, mask in self.chosen:
            if used & mask:
                return used & mask & -(used & mask)
            used |= mask
        return 0


def _union(masks: Iterable[int]) -> int:
    union = 0
    for mask in masks:
        union |= mask
    return union


def _bits(mask: int) -> list[int]:
    """Return the positions of the bits that are set."""
    positions = []
    while mask:
        low = mask & -mask
        positions.append(low.bit_length() - 1)
        mask ^= low
    return positions
