"""Where else a specimen could go, and what that would cost."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from homeward.core.arrays import BoolArray, FloatArray, IntArray
from homeward.osteology.grouping.partition_problem import PartitionProblem
from homeward.osteology.grouping.search import GAIN, barred_from, indicator

ALONE = -1


@dataclass(frozen=True, slots=True)
class Move:
    """The next best place of a bundle, the others staying where they are.

    bundle: which one moves. to: the group it moves to; ``ALONE`` for none.
    displaced: the bundle that has to leave that group for it, None if there is room.
    displaced_to: where that one goes: the group that was left, or ``ALONE``.
    loss: fall of the sum of log10 LR; never below 0 where the division is the best.
    """

    bundle: int
    to: int
    displaced: int | None
    displaced_to: int
    loss: float


def next_places(problem: PartitionProblem, groups: IntArray) -> list[Move | None]:
    """Return the best move of each bundle; None for one that nothing binds to any other.

    A bundle may go to another group, to one where it takes the place of the one bundle that it cannot be with (which
    then takes its place if it can, or stands alone), or stand alone.
    """
    n = len(problem)
    swaps = _Swaps(problem, groups)
    barred = barred_from(problem, groups, np.arange(n))
    moves: list[Move | None] = []
    for i in range(n):
        home, present = groups[i], swaps.gains[i, groups[i]]
        options = []
        if len(swaps.members[home]) > 1:
            options.append(Move(i, ALONE, None, ALONE, float(present)))
        for k in np.flatnonzero(swaps.gains[i] > GAIN).tolist():
            if k == home:
                continue
            if not barred[i, k]:
                options.append(Move(i, k, None, ALONE, float(present - swaps.gains[i, k])))
            elif (swap := swaps.find(i, k)) is not None:
                options.append(swap)
        moves.append(min(options, key=lambda move: (move.loss, move.to)) if options else None)
    return moves


class _Swaps:
    """Looks for moves of a bundle into a group in the place of the one bundle that bars it."""

    def __init__(self, problem: PartitionProblem, groups: IntArray) -> None:
        self.problem = problem
        self.groups = groups
        self.gains: FloatArray = (problem.weights @ indicator(groups)).toarray()
        self.members = [np.flatnonzero(groups == k) for k in range(self.gains.shape[1])]
        self._use = problem.limits.use.toarray().astype(np.int16)
        self._ages = problem.limits.ages
        cannot = problem.limits.cannot
        self._cannot = [
            set(cannot.indices[cannot.indptr[i] : cannot.indptr[i + 1]].tolist()) for i in range(len(problem))
        ]

    def find(self, i: int, k: int) -> Move | None:
        """Return the move of bundle i into group k; None if not exactly one bundle bars it."""
        members = self.members[k]
        blocking = members[self._bars(i, members)]
        if len(blocking) != 1:
            return None
        j = int(blocking[0])
        if not self._fits(i, members[members != j]):
            return None
        left = self.members[self.groups[i]]
        left = left[left != i]
        pair = self._weight(i, j)
        back = float(self.gains[j, self.groups[i]]) - pair
        goes_back = len(left) > 0 and back > 0 and self._fits(j, left)
        present = self.gains[i, self.groups[i]] + self.gains[j, k]
        loss = float(present - (self.gains[i, k] - pair) - (back if goes_back else 0.0))
        return Move(i, k, j, int(self.groups[i]) if goes_back else ALONE, loss)

    def _bars(self, i: int, others: IntArray) -> BoolArray:
        """Which bundles cannot be one person's with bundle i."""
        crowded = (self._use[others] + self._use[i] > self.problem.limits.room).any(axis=1)
        ages = (self._ages[others] | self._ages[i]).all(axis=1)
        excluded = np.array([other in self._cannot[i] for other in others.tolist()], dtype=np.bool_)
        return np.asarray(crowded | ages | excluded)

    def _fits(self, i: int, others: IntArray) -> bool:
        """Whether bundle i can be one person's with bundles that are."""
        rows = np.append(others, i)
        return bool(
            (self._use[rows].sum(axis=0) <= self.problem.limits.room).all()
            and not self._ages[rows].any(axis=0).all()
            and self._cannot[i].isdisjoint(others.tolist())
        )

    def _weight(self, i: int, j: int) -> float:
        """What speaks for a pair."""
        weights = self.problem.weights
        start, end = weights.indptr[i], weights.indptr[i + 1]
        at = np.flatnonzero(weights.indices[start:end] == j)
        return float(weights.data[start + at[0]]) if len(at) else 0.0


def moved(groups: IntArray, move: Move) -> IntArray:
    """Return the division after a move."""
    groups = groups.copy()
    free = int(groups.max()) + 1
    home = groups[move.bundle]
    groups[move.bundle] = free if move.to == ALONE else move.to
    if move.displaced is not None:
        groups[move.displaced] = free if move.displaced_to == ALONE else home
    return groups


def polished(problem: PartitionProblem, groups: IntArray, most_moves: int = 200) -> IntArray:
    """Make moves that gain until there is none, at most so many."""
    for _ in range(most_moves):
        moves = [move for move in next_places(problem, groups) if move is not None]
        best = min(moves, key=lambda move: move.loss, default=None)
        if best is None or best.loss > -GAIN:
            break
        groups = moved(groups, best)
        groups = np.unique(groups, return_inverse=True)[1].astype(np.intp)
    return groups
