"""Words in quotation marks."""

from __future__ import annotations

import re
from dataclasses import dataclass

from homeward.reading.drafts import Span

_DOUBLE = re.compile(r"[\"“”„]|''|``")
_SINGLE_OPENS = re.compile(r"(?<![\w'’‘])['‘](?=[^\W\d_])(?!(?:em|til|tis|twas|cause)\b)")
_SINGLE_CLOSES = re.compile(r"(?<=[\w.,!?…])['’](?![\w'’])")
SHORTEST_OPEN = 20
"""Characters of a quotation that a paragraph leaves open, at least."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words in quotation marks: with the marks, and without. ``is_open`` if the paragraph ends before the mark closes."""

    span: Span
    inside: Span
    is_open: bool


def quotations(text: str) -> list[Quotation]:
    """Return the quotations of a text in order; one that a paragraph leaves open ends with it."""
    found = []
    at = 0
    for paragraph in text.split("\n"):
        end = at + len(paragraph)
        double = _double(text, at, end)
        inner = [one.span for one in double]
        single = [
            one for one in _single(text, at, end) if not any(a < one.span[1] and one.span[0] < b for a, b in inner)
        ]
        found += sorted([*double, *single], key=lambda one: one.span)
        at = end + 1
    return found


def _double(text: str, at: int, end: int) -> list[Quotation]:
    """The quotations of a paragraph in double marks."""
    found = []
    opening: re.Match[str] | None = None
    for mark in _DOUBLE.finditer(text, at, end):
        if opening is None:
            if mark[0] != "”":
                opening = mark
        elif mark[0] == "“":
            opening = mark
        else:
            found.append(Quotation((opening.start(), mark.end()), (opening.end(), mark.start()), False))
            opening = None
    if opening is not None and end - opening.end() > SHORTEST_OPEN:
        found.append(Quotation((opening.start(), end), (opening.end(), end), True))
    return found


def _single(text: str, at: int, end: int) -> list[Quotation]:
    """The quotations of a paragraph in single marks, as papers in Britain print them; an apostrophe is none."""
    found = []
    while opening := _SINGLE_OPENS.search(text, at, end):
        marks = list(_SINGLE_CLOSES.finditer(text, opening.end(), _next_opening(text, opening.end(), end)))
        after_stop = next((mark for mark in marks if text[mark.start() - 1] in ".,!?…"), None)
        is_sentence = text[opening.end()].isupper()
        closing = after_stop if is_sentence and after_stop is not None else next(iter(marks), None)
        if closing is None:
            at = opening.end()
            continue
        found.append(Quotation((opening.start(), closing.end()), (opening.end(), closing.start()), False))
        at = closing.end()
    return found


def _next_opening(text: str, at: int, end: int) -> int:
    """Where the next quotation in single marks begins in a paragraph, or its end."""
    following = _SINGLE_OPENS.search(text, at, end)
    return following.start() if following else end


def n_words(text: str, span: Span) -> int:
    """Return how many words stand in a stretch of text."""
    return len(re.findall(r"\w[\w'’.-]*", text[span[0] : span[1]]))
