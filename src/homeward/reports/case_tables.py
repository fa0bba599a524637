"""The texts and tables of a case report, ready to be set."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from homeward.genetics.case import Family
from homeward.genetics.pedigree import Sex
from homeward.identification import reasons
from homeward.identification.numbers import (
    counted,
    format_genotype,
    format_log10,
    format_lr,
    format_posterior,
    lr_in_words,
)
from homeward.identification.results import Conclusion, Quality, Resolution, Verdict
from homeward.reports.pedigree_layout import is_unnamed

VERDICT_ORDER = tuple(Verdict)
MAX_MATRIX_COLUMNS = 12
"""Missing persons up to which the posterior is shown as a whole table."""
MAX_LISTED = 5
"""Missing persons listed for a sample where there are more."""
N_ASSIGNMENTS = 10
BEST_MARKED = 0.9
"""Posteriors above this are set in bold."""


def isolated(name: str) -> str:
    """Return a name that keeps the order of the words around it, if it is written from right to left."""
    if any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in name):
        return f"\N{FIRST STRONG ISOLATE}{name}\N{POP DIRECTIONAL ISOLATE}"
    return name


def listed(names: Sequence[str], joint: str = "and") -> str:
    """Join names as in a sentence: "a, b and c"."""
    return reasons.listed([isolated(name) for name in names], joint) if names else "nobody"


def summary_sentences(resolution: Resolution) -> list[str]:
    """Say in two sentences what was compared and what came out."""
    case = resolution.case
    of_missing = Counter(c.verdict for c in resolution.conclusions if c.about == "missing")
    of_samples = Counter(c.verdict for c in resolution.conclusions if c.about == "sample")
    who = (
        f"{counted(len(case.samples), 'sample')}, {counted(len(case.missing_ids), 'missing person')} in "
        f"{counted(len(case.families), 'family', 'families')}"
    )
    return [
        f"{who}, {counted(len(case.panel), 'locus', 'loci')}.",
        f"Of the missing persons: {_verdict_counts(of_missing)}.",
        f"Of the samples: {_verdict_counts(of_samples)}.",
    ]


def _verdict_counts(counts: Counter[Verdict]) -> str:
    return ", ".join(f"{counts[verdict]} {verdict}" for verdict in VERDICT_ORDER if counts[verdict]) or "none"


@dataclass(frozen=True, slots=True)
class ConclusionRow:
    """One line of a table of conclusions."""

    subject: str
    verdict: str
    partner: str
    lr_words: str
    log10_lr: str
    glr_words: str
    log10_glr: str
    posterior: str
    reasons: tuple[str, ...]


def conclusion_rows(resolution: Resolution, about: str) -> list[ConclusionRow]:
    """Return the conclusions about all samples, or about all missing persons ("missing")."""
    return [_conclusion_row(resolution, c) for c in resolution.conclusions if c.about == about]


def _conclusion_row(resolution: Resolution, conclusion: Conclusion) -> ConclusionRow:
    of_sample = conclusion.about == "sample"
    subject, partner = (conclusion.sample, conclusion.missing)[:: 1 if of_sample else -1]
    if conclusion.verdict is Verdict.SYMMETRIC:
        others = conclusion.symmetric_missing if of_sample else conclusion.symmetric_samples
        partner = f"{'one of ' if len(others) > 1 else ''}{listed(others)}"
    lr, glr = conclusion.log10_lr, conclusion.log10_glr
    return ConclusionRow(
        subject=subject or "",
        verdict=conclusion.verdict.value,
        partner=partner or "nobody named",
        lr_words="\N{EN DASH}" if lr is None else lr_in_words(lr),
        log10_lr="" if lr is None else format_log10(lr),
        glr_words="\N{EN DASH}" if glr is None else lr_in_words(glr),
        log10_glr="" if glr is None else format_log10(glr),
        posterior=format_posterior(conclusion.posterior, _complement(resolution, conclusion)),
        reasons=conclusion.reasons,
    )


def _complement(resolution: Resolution, conclusion: Conclusion) -> float | None:
    """Return one minus the posterior of the pairing a conclusion names, from the other entries of its row."""
    if conclusion.sample is None or conclusion.missing is None or resolution.joint.error != 0.0:
        return None
    s = resolution.case.samples.position(conclusion.sample)
    m = resolution.case.missing_ids.index(conclusion.missing)
    return others_in_row(resolution, s, m)


def others_in_row(resolution: Resolution, sample: int, column: int) -> float:
    """Return the sum of all other posteriors of a sample: one minus its own, without loss of digits."""
    return float(np.delete(resolution.joint.posterior[sample], column).sum())


def symmetric_sentences(resolution: Resolution) -> list[str]:
    """Say which sets of samples match which sets of missing persons."""
    sets = dict.fromkeys(
        (c.symmetric_samples, c.symmetric_missing)
        for c in resolution.conclusions
        if c.verdict is Verdict.SYMMETRIC and c.symmetric_samples and c.symmetric_missing
    )
    return [_symmetric_sentence(samples, missing) for samples, missing in sets]


def _symmetric_sentence(samples: tuple[str, ...], missing: tuple[str, ...]) -> str:
    cannot, which = "The DNA cannot tell which is which.", "The DNA cannot tell which."
    if len(samples) == len(missing):
        return f"The samples {listed(samples)} are the missing persons {listed(missing)}, as a set. {cannot}"
    if len(samples) == 1:
        return f"The sample {isolated(samples[0])} is one of the missing persons {listed(missing)}. {which}"
    if len(missing) == 1:
        return f"The missing person {isolated(missing[0])} is one of the samples {listed(samples)}. {which}"
    fewer, more = ("samples", "missing persons"), ("missing persons", "samples")
    kind, other = fewer if len(samples) < len(missing) else more
    few, many = (samples, missing) if len(samples) < len(missing) else (missing, samples)
    return f"Each of the {kind} {listed(few)} is one of the {other} {listed(many)}. {cannot}"


@dataclass(frozen=True, slots=True)
class PosteriorRow:
    """The posteriors of one sample: a cell for each column, or the likeliest with their names."""

    sample: str
    cells: list[str]
    best: list[bool]


def posterior_is_matrix(resolution: Resolution) -> bool:
    """Return whether the whole table is shown."""
    return len(resolution.case.missing_ids) <= MAX_MATRIX_COLUMNS


def posterior_rows(resolution: Resolution) -> list[PosteriorRow]:
    """Return the joint posterior of every sample."""
    joint = resolution.joint
    names = [*resolution.case.missing_ids, "none of them"]
    rows = []
    for s, sample in enumerate(resolution.case.samples.ids):
        posterior = joint.posterior[s]
        texts = [
            format_posterior(float(p), others_in_row(resolution, s, m) if joint.error == 0.0 else None)
            for m, p in enumerate(posterior)
        ]
        if posterior_is_matrix(resolution):
            rows.append(PosteriorRow(sample, texts, [p > BEST_MARKED for p in posterior]))
        else:
            order = [int(m) for m in np.argsort(-posterior, kind="stable")[:MAX_LISTED] if posterior[m] > 0.0]
            cells = ["; ".join(f"{isolated(names[m])}: {texts[m]}" for m in order)]
            rows.append(PosteriorRow(sample, cells, [False]))
    return rows


def quality_sentence(resolution: Resolution) -> str:
    """Say how the posterior was obtained and how far it may be off."""
    joint = resolution.joint
    if joint.error == 0.0:
        return "These probabilities are exact: every assignment was weighed."
    error = format_posterior(joint.error)
    if joint.quality is Quality.EXACT:
        return f"These probabilities are exact to rounding: what was not weighed adds up to less than {error}."
    if joint.quality is Quality.BOUNDED:
        return f"These probabilities are bounded: none is off by more than {error}."
    n_estimated = int(np.isnan(joint.errors).any(axis=1).sum())
    if 0 < n_estimated < len(joint.errors):
        n, them = counted(n_estimated, "sample"), "it" if n_estimated == 1 else "them"
        return f"The probabilities of {n} are estimated, as the notes say; those of the others do not depend on {them}."
    return "These probabilities are estimated: not every assignment could be weighed, as the notes say."


@dataclass(frozen=True, slots=True)
class AssignmentRow:
    """One way to explain everything."""

    rank: int
    pairs: list[str]
    log10_likelihood: str
    posterior: str


def assignment_rows(resolution: Resolution) -> list[AssignmentRow]:
    """Return the best assignments, best first."""
    missing = resolution.case.missing_ids
    rows = []
    for rank, assignment in enumerate(resolution.joint.assignments[:N_ASSIGNMENTS], start=1):
        named = zip(resolution.case.samples.ids, assignment.pairs, strict=True)
        pairs = [f"{isolated(sample)} is {isolated(missing[m])}" for sample, m in named if m >= 0]
        n_nobody = sum(m < 0 for m in assignment.pairs)
        if n_nobody:
            pairs.append(f"{counted(n_nobody, 'sample')} {'is' if n_nobody == 1 else 'are'} nobody of this case")
        likelihood = format_log10(assignment.log10_likelihood, decimals=4)
        rows.append(AssignmentRow(rank, pairs, likelihood, format_posterior(assignment.posterior)))
    return rows


@dataclass(frozen=True, slots=True)
class Member:
    """One line of the table of a family."""

    name: str
    role: str
    relation: str
    sex: str
    n_loci: str


def family_members(family: Family) -> list[Member]:
    """Return everybody in a family who has a name."""
    pedigree = family.pedigree
    missing = {person.position: person.id for person in family.missing}
    n_typed = family.profiles.typed.sum(axis=1).tolist()
    members = []
    for i, person in enumerate(pedigree.ids):
        if is_unnamed(person):
            continue
        parents = [pedigree.ids[int(p)] for p in pedigree.parents[i] if p >= 0 and not is_unnamed(pedigree.ids[int(p)])]
        role = "missing" if i in missing else "reference" if n_typed[i] else ""
        name = f"{isolated(person)} ({isolated(missing[i])})" if i in missing and missing[i] != person else person
        relation = f"child of {listed(parents)}" if parents else "parents not in the file"
        sex = Sex(int(family.profiles.sex[i])).name.lower()
        loci = "not typed" if not n_typed[i] else counted(n_typed[i], "locus", "loci")
        members.append(Member(name, role, relation, sex, loci))
    return members


def concluded_pairs(resolution: Resolution) -> list[tuple[int, int]]:
    """Return the pairings that a conclusion names, and every pairing within a symmetric set."""
    ids = resolution.case.missing_ids
    found: dict[tuple[int, int], None] = {}
    for conclusion in resolution.conclusions:
        if conclusion.verdict is Verdict.SYMMETRIC:
            names = [(s, m) for s in conclusion.symmetric_samples for m in conclusion.symmetric_missing]
        elif conclusion.sample is not None and conclusion.missing is not None:
            names = [(conclusion.sample, conclusion.missing)]
        else:
            continue
        for sample, missing in names:
            found[resolution.case.samples.position(sample), ids.index(missing)] = None
    return sorted(found)


@dataclass(frozen=True, slots=True)
class LocusRow:
    """One locus of one LR."""

    locus: str
    sample: str
    relatives: list[str]
    log10_lr: str
    lr: str
    notes: list[str]


@dataclass(frozen=True, slots=True)
class LocusTable:
    """One LR, locus by locus."""

    anchor: str
    sample: str
    missing: str
    family: str
    relatives: list[str]
    rows: list[LocusRow]
    total_log10: str
    total_words: str
    n_compared: int
    n_inconsistent: int
    sex_log10: str | None


def locus_table(resolution: Resolution, sample: int, missing: int) -> LocusTable:
    """Return the LR of one pairing, locus by locus, with the genotypes it rests on."""
    case, pairwise = resolution.case, resolution.pairwise
    family, person = [(f, p) for f in case.families for p in f.missing][missing]
    relatives = np.flatnonzero(family.profiles.typed.any(axis=1)).tolist()
    rows = []
    for i, locus in enumerate(case.panel.loci):
        value = float(pairwise.log10_lr[sample, missing, i])
        notes = ["needs a mutation"] if pairwise.inconsistent[sample, missing, i] else []
        notes += [] if pairwise.compared[sample, missing, i] else ["not compared"]
        notes += ["the relatives contradict the pedigree"] if np.isnan(value) else []
        notes += ["an allele may be unseen"] if case.samples.dropout[sample, i] > 0 else []
        rows.append(
            LocusRow(
                locus=locus.name,
                sample=format_genotype(case.samples.genotype(sample, i, case.panel)),
                relatives=[format_genotype(family.profiles.genotype(r, i, case.panel)) for r in relatives],
                log10_lr=format_log10(value, decimals=4),
                lr=format_lr(value),
                notes=notes,
            )
        )
    total = float(pairwise.total_log10_lr[sample, missing])
    sex = float(pairwise.sex_log10_lr[sample, missing])
    return LocusTable(
        anchor=f"pairing-{sample + 1}-{missing + 1}",
        sample=case.samples.ids[sample],
        missing=person.id,
        family=family.id,
        relatives=[family.pedigree.ids[r] for r in relatives],
        rows=rows,
        total_log10=format_log10(total, decimals=4),
        total_words=lr_in_words(total),
        n_compared=int(pairwise.n_compared[sample, missing]),
        n_inconsistent=int(pairwise.n_inconsistent[sample, missing]),
        sex_log10=None if sex == 0.0 else format_log10(sex, decimals=4),
    )
