"""Competing pedigrees for the same people: likelihoods, LR and posterior."""

from __future__ import annotations

import numpy as np

from homeward import __version__
from homeward.core.arrays import FloatArray
from homeward.core.errors import InputError, Problem
from homeward.genetics.case import Case
from homeward.genetics.likelihood import pedigree_log10_likelihood
from homeward.genetics.populations import in_population
from homeward.identification.kinship_needs import events_in_words, needed_events
from homeward.identification.linked_loci import compare_linked, linkage_notes
from homeward.identification.results import InPopulation, KinshipResult, total_log10_likelihood
from homeward.identification.unjoined import unjoined_notes


def compare_pedigrees(case: Case) -> KinshipResult:
    """Return likelihood, LR and posterior of every pedigree of a case, in each of its populations.

    Loci count one by one unless the panel says that they are linked; those of a linkage group count jointly. The LR is
    against the last pedigree. The posterior follows from the priors of the hypotheses by Bayes'
    theorem; it is NaN if no pedigree can explain the profiles. With theta above 0 all founders of a hypothesis,
    of all its families and strangers, belong to one subpopulation.

    Raises
    ------
    InputError
        The case has fewer than two pedigrees to compare, or priors, a theta, positions or recombination fractions that
        cannot be used.
    TooComplexError
        A pedigree cannot be computed.
    """
    if len(case.hypotheses) < 2:
        fix = "Give at least two pedigrees for the same people; the last one is the reference."
        if case.families:
            fix = "This case has families with missing persons: use 'homeward resolve'. " + fix
        raise InputError(Problem(f"There are {len(case.hypotheses)} pedigrees to compare.", case.title, fix))
    prior = _normalised_prior(case)
    by_locus = _log10_likelihood(case)
    linked = compare_linked(case, by_locus)
    total = total_log10_likelihood(by_locus, linked)
    log10_lr, posterior = _weigh(total, prior)
    return KinshipResult(
        case=case,
        log10_likelihood=by_locus,
        log10_lr=log10_lr,
        prior=prior,
        posterior=posterior,
        locus_notes=_locus_notes(case, by_locus),
        notes=_notes(case, total),
        software_version=__version__,
        inputs=case.inputs,
        linked=linked,
        populations=_in_each_population(case, total, prior),
    )


def _log10_likelihood(case: Case) -> FloatArray:
    """(H, L): of each hypothesis at each locus."""
    return np.array([pedigree_log10_likelihood(h.pedigree, h.profiles, case.panel) for h in case.hypotheses])


def _weigh(total: FloatArray, prior: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return the log10 LR against the last hypothesis and the posterior, (H,) each."""
    with np.errstate(invalid="ignore", divide="ignore"):
        log10_lr = total - total[-1]
        weight = np.log(10.0) * total + np.log(prior)
        posterior = np.exp(weight - np.logaddexp.reduce(weight))
    return log10_lr, posterior


def _in_each_population(case: Case, total: FloatArray, prior: FloatArray) -> tuple[InPopulation, ...]:
    """Return the comparison in each population; ``total`` is the likelihood in that of the case."""
    totals = []
    for one in case.populations:
        there = in_population(case, one.name)
        if one.name != case.population:
            by_locus = _log10_likelihood(there)
            total_there = total_log10_likelihood(by_locus, compare_linked(there, by_locus))
        totals.append(total if one.name == case.population else total_there)
    weighed = [_weigh(of_population, prior) for of_population in totals]
    if not weighed:
        return ()
    lowest = np.min([log10_lr for log10_lr, _ in weighed], axis=0)
    is_reference = np.arange(len(prior)) == len(prior) - 1
    return tuple(
        InPopulation(one.name, one.panel.theta, of, log10_lr, posterior, (log10_lr == lowest) & ~is_reference)
        for one, of, (log10_lr, posterior) in zip(case.populations, totals, weighed, strict=True)
    )


def _normalised_prior(case: Case) -> FloatArray:
    prior = np.array([h.prior for h in case.hypotheses], dtype=np.float64)
    if not (np.isfinite(prior).all() and (prior >= 0).all() and prior.sum() > 0):
        raise InputError(
            Problem(
                what="The priors of the pedigrees are not weights of 0 or more with a positive sum.",
                where=case.title,
                fix="Give each pedigree a weight, for example 1 for all of them.",
            )
        )
    normalised: FloatArray = prior / prior.sum()
    return normalised


def _locus_notes(case: Case, by_locus: FloatArray) -> tuple[tuple[str, ...], ...]:
    """Say, per locus, which pedigrees it rules out and what the others need there: a mutation, a dropout."""
    needs = [needed_events(h, case.panel, by_locus[i]) for i, h in enumerate(case.hypotheses)]
    notes = []
    for locus in range(len(case.panel)):
        said = []
        for h, hypothesis in enumerate(case.hypotheses):
            if by_locus[h, locus] == -np.inf:
                said.append(f"impossible under {hypothesis.name}")
            elif needs[h][locus]:
                said.append(f"{hypothesis.name} needs {events_in_words(needs[h][locus])}")
        notes.append(tuple(said))
    return tuple(notes)


def _notes(case: Case, total: FloatArray) -> tuple[str, ...]:
    notes = [*case.notes, *unjoined_notes(case), *linkage_notes(case.panel)]
    if (total == -np.inf).all():
        notes.append("None of the pedigrees can explain the profiles, so there is no LR and no posterior.")
    elif total[-1] == -np.inf:
        notes.append(
            f"The reference pedigree, {case.hypotheses[-1].name}, cannot explain the profiles: "
            "the LR of any pedigree that can is without bound."
        )
    return tuple(notes)
