"""All samples and all missing persons together: joint posterior, GLR and best assignments.

Vigeland & Egeland (2021), Sci. Rep. 11:13661, with a flat prior over assignments by default; GLR: Egeland &
Vigeland (2025), Forensic Sci. Int. Genet., doi 10.1016/j.fsigen.2025.103270. The sums run over families and sets
of used samples, not over assignments.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import lgamma

import numpy as np

from homeward.core.arrays import BoolArray, FloatArray
from homeward.core.errors import InputError, Problem
from homeward.core.progress import Progress, no_progress
from homeward.genetics.case import Case
from homeward.identification.assignment_sums import StageTotals, component_totals, convolve_counts
from homeward.identification.best_assignments import best_assignments
from homeward.identification.best_totals import BestTotals
from homeward.identification.components import Component, Stage, cut_into_components
from homeward.identification.pairwise import unrelated_log10_probability
from homeward.identification.placements import FamilyPlacements, place_samples
from homeward.identification.policy import Policy
from homeward.identification.propagation import propagate
from homeward.identification.results import Assignment, JointResult, PairwiseResult
from homeward.identification.symmetry import find_symmetric_matches

MOST_ASSIGNMENTS = 100


def resolve_jointly(
    case: Case, pairwise: PairwiseResult, policy: Policy, *, progress: Progress = no_progress
) -> JointResult:
    """Return the joint posterior of every pairing, its GLR, and the best assignments.

    A sample is at most one missing person and a missing person at most one sample. The likelihood of an
    assignment is that of all profiles: families with the samples placed in them, and samples left over as
    unrelated people. A family whose own profiles are impossible takes no part.

    Raises
    ------
    InputError
        The policy's number of candidates is smaller than the number of missing persons or of samples.
    """
    families = []
    first = 0
    for i, family in enumerate(case.families):
        families.append(place_samples(case, family, first, pairwise, policy.max_inconsistencies))
        first += len(family.missing)
        progress("Placing samples in families", i + 1, len(case.families))
    prior = _log_prior_of_pairs(len(case.samples), first, policy)
    bests = BestTotals(families)
    components, loose = cut_into_components(families, may_leave_out=prior is None or bool(np.isfinite(prior[0])))
    summed = [c.stages for c in components if not c.is_too_wide]
    sums = [component_totals(stages, np.logaddexp, count_pairs=prior is not None) for stages in summed]
    log_posterior, log_total = _placement_posteriors(sums, prior)
    wide = [c.stages for c in components if c.is_too_wide]
    log_posterior += [propagate(stages, _prior_ratio(prior, bests.n_pairs)) for stages in wide]
    pairings = _pairing_posterior([*summed, *wide], log_posterior, len(case.samples), first)
    totals = [bests.with_placements(f) for f in range(len(families))]
    return JointResult(
        posterior=np.clip(np.column_stack([pairings, 1.0 - pairings.sum(axis=1)]), 0.0, 1.0),
        errors=_errors(components, loose, (len(case.samples), first + 1), has_prior=prior is not None),
        is_complete=all(family.complete for family in families),
        log10_glr=_generalised_lr(families, totals, len(case.samples), first),
        assignments=() if wide else _list_assignments(case, pairwise, summed, prior, log_total),
        symmetric=find_symmetric_matches(families, totals, [*summed, *wide], log_posterior),
    )


def _errors(
    components: Sequence[Component], loose: dict[int, float], shape: tuple[int, int], *, has_prior: bool
) -> FloatArray:
    """(S, M + 1): how far each posterior may be off.

    With a prior on the number of pairs all components depend on each other, so one estimate makes all so.
    """
    errors = np.zeros(shape)
    for sample, error in loose.items():
        errors[sample] = min(error, 1.0)
    for component in components:
        for sample in component.samples:
            errors[sample] = np.nan if component.is_too_wide else component.error
    if has_prior:
        total = sum(component.error for component in components)
        estimated = any(component.is_too_wide for component in components)
        errors[:] = np.nan if estimated else min(total + sum(loose.values()), 1.0)
    return errors


def _pairing_posterior(
    components: Sequence[Sequence[Stage]], log_posterior: Sequence[Sequence[FloatArray]], n_samples: int, n_missing: int
) -> FloatArray:
    """(S, M): sum the posteriors of the placements that make each pair."""
    posterior = np.zeros((n_samples, n_missing))
    for stages, by_stage in zip(components, log_posterior, strict=True):
        for stage, log_p in zip(stages, by_stage, strict=True):
            for placement, p in zip(stage.placements, np.exp(log_p), strict=True):
                for missing, sample in placement:
                    posterior[sample, missing] += p
    return posterior


def _prior_ratio(prior: FloatArray | None, n_pairs: int) -> float:
    """Return the log prior of one more pair, at about the number of pairs that the best assignment has."""
    if prior is None or len(prior) < 2:
        return 0.0
    at = min(max(n_pairs, 1), len(prior) - 1)
    return float(prior[at] - prior[at - 1])


def _log_prior_of_pairs(n_samples: int, n_missing: int, policy: Policy) -> FloatArray | None:
    """Return the log prior of an assignment by its number of pairs, or None if it is flat.

    Each sample comes from another of N candidates, all equally likely: with k samples paired, the S - k
    others are some of the N - M people who are not on the list, in (N - M)! / (N - M - S + k)! ways.
    """
    if policy.n_candidates is None:
        return None
    if policy.n_candidates < max(n_missing, n_samples):
        raise InputError(
            Problem(
                what=f"{policy.n_candidates} candidates are too few for {n_missing} missing persons "
                f"and {n_samples} samples.",
                where="number of candidates",
                fix="Count everybody the samples could come from, the missing persons of the case included.",
            )
        )
    unlisted = policy.n_candidates - n_missing
    left_over = n_samples - np.arange(min(n_samples, n_missing) + 1)
    return np.array([lgamma(unlisted + 1) - lgamma(unlisted - n + 1) if n <= unlisted else -np.inf for n in left_over])


def _placement_posteriors(
    sums: Sequence[Sequence[StageTotals]], prior: FloatArray | None
) -> tuple[list[list[FloatArray]], float]:
    """Return the log posterior of every placement, by component and stage, and the log of the total weight."""
    of_components = [_logsumexp(totals[0].by_placement, axis=0) for totals in sums]
    before, after = [np.zeros(1)], [np.zeros(1)]
    for own in of_components:
        before.append(convolve_counts(before[-1], own))
    for own in reversed(of_components):
        after.append(convolve_counts(after[-1], own))
    after.reverse()
    log_prior = np.zeros(len(before[-1])) if prior is None else _padded(prior, len(before[-1]))
    log_total = float(_logsumexp(before[-1] + log_prior, axis=0))
    result = []
    for c, totals in enumerate(sums):
        others = convolve_counts(before[c], after[c + 1])
        n_counts = totals[0].by_placement.shape[1]
        rest = np.array([_logsumexp(others + log_prior[k : k + len(others)], axis=0) for k in range(n_counts)])
        result.append([_logsumexp(stage.by_placement + rest, axis=1) - log_total for stage in totals])
    return result, log_total


def _padded(prior: FloatArray, size: int) -> FloatArray:
    """Counts of pairs that cannot occur get no weight."""
    padded = np.full(size, -np.inf)
    padded[: min(size, len(prior))] = prior[:size]
    return padded


def _logsumexp(values: FloatArray, axis: int) -> FloatArray:
    result: FloatArray = np.logaddexp.reduce(values, axis=axis)
    return result


def _generalised_lr(
    families: Sequence[FamilyPlacements], totals: Sequence[FloatArray], n_samples: int, n_missing: int
) -> FloatArray:
    """(S, M) log10: best assignment with the pairing over best without it; -inf if impossible, NaN if passed over."""
    glr = np.full((n_samples, n_missing), -np.inf)
    for family, total in zip(families, totals, strict=True):
        uses: dict[tuple[int, int], BoolArray] = {}
        for i, placement in enumerate(family.placements):
            for pair in placement:
                uses.setdefault(pair, np.zeros(len(total), dtype=bool))[i] = True
        for (missing, sample), with_pair in uses.items():
            if not (np.isnan(total[with_pair]).all() or np.isnan(total[~with_pair]).all()):
                glr[sample, missing] = np.nanmax(total[with_pair]) - np.nanmax(total[~with_pair])
            else:
                glr[sample, missing] = np.nan
    log10_glr: FloatArray = glr / np.log(10.0)
    return log10_glr


def _list_assignments(
    case: Case,
    pairwise: PairwiseResult,
    components: Sequence[Sequence[Stage]],
    prior: FloatArray | None,
    log_total: float,
) -> tuple[Assignment, ...]:
    """Return the best assignments with the likelihood of everything in the case and their posterior.

    A family whose own profiles are impossible takes no part in the likelihood either.
    """
    maxima = [component_totals(stages, np.maximum) for stages in components]
    of_families = pairwise.family_log10_likelihood.sum(axis=1)
    nobody = float(unrelated_log10_probability(case).sum() + of_families[np.isfinite(of_families)].sum())
    assignments = []
    for weight, pairs in best_assignments(components, maxima, MOST_ASSIGNMENTS):
        who = [-1] * len(case.samples)
        for missing, sample in pairs:
            who[sample] = missing
        log_prior = 0.0 if prior is None else float(prior[len(pairs)])
        assignments.append(
            Assignment(
                pairs=tuple(who),
                log10_likelihood=nobody + weight / np.log(10.0),
                posterior=float(np.exp(weight + log_prior - log_total)),
            )
        )
    return tuple(assignments)
