"""The sentences behind a conclusion."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from homeward.identification.informative import Reach
from homeward.identification.results import SymmetricMatch

if TYPE_CHECKING:
    from homeward.identification.conclusions import Evidence


def listed(names: tuple[str, ...]) -> str:
    """Join names as in a sentence: a, b and c."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def power_of_ten(log10: float) -> str:
    """Write a ratio as a power of ten with one decimal."""
    return "0" if log10 == -np.inf else "without bound" if log10 == np.inf else f"10^{log10:.1f}"


def count_loci(n: int) -> str:
    """Say how many loci."""
    return "1 locus" if n == 1 else f"{n} loci"


def pairing_reasons(evidence: Evidence, sample: int, missing: int, *, undecided: bool = False) -> tuple[str, ...]:
    """Say how well a sample fits a missing person, what speaks against it, and what comes next."""
    pairwise, joint, policy = evidence.pairwise, evidence.joint, evidence.policy
    name = evidence.case.missing_ids[missing]
    lead = f"Best candidate: {evidence.case.samples.ids[sample]} as {name}. " if undecided else ""
    if np.isnan(pairwise.total_log10_lr[sample, missing]):
        return (f"The family of {name} contradicts itself, so no LR can be given.",)
    n_compared = int(pairwise.n_compared[sample, missing])
    reasons = [
        f"{lead}LR {power_of_ten(float(pairwise.total_log10_lr[sample, missing]))} "
        f"over {count_loci(n_compared)} compared."
    ]
    reach = evidence.reach[missing]
    if not reach.has_typed_relative and reach.through:
        through = f"{listed(reach.through)}, also missing"
        reasons.append(f"{name} has no typed blood relative: the evidence comes through {through}.")
    inconsistent = np.flatnonzero(pairwise.inconsistent[sample, missing])
    if len(inconsistent):
        loci = listed(tuple(evidence.case.panel.names[i] for i in inconsistent))
        reasons.append(f"A mutation would be needed at {loci}.")
    if not pairwise.allowed[sample, missing]:
        reasons.append("The recorded sexes differ.")
    glr = float(joint.log10_glr[sample, missing])
    if glr == np.inf:
        reasons.append("No assignment without this pairing can explain the profiles.")
    elif glr > -np.inf:
        reasons.append(
            f"The best explanation with this pairing is {power_of_ten(glr)} times as likely as the best without it."
        )
    nobody = float(joint.posterior[sample, -1])
    if undecided and nobody > float(joint.posterior[sample, missing]):
        reasons.append(f"More likely this sample is none of the missing persons (posterior {nobody:.4g}).")
    elif undecided:
        reasons.append(
            f"An identification asks for a GLR of {power_of_ten(policy.identified_log10_glr)} "
            f"and a posterior of {policy.identified_posterior:g}."
        )
        if n_compared < policy.min_loci:
            reasons.append(f"At least {policy.min_loci} loci must be compared.")
    elif pairwise.total_log10_lr[sample, missing] < policy.probable_log10_glr:
        reasons.append("It rests on the joint solution: alone, this pairing is much weaker.")
    runner_up = _runner_up(evidence, sample, missing)
    if runner_up:
        reasons.append(runner_up)
    return tuple(reasons)


def _runner_up(evidence: Evidence, sample: int, missing: int) -> str:
    totals = np.where(evidence.pairwise.allowed, evidence.pairwise.total_log10_lr, -np.inf)[sample].copy()
    totals[missing] = -np.inf
    totals[np.isnan(totals) | ~evidence.informative] = -np.inf
    if not len(totals) or totals.max() == -np.inf:
        return ""
    next_best = int(totals.argmax())
    return f"Next for this sample: {evidence.case.missing_ids[next_best]}, LR {power_of_ten(float(totals.max()))}."


def excluded_sample_reasons(evidence: Evidence, sample: int) -> tuple[str, ...]:
    """Say from whom a sample is excluded and by how much."""
    by_dna = evidence.informative & evidence.pairwise.allowed[sample]
    reasons = []
    if by_dna.any():
        fewest = int(evidence.pairwise.n_inconsistent[sample, by_dna].min())
        closest = int(np.flatnonzero(by_dna)[evidence.pairwise.n_inconsistent[sample, by_dna].argmin()])
        reasons.append(
            f"Contradicts every family it was compared with at {count_loci(fewest)} or more "
            f"(fewest: {evidence.case.missing_ids[closest]}; {evidence.policy.max_inconsistencies} are tolerated)."
        )
    if (evidence.informative & ~evidence.pairwise.allowed[sample]).any():
        reasons.append("Its recorded sex differs from that of the other missing persons.")
    silent = tuple(np.array(evidence.case.missing_ids)[~evidence.informative])
    if silent:
        reasons.append(f"It could not be compared with {listed(silent)}: no typed blood relative.")
    return tuple(reasons)


def excluded_missing_reasons(evidence: Evidence, missing: int) -> tuple[str, ...]:
    """Say why no sample can be this missing person."""
    allowed = evidence.pairwise.allowed[:, missing]
    reasons = []
    if allowed.any():
        fewest = int(evidence.pairwise.n_inconsistent[allowed, missing].min())
        reasons.append(
            f"Every sample contradicts the relatives at {count_loci(fewest)} or more "
            f"({evidence.policy.max_inconsistencies} are tolerated)."
        )
    if not allowed.all():
        who = "The other samples'" if allowed.any() else "Every sample's"
        reasons.append(f"{who} recorded sex differs.")
    return tuple(reasons)


def not_informative_missing_reasons(reach: Reach) -> tuple[str, ...]:
    """Say why nothing can be said about a missing person, and what would help."""
    lead = "No typed relative shares an ancestor with this person, so no comparison of its own can tell anything."
    if reach.through:
        return (lead, f"An answer can come only through {listed(reach.through)}, once found.")
    return (lead, "A reference sample from a parent, child, brother or sister would be needed.")


def symmetric_reasons(samples: tuple[str, ...], missing: tuple[str, ...], match: SymmetricMatch) -> tuple[str, ...]:
    """Say which set of samples matches which set of missing persons."""
    who = (
        f"{listed(samples)} {'is one' if len(samples) == 1 else 'are' if len(samples) == len(missing) else 'are some'}"
    )
    of = "" if len(samples) == len(missing) else " of"
    return (
        f"{who}{of} {listed(missing)}, but the DNA of the relatives cannot tell which is which.",
        f"As a set this explanation is {power_of_ten(match.log10_glr)} times as likely as the best other one.",
    )
