"""The report of how informative families are, and how well two pedigrees can be told apart."""

from __future__ import annotations

from dataclasses import dataclass

from homeward.genetics.case import Hypothesis
from homeward.genetics.simulation.lr_power import Power
from homeward.identification.numbers import counted, format_fraction, format_log10, format_posterior
from homeward.identification.power_results import ComparisonPower, MissingPower, PowerResult
from homeward.identification.power_words import (
    chance_words,
    comparison_sentences,
    missing_sentences,
    reached_words,
    set_name,
    settings_sentence,
)
from homeward.reports.page import environment, html_page, panel_rows
from homeward.reports.pedigree_drawing import draw_pedigree, legend_entries
from homeward.reports.policy_words import policy_rows
from homeward.reports.power_plot import PowerPoint, draw_lr_distributions, draw_power_plot


def power_page(result: PowerResult) -> str:
    """Return one self-contained HTML file: pedigrees, power of each set of relatives, plots and figures by locus."""
    fragment = (
        environment()
        .get_template("power.html.j2")
        .render(
            result=result,
            summary=_summary(result),
            explained=settings_sentence(result),
            sections=[_missing_section(one, result) for one in result.missing],
            comparison=None if result.comparison is None else _comparison_section(result.comparison, result),
            legend=legend_entries(),
            policy=policy_rows(result.policy),
            panel=panel_rows(result.case.panel),
            theta=format_fraction(result.case.panel.theta),
        )
    )
    return html_page(f"Power: {result.case.title}", fragment)


def _summary(result: PowerResult) -> str:
    if result.comparison is not None:
        return f"How well {result.comparison.h1} can be told from {result.comparison.h2}."
    about = counted(len(result.missing), "missing person")
    return f"How informative the families of {about} are, and who should be sampled next."


@dataclass(frozen=True, slots=True)
class _Row:
    """One set of people, as text."""

    name: str
    expected: str
    quantiles: str
    reached: str
    by_chance: str
    excluded: str
    by_policy: str
    exclusions: str


@dataclass(frozen=True, slots=True)
class _Locus:
    """One locus, as text."""

    name: str
    expected: str
    expected_h2: str
    excluded: str
    remarks: str
    genotypes: list[str]


@dataclass(frozen=True, slots=True)
class _Section:
    """One question with its answers."""

    heading: str
    sentences: list[str]
    rows: list[_Row]
    loci: list[_Locus]
    drawings: list[str]
    plots: list[tuple[str, str]]


def _missing_section(one: MissingPower, result: PowerResult) -> _Section:
    heading = f"{one.missing} of family {one.family.id}"
    points = [
        PowerPoint("as it is" if not of.relatives else set_name(of), of.power, not of.relatives) for of in one.sets
    ]
    plots = [("Power of each set of relatives", draw_power_plot(points, title=f"Power of each set: {heading}"))]
    threshold = result.settings.log10_threshold
    for of in one.sets[:2]:
        caption = (
            f"LR of simulated profiles, {f'with {set_name(of)} sampled' if of.relatives else 'with those typed now'}"
        )
        plots.append((caption, draw_lr_distributions(of.power, threshold, title=f"{caption}: {heading}")))
    loci = _loci(one.present.power)
    for locus, predicted, row in zip(result.case.panel.loci, one.predicted, loci, strict=True):
        row.genotypes.extend(
            f"{', '.join(locus.allele_name(int(i)) for i in pair)} ({format_posterior(float(probability))})"
            for pair, probability in list(zip(predicted.alleles.tolist(), predicted.probability, strict=True))[:3]
        )
    return _Section(
        heading=heading,
        sentences=missing_sentences(one, result),
        rows=[_row(set_name(of), of.power, result) for of in one.sets],
        loci=loci,
        drawings=[_drawing(one)],
        plots=plots,
    )


def _drawing(one: MissingPower) -> str:
    family = one.family
    ids = family.pedigree.ids
    return draw_pedigree(
        family.pedigree,
        labels={ids[person.position]: person.id for person in family.missing},
        typed=set(one.typed),
        missing={ids[person.position] for person in family.missing},
        title=f"Pedigree of family {family.id}",
    )


def _comparison_section(one: ComparisonPower, result: PowerResult) -> _Section:
    heading = f"{one.h1} against {one.h2}"
    hypotheses = (result.case.hypotheses[0], result.case.hypotheses[-1])
    return _Section(
        heading=heading,
        sentences=comparison_sentences(one, result),
        rows=[_row(", ".join(one.people), one.power, result)],
        loci=_loci(one.power),
        drawings=[_hypothesis_drawing(hypothesis, {*one.people, *one.typed}) for hypothesis in hypotheses],
        plots=[
            (
                "LR of simulated profiles",
                draw_lr_distributions(
                    one.power, result.settings.log10_threshold, title=f"LR of simulated profiles: {heading}"
                ),
            )
        ],
    )


def _hypothesis_drawing(hypothesis: Hypothesis, typed: set[str]) -> str:
    return draw_pedigree(hypothesis.pedigree, typed=typed, title=f"Pedigree {hypothesis.name}")


def _row(name: str, power: Power, result: PowerResult) -> _Row:
    threshold = result.settings.log10_threshold
    low, median, high = power.quantiles_h1[[0, 2, 4]].tolist()
    return _Row(
        name=name,
        expected=format_log10(power.total_expected_log10_lr),
        quantiles=" / ".join(map(format_log10, (low, median, high))),
        reached=reached_words(power, result),
        by_chance=chance_words(power, threshold),
        excluded=format_posterior(power.total_exclusion_power),
        by_policy=format_posterior(power.more_exclusions_than(result.policy.max_inconsistencies)),
        exclusions=f"{power.expected_exclusions:.2f}",
    )


def _loci(power: Power) -> list[_Locus]:
    return [
        _Locus(
            name=locus,
            expected=format_log10(float(power.expected_log10_lr_h1[i]), decimals=4),
            expected_h2=format_log10(float(power.expected_log10_lr_h2[i]), decimals=4),
            excluded=format_posterior(float(power.exclusion_power[i])),
            remarks="" if power.is_exact[i] else "means of the simulated profiles",
            genotypes=[],
        )
        for i, locus in enumerate(power.loci)
    ]
