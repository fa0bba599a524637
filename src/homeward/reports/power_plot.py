"""Power as inline SVG: exclusion power against expected log10 LR, and the LR distributions of both hypotheses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

import numpy as np

from homeward.core.arrays import FloatArray
from homeward.genetics.simulation.lr_power import Power
from homeward.identification.numbers import format_log10, format_posterior
from homeward.reports.chart_scales import Scale, number_ticks
from homeward.reports.text_width import printable, shortened, text_width

WIDTH, HEIGHT = 640.0, 340.0
LEFT, RIGHT, TOP, BOTTOM = 56.0, 24.0, 30.0, 46.0
INK, QUIET, RULE, DEEP, PALE = "#1f2933", "#52606d", "#d2d8de", "#0b4f6c", "#c6d6de"
FONT, LABEL = 12.0, 120.0
N_BINS = 80


@dataclass(frozen=True, slots=True)
class PowerPoint:
    """One set of relatives in the power plot.

    name: what is written beside it.
    is_present: whether it is the family as it is.
    """

    name: str
    power: Power
    is_present: bool = False


def draw_power_plot(points: Sequence[PowerPoint], *, title: str) -> str:
    """Return one ``<svg>``: exclusion power upwards, expected log10 LR of a true match to the right.

    References
    ----------
    Vigeland, Marsico, Herrera Piñero & Egeland (2020), Forensic Sci. Int. Genet. 49:102376, for the plot.
    """
    across = [point.power.total_expected_log10_lr for point in points]
    up = [np.nan_to_num(point.power.total_exclusion_power) for point in points]
    low, high = min(0.0, *across), max(1.0, *across)
    x = Scale(low, high + (high - low) * 0.06, LEFT, WIDTH - RIGHT)
    y = Scale(0.0, 1.0, HEIGHT - BOTTOM, TOP)
    places = [(x.at(a), y.at(float(u))) for a, u in zip(across, up, strict=True)]
    labels = _place_labels([point.name for point in points], places)
    marks = []
    for point, (cx, cy), a, u in zip(points, places, across, up, strict=True):
        fill = INK if point.is_present else DEEP
        words = f"{point.name}: expected log10 LR {format_log10(a)}, exclusion power {format_posterior(float(u))}"
        shape = (
            f'<path d="M{cx:.1f} {cy - 7:.1f}l7 7l-7 7l-7 -7z"'
            if point.is_present
            else (f'<circle cx="{cx:.1f}" cy="{cy:.1f}" r="5"')
        )
        marks.append(
            f'{shape} fill="{fill}" stroke="#ffffff"><title>{escape(printable(words))}</title></{_tag(shape)}>'
        )
    words = f"{title}. {len(points)} sets of relatives; the diamond is the family as it is."
    return _svg(title, words, [*_axes(x, y, "Expected log10 LR of a true match", "Exclusion power"), *marks, *labels])


def _tag(shape: str) -> str:
    return shape[1 : shape.index(" ")]


def _place_labels(names: Sequence[str], places: Sequence[tuple[float, float]]) -> list[str]:
    """Write each name where nothing else stands, near its mark; left out where there is no room (the table has it)."""
    taken = [(cx - 7, cy - 7, cx + 7, cy + 7) for cx, cy in places]
    labels = []
    for name, (cx, cy) in zip(names, places, strict=True):
        text = shortened(printable(name), LABEL, FONT)
        width = text_width(text, FONT)
        for dx, dy, anchor in _SPOTS:
            start = cx + dx - {"start": 0.0, "middle": width / 2, "end": width}[anchor]
            box = (start, cy + dy - FONT, start + width, cy + dy + 3)
            is_inside = box[0] >= LEFT + 2 and box[2] <= WIDTH and box[1] >= 2 and box[3] <= HEIGHT - BOTTOM
            if is_inside and not any(_overlap(box, other) for other in taken):
                taken.append(box)
                reach = abs(dy) > 24
                line = f'<path d="M{cx:.1f} {cy + 6:.1f}V{cy + dy - FONT:.1f}" stroke="{RULE}"/>' if reach else ""
                labels.append(
                    f'{line}<text x="{cx + dx:.1f}" y="{cy + dy:.1f}" text-anchor="{anchor}" fill="{INK}">'
                    f"{escape(text)}</text>"
                )
                break
    return labels


_SPOTS = (
    *((0.0, -10.0, "middle"), (9.0, 4.0, "start"), (-9.0, 4.0, "end"), (0.0, 20.0, "middle")),
    *((0.0, 20.0 + 15.0 * step, "middle") for step in range(1, 14)),
)
"""Where a label may stand beside its mark: across, down, and which end of the text is there."""


def _overlap(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def draw_lr_distributions(power: Power, log10_threshold: float, *, title: str) -> str:
    """Return one ``<svg>``: how often each log10 LR was simulated under H1 (dark) and under H2 (pale)."""
    shown = [values[np.isfinite(values)] for values in (power.log10_lr_h2, power.log10_lr_h1)]
    everything = np.concatenate([*shown, [log10_threshold, 0.0]])
    x = Scale(float(np.floor(everything.min())), float(np.ceil(everything.max())), LEFT, WIDTH - RIGHT)
    edges = np.linspace(x.first, x.last, N_BINS + 1)
    shares = [np.histogram(values, edges)[0] / len(power.log10_lr_h1) for values in shown]
    y = Scale(0.0, 1.1 * max(float(share.max()) for share in shares) or 1.0, HEIGHT - BOTTOM, TOP)
    areas = [
        _area(edges, share, x, y, look)
        for share, look in zip(shares, (f'fill="{PALE}"', f'fill="{DEEP}" opacity="0.75"'), strict=True)
    ]
    at = x.at(log10_threshold)
    is_left = at < WIDTH * 0.7
    line = (
        f'<path d="M{at:.1f} {TOP:g}V{HEIGHT - BOTTOM:g}" stroke="{INK}" stroke-dasharray="4 3"/>'
        f'<text x="{at + (6 if is_left else -6):.1f}" y="{TOP + 10:g}" text-anchor="{"start" if is_left else "end"}" '
        f'fill="{INK}">LR 10^{log10_threshold:g}</text>'
    )
    impossible = float((power.log10_lr_h2 == -np.inf).mean())
    below = (
        f'<text x="{LEFT + 4:g}" y="{HEIGHT - BOTTOM - 6:g}" fill="{QUIET}" stroke="#ffffff" stroke-width="3" '
        f'paint-order="stroke">LR 0 (impossible under H1): {100 * impossible:.1f} % of H2</text>'
        if impossible
        else ""
    )
    legend = (
        f'<rect x="{WIDTH - 210:g}" y="6" width="12" height="12" fill="{DEEP}" opacity="0.75"/>'
        f'<text x="{WIDTH - 194:g}" y="16" fill="{QUIET}">H1 is true</text>'
        f'<rect x="{WIDTH - 110:g}" y="6" width="12" height="12" fill="{PALE}"/>'
        f'<text x="{WIDTH - 94:g}" y="16" fill="{QUIET}">H2 is true</text>'
    )
    low_h1, high_h1 = power.quantiles_h1[[0, -1]].tolist()
    words = f"{title}. Under H1 90 % of the log10 LRs lie between {format_log10(low_h1)} and {format_log10(high_h1)}."
    return _svg(title, words, [*_axes(x, y, "log10 LR", "Share"), *areas, line, below, legend])


def _area(edges: FloatArray, shares: FloatArray, x: Scale, y: Scale, look: str) -> str:
    steps = "".join(
        f"V{y.at(share):.1f}H{x.at(edge):.1f}" for share, edge in zip(shares.tolist(), edges[1:].tolist(), strict=True)
    )
    return f'<path d="M{x.at(float(edges[0])):.1f} {y.start:.1f}{steps}V{y.start:.1f}Z" {look}/>'


def _axes(x: Scale, y: Scale, across: str, up: str) -> list[str]:
    bottom = HEIGHT - BOTTOM
    return [
        *(
            f'<path d="M{LEFT:g} {y.at(value):.1f}H{WIDTH - RIGHT:g}" stroke="{RULE}"/>'
            f'<text x="{LEFT - 8:g}" y="{y.at(value) + 4:.1f}" text-anchor="end" fill="{QUIET}">{words}</text>'
            for value, words in number_ticks(y.first, y.last)
        ),
        *(
            f'<path d="M{x.at(value):.1f} {bottom:g}v5" stroke="{QUIET}"/>'
            f'<text x="{x.at(value):.1f}" y="{bottom + 18:g}" text-anchor="middle" fill="{QUIET}">{words}</text>'
            for value, words in number_ticks(x.first, x.last)
        ),
        f'<path d="M{LEFT:g} {bottom:g}H{WIDTH - RIGHT:g}" stroke="{QUIET}"/>',
        f'<text x="{LEFT:g}" y="{TOP - 14:g}" fill="{QUIET}">{up}</text>',
        f'<text x="{WIDTH - RIGHT:g}" y="{HEIGHT - 8:g}" text-anchor="end" fill="{QUIET}">{across}</text>',
    ]


def _svg(title: str, words: str, parts: Sequence[str]) -> str:
    return "".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {WIDTH:g} {HEIGHT:g}" '
            f'width="{WIDTH:g}" height="{HEIGHT:g}" font-family="system-ui, sans-serif" font-size="{FONT:g}">',
            f"<title>{escape(printable(title))}</title><desc>{escape(printable(words))}</desc>",
            *parts,
            "</svg>",
        ]
    )
