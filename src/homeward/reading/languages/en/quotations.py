"""Words in quotation marks."""

from __future__ import annotations

import re
from dataclasses import dataclass

from homeward.reading.drafts import Span

_DOUBLE = re.compile(r"[\"“”„]|''|``")


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
        opening: re.Match[str] | None = None
        for mark in _DOUBLE.finditer(text, at, at + len(paragraph)):
            if opening is None:
                if mark[0] != "”":
                    opening = mark
            elif mark[0] == "“":
                opening = mark
            else:
                found.append(Quotation((opening.start(), mark.end()), (opening.end(), mark.start()), False))
                opening = None
        end = at + len(paragraph)
        if opening is not None and end - opening.end() > 20:
            found.append(Quotation((opening.start(), end), (opening.end(), end), True))
        at = end + 1
    return found


def n_words(text: str, span: Span) -> int:
    """Return how many words stand in a stretch of text."""
    return len(re.findall(r"\w[\w'’.-]*", text[span[0] : span[1]]))
