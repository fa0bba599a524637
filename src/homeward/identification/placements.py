"""All ways to place samples in one family, each with its joint LR."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from homeward.genetics.arrays import BoolArray, FloatArray, IntArray
from homeward.genetics.case import Case, Family
from homeward.genetics.conditioning import observation_log10_probability, population_distribution
from homeward.genetics.likelihood import batch_log10_likelihood
from homeward.genetics.profiles import Profiles
from homeward.identification.pairwise import family_states
from homeward.identification.results import PairwiseResult

MOST_PLACEMENTS = 60_000
"""Placements of one family that are worked out in full; above it, excluded pairings are left out first."""

_PLACEMENTS_AT_ONCE = 20_000

_LOCI_LOOKED_AT_FIRST = 5

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
        self.first_missing = first_missing
        self.positions = [m.position for m in family.missing]
        self.same_as = _first_equal(case.samples)
        self.states = family_states(case, family).mutating
        unrelated = population_distribution(self.states)
        self.unrelated = observation_log10_probability(unrelated, self.states, case.samples)
        heterozygosity = [1.0 - float((s.frequencies**2).sum()) for s in self.states]
        self.loci = np.argsort(heterozygosity)[::-1]
        self.alone = self._log10_likelihoods([()], np.arange(len(self.states)))[0]

    def log10_weights(self, placements: Sequence[Placement]) -> FloatArray:
        """(P,): log10 of P(family and samples placed) / (P(family) P(samples unrelated)), with sex evidence.

        Most placements are ruled out by a few loci, so those are looked at first.
        """
        weights = np.array([sum(self.pairwise.sex_log10_lr[s, m] for m, s in p) for p in placements], dtype=np.float64)
        for loci in (self.loci[:_LOCI_LOOKED_AT_FIRST], self.loci[_LOCI_LOOKED_AT_FIRST:]):
            for start in range(0, len(placements), _PLACEMENTS_AT_ONCE):
                part = np.arange(start, min(start + _PLACEMENTS_AT_ONCE, len(placements)))
                part = part[weights[part] > -np.inf]
                if len(part) and len(loci):
                    weights[part] += self._log10_lr([placements[int(i)] for i in part], loci)
        return weights

    def _log10_lr(self, placements: Sequence[Placement], loci: IntArray) -> FloatArray:
        """(P,): joint log10 LR of placements over some loci."""
        together = self._log10_likelihoods(placements, loci)
        apart = np.array([self.unrelated[[s for _, s in p]][:, loci].sum() for p in placements])
        total: FloatArray = together.sum(axis=1) - self.alone[loci].sum() - apart
        return total

    def _log10_likelihoods(self, placements: Sequence[Placement], loci: IntArray) -> FloatArray:
        """(P, L): of the family's profiles with the samples in their places, at some loci.

        At one locus many placements put equal genotypes in the same places: each is worked out once.
        """
        placed = np.full((len(placements), len(self.positions)), len(self.case.samples))
        for row, placement in enumerate(placements):
            for missing, sample in placement:
                placed[row, missing - self.first_missing] = sample
        keys = np.empty((len(placements), len(loci), 1 + len(self.positions)), dtype=np.int32)
        keys[:, :, 0] = loci
        keys[:, :, 1:] = self.same_as[placed][:, :, loci].swapaxes(1, 2)
        distinct, row_of = np.unique(keys.reshape(len(placements) * len(loci), -1), axis=0, return_inverse=True)
        return self._of_rows(distinct[:, 0], distinct[:, 1:])[row_of.ravel()].reshape(len(placements), len(loci))

    def _of_rows(self, locus: IntArray, sample: IntArray) -> FloatArray:
        """(R,): each row is one locus with one sample (or none: the number of samples) at each missing person."""
        alleles = self.family.profiles.alleles.swapaxes(0, 1)[locus]
        dropout = self.family.profiles.dropout.T[locus]
        for column, position in enumerate(self.positions):
            rows = np.flatnonzero(sample[:, column] < len(self.case.samples))
            chosen = (sample[rows, column], locus[rows])
            alleles[rows, position] = self.case.samples.alleles[chosen]
            dropout[rows, position] = self.case.samples.dropout[chosen]
        return batch_log10_likelihood(self.family.pedigree, self.states, locus, alleles, dropout)


def _first_equal(samples: Profiles) -> IntArray:
    """(S + 1, n_loci): the first sample with the same observation at the locus; the last row is nobody."""
    n_samples, n_loci = samples.dropout.shape
    first_equal = np.full((n_samples + 1, n_loci), n_samples, dtype=np.int32)
    for locus in range(n_loci):
        observed = np.column_stack([np.sort(samples.alleles[:, locus], axis=1), samples.dropout[:, locus]])
        _, first, group = np.unique(observed, axis=0, return_index=True, return_inverse=True)
        first_equal[:n_samples, locus] = first[group.ravel()]
    return first_equal
