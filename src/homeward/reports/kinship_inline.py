"""Pedigrees, compared pedigrees and an explained LR as a notebook shows them."""

from __future__ import annotations

from homeward.genetics.pedigree import Pedigree
from homeward.identification.kinship_explanation import KinshipExplanation
from homeward.identification.kinship_sensitivity import KinshipSensitivity
from homeward.identification.results import KinshipResult
from homeward.reports.inline_parts import Inline, inline
from homeward.reports.kinship_sensitivity_tables import left_out_sentences, sensitivity_chart, sensitivity_tables
from homeward.reports.kinship_tables import (
    explained_section,
    impossible_sentences,
    linked_rows,
    locus_chart,
    pedigree_rows,
    population_rows,
    summary,
)
from homeward.reports.pedigree_drawing import draw_pedigree

TEMPLATE = "kinship_inline.html.j2"


def pedigree_inline(pedigree: Pedigree) -> Inline:
    """Return the drawing of a pedigree."""
    drawing = draw_pedigree(pedigree, title="Pedigree")
    return _inline([], [drawing], drawing=drawing)


def result_inline(result: KinshipResult) -> Inline:
    """Return compared pedigrees: table, drawings, and the chart by locus."""
    rows, chart = pedigree_rows(result), locus_chart(result)
    sentences = [summary(result), *impossible_sentences(result), *result.notes]
    names = [hypothesis.name for hypothesis in result.case.hypotheses[:-1]]
    drawings = [chart, *(row.drawing for row in rows)]
    return _inline(
        sentences,
        drawings,
        rows=rows,
        chart=chart,
        populations=population_rows(result),
        names=names,
        linked=linked_rows(result),
    )


def explanation_inline(explanation: KinshipExplanation) -> Inline:
    """Return one LR, locus by locus."""
    section = explained_section(explanation)
    lead = f"{section.name} against {section.reference}: LR {section.words} (log10 {section.log10_lr})."
    return _inline([lead, *section.sentences], [], section=section)


def sensitivity_inline(sensitivity: KinshipSensitivity) -> Inline:
    """Return what the LRs hang on: chart and tables."""
    chart = sensitivity_chart(sensitivity)
    return _inline(
        [],
        [chart],
        tables=sensitivity_tables(sensitivity),
        left_out=left_out_sentences(sensitivity),
        names=sensitivity.names[:-1],
        chart=chart,
    )


def _inline(sentences: list[str], drawings: list[str], **parts: object) -> Inline:
    absent = dict.fromkeys(("drawing", "rows", "populations", "chart", "section", "tables", "linked"))
    return inline(TEMPLATE, drawings, **(absent | parts), sentences=sentences)
