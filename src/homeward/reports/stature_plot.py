"""A regression of stature with its interval, the people it rests on, and one more person, as inline SVG."""

from __future__ import annotations

from xml.sax.saxutils import escape

import numpy as np

from homeward.core.arrays import FloatArray
from homeward.osteology.stature_regression import StatureRegression, predict_stature
from homeward.osteology.stature_results import StatureEstimate
from homeward.reports.chart_scales import Scale, number_ticks

WIDTH, HEIGHT = 640.0, 380.0
LEFT, RIGHT, TOP, BOTTOM = 56.0, 20.0, 22.0, 46.0
INK, QUIET, RULE, FILL, DEEP = "#1f2933", "#52606d", "#d2d8de", "#e7eff3", "#0b4f6c"
MOST_POINTS = 2000
N_STEPS = 40


def draw_stature_plot(estimate: StatureEstimate, *, title: str) -> str:
    """Return one ``<svg>``, or empty text for a published equation, whose people are not known.

    With one predictor it shows stature against length, the line and its prediction interval. With several, stature
    against the stature that the regression gives to each of its people.
    """
    regression = estimate.regression
    if regression is None:
        return ""
    is_line = regression.predictors_mm.shape[1] == 1
    across, place, axis = _across(regression, estimate) if is_line else _fitted(regression, estimate)
    statures = regression.people.stature_cm
    x, y = _scales(across, place, statures, estimate)
    parts = [*_axes(x, y, axis)]
    if is_line:
        parts += _band(regression, x, y, estimate.level)
    else:
        ends = sorted((max(x.first, y.first), min(x.last, y.last)))
        parts.append(_path([(x.at(v), y.at(v)) for v in ends], f'fill="none" stroke="{DEEP}" stroke-width="1.5"'))
    step = max(1, len(statures) // MOST_POINTS)
    points = "".join(
        f"M{x.at(a):.1f} {y.at(b):.1f}h0"
        for a, b in zip(across[::step].tolist(), statures[::step].tolist(), strict=True)
    )
    parts.append(f'<path d="{points}" stroke="{QUIET}" stroke-width="4" stroke-linecap="round" opacity="0.55"/>')
    parts += _person(estimate, x.at(place), y)
    words = (
        f"{title}. {estimate.stature_cm + estimate.age_loss_cm:.1f} cm before any correction for age, between "
        f"{estimate.lower_cm + estimate.age_loss_cm:.1f} and {estimate.upper_cm + estimate.age_loss_cm:.1f}; "
        f"{regression.n} people."
    )
    return "".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {WIDTH:g} {HEIGHT:g}" '
            f'width="{WIDTH:g}" height="{HEIGHT:g}" font-family="system-ui, sans-serif" font-size="12">',
            f"<title>{escape(title)}</title><desc>{escape(words)}</desc>",
            *parts,
            "</svg>",
        ]
    )


def _across(regression: StatureRegression, estimate: StatureEstimate) -> tuple[FloatArray, float, str]:
    """Lengths of the people, that of the person, and what the scale across is called."""
    words = " + ".join(one.code for one in estimate.measurements)
    return regression.predictors_mm[:, 0], float(sum(estimate.lengths_mm)), f"{words}, mm"


def _fitted(regression: StatureRegression, estimate: StatureEstimate) -> tuple[FloatArray, float, str]:
    """Statures that the regression gives to its people and to the person."""
    fitted = regression.people.stature_cm - regression.residuals_cm
    return fitted, estimate.stature_cm + estimate.age_loss_cm, "Stature by the regression, cm"


def _scales(across: FloatArray, place: float, statures: FloatArray, estimate: StatureEstimate) -> tuple[Scale, Scale]:
    low, high = min(float(across.min()), place), max(float(across.max()), place)
    margin = (high - low) * 0.04
    loss = estimate.age_loss_cm
    bottom = min(float(statures.min()), estimate.lower_cm + loss)
    top = max(float(statures.max()), estimate.upper_cm + loss)
    room = (top - bottom) * 0.04
    return (
        Scale(low - margin, high + margin, LEFT, WIDTH - RIGHT),
        Scale(bottom - room, top + room, HEIGHT - BOTTOM, TOP),
    )


def _axes(x: Scale, y: Scale, axis: str) -> list[str]:
    bottom = HEIGHT - BOTTOM
    lines = [
        f'<path d="M{LEFT:g} {y.at(value):.1f}H{WIDTH - RIGHT:g}" stroke="{RULE}"/>'
        f'<text x="{LEFT - 8:g}" y="{y.at(value) + 4:.1f}" text-anchor="end" fill="{QUIET}">{words}</text>'
        for value, words in number_ticks(y.first, y.last)
    ]
    lines += [
        f'<path d="M{x.at(value):.1f} {bottom:g}v5" stroke="{QUIET}"/>'
        f'<text x="{x.at(value):.1f}" y="{bottom + 18:g}" text-anchor="middle" fill="{QUIET}">{words}</text>'
        for value, words in number_ticks(x.first, x.last)
    ]
    lines.append(f'<path d="M{LEFT:g} {bottom:g}H{WIDTH - RIGHT:g}" stroke="{QUIET}"/>')
    lines.append(f'<text x="{LEFT:g}" y="{TOP - 8:g}" fill="{QUIET}">Stature, cm</text>')
    lines.append(
        f'<text x="{WIDTH - RIGHT:g}" y="{HEIGHT - 8:g}" text-anchor="end" fill="{QUIET}">{escape(axis)}</text>'
    )
    return lines


def _band(regression: StatureRegression, x: Scale, y: Scale, level: float) -> list[str]:
    """The line, and the prediction interval about it."""
    n_lengths = regression.people.lengths_mm.shape[1]
    values = np.linspace(x.first, x.last, N_STEPS + 1)
    predictions = [predict_stature(regression, np.full(n_lengths, v / n_lengths), level=level) for v in values]
    upper = [(x.at(float(v)), y.within(p.upper_cm)) for v, p in zip(values, predictions, strict=True)]
    lower = [(x.at(float(v)), y.within(p.lower_cm)) for v, p in zip(values, predictions, strict=True)]
    line = [(x.at(float(v)), y.within(p.stature_cm)) for v, p in zip(values, predictions, strict=True)]
    return [
        _path([*upper, *reversed(lower)], f'fill="{FILL}" opacity="0.8"'),
        _path(line, f'fill="none" stroke="{DEEP}" stroke-width="1.5"'),
    ]


def _person(estimate: StatureEstimate, at: float, y: Scale) -> list[str]:
    """The estimate with its interval."""
    loss = estimate.age_loss_cm
    middle = y.at(estimate.stature_cm + loss)
    low, high = y.at(estimate.lower_cm + loss), y.at(estimate.upper_cm + loss)
    is_left = at < WIDTH * 0.7
    return [
        f'<path d="M{at - 5:.1f} {low:.1f}h10m-5 0V{high:.1f}m-5 0h10" fill="none" stroke="{INK}" stroke-width="2"/>',
        f'<circle cx="{at:.1f}" cy="{middle:.1f}" r="5" fill="{INK}"/>',
        f'<text x="{at + (10 if is_left else -10):.1f}" y="{middle - 8:.1f}" '
        f'text-anchor="{"start" if is_left else "end"}" fill="{INK}" font-weight="700" stroke="#ffffff" '
        f'stroke-width="3" paint-order="stroke">{estimate.stature_cm + loss:.1f} cm</text>',
    ]


def _path(points: list[tuple[float, float]], look: str) -> str:
    steps = "L".join(f"{a:.1f} {b:.1f}" for a, b in points)
    return f'<path d="M{steps}" {look}/>'
