"""What can be concluded about each sample and each missing person, with the reasons."""

from __future__ import annotations

import numpy as np

from homeward.core.arrays import FloatArray
from homeward.identification.evidence import Evidence
from homeward.identification.policy import Policy
from homeward.identification.reasons import (
    contradicted_family_reason,
    count_loci,
    excluded_missing_reasons,
    excluded_sample_reasons,
    not_compared_reasons,
    not_informative_missing_reasons,
    pairing_reasons,
    symmetric_reasons,
    too_few_loci_reason,
)
from homeward.identification.results import Conclusion, SymmetricMatch, Verdict
from homeward.identification.symmetry import TIE


def draw_conclusions(evidence: Evidence) -> tuple[Conclusion, ...]:
    """Return one conclusion for every sample, then one for every missing person."""
    samples = [_about_sample(evidence, s) for s in range(len(evidence.case.samples))]
    missing = [_about_missing(evidence, m, samples) for m in range(len(evidence.case.missing_ids))]
    return (*samples, *missing)


def _about_sample(evidence: Evidence, sample: int) -> Conclusion:
    symmetric = _symmetric_match(evidence, sample=sample)
    if symmetric:
        return _symmetric(evidence, symmetric, "sample", sample=sample)
    comparable = np.flatnonzero(evidence.informative)
    candidates = comparable if len(comparable) else np.arange(len(evidence.informative))
    posterior, log10_glr = evidence.joint.posterior[sample, candidates], evidence.joint.log10_glr[sample, candidates]
    best = int(candidates[_best(posterior, log10_glr)])
    verdict = _verdict_on_pair(evidence, sample, best)
    if verdict in (Verdict.IDENTIFIED, Verdict.PROBABLE):
        return _conclusion(evidence, "sample", verdict, sample, best, pairing_reasons(evidence, sample, best))
    if len(comparable) and evidence.excluded[sample, comparable].all():
        reasons = excluded_sample_reasons(evidence, sample)
        return _conclusion(evidence, "sample", Verdict.EXCLUDED, sample, None, reasons)
    n_typed = int(evidence.case.samples.typed[sample].sum())
    if n_typed < evidence.policy.min_loci:
        asked = evidence.policy.min_loci
        reason = f"This sample is typed at {count_loci(n_typed)} only; a conclusion asks for at least {asked}."
        return _conclusion(evidence, "sample", Verdict.NOT_INFORMATIVE, sample, None, (reason,))
    if not len(comparable):
        reasons = not_compared_reasons(evidence)
        return _conclusion(evidence, "sample", Verdict.NOT_INFORMATIVE, sample, None, reasons)
    return _undecided(evidence, "sample", sample, best)


def _about_missing(evidence: Evidence, missing: int, samples: list[Conclusion]) -> Conclusion:
    symmetric = _symmetric_match(evidence, missing=missing)
    if symmetric:
        return _symmetric(evidence, symmetric, "missing", missing=missing)
    ids = evidence.case.missing_ids
    for sample, about_sample in enumerate(samples):
        if about_sample.missing == ids[missing]:
            return _conclusion(evidence, "missing", about_sample.verdict, sample, missing, about_sample.reasons)
    best = _best(evidence.joint.posterior[:, missing], evidence.joint.log10_glr[:, missing])
    reach = evidence.reach[missing]
    nothing_through_others = not reach.has_typed_relative and not evidence.joint.log10_glr[best, missing] > TIE
    if not reach.is_reachable or nothing_through_others:
        reasons = not_informative_missing_reasons(reach)
        return _conclusion(evidence, "missing", Verdict.NOT_INFORMATIVE, None, missing, reasons)
    if evidence.contradicted[missing]:
        reason = contradicted_family_reason(evidence, missing)
        return _conclusion(evidence, "missing", Verdict.NOT_INFORMATIVE, None, missing, (reason,))
    if evidence.excluded[:, missing].all():
        reasons = excluded_missing_reasons(evidence, missing)
        return _conclusion(evidence, "missing", Verdict.EXCLUDED, None, missing, reasons)
    if all(evidence.n_loci_behind(s, missing) < evidence.policy.min_loci for s in range(len(samples))):
        reason = too_few_loci_reason(evidence, missing)
        return _conclusion(evidence, "missing", Verdict.NOT_INFORMATIVE, None, missing, (reason,))
    return _undecided(evidence, "missing", best, missing)


def _best(posterior: FloatArray, log10_glr: FloatArray) -> int:
    """Return the most probable partner; the GLR decides between equal ones."""
    return int(np.lexsort((np.nan_to_num(log10_glr, nan=-np.inf), posterior))[-1])


def _verdict_on_pair(evidence: Evidence, sample: int, missing: int) -> Verdict:
    policy = evidence.policy
    if (
        evidence.excluded[sample, missing]
        or evidence.n_loci_behind(sample, missing) < policy.min_loci
        or np.isnan(evidence.pairwise.total_log10_lr[sample, missing])
    ):
        return Verdict.UNDECIDED
    return _verdict_at(
        policy, float(evidence.joint.log10_glr[sample, missing]), _lowest_posterior(evidence, sample, missing)
    )


def _lowest_posterior(evidence: Evidence, sample: int, missing: int) -> float:
    """Return the posterior less what it may be off."""
    return float(evidence.joint.posterior[sample, missing] - evidence.joint.errors[sample, missing])


def _verdict_at(policy: Policy, log10_glr: float, posterior: float) -> Verdict:
    if log10_glr >= policy.identified_log10_glr and posterior >= policy.identified_posterior:
        return Verdict.IDENTIFIED
    if log10_glr >= policy.probable_log10_glr and posterior >= policy.probable_posterior:
        return Verdict.PROBABLE
    return Verdict.UNDECIDED


def _symmetric_match(
    evidence: Evidence, *, sample: int | None = None, missing: int | None = None
) -> SymmetricMatch | None:
    """Return the set match that this sample or missing person belongs to, if it is good enough to conclude on."""
    for match in evidence.joint.symmetric:
        if sample not in match.samples and missing not in match.missing:
            continue
        pairs = [(s, m) for s in match.samples for m in match.missing]
        if any(evidence.excluded[pair] or evidence.n_loci_behind(*pair) < evidence.policy.min_loci for pair in pairs):
            continue
        if (
            _verdict_at(evidence.policy, match.log10_glr, match.posterior - float(evidence.joint.errors[pairs[0]]))
            is Verdict.IDENTIFIED
        ):
            return match
    return None


def _symmetric(
    evidence: Evidence, match: SymmetricMatch, about: str, *, sample: int | None = None, missing: int | None = None
) -> Conclusion:
    samples = tuple(evidence.case.samples.ids[s] for s in match.samples)
    ids = evidence.case.missing_ids
    named = tuple(ids[m] for m in match.missing)
    pairs = [
        (s, m)
        for s in (match.samples if sample is None else (sample,))
        for m in (match.missing if missing is None else (missing,))
    ]
    return Conclusion(
        about=about,
        sample=None if sample is None else evidence.case.samples.ids[sample],
        missing=None if missing is None else ids[missing],
        verdict=Verdict.SYMMETRIC,
        log10_lr=max(float(evidence.pairwise.total_log10_lr[pair]) for pair in pairs),
        log10_glr=match.log10_glr,
        posterior=match.posterior,
        reasons=symmetric_reasons(samples, named, match),
        symmetric_samples=samples,
        symmetric_missing=named,
    )


def _undecided(evidence: Evidence, about: str, sample: int, missing: int) -> Conclusion:
    reasons = pairing_reasons(evidence, sample, missing, undecided=True)
    named = _conclusion(evidence, about, Verdict.UNDECIDED, sample, missing, reasons)
    return Conclusion(
        about=about,
        sample=named.sample if about == "sample" else None,
        missing=named.missing if about == "missing" else None,
        verdict=Verdict.UNDECIDED,
        log10_lr=named.log10_lr,
        log10_glr=named.log10_glr,
        posterior=named.posterior,
        reasons=reasons,
    )


def _conclusion(
    evidence: Evidence,
    about: str,
    verdict: Verdict,
    sample: int | None,
    missing: int | None,
    reasons: tuple[str, ...],
) -> Conclusion:
    pair = (sample, missing) if sample is not None and missing is not None else None
    return Conclusion(
        about=about,
        sample=None if sample is None else evidence.case.samples.ids[sample],
        missing=None if missing is None else evidence.case.missing_ids[missing],
        verdict=verdict,
        log10_lr=None if pair is None else float(evidence.pairwise.total_log10_lr[pair]),
        log10_glr=None if pair is None else float(evidence.joint.log10_glr[pair]),
        posterior=None if pair is None else float(evidence.joint.posterior[pair]),
        reasons=reasons,
    )
