"""The sentences behind a conclusion."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from homeward.identification.evidence import Evidence
from homeward.identification.informative import Reach
from homeward.identification.numbers import EVEN, counted, format_log10, format_lr, format_posterior, lr_in_words
from homeward.identification.results import Quality, SymmetricMatch

TIE = 1e-6
"""Posteriors, or log10 LRs, closer than this count as equal."""
NOTABLE_SHARE = 0.01
"""From this posterior on, it is said that a sample may be somebody who cannot be compared."""


def listed(names: Sequence[str], joint: str = "and") -> str:
    """Join names as in a sentence: a, b and c."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} {joint} {names[-1]}"


def ratio_in_words(log10_ratio: float) -> str:
    """Say a likelihood ratio inside a sentence, in words and as a log10."""
    if log10_ratio == -np.inf:
        return "0, impossible under the stated model"
    words = "about one to one" if abs(log10_ratio) < EVEN else lr_in_words(log10_ratio)
    return f"{words} (log10 {format_log10(log10_ratio)})"


def count_loci(n: int) -> str:
    """Say how many loci."""
    return counted(n, "locus", "loci")


def pairing_reasons(evidence: Evidence, sample: int, missing: int, *, undecided: bool = False) -> tuple[str, ...]:
    """Say how well a sample fits a missing person, what speaks against it, and what comes next."""
    pairwise, name = evidence.pairwise, evidence.case.missing_ids[missing]
    reasons = [f"Best candidate: {evidence.case.samples.ids[sample]} as {name}."] if undecided else []
    reach = evidence.reach[missing]
    if reach.has_typed_relative:
        lr = ratio_in_words(float(pairwise.total_log10_lr[sample, missing]))
        reasons.append(f"LR {lr} over {count_loci(int(pairwise.n_compared[sample, missing]))} compared.")
    else:
        through = f"{listed(reach.through)}, also missing"
        reasons.append(f"{name} has no typed blood relative: the evidence comes through {through}.")
    inconsistent = np.flatnonzero(pairwise.inconsistent[sample, missing])
    if len(inconsistent):
        loci = listed([evidence.case.panel.names[i] for i in inconsistent])
        reasons.append(f"A mutation would be needed at {loci}.")
    reasons += _sex_reasons(evidence, sample, missing)
    rival = _more_likely(evidence, sample, missing) if undecided else []
    reasons += rival or _joint_reasons(evidence, sample, missing, undecided=undecided)
    return (*reasons, *_runner_up(evidence, sample, missing))


def _sex_reasons(evidence: Evidence, sample: int, missing: int) -> list[str]:
    if not evidence.pairwise.allowed[sample, missing]:
        return ["The recorded sexes differ, which rules this pairing out."]
    weight = float(evidence.pairwise.sex_log10_lr[sample, missing])
    if not weight:
        return []
    case = evidence.case
    sexes = [int(family.profiles.sex[m.position]) for family in case.families for m in family.missing]
    relation = "agree" if sexes[missing] == int(case.samples.sex[sample]) else "differ"
    return [f"The recorded sexes {relation}: {ratio_in_words(weight)}, besides the LR of the DNA."]


def _more_likely(evidence: Evidence, sample: int, missing: int) -> list[str]:
    """Say what the sample more likely is than this missing person: somebody else of the case, or nobody of it."""
    posterior = evidence.joint.posterior[sample]
    likeliest = int(posterior.argmax())
    if posterior[likeliest] <= posterior[missing] + TIE:
        return []
    nobody = likeliest == len(posterior) - 1
    who = "none of the missing persons of this case" if nobody else evidence.case.missing_ids[likeliest]
    probability = format_posterior(float(posterior[likeliest]))
    reasons = [f"More likely, {evidence.case.samples.ids[sample]} is {who} (posterior {probability})."]
    silent = [m for m, reach in enumerate(evidence.reach) if not reach.is_reachable]
    share = float(posterior[silent].sum())
    if nobody and share > NOTABLE_SHARE:
        people = counted(len(silent), "missing person")
        whom = evidence.case.missing_ids[silent[0]] if len(silent) == 1 else people
        reasons.append(
            f"It cannot be compared with {whom}, so that possibility stays open (posterior {format_posterior(share)})."
        )
    return reasons


def _joint_reasons(evidence: Evidence, sample: int, missing: int, *, undecided: bool) -> list[str]:
    """Say what all samples together tell about a pairing, and what is short of an identification."""
    joint, policy = evidence.joint, evidence.policy
    glr = float(joint.log10_glr[sample, missing])
    reasons = []
    if np.isfinite(glr):
        reasons.append(
            "The best explanation of all samples with this pairing, against the best without it: "
            f"{ratio_in_words(glr)}."
        )
    alone = float(evidence.pairwise.total_log10_lr[sample, missing])
    if not undecided and evidence.reach[missing].has_typed_relative and alone < policy.probable_log10_glr:
        reasons.append("This pairing alone is weaker than that: the conclusion rests on all samples together.")
    certain = float(joint.posterior[sample, missing] - joint.errors[sample, missing])
    if not (glr >= policy.identified_log10_glr and certain >= policy.identified_posterior):
        reasons.append(
            f"An identification asks for at least {format_lr(policy.identified_log10_glr)} to one "
            f"(log10 {format_log10(policy.identified_log10_glr)}), and for a posterior of at least "
            f"{policy.identified_posterior:g}; here it is {_posterior_with_error(evidence, sample, missing)}."
        )
    if undecided and evidence.n_loci_behind(sample, missing) < policy.min_loci:
        reasons.append(f"A conclusion asks for at least {count_loci(policy.min_loci)}.")
    if undecided and evidence.pairwise.n_inconsistent[sample, missing] > policy.max_inconsistencies:
        reasons.append(f"A conclusion allows for a mutation at no more than {count_loci(policy.max_inconsistencies)}.")
    return reasons


def _posterior_with_error(evidence: Evidence, sample: int, missing: int) -> str:
    """Write a posterior, and how far it may be off where it is not exact."""
    joint = evidence.joint
    posterior, error = format_posterior(float(joint.posterior[sample, missing])), float(joint.errors[sample, missing])
    match joint.quality_of(sample, missing):
        case Quality.EXACT:
            return posterior
        case Quality.BOUNDED:
            return f"{posterior}, off by at most {format_posterior(error)}"
        case _:
            return f"{posterior}, an estimate of unknown error"


def _runner_up(evidence: Evidence, sample: int, missing: int) -> list[str]:
    """Say which other missing person the sample fits best by itself."""
    totals = np.where(evidence.pairwise.allowed, evidence.pairwise.total_log10_lr, -np.inf)[sample].copy()
    own, totals[missing] = float(totals[missing]), -np.inf
    totals[~evidence.informative] = -np.inf
    other = int(totals.argmax())
    if totals[other] == -np.inf:
        return []
    name, lr = evidence.case.missing_ids[other], ratio_in_words(float(totals[other]))
    if totals[other] > own + TIE:
        return [f"By itself, this sample fits {name} better: LR {lr}."]
    return [f"Next best for this sample: {name}, LR {lr}."]


def excluded_sample_reasons(evidence: Evidence, sample: int) -> tuple[str, ...]:
    """Say from whom a sample is excluded and by how much."""
    by_dna = np.flatnonzero(evidence.informative & evidence.pairwise.allowed[sample])
    reasons = []
    if len(by_dna):
        counts = evidence.pairwise.n_inconsistent[sample, by_dna]
        closest = evidence.case.missing_ids[int(by_dna[counts.argmin()])]
        reasons.append(
            "Its DNA contradicts the relatives of every missing person it was compared with. "
            f"The fewest contradictions are with those of {closest}: {_contradictions(evidence, int(counts.min()))}"
        )
    if (evidence.informative & ~evidence.pairwise.allowed[sample]).any():
        others = "the other missing persons" if len(by_dna) else "every missing person it could be compared with"
        reasons.append(f"Its recorded sex differs from that of {others}.")
    return (*reasons, *not_compared_reasons(evidence))


def _contradictions(evidence: Evidence, n: int) -> str:
    """Say at how many loci, and why that is too many."""
    if n > evidence.policy.max_inconsistencies:
        return f"{count_loci(n)}, where at most {evidence.policy.max_inconsistencies} may be mutations."
    return f"{count_loci(n)}, which the stated mutation model does not allow."


def not_compared_reasons(evidence: Evidence) -> tuple[str, ...]:
    """Say with whom no sample could be compared, and why."""
    ids = evidence.case.missing_ids
    silent = [ids[m] for m, reach in enumerate(evidence.reach) if not reach.is_reachable]
    contradicted = [ids[m] for m in np.flatnonzero(evidence.contradicted)]
    reasons = []
    if silent:
        reasons.append(f"It could not be compared with {listed(silent)}: no blood relative is typed.")
    if contradicted:
        why = "the family's own profiles contradict its pedigree"
        reasons.append(f"It was not compared with {listed(contradicted)}: {why}.")
    return tuple(reasons)


def excluded_missing_reasons(evidence: Evidence, missing: int) -> tuple[str, ...]:
    """Say why no sample can be this missing person."""
    allowed = evidence.pairwise.allowed[:, missing]
    if not allowed.any():
        return ("The recorded sex of every sample differs.",)
    fewest = int(evidence.pairwise.n_inconsistent[allowed, missing].min())
    which = "Every sample" if allowed.all() else "Every sample whose recorded sex does not differ"
    return (
        f"{which} contradicts the DNA of the relatives. The fewest contradictions: {_contradictions(evidence, fewest)}",
    )


def too_few_loci_reason(evidence: Evidence, missing: int) -> str:
    """Say that no sample shares enough loci with the relatives of a missing person."""
    most = max(evidence.n_loci_behind(s, missing) for s in range(len(evidence.case.samples)))
    shared = f"more than {count_loci(most)}" if most else "any locus"
    return f"No sample shares {shared} with the relatives; a conclusion asks for at least {evidence.policy.min_loci}."


def contradicted_family_reason(evidence: Evidence, missing: int) -> str:
    """Say at which loci a family contradicts itself."""
    at = np.isnan(evidence.pairwise.log10_lr[0, missing])
    loci = listed([evidence.case.panel.names[i] for i in np.flatnonzero(at)])
    return (
        f"The family's own profiles contradict its pedigree at {loci}. The family takes no part until that is mended."
    )


def not_informative_missing_reasons(reach: Reach) -> tuple[str, ...]:
    """Say why nothing can be said about a missing person, and what would help."""
    lead = "No blood relative of this person is typed, so there is nothing to compare a sample with."
    if reach.through:
        return (lead, f"An answer can come only through {listed(reach.through, 'or')}, also missing, once found.")
    return (lead, "A sample from a blood relative is needed, best from a parent, child, brother or sister.")


def symmetric_reasons(samples: tuple[str, ...], missing: tuple[str, ...], match: SymmetricMatch) -> tuple[str, ...]:
    """Say which set of samples matches which set of missing persons."""
    if len(samples) == 1:
        who, which = f"{samples[0]} matches one of {listed(missing)}", "which one"
    elif len(samples) == len(missing):
        who, which = f"{listed(samples)} match {listed(missing)} as a set", "which is which"
    else:
        who, which = f"{listed(samples)} match {len(samples)} of {listed(missing)} as a set", "which is which"
    return (
        f"{who}; the DNA of the relatives cannot tell {which}.",
        "The best explanation of all samples with this match, against the best without it: "
        f"{ratio_in_words(match.log10_glr)}.",
    )
