"""Placements of a large family, grown one pair at a time."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from homeward.core.arrays import BoolArray, FloatArray, IntArray
from homeward.genetics.case import Case, Family
from homeward.genetics.conditioning import observation_log10_probability, population_distribution
from homeward.genetics.likelihood import batch_log10_likelihood
from homeward.genetics.profiles import Profiles
from homeward.identification.pairwise import family_states
from homeward.identification.results import PairwiseResult

_PLACEMENTS_AT_ONCE = 20_000

_LOCI_LOOKED_AT_FIRST = 5

Placement = tuple[tuple[int, int], ...]
"""Pairs (missing person, sample), both as positions in the case, in order of missing person."""


def grow_placements(
    case: Case, family: Family, first_missing: int, pairwise: PairwiseResult, possible: BoolArray, most: int
) -> tuple[list[Placement], FloatArray, bool]:
    """Return placements, their joint log10 LRs, and whether all possible ones are among them.

    A placement that is impossible is dropped together with all that contain it: more data cannot make it
    possible again.

    Parameters
    ----------
    case, family : Case, Family
    first_missing : int
        Position in the case of the family's first missing person.
    pairwise : PairwiseResult
    possible : (S, m) bool array
        Pairings to try, for the m missing of the family.
    most : int
        With more placements of one size than this, the least likely are dropped.
    """
    members = list(range(first_missing, first_missing + len(family.missing)))
    weights = pairwise.total_log10_lr[:, members] + pairwise.sex_log10_lr[:, members]
    level: list[Placement] = [((first_missing + int(m), int(s)),) for m, s in zip(*np.nonzero(possible.T), strict=True)]
    level_weights = np.array([weights[s, m - first_missing] for ((m, s),) in level])
    placements: list[Placement] = [(), *level]
    all_weights = [np.zeros(1), level_weights]
    scorer, complete = None, True
    while level := _extend(level, possible, first_missing):
        scorer = scorer or _JointScorer(case, family, first_missing, pairwise)
        level_weights = scorer.log10_weights(level)
        kept = np.flatnonzero(level_weights > -np.inf)
        if len(kept) > most:
            kept, complete = kept[np.argsort(-level_weights[kept])[:most]], False
        level, level_weights = [level[i] for i in kept], level_weights[kept]
        placements += level
        all_weights.append(level_weights)
    return placements, np.concatenate(all_weights), complete


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
        dropin = self.family.profiles.dropin.T[locus]
        for column, position in enumerate(self.positions):
            rows = np.flatnonzero(sample[:, column] < len(self.case.samples))
            chosen = (sample[rows, column], locus[rows])
            alleles[rows, position] = self.case.samples.alleles[chosen]
            dropout[rows, position] = self.case.samples.dropout[chosen]
            dropin[rows, position] = self.case.samples.dropin[chosen]
        return batch_log10_likelihood(self.family.pedigree, self.states, locus, alleles, dropout, dropin=dropin)


def _first_equal(samples: Profiles) -> IntArray:
    """(S + 1, n_loci): the first sample with the same observation at the locus; the last row is nobody."""
    n_samples, n_loci = samples.dropout.shape
    first_equal = np.full((n_samples + 1, n_loci), n_samples, dtype=np.int32)
    for locus in range(n_loci):
        alleles = np.sort(samples.alleles[:, locus], axis=1)
        observed = np.column_stack([alleles, samples.dropout[:, locus], samples.dropin[:, locus]])
        _, first, group = np.unique(observed, axis=0, return_index=True, return_inverse=True)
        first_equal[:n_samples, locus] = first[group.ravel()]
    return first_equal
