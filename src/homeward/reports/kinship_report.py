"""The report of competing pedigrees."""

from __future__ import annotations

from homeward.identification.numbers import format_fraction
from homeward.identification.results import KinshipResult
from homeward.reports.kinship_tables import (
    explained_sections,
    impossible_sentences,
    locus_chart,
    pedigree_rows,
    summary,
)
from homeward.reports.page import environment, html_page, panel_rows
from homeward.reports.pedigree_drawing import legend_entries


def kinship_page(result: KinshipResult) -> str:
    """Return one self-contained HTML file: the pedigrees drawn, their LRs and posteriors, and each LR explained."""
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
            legend=legend_entries(),
            panel=panel_rows(result.case.panel),
            theta=format_fraction(result.case.panel.theta),
        )
    )
    return html_page(result.case.title, fragment)
