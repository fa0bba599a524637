"""How probable each genotype of an untyped person is, given the typed relatives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from homeward.core.arrays import FloatArray
from homeward.genetics.likelihood import genotype_tables, observed_at
from homeward.genetics.observations import leaves_many_genotypes, observation_phases, observation_table
from homeward.genetics.pedigree import Pedigree, with_stranger
from homeward.genetics.profiles import Profiles, with_untyped
from homeward.genetics.states import LocusStates


@dataclass(frozen=True, slots=True, eq=False)
class GenotypeDistribution:
    """P(paternal allele, maternal allele) of one person at each locus.

    tables: one (n, n) float64 array per locus over its states, summing to one; all NaN where the family's
        own profiles are impossible.
    family_log10_likelihood: (n_loci,) float64, of the family's profiles.
    """

    tables: tuple[FloatArray, ...]
    family_log10_likelihood: FloatArray


def condition_on_relatives(
    pedigree: Pedigree, states: Sequence[LocusStates], profiles: Profiles, person: int
) -> GenotypeDistribution:
    """Return the genotype distribution of an untyped person given everybody typed in the pedigree."""
    tables, scales = genotype_tables(pedigree, states, profiles, person)
    totals = np.array([table.sum() for table in tables])
    with np.errstate(divide="ignore", invalid="ignore"):
        conditional = tuple(table / total for table, total in zip(tables, totals, strict=True))
        return GenotypeDistribution(conditional, np.log10(totals) + scales)


def population_distribution(states: Sequence[LocusStates]) -> GenotypeDistribution:
    """Return the genotype distribution of somebody when nobody else is known.

    Hardy-Weinberg proportions; with theta, both alleles are copies of one with that probability.
    """
    tables = tuple(np.outer(s.frequencies, s.frequencies) for s in states)
    if any(s.theta for s in states):
        tables = tuple(
            (1.0 - s.theta) * table + s.theta * np.diag(s.frequencies) for s, table in zip(states, tables, strict=True)
        )
    return GenotypeDistribution(tables, np.zeros(len(states)))


def stranger_distribution(
    pedigree: Pedigree, states: Sequence[LocusStates], profiles: Profiles
) -> GenotypeDistribution:
    """Return the genotype distribution of somebody unrelated, given everybody typed in the pedigree.

    The profiles matter with theta above 0, where all are of one subpopulation.
    """
    if not any(s.theta for s in states):
        return population_distribution(states)
    return condition_on_relatives(with_stranger(pedigree), states, with_untyped(profiles), len(pedigree))


def observation_log10_probability(
    distribution: GenotypeDistribution, states: Sequence[LocusStates], samples: Profiles
) -> FloatArray:
    """Return log10 P(observed profile | the sample is this person) per sample and locus.

    Returns
    -------
    (n_samples, n_loci) float64 array
        0.0 where the sample is untyped, -inf where impossible, NaN where the distribution is.
    """
    result = np.zeros((len(samples), len(states)))
    typed = samples.typed
    for locus, (table, locus_states) in enumerate(zip(distribution.tables, states, strict=True)):
        rows = np.flatnonzero(typed[:, locus])
        if not len(rows):
            continue
        many = leaves_many_genotypes(
            samples.alleles[rows, locus],
            samples.dropout[rows, locus],
            samples.dropin[rows, locus],
            np.full(len(rows), locus_states.silent_code),
        )
        few = observed_at(locus_states, samples, rows[~many], locus)
        phases = observation_phases(few)
        probability = np.empty(len(rows))
        probability[~many] = (phases.weight * table[phases.paternal, phases.maternal]).sum(axis=1)
        if many.any():
            weights = observation_table(observed_at(locus_states, samples, rows[many], locus))
            probability[many] = (weights * table).sum(axis=(1, 2))
        with np.errstate(divide="ignore"):
            result[rows, locus] = np.log10(probability)
    return result
