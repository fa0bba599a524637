"""Certainties that cannot all be true, in the smallest sets that show it."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from homeward.core.errors import Problem
from homeward.osteology.grouping.constraints import AGE_CLASSES, Constraints
from homeward.osteology.grouping.evidence import CANNOT, MUST, Evidence
from homeward.osteology.inventory import Inventory

MOST_SETS = 50
"""Sets that are listed; mending these usually mends the others."""


@dataclass(frozen=True, slots=True)
class ConflictSet:
    """Certain findings that contradict each other; without any one of them the rest can be true.

    must: findings that tie specimens together.
    against: the finding that says otherwise, or what a person cannot have, in words.
    """

    must: tuple[Evidence, ...]
    against: Evidence | str


def find_conflicts(inventory: Inventory, constraints: Constraints, evidence: Sequence[Evidence]) -> list[ConflictSet]:
    """Return the minimal sets of certain findings that cannot all be true, at most ``MOST_SETS`` of them.

    The list is empty only if there is no contradiction. Of several chains that tie two specimens together a shortest
    one is shown.
    """
    ties = _Ties(len(inventory), [one for one in evidence if one.log10_lr == MUST])
    found: dict[tuple[frozenset[int], str], ConflictSet] = {}
    for conflict in _conflicts(inventory, constraints, evidence, ties):
        words = conflict.against if isinstance(conflict.against, str) else repr(conflict.against)
        found.setdefault((frozenset(map(id, conflict.must)), words), conflict)
        if len(found) == MOST_SETS:
            break
    return list(found.values())


def conflict_problems(inventory: Inventory, conflicts: Sequence[ConflictSet]) -> list[Problem]:
    """Return conflicts as problems that name every finding of each."""
    return [
        Problem(
            what=f"These cannot all be true: {'; '.join(_words(inventory, one) for one in conflict.must)}; and "
            + (conflict.against if isinstance(conflict.against, str) else _words(inventory, conflict.against))
            + ".",
            where="; ".join(one.where for one in _findings(conflict) if one.where) or "evidence",
            fix="Look at each of them again, and give what is not certain as a number, or take it out.",
        )
        for conflict in conflicts
    ]


def _findings(conflict: ConflictSet) -> list[Evidence]:
    return [*conflict.must, *([] if isinstance(conflict.against, str) else [conflict.against])]


def _words(inventory: Inventory, one: Evidence) -> str:
    verb = "is one person's with" if one.log10_lr == MUST else "is not one person's with"
    return f"{inventory.named(one.a)} {verb} {inventory.named(one.b)} ({one.kind})"


class _Ties:
    """Specimens tied together for certain, as a graph."""

    def __init__(self, n: int, edges: Sequence[Evidence]) -> None:
        self.neighbours: list[list[tuple[int, Evidence]]] = [[] for _ in range(n)]
        for edge in edges:
            self.neighbours[edge.a].append((edge.b, edge))
            self.neighbours[edge.b].append((edge.a, edge))
        self.part = np.full(n, -1, dtype=np.intp)
        for start in range(n):
            if self.part[start] < 0:
                for i in self._reached(start):
                    self.part[i] = start

    def _reached(self, start: int) -> set[int]:
        reached, waiting = {start}, [start]
        while waiting:
            for other, _ in self.neighbours[waiting.pop()]:
                if other not in reached:
                    reached.add(other)
                    waiting.append(other)
        return reached

    def nearest(self, start: int, wanted: Callable[[int], bool], n: int = 1) -> tuple[Evidence, ...]:
        """Return the ties of a tree from a specimen to the n nearest that are wanted; none can be spared."""
        came: dict[int, tuple[int, Evidence]] = {}
        seen, waiting = {start}, deque([start])
        edges: dict[int, Evidence] = {}
        while waiting and n:
            i = waiting.popleft()
            for other, edge in self.neighbours[i]:
                if other in seen or not n:
                    continue
                seen.add(other)
                came[other] = (i, edge)
                waiting.append(other)
                if wanted(other):
                    n -= 1
                    step = other
                    while step != start and id(came[step][1]) not in edges:
                        edges[id(came[step][1])] = came[step][1]
                        step = came[step][0]
        return tuple(edges.values())


def _conflicts(
    inventory: Inventory, constraints: Constraints, evidence: Sequence[Evidence], ties: _Ties
) -> Iterator[ConflictSet]:
    """Go through exclusions, ages and bones that a person has too often, within each set of tied specimens."""
    for one in evidence:
        if one.log10_lr == CANNOT and ties.part[one.a] == ties.part[one.b]:
            yield ConflictSet(ties.nearest(one.a, {one.b}.__contains__), one)
    aged = np.asarray(constraints.ages.any(axis=1))
    for adult in np.flatnonzero(constraints.ages[:, 0]):
        chain = ties.nearest(int(adult), lambda i: bool(constraints.ages[i, 1]))
        # With a further aged specimen on the way, a shorter chain shows the same.
        if chain and sum(aged[i] for i in _ends(chain)) == len(AGE_CLASSES):
            yield ConflictSet(chain, "nobody is adult and subadult")
    use = constraints.use.tocsc()
    for rule, words in enumerate(constraints.rules):
        members = np.sort(use.indices[use.indptr[rule] : use.indptr[rule + 1]])
        room = int(constraints.room[rule])
        parts = ties.part[members]
        for part, n_tied in zip(*np.unique(parts, return_counts=True), strict=True):
            if n_tied > room:
                tied = set(members[parts == part].tolist())
                for start in sorted(tied):
                    yield ConflictSet(ties.nearest(start, tied.__contains__, room), _too_many(words, room))


def _ends(edges: Iterable[Evidence]) -> set[int]:
    return {i for edge in edges for i in (edge.a, edge.b)}


def _too_many(rule: str, room: int) -> str:
    return f"a person has {'only one' if room == 1 else f'at most {room}'}: {rule}"
