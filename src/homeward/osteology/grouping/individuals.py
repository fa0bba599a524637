"""Specimens and evidence turned into individuals."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from homeward.core.arrays import IntArray
from homeward.core.errors import InputError
from homeward.core.progress import Progress, no_progress
from homeward.osteology.grouping.alternatives import ALONE, Move, next_places, polished
from homeward.osteology.grouping.bounds import matching_bound
from homeward.osteology.grouping.conflicts import conflict_problems, find_conflicts
from homeward.osteology.grouping.constraints import Constraints, constraints_of
from homeward.osteology.grouping.enumeration import MOST_ENUMERATED, best_partitions
from homeward.osteology.grouping.evidence import CANNOT, Evidence, evidence_problems
from homeward.osteology.grouping.integer_programme import solve_exactly
from homeward.osteology.grouping.partition_problem import (
    PartitionProblem,
    bundles_of,
    partition_problem,
    separated,
)
from homeward.osteology.grouping.search import search
from homeward.osteology.inventory import Inventory
from homeward.osteology.minimum_numbers import MinimumNumber, minimum_number

EXACT_WITHIN = 1e-6
"""A division this near to its bound is the best one, but for rounding."""
UNCERTAIN = 1.0
"""A specimen whose next best place costs less than this (log10) is uncertain: not ten to one speak for its place."""
N_STARTS = 4
N_ALTERNATIVES = 5


class Method(StrEnum):
    """How a part was divided."""

    ENUMERATED = "enumerated"
    INTEGER_PROGRAMME = "integer programme"
    SEARCH = "search"


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another division of one part.

    groups: its groups as specimens. loss: how much smaller its sum of log10 LR is.
    """

    groups: tuple[tuple[int, ...], ...]
    loss: float


@dataclass(frozen=True, slots=True)
class Part:
    """Specimens that evidence for one person connects, directly or through others.

    log10_lr: sum within the groups chosen. upper_bound: no division has more.
    alternatives: the next best divisions if it was enumerated; else none are listed, and ``Place`` says what can be
    changed.
    """

    specimens: tuple[int, ...]
    method: Method
    log10_lr: float
    upper_bound: float
    alternatives: tuple[Alternative, ...]

    @property
    def is_exact(self) -> bool:
        """Whether no division can be better."""
        return self.upper_bound - self.log10_lr <= EXACT_WITHIN


@dataclass(frozen=True, slots=True)
class Place:
    """The next best place of a specimen, all others staying where they are.

    with_specimens: with whom it would be; empty if alone.
    moving: specimens tied to it for certain, which move with it.
    displaced: specimens that would have to leave for it.
    loss: fall of the sum of log10 LR.
    """

    specimen: int
    with_specimens: tuple[int, ...]
    moving: tuple[int, ...]
    displaced: tuple[int, ...]
    loss: float

    @property
    def is_uncertain(self) -> bool:
        """Whether little speaks against it."""
        return self.loss < UNCERTAIN


@dataclass(frozen=True, slots=True, eq=False)
class Grouping:
    """Specimens divided into groups that could each be one person.

    groups: specimens of each group, larger ones first; a specimen by itself is a group of one.
    log10_lr: sum over the pairs with evidence within groups. upper_bound: no division has more.
    minimum: the MNI of the inventory, a lower bound of the number of people whatever the evidence.
    places: next best place of each specimen that has evidence; None for the others.
    not_followed: findings that the division goes against: for one person but in two groups, or the reverse.
    """

    inventory: Inventory
    evidence: tuple[Evidence, ...]
    groups: tuple[tuple[int, ...], ...]
    log10_lr: float
    upper_bound: float
    parts: tuple[Part, ...]
    minimum: MinimumNumber
    places: tuple[Place | None, ...]
    not_followed: tuple[Evidence, ...]

    @property
    def is_exact(self) -> bool:
        """Whether no division can be better."""
        return all(part.is_exact for part in self.parts)

    @property
    def n_individuals(self) -> int:
        """Groups of two or more specimens."""
        return sum(len(group) > 1 for group in self.groups)

    @property
    def n_single(self) -> int:
        """Specimens that were put with no other."""
        return sum(len(group) == 1 for group in self.groups)

    def group_of(self) -> IntArray:
        """Return (n,) the position in ``groups`` of the group of each specimen."""
        found = np.empty(len(self.inventory), dtype=np.intp)
        for k, group in enumerate(self.groups):
            found[list(group)] = k
        return found


def group_specimens(
    inventory: Inventory,
    evidence: Sequence[Evidence],
    *,
    prior_log10_odds: float = 0.0,
    seed: int = 1,
    progress: Progress = no_progress,
) -> Grouping:
    """Divide specimens into groups so that the sum of log10 LR within groups is largest.

    Each group could be one person: no zone of a bone twice on one side, no adult with a subadult, nothing that is
    excluded, and whatever is certain to be one person's together. Findings about one pair add up, so they must be
    independent.

    Parameters
    ----------
    inventory : Inventory
        The bones.
    evidence : sequence of Evidence
        Findings about pairs of them.
    prior_log10_odds : float
        Added once to each pair that has uncertain evidence: log10 of the odds that two such bones are one person's
        before the evidence; log10(1/(N-1)) for pairs out of N people. 0 weighs the evidence alone.
    seed : int
        Of the searches in large parts; the same seed gives the same result.
    progress : Progress
        Told about each part.

    Raises
    ------
    InputError
        Findings that are about one specimen or are not a number; certain findings that cannot all be true, in minimal
        sets.
    """
    problems = evidence_problems(inventory, evidence)
    if problems:
        raise InputError(*problems)
    specimen_limits = constraints_of(inventory, [(one.a, one.b) for one in evidence if one.log10_lr == CANNOT])
    conflicts = find_conflicts(inventory, specimen_limits, evidence)
    if conflicts:
        raise InputError(*conflict_problems(inventory, conflicts))
    bundle_of = bundles_of(len(inventory), evidence)
    n_bundles = int(bundle_of.max(initial=-1)) + 1
    problem = _problem(specimen_limits.bundled(bundle_of, n_bundles), bundle_of, evidence, prior_log10_odds)
    members = _members(bundle_of, n_bundles)

    label = np.arange(n_bundles, dtype=np.intp)
    places: list[Place | None] = [None] * len(inventory)
    parts = []
    connected = [rows for rows in problem.parts() if len(rows) > 1]
    for done, rows in enumerate(connected):
        progress("Dividing", done, len(connected))
        part = problem.part(rows)
        chosen, found = _divide(part, rows, members, np.random.default_rng(seed))
        label[rows] = rows[_first_members(chosen)]
        parts.append(found)
        for move in next_places(part, chosen):
            if move is not None:
                _note(places, move, rows, chosen, members)
    groups = _groups(label[bundle_of])
    group_of = np.empty(len(inventory), dtype=np.intp)
    for k, group in enumerate(groups):
        group_of[list(group)] = k
    return Grouping(
        inventory=inventory,
        evidence=tuple(evidence),
        groups=groups,
        log10_lr=math.fsum(part.log10_lr for part in parts),
        upper_bound=math.fsum(part.upper_bound for part in parts),
        parts=tuple(parts),
        minimum=minimum_number(inventory),
        places=tuple(places),
        not_followed=tuple(
            one
            for one in evidence
            if not one.is_certain and one.log10_lr != 0 and (group_of[one.a] == group_of[one.b]) != (one.log10_lr > 0)
        ),
    )


def _problem(
    limits: Constraints, bundle_of: IntArray, evidence: Sequence[Evidence], prior_log10_odds: float
) -> PartitionProblem:
    """The problem of the bundles, with the prior taken once for each pair of specimens."""
    summed: dict[tuple[int, int], float] = {}
    for one in evidence:
        if not one.is_certain:
            pair = (min(one.a, one.b), max(one.a, one.b))
            summed[pair] = summed.get(pair, prior_log10_odds) + one.log10_lr
    pairs = np.array(list(summed), dtype=np.intp).reshape(-1, 2)
    values = np.fromiter(summed.values(), np.float64, len(summed))
    return partition_problem(limits, bundle_of, pairs[:, 0], pairs[:, 1], values)


def _divide(
    problem: PartitionProblem, rows: IntArray, members: Sequence[tuple[int, ...]], rng: np.random.Generator
) -> tuple[IntArray, Part]:
    """Divide one part, exactly if it is small enough."""
    specimens = tuple(sorted(i for row in rows for i in members[row]))
    if len(problem) <= MOST_ENUMERATED:
        best = best_partitions(problem, 1 + N_ALTERNATIVES)
        if best is not None:
            value, groups = best[0][0], separated(problem, best[0][1])
            chosen = _groups_of_bundles(groups, rows, members)
            divisions = [(value - lower, _groups_of_bundles(other, rows, members)) for lower, other in best]
            others = [Alternative(division, loss) for loss, division in divisions if division != chosen]
            return groups, Part(specimens, Method.ENUMERATED, value, value, tuple(others[:N_ALTERNATIVES]))
    groups = polished(problem, search(problem, rng, n_starts=N_STARTS))
    value, bound = problem.value(groups), matching_bound(problem)
    method = Method.SEARCH
    if bound - value > EXACT_WITHIN:
        optimum = solve_exactly(problem)
        if optimum is not None:
            bound = min(bound, optimum.upper_bound)
            if optimum.groups is not None:
                method = Method.INTEGER_PROGRAMME
                if problem.value(optimum.groups) > value + EXACT_WITHIN:
                    groups, value = optimum.groups, problem.value(optimum.groups)
    return separated(problem, groups), Part(specimens, method, value, max(bound, value), ())


def _note(
    places: list[Place | None], move: Move, rows: IntArray, chosen: IntArray, members: Sequence[tuple[int, ...]]
) -> None:
    """Write a move of a bundle down for each of its specimens."""
    moving = members[rows[move.bundle]]
    staying = [] if move.to == ALONE else [b for b in np.flatnonzero(chosen == move.to) if b != move.displaced]
    beside = tuple(sorted(i for b in staying for i in members[rows[b]]))
    displaced = () if move.displaced is None else members[rows[move.displaced]]
    for i in moving:
        places[i] = Place(i, beside, tuple(j for j in moving if j != i), displaced, move.loss)


def _members(bundle_of: IntArray, n_bundles: int) -> list[tuple[int, ...]]:
    members: list[list[int]] = [[] for _ in range(n_bundles)]
    for i, bundle in enumerate(bundle_of):
        members[bundle].append(i)
    return [tuple(one) for one in members]


def _first_members(groups: IntArray) -> IntArray:
    """For each bundle the first bundle of its group."""
    _, first, number = np.unique(groups, return_index=True, return_inverse=True)
    return np.asarray(first[number], dtype=np.intp)


def _groups(label: IntArray) -> tuple[tuple[int, ...], ...]:
    """The specimens of each label, larger groups first, then in the order of the inventory."""
    found: dict[int, list[int]] = {}
    for i, one in enumerate(label):
        found.setdefault(int(one), []).append(i)
    return tuple(sorted((tuple(group) for group in found.values()), key=lambda group: (-len(group), group)))


def _groups_of_bundles(
    groups: IntArray, rows: IntArray, members: Sequence[tuple[int, ...]]
) -> tuple[tuple[int, ...], ...]:
    specimens: dict[int, list[int]] = {}
    for bundle, group in enumerate(groups):
        specimens.setdefault(int(group), []).extend(members[rows[bundle]])
    return tuple(sorted((tuple(sorted(one)) for one in specimens.values()), key=lambda one: (-len(one), one)))
