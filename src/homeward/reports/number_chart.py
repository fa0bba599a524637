"""How probable each number of people is, as inline SVG."""

from __future__ import annotations

from xml.sax.saxutils import escape

from homeward.osteology.number_posterior import LEVEL, NumberPosterior
from homeward.reports.chart_scales import Scale, number_ticks

WIDTH, HEIGHT = 640.0, 220.0
LEFT, RIGHT, TOP, BOTTOM = 24.0, 24.0, 16.0, 58.0
INK, QUIET, INSIDE, OUTSIDE = "#1f2933", "#52606d", "#0b4f6c", "#c6d6de"
MOST_BARS = 400


def draw_number_posterior(posterior: NumberPosterior, *, title: str, level: float = LEVEL) -> str:
    """Return one ``<svg>`` with a bar for each number of people; those of the highest set are dark and underlined.

    Parameters
    ----------
    posterior : NumberPosterior
        The distribution.
    title : str
        Name of the drawing, for screen readers.
    level : float
        Of the set.
    """
    low, high = posterior.highest_set(level)
    last = min(max(high + max(4, (high - low) // 2), posterior.first + 9), posterior.first + MOST_BARS)
    last = min(last, posterior.first + len(posterior.probabilities) - 1) if len(posterior.probabilities) > 1 else last
    x = Scale(posterior.first - 0.5, last + 0.5, LEFT, WIDTH - RIGHT)
    y = Scale(0.0, float(posterior.probabilities.max()), HEIGHT - BOTTOM, TOP)
    width = (x.end - x.start) / (x.last - x.first)
    shown = posterior.probabilities[: last - posterior.first + 1].tolist()
    bars = []
    for i, probability in enumerate(shown):
        n = posterior.first + i
        top = y.at(probability)
        bars.append(
            f'<rect x="{x.at(n) - width * 0.45:.2f}" y="{top:.2f}" width="{width * 0.9:.2f}" '
            f'height="{y.start - top:.2f}" fill="{INSIDE if low <= n <= high else OUTSIDE}">'
            f"<title>{n}: {probability:.4f}</title></rect>"
        )
    words = f"{title}. Most probable {posterior.mode}; {level:.0%} from {low} to {high}."
    start, end = x.within(low - 0.5), x.within(high + 0.5)
    more = f" The scale ends before {high}." if high > last else ""
    ticks = [(value, text) for value, text in number_ticks(x.first, x.last) if value == int(value)]
    return "".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {WIDTH:g} {HEIGHT:g}" '
            f'width="{WIDTH:g}" height="{HEIGHT:g}" font-family="system-ui, sans-serif" font-size="12">',
            f"<title>{escape(title)}</title><desc>{escape(words)}</desc>",
            *bars,
            f'<path d="M{LEFT:g} {HEIGHT - BOTTOM:g}H{WIDTH - RIGHT:g}" stroke="{QUIET}"/>',
            f'<path d="M{start:.1f} {HEIGHT - BOTTOM + 5:g}H{end:.1f}" stroke="{INK}" stroke-width="3"/>',
            *(
                f'<text x="{x.at(value):.1f}" y="{HEIGHT - BOTTOM + 22:g}" text-anchor="middle" fill="{QUIET}">'
                f"{text}</text>"
                for value, text in ticks
            ),
            f'<text x="{LEFT:g}" y="{HEIGHT - 8:g}" fill="{INK}">People. Underlined: {level:.0%} from {low:,} to '
            f"{high:,}; most probable {posterior.mode:,}.{more}</text>",
            "</svg>",
        ]
    )
