"""The IBD triangle: estimates of kappa0 and kappa2 of pairs, with what is stated of them, as inline SVG.

Pairs that are not inbred lie below the curve kappa1^2 = 4 kappa0 kappa2 (Thompson 1976, Ann. Hum. Genet. 40:201-204).
Shapes, not colours alone, tell what is stated.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from xml.sax.saxutils import escape

import numpy as np

from homeward.core.arrays import FloatArray
from homeward.genetics.relatedness.catalogue import STANDARD_RELATIONSHIPS, UNRELATED
from homeward.reports.chart_scales import Scale
from homeward.reports.text_width import printable, shortened, text_width

WIDTH, HEIGHT = 640.0, 560.0
LEFT, RIGHT, TOP, BOTTOM = 58.0, 48.0, 34.0, 52.0
INK, QUIET, RULE, FORBIDDEN, FOUND = "#1f2933", "#52606d", "#d2d8de", "#e9edf0", "#9b2226"
OTHER = "other"
HALO = 'stroke="#fff" stroke-width="3" paint-order="stroke"'
MOST_LABELS = 12
MOST_LABEL_WIDTH = 200.0

_MARKS = {
    "same person or identical twins": ("#5f0f40", "M0 -5L5 0L0 5L-5 0Z"),
    "parent and child": ("#0b4f6c", "M-4.5 -4.5H4.5V4.5H-4.5Z"),
    "full siblings": ("#2d6a4f", "M0 -5.5L5 4H-5Z"),
    "half siblings, grandparent or uncle/aunt": ("#b35c00", "M-5 -4H5L0 5.5Z"),
    "first cousins": ("#6a4c93", "M-5 0H5M0 -5V5"),
    UNRELATED: ("#52606d", "M-4 -4L4 4M-4 4L4 -4"),
    OTHER: ("#1f2933", "M-4 0A4 4 0 1 0 4 0A4 4 0 1 0 -4 0"),
}
"""Colour and outline of a point by what is stated."""


@dataclass(frozen=True, slots=True)
class TrianglePoint:
    """One pair.

    kappa0, kappa2: the estimate.
    name: of the pair.
    stated_kappa: what is stated, or None if one of the two is inbred.
    stated: the same in words.
    is_finding: drawn with a ring and its name.
    """

    kappa0: float
    kappa2: float
    name: str
    stated_kappa: FloatArray | None
    stated: str
    is_finding: bool


def draw_ibd_triangle(points: Sequence[TrianglePoint], *, title: str) -> str:
    """Return one ``<svg>`` with the triangle, the usual relationships and one mark for each pair."""
    x, y = Scale(0.0, 1.0, LEFT, WIDTH - RIGHT), Scale(0.0, 1.0, HEIGHT - BOTTOM, TOP)
    n_found = sum(point.is_finding for point in points)
    words = f"{title}. {len(points)} pairs, {n_found} of them with a finding. Across kappa 0, up kappa 2."
    kinds = [kind for kind in _MARKS if any(_kind(point) == kind for point in points)]
    # Findings come last, so that nothing hides them.
    in_order = sorted(points, key=lambda point: point.is_finding)
    return "".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {WIDTH:g} {HEIGHT:g}" '
            f'width="{WIDTH:g}" height="{HEIGHT:g}" font-family="system-ui, sans-serif" font-size="12">',
            f"<title>{escape(printable(title))}</title><desc>{escape(printable(words))}</desc>",
            f'<rect width="{WIDTH:g}" height="{HEIGHT:g}" fill="#fff"/>',
            _region(x, y),
            _axes(x, y),
            *(_relationship(x, y, one.kappa, one.short) for one in STANDARD_RELATIONSHIPS),
            *(_mark(x, y, point) for point in in_order),
            *_labels(x, y, [point for point in in_order if point.is_finding][:MOST_LABELS]),
            _legend(kinds, any_found=n_found > 0),
            "</svg>",
        ]
    )


def _region(x: Scale, y: Scale) -> str:
    """The triangle, with the part that no pair can be in shaded."""
    share = np.linspace(0.0, 1.0, 61)
    curve = "L".join(f"{x.at((1 - t) ** 2):.1f} {y.at(t**2):.1f}" for t in share.tolist())
    corners = f"{x.at(0):.1f} {y.at(0):.1f}L{x.at(1):.1f} {y.at(0):.1f}L{x.at(0):.1f} {y.at(1):.1f}"
    middle = x.at(0.5), y.at(0.5)
    return (
        f'<path d="M{curve}Z" fill="{FORBIDDEN}"/><path d="M{corners}Z" fill="none" stroke="{QUIET}"/>'
        f'<text x="{middle[0] - 22:.1f}" y="{middle[1] + 22:.1f}" fill="{QUIET}" text-anchor="middle" '
        f'transform="rotate(41 {middle[0] - 22:.1f} {middle[1] + 22:.1f})">not possible in a pedigree</text>'
    )


def _axes(x: Scale, y: Scale) -> str:
    ticks = [
        f'<text x="{x.at(v):.1f}" y="{y.start + 18:.1f}" text-anchor="middle" fill="{QUIET}">{v:g}</text>'
        f'<text x="{x.start - 8:.1f}" y="{y.at(v) + 4:.1f}" text-anchor="end" fill="{QUIET}">{v:g}</text>'
        for v in (0.0, 0.25, 0.5, 0.75, 1.0)
    ]
    across = (
        f'<text x="{x.at(0.5):.1f}" y="{y.start + 40:.1f}" text-anchor="middle" fill="{INK}">κ0: no gene shared</text>'
    )
    at = x.start - 42, y.at(0.5)
    up = (
        f'<text x="{at[0]:.1f}" y="{at[1]:.1f}" text-anchor="middle" fill="{INK}" '
        f'transform="rotate(-90 {at[0]:.1f} {at[1]:.1f})">κ2: both genes shared</text>'
    )
    return "".join([*ticks, across, up])


def _relationship(x: Scale, y: Scale, kappa: tuple[float, float, float], short: str) -> str:
    """A usual relationship: a dot with its letters, above it so that marks beside it stay free."""
    at = x.at(kappa[0]), y.at(kappa[2])
    return (
        f'<circle cx="{at[0]:.1f}" cy="{at[1]:.1f}" r="3" fill="{INK}"/>'
        f'<text x="{at[0] + 6:.1f}" y="{at[1] - 7:.1f}" fill="{INK}" font-weight="700" {HALO}>'
        f"{escape(short)}</text>"
    )


def _kind(point: TrianglePoint) -> str:
    if point.stated_kappa is None:
        return OTHER
    stated = point.stated_kappa
    return next((one.name for one in STANDARD_RELATIONSHIPS if np.allclose(one.kappa, stated, atol=1e-9)), OTHER)


def _mark(x: Scale, y: Scale, point: TrianglePoint) -> str:
    at = x.at(point.kappa0), y.at(point.kappa2)
    colour, outline = _MARKS[_kind(point)]
    ring = f'<circle r="10" fill="none" stroke="{FOUND}" stroke-width="2"/>' if point.is_finding else ""
    name = escape(
        printable(f"{point.name}: stated {point.stated}; kappa 0 {point.kappa0:.2f}, kappa 2 {point.kappa2:.2f}")
    )
    return (
        f'<g transform="translate({at[0]:.1f} {at[1]:.1f})"><title>{name}</title>{ring}'
        f'<path d="{outline}" fill="none" stroke="{colour}" stroke-width="1.8"/></g>'
    )


def _labels(x: Scale, y: Scale, points: Sequence[TrianglePoint]) -> list[str]:
    """Names of findings beside their marks, moved where two would overlap: up at the bottom, down at the top."""
    taken: list[tuple[float, float, float]] = []
    labels = []
    for point in sorted(points, key=lambda one: one.kappa2):
        text = shortened(printable(point.name), MOST_LABEL_WIDTH, 11)
        width = text_width(text, 11)
        left = x.at(point.kappa0) + 14
        left = left if left + width < WIDTH - 4 else x.at(point.kappa0) - 14 - width
        direction = -1 if point.kappa2 < 0.5 else 1
        top = next(
            place
            for place in (y.at(point.kappa2) + 4 + direction * 13 * step for step in count())
            if not any(abs(place - other) < 13 and left < end and start < left + width for start, end, other in taken)
        )
        taken.append((left, left + width, top))
        labels.append(f'<text x="{left:.1f}" y="{top:.1f}" fill="{FOUND}" font-size="11" {HALO}>{escape(text)}</text>')
    return labels


def _legend(kinds: Sequence[str], *, any_found: bool) -> str:
    """What the marks mean, in the upper right, where no pair can be."""
    left, top = WIDTH * 0.52, TOP + 12
    lines = [f'<text x="{left:.0f}" y="{top:.0f}" fill="{INK}" font-weight="700">Stated</text>'] if kinds else []
    for n, kind in enumerate(kinds, start=1):
        colour, outline = _MARKS[kind]
        lines.append(
            f'<g transform="translate({left + 8:.0f} {top + 20 * n - 4:.0f})">'
            f'<path d="{outline}" fill="none" stroke="{colour}" stroke-width="1.8"/></g>'
            f'<text x="{left + 22:.0f}" y="{top + 20 * n:.0f}" fill="{INK}">{escape(kind)}</text>'
        )
    if any_found:
        at = top + 20 * (len(kinds) + 1)
        lines.append(
            f'<circle cx="{left + 8:.0f}" cy="{at - 4:.0f}" r="8" fill="none" stroke="{FOUND}" stroke-width="2"/>'
            f'<text x="{left + 22:.0f}" y="{at:.0f}" fill="{INK}">with a finding</text>'
        )
    return "".join(lines)
