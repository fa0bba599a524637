"""A skeleton from the front as inline SVG, each bone in the colour of how many there are or of what is said of it.

Nothing in the drawing needs a script or a style attribute. It has its own white ground, so that it reads the same on
light and on dark pages. No meaning hangs on colour alone: each bone has a title, and the description lists them all.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from xml.sax.saxutils import escape, quoteattr

from homeward.core.errors import InputError, Problem
from homeward.osteology.catalogue import elements
from homeward.osteology.specimens import Side
from homeward.reports.skeleton_shapes import HEIGHT, HOLLOWS, MIDLINE, WIDTH, Shape, shapes
from homeward.reports.text_width import printable, shortened, text_width

INK, QUIET, EDGE = "#1f2933", "#52606d", "#6b7a89"
NONE = "#ffffff"
FEW, MANY = (214, 230, 240), (11, 79, 108)
STATE_COLOURS = ("#0b4f6c", "#5fa8c4", "#d9a441", "#b5523b", "#7a9e5c", "#8b6fa8")
"""Of states, in the order in which they are given; so many states can be told apart."""
LINE_HEIGHT, FONT_SIZE = 16.0, 11.0
STEPS = 5
"""Colours in the legend of counts, at most."""
FONT = 'font-family="system-ui, sans-serif"'

Kind = tuple[str, Side]


@dataclass(frozen=True, slots=True)
class _Look:
    """Colour of a bone, and what is said of it."""

    colour: str
    words: str


def draw_skeleton_counts(counts: Mapping[Kind, int], *, title: str = "Bones by element and side") -> str:
    """Return a skeleton in which bones are the darker the more there are of them, as one ``<svg>`` element.

    Parameters
    ----------
    counts : mapping of (element, side) to int
        How many there are. A group ("rib", "lumbar vertebra") colours all its bones by its number divided among them, a
        part ("ilium") colours the bone it belongs to; each is named in the title of the bone. Bones of unknown side,
        and those that are not drawn, are listed below.
    title : str
        Name of the drawing for screen readers.

    Raises
    ------
    InputError
        An element is not in the catalogue; lists them all.
    """
    _check_known(counts)
    there = {kind: n for kind, n in counts.items() if n > 0}
    most = max((_on_shape(shape, there)[0] for shape in shapes()), default=0)

    def look(shape: Shape) -> _Look:
        n, words = _on_shape(shape, there)
        return _Look(_shade(n, most), words or "none")

    left_over = [f"{_named(kind)}: {n}" for kind, n in there.items() if not _is_drawn(kind)]
    steps = sorted({max(1, round(most * k / STEPS)) for k in range(1, STEPS + 1)}) if most else []
    legend = [(NONE, "none"), *((_shade(n, most), str(n)) for n in steps)]
    return _drawing(look, legend, left_over, title)


def draw_skeleton_states(states: Mapping[Kind, str], order: Sequence[str], *, title: str = "State of the bones") -> str:
    """Return a skeleton in which each bone has the colour of its state, as one ``<svg>`` element.

    Parameters
    ----------
    states : mapping of (element, side) to str
        Such as "complete" or "fragment". A group gives its state to all its bones that have none of their own.
    order : sequence of str
        The states in the order of the legend, at most six.
    title : str
        Name of the drawing for screen readers.

    Raises
    ------
    InputError
        An element is not in the catalogue, a state is not in the order, or there are too many states.
    """
    _check_known(states)
    unknown = sorted(set(states.values()) - set(order))
    if unknown or len(order) > len(STATE_COLOURS):
        what = (
            f"{len(order)} states are given, {len(STATE_COLOURS)} can be drawn; without a place: {unknown or 'none'}."
        )
        raise InputError(Problem(what, "states of the skeleton", "Name each state once, and join some of them."))
    colour_of = dict(zip(order, STATE_COLOURS, strict=False))

    def look(shape: Shape) -> _Look:
        state = next((states[kind] for kind in _own_and_groups(shape) if kind in states), None)
        return _Look(NONE, "nothing recorded") if state is None else _Look(colour_of[state], state)

    left_over = [f"{_named(kind)}: {state}" for kind, state in states.items() if not _is_drawn(kind)]
    legend = [*((colour_of[state], state) for state in order), (NONE, "nothing recorded")]
    return _drawing(look, legend, left_over, title)


def _drawing(
    look: Callable[[Shape], _Look], legend: Sequence[tuple[str, str]], left_over: Sequence[str], title: str
) -> str:
    """Draw every bone, the legend, and in words what has no place in the drawing."""
    looks = [(shape, look(shape)) for shape in shapes()]
    below = _wrapped(f"Not drawn: {'; '.join(left_over)}." if left_over else "", WIDTH - 24)
    height = HEIGHT + LINE_HEIGHT * (len(below) + (1 if below else 0)) + 34
    quiet = _common_words(looks)
    described = "; ".join(f"{_named((s.element, s.side))}: {one.words}" for s, one in looks if one.words != quiet)
    description = f"{described or 'No bones'}. {' '.join(below)}".strip()
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="skeleton" role="img" viewBox="0 0 {WIDTH:.0f} {height:.0f}" '
        f'width="{WIDTH:.0f}" height="{height:.0f}" {FONT} font-size="{FONT_SIZE:g}">'
        f"<title>{escape(printable(title))}</title><desc>{escape(printable(description))}</desc>"
        f'<rect class="background" width="{WIDTH:.0f}" height="{height:.0f}" fill="#ffffff"/>',
        *(_bone(shape, one) for shape, one in looks),
        *(f'<path d="{path}" fill="#ffffff" stroke="{EDGE}" stroke-width="0.8"/>' for path in HOLLOWS),
        _text("their right", 8, 20, "start"),
        _text("their left", WIDTH - 8, 20, "end"),
        _legend(legend, HEIGHT + 8),
        *(_text(line, 12, HEIGHT + 34 + LINE_HEIGHT * (i + 1), "start") for i, line in enumerate(below)),
        "</svg>",
    ]
    return "".join(parts)


def _common_words(looks: Sequence[tuple[Shape, _Look]]) -> str:
    """Return what is said of bones of which there is nothing to say."""
    return next((one.words for _, one in looks if one.colour == NONE), "")


def _bone(shape: Shape, look: _Look) -> str:
    """Draw one bone with its title."""
    name = _named((shape.element, shape.side))
    if shape.is_line:
        band = f'<path d="{shape.path}" fill="none" stroke-linecap="round"'
        drawn = f'{band} stroke="{EDGE}" stroke-width="6"/>{band} stroke="{look.colour}" stroke-width="4.4"/>'
    else:
        drawn = f'<path d="{shape.path}" fill="{look.colour}" stroke="{EDGE}" stroke-width="0.8"/>'
    title = escape(printable(f"{name}: {look.words}"))
    return f'<g class="bone" data-bone={quoteattr(name)}><title>{title}</title>{drawn}</g>'


def _legend(entries: Sequence[tuple[str, str]], y: float) -> str:
    """Draw the legend in one line in the middle."""
    labels = [shortened(printable(label), 110, FONT_SIZE) for _, label in entries]
    widths = [text_width(label, FONT_SIZE) + 30 for label in labels]
    x = MIDLINE - sum(widths) / 2
    parts = []
    for (colour, _), label, width in zip(entries, labels, widths, strict=True):
        parts.append(
            f'<rect x="{x:.1f}" y="{y:.1f}" width="13" height="13" rx="2" fill="{colour}" stroke="{EDGE}"/>'
            f"{_text(label, x + 18, y + 11, 'start')}"
        )
        x += width
    return "".join(parts)


def _text(text: str, x: float, y: float, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{QUIET}">{escape(printable(text))}</text>'


def _on_shape(shape: Shape, counts: Mapping[Kind, int]) -> tuple[int, str]:
    """Return how many people's worth of a bone there is, and what that is made of."""
    found, words = 0, []
    for kind in _own_and_groups(shape):
        if kind in counts:
            share = math.ceil(counts[kind] / elements()[kind[0]].number_on_a_side)
            found = max(found, share)
            words.append(str(counts[kind]) if kind[0] == shape.element else f"{_named(kind)} {counts[kind]}")
    for kind, n in counts.items():
        if _drawn_as(kind) == shape.element and kind[0] != shape.element and shape.side in (kind[1], Side.AXIAL):
            found = max(found, n)
            words.append(f"{_named(kind)} {n}")
    return found, ", ".join(words)


def _own_and_groups(shape: Shape) -> list[Kind]:
    """Return the bone itself and the groups that it is one of."""
    return [(name, shape.side) for name in _upwards(shape.element)]


def _upwards(element: str) -> list[str]:
    """Return an element, what it is part of, what that is part of, and so on."""
    names = []
    while element:
        names.append(element)
        element = elements()[element].part_of
    return names


def _drawn_as(kind: Kind) -> str | None:
    """Return the element that a bone is drawn as: itself or what it is a part of; None if it has no place."""
    return next((name for name in _upwards(kind[0]) if name in _drawn_elements()), None)


@cache
def _drawn_elements() -> frozenset[str]:
    """The elements that have a place in the drawing."""
    return frozenset(shape.element for shape in shapes())


def _is_drawn(kind: Kind) -> bool:
    """Whether a bone, or a group of bones, is seen in the drawing."""
    if kind[1] is Side.UNKNOWN:
        return False
    return _drawn_as(kind) is not None or any(kind[0] in _upwards(shape.element) for shape in shapes())


def _named(kind: Kind) -> str:
    """Return a bone in words."""
    element, side = kind
    if side is Side.AXIAL:
        return element
    return f"{element}, side unknown" if side is Side.UNKNOWN else f"{side} {element}"


def _shade(n: int, most: int) -> str:
    """Return the colour of a count."""
    if n == 0:
        return NONE
    share = 1.0 if most == 1 else (n - 1) / (most - 1)
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(FEW, MANY, strict=True))
    return f"#{red:02x}{green:02x}{blue:02x}"


def _wrapped(text: str, width: float) -> list[str]:
    """Return a text as lines of at most a width."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, FONT_SIZE) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _check_known(kinds: Mapping[Kind, object]) -> None:
    problems = [
        Problem(f"There is no element '{name}'.", "skeleton", "Use the names of the catalogue of bones.")
        for name in dict.fromkeys(element for element, _ in kinds)
        if name not in elements()
    ]
    if problems:
        raise InputError(*problems)
