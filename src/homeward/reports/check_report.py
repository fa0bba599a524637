"""The report of a check of families: what was found, the triangle of pairs, corrections, families."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from homeward.identification.checking.corrections import Correction
from homeward.identification.checking.pairs import PairCheck
from homeward.identification.checking.results import CheckResult, FamilyCheck
from homeward.identification.checking.settings import Grade
from homeward.identification.numbers import (
    counted,
    format_fraction,
    format_genotype,
    format_log10,
    format_posterior,
    lr_in_words,
)
from homeward.reports.ibd_triangle import TrianglePoint, draw_ibd_triangle
from homeward.reports.page import environment, html_page, panel_rows
from homeward.reports.pedigree_drawing import draw_pedigree, legend_entries

MAX_DRAWN_PEOPLE = 150
MOST_FAMILIES = 60
"""Families without any finding are drawn up to this number."""
MOST_PAIRS = 400


def check_page(result: CheckResult) -> str:
    """Return the whole report as one HTML file that needs nothing else: no script, no font, no other host."""
    return html_page(result.case.title, check_fragment(result), kind="Check of families")


def check_fragment(result: CheckResult) -> str:
    """Return the report as one ``<article>``."""
    shown = _shown_families(result)
    return (
        environment()
        .get_template("check.html.j2")
        .render(
            result=result,
            summary=summary_sentences(result),
            corrections=correction_rows(result),
            triangle=triangle_of(result),
            pairs=[pair_row(pair) for pair in shown_pairs(result)],
            n_pairs_left_out=len(result.pairs.pairs) - len(shown_pairs(result)),
            families=[_family_section(number, family) for number, family in enumerate(shown, start=1)],
            n_families_left_out=len(result.families) - len(shown),
            legend=legend_entries(),
            panel=panel_rows(result.case.panel),
            theta=format_fraction(result.case.panel.theta),
            settings=_setting_rows(result),
        )
    )


def summary_sentences(result: CheckResult) -> list[str]:
    """Say in a few sentences what was compared and what came out."""
    n_typed = sum(family.n_typed for family in result.families)
    kind = ("pedigree", "pedigrees") if any(f.is_hypothesis for f in result.families) else ("family", "families")
    serious = sum(finding.grade is Grade.SERIOUS for finding in result.findings)
    return [
        f"{counted(len(result.families), *kind)} with {counted(n_typed, 'typed person', 'typed people')} checked, "
        f"{counted(result.pairs.n_compared, 'pair')} compared.",
        f"{counted(serious, 'serious finding')} and {counted(len(result.findings) - serious, 'notice')}."
        if result.findings
        else "Nothing was found that speaks against the families as stated.",
    ]


def triangle_of(result: CheckResult) -> str:
    """Return the triangle of all pairs kept, or nothing if there are none."""
    if not result.pairs.pairs:
        return ""
    points = [
        TrianglePoint(
            float(pair.kappa[0]),
            float(pair.kappa[2]),
            f"{pair.first.id} and {pair.second.id}",
            pair.stated_kappa,
            pair.stated,
            pair.grade is not None,
        )
        for pair in result.pairs.pairs
    ]
    return draw_ibd_triangle(points, title="Estimated sharing of genes by descent of every pair")


def shown_pairs(result: CheckResult) -> list[PairCheck]:
    """Return the pairs with findings, then the others in order, up to a number."""
    return sorted(result.pairs.pairs, key=lambda pair: pair.grade is None)[:MOST_PAIRS]


@dataclass(frozen=True, slots=True)
class PairRow:
    """One pair as text."""

    grade: str
    families: str
    first: str
    second: str
    stated: str
    n_loci: str
    kappa: str
    best: str
    best_log10_lr: str
    p_value: str


def pair_row(pair: PairCheck) -> PairRow:
    """Return one pair as a row of a table."""
    same_family = pair.first.family_id == pair.second.family_id
    return PairRow(
        grade="" if pair.grade is None else pair.grade.value,
        families=pair.first.family_id if same_family else f"{pair.first.family_id}, {pair.second.family_id}",
        first=pair.first.id,
        second=pair.second.id,
        stated=pair.stated,
        n_loci=str(pair.n_loci),
        kappa=", ".join(f"{value:.2f}" for value in pair.kappa),
        best=pair.best,
        best_log10_lr=format_log10(pair.best_log10_lr),
        p_value="" if pair.p_value is None else f"{pair.p_value:.2g}",
    )


@dataclass(frozen=True, slots=True)
class CorrectionRow:
    """One correction as text."""

    family: str
    rank: str
    words: str
    gain: str
    in_words: str
    errors_left: str
    bound: str


def correction_rows(result: CheckResult) -> list[CorrectionRow]:
    """Return the corrections of all families as rows of a table."""
    return [_correction_row(family, one) for family in result.families for one in family.corrections]


def _correction_row(family: FamilyCheck, one: Correction) -> CorrectionRow:
    return CorrectionRow(
        family=family.family.id,
        rank=str(one.rank),
        words=one.words,
        gain=format_log10(one.log10_gain),
        in_words=lr_in_words(one.log10_gain),
        errors_left=str(one.errors_left),
        bound=format_posterior(one.bound),
    )


@dataclass(frozen=True, slots=True)
class _FamilySection:
    anchor: str
    id: str
    summary: str
    drawing: str | None
    errors: list[tuple[str, str, str, str]]


def _shown_families(result: CheckResult) -> list[FamilyCheck]:
    """Return all families, or where there are many those with a finding."""
    if len(result.families) <= MOST_FAMILIES:
        return list(result.families)
    named = {name for finding in result.findings for name in finding.families}
    return [family for family in result.families if family.family.id in named]


def _family_section(number: int, check: FamilyCheck) -> _FamilySection:
    pedigree, typed = check.family.pedigree, check.family.profiles.typed
    drawing = None
    if len(pedigree) <= MAX_DRAWN_PEOPLE:
        drawing = draw_pedigree(
            pedigree,
            typed={pedigree.ids[k] for k in np.flatnonzero(typed.any(axis=1))},
            missing={pedigree.ids[person.position] for person in check.family.missing},
            title=f"Pedigree of {check.family.id}",
        )
    errors = [
        (
            error.locus,
            "; ".join(f"{p} {format_genotype(g)}" for p, g in zip(error.people, error.genotypes, strict=True)),
            str(error.mutations),
            format_log10(error.log10_likelihood),
        )
        for error in check.errors
    ]
    summary = (
        f"{counted(check.n_typed, 'typed member')}; log10 likelihood {format_log10(check.log10_likelihood)}; "
        f"{counted(len(errors), 'locus needs', 'loci need')} a mutation."
    )
    return _FamilySection(f"family-{number}", check.family.id, summary, drawing, errors)


def _setting_rows(result: CheckResult) -> list[tuple[str, str]]:
    settings = result.settings
    return [
        ("A finding is serious if its probability by chance is at most", format_fraction(settings.serious)),
        ("A relationship fits poorly if its simulated p-value is at most", format_fraction(settings.notice)),
        ("Loci at which both of a pair must be typed", str(settings.min_loci)),
        ("Loci of a family that may need a mutation", str(settings.most_errors)),
        ("Chance that a recorded sex is wrong", format_fraction(settings.sex_error)),
        ("Mutation rate used to rank corrections where a locus has none", format_fraction(settings.rate)),
        ("Pairs simulated for each p-value", str(settings.simulations)),
        ("Bootstrap replicates for each interval", str(settings.replicates)),
        ("Seed", str(settings.seed)),
    ]
