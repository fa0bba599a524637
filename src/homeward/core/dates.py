"""Dates as sources give them: a day, a month, a decade, an interval, about then, in some time zone.

The notation is a part of the Extended Date/Time Format (ISO 8601-2:2019, annex A; Library of Congress, EDTF, 2019):

==========================  ====================================================
``2018``, ``2018-07``       a year, a month
``2018-07-12``              a day
``2018-07-12T09:30+09:00``  a time of day
``199X``, ``2018-07-XX``    a decade, some day of a month
``2018-21``                 a season: 21 spring, 22 summer, 23 autumn, 24 winter
``1996/2005``               from then to then; ``..`` on either side leaves it open
``[2018-07-12..2018-07-13]``  one moment between the two
``?``, ``~``, ``%``         after any of these: uncertain, approximate, both
==========================  ====================================================

A time zone may follow in brackets, as in RFC 9557: ``2018-08-01[Pacific/Honolulu]`` is the first of August as the
calendar in Honolulu had it.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

from homeward.core.errors import HomewardError

FORMS = "2018, 2018-07, 2018-07-12, 2018-07-12T09:30+09:00, 199X, 1996/2005 or 2018-07-12~ (about that day)"
SEASONS = {21: ("spring", 3), 22: ("summer", 6), 23: ("autumn", 9), 24: ("winter", 12)}
MONTHS = tuple(calendar.month_name)

_POINT = re.compile(
    r"(?P<year>[0-9]{4}|[0-9]{3}X|[0-9]{2}XX)(?:-(?P<month>[0-9]{2}|XX)(?:-(?P<day>[0-9]{2}|XX)"
    r"(?:T(?P<time>[0-9]{2}:[0-9]{2}(?::[0-9]{2})?)(?P<offset>Z|[+-][0-9]{2}:[0-9]{2})?)?)?)?(?P<qualifier>[?~%])?"
)
_ZONE = re.compile(r"(?P<moment>.*?)(?:\[(?P<zone>[A-Za-z][\w+-]*(?:/[\w+-]+)*)\])?")
_CHOICE = re.compile(r"\[(?P<first>[^\[\]]*?)\.\.(?P<last>[^\[\]]*?)\]")


class NotADate(HomewardError):  # noqa: N818 - reads as what it says
    """A text that is not a date: ``what`` is wrong, and the ``fix``."""

    def __init__(self, what: str, fix: str) -> None:
        self.what, self.fix = what, fix
        super().__init__(f"{what} {fix}")


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date with the precision that its source gave it.

    text: as written above; ``str()`` of the date.
    earliest, latest: the first and the last calendar day that it can mean, in its own time zone; for an open side
        ``date.min`` or ``date.max``.
    zone: name in the IANA time zone database, or empty where nothing was said.
    """

    text: str
    earliest: date
    latest: date
    zone: str = ""

    def __str__(self) -> str:
        return self.text

    @property
    def is_day(self) -> bool:
        """Whether it names one calendar day, perhaps with a time."""
        return self.earliest == self.latest

    @property
    def words(self) -> str:
        """The date in plain English, with nothing left out."""
        return f"{self.local_words} ({_zone_words(self.zone)} time)" if self.zone else self.local_words

    @property
    def local_words(self) -> str:
        """The date in plain English as the calendar of its own place had it, without naming the time zone."""
        return _words(self.text.removesuffix(f"[{self.zone}]"))

    def overlaps(self, other: PartialDate) -> bool:
        """Return whether both can mean the same day."""
        return self.earliest <= other.latest and other.earliest <= self.latest

    @property
    def sort_key(self) -> tuple[date, str, date]:
        """What orders dates: the first day, then the time of day, then the last day."""
        moment = self.text.removesuffix(f"[{self.zone}]")
        return self.earliest, moment if "T" in moment else "", self.latest


def parse_date(text: str) -> PartialDate:
    """Return the date that a text in the notation of this module stands for.

    Raises
    ------
    NotADate
        The notation is not understood, the day is not in the calendar, an interval ends before it begins, or there is
        no such time zone.
    """
    return _parse(text.strip())


def day(value: date) -> PartialDate:
    """Return a calendar day as a date."""
    return PartialDate(value.isoformat(), value, value)


@lru_cache(maxsize=50_000)
def _parse(text: str) -> PartialDate:
    """Cached, as the same few thousand dates stand in every book."""
    match = _ZONE.fullmatch(text)
    moment, zone = (match["moment"], match["zone"] or "") if match else (text, "")
    if zone and zone not in _zones():
        raise NotADate(f"There is no time zone {zone!r}.", "Use a name such as Asia/Seoul or America/New_York.")
    if not moment:
        raise NotADate("The date is empty.", f"Write it as {FORMS}.")
    first, last = _ends(moment)
    earliest, latest = (_range(first)[0] if first else date.min), (_range(last)[1] if last else date.max)
    if latest < earliest:
        raise NotADate(f"The date {text!r} ends before it begins.", "Put the earlier date first.")
    return PartialDate(text, earliest, latest, zone)


@lru_cache(maxsize=1)
def _zones() -> frozenset[str]:
    """The names of all time zones, read once."""
    return frozenset(available_timezones())


def _ends(moment: str) -> tuple[str, str]:
    """The two sides of an interval; a side left open is empty, and a single date is both sides."""
    if choice := _CHOICE.fullmatch(moment):
        sides = choice["first"], choice["last"]
    elif moment.count("/") == 1:
        first, last = moment.split("/")
        if not first or not last:
            raise NotADate(f"One side of {moment!r} is missing.", "Write '..' for a side that is open.")
        sides = "" if first == ".." else first, "" if last == ".." else last
    else:
        sides = moment, moment
    if not any(sides):
        raise NotADate(f"{moment!r} is open on both sides.", "Leave the date empty instead.")
    return sides


def _range(point: str) -> tuple[date, date]:
    """The first and the last day that a single date can mean."""
    match = _POINT.fullmatch(point)
    if match is None:
        raise NotADate(f"{point!r} is not a date.", f"Write it as {FORMS}.")
    try:
        first_year, last_year = int(match["year"].replace("X", "0")), int(match["year"].replace("X", "9"))
        month, day_of_month = match["month"], match["day"]
        if "X" in match["year"] and month:
            raise NotADate(f"{point!r} gives a month of an unknown year.", "Write the decade alone, such as 199X.")
        if month == "XX" and day_of_month not in (None, "XX"):
            raise NotADate(f"{point!r} gives a day of an unknown month.", "Write the year alone.")
        if month in (None, "XX"):
            return date(first_year, 1, 1), date(last_year, 12, 31)
        if int(month) in SEASONS:
            return _season(first_year, int(month), day_of_month)
        if day_of_month in (None, "XX"):
            return date(first_year, int(month), 1), date(
                first_year, int(month), calendar.monthrange(first_year, int(month))[1]
            )
        if match["time"]:
            datetime.fromisoformat(f"2000-01-01T{match['time']}{match['offset'] or ''}")
        day_named = date(first_year, int(month), int(day_of_month))
    except ValueError as error:
        raise NotADate(f"{point!r} is not in the calendar.", "Check the month, the day and the time.") from error
    return day_named, day_named


def _season(year: int, season: int, day_of_month: str | None) -> tuple[date, date]:
    """Three months; a winter begins in December and ends in the next year (northern hemisphere)."""
    if day_of_month:
        raise NotADate(f"A season ({season}) has no day.", "Write the month and the day.")
    month = SEASONS[season][1]
    last_year, last_month = (year, month + 2) if month < 12 else (year + 1, 2)
    return date(year, month, 1), date(last_year, last_month, calendar.monthrange(last_year, last_month)[1])


def _words(moment: str) -> str:
    """A whole date in words, its time zone left aside."""
    first, last = _ends(moment)
    if first == last:
        return _point_words(first)
    if moment.startswith("["):
        return f"between {_point_words(first)} and {_point_words(last)}"
    if not first:
        return f"until {_point_words(last)}"
    return f"{_point_words(first)} to {_point_words(last)}" if last else f"since {_point_words(first)}"


def _zone_words(zone: str) -> str:
    """The place that a time zone is named for."""
    return zone.rsplit("/", 1)[-1].replace("_", " ")


def _point_words(point: str) -> str:
    """A single date in words."""
    match = _POINT.fullmatch(point)
    assert match is not None  # noqa: S101 - the text was parsed before
    year, month, day_of_month = match["year"], match["month"], match["day"]
    if "X" in year:
        words = f"{year.replace('X', '0')}s"
    elif month in (None, "XX"):
        words = year
    elif int(month) in SEASONS:
        words = f"{SEASONS[int(month)][0]} {year}"
    elif day_of_month in (None, "XX"):
        words = f"{MONTHS[int(month)]} {year}"
    else:
        words = f"{int(day_of_month)} {MONTHS[int(month)]} {year}"
    if match["time"]:
        offset = {None: "", "Z": " UTC"}.get(match["offset"], f" UTC{match['offset']}")
        words = f"{words}, {match['time']}{offset}"
    return {None: words, "?": f"perhaps {words}", "~": f"about {words}", "%": f"perhaps about {words}"}[
        match["qualifier"]
    ]


def local_day(moment: datetime, zone: str) -> date:
    """Return the calendar day of an instant in a time zone; the same instant can be two days in two places."""
    return moment.astimezone(ZoneInfo(zone)).date()
