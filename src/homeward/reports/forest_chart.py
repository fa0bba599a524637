"""Values of several pedigrees row by row around a line, such as log10 LRs by locus, as inline SVG.

Shapes tell the pedigrees apart as well as colours do, so that a print in black says the same.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from homeward.identification.numbers import format_log10
from homeward.reports.chart_scales import Scale, number_ticks
from homeward.reports.text_width import printable, shortened, text_width

WIDTH = 700.0
RIGHT, MOST_LABEL = 76.0, 230.0
ROW, SERIES_STEP, HEADING, AXIS, GAP = 20.0, 11.0, 26.0, 38.0, 10.0
INK, QUIET, RULE, BAND = "#1f2933", "#52606d", "#d2d8de", "#f4f6f8"
FONT_SIZE = 12.0
MARKS = (
    ("#0b4f6c", "M-4 0A4 4 0 1 0 4 0A4 4 0 1 0 -4 0"),
    ("#b35c00", "M-4 -4H4V4H-4Z"),
    ("#2d6a4f", "M0 -5L5 4H-5Z"),
    ("#6a4c93", "M0 -5.5L5.5 0L0 5.5L-5.5 0Z"),
    ("#9b2226", "M-5 -4H5L0 5Z"),
    ("#52606d", "M-4 -4L4 4M-4 4L4 -4"),
)
"""Colour and outline of each series; a seventh is drawn as the first."""


@dataclass(frozen=True, slots=True)
class ForestRow:
    """One row: its label, and a value for each series; infinite where impossible, NaN where there is none."""

    label: str
    values: tuple[float, ...]
    remark: str = ""


@dataclass(frozen=True, slots=True)
class ForestSection:
    """Rows on one scale.

    axis: what the scale shows.
    origins: for each series, the value of the line that its rows are drawn from.
    """

    heading: str
    axis: str
    rows: tuple[ForestRow, ...]
    origins: tuple[float, ...]


def draw_forest(sections: Sequence[ForestSection], series: Sequence[str], *, title: str) -> str:
    """Return one ``<svg>``: sections below each other, and in each a row for everything that has values.

    Parameters
    ----------
    sections : sequence of ForestSection
        Each with its own scale.
    series : sequence of str
        Names of the series, for the legend; one alone has none.
    title : str
        Name of the drawing, for screen readers.
    """
    labels = [row.label for section in sections for row in section.rows]
    left = 16 + min(MOST_LABEL, max((text_width(label, FONT_SIZE) for label in labels), default=0.0))
    parts, top = list[str](), 10.0
    if len(series) > 1:
        legend, top = _legend(series, left, top)
        parts += legend
    for section in sections:
        drawn, top = _section(section, left, top, len(series))
        parts += drawn
    words = " ".join(_spoken(section, series) for section in sections)
    return "".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" class="forest" role="img" viewBox="0 0 {WIDTH:g} {top:.0f}" '
            f'width="{WIDTH:g}" height="{top:.0f}" font-family="system-ui, sans-serif" font-size="{FONT_SIZE:g}">',
            f"<title>{escape(printable(title))}</title><desc>{escape(printable(words))}</desc>",
            f'<rect width="{WIDTH:g}" height="{top:.0f}" fill="#fff"/>',
            *parts,
            "</svg>",
        ]
    )


def _legend(series: Sequence[str], left: float, top: float) -> tuple[list[str], float]:
    parts, x, y = [], left, top + 8
    for number, name in enumerate(series):
        text = shortened(printable(name), 220, FONT_SIZE)
        width = 24 + text_width(text, FONT_SIZE)
        if x > left and x + width > WIDTH - 8:
            x, y = left, y + 20
        parts.append(
            f'{_mark(number, x + 6, y)}<text x="{x + 16:.1f}" y="{y + 4:.1f}" fill="{INK}">{escape(text)}</text>'
        )
        x += width + 8
    return parts, y + 18


def _section(section: ForestSection, left: float, top: float, n_series: int) -> tuple[list[str], float]:
    """Return the parts of one section and where the next may begin."""
    scale = _scale(section, left)
    height = max(ROW, SERIES_STEP * n_series + 9)
    parts = []
    if section.heading:
        parts.append(f'<text x="8" y="{top + 16:.1f}" fill="{INK}" font-weight="600">{escape(section.heading)}</text>')
        top += HEADING
    start = top
    for number in range(len(section.rows)):
        if number % 2 == 0:
            parts.append(f'<rect x="0" y="{top:.1f}" width="{WIDTH:g}" height="{height:g}" fill="{BAND}"/>')
        top += height
    bottom = top
    parts += _axis(section.axis, scale, start, bottom)
    for origin in dict.fromkeys(section.origins):
        x = scale.at(origin)
        parts.append(f'<path d="M{x:.1f} {start:.1f}V{bottom:.1f}" stroke="{QUIET}" stroke-dasharray="4 3"/>')
    for number, row in enumerate(section.rows):
        parts += _row(row, section.origins, scale, start + number * height, height)
    return parts, bottom + AXIS + GAP


def _scale(section: ForestSection, left: float) -> Scale:
    finite = [v for row in section.rows for v in row.values if math.isfinite(v)] + list(section.origins)
    low, high = min(finite), max(finite)
    margin = 0.06 * (high - low) or 0.5
    return Scale(low - margin, high + margin, left + 12, WIDTH - RIGHT - 12)


def _axis(words: str, scale: Scale, top: float, bottom: float) -> list[str]:
    parts = []
    for value, text in number_ticks(scale.first, scale.last):
        x = scale.at(value)
        parts.append(
            f'<path d="M{x:.1f} {top:.1f}V{bottom + 4:.1f}" stroke="{RULE}"/><text x="{x:.1f}" y="{bottom + 17:.1f}" '
            f'text-anchor="middle" fill="{QUIET}">{text.replace("-", chr(8722))}</text>'
        )
    middle = (scale.start + scale.end) / 2
    parts.append(
        f'<text x="{middle:.1f}" y="{bottom + 33:.1f}" text-anchor="middle" fill="{INK}">{escape(words)}</text>'
    )
    return parts


def _row(row: ForestRow, origins: Sequence[float], scale: Scale, top: float, height: float) -> list[str]:
    label = shortened(printable(row.label), MOST_LABEL, FONT_SIZE)
    middle = top + height / 2
    parts = [f'<text x="8" y="{middle + 4:.1f}" fill="{INK}">{escape(label)}</text>']
    n = len(row.values)
    for number, (value, origin) in enumerate(zip(row.values, origins, strict=True)):
        y = middle + (number - (n - 1) / 2) * SERIES_STEP
        told = printable(f"{row.label}: {format_log10(value, decimals=4)}{f' ({row.remark})' if row.remark else ''}")
        parts.append(f"<g><title>{escape(told)}</title>{_value(number, value, scale, scale.at(origin), y)}</g>")
    if n == 1:
        text = format_log10(row.values[0]) + ("*" if row.remark else "")
        parts.append(
            f'<text x="{WIDTH - 10:g}" y="{middle + 4:.1f}" text-anchor="end" fill="{INK}" '
            f'font-variant-numeric="tabular-nums">{text.replace("-", chr(8722))}</text>'
        )
    return parts


def _value(number: int, value: float, scale: Scale, origin: float, y: float) -> str:
    """Draw one value: a bar from the line with a mark at its end; an arrow out of the scale where it is infinite."""
    colour = MARKS[number % len(MARKS)][0]
    if math.isnan(value):
        return ""
    if math.isinf(value):
        end, tip = (scale.end + 10, -7) if value > 0 else (scale.start - 10, 7)
        return (
            f'<path d="M{origin:.1f} {y:.1f}H{end:.1f}M{end + tip:.1f} {y - 4:.1f}L{end:.1f} {y:.1f}'
            f'L{end + tip:.1f} {y + 4:.1f}" stroke="{colour}" stroke-width="2" fill="none"/>'
        )
    x = scale.at(value)
    bar = f'<path d="M{origin:.1f} {y:.1f}H{x:.1f}" stroke="{colour}" stroke-width="3" opacity="0.45"/>'
    return bar + _mark(number, x, y)


def _mark(number: int, x: float, y: float) -> str:
    colour, outline = MARKS[number % len(MARKS)]
    is_line = outline.endswith("L4 -4")
    paint = f'fill="none" stroke="{colour}" stroke-width="2"' if is_line else f'fill="{colour}"'
    return f'<path transform="translate({x:.1f} {y:.1f})" d="{outline}" {paint}/>'


def _spoken(section: ForestSection, series: Sequence[str]) -> str:
    def values(row: ForestRow) -> Iterable[str]:
        for name, value in zip(series, row.values, strict=True):
            yield f"{name} {format_log10(value)}" if len(series) > 1 else format_log10(value)

    rows = "; ".join(f"{row.label} {', '.join(values(row))}" for row in section.rows)
    return f"{section.heading or section.axis}: {rows}."
