"""Text in drawings: how wide it will be without a font at hand, and what of it can be written."""

from __future__ import annotations

import unicodedata

NARROW = frozenset("ijlI.,:;'|!()[]ftr -")
WIDE = frozenset("mwMW@%")
SHORTEST = 5
"""Letters kept at least when a text is shortened."""


def text_width(text: str, font_size: float) -> float:
    """Return a cautious estimate of the width in pixels of a text in a usual sans-serif face."""
    return font_size * sum(_letter_width(letter) for letter in text)


def _letter_width(letter: str) -> float:
    """Return the width of one letter as a share of the font size."""
    if unicodedata.combining(letter):
        return 0.0
    if unicodedata.east_asian_width(letter) in "WF":
        return 1.05
    if letter in NARROW:
        return 0.38
    if letter in WIDE or not letter.isascii():
        return 0.95 if letter in WIDE else 0.75
    return 0.72 if letter.isupper() else 0.62


def shortened(text: str, width: float, font_size: float) -> str:
    """Return the text, with its middle left out if it is wider than the width in pixels."""
    if text_width(text, font_size) <= width:
        return text
    kept = len(text)
    while kept > SHORTEST:
        kept -= 1
        head, tail = text[: (kept + 1) // 2], text[len(text) - kept // 2 :]
        candidate = f"{head}\N{HORIZONTAL ELLIPSIS}{tail}"
        if text_width(candidate, font_size) <= width:
            return candidate
    return candidate


def printable(text: str) -> str:
    """Return the text with a mark in place of characters that XML cannot carry."""
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)
