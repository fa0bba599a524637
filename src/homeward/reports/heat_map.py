"""Everyone against everyone as a map of log10 LRs."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

import numpy as np

from homeward.core.arrays import BoolArray, FloatArray
from homeward.identification.numbers import counted, format_log10
from homeward.reports.text_width import printable, shortened, text_width

LARGEST_SIDE = 60
"""Rows or columns drawn at most when everything is shown."""
LARGEST_LOG10_LR = 10.0
"""From this log10 LR on, the colour no longer changes."""
SUPPORT = (11, 79, 108)
AGAINST = (122, 98, 74)
BLACK, WHITE = "#000000", "#ffffff"
INK, QUIET, RULE = "#1f2933", "#52606d", "#d9dee3"
MAX_LABEL_WIDTH = 130.0
LEGEND_STEPS = (-10, -5, -2, 0, 1, 2, 4, 6, 8, 10)
LEGEND_STEP_WIDTH = 34.0
LEGEND_WIDTH = LEGEND_STEP_WIDTH * len(LEGEND_STEPS)
LABEL_SIZE, NUMBER_SIZE = 11.0, 10.0
FONT = 'font-family="system-ui, sans-serif"'


@dataclass(frozen=True, slots=True)
class _Map:
    values: FloatArray
    allowed: BoolArray
    row_labels: list[str]
    column_labels: list[str]
    left_out: str


def draw_heat_map(
    values: FloatArray,
    row_labels: Sequence[str],
    column_labels: Sequence[str],
    *,
    allowed: BoolArray | None = None,
    title: str = "log10 LR of every sample against every missing person",
) -> str:
    """Return a heat map as one ``<svg>`` element.

    Parameters
    ----------
    values : (S, M) float64 array
        log10 LR; -inf is marked with a cross, NaN (not defined) with a question mark.
    row_labels, column_labels : sequences of str
        Names of the S samples and the M missing persons.
    allowed : (S, M) bool array
        False where the recorded sexes rule a pairing out: marked with a dash. All allowed if not given.
    title : str
        Name of the drawing for screen readers.

    Notes
    -----
    Above 60 rows or columns, only those with a pairing in favour (log10 LR above 0) are drawn, the best 60 of them,
    and a sentence under the map says how many were left out.
    """
    everything = np.ones(values.shape, dtype=bool) if allowed is None else allowed
    shown = _selected(values, everything, row_labels, column_labels)
    if not shown.values.size:
        return _empty(title, shown.left_out or "There is nothing to compare.")
    cell = _cell_size(shown)
    rows = [shortened(label, MAX_LABEL_WIDTH, LABEL_SIZE) for label in shown.row_labels]
    columns = [shortened(label, MAX_LABEL_WIDTH, LABEL_SIZE) for label in shown.column_labels]
    left = max(text_width(label, LABEL_SIZE) for label in rows) + 12
    upright = any(text_width(label, LABEL_SIZE) > cell[0] - 6 for label in columns)
    top = (max(text_width(label, LABEL_SIZE) for label in columns) if upright else LABEL_SIZE) + 14
    n_rows, n_columns = shown.values.shape
    map_width, map_height = n_columns * cell[0], n_rows * cell[1]
    width = max(left + max(map_width, LEGEND_WIDTH) + 8, text_width(shown.left_out, LABEL_SIZE))
    height = top + map_height + (92 if shown.left_out else 68)
    parts = [_opening(title, _described(shown), width, height)]
    for j, label in enumerate(columns):
        x = left + (j + 0.5) * cell[0]
        place = (
            f'text-anchor="start" transform="translate({x + 4:.1f} {top - 6:.1f}) rotate(-90)"'
            if upright
            else f'text-anchor="middle" x="{x:.1f}" y="{top - 7:.1f}"'
        )
        parts.append(f'<text {place} font-size="{LABEL_SIZE:g}" fill="{INK}">{escape(label)}</text>')
    for i, label in enumerate(rows):
        y = top + (i + 0.5) * cell[1] + 4
        parts.append(
            f'<text x="{left - 8:.1f}" y="{y:.1f}" text-anchor="end" font-size="{LABEL_SIZE:g}" fill="{INK}">'
            f"{escape(label)}</text>"
        )
        parts.extend(_cell(shown, i, j, left + j * cell[0], top + i * cell[1], cell) for j in range(n_columns))
    parts.append(_legend(left, top + map_height + 24))
    if shown.left_out:
        y = top + map_height + 82
        parts.append(
            f'<text x="8" y="{y:.1f}" font-size="{LABEL_SIZE:g}" fill="{QUIET}">{escape(shown.left_out)}</text>'
        )
    parts.append("</svg>")
    return "".join(parts)


def _selected(values: FloatArray, allowed: BoolArray, row_labels: Sequence[str], column_labels: Sequence[str]) -> _Map:
    """Return everything, or above the largest size the rows and columns with a pairing in favour."""
    labels = [printable(label) for label in row_labels], [printable(label) for label in column_labels]
    if max(values.shape, default=0) <= LARGEST_SIDE:
        return _Map(values, allowed, *labels, left_out="")
    support = np.where(allowed & np.isfinite(values), values, -np.inf)
    kept = [
        np.sort(np.argsort(-best, kind="stable")[: min(LARGEST_SIDE, int((best > 0).sum()))])
        for best in (support.max(axis=1, initial=-np.inf), support.max(axis=0, initial=-np.inf))
    ]
    sentence = (
        f"Left out: {counted(values.shape[0] - len(kept[0]), 'sample')} and "
        f"{counted(values.shape[1] - len(kept[1]), 'missing person', 'missing persons')}, "
        f"because no pairing favours them or {LARGEST_SIDE} others have a stronger one."
    )
    return _Map(
        values[np.ix_(*kept)],
        allowed[np.ix_(*kept)],
        [labels[0][i] for i in kept[0]],
        [labels[1][j] for j in kept[1]],
        left_out=sentence,
    )


def _cell_size(shown: _Map) -> tuple[float, float]:
    n_columns = shown.values.shape[1]
    if n_columns <= 12:
        return 58.0, 30.0
    return (38.0, 22.0) if n_columns <= 24 else (30.0, 18.0)


def _cell(shown: _Map, i: int, j: int, x: float, y: float, cell: tuple[float, float]) -> str:
    value = float(shown.values[i, j])
    allowed = bool(shown.allowed[i, j])
    fill = cell_colour(value) if allowed else "#ffffff"
    mark = _mark(value, allowed, room=cell[0])
    tip = f"{shown.row_labels[i]}, {shown.column_labels[j]}: {_in_words(value, allowed)}"
    size = NUMBER_SIZE if cell[0] < 50 else 12.0
    return (
        f'<g><title>{escape(tip)}</title><rect x="{x:.1f}" y="{y:.1f}" width="{cell[0]:g}" height="{cell[1]:g}" '
        f'fill="{fill}" stroke="{RULE}"/><text x="{x + cell[0] / 2:.1f}" y="{y + cell[1] / 2 + size * 0.36:.1f}" '
        f'text-anchor="middle" font-size="{size:g}" fill="{_readable_on(fill)}">{mark}</text></g>'
    )


def _mark(value: float, allowed: bool, *, room: float) -> str:
    if not allowed:
        return "\N{EN DASH}"
    if math.isnan(value):
        return "?"
    if value == -math.inf:
        return "\N{MULTIPLICATION SIGN}"
    return format_log10(value, decimals=2 if room > 50 else 1 if room > 35 and value > -100 else 0)


def _in_words(value: float, allowed: bool) -> str:
    if not allowed:
        return "not allowed by the recorded sexes"
    if math.isnan(value):
        return "not defined, the family contradicts itself"
    return "impossible" if value == -math.inf else f"log10 LR {format_log10(value)}"


def cell_colour(log10_lr: float) -> str:
    """Return the fill of a cell: blue the more it supports, brown-grey the more it opposes, white at 0."""
    if math.isnan(log10_lr):
        return "#ffffff"
    share = min(abs(log10_lr), LARGEST_LOG10_LR) / LARGEST_LOG10_LR
    target = SUPPORT if log10_lr > 0 else AGAINST
    strength = math.sqrt(share) if log10_lr > 0 else 0.45 * math.sqrt(share)
    red, green, blue = (round(255 + (c - 255) * strength) for c in target)
    return f"#{red:02x}{green:02x}{blue:02x}"


def _readable_on(colour: str) -> str:
    """Return black or white, whichever has more contrast with a colour (relative luminance, WCAG 2)."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return WHITE if 1.05 / (luminance + 0.05) > (luminance + 0.05) / 0.05 else BLACK


def _legend(x: float, y: float) -> str:
    parts = [f'<text x="{x:.1f}" y="{y - 3:.1f}" font-size="{LABEL_SIZE:g}" fill="{QUIET}">log10 LR</text>']
    for i, step in enumerate(LEGEND_STEPS):
        fill = cell_colour(float(step))
        text = f"≥ {step}" if step == LEGEND_STEPS[-1] else f"≤ {step}" if step == LEGEND_STEPS[0] else str(step)
        left = x + LEGEND_STEP_WIDTH * i
        parts.append(
            f'<rect x="{left:.1f}" y="{y + 3:.1f}" width="{LEGEND_STEP_WIDTH:g}" height="16" fill="{fill}" '
            f'stroke="{RULE}"/><text x="{left + LEGEND_STEP_WIDTH / 2:.1f}" y="{y + 15:.1f}" text-anchor="middle" '
            f'font-size="{NUMBER_SIZE:g}" fill="{_readable_on(fill)}">{text}</text>'
        )
    marks = "\N{MULTIPLICATION SIGN} impossible    \N{EN DASH} not allowed by sex    ? not defined"
    parts.append(
        f'<text x="{x:.1f}" y="{y + 35:.1f}" font-size="{LABEL_SIZE:g}" fill="{QUIET}" xml:space="preserve">'
        f"{marks}</text>"
    )
    return "".join(parts)


def _described(shown: _Map) -> str:
    """Say the map in words: for each sample, the missing persons that are favoured."""
    sentences = []
    for i, row in enumerate(shown.row_labels):
        best = [j for j in np.argsort(-shown.values[i]) if shown.values[i, j] > 0 and shown.allowed[i, j]]
        named = "; ".join(f"{shown.column_labels[j]} {format_log10(float(shown.values[i, j]))}" for j in best[:5])
        sentences.append(f"{row}: {named or 'nobody favoured'}.")
    return f"log10 LR above 0, best first. {' '.join(sentences)} {shown.left_out}".strip()


def _opening(title: str, description: str, width: float, height: float) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="heat-map" role="img" viewBox="0 0 {width:.0f} {height:.0f}" '
        f'width="{width:.0f}" height="{height:.0f}" {FONT}><title>{escape(printable(title))}</title>'
        f"<desc>{escape(printable(description))}</desc>"
        f'<rect width="{width:.0f}" height="{height:.0f}" fill="#ffffff"/>'
    )


def _empty(title: str, sentence: str) -> str:
    width = text_width(sentence, 12) + 16
    text = f'<text x="8" y="20" font-size="12" fill="{INK}">{escape(sentence)}</text>'
    return f"{_opening(title, sentence, width, 32)}{text}</svg>"
