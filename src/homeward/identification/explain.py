"""One LR, locus by locus."""

from __future__ import annotations

from dataclasses import replace

from homeward import __version__
from homeward.core.errors import InputError, Problem
from homeward.genetics.alleles import UNKNOWN_ALLELE
from homeward.genetics.case import Case, Family
from homeward.genetics.profiles import choose_profiles
from homeward.identification.assumptions import assumption_notes
from homeward.identification.pairwise import compare_pairwise, unrelated_log10_probability_beside
from homeward.identification.policy import Policy, policy_of
from homeward.identification.results import Explanation, LocusExplanation, PairwiseResult


def explain(case: Case, sample: str, missing: str, policy: Policy | None = None) -> Explanation:
    """Return the LR of one pairing with everything that it is made of.

    Parameters
    ----------
    case : Case
    sample, missing : str
        Ids as in the case.
    policy : Policy, optional

    Raises
    ------
    InputError
        The case has no such sample or missing person.
    """
    policy = policy or policy_of(case)
    family = _check_names(case, sample, missing)
    row = case.samples.position(sample)
    one_missing = tuple(m for m in family.missing if m.id == missing)
    part = replace(
        case,
        samples=choose_profiles(case.samples, [row]),
        families=(replace(family, missing=one_missing),),
    )
    pairwise = compare_pairwise(part, policy)
    return Explanation(
        case=case,
        family=family,
        sample=sample,
        missing=missing,
        log10_lr=float(pairwise.total_log10_lr[0, 0]),
        inconsistencies=int(pairwise.n_inconsistent[0, 0]),
        n_compared=int(pairwise.n_compared[0, 0]),
        loci=_explain_loci(part, family, pairwise),
        policy=policy,
        software_version=__version__,
        notes=(*case.notes, *assumption_notes(case)),
    )


def _check_names(case: Case, sample: str, missing: str) -> Family:
    problems = []
    if sample not in case.samples.ids:
        known = ", ".join(case.samples.ids) or "none"
        problems.append(Problem(f"There is no sample '{sample}'.", case.title, f"The samples are: {known}."))
    found = [family for family in case.families for m in family.missing if m.id == missing]
    if not found:
        known = ", ".join(case.missing_ids) or "none"
        problems.append(
            Problem(f"There is no missing person '{missing}'.", case.title, f"The missing persons are: {known}.")
        )
    if problems:
        raise InputError(*problems)
    return found[0]


def _explain_loci(part: Case, family: Family, pairwise: PairwiseResult) -> tuple[LocusExplanation, ...]:
    unrelated = unrelated_log10_probability_beside(part, family)[0]
    related = unrelated + pairwise.log10_lr[0, 0]
    explained = []
    for i, locus in enumerate(part.panel.loci):
        genotype = part.samples.genotype(0, i, part.panel)
        relatives = {
            person: pair
            for row, person in enumerate(family.pedigree.ids)
            if (pair := family.profiles.genotype(row, i, part.panel)) is not None
        }
        explained.append(
            LocusExplanation(
                locus=locus.name,
                sample_genotype=genotype,
                log10_lr=float(pairwise.log10_lr[0, 0, i]),
                log10_probability_related=None if genotype is None else float(related[i]),
                log10_probability_unrelated=None if genotype is None else float(unrelated[i]),
                inconsistent=bool(pairwise.inconsistent[0, 0, i]),
                compared=bool(pairwise.compared[0, 0, i]),
                relatives=relatives,
                frequencies={a: locus.frequency(a) for a in sorted(set(genotype or ()) - {UNKNOWN_ALLELE})},
                female_mutation=locus.female_mutation.describe(),
                male_mutation=locus.male_mutation.describe(),
            )
        )
    return tuple(explained)
