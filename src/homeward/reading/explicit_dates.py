"""Dates whose year is known, as days; and the day, week, month, season or year so many from a day."""

from __future__ import annotations

import calendar
from dataclasses import replace
from datetime import date

from homeward.reading.expressions import DAY, Expression, Resolved
from homeward.reading.holidays import holiday

PARTS = {"early": (1, 10), "mid": (11, 20), "late": (21, 31)}
"""Days of a month that its parts cover, to the end of the month for the last."""
YEAR_PARTS = {"early": (1, 4), "mid": (5, 8), "late": (9, 12), "first-half": (1, 6), "second-half": (7, 12)}
YEARS_OF_DECADE = {"early": (0, 3), "mid": (4, 6), "late": (7, 9)}
SEASON_STARTS = {"spring": (3, 21), "summer": (6, 22), "autumn": (9, 23), "winter": (12, 24)}
"""First month of each season of three months, and its number in EDTF (northern hemisphere)."""
FISCAL_YEAR_STARTS = 10
"""Month in which the fiscal year of the United States begins, named for the year in which it ends."""


def explicit(one: Expression, basis: str = "explicit", confidence: float = 0.97) -> Resolved | None:
    """Return the days of an expression whose year is known, ``None`` if the calendar has no such day."""
    year = one.year
    assert year is not None  # noqa: S101 - asked by the caller
    if not 1 <= year <= 9998:
        return None
    alternatives: tuple[str, ...] = ()
    if one.form == "day":
        assert one.month is not None  # noqa: S101
        found = day_of(year, one.month, one.day)
        if found is None:
            return None
        if one.other and (swapped := day_of(year, *one.other)):
            alternatives, confidence = (swapped.isoformat(),), 0.6
        return between(found, found, basis, "day", confidence, one.about, alternatives)
    if one.form == "month":
        return month_of(year, one.month or 1, one, basis, confidence)
    if one.form == "season":
        return season_of(year, one.season or "", basis, confidence)
    if one.form == "range":
        return range_of(year, one, basis, confidence)
    return _year(year, one, basis, confidence)


def _year(year: int, one: Expression, basis: str, confidence: float) -> Resolved:
    """A year, a part of one, a fiscal year, a decade, or a holiday of a year."""
    if one.form == "holiday":
        day = holiday(one.holiday or "", year) + (one.offset or 0) * DAY
        return between(day, day, basis, "day", confidence, one.about)
    if one.form == "decade":
        first, last = YEARS_OF_DECADE.get(one.part or "", (0, 9))
        edtf = f"{year // 10}X" if (first, last) == (0, 9) else f"{year + first}/{year + last}"
        return Resolved(date(year + first, 1, 1), date(year + last, 12, 31), edtf, "decade", basis, confidence - 0.02)
    if one.form == "fiscal-year":
        return between(*moved(date(year, 1, 1), "fiscal-year", 0), basis, "year", confidence)
    if one.part in YEAR_PARTS:
        first, last = YEAR_PARTS[one.part]
        return between(date(year, first, 1), last_of(year, last), basis, "year", confidence - 0.05)
    edtf = f"{year:04d}{'~' if one.about else ''}"
    return Resolved(date(year, 1, 1), date(year, 12, 31), edtf, "year", basis, confidence)


def range_of(year: int, one: Expression, basis: str, confidence: float) -> Resolved | None:
    """Return the days from a day, month or year to another; the first may leave out what the second says."""
    last_year = one.year2 if one.year2 is not None else year
    if one.month is None:
        if not year <= last_year <= 9998:
            return None
        return Resolved(
            date(year, 1, 1), date(last_year, 12, 31), f"{year:04d}/{last_year:04d}", "years", basis, confidence
        )
    last_month = one.month2 or one.month
    if one.day is None:
        first, last = date(year, one.month, 1), last_of(last_year, last_month)
        edtf = f"{year:04d}-{one.month:02d}/{last_year:04d}-{last_month:02d}"
        return Resolved(first, last, edtf, "month", basis, confidence) if first <= last else None
    start, end = day_of(year, one.month, one.day), day_of(last_year, last_month, one.day2)
    return between(start, end, basis, "days", confidence) if start and end and start <= end else None


def month_of(year: int, month: int, one: Expression, basis: str, confidence: float) -> Resolved:
    """Return the days of a month, or of the part of it that the words name."""
    if one.part in PARTS:
        first, last = PARTS[one.part]
        end = calendar.monthrange(year, month)[1]
        return between(
            date(year, month, first), date(year, month, min(last, end)), basis, "part-of-month", confidence - 0.05
        )
    return Resolved(
        date(year, month, 1),
        last_of(year, month),
        f"{year:04d}-{month:02d}{'~' if one.about else ''}",
        "month",
        basis,
        confidence,
    )


def season_of(year: int, season: str, basis: str, confidence: float) -> Resolved:
    """Return the days of a season."""
    month, number = SEASON_STARTS[season]
    last = last_of(year, month + 2) if month < 12 else last_of(year + 1, 2)
    return Resolved(date(year, month, 1), last, f"{year:04d}-{number}", "season", basis, confidence - 0.05)


def with_year(one: Expression, year: int) -> Expression:
    """Return an expression with a year; a range that turns the year ends in the next."""
    turns = one.form == "range" and one.month2 is not None and one.month is not None and one.month2 < one.month
    return replace(one, year=year, year2=year + 1 if turns else None)


def moved(day: date, unit: str, offset: int) -> tuple[date, date]:
    """Return the first and last day of the day, week (from Sunday, as calendars of the language have it), month or year so many from a day."""
    try:
        if unit == "day":
            return day + offset * DAY, day + offset * DAY
        if unit == "week":
            start = day - ((day.weekday() + 1) % 7) * DAY + 7 * offset * DAY
            return start, start + 6 * DAY
        if unit == "month":
            months = day.year * 12 + day.month - 1 + offset
            return date(months // 12, months % 12 + 1, 1), last_of(months // 12, months % 12 + 1)
        if unit == "anniversary":
            same = day.replace(year=day.year + offset)
            return same, same
        if unit == "fiscal-year":
            year = day.year + (day.month >= FISCAL_YEAR_STARTS) + offset
            return date(year - 1, FISCAL_YEAR_STARTS, 1), date(year, FISCAL_YEAR_STARTS - 1, 30)
        if unit == "weekend":
            saturday = day + ((5 - day.weekday()) % 7 if day.weekday() != 6 else -1) * DAY + 7 * offset * DAY
            return saturday, saturday + DAY
        years = {"decade": 10 * offset}.get(unit, offset)
        return date(day.year + years, 1, 1), date(day.year + years, 12, 31)
    except (ValueError, OverflowError):
        return date.min, date.max


def between(
    first: date, last: date, basis: str, precision: str, confidence: float, about: bool = False,
    alternatives: tuple[str, ...] = (), *, choice: bool = False,
) -> Resolved:  # fmt: skip
    """Return the days from the first to the last; as one day of them, where only one is meant."""
    if first == last:
        edtf = f"{first.isoformat()}{'~' if about else ''}"
    else:
        edtf = f"[{first.isoformat()}..{last.isoformat()}]" if choice else f"{first.isoformat()}/{last.isoformat()}"
    return Resolved(first, last, edtf, precision, basis, round(confidence, 2), alternatives)


def day_of(year: int, month: int, day: int | None) -> date | None:
    """Return a day, ``None`` if the calendar has no such day."""
    try:
        return date(year, month, day or 1)
    except ValueError:
        return None


def last_of(year: int, month: int) -> date:
    """Return the last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])
