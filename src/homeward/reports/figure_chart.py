"""Published figures over time, each by the rule it was counted by, as inline SVG.

A drawing needs no script and no style attribute, and no meaning hangs on colour: the rule is told by shape, how exact a
figure is by hollow shapes and arrows, ranges by bars, dates that are not one day by lines across.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from xml.sax.saxutils import escape, quoteattr

from homeward.reports.chart_scales import Scale, date_ticks, date_words, number_ticks
from homeward.reports.text_width import shortened, text_width

WIDTH, PLOT_HEIGHT = 920.0, 340.0
LEFT, RIGHT, TOP, BOTTOM = 70.0, 16.0, 18.0, 34.0
ROOM_FOR_LABELS = 84.0
"""Between the last figure and the right end of the plot."""
LEGEND_LINE = 21.0
SIZE = 6.0
"""Half the height of a mark."""
FONT_SIZE = 12.0
INK, QUIET, RULE, PAPER = "#1f2933", "#52606d", "#d9dee3", "#ffffff"
COLOURS = ("#52606d", "#0b4f6c", "#a3491b", "#4f6d2f", "#6a3d7c", "#8a6d00")
SHAPES = ("circle", "square", "diamond", "triangle", "hexagon", "cross")
"""One for each rule, in the order in which the rules first occur; the last one stands for all further rules."""
NO_RULE = "The source does not say how it counted"
FURTHER_RULES = "Other rules, named in the table"
DAY_OR_TWO = 2


@dataclass(frozen=True, slots=True)
class ChartFigure:
    """One published figure.

    low, high: the value twice, or the ends of a range. first, last: the day as of which it was counted twice, or the
        ends of the time in which that day lies; ``date.min`` or ``date.max`` where one side is open.
    exactness: ``exact``; ``about``; ``above`` for 'more than' and 'at least'; ``below`` for 'nearly' and 'up to'.
    rule: name of the counting rule; empty where the source does not say.
    words: the value as the source put it. told: who says so and when, for whoever points at it. address: of its page.
    is_current: whether it is the current value.
    """

    low: float
    high: float
    first: date
    last: date
    exactness: str
    rule: str
    words: str
    told: str
    address: str
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class _Placed:
    """A figure and where it stands: x from its date, y of its ends, and its shape."""

    figure: ChartFigure
    x: float
    x_first: float
    x_last: float
    y_low: float
    y_high: float
    shape: int


def draw_figure_chart(figures: Sequence[ChartFigure], *, title: str, unit: str) -> str:
    """Return figures over time as one ``<svg>`` element; empty text if there are none.

    Parameters
    ----------
    figures : sequence of ChartFigure
        Every one of them is drawn and is a link to its page.
    title : str
        Name of the drawing, for screen readers.
    unit : str
        What is counted, for the axis.
    """
    if not figures:
        return ""
    figures = sorted(figures, key=lambda one: (_day(one.first, one.last), one.low, one.address))
    x_scale, y_scale = _scales(figures)
    rules = list(dict.fromkeys(figure.rule for figure in figures if figure.rule))
    placed = [_place(figure, rules, x_scale, y_scale) for figure in figures]
    legend, legend_height = _legend(figures, rules)
    height = TOP + PLOT_HEIGHT + BOTTOM + legend_height
    return "".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" class="figure-chart" role="group" '
            f'viewBox="0 0 {WIDTH:.0f} {height:.0f}" font-family="system-ui, sans-serif" font-size="{FONT_SIZE:g}">',
            f"<title>{_text(title)}</title><desc>{_text(_described(figures))}</desc>",
            *_axes(x_scale, y_scale, unit),
            *(_mark(one) for one in placed),
            *_labels(placed),
            *legend,
            "</svg>",
        ]
    )


def _scales(figures: Sequence[ChartFigure]) -> tuple[Scale, Scale]:
    """From days to x, from numbers to y; open sides and neighbours get some room."""
    days = [day.toordinal() for one in figures for day in (one.first, one.last) if day not in (date.min, date.max)]
    room = max((max(days) - min(days)) * 0.04, 15)
    numbers = [number for one in figures for number in (one.low, one.high)]
    margin = (max(numbers) - min(numbers)) * 0.12 or max(abs(numbers[0]) * 0.05, 1.0)
    lowest = max(min(numbers) - margin, 0.0)
    return (
        Scale(min(days) - room, max(days) + room, LEFT, WIDTH - RIGHT - ROOM_FOR_LABELS),
        Scale(lowest, max(numbers) + margin, TOP + PLOT_HEIGHT, TOP),
    )


def _place(figure: ChartFigure, rules: Sequence[str], x_scale: Scale, y_scale: Scale) -> _Placed:
    first, last = x_scale.within(figure.first.toordinal()), x_scale.within(figure.last.toordinal())
    shape = min(rules.index(figure.rule) + 1, len(SHAPES) - 1) if figure.rule else 0
    return _Placed(figure, (first + last) / 2, first, last, y_scale.at(figure.low), y_scale.at(figure.high), shape)


def _day(first: date, last: date) -> date:
    """The day by which figures are ordered."""
    return last if first == date.min else first


def _axes(x_scale: Scale, y_scale: Scale, unit: str) -> list[str]:
    """Lines across with their numbers, days below, the unit on top."""
    bottom = TOP + PLOT_HEIGHT
    parts = []
    for value, words in number_ticks(y_scale.first, y_scale.last):
        y = y_scale.at(value)
        parts.append(
            f'<path d="M{LEFT:g} {y:.1f}H{WIDTH - RIGHT:g}" stroke="{RULE}"/>'
            f'<text x="{LEFT - 8:g}" y="{y + 4:.1f}" text-anchor="end" fill="{QUIET}">{words}</text>'
        )
    parts.append(f'<path d="M{LEFT:g} {bottom:g}H{WIDTH - RIGHT:g}" stroke="{QUIET}"/>')
    for ordinal, words in date_ticks(x_scale.first, x_scale.last):
        x = x_scale.at(ordinal)
        parts.append(
            f'<path d="M{x:.1f} {bottom:g}v5" stroke="{QUIET}"/>'
            f'<text x="{x:.1f}" y="{bottom + 19:g}" text-anchor="middle" fill="{QUIET}">{words}</text>'
        )
    begins = "" if y_scale.first <= 0 else "; the scale does not begin at nought"
    parts.append(f'<text x="{LEFT:g}" y="{TOP - 5:g}" fill="{QUIET}">{_text(unit)}{begins}</text>')
    return parts


def _mark(one: _Placed) -> str:
    """A figure: a link around everything that is drawn of it."""
    figure, colour = one.figure, COLOURS[one.shape]
    parts = []
    if figure.last.toordinal() - figure.first.toordinal() > DAY_OR_TWO:
        y = (one.y_low + one.y_high) / 2
        parts.append(
            f'<path d="M{one.x_first:.1f} {y - 5:.1f}v10m0 -5H{one.x_last:.1f}m0 -5v10" fill="none" '
            f'stroke="{colour}" stroke-width="1.5"/>'
        )
    if figure.low != figure.high:
        parts.append(
            f'<rect x="{one.x - 3:.1f}" y="{one.y_high:.1f}" width="6" height="{one.y_low - one.y_high:.1f}" '
            f'fill="{RULE}" stroke="{colour}"/>'
        )
    if figure.exactness in ("above", "below"):
        y, step = (one.y_high, -1) if figure.exactness == "above" else (one.y_low, 1)
        parts.append(
            f'<path d="M{one.x:.1f} {y + step * SIZE:.1f}v{step * 16}m-4 {-step * 5}l4 {step * 5}l4 {-step * 5}" '
            f'fill="none" stroke="{colour}" stroke-width="2"/>'
        )
    fill = PAPER if figure.exactness == "about" else colour
    for y in dict.fromkeys((one.y_low, one.y_high)):
        parts.append(_shape(SHAPES[one.shape], one.x, y, fill, colour))
        if figure.is_current:
            parts.append(
                f'<circle cx="{one.x:.1f}" cy="{y:.1f}" r="11" fill="none" stroke="{INK}" stroke-width="1.5"/>'
            )
    told = _text(f"{figure.words}. {figure.told}")
    return f"<a href={quoteattr(figure.address)}><title>{told}</title>{''.join(parts)}</a>"


def _shape(shape: str, x: float, y: float, fill: str, stroke: str) -> str:
    """One mark around a point."""
    drawn = f'fill="{fill}" stroke="{stroke}" stroke-width="2"'
    if shape == "circle":
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{SIZE - 0.5:g}" {drawn}/>'
    path = {
        "square": "m-5 -5h10v10h-10z",
        "diamond": "m0 -7l7 7l-7 7l-7 -7z",
        "triangle": "m0 -7l7 12h-14z",
        "hexagon": "m-3.5 -6h7l3.5 6l-3.5 6h-7l-3.5 -6z",
        "cross": "m-2 -6h4v4h4v4h-4v4h-4v-4h-4v-4h4z",
    }[shape]
    return f'<path d="M{x:.1f} {y:.1f}{path}" {drawn}/>'


def _labels(placed: Sequence[_Placed]) -> list[str]:
    """The value beside each mark where there is room; it is in the table in any case."""
    taken = [box for one in placed for box in _drawn_boxes(one)]
    parts = []
    for one in sorted(placed, key=lambda each: not each.figure.is_current):
        width = text_width(one.figure.words, FONT_SIZE)
        y = one.y_low if one.figure.low == one.figure.high else (one.y_low + one.y_high) / 2
        for x, middle in (
            (one.x + 13, y),
            (one.x - 13 - width, y),
            (one.x - width / 2, one.y_high - 20),
            (one.x - width / 2, one.y_low + 20),
            (one.x + 13, one.y_high - 15),
            (one.x + 13, one.y_low + 15),
            (one.x - 13 - width, one.y_high - 15),
            (one.x - 13 - width, one.y_low + 15),
        ):
            box = (x, middle - 7, x + width, middle + 7)
            if _is_free(box, taken):
                taken.append(box)
                look = f'fill="{INK}" stroke="{PAPER}" stroke-width="3" paint-order="stroke"'
                weight = ' font-weight="700"' if one.figure.is_current else ""
                parts.append(f'<text x="{x:.1f}" y="{middle + 4:.1f}" {look}{weight}>{_text(one.figure.words)}</text>')
                break
    return parts


def _drawn_boxes(one: _Placed) -> list[tuple[float, float, float, float]]:
    """Where a figure is drawn, so that nothing is written over it: its mark with its arrow, and its line across."""
    arrow = 16 if one.figure.exactness in ("above", "below") else 0
    above, below = (arrow, 0) if one.figure.exactness == "above" else (0, arrow)
    middle = (one.y_low + one.y_high) / 2
    return [
        (one.x - 9, one.y_high - 9 - above, one.x + 9, one.y_low + 9 + below),
        (one.x_first, middle - 5, one.x_last, middle + 5),
    ]


def _is_free(box: tuple[float, float, float, float], taken: Sequence[tuple[float, float, float, float]]) -> bool:
    """Whether a box lies within the plot and touches no other."""
    left, top, right, bottom = box
    if left < LEFT or right > WIDTH - 2 or top < TOP or bottom > TOP + PLOT_HEIGHT:
        return False
    return all(right < other[0] or other[2] < left or bottom < other[1] or other[3] < top for other in taken)


def _legend(figures: Sequence[ChartFigure], rules: Sequence[str]) -> tuple[list[str], float]:
    """What the shapes mean, one line for each, and how high that is."""
    shapes = [(0, NO_RULE)] if any(not figure.rule for figure in figures) else []
    named, further = rules[: len(SHAPES) - 1], rules[len(SHAPES) - 1 :]
    if len(further) == 1:
        named, further = rules, []
    shapes += [(number, f"Counted by the rule: {rule}") for number, rule in enumerate(named, start=1)]
    shapes += [(len(SHAPES) - 1, FURTHER_RULES)] if further else []
    top = TOP + PLOT_HEIGHT + BOTTOM + 14
    parts = []
    for line, (shape, words) in enumerate(shapes):
        y = top + line * LEGEND_LINE
        parts.append(_shape(SHAPES[shape], LEFT + 6, y, COLOURS[shape], COLOURS[shape]))
        told = _text(shortened(words, WIDTH - LEFT - RIGHT - 20, FONT_SIZE))
        parts.append(f'<text x="{LEFT + 20:g}" y="{y + 4:.1f}" fill="{INK}">{told}</text>')
    signs = _signs(figures)
    if signs:
        y = top + len(shapes) * LEGEND_LINE
        parts.append(f'<text x="{LEFT:g}" y="{y + 4:.1f}" fill="{QUIET}">{_text(signs)}</text>')
    return parts, (len(shapes) + bool(signs)) * LEGEND_LINE + 8


def _signs(figures: Sequence[ChartFigure]) -> str:
    """What else the drawing uses, in words, as far as it occurs."""
    kinds = {figure.exactness for figure in figures}
    signs = [
        ("hollow: about this many", "about" in kinds),
        ("arrow up: this many or more", "above" in kinds),
        ("arrow down: this many or fewer", "below" in kinds),
        ("bar: a range", any(figure.low != figure.high for figure in figures)),
        (
            "line across: some day of this time",
            any(figure.last.toordinal() - figure.first.toordinal() > DAY_OR_TWO for figure in figures),
        ),
        ("ring: the current value", any(figure.is_current for figure in figures)),
    ]
    told = "; ".join(words for words, occurs in signs if occurs)
    return f"{told[:1].upper()}{told[1:]}." if told else ""


def _described(figures: Sequence[ChartFigure]) -> str:
    """The drawing in a sentence."""
    first, last = _day(figures[0].first, figures[0].last), _day(figures[-1].first, figures[-1].last)
    lowest, highest = min(figures, key=lambda one: one.low), max(figures, key=lambda one: one.high)
    number = "1 figure" if len(figures) == 1 else f"{len(figures)} figures"
    return (
        f"{number}, counted from {date_words(first)} to {date_words(last)}; the lowest {lowest.words}, the highest "
        f"{highest.words}. The table after the drawing lists every one."
    )


def _text(words: str) -> str:
    """Words as XML can carry them."""
    return escape("".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in words))
