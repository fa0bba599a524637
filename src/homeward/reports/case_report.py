"""The report of a resolved case: one self-contained HTML page, or the part of it that goes into another page."""

from __future__ import annotations

from dataclasses import dataclass

from homeward.genetics.case import Family
from homeward.identification.numbers import format_fraction
from homeward.identification.results import Resolution, Verdict
from homeward.reports import case_tables
from homeward.reports.heat_map import draw_heat_map
from homeward.reports.page import environment, html_page, panel_rows
from homeward.reports.pedigree_drawing import draw_pedigree, legend_entries
from homeward.reports.policy_words import policy_rows

MAX_DRAWN_PEOPLE = 150
"""Families with more members are listed, not drawn."""
MAX_SHOWN_FAMILIES = 100
"""With more families than this, only those that a conclusion names are shown."""


def report_page(resolution: Resolution) -> str:
    """Return the whole report as one HTML file that needs nothing else: no script, no font, no other host."""
    return html_page(resolution.case.title, report_fragment(resolution))


def report_fragment(resolution: Resolution) -> str:
    """Return the report as one ``<article>``, to stand in a page that has the style sheet.

    It begins with the one ``<h1>`` and holds no script, style attribute or link to another place.
    """
    case = resolution.case
    shown = _shown_families(resolution)
    return (
        environment()
        .get_template("report.html.j2")
        .render(
            case=case,
            resolution=resolution,
            summary=case_tables.summary_sentences(resolution),
            notes=list(dict.fromkeys([*case.notes, *resolution.notes])),
            sample_conclusions=case_tables.conclusion_rows(resolution, "sample"),
            missing_conclusions=case_tables.conclusion_rows(resolution, "missing"),
            symmetric=case_tables.symmetric_sentences(resolution),
            heat_map=_heat_map(resolution),
            posterior=case_tables.posterior_rows(resolution),
            posterior_is_matrix=case_tables.posterior_is_matrix(resolution),
            quality=case_tables.quality_sentence(resolution),
            assignments=case_tables.assignment_rows(resolution),
            families=[_family_section(resolution, i, family) for i, family in shown],
            legend=legend_entries(),
            n_families_left_out=len(case.families) - len(shown),
            pairings=[case_tables.locus_table(resolution, s, m) for s, m in case_tables.concluded_pairs(resolution)],
            policy=policy_rows(resolution.policy),
            panel=panel_rows(case.panel),
            theta=format_fraction(case.panel.theta),
            groups=[group for group in case.sample_members if len(group) > 1],
        )
    )


def _heat_map(resolution: Resolution) -> str:
    return draw_heat_map(
        resolution.pairwise.total_log10_lr,
        resolution.case.samples.ids,
        resolution.case.missing_ids,
        allowed=resolution.pairwise.allowed,
    )


@dataclass(frozen=True, slots=True)
class _FamilySection:
    anchor: str
    id: str
    drawing: str | None
    members: list[case_tables.Member]


def _shown_families(resolution: Resolution) -> list[tuple[int, Family]]:
    """Return all families, or in a large case those that a conclusion names."""
    families = list(enumerate(resolution.case.families))
    if len(families) <= MAX_SHOWN_FAMILIES:
        return families
    named = {missing for _, missing in case_tables.concluded_pairs(resolution)}
    ids = resolution.case.missing_ids
    wanted = {ids[m] for m in named}
    return [(i, family) for i, family in families if any(person.id in wanted for person in family.missing)]


def _family_section(resolution: Resolution, number: int, family: Family) -> _FamilySection:
    drawing = None
    if len(family.pedigree) <= MAX_DRAWN_PEOPLE:
        drawing = _drawing(resolution, family)
    return _FamilySection(f"family-{number + 1}", family.id, drawing, case_tables.family_members(family))


def _drawing(resolution: Resolution, family: Family) -> str:
    ids = family.pedigree.ids
    n_typed = family.profiles.typed.sum(axis=1).tolist()
    in_case = {person.id: ids[person.position] for person in family.missing}
    candidates: dict[str, list[str]] = {}
    for conclusion in resolution.conclusions:
        if conclusion.about != "missing" or conclusion.missing not in in_case:
            continue
        written = {
            Verdict.IDENTIFIED: f"{conclusion.sample}",
            Verdict.PROBABLE: f"probably {conclusion.sample}",
            Verdict.SYMMETRIC: case_tables.listed(conclusion.symmetric_samples, "or"),
        }.get(conclusion.verdict)
        if written is not None:
            candidates[in_case[conclusion.missing]] = [written]
    return draw_pedigree(
        family.pedigree,
        labels={person: name for name, person in in_case.items()},
        typed={person for person, n in zip(ids, n_typed, strict=True) if n},
        missing=set(in_case.values()),
        candidates=candidates,
        title=f"Pedigree of family {family.id}",
    )
