"""Cells of a sheet of measured bones: measurements, sides, elements."""

from __future__ import annotations

import re
from enum import StrEnum

from homeward.formats.numbers import parse_number
from homeward.osteology.catalogue import Element, find_element
from homeward.osteology.specimens import Side

BLANKS = frozenset({"", "na", "n/a", "nan", "null", "none", ".", "-", "\N{EN DASH}", "\N{EM DASH}"})
"""What stands for nothing, in lower case."""
BLANK_CELLS = frozenset({"", " ", "NA", "na", "NaN", "N/A", "."})
"""The usual ones as they are written."""

SIDES = {
    **dict.fromkeys(("left", "l", "l.", "lt", "lt.", "sin", "sinister"), Side.LEFT),
    **dict.fromkeys(("right", "r", "r.", "rt", "rt.", "dex", "dexter"), Side.RIGHT),
    **dict.fromkeys(("axial", "midline", "unpaired", "median", "m", "a"), Side.AXIAL),
    **dict.fromkeys(("unknown", "u", "?", "indeterminate", "unsided", "not known"), Side.UNKNOWN),
}

_DATE = re.compile(r"\d{4}-\d\d-\d\d(T.*)?|\d{1,2}[/-][A-Za-z]{3}([/-]\d+)?")


class NotTaken(StrEnum):
    """Why a cell is not a measurement."""

    BLANK = "blank"
    ZERO = "zero"
    NEGATIVE = "negative"
    TEXT = "text"
    DATE = "date"

    @property
    def in_words(self) -> str:
        """What the cell is instead."""
        words = {
            NotTaken.BLANK: "blank",
            NotTaken.ZERO: "zero",
            NotTaken.NEGATIVE: "a negative number",
            NotTaken.DATE: "a date, as spreadsheets make of some numbers",
        }
        return words.get(self, "no number")


def parse_measurement(text: str) -> float | NotTaken:
    """Return a number above 0, or why there is none; decimal comma and decimal point are both understood."""
    if not text or text == "NA":
        return NotTaken.BLANK
    value = parse_number(text)
    if value is None:
        if text.casefold() in BLANKS:
            return NotTaken.BLANK
        return NotTaken.DATE if _DATE.fullmatch(text) else NotTaken.TEXT
    if value == 0.0:
        return NotTaken.ZERO
    return value if value > 0.0 else NotTaken.NEGATIVE


def parse_side(text: str) -> Side | None:
    """Return the side in any of its spellings; UNKNOWN for a blank cell, None for a word that is no side."""
    plain = text.casefold()
    return Side.UNKNOWN if plain in BLANKS else SIDES.get(plain)


def parse_bone(text: str) -> tuple[Element | None, Side]:
    """Return the element, None if there is none of this name, and the side if it is part of the name ("left femur")."""
    element = find_element(text)
    if element is not None:
        return element, Side.UNKNOWN
    first, _, rest = re.sub(r"[\s_]+", " ", text).partition(" ")
    side = SIDES.get(first.casefold())
    if side in (Side.LEFT, Side.RIGHT) and (element := find_element(rest)) is not None:
        return element, side
    return None, Side.UNKNOWN
