"""Two samples of one person: whether a sample and another profile come from the same source."""

from __future__ import annotations

import numpy as np

from homeward.core.arrays import FloatArray, IntArray
from homeward.genetics.merged_rows import MergedRows, merge_unseen
from homeward.genetics.observations import observation_phases, plainly_observed
from homeward.genetics.panel import Panel
from homeward.genetics.profiles import Profiles
from homeward.genetics.screening.confirmation import ConfirmedPairs
from homeward.genetics.screening.drafting import ROUNDING, TableDraft
from homeward.genetics.screening.tables import ConditionedTables


def condition_on_identity(panel: Panel, profiles: Profiles) -> ConditionedTables:
    """Return what M profiles say of the genotype of the person that they come from.

    H1: a sample comes from the same person. H2: it comes from somebody unrelated. Dropout of the profile is
    allowed for: a single allele with d > 0 may hide another.
    """
    draft = TableDraft(panel, len(profiles))
    draft.compared[:] = profiles.typed
    member, locus = np.nonzero(profiles.typed)
    alleles, dropout = profiles.alleles[member, locus], profiles.dropout[member, locus]
    states = merge_unseen(panel, locus, alleles[:, None], mutation=False)
    draft.set_states(member, locus, states.n_states, states.state_of)
    filling = draft.begin()
    if len(member):
        likelihood = _genotype_likelihood(states, alleles, dropout)
        joint = likelihood * states.frequencies[:, :, None] * states.frequencies[:, None, :]
        filling.put(member, locus, joint, states.frequencies)
    return filling.tables


def confirm_identity(
    panel: Panel, samples: Profiles, others: Profiles, sample: IntArray, other: IntArray
) -> ConfirmedPairs:
    """Return the exact LR of P pairs of a sample and another profile at every locus, in double precision.

    LR = sum over g of P(a | g) P(b | g) P(g), over P(a) P(b); without dropout 1 / P(g) if both are g, else 0. An
    inconsistent locus is one at which no genotype explains both.

    Parameters
    ----------
    panel : Panel
    samples, others : Profiles
    sample, other : (P,) int arrays
        Positions of each pair.
    """
    log10_lr = np.zeros((len(sample), len(panel)))
    pair, locus = np.nonzero(samples.typed[sample] & others.typed[other])
    if len(pair):
        row, second = sample[pair], other[pair]
        alleles = np.stack([samples.alleles[row, locus], others.alleles[second, locus]], axis=1)
        states = merge_unseen(panel, locus, alleles, mutation=False)
        first_likelihood = _genotype_likelihood(states, alleles[:, 0], samples.dropout[row, locus])
        other_likelihood = _genotype_likelihood(states, alleles[:, 1], others.dropout[second, locus])
        genotype = states.frequencies[:, :, None] * states.frequencies[:, None, :]
        first, last, both = (
            (likelihood * genotype).sum(axis=(1, 2))
            for likelihood in (first_likelihood, other_likelihood, first_likelihood * other_likelihood)
        )
        with np.errstate(divide="ignore"):
            log10_lr[pair, locus] = np.log10(both / (first * last))
    return ConfirmedPairs(np.where(np.abs(log10_lr) < ROUNDING, 0.0, log10_lr), log10_lr == -np.inf)


def _genotype_likelihood(states: MergedRows, alleles: IntArray, dropout: FloatArray) -> FloatArray:
    """(R, n, n): P(observation | paternal, maternal allele) of one observation in each row."""
    rows = np.arange(len(alleles))
    phases = observation_phases(plainly_observed(states.codes(rows, alleles), dropout, states.frequencies))
    n = states.frequencies.shape[1]
    likelihood = np.zeros((len(rows), n, n))
    np.add.at(likelihood, (rows[:, None], phases.paternal, phases.maternal), phases.weight)
    return likelihood
