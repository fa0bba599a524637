"""Candidates worked out again, exactly and by another route: with the sample in the place of the person sought."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from homeward.core.arrays import BoolArray, FloatArray, IntArray
from homeward.genetics.alleles import MISSING
from homeward.genetics.batches import contract_rows
from homeward.genetics.conditioning import observation_log10_probability, population_distribution
from homeward.genetics.merged_rows import draws_afresh
from homeward.genetics.panel import Panel
from homeward.genetics.profiles import Profiles
from homeward.genetics.screening.drafting import ROUNDING
from homeward.genetics.screening.rows import leaves_unseen_alleles_alike, observed, split_rows
from homeward.genetics.screening.shapes import ShapeGroup, Sought, group_by_shape
from homeward.genetics.states import LocusStates, whole_states

PAIRS_AT_ONCE = 4096
"""Pairs that are worked out at one time."""


@dataclass(frozen=True, slots=True, eq=False)
class ConfirmedPairs:
    """Pairs of a sample and a person sought, locus by locus; P pairs, L loci.

    log10_lr: (P, L) float64; 0.0 where the locus tells nothing, -inf where the pair is impossible.
    inconsistent: (P, L) whether the locus cannot be explained without a mutation.
    """

    log10_lr: FloatArray
    inconsistent: BoolArray


def confirm(
    panel: Panel, sought: Sequence[Sought], samples: Profiles, sample: IntArray, member: IntArray
) -> ConfirmedPairs:
    """Return the exact LR of P pairs at every locus.

    Each likelihood is that of the family with the sample's genotype given to the person sought, in double precision; no
    table of the screen is used. The LR is this over the likelihood of the family times that of the sample in the
    population.

    Parameters
    ----------
    panel : Panel
    sought : sequence of Sought
    samples : Profiles
    sample, member : (P,) int arrays
        Positions among the samples and among the people sought.
    """
    whole = whole_states(panel)
    unrelated = observation_log10_probability(population_distribution(whole), whole, samples)
    mutates = np.array([locus.female_mutation.mutates or locus.male_mutation.mutates for locus in panel.loci])
    log10_lr = np.zeros((len(sample), len(panel)))
    inconsistent = np.zeros((len(sample), len(panel)), dtype=bool)
    members, member_of = np.unique(member, return_inverse=True)
    chosen = [sought[int(i)] for i in members]
    for group in group_by_shape(chosen):
        alleles, dropout = observed(group, chosen)
        is_typed = (alleles != MISSING).all(axis=3).any(axis=2)
        alone = _log10_likelihood(panel, whole, group, alleles, dropout, is_typed)
        tells = is_typed | ~leaves_unseen_alleles_alike(panel, group.shape)
        place = np.full(len(members), -1)
        place[group.members] = np.arange(len(group.members))
        pairs = np.flatnonzero(place[member_of] >= 0)
        for start in range(0, len(pairs), PAIRS_AT_ONCE):
            here = pairs[start : start + PAIRS_AT_ONCE]
            row, family = sample[here], place[member_of[here]]
            together, hidden = alleles[family].copy(), dropout[family].copy()
            together[:, :, group.shape.sought] = samples.alleles[row]
            hidden[:, :, group.shape.sought] = samples.dropout[row]
            told = samples.typed[row] & tells[family]
            joint = _log10_likelihood(panel, whole, group, together, hidden, told)
            constant = _log10_likelihood(panel, whole, group, together, hidden, told & mutates, mutation=False)
            lr = np.where(told, joint - alone[family] - unrelated[row], 0.0)
            log10_lr[here] = np.where(np.abs(lr) < ROUNDING, 0.0, lr)
            inconsistent[here] = told & (np.where(mutates, constant, joint) == -np.inf)
    return ConfirmedPairs(log10_lr, inconsistent)


def _log10_likelihood(
    panel: Panel,
    whole: Sequence[LocusStates],
    group: ShapeGroup,
    alleles: IntArray,
    dropout: FloatArray,
    chosen: BoolArray,
    *,
    mutation: bool = True,
) -> FloatArray:
    """Return (m, L) log10 likelihoods of the profiles of m families; 0.0 where not chosen."""
    result = np.zeros(chosen.shape)
    merges = np.array([not mutation or draws_afresh(locus) for locus in panel.loci])
    for rows in split_rows(panel, whole, merges, alleles, dropout, chosen, mutation=mutation):
        for part in contract_rows(group.shape.parents, rows.states, rows.alleles, rows.dropout):
            result[rows.member[part.rows], rows.locus[part.rows]] = part.log10_values
    return result
