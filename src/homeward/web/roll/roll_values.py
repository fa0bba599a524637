"""Values of somebody's table in the words of the record: dates, sex, status."""

from __future__ import annotations

import re

from homeward.core.dates import MONTHS
from homeward.web.roll.people import Sex, StatusKind

STATUS_WORDS = {
    **{kind.value: kind.value for kind in StatusKind},
    **{str(kind.label): kind.value for kind in StatusKind},
    **dict.fromkeys(("mia", "missing", "missing in action", "unaccounted-for", "bnr", "pow", "kia bnr"), "unaccounted"),
    **dict.fromkeys(("accounted-for", "identified", "recovered and identified"), "accounted"),
    **dict.fromkeys(("returned to military control", "rmc", "alive"), "returned"),
    **dict.fromkeys(("non recoverable", "nonrecoverable"), "non-recoverable"),
}
"""Kinds of status by the words in use; what is reported in error or twice is decided by people, one by one."""
IMPORTED_KINDS = frozenset({"unaccounted", "accounted", "returned", "non-recoverable"})
SEX_WORDS = {"m": Sex.MALE, "male": Sex.MALE, "f": Sex.FEMALE, "female": Sex.FEMALE}
UNKNOWN_WORDS = frozenset({"", "u", "unk", "unknown", "?", "n/a", "x", "not known"})

_MONTH = {name[:3].casefold(): number for number, name in enumerate(MONTHS) if name}
_EIGHT = re.compile(r"([0-9]{4})([01][0-9])([0-3][0-9])")
_STROKES = re.compile(r"([0-9]{1,2})[/.]([0-9]{1,2})[/.]([0-9]{4})")
_DAY_MONTH = re.compile(r"(?:([0-9]{1,2})[ -])?([A-Za-z]{3,9})\.?[ -]([0-9]{4})")
_MONTH_DAY = re.compile(r"([A-Za-z]{3,9})\.? ([0-9]{1,2}), ?([0-9]{4})")
_MIDNIGHT = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ]00:00(?::00)?")


class Ambiguous(ValueError):  # noqa: N818 - says what it is
    """A day that can be read in two ways."""


def written_date(text: str, order: str) -> str:
    """Return a date of a table in the notation of the record; what is not understood is given back as it is.

    Raises
    ------
    Ambiguous
        It can be day or month first, and ``order`` does not say which.
    """
    text = text.strip()
    if found := _MIDNIGHT.fullmatch(text):
        return found[1]
    if found := _EIGHT.fullmatch(text):
        return "-".join(found.groups())
    if found := _DAY_MONTH.fullmatch(text):
        return _named(found[1], found[2], found[3]) or text
    if found := _MONTH_DAY.fullmatch(text):
        return _named(found[2], found[1], found[3]) or text
    if found := _STROKES.fullmatch(text):
        return _with_strokes(int(found[1]), int(found[2]), found[3], order)
    return text


def _named(day: str | None, month: str, year: str) -> str:
    """A day or a month whose month is named; empty if there is no such month."""
    number = _MONTH.get(month[:3].casefold())
    if number is None or not MONTHS[number].casefold().startswith(month.casefold()):
        return ""
    return f"{year}-{number:02}" + (f"-{int(day):02}" if day else "")


def _with_strokes(first: int, second: int, year: str, order: str) -> str:
    """A day written as 12/7/1950."""
    if not order and first != second and first <= 12 and second <= 12:
        raise Ambiguous
    day_first = order == "day-first" if first <= 12 and second <= 12 else first > 12
    day, month = (first, second) if day_first else (second, first)
    return f"{year}-{month:02}-{day:02}"
