"""The report of estimated statures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from homeward import __version__
from homeward.core.provenance import InputFile
from homeward.identification.numbers import counted, format_fraction, format_log10, lr_in_words
from homeward.osteology.populations import NormalPopulation
from homeward.osteology.reference import ReferenceSample
from homeward.osteology.stature_results import Comparison, StatureEstimate, StatureResult
from homeward.reports.page import environment, html_page
from homeward.reports.stature_document import policy_document
from homeward.reports.stature_plot import draw_stature_plot

MOST_DRAWN = 40
"""People whose regression is drawn; all of them are in the table."""


@dataclass(frozen=True, slots=True)
class EstimateRow:
    """One estimate, as text."""

    preferred: bool
    measurements: str
    lengths: str
    basis: str
    n_reference: str
    stature: str
    interval: str
    log10_lr: str


@dataclass(frozen=True, slots=True)
class SubjectSection:
    """One person: a sentence, all estimates, and the drawing of the one to report."""

    name: str
    words: str
    rows: list[EstimateRow]
    notes: list[str]
    drawing: str


def stature_page(
    result: StatureResult, reference: ReferenceSample | None, inputs: Sequence[InputFile], notes: Iterable[str]
) -> str:
    """Return one self-contained HTML file: for every person the estimates, and the regression drawn."""
    sections = subject_sections(result)
    fragment = (
        environment()
        .get_template("stature.html.j2")
        .render(
            version=__version__,
            title="Stature from bones",
            summary=f"Stature of {counted(len(sections), 'person', 'people')} estimated.",
            recorded=None if result.comparison is None else _recorded_words(result.comparison),
            level=f"{result.choices.settings.level:.0%}",
            notes=list(dict.fromkeys([*notes, *result.notes])),
            sections=sections,
            set_aside=result.set_aside,
            settings=[
                (name.replace("_", " "), _value(value)) for name, value in policy_document(result.choices).items()
            ],
            reference=reference,
            n_people=0 if reference is None else len(set(reference.persons)),
            inputs=inputs,
        )
    )
    return html_page("Stature from bones", fragment, kind="Biological profile")


def subject_sections(result: StatureResult) -> list[SubjectSection]:
    """Return every person of whom there is an estimate; the regressions of the first ``MOST_DRAWN`` are drawn."""
    by_subject: dict[str, list[StatureEstimate]] = {}
    for one in result.estimates:
        by_subject.setdefault(one.subject, []).append(one)
    return [
        _section(name, estimates, draw=number < MOST_DRAWN)
        for number, (name, estimates) in enumerate(by_subject.items())
    ]


def _section(name: str, estimates: Sequence[StatureEstimate], *, draw: bool) -> SubjectSection:
    best = next(one for one in estimates if one.preferred)
    words = f"{best.stature_cm:.1f} cm, between {best.lower_cm:.1f} and {best.upper_cm:.1f}"
    words += f", after {best.age_loss_cm:.2f} cm taken off for age." if best.age_loss_cm else "."
    if best.log10_lr is not None:
        words += f" The likelihood ratio against the stature on record is {lr_in_words(best.log10_lr)}."
    return SubjectSection(
        name=name,
        words=words,
        rows=[_row(one) for one in estimates],
        notes=list(dict.fromkeys(note for one in estimates for note in one.notes)),
        drawing=draw_stature_plot(best, title=f"Stature of {name}") if draw else "",
    )


def _row(one: StatureEstimate) -> EstimateRow:
    return EstimateRow(
        preferred=one.preferred,
        measurements=", ".join(map(str, one.measurements)),
        lengths=", ".join(f"{length:g}" for length in one.lengths_mm),
        basis=one.printed or one.basis,
        n_reference="\N{EN DASH}" if one.n_reference is None else str(one.n_reference),
        stature=f"{one.stature_cm:.1f}",
        interval=f"{one.lower_cm:.1f} to {one.upper_cm:.1f} ({one.interval})",
        log10_lr=format_log10(one.log10_lr),
    )


def _recorded_words(comparison: Comparison) -> str:
    recorded, population = comparison.recorded, comparison.population
    if isinstance(population, NormalPopulation):
        whom = f"somebody of a population of mean {population.mean:g} cm, sd {population.sd:g}"
    else:
        whom = f"one of {counted(len(population.values), 'listed person', 'listed people')}"
    return (
        f"H1: the bones are those of the person whose stature is on record as {recorded.stature_cm:g} cm (error sd "
        f"{recorded.error_sd_cm:.2f} cm, rounding and growth included). H2: they are those of {whom}."
    )


def _value(value: object) -> str:
    if value is None:
        return "\N{EN DASH}"
    return format_fraction(value) if isinstance(value, float) else str(value)
