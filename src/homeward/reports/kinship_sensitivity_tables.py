"""How much compared pedigrees hang on what was assumed, as rows, sentences and a chart."""

from __future__ import annotations

import math
from dataclasses import dataclass

from homeward.identification.kinship_sensitivity import KinshipSensitivity, LeftOut, Setting, Varied
from homeward.identification.numbers import format_log10
from homeward.reports.forest_chart import ForestRow, ForestSection, draw_forest

HEADINGS = {
    Varied.THETA: "Theta (co-ancestry)",
    Varied.MUTATION: "Mutation rates",
    Varied.POPULATION: "Population",
}


@dataclass(frozen=True, slots=True)
class SettingRow:
    """One setting as text; values of the hypotheses, or the reason why there are none."""

    label: str
    values: list[str]
    problem: str
    is_own: bool


@dataclass(frozen=True, slots=True)
class SensitivityTable:
    """The settings of one kind, as text."""

    heading: str
    rows: list[SettingRow]


def sensitivity_tables(sensitivity: KinshipSensitivity) -> list[SensitivityTable]:
    """Return the settings of each kind that was varied."""
    return [
        SensitivityTable(HEADINGS[varied], [_row(setting) for setting in settings])
        for varied in Varied
        if (settings := sensitivity.of(varied))
    ]


def _row(setting: Setting) -> SettingRow:
    values = [] if setting.log10_lr is None else [format_log10(v, decimals=4) for v in setting.log10_lr[:-1].tolist()]
    return SettingRow(setting.label, values, setting.problem, setting.is_own)


def left_out_sentences(sensitivity: KinshipSensitivity) -> list[str]:
    """Say between which values the total of each hypothesis lies with one locus left out."""
    several = len(sensitivity.left_out) > 1
    return [_left_out(one, named=several) for one in sensitivity.left_out]


def _left_out(one: LeftOut, *, named: bool) -> str:
    (lowest, low), (highest, high) = one.lowest, one.highest
    of = f" of {one.hypothesis}" if named else ""
    what = "one locus, or all loci of a linkage group," if "," in lowest + highest else "one locus"
    return (
        f"With {what} left out, the log10 LR{of} lies between {format_log10(low)} (without {lowest}) and "
        f"{format_log10(high)} (without {highest})."
    )


def _chart_label(setting: Setting) -> str:
    return f"{setting.label} (case)" if setting.is_own and "case" not in setting.label else setting.label


def sensitivity_chart(sensitivity: KinshipSensitivity) -> str:
    """Return the chart of the total log10 LR under each setting, around that of the case; "" if none can be drawn."""
    origins = tuple(sensitivity.log10_lr[:-1].tolist())
    if not all(map(math.isfinite, origins)):
        return ""
    sections = []
    for varied in Varied:
        rows = tuple(
            ForestRow(_chart_label(one), tuple(one.log10_lr[:-1].tolist()))
            for one in sensitivity.of(varied)
            if one.log10_lr is not None
        )
        if len(rows) > 1:
            sections.append(ForestSection(HEADINGS[varied], "log10 LR of all loci together", rows, origins))
    return draw_forest(sections, sensitivity.names[:-1], title="Sensitivity of the log10 LR") if sections else ""
