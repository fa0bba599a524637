"""The report of sorted bones: counts, the pairs that cannot be excluded, and one pair explained."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields

import numpy as np

from homeward import __version__
from homeward.core.provenance import InputFile
from homeward.identification.numbers import counted, format_count, format_log10
from homeward.osteology.reference import ReferenceSample
from homeward.osteology.sorting.choices import Method
from homeward.osteology.sorting.explain import PairExplanation, PairTest
from homeward.osteology.sorting.results import Sorting
from homeward.osteology.sorting.settings import SortSettings
from homeward.osteology.specimens import Specimens
from homeward.reports.page import environment, html_page
from homeward.reports.reference_plot import draw_reference_plot
from homeward.reports.sort_document import VERDICTS, settings_document

MOST_PAIRS = 500
"""Pairs that a page shows; all of them are in the JSON and Parquet files."""
AXES = {
    Method.PAIR: "Sum of left less right, mm",
    Method.ARTICULATION: "First less second measurement, mm",
    Method.REGRESSION: "ln of the second bone's sum, less its prediction",
    Method.MULTIVARIATE: "Distance from the mean difference, in sd",
    Method.Z_TRANSFORM: "Sum of normal scores, in sd",
}


@dataclass(frozen=True, slots=True)
class PairRow:
    """One pair of bones, as text."""

    a: str
    b: str
    method: str
    measurements: str
    n_reference: str
    statistic: str
    df: str
    p_value: str
    verdict: str
    log10_lr: str


@dataclass(frozen=True, slots=True)
class TestSection:
    """One test of the pair that is explained."""

    __test__ = False  # not a test case for pytest

    row: PairRow
    values: list[tuple[str, str, str, str]]
    mean: str
    sd: str
    value: str
    axis: str
    drawing: str


def sort_page(
    result: Sorting,
    specimens: Specimens,
    reference: ReferenceSample,
    inputs: Sequence[InputFile],
    notes: Iterable[str],
    explanation: PairExplanation | None = None,
) -> str:
    """Return one self-contained HTML file of a sorting, with one pair explained if it is given."""
    kept = pair_rows(result, specimens, MOST_PAIRS)
    n_kept = sum(one.n_not_excluded for one in result.comparisons)
    n_compared = n_kept + sum(one.n_excluded for one in result.comparisons)
    summary = f"{counted(n_compared, 'comparison')} of two bones: {format_count(n_kept)} cannot be excluded."
    fragment = (
        environment()
        .get_template("sort.html.j2")
        .render(
            version=__version__,
            title="Sorting of bones",
            summary=summary,
            notes=list(dict.fromkeys([*notes, *result.notes])),
            comparisons=result.comparisons,
            pairs=kept,
            n_hidden=n_kept - len(kept),
            explained=[] if explanation is None else explained_sections(explanation),
            unexplained=[] if explanation is None else [one.reason for one in explanation.set_aside],
            set_aside=result.set_aside,
            settings=list(settings_rows(result.settings)),
            reference=reference,
            n_people=len(set(reference.persons)),
            inputs=inputs,
        )
    )
    return html_page("Sorting of bones", fragment, kind="Osteometric sorting")


def pair_rows(result: Sorting, specimens: Specimens, most: int) -> list[PairRow]:
    """Return the pairs that cannot be excluded, the largest likelihood ratios first, at most so many."""
    best: list[tuple[float, int, int]] = []
    for number, part in enumerate(result.pairs):
        kept = np.flatnonzero(~part.excluded)
        first = kept[np.argsort(-part.log10_lr[kept], kind="stable")[:most]]
        best += [(-float(part.log10_lr[i]), number, int(i)) for i in first]
    rows = []
    for _, number, i in sorted(best)[:most]:
        part = result.pairs[number]
        position = int(part.sets[i])
        rows.append(
            PairRow(
                a=name_of(specimens, int(part.a[i])),
                b=name_of(specimens, int(part.b[i])),
                method=part.test.method.value,
                measurements=", ".join(part.test.measurements(position)),
                n_reference=str(part.test.n_reference[position]),
                statistic=f"{part.statistic[i]:.3f}",
                df=", ".join(map(str, part.test.degrees(position))),
                p_value=f"{part.p_value[i]:.4g}",
                verdict=VERDICTS[bool(part.excluded[i])],
                log10_lr=format_log10(float(part.log10_lr[i])),
            )
        )
    return rows


def explained_sections(explanation: PairExplanation) -> list[TestSection]:
    """Return each test of one pair, with its plot."""
    return [_section(test, explanation.bones) for test in explanation.tests]


def _section(test: PairTest, bones: Specimens) -> TestSection:
    a, b = name_of(bones, test.a), name_of(bones, test.b)
    return TestSection(
        row=PairRow(
            a=a,
            b=b,
            method=test.method.value,
            measurements=", ".join(one.code for one in test.measurements),
            n_reference=str(test.n_reference),
            statistic=f"{test.statistic:.3f}",
            df=", ".join(map(str, test.df)),
            p_value=f"{test.p_value:.4g}",
            verdict=VERDICTS[test.excluded],
            log10_lr=format_log10(test.log10_lr),
        ),
        values=[
            (
                one.code,
                _millimetres(one.a_mm),
                _millimetres(one.b_mm),
                _millimetres(None if one.a_mm is None or one.b_mm is None else one.a_mm - one.b_mm),
            )
            for one in test.measurements
        ],
        mean=f"{test.reference_mean:.3f}",
        sd=f"{test.reference_sd:.3f}",
        value=f"{test.value:.3f}",
        axis=AXES[test.method],
        drawing=draw_reference_plot(
            test.same, test.different, test.value, title=f"{a} and {b}, {test.method}", axis=AXES[test.method]
        ),
    )


def settings_rows(settings: SortSettings) -> Iterable[tuple[str, str]]:
    """Yield every threshold and choice as text."""
    values = settings_document(settings)
    for field in fields(settings):
        value = values[field.name]
        yield field.name.replace("_", " "), ", ".join(value) if isinstance(value, list) else str(value)


def name_of(specimens: Specimens, row: int) -> str:
    """Return a bone's id with its side and element."""
    return f"{specimens.ids[row]} ({specimens.sides[row]} {specimens.elements[row]})"


def _millimetres(value: float | None) -> str:
    return "\N{EN DASH}" if value is None else f"{value:.2f}"
