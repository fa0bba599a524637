"""The day on which a holiday falls in a year, for those that texts of the field name instead of a date."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

MONDAY, THURSDAY, FRIDAY = 0, 3, 4


def holiday(name: str, year: int) -> date:
    """Return the day of a holiday; of those that move, as they are kept in the United States since 1971."""
    return _DAYS[name](year)


def easter(year: int) -> date:
    """Return Easter Sunday of the Gregorian calendar.

    References
    ----------
    Meeus (1991), Astronomical Algorithms, chapter 8: the algorithm of Butcher.
    """
    a, (b, c) = year % 19, divmod(year, 100)
    (d, e), f = divmod(b, 4), (b + 8) // 25
    g = (b - f + 1) // 3
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    offset = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * offset) // 451
    month, day = divmod(h + offset - 7 * m + 114, 31)
    return date(year, month, day + 1)


def _fixed(month: int, day: int) -> Callable[[int], date]:
    """The same day every year."""
    return lambda year: date(year, month, day)


def _nth(n: int, weekday: int, month: int) -> Callable[[int], date]:
    """The n-th such day of the week in a month."""
    return lambda year: date(year, month, 1 + (weekday - date(year, month, 1).weekday()) % 7 + 7 * (n - 1))


def _memorial_day(year: int) -> date:
    """The last Monday of May, before 1971 the 30th of May."""
    last = date(year, 5, 31)
    return last - timedelta(days=last.weekday()) if year >= 1971 else date(year, 5, 30)


_DAYS: dict[str, Callable[[int], date]] = {
    "new-year": _fixed(1, 1),
    "good-friday": lambda year: easter(year) - timedelta(days=2),
    "easter": easter,
    "memorial-day": _memorial_day,
    "independence-day": _fixed(7, 4),
    "labor-day": _nth(1, MONDAY, 9),
    "recognition-day": _nth(3, FRIDAY, 9),
    "veterans-day": _fixed(11, 11),
    "thanksgiving": _nth(4, THURSDAY, 11),
    "christmas-eve": _fixed(12, 24),
    "christmas": _fixed(12, 25),
    "new-years-eve": _fixed(12, 31),
}
