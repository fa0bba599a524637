"""Where one pair of bones stands among the true pairs of a reference, as inline SVG."""

from __future__ import annotations

from xml.sax.saxutils import escape

import numpy as np

from homeward.core.arrays import FloatArray
from homeward.reports.chart_scales import Scale, number_ticks

WIDTH, HEIGHT = 640.0, 240.0
LEFT, RIGHT, TOP, BOTTOM = 20.0, 20.0, 26.0, 44.0
N_BARS = 40
INK, QUIET, FILL = "#1f2933", "#52606d", "#b9d3de"


def draw_reference_plot(same: FloatArray, different: FloatArray, value: float, *, title: str, axis: str) -> str:
    """Return one ``<svg>``: true pairs as bars, different people as a line, this pair as a mark.

    Parameters
    ----------
    same, different : float64 arrays
        Values of the true pairs, and of combinations of different people, of the reference.
    value : float
        Of the pair in question, on the same scale.
    title, axis : str
        Name of the drawing for screen readers, and what the scale across measures.
    """
    low, high = min(same.min(), different.min(), value), max(same.max(), different.max(), value)
    margin = (high - low) * 0.03
    x = Scale(float(low - margin), float(high + margin), LEFT, WIDTH - RIGHT)
    edges = np.linspace(x.first, x.last, N_BARS + 1)
    bars, line = (np.histogram(values, edges)[0] / len(values) for values in (same, different))
    y = Scale(0.0, float(max(bars.max(), line.max())), HEIGHT - BOTTOM, TOP)
    at = x.at(value)
    anchor = "start" if at < WIDTH * 0.7 else "end"
    words = f"{title}. This pair: {value:.3f}. True pairs: mean {same.mean():.3f}, sd {same.std(ddof=1):.3f}."
    return "".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {WIDTH:g} {HEIGHT:g}" '
            f'width="{WIDTH:g}" height="{HEIGHT:g}" font-family="system-ui, sans-serif" font-size="12">',
            f"<title>{escape(title)}</title><desc>{escape(words)}</desc>",
            *(_bar(x, y, edges[i], edges[i + 1], share) for i, share in enumerate(bars) if share),
            _steps(x, y, edges, line),
            f'<path d="M{LEFT:g} {HEIGHT - BOTTOM:g}H{WIDTH - RIGHT:g}" stroke="{QUIET}"/>',
            *_ticks(x),
            f'<path d="M{at:.1f} {TOP - 6:g}V{HEIGHT - BOTTOM:g}" stroke="{INK}" stroke-width="2.5"/>',
            f'<text x="{at + (6 if anchor == "start" else -6):.1f}" y="{TOP - 10:g}" text-anchor="{anchor}" '
            f'fill="{INK}" font-weight="700">this pair: {value:.3g}</text>',
            f'<text x="{LEFT:g}" y="{HEIGHT - 6:g}" fill="{QUIET}">{escape(axis)}. Bars: {len(same):,} true pairs. '
            "Line: different people.</text>",
            "</svg>",
        ]
    )


def _bar(x: Scale, y: Scale, start: float, end: float, share: float) -> str:
    left, top = x.at(start), y.at(share)
    return (
        f'<rect x="{left:.1f}" y="{top:.1f}" width="{x.at(end) - left:.1f}" height="{y.start - top:.1f}" '
        f'fill="{FILL}" stroke="#ffffff"/>'
    )


def _steps(x: Scale, y: Scale, edges: FloatArray, shares: FloatArray) -> str:
    """A line of steps over the same classes as the bars."""
    steps = "".join(f"V{y.at(share):.1f}H{x.at(edges[i + 1]):.1f}" for i, share in enumerate(shares.tolist()))
    path = f"M{x.at(edges[0]):.1f} {y.start:g}{steps}"
    return f'<path d="{path}" fill="none" stroke="{QUIET}" stroke-width="1.5" stroke-dasharray="4 3"/>'


def _ticks(x: Scale) -> list[str]:
    bottom = HEIGHT - BOTTOM
    return [
        f'<path d="M{x.at(value):.1f} {bottom:g}v5" stroke="{QUIET}"/>'
        f'<text x="{x.at(value):.1f}" y="{bottom + 17:g}" text-anchor="middle" fill="{QUIET}">{words}</text>'
        for value, words in number_ticks(x.first, x.last)
    ]
