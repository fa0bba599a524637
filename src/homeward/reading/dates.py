"""Dates that a language's rules found, resolved to days: by themselves, or against the day of publication."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from homeward.reading.dates_before import LATELY_DAYS, Told, from_before, year_before
from homeward.reading.drafts import DateDraft
from homeward.reading.explicit_dates import PARTS, YEAR_PARTS, between, explicit, last_of, month_of, moved, with_year
from homeward.reading.expressions import DAY, Expression, Resolved, Window

LONGEST_WINDOW = 62
"""Days: if publication is less certain than this, days of the week stay unresolved."""
PRECISIONS = {"weekday": "day", "holiday": "day", "anniversary": "day", "fiscal-year": "year"}
"""Forms and units whose days have a precision of another name."""
SATURDAY = 5
OTHER_SIDE, OTHER_SIDE_PAST, OTHER_SIDE_PLANNED = 4.0, 12.0, 2.0
"""How much more a day counts on the side of the publication on which the words do not put it."""


def resolve_dates(
    expressions: Iterable[Expression], published: Window | None, *, story: bool = False
) -> list[DateDraft]:
    """Return a draft for each expression, in order; what cannot be resolved keeps its words and no days.

    ``story``: the text is told by somebody who lived it, so that a day without its year goes on from the one before.
    """
    drafts = []
    before: list[Told] = []
    for number, expression in enumerate(expressions, start=1):
        resolved = _resolve(expression, published, before, story=story)
        if resolved is not None:
            before.append((expression, resolved))
        drafts.append(_draft(f"d{number}", expression, resolved))
    return drafts


def _draft(id_: str, expression: Expression, resolved: Resolved | None) -> DateDraft:
    if resolved is None:
        return DateDraft(
            id=id_, span=expression.span, confidence=0.5, rule=expression.rule, earliest=None, latest=None, edtf=None,
            precision=_precision(expression), basis="unresolved",
        )  # fmt: skip
    return DateDraft(
        id=id_,
        span=expression.span,
        confidence=resolved.confidence,
        rule=expression.rule,
        earliest=resolved.earliest.isoformat(),
        latest=resolved.latest.isoformat(),
        edtf=resolved.edtf,
        precision=resolved.precision,
        basis=resolved.basis,
        alternatives=resolved.alternatives,
    )


def _precision(expression: Expression) -> str:
    """How exact the days are that an expression would give."""
    if expression.form == "range":
        return "days" if expression.day else "month" if expression.month else "years"
    if expression.form == "month" and expression.part:
        return "part-of-month"
    if expression.form in ("relative", "anaphor"):
        return PRECISIONS.get(expression.unit or "day", expression.unit or "day")
    return PRECISIONS.get(expression.form, expression.form)


def _resolve(one: Expression, published: Window | None, before: list[Told], *, story: bool) -> Resolved | None:
    if one.form == "anaphor":
        return from_before(one, before, published, story=story)
    if one.is_explicit:
        return explicit(one)
    if one.form in ("day", "month", "range", "season", "holiday") and one.direction is None:
        return _without_year(one, published, before, story=story)
    if published is None:
        return None
    if one.form == "weekday":
        return _weekday(one, published)
    if one.form == "range":
        return explicit(with_year(one, published.middle.year + (one.direction or 0)), "published", 0.8)
    if one.form in ("month", "season", "holiday"):
        return _directed(one, published)
    if one.form == "relative":
        return _relative(one, published)
    return None


def _without_year(one: Expression, published: Window | None, before: list[Told], *, story: bool) -> Resolved | None:
    """A day, month or season whose year is left out: that of a date just before it, or the one nearest to publication."""
    best = _nearest(one, published) if published is not None else None
    lately = best is not None and published is not None and -LATELY_DAYS <= (best.latest - published.latest).days <= 0
    near = year_before(one, before, published, story=story, lately=lately)
    from_near = explicit(with_year(one, near), "near", 0.75) if near is not None else None
    if best is None or from_near is None:
        return best or from_near
    if from_near.edtf == best.edtf:
        return best
    return replace(from_near, confidence=0.65, alternatives=(best.edtf, *from_near.alternatives))


def _nearest(one: Expression, published: Window) -> Resolved | None:
    """A day, month, season or holiday without its year in the year that puts it nearest to the publication."""
    years = range(published.earliest.year - 1, published.latest.year + 2)
    readings = [r for year in years if (r := explicit(with_year(one, year), "published", 0.9)) is not None]
    if one.weekday is not None:
        readings = [r for r in readings if r.earliest.weekday() == one.weekday] or readings
    best = min(readings, key=lambda r: _farness(r, one, published), default=None)
    if best is not None and published.n_days > LONGEST_WINDOW:
        return replace(best, confidence=0.4)
    return best


def _farness(reading: Resolved, one: Expression, published: Window) -> float:
    """How unlikely a reading is: its days from the publication; the side on which the words do not put it counts more."""
    ahead, behind = (reading.earliest - published.latest).days, (published.earliest - reading.latest).days
    if ahead > 0:
        if one.planned or one.was_planned:
            return ahead
        return ahead * (OTHER_SIDE_PAST if one.past else OTHER_SIDE)
    return max(behind, 0) * (OTHER_SIDE_PLANNED if one.planned else 1.0)


def _weekday(one: Expression, published: Window) -> Resolved | None:
    """A day of the week: the last one, or the next where it is to come; the day of publication counts as either.

    Where the days on which the document can have been published leave two, it stays open.
    """
    if published.n_days > LONGEST_WINDOW:
        return None
    assert one.weekday is not None  # noqa: S101
    found = set()
    for today in published.days():
        back, ahead = (today.weekday() - one.weekday) % 7, (one.weekday - today.weekday()) % 7
        if one.direction == -1:
            found.add(today - (back or 7) * DAY)
        elif one.direction == 1:
            found.add(today + (ahead or 7) * DAY)
        else:
            found.add(today + ahead * DAY if one.planned else today - back * DAY)
    if len(found) > 1 and published.n_days > 3:
        return None
    confidence = 0.9 if published.n_days <= 2 else 0.75 if len(found) == 1 else 0.5
    alternatives: tuple[str, ...] = ()
    if one.direction is None and not one.planned and published.n_days == 1 and len(found) == 1:
        tomorrow = published.latest + DAY
        if tomorrow.weekday() == one.weekday:  # across the date line it can be the day after
            alternatives, confidence = (tomorrow.isoformat(),), 0.6
    if one.direction == 1 and len(found) == 1:
        alternatives = ((min(found) + 7 * DAY).isoformat(),)
        confidence -= 0.2
    return between(min(found), max(found), "published", "day", confidence, False, alternatives, choice=True)


def _directed(one: Expression, published: Window) -> Resolved | None:
    """A month, season or holiday said to be the last, this or the next one."""
    direction = one.direction or 0
    years = range(published.earliest.year - 2, published.latest.year + 3)
    readings = [r for year in years if (r := explicit(with_year(one, year), "published", 0.8)) is not None]
    if direction < 0:
        behind = [r for r in readings if r.latest < published.latest]
        return max(behind, key=lambda r: r.latest, default=None)
    if direction > 0:
        return min((r for r in readings if r.earliest > published.earliest), key=lambda r: r.earliest, default=None)
    of_year = [r for r in readings if one.form == "month" and r.earliest.year == published.middle.year]
    return min(of_year or readings, key=lambda r: abs((r.earliest - published.middle).days), default=None)


def _relative(one: Expression, published: Window) -> Resolved | None:
    """So many days, weeks, months or years from the publication."""
    if published.n_days > LONGEST_WINDOW:
        return None
    if one.unit == "weekend" and one.direction is not None and not one.planned:
        return _past_weekend(published)
    first = moved(published.earliest, one.unit or "day", one.offset or 0)
    last = moved(published.latest, one.unit or "day", one.offset or 0)
    if one.so_far is not None:
        ends = (first[0], published.latest) if one.so_far < 0 else (published.earliest, last[1])
        return between(*ends, "published", _precision(one), 0.75)
    if first == last and (found := _in_one_unit(one, *first)) is not None:
        return found
    confidence = (0.6 if one.about else 0.9) - (0.25 if published.n_days > 3 else 0.0)
    return between(first[0], last[1], "published", _precision(one), confidence, one.about, choice=one.unit == "day")


def _in_one_unit(one: Expression, first: date, last: date) -> Resolved | None:
    """A month or year of which one is meant, or the part of it that the words name."""
    if one.unit == "month" and one.part in PARTS:
        return month_of(first.year, first.month, one, "published", 0.8)
    if one.season is not None:
        return explicit(replace(one, form="season", year=first.year), "published", 0.85)
    if one.month is not None:
        form = "day" if one.day is not None else "month"
        return explicit(replace(one, form=form, year=first.year), "published", 0.85)
    if one.unit == "year" and one.part in YEAR_PARTS:
        start, end = YEAR_PARTS[one.part or ""]
        return between(first.replace(month=start), last_of(first.year, end), "published", "year", 0.8)
    about = "~" if one.about else ""
    if one.unit == "year" and one.part is None:
        return Resolved(first, last, f"{first.year:04d}{about}", "year", "published", 0.6 if one.about else 0.9)
    if one.unit == "month":
        edtf = f"{first.year:04d}-{first.month:02d}{about}"
        return Resolved(first, last, edtf, "month", "published", 0.6 if one.about else 0.85)
    return None


def _past_weekend(published: Window) -> Resolved | None:
    """The weekend that has come last, or in which the publication falls."""
    found = {today - ((today.weekday() - SATURDAY) % 7) * DAY for today in published.days()}
    saturday = min(found)
    return between(saturday, saturday + DAY, "published", "weekend", 0.85) if len(found) == 1 else None
