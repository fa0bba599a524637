"""Where else a specimen could go, and what that would cost."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from homeward.core.arrays import FloatArray, IntArray
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
    into = indicator(groups)
    gains: FloatArray = (problem.weights @ into).toarray()
    barred = barred_from(problem, groups, np.arange(n))
    present = gains[np.arange(n), groups]
    sizes = np.bincount(groups)
    moves: list[Move | None] = []
    for i in range(n):
        options = []
        if sizes[groups[i]] > 1:
            options.append(Move(i, ALONE, None, ALONE, float(present[i])))
        for k in np.flatnonzero(gains[i] > GAIN):
            if k == groups[i]:
                continue
            if not barred[i, k]:
                options.append(Move(i, int(k), None, ALONE, float(present[i] - gains[i, k])))
            elif (swap := _swap(problem, groups, gains, i, int(k))) is not None:
                options.append(swap)
        moves.append(min(options, key=lambda move: (move.loss, move.to)) if options else None)
    return moves


def _swap(problem: PartitionProblem, groups: IntArray, gains: FloatArray, i: int, k: int) -> Move | None:
    """The move of a bundle into a group in the place of the one that bars it; None if not one bundle bars it."""
    members = np.flatnonzero(groups == k)
    blocking = members[problem.limits.barred(np.full(len(members), i), members)]
    if len(blocking) != 1:
        return None
    j = int(blocking[0])
    if not problem.limits.is_person([i, *members[members != j].tolist()]):
        return None
    pair = float(problem.weights[i, j])
    present = gains[i, groups[i]] + gains[j, k]
    left = np.flatnonzero(groups == groups[i])
    left = left[left != i]
    back = float(gains[j, groups[i]]) - pair
    goes_back = len(left) > 0 and back > 0 and problem.limits.is_person([j, *left.tolist()])
    loss = float(present - (gains[i, k] - pair) - (back if goes_back else 0.0))
    return Move(i, k, j, int(groups[i]) if goes_back else ALONE, loss)


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
