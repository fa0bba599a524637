"""Pedigrees as inline SVG in the standard notation.

Square male, circle female, diamond unknown; a double line joins relatives (Bennett et al. 2008, J. Genet. Couns.
17:424-433). Nothing in the drawing needs a script or a style attribute, and no meaning hangs on colour alone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

import numpy as np

from homeward.core.arrays import FloatArray
from homeward.genetics.pedigree import Pedigree, Sex
from homeward.reports.pedigree_layout import HALF_SIZE, SMALL_HALF_SIZE, Layout, Line, is_unnamed, layout_pedigree
from homeward.reports.text_width import printable, shortened, text_width

INK = "#1f2933"
QUIET = "#52606d"
TYPED = "#c9d3dd"
FOUND = "#0b4f6c"
FONT_SIZE = 12.0
LINE_HEIGHT = 15.0
LABEL_GAP = 6.0
MAX_LABEL_WIDTH = 120.0
FONT = 'font-family="system-ui, sans-serif"'


@dataclass(frozen=True, slots=True)
class _LabelLine:
    text: str
    candidate: bool


def draw_pedigree(
    pedigree: Pedigree,
    *,
    labels: Mapping[str, str] | None = None,
    typed: Collection[str] = (),
    missing: Collection[str] = (),
    candidates: Mapping[str, Sequence[str]] | None = None,
    notes: Mapping[str, Sequence[str]] | None = None,
    title: str,
) -> str:
    """Return a pedigree as one ``<svg>`` element.

    Parameters
    ----------
    pedigree : Pedigree
        Everybody is drawn once; unnamed founders (ids that begin with "(") small and without a label.
    labels : mapping of person to str
        What to write under somebody instead of the id.
    typed : collection of str
        People with a profile: hatched.
    missing : collection of str
        People looked for: dashed outline and a question mark.
    candidates : mapping of person to sequence of str
        What to write in a frame under a missing person, such as the sample concluded to be them.
    notes : mapping of person to sequence of str
        What to write below somebody's name, such as genotypes.
    title : str
        Name of the drawing for screen readers and tooltips.
    """
    lines = [
        _label_lines(person, labels or {}, (notes or {}).get(person, ()), (candidates or {}).get(person, ()))
        for person in pedigree.ids
    ]
    layout = layout_pedigree(pedigree, label_sizes=_label_sizes(lines))
    hatch = "hatch-" + hashlib.sha256(repr((title, pedigree.ids)).encode("utf-8", "replace")).hexdigest()[:10]
    description = describe_pedigree(pedigree, typed=typed, missing=missing, candidates=candidates or {})
    width, height = layout.width, layout.height
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="pedigree" role="img" viewBox="0 0 {width:.0f} {height:.0f}" '
        f'width="{width:.0f}" height="{height:.0f}" {FONT} font-size="{FONT_SIZE:g}">',
        f"<title>{escape(printable(title))}</title>",
        f"<desc>{escape(description)}</desc>",
        _hatching(hatch),
        f'<rect class="background" width="{width:.0f}" height="{height:.0f}" fill="#fff"/>',
        _draw_lines(layout),
    ]
    for i, person in enumerate(pedigree.ids):
        x, y = layout.positions[i].tolist()
        half = float(layout.half_sizes[i])
        sex = Sex(int(pedigree.sex[i]))
        note = _spoken(person, sex, typed, missing, candidates or {})
        parts.append(f'<g class="person" data-person={quoteattr(printable(person))}><title>{escape(note)}</title>')
        parts.append(_symbol(x, y, half, sex, person in typed, person in missing, hatch))
        parts.append(_draw_label(x, y + half + LABEL_GAP, lines[i]))
        parts.append("</g>")
    parts.append("</svg>")
    return "".join(parts)


def describe_pedigree(
    pedigree: Pedigree,
    *,
    typed: Collection[str],
    missing: Collection[str],
    candidates: Mapping[str, Sequence[str]],
) -> str:
    """Say in words who is in a pedigree and who their parents are."""
    sentences = []
    for i, person in enumerate(pedigree.ids):
        if is_unnamed(person):
            continue
        parents = [pedigree.ids[int(p)] for p in pedigree.parents[i] if p >= 0]
        named = [parent for parent in parents if not is_unnamed(parent)]
        of = f", child of {' and '.join(named)}" if named else ""
        sentences.append(_spoken(person, Sex(int(pedigree.sex[i])), typed, missing, candidates) + of + ".")
    return printable(" ".join(sentences))


def _spoken(
    person: str,
    sex: Sex,
    typed: Collection[str],
    missing: Collection[str],
    candidates: Mapping[str, Sequence[str]],
) -> str:
    facts = [{Sex.MALE: "male", Sex.FEMALE: "female", Sex.UNKNOWN: "sex unknown"}[sex]]
    facts += ["typed"] if person in typed else []
    facts += ["missing"] if person in missing else []
    facts += list(candidates.get(person, ()))
    return printable(f"{person} ({', '.join(facts)})")


def _label_lines(
    person: str, labels: Mapping[str, str], notes: Sequence[str], candidates: Sequence[str]
) -> list[_LabelLine]:
    name = labels.get(person, "" if is_unnamed(person) else person)
    written = [_LabelLine(name, candidate=False)] if name else []
    written += [_LabelLine(note, candidate=False) for note in notes]
    written += [_LabelLine(candidate, candidate=True) for candidate in candidates]
    return [_LabelLine(shortened(printable(line.text), MAX_LABEL_WIDTH, FONT_SIZE), line.candidate) for line in written]


def _label_sizes(lines: Sequence[Sequence[_LabelLine]]) -> FloatArray:
    sizes = np.zeros((len(lines), 2))
    for i, written in enumerate(lines):
        if written:
            sizes[i, 0] = max(text_width(line.text, FONT_SIZE) + (12 if line.candidate else 2) for line in written)
            sizes[i, 1] = LABEL_GAP + sum(LINE_HEIGHT + (5 if line.candidate else 0) for line in written)
    return sizes


def _draw_label(x: float, y: float, lines: Sequence[_LabelLine]) -> str:
    parts = []
    for line in lines:
        if line.candidate:
            width = text_width(line.text, FONT_SIZE) + 10
            parts.append(
                f'<rect class="candidate" x="{x - width / 2:.1f}" y="{y + 1:.1f}" width="{width:.1f}" height="17" '
                f'rx="2" fill="#fff" stroke="{FOUND}"/>'
            )
            y += 3
        colour, weight = (FOUND, "600") if line.candidate else (INK, "400")
        parts.append(
            f'<text x="{x:.1f}" y="{y + 11:.1f}" text-anchor="middle" fill="{colour}" font-weight="{weight}">'
            f"{escape(line.text)}</text>"
        )
        y += LINE_HEIGHT + (2 if line.candidate else 0)
    return "".join(parts)


def _symbol(x: float, y: float, half: float, sex: Sex, typed: bool, missing: bool, hatch: str) -> str:
    fill = f"url(#{hatch})" if typed else "#fff"
    dash = ' stroke-dasharray="4 3"' if missing else ""
    small = half < HALF_SIZE
    paint = f'fill="{fill}" stroke="{QUIET if small else INK}" stroke-width="{1.2 if small else 1.8}"{dash}'
    match sex:
        case Sex.MALE:
            side = 2 * half
            shape = f'<rect x="{x - half:.1f}" y="{y - half:.1f}" width="{side:g}" height="{side:g}" {paint}/>'
        case Sex.FEMALE:
            shape = f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{half:g}" {paint}/>'
        case _:
            corners = f"{x:.1f},{y - half:.1f} {x + half:.1f},{y:.1f} {x:.1f},{y + half:.1f} {x - half:.1f},{y:.1f}"
            shape = f'<polygon points="{corners}" {paint}/>'
    mark = ""
    if missing:
        mark = (
            f'<text x="{x:.1f}" y="{y + 6:.1f}" text-anchor="middle" font-size="17" font-weight="600" '
            f'fill="{INK}">?</text>'
        )
    return shape + mark


def _path(line: Line) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in line)


def _draw_lines(layout: Layout) -> str:
    """Draw every union on a white edge, so that lines that cross are seen not to join."""
    parts = []
    for placed in layout.unions:
        double = placed.union.consanguineous
        descents = "".join(_path(line) for line in placed.descents)
        pair = _path(placed.line)
        parts.append('<g class="union" fill="none" stroke-linejoin="round">')
        parts.append(f'<path d="{pair}" stroke="#fff" stroke-width="{9 if double else 7}"/>')
        parts.append(f'<path d="{descents}" stroke="#fff" stroke-width="7"/>')
        parts.append(f'<path class="descent" d="{descents}" stroke="{INK}" stroke-width="1.4"/>')
        parts.append(f'<path class="partners" d="{pair}" stroke="{INK}" stroke-width="{5 if double else 1.4}"/>')
        if double:
            parts.append(f'<path class="double" d="{pair}" stroke="#fff" stroke-width="2.2"/>')
        parts.append("</g>")
    return "".join(parts)


def _hatching(name: str) -> str:
    return (
        f'<defs><pattern id="{name}" width="5" height="5" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate(45)"><rect width="5" height="5" fill="#fff"/>'
        f'<rect width="2.2" height="5" fill="#7b8794"/></pattern></defs>'
    )


def legend_entries() -> list[tuple[str, str]]:
    """Return every mark of a drawing as a small ``<svg>``, with the words that explain it."""
    hatch = "hatch-of-the-legend"
    frame = f'<rect x="1" y="4" width="20" height="14" rx="2" fill="#fff" stroke="{FOUND}"/>'
    double = f'<path d="M1 9H21M1 13H21" stroke="{INK}" stroke-width="1.4"/>'
    marks = [
        (_symbol(11, 11, 8, Sex.MALE, False, False, hatch), "male"),
        (_symbol(11, 11, 8, Sex.FEMALE, False, False, hatch), "female"),
        (_symbol(11, 11, 9, Sex.UNKNOWN, False, False, hatch), "sex unknown"),
        (_hatching(hatch) + _symbol(11, 11, 8, Sex.MALE, True, False, hatch), "typed"),
        (_symbol(11, 11, 9, Sex.MALE, False, True, hatch), "missing"),
        (frame, "sample that a conclusion names"),
        (double, "partners are relatives"),
        (_symbol(11, 11, SMALL_HALF_SIZE, Sex.UNKNOWN, False, False, hatch), "unnamed parent"),
    ]
    size = f'viewBox="0 0 22 22" width="22" height="22" {FONT}'
    return [
        (f'<svg xmlns="http://www.w3.org/2000/svg" aria-hidden="true" {size}>{mark}</svg>', words)
        for mark, words in marks
    ]
