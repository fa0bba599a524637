"""Rows and charts of compared pedigrees, for a page and for a notebook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from homeward.genetics.case import Hypothesis
from homeward.identification.kinship_explanation import KinshipExplanation, KinshipLocus, explain_kinship
from homeward.identification.linked_loci import fractions_in_words
from homeward.identification.numbers import (
    counted,
    format_fraction,
    format_genotype,
    format_log10,
    format_lr,
    format_posterior,
    lr_in_words,
)
from homeward.identification.results import KinshipResult
from homeward.reports.forest_chart import ForestRow, ForestSection, draw_forest
from homeward.reports.kinship_words import counted_words, formula_lines, frequency_words, remarks, summary_sentences
from homeward.reports.pedigree_drawing import draw_pedigree

MOST_LOCI_DRAWN = 3
"""With more loci than this, genotypes are not written into the pedigrees."""
MOST_DRAWN_PEOPLE = 150
"""Pedigrees of more people are not drawn."""


@dataclass(frozen=True, slots=True)
class PedigreeRow:
    """One pedigree as text, and its drawing."""

    name: str
    log10_likelihood: str
    words: str
    log10_lr: str
    prior: str
    posterior: str
    drawing: str


def pedigree_rows(result: KinshipResult) -> list[PedigreeRow]:
    """Return every pedigree with its likelihood, LR, prior and posterior."""
    return [_pedigree_row(result, i, hypothesis) for i, hypothesis in enumerate(result.case.hypotheses)]


def _pedigree_row(result: KinshipResult, i: int, hypothesis: Hypothesis) -> PedigreeRow:
    log10_lr = float(result.log10_lr[i])
    is_reference = i == len(result.case.hypotheses) - 1
    return PedigreeRow(
        name=hypothesis.name,
        log10_likelihood=format_log10(float(result.total_log10_likelihood[i]), decimals=4),
        words="reference" if is_reference else lr_in_words(log10_lr),
        log10_lr=format_log10(log10_lr, decimals=4),
        prior=format_fraction(float(f"{result.prior[i]:.4g}")),
        posterior=format_posterior(float(result.posterior[i])),
        drawing=_drawing(result, hypothesis) if len(hypothesis.pedigree) <= MOST_DRAWN_PEOPLE else "",
    )


@dataclass(frozen=True, slots=True)
class PopulationRow:
    """The LRs in one population, as text."""

    name: str
    theta: str
    values: list[str]
    conservative: str


def population_rows(result: KinshipResult) -> list[PopulationRow]:
    """Return the LRs in each population of a case; none if it names no populations."""
    compared = result.case.hypotheses[:-1]
    rows = []
    for one in result.populations:
        lowest = [h.name for h, is_lowest in zip(compared, one.conservative[:-1], strict=True) if is_lowest]
        mark = "" if not lowest else "yes" if len(compared) == 1 else f"for {', '.join(lowest)}"
        values = [format_log10(value, decimals=4) for value in one.log10_lr[:-1].tolist()]
        rows.append(PopulationRow(one.name, format_fraction(one.theta), values, mark))
    return rows


@dataclass(frozen=True, slots=True)
class LinkedRow:
    """The LR of one pedigree at the loci of a linkage group, as text."""

    loci: str
    fractions: str
    pedigree: str
    unlinked: str
    linked: str


def linked_rows(result: KinshipResult) -> list[LinkedRow]:
    """Return the LRs at linked loci, with linkage and without; none if linkage does not count."""
    return [
        LinkedRow(
            loci=" - ".join(result.case.panel.names[i] for i in part.group.loci),
            fractions=fractions_in_words(part.group),
            pedigree=hypothesis.name,
            unlinked=format_log10(float(part.log10_lr_unlinked[h]), decimals=4),
            linked=format_log10(float(part.log10_lr_linked[h]), decimals=4),
        )
        for part in result.linked
        for h, hypothesis in enumerate(result.case.hypotheses[:-1])
    ]


def _drawing(result: KinshipResult, hypothesis: Hypothesis) -> str:
    profiles, panel = hypothesis.profiles, result.case.panel
    typed = np.flatnonzero(profiles.typed.any(axis=1)).tolist()
    genotypes: Mapping[str, Sequence[str]] = {}
    if len(panel) <= MOST_LOCI_DRAWN:
        genotypes = {
            profiles.ids[row]: [
                "/".join(pair) for i in range(len(panel)) if (pair := profiles.genotype(row, i, panel)) is not None
            ]
            for row in typed
        }
    return draw_pedigree(
        hypothesis.pedigree,
        typed={profiles.ids[row] for row in typed},
        notes=genotypes,
        title=f"Pedigree {hypothesis.name}",
    )


def summary(result: KinshipResult) -> str:
    """Say how many pedigrees were compared, and which is the most probable."""
    compared = f"{counted(len(result.case.hypotheses), 'pedigree')} compared over "
    compared += f"{counted(len(result.case.panel), 'locus', 'loci')}."
    if np.isnan(result.posterior).any():
        return f"{compared} None of them can explain the profiles."
    best = int(result.posterior.argmax())
    prior, posterior = float(result.prior[best]), float(result.posterior[best])
    return (
        f"{compared} The most probable is {result.case.hypotheses[best].name}: {prior:.4g} before the DNA, "
        f"{format_posterior(posterior)} after it."
    )


def impossible_sentences(result: KinshipResult) -> list[str]:
    """Name the loci at which a pedigree cannot explain the profiles."""
    names = result.case.panel.names
    sentences = []
    for hypothesis, by_locus in zip(result.case.hypotheses, result.log10_likelihood, strict=True):
        at = [names[int(i)] for i in np.flatnonzero(by_locus == -np.inf)]
        if at:
            sentences.append(f"{hypothesis.name} is impossible under the stated model at {', '.join(at)}.")
    return sentences


def locus_chart(result: KinshipResult) -> str:
    """Return the chart of the log10 LR against the reference: each locus, and all loci together below."""
    compared = [hypothesis.name for hypothesis in result.case.hypotheses[:-1]]
    with np.errstate(invalid="ignore"):
        by_locus = result.log10_likelihood[:-1] - result.log10_likelihood[-1]
    typed = np.any([h.profiles.typed.any(axis=0) for h in result.case.hypotheses], axis=0)
    rows = tuple(
        ForestRow(name, tuple(by_locus[:, i].tolist()), "; ".join(result.locus_notes[i]))
        for i, name in enumerate(result.case.panel.names)
        if typed[i]
    )
    together = ForestRow("All loci", tuple(result.log10_lr[:-1].tolist()))
    origins = (0.0,) * len(compared)
    reference = result.case.hypotheses[-1].name
    axis = f"log10 LR of all loci together{', linked loci jointly' if result.linked else ''}"
    sections = [
        ForestSection("", f"log10 LR by locus, against {reference}", rows, origins),
        ForestSection("", axis, (together,), origins),
    ]
    return draw_forest(sections if rows else sections[1:], compared, title="log10 LR by locus")


@dataclass(frozen=True, slots=True)
class LocusRow:
    """One locus of an explained LR, as text."""

    locus: str
    genotypes: list[str]
    frequencies: str
    counted: str
    log10_likelihood: str
    log10_reference: str
    lr: str
    log10_lr: str
    formula: list[str]
    remarks: str


@dataclass(frozen=True, slots=True)
class ExplainedSection:
    """One explained LR, as text."""

    name: str
    reference: str
    words: str
    log10_lr: str
    sentences: list[str]
    people: tuple[str, ...]
    rows: list[LocusRow]
    has_formulas: bool
    is_linked: bool


def explained_sections(result: KinshipResult) -> list[ExplainedSection]:
    """Return every pedigree but the reference, explained."""
    return [explained_section(explain_kinship(result, h.name)) for h in result.case.hypotheses[:-1]]


def explained_section(explanation: KinshipExplanation) -> ExplainedSection:
    """Return one explained LR."""
    name, reference = explanation.names
    rows = [_locus_row(explanation, locus) for locus in explanation.loci if locus.is_typed]
    return ExplainedSection(
        name=name,
        reference=reference,
        words=lr_in_words(explanation.log10_lr),
        log10_lr=format_log10(explanation.log10_lr, decimals=4),
        sentences=summary_sentences(explanation),
        people=explanation.people,
        rows=rows,
        has_formulas=any(row.formula for row in rows),
        is_linked=bool(explanation.result.linked),
    )


def _locus_row(explanation: KinshipExplanation, locus: KinshipLocus) -> LocusRow:
    return LocusRow(
        locus=locus.locus,
        genotypes=[format_genotype(locus.genotypes.get(person)) for person in explanation.people],
        frequencies=frequency_words(locus),
        counted=counted_words(locus),
        log10_likelihood=format_log10(locus.log10_likelihood, decimals=4),
        log10_reference=format_log10(locus.log10_reference, decimals=4),
        lr=format_lr(locus.log10_lr),
        log10_lr=format_log10(locus.log10_lr, decimals=4),
        formula=formula_lines(locus),
        remarks="; ".join(remarks(explanation, locus)),
    )
