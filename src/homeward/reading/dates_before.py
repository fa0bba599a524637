"""Dates that are told from another one of the text: "the next day", "that year", a day in the year that a story is in."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from homeward.reading.explicit_dates import SEASON_STARTS, between, explicit, moved
from homeward.reading.expressions import DAY, Expression, Resolved, Window

FARTHEST, FARTHEST_IN_STORY = 3, 5
"""Sentences back to the date from which another one is counted, and over which a story of the past keeps its year."""
YEARS_PAST = 3
"""Years before the publication from which on a date belongs to a story of the past."""
YEARS_LONG_PAST = 15
"""Years before the publication from which on nobody is reported lost as news."""
LATELY_DAYS = 45
"""A day so shortly before the publication is news, whatever year stands beside it."""
WIDEST_BASE_DAYS = {"day": 1, "week": 4, "weekday": 8, "month": 31, "season": 31, "year": 366}
"""How exact a date has to be, so that another one can be counted from it."""

Told = tuple[Expression, Resolved]


def year_before(
    one: Expression, before: list[Told], published: Window | None, *, story: bool, lately: bool
) -> int | None:
    """Return the year that the story is in where a day or month without its year stands: that of a date told shortly before.

    Within a paragraph any year told with a day or a month counts, or at the head of the same sentence. Across
    paragraphs only a story of the past does, years before the publication: as in a testimony, or where the text has
    left out the year of such a day before. ``lately``: the nearest such day lies shortly before the publication, so that
    a year alone does not tell.
    """
    if one.recent:
        return None
    for earlier, resolved in reversed(before):
        distance = one.sentence - earlier.sentence
        if distance > (1 if one.planned else FARTHEST_IN_STORY):
            return None
        if earlier.since:
            continue
        same = earlier.paragraph == one.paragraph and distance <= 2
        past = published is None or _is_past(resolved, published)
        if one.planned and not (same and past):
            return None
        if one.is_loss and earlier.is_explicit and _is_of_a_war_long_ago(resolved, published):
            return _nearest_year(one, resolved)
        goes_on = past and (story or (resolved.basis == "near" and distance <= FARTHEST))
        known = earlier.is_explicit or resolved.basis == "near"
        in_one_year = resolved.earliest.year == resolved.latest.year
        if (
            known
            and _tells(earlier, distance, past=past, story=story, lately=lately)
            and in_one_year
            and (same or goes_on)
        ):
            return _nearest_year(one, resolved)
        if same and (resolved.basis == "published" or (earlier.is_explicit and not past)):
            return None
    return None


def _is_past(told: Resolved, published: Window | None) -> bool:
    """Whether a date belongs to a story of the past."""
    return published is not None and told.latest.year <= published.earliest.year - YEARS_PAST


def _is_of_a_war_long_ago(told: Resolved, published: Window | None) -> bool:
    """Whether a date of one year is so long past that who was lost on a day without its year was lost then."""
    in_one_year = told.earliest.year == told.latest.year
    return published is not None and in_one_year and told.latest.year <= published.earliest.year - YEARS_LONG_PAST


def _tells(earlier: Expression, distance: int, *, past: bool, story: bool, lately: bool) -> bool:
    """Whether a date is exact and near enough for another one to go on from it."""
    if earlier.form == "day":
        return True
    if earlier.form in ("month", "season"):
        return story or distance == 0 or (past and distance == 1)
    if earlier.form == "year":
        return distance == 0 and not lately
    return earlier.form == "anaphor" and earlier.unit == "day"


def _nearest_year(one: Expression, earlier: Resolved) -> int:
    """The year that puts a day or month nearest to the one told before it: a story goes on into the next year."""
    month = one.month or (SEASON_STARTS[one.season][0] if one.season else None)
    if month is None:
        return earlier.latest.year
    years = (earlier.earliest.year, earlier.earliest.year + 1)
    return min(years, key=lambda year: abs((date(year, month, 1) - earlier.earliest).days))


def from_before(
    one: Expression, before: list[Told], published: Window | None, *, story: bool = False
) -> Resolved | None:
    """Return a date that is told from the one before it in the text: "the next day", "two weeks later", "the 24th of that month"."""
    unit = one.unit or "day"
    for earlier, resolved in reversed(before):
        if one.sentence - earlier.sentence > (FARTHEST if earlier.paragraph == one.paragraph else FARTHEST_IN_STORY):
            break
        if (resolved.latest - resolved.earliest).days >= WIDEST_BASE_DAYS[unit]:
            continue
        if one.day is not None and earlier.form == "relative":
            continue  # after "last month", "on the 12th" goes on from the day before
        if (
            unit == "day"
            and (one.offset or 0) < 0
            and earlier.paragraph != one.paragraph
            and _is_past(resolved, published)
            and not story
        ):
            continue
        found = _counted(one, unit, resolved)
        is_ahead = found is not None and published is not None and found.earliest > published.latest
        return None if is_ahead and unit == "year" else found
    if unit == "month" and one.day is not None and published is not None:
        return _such_day(one.day, published, is_ahead=one.planned)
    if unit in ("weekday", "day") and (one.offset or 0) < 0 and published is not None and published.n_days == 1:
        return _counted(one, unit, between(published.earliest, published.latest, "published", "day", 0.7))
    return None


def _counted(one: Expression, unit: str, base: Resolved) -> Resolved | None:
    """So many units from a date; a month, season or day of the week by its name is the next or the last one."""
    offset = one.offset or 0
    if unit == "weekday":
        days = (one.weekday or 0) - base.earliest.weekday()
        day = base.earliest + ((days % 7 or 7) if offset > 0 else days % 7 - 7) * DAY
        return between(day, day, "near", "day", 0.7)
    if unit in ("month", "season") and (one.month is not None or one.season is not None):
        return _named(one, offset, base)
    if unit == "week":
        return between(base.earliest + 7 * offset * DAY, base.latest + 7 * offset * DAY, "near", "week", 0.6, one.about)
    first, last = moved(base.earliest, unit, offset)
    if date.min in (first, last):
        return None
    if unit == "year" and one.season is not None:
        return explicit(replace(one, form="season", year=first.year), "near", 0.75)
    if one.month is not None or one.day is not None:
        month = one.month or first.month
        form = "day" if one.day is not None else "month"
        return explicit(replace(one, form=form, year=first.year, month=month), "near", 0.75)
    return between(first, last, "near", unit, 0.6, one.about)


def _named(one: Expression, offset: int, base: Resolved) -> Resolved | None:
    """The first such month or season after a date, or the last one before it."""
    form = "month" if one.month is not None else "season"
    readings = [
        reading
        for year in range(base.earliest.year - 1, base.latest.year + 2)
        if (reading := explicit(replace(one, form=form, year=year), "near", 0.7))
    ]
    if offset > 0:
        return min((one for one in readings if one.earliest > base.latest), key=lambda one: one.earliest, default=None)
    return max((one for one in readings if one.latest < base.earliest), key=lambda one: one.latest, default=None)


def _such_day(day: int, published: Window, *, is_ahead: bool) -> Resolved | None:
    """The last such day of a month before the publication, or the next, if it is the same for all days on which that can have been."""
    found = set()
    for today in published.days():
        for months in (0, 1, 2):
            first = moved(today, "month", months if is_ahead else -months)[0]
            try:
                such = first.replace(day=day)
            except ValueError:
                continue
            if such == today or (such > today) == is_ahead:
                found.add(such)
                break
    return between(min(found), max(found), "published", "day", 0.7) if len(found) == 1 else None
