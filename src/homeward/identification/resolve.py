"""Who is who: from a case to conclusions."""

from __future__ import annotations

import numpy as np

from homeward import __version__
from homeward.core.errors import InputError, Problem
from homeward.core.progress import Progress, no_progress
from homeward.genetics.case import Case
from homeward.genetics.refusals import Feature, refuse_unsupported
from homeward.identification.assumptions import assumption_notes
from homeward.identification.conclusions import draw_conclusions
from homeward.identification.evidence import gather_evidence
from homeward.identification.joint import resolve_jointly
from homeward.identification.pairwise import compare_pairwise
from homeward.identification.policy import Policy, policy_of
from homeward.identification.results import PairwiseResult, Resolution
from homeward.identification.same_profiles import same_profile_notes


def resolve(case: Case, policy: Policy | None = None, *, progress: Progress = no_progress) -> Resolution:
    """Return who is who in a case, how sure that is, and why.

    Parameters
    ----------
    case : Case
        With at least one sample and one family with a missing member.
    policy : Policy, optional
        Thresholds and choices; if not given, the current version with the options of the case.
    progress : Progress
        Told how far the work has come.

    Raises
    ------
    InputError
        The case has no samples or no missing persons, or asks for something that is not supported, such as theta
        above 0.
    TooComplexError
        A pedigree cannot be computed in memory.
    """
    policy = policy or policy_of(case)
    _check_complete(case)
    # With theta every family depends on the profiles of all the others.
    refuse_unsupported("Weighing all samples together", case.panel, (), unsupported=frozenset({Feature.THETA}))
    pairwise = compare_pairwise(case, policy, progress=progress)
    joint = resolve_jointly(case, pairwise, policy, progress=progress)
    conclusions = draw_conclusions(gather_evidence(case, pairwise, joint, policy))
    notes = [*case.notes, *assumption_notes(case), *_family_notes(case, pairwise)]
    notes += same_profile_notes(case, policy.min_loci)
    estimated = [case.samples.ids[s] for s in np.flatnonzero(np.isnan(joint.errors).any(axis=1))]
    if estimated:
        notes.append(
            "Too many samples fit too many families about equally well to weigh all assignments of "
            f"{', '.join(estimated)}: their joint posterior is an estimate by belief propagation, and no "
            "identification is concluded from it."
        )
    if not joint.is_complete:
        notes.append(
            "A family has too many possible placements to weigh all of them: pairings with more than "
            f"{policy.max_inconsistencies} inconsistent loci, and the least likely placements, were left out."
        )
    return Resolution(
        case=case,
        policy=policy,
        pairwise=pairwise,
        joint=joint,
        conclusions=conclusions,
        notes=tuple(notes),
        software_version=__version__,
        inputs=case.inputs,
    )


def _check_complete(case: Case) -> None:
    problems = []
    if not len(case.samples):
        problems.append(
            Problem("There are no samples to identify.", case.title, "Add unidentified persons or samples.csv.")
        )
    if not case.missing_ids:
        fix = "Mark who is missing in each family"
        fix += "; competing pedigrees are compared with 'homeward kinship'." if case.hypotheses else "."
        problems.append(Problem("No family has a missing person.", case.title, fix))
    if problems:
        raise InputError(*problems)


def _family_notes(case: Case, pairwise: PairwiseResult) -> list[str]:
    """Say which families need a mutation, or contradict themselves, before any sample is placed."""
    notes = []
    for family, by_locus, constant in zip(
        case.families,
        pairwise.family_log10_likelihood,
        pairwise.family_log10_likelihood_constant,
        strict=True,
    ):
        impossible = ", ".join(np.array(case.panel.names)[by_locus == -np.inf])
        mutated = ", ".join(np.array(case.panel.names)[(constant == -np.inf) & (by_locus > -np.inf)])
        if impossible:
            notes.append(
                f"Family {family.id}: the relatives' own profiles contradict the pedigree at {impossible}. "
                "Check the relationships and the profiles, or give these loci a mutation model."
            )
        if mutated:
            notes.append(
                f"Family {family.id}: the relatives' own profiles need a mutation at {mutated}; "
                "this is counted at every candidate of the family."
            )
    return notes
