"""All ways to place samples in one family, each with its joint LR."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from homeward.genetics.arrays import BoolArray, FloatArray
from homeward.genetics.case import Case, Family
from homeward.genetics.conditioning import observation_log10_probability, population_distribution
from homeward.genetics.likelihood import batch_log10_likelihood
from homeward.identification.pairwise import family_states
from homeward.identification.results import PairwiseResult

MOST_PLACEMENTS = 60_000
"""Placements of one family that are worked out in full; above it, excluded pairings are left out first."""

_PLACEMENTS_AT_ONCE = 2_000

Placement = tuple[tuple[int, int], ...]
"""Pairs (missing person, sample), both as positions in the case, in order of missing person."""


@dataclass(frozen=True, slots=True, eq=False)
class FamilyPlacements:
    """Every placement of samples in one family that is possible at all.

    placements: the first is empty (nobody of this family is among the samples).
    log10_weight: (P,) float64, joint LR of the placement against the empty one, DNA and sex evidence.
    complete: False if some placements had to be left out unseen.
    """

    family: str
    placements: tuple[Placement, ...]
    log10_weight: FloatArray
    complete: bool


def place_samples(
    case: Case, family: Family, first_missing: int, pairwise: PairwiseResult, max_inconsistencies: int
) -> FamilyPlacements:
    """Return all placements of samples in a family with their joint LR.

    A placement that is impossible is dropped together with all that contain it: more data cannot make it
    possible again. The number of placements is worked out first; if it is above ``MOST_PLACEMENTS``, pairings
    with more than ``max_inconsistencies`` inconsistent loci are left out, and then the least likely
    placements, and the result is marked as incomplete.

    Parameters
    ----------
    case, family : Case, Family
    first_missing : int
        Position in the case of the family's first missing person.
    pairwise : PairwiseResult
    max_inconsistencies : int
    """
    members = list(range(first_missing, first_missing + len(family.missing)))
    weights = pairwise.total_log10_lr[:, members] + pairwise.sex_log10_lr[:, members]
    possible = pairwise.allowed[:, members] & (weights > -np.inf)
    complete = _is_manageable(possible)
    if not complete:
        possible &= pairwise.n_inconsistent[:, members] <= max_inconsistencies
    level: list[Placement] = [((first_missing + int(m), int(s)),) for m, s in zip(*np.nonzero(possible.T), strict=True)]
    level_weights = np.array([weights[s, m - first_missing] for ((m, s),) in level])
    placements: list[Placement] = [(), *level]
    all_weights = [np.zeros(1), level_weights]
    scorer = None
    while level := _extend(level, possible, first_missing):
        scorer = scorer or _JointScorer(case, family, first_missing, pairwise)
        level_weights = scorer.log10_weights(level)
        kept = np.flatnonzero(level_weights > -np.inf)
        if len(kept) > MOST_PLACEMENTS:
            kept, complete = kept[np.argsort(-level_weights[kept])[:MOST_PLACEMENTS]], False
        level, level_weights = [level[i] for i in kept], level_weights[kept]
        placements += level
        all_weights.append(level_weights)
    return FamilyPlacements(family.id, tuple(placements), np.concatenate(all_weights), complete)


def _is_manageable(possible: BoolArray) -> bool:
    """Say whether there are at most ``MOST_PLACEMENTS`` ways to give each missing person one sample or none."""
    ways = {frozenset[int](): 1}
    for column in possible.T:
        more: dict[frozenset[int], int] = dict(ways)
        for used, n in ways.items():
            for sample in np.flatnonzero(column):
                if sample not in used:
                    key = used | {int(sample)}
                    more[key] = more.get(key, 0) + n
        ways = more
        if sum(ways.values()) > MOST_PLACEMENTS:
            return False
    return True


def _extend(level: Sequence[Placement], possible: BoolArray, first_missing: int) -> list[Placement]:
    """Add one pair to each placement, for a missing person after the last one placed."""
    candidates = [[int(s) for s in np.flatnonzero(column)] for column in possible.T]
    return [
        (*placement, (first_missing + member, sample))
        for placement in level
        for member in range(placement[-1][0] - first_missing + 1, len(candidates))
        for sample in candidates[member]
        if all(sample != used for _, used in placement)
    ]


class _JointScorer:
    """The joint LR of placements of two or more samples in one family."""

    def __init__(self, case: Case, family: Family, first_missing: int, pairwise: PairwiseResult) -> None:
        self.case, self.family, self.pairwise = case, family, pairwise
        self.position = {first_missing + i: m.position for i, m in enumerate(family.missing)}
        self.states = family_states(case, family).mutating
        unrelated = population_distribution(self.states)
        self.unrelated = observation_log10_probability(unrelated, self.states, case.samples)
        self.alone = self._log10_likelihoods([()])[0]

    def log10_weights(self, placements: Sequence[Placement]) -> FloatArray:
        """(P,): log10 of P(family and samples placed) / (P(family) P(samples unrelated)), with sex evidence."""
        parts = [
            self._log10_likelihoods(placements[start : start + _PLACEMENTS_AT_ONCE])
            for start in range(0, len(placements), _PLACEMENTS_AT_ONCE)
        ]
        together = np.concatenate(parts)
        apart = np.array([self.alone + self.unrelated[[s for _, s in p]].sum(axis=0) for p in placements])
        sex = np.array([sum(self.pairwise.sex_log10_lr[s, m] for m, s in p) for p in placements])
        weights: FloatArray = (together - apart).sum(axis=1) + sex
        return weights

    def _log10_likelihoods(self, placements: Sequence[Placement]) -> FloatArray:
        """(P, n_loci): of the family's profiles with the samples in their places."""
        n_loci = len(self.states)
        alleles = np.tile(self.family.profiles.alleles.swapaxes(0, 1), (len(placements), 1, 1, 1))
        dropout = np.tile(self.family.profiles.dropout.T, (len(placements), 1, 1))
        for row, placement in enumerate(placements):
            for missing, sample in placement:
                alleles[row, :, self.position[missing]] = self.case.samples.alleles[sample]
                dropout[row, :, self.position[missing]] = self.case.samples.dropout[sample]
        n_people = len(self.family.pedigree)
        result = batch_log10_likelihood(
            self.family.pedigree,
            self.states,
            np.tile(np.arange(n_loci), len(placements)),
            alleles.reshape(-1, n_people, 2),
            dropout.reshape(-1, n_people),
        )
        return result.reshape(len(placements), n_loci)
