"""Scales of a drawing, and where to put numbers and days along them."""

from __future__ import annotations

import calendar
import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

MOST_TICKS = 9
MONTHS = calendar.month_abbr
DAYS_OF_YEARS, DAYS_OF_MONTHS = 900, 80
"""Longer stretches than these are divided by years, by months; shorter ones by days."""


@dataclass(frozen=True, slots=True)
class Scale:
    """From values between first and last to places between start and end."""

    first: float
    last: float
    start: float
    end: float

    def at(self, value: float) -> float:
        """Return the place of a value."""
        return self.start + (value - self.first) / (self.last - self.first) * (self.end - self.start)

    def within(self, value: float) -> float:
        """Return the place of a value, or the end that is nearest to it."""
        return self.at(min(max(value, self.first), self.last))


def number_ticks(first: float, last: float) -> list[tuple[float, str]]:
    """Return round numbers from first to last with their words, about six of them."""
    step = _round_step((last - first) / 6)
    decimals = max(0, -math.floor(math.log10(step)))
    count = range(math.ceil(first / step), math.floor(last / step) + 1)
    return [(number * step, f"{number * step:,.{decimals}f}") for number in count]


def date_ticks(first: float, last: float) -> list[tuple[int, str]]:
    """Return days from first to last, as ordinals, with their words: years, months or days as the stretch is long."""
    days = last - first
    start, end = (
        date.fromordinal(max(math.ceil(first), 1)),
        date.fromordinal(min(math.floor(last), date.max.toordinal())),
    )
    if days > DAYS_OF_YEARS:
        step = next(step for step in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000) if days / 365.25 / step <= MOST_TICKS)
        years = (year for year in range(start.year + 1, end.year + 1) if year % step == 0)
        return [(date(year, 1, 1).toordinal(), str(year)) for year in years]
    if days > DAYS_OF_MONTHS:
        step = next(step for step in (1, 2, 3, 6) if days / 30.4 / step <= MOST_TICKS or step == 6)
        return [(day.toordinal(), f"{MONTHS[day.month]} {day.year}") for day in _months(start, end, step)]
    step = next(step for step in (1, 2, 5, 10) if days / step <= MOST_TICKS or step == 10)
    dates = [date.fromordinal(ordinal) for ordinal in range(start.toordinal(), end.toordinal() + 1, step)]
    return [
        (day.toordinal(), f"{day.day} {MONTHS[day.month]}{f' {day.year}' if not n else ''}")
        for n, day in enumerate(dates)
    ]


def date_words(day: date) -> str:
    """Return a day in words."""
    return f"{day.day} {calendar.month_name[day.month]} {day.year}"


def _months(start: date, end: date, step: int) -> Iterator[date]:
    """The first days of months within a stretch."""
    month = start.year * 12 + start.month
    while True:
        day = date(month // 12, month % 12 + 1, 1)
        if day > end:
            return
        if (month % 12) % step == 0:
            yield day
        month += 1


def _round_step(step: float) -> float:
    """The step of 1, 2 or 5 times a power of ten that comes near it, rather above it than below."""
    size = 10.0 ** math.floor(math.log10(step))
    return next(factor * size for factor in (1, 2, 5, 10) if factor * size >= step * 0.8)
