"""The report of competing pedigrees."""

from __future__ import annotations

from homeward.identification.kinship_sensitivity import KinshipSensitivity
from homeward.identification.numbers import format_fraction
from homeward.identification.results import KinshipResult
from homeward.reports.kinship_sensitivity_tables import left_out_sentences, sensitivity_chart, sensitivity_tables
from homeward.reports.kinship_tables import (
    explained_sections,
    impossible_sentences,
    linked_rows,
    locus_chart,
    pedigree_rows,
    population_rows,
    summary,
)
from homeward.reports.page import environment, html_page, panel_rows
from homeward.reports.pedigree_drawing import legend_entries


def kinship_page(result: KinshipResult, sensitivity: KinshipSensitivity | None = None) -> str:
    """Return one self-contained HTML file: the pedigrees drawn, their LRs and posteriors, and each LR explained."""
    names = [hypothesis.name for hypothesis in result.case.hypotheses[:-1]]
    fragment = (
        environment()
        .get_template("kinship.html.j2")
        .render(
            result=result,
            summary=summary(result),
            impossible=impossible_sentences(result),
            rows=pedigree_rows(result),
            chart=locus_chart(result),
            explained=explained_sections(result),
            names=names,
            populations=population_rows(result),
            linked=linked_rows(result),
            tables=[] if sensitivity is None else sensitivity_tables(sensitivity),
            left_out=[] if sensitivity is None else left_out_sentences(sensitivity),
            sensitivity_chart="" if sensitivity is None else sensitivity_chart(sensitivity),
            legend=legend_entries(),
            panel=panel_rows(result.case.panel),
            theta=format_fraction(result.case.panel.theta),
        )
    )
    return html_page(result.case.title, fragment)
