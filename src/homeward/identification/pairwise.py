"""Every sample against every missing person: the exact LR at every locus."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from homeward.core.arrays import BoolArray, FloatArray
from homeward.core.progress import Progress, no_progress
from homeward.genetics.case import Case, Family
from homeward.genetics.conditioning import (
    condition_on_relatives,
    observation_log10_probability,
    population_distribution,
    stranger_distribution,
)
from homeward.genetics.likelihood import pedigree_log10_likelihood
from homeward.genetics.pedigree import Sex
from homeward.genetics.refusals import Feature, refuse_unsupported
from homeward.genetics.states import LocusStates, panel_states
from homeward.identification.policy import Policy, SexUse
from homeward.identification.results import PairwiseResult


@dataclass(frozen=True, slots=True, eq=False)
class FamilyStates:
    """The allele states of one family together with all samples, with and without mutation."""

    mutating: tuple[LocusStates, ...]
    constant: tuple[LocusStates, ...]


def family_states(case: Case, family: Family) -> FamilyStates:
    """Return the states in which this family and all samples of the case can be expressed."""
    alleles = np.concatenate([family.profiles.alleles, case.samples.alleles])
    # Without mutation the question is only what is possible, which theta does not change.
    constant = panel_states(replace(case.panel, theta=0.0), alleles, mutation=False)
    return FamilyStates(mutating=panel_states(case.panel, alleles), constant=constant)


def unrelated_log10_probability(case: Case) -> FloatArray:
    """(S, L): log10 P(sample's profile) if it comes from somebody unrelated."""
    states = panel_states(case.panel, case.samples.alleles)
    return observation_log10_probability(population_distribution(states), states, case.samples)


def unrelated_log10_probability_beside(case: Case, family: Family) -> FloatArray:
    """(S, L): log10 P(sample's profile | the family's profiles) if it comes from somebody unrelated.

    The family's profiles matter with theta above 0.
    """
    if not case.panel.theta:
        return unrelated_log10_probability(case)
    states = family_states(case, family).mutating
    stranger = stranger_distribution(family.pedigree, states, family.profiles)
    return observation_log10_probability(stranger, states, case.samples)


def compare_pairwise(case: Case, policy: Policy, *, progress: Progress = no_progress) -> PairwiseResult:
    """Return the LR of every pairing of a sample with a missing person, locus by locus.

    H1: the sample comes from the missing person, whose relatives have the family's profiles.
    H2: the sample comes from somebody unrelated: in Hardy-Weinberg proportions or, with theta above 0, of the same
    subpopulation as the founders of the family.
    The other missing persons of a family stay untyped here; they are joined in ``joint``.

    Raises
    ------
    InputError
        The panel has X-linked loci.
    """
    refuse_unsupported(
        "Comparing samples with missing persons", case.panel, (), unsupported=frozenset({Feature.X_LINKED})
    )
    n_samples, n_missing, n_loci = len(case.samples), len(case.missing_ids), len(case.panel)
    log10_lr = np.zeros((n_samples, n_missing, n_loci))
    inconsistent = np.zeros((n_samples, n_missing, n_loci), dtype=bool)
    compared = np.zeros((n_samples, n_missing, n_loci), dtype=bool)
    column = 0
    alone = np.zeros((2, len(case.families), n_loci))
    for f, family in enumerate(case.families):
        states = family_states(case, family)
        stranger = stranger_distribution(family.pedigree, states.mutating, family.profiles)
        unrelated = observation_log10_probability(stranger, states.mutating, case.samples)
        for missing in family.missing:
            given = condition_on_relatives(family.pedigree, states.mutating, family.profiles, missing.position)
            constant = condition_on_relatives(family.pedigree, states.constant, family.profiles, missing.position)
            alone[:, f] = given.family_log10_likelihood, constant.family_log10_likelihood
            related = observation_log10_probability(given, states.mutating, case.samples)
            log10_lr[:, column] = _without_rounding(related - unrelated)
            log10_lr[:, column, given.family_log10_likelihood == -np.inf] = np.nan
            possible = observation_log10_probability(constant, states.constant, case.samples) > -np.inf
            inconsistent[:, column] = ~possible & case.samples.typed
            compared[:, column] = case.samples.typed & _typed_relatives(family, missing.position)
            column += 1
            progress("Comparing samples with missing persons", column, n_missing)
        if not family.missing:
            for row, mutation in enumerate((True, False)):
                alone[row, f] = pedigree_log10_likelihood(
                    family.pedigree, family.profiles, case.panel, mutation=mutation
                )
    allowed, sex_log10_lr = _weigh_sex(case, policy)
    return PairwiseResult(log10_lr, inconsistent, compared, sex_log10_lr, allowed, alone[0], alone[1])


def _without_rounding(log10_lr: FloatArray) -> FloatArray:
    """Set LRs that differ from 1 by rounding only to 1."""
    rounded: FloatArray = np.where(np.abs(log10_lr) < 1e-13, 0.0, log10_lr)
    return rounded


def _typed_relatives(family: Family, position: int) -> BoolArray:
    """(L,): whether a blood relative of this person is typed at the locus."""
    return np.asarray(family.profiles.typed[family.pedigree.blood_relatives(position)].any(axis=0))


def _weigh_sex(case: Case, policy: Policy) -> tuple[BoolArray, FloatArray]:
    """Return which pairings the policy allows by sex, and what the recorded sexes weigh in log10."""
    of_missing = np.array([family.profiles.sex[m.position] for family in case.families for m in family.missing], int)
    log10_lr = sex_log10_lr(policy)[np.ix_(case.samples.sex, of_missing)]
    allowed = log10_lr > -np.inf
    return allowed, np.where(allowed, log10_lr, 0.0)


def sex_log10_lr(policy: Policy) -> FloatArray:
    """Return what the recorded sexes of a sample and a missing person weigh.

    Returns
    -------
    (3, 3) float64 array
        log10, by :class:`Sex` of the sample and of the missing person; 0.0 where one of them is not known. As evidence:
        (1 - e) / P(observed sex) if they agree, e / P(observed sex) if not, e the error rate. As a filter: -inf if they
        differ.
    """
    result = np.zeros((3, 3))
    known = np.ix_([Sex.MALE, Sex.FEMALE], [Sex.MALE, Sex.FEMALE])
    differ = ~np.eye(2, dtype=bool)
    if policy.sex is SexUse.FILTER:
        result[known] = np.where(differ, -np.inf, 0.0)
    elif policy.sex is SexUse.EVIDENCE:
        share = np.array([policy.male_fraction, 1.0 - policy.male_fraction])[:, None]
        result[known] = np.log10(np.where(differ, policy.sex_error, 1.0 - policy.sex_error) / share)
    return result
