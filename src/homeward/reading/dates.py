"""Dates that a language's rules found, resolved to days: by themselves, or against the day of publication."""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from homeward.reading.drafts import DateDraft, Span

FARTHEST_STORY, YEARS_PAST = 5, 3
"""Sentences over which a story of the past keeps its year, and how many years past it has to be."""
LONGEST_WINDOW = 62
"""Days: if publication is less certain than this, days of the week stay unresolved."""
DAY = timedelta(days=1)
OTHER_SIDE, OTHER_SIDE_PLANNED = 1.5, 2.0
PARTS = {"early": (1, 10), "mid": (11, 20), "late": (21, 31)}
"""Days of a month that its parts cover, to the end of the month for the last."""
YEAR_PARTS = {"early": (1, 4), "mid": (5, 8), "late": (9, 12), "first-half": (1, 6), "second-half": (7, 12)}
SEASON_STARTS = {"spring": (3, 21), "summer": (6, 22), "autumn": (9, 23), "winter": (12, 24)}
"""First month of each season of three months, and its number in EDTF (northern hemisphere)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Expression:
    """A date as it is worded, before it is resolved. What the words do not say is ``None``.

    form: ``day``, ``month``, ``year``, ``decade``, ``range``, ``season``, ``fiscal-year``, ``weekday``, ``relative`` (so many
        ``unit`` from the publication) or ``anaphor`` (so many from the date before it in the text).
    part: ``early``, ``mid``, ``late``, ``first-half``, ``second-half``.
    planned: the words around it speak of what is to come. direction: -1 last, 0 this, 1 next, of a weekday, month or season.
    so_far: from the start of the unit to the publication (-1), or from then to its end (1).
    """

    span: Span
    rule: str
    form: str
    sentence: int
    paragraph: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    year2: int | None = None
    month2: int | None = None
    day2: int | None = None
    weekday: int | None = None
    season: str | None = None
    part: str | None = None
    unit: str | None = None
    offset: int | None = None
    direction: int | None = None
    so_far: int | None = None
    about: bool = False
    planned: bool = False
    other: tuple[int, int] | None = None

    @property
    def is_explicit(self) -> bool:
        """Whether the words name a year."""
        return self.year is not None


@dataclass(frozen=True, slots=True)
class Window:
    """The days on which a document can have been published."""

    earliest: date
    latest: date

    @property
    def n_days(self) -> int:
        """How many days it covers."""
        return (self.latest - self.earliest).days + 1

    @property
    def middle(self) -> date:
        """Its middle day."""
        return self.earliest + (self.latest - self.earliest) // 2

    def days(self) -> list[date]:
        """All of its days."""
        return [self.earliest + n * DAY for n in range(self.n_days)]


@dataclass(frozen=True, slots=True)
class Resolved:
    """The days that an expression can mean."""

    earliest: date
    latest: date
    edtf: str
    precision: str
    basis: str
    confidence: float
    alternatives: tuple[str, ...] = ()


def resolve_dates(
    expressions: Iterable[Expression], published: Window | None, *, story: bool = False
) -> list[DateDraft]:
    """Return a draft for each expression, in order; what cannot be resolved keeps its words and no days.

    ``story``: the text is told by somebody who lived it, so that a day without its year goes on from the one before.
    """
    drafts = []
    before: list[tuple[Expression, Resolved]] = []
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
    if expression.form == "range":
        return "days" if expression.day else "month" if expression.month else "years"
    names = {
        "weekday": "day",
        "relative": expression.unit or "day",
        "anaphor": expression.unit or "day",
        "fiscal-year": "year",
    }
    return (
        "part-of-month"
        if expression.form == "month" and expression.part
        else names.get(expression.form, expression.form)
    )


def _resolve(
    one: Expression, published: Window | None, before: list[tuple[Expression, Resolved]], *, story: bool
) -> Resolved | None:
    if one.form == "anaphor":
        return _from_before(one, before)
    if one.is_explicit:
        return _explicit(one)
    if one.form in ("day", "month", "range", "season") and one.direction is None:
        return _without_year(one, published, before, story=story)
    if published is None:
        return None
    if one.form == "weekday":
        return _weekday(one, published)
    if one.form in ("month", "season"):
        return _directed(one, published)
    if one.form == "relative":
        return _relative(one, published)
    return None


def _explicit(one: Expression, basis: str = "explicit", confidence: float = 0.97) -> Resolved | None:
    """An expression whose year is known."""
    year = one.year
    assert year is not None  # noqa: S101 - asked by the caller
    if not 1 <= year <= 9998:
        return None
    alternatives: tuple[str, ...] = ()
    if one.form == "day":
        assert one.month is not None  # noqa: S101
        found = _day(year, one.month, one.day)
        if found is None:
            return None
        if one.other and (swapped := _day(year, *one.other)):
            alternatives, confidence = (swapped.isoformat(),), 0.6
        return _between(found, found, basis, "day", confidence, one.about, alternatives)
    if one.form == "month":
        return _month(year, one.month or 1, one, basis, confidence)
    if one.form == "season":
        return _season(year, one.season or "", basis, confidence)
    if one.form == "decade":
        first, last = YEARS_OF_DECADE.get(one.part or "", (0, 9))
        edtf = f"{year // 10}X" if (first, last) == (0, 9) else f"{year + first}/{year + last}"
        return Resolved(date(year + first, 1, 1), date(year + last, 12, 31), edtf, "decade", basis, confidence - 0.02)
    if one.form == "fiscal-year":
        return _between(date(year - 1, 10, 1), date(year, 9, 30), basis, "year", confidence)
    if one.form == "range":
        return _range(year, one, basis, confidence)
    if one.part in YEAR_PARTS:
        first, last = YEAR_PARTS[one.part]
        return _between(date(year, first, 1), _last_of(year, last), basis, "year", confidence - 0.05)
    edtf = f"{year:04d}{'~' if one.about else ''}"
    return Resolved(date(year, 1, 1), date(year, 12, 31), edtf, "year", basis, confidence)


YEARS_OF_DECADE = {"early": (0, 3), "mid": (4, 6), "late": (7, 9)}


def _range(year: int, one: Expression, basis: str, confidence: float) -> Resolved | None:
    """From a day, month or year to another; the first may leave out what the second says."""
    last_year = one.year2 if one.year2 is not None else year
    if one.month is None:
        if not year <= last_year <= 9998:
            return None
        return Resolved(
            date(year, 1, 1), date(last_year, 12, 31), f"{year:04d}/{last_year:04d}", "years", basis, confidence
        )
    last_month = one.month2 or one.month
    if one.day is None:
        first, last = date(year, one.month, 1), _last_of(last_year, last_month)
        edtf = f"{year:04d}-{one.month:02d}/{last_year:04d}-{last_month:02d}"
        return Resolved(first, last, edtf, "month", basis, confidence) if first <= last else None
    start, end = _day(year, one.month, one.day), _day(last_year, last_month, one.day2)
    return _between(start, end, basis, "days", confidence) if start and end and start <= end else None


def _month(year: int, month: int, one: Expression, basis: str, confidence: float) -> Resolved:
    if one.part in PARTS:
        first, last = PARTS[one.part]
        end = calendar.monthrange(year, month)[1]
        return _between(
            date(year, month, first), date(year, month, min(last, end)), basis, "part-of-month", confidence - 0.05
        )
    return Resolved(
        date(year, month, 1),
        _last_of(year, month),
        f"{year:04d}-{month:02d}{'~' if one.about else ''}",
        "month",
        basis,
        confidence,
    )


def _season(year: int, season: str, basis: str, confidence: float) -> Resolved:
    month, number = SEASON_STARTS[season]
    last = _last_of(year, month + 2) if month < 12 else _last_of(year + 1, 2)
    return Resolved(date(year, month, 1), last, f"{year:04d}-{number}", "season", basis, confidence - 0.05)


def _without_year(
    one: Expression, published: Window | None, before: list[tuple[Expression, Resolved]], *, story: bool
) -> Resolved | None:
    """A day, month or season whose year is left out: that of a date just before it, or the one nearest to publication."""
    near = _year_before(one, before, published, story=story)
    from_near = _explicit(_with_year(one, near), "near", 0.75) if near is not None else None
    if published is None:
        return from_near
    years = range(published.earliest.year - 1, published.latest.year + 2)
    readings = [r for year in years if (r := _explicit(_with_year(one, year), "published", 0.9)) is not None]
    if not readings:
        return from_near
    if one.weekday is not None:
        readings = [r for r in readings if r.earliest.weekday() == one.weekday] or readings
    best = min(readings, key=lambda r: _farness(r, one, published))
    if published.n_days > LONGEST_WINDOW:
        best = Resolved(best.earliest, best.latest, best.edtf, best.precision, best.basis, 0.4, best.alternatives)
    if from_near is None or from_near.edtf == best.edtf:
        return best
    return Resolved(
        from_near.earliest,
        from_near.latest,
        from_near.edtf,
        from_near.precision,
        "near",
        0.65,
        (best.edtf, *from_near.alternatives),
    )


def _farness(reading: Resolved, one: Expression, published: Window) -> float:
    """How unlikely a reading is: its days from the publication; the side on which the words do not put it counts more."""
    ahead, behind = (reading.earliest - published.latest).days, (published.earliest - reading.latest).days
    if ahead > 0:
        return ahead * (1.0 if one.planned else OTHER_SIDE)
    return max(behind, 0) * (OTHER_SIDE_PLANNED if one.planned else 1.0)


def _with_year(one: Expression, year: int) -> Expression:
    """The expression with a year; a range that turns the year ends in the next."""
    turns = one.form == "range" and one.month2 is not None and one.month is not None and one.month2 < one.month
    return replace(one, year=year, year2=year + 1 if turns else None)


def _year_before(
    one: Expression, before: list[tuple[Expression, Resolved]], published: Window | None, *, story: bool
) -> int | None:
    """The year that the story is in where the date stands: that of a date told shortly before.

    Within a paragraph any year told with a day or a month counts, or at the head of the same sentence. Across
    paragraphs only a story of the past does, years before the publication, as in a testimony.
    """
    if one.planned:
        return None
    for earlier, resolved in reversed(before):
        distance = one.sentence - earlier.sentence
        if distance > FARTHEST_STORY:
            return None
        same = earlier.paragraph == one.paragraph and distance <= 2
        past = published is None or resolved.latest.year <= published.earliest.year - YEARS_PAST
        told = (
            earlier.form == "day"
            or (distance == 0 and earlier.form in ("month", "season", "year"))
            or (story and earlier.form in ("month", "season"))
        )
        known = earlier.is_explicit or resolved.basis == "near"
        if known and told and resolved.earliest.year == resolved.latest.year and (same or (past and story)):
            return _nearest_year(one, resolved)
        if same and (resolved.basis == "published" or (earlier.is_explicit and not past)):
            return None
    return None


def _nearest_year(one: Expression, earlier: Resolved) -> int:
    """The year that puts a day or month nearest to the one told before it: a story goes on into the next year."""
    if one.month is None:
        return earlier.latest.year
    years = (earlier.earliest.year, earlier.earliest.year + 1)
    return min(years, key=lambda year: abs((date(year, one.month or 1, 1) - earlier.earliest).days))


def _weekday(one: Expression, published: Window) -> Resolved | None:
    """A day of the week: the last one, or the next where it is to come; the day of publication counts as either."""
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
    confidence = 0.9 if published.n_days <= 2 else 0.75 if len(found) == 1 else 0.5
    alternatives: tuple[str, ...] = ()
    if one.direction is None and not one.planned and published.n_days == 1 and len(found) == 1:
        tomorrow = published.latest + DAY
        if tomorrow.weekday() == one.weekday:  # across the date line it can be the day after
            alternatives, confidence = (tomorrow.isoformat(),), 0.6
    if one.direction == 1 and len(found) == 1:
        alternatives = ((min(found) + 7 * DAY).isoformat(),)
        confidence -= 0.2
    return _between(min(found), max(found), "published", "day", confidence, False, alternatives, choice=True)


def _directed(one: Expression, published: Window) -> Resolved | None:
    """A month or season said to be the last, this or the next one."""
    direction = one.direction or 0
    years = range(published.earliest.year - 2, published.latest.year + 3)
    readings = [r for year in years if (r := _explicit(_with_year(one, year), "published", 0.8)) is not None]
    if direction < 0:
        behind = [r for r in readings if r.latest < published.latest]
        return max(behind, key=lambda r: r.latest, default=None)
    if direction > 0:
        return min((r for r in readings if r.earliest > published.earliest), key=lambda r: r.earliest, default=None)
    return min(readings, key=lambda r: abs((r.earliest - published.middle).days), default=None)


def _relative(one: Expression, published: Window) -> Resolved | None:
    """So many days, weeks, months or years from the publication."""
    if published.n_days > LONGEST_WINDOW:
        return None
    first = _moved(published.earliest, one.unit or "day", one.offset or 0)
    last = _moved(published.latest, one.unit or "day", one.offset or 0)
    if one.so_far is not None:
        if one.so_far < 0:
            return _between(first[0], published.latest, "published", one.unit or "day", 0.75)
        return _between(published.earliest, last[1], "published", one.unit or "day", 0.75)
    if one.unit == "month" and one.part in PARTS and first == last:
        return _month(first[0].year, first[0].month, one, "published", 0.8)
    if one.month is not None and first == last:
        return _month(first[0].year, one.month, one, "published", 0.85)
    if one.unit == "year" and first == last and one.part is None:
        return Resolved(
            *first, f"{first[0].year:04d}{'~' if one.about else ''}", "year", "published", 0.6 if one.about else 0.9
        )
    if one.unit == "month" and first == last:
        edtf = f"{first[0].year:04d}-{first[0].month:02d}{'~' if one.about else ''}"
        return Resolved(*first, edtf, "month", "published", 0.6 if one.about else 0.85)
    confidence = (0.6 if one.about else 0.9) - (0.25 if published.n_days > 3 else 0.0)
    return _between(first[0], last[1], "published", one.unit or "day", confidence, one.about, choice=one.unit == "day")


def _moved(day: date, unit: str, offset: int) -> tuple[date, date]:
    """The day, week (from Sunday, as calendars of the language have it), month or year so many from a day."""
    try:
        if unit == "day":
            return day + offset * DAY, day + offset * DAY
        if unit == "week":
            start = day - ((day.weekday() + 1) % 7) * DAY + 7 * offset * DAY
            return start, start + 6 * DAY
        if unit == "month":
            months = day.year * 12 + day.month - 1 + offset
            return date(months // 12, months % 12 + 1, 1), _last_of(months // 12, months % 12 + 1)
        if unit == "weekend":
            saturday = day + ((5 - day.weekday()) % 7 if day.weekday() != 6 else -1) * DAY + 7 * offset * DAY
            return saturday, saturday + DAY
        years = {"decade": 10 * offset}.get(unit, offset)
        return date(day.year + years, 1, 1), date(day.year + years, 12, 31)
    except (ValueError, OverflowError):
        return date.min, date.max


def _from_before(one: Expression, before: list[tuple[Expression, Resolved]]) -> Resolved | None:
    """A date told from the one before it in the text: "the next day", "two weeks later"."""
    for earlier, resolved in reversed(before):
        if one.sentence - earlier.sentence > 3:
            return None
        unit, offset = one.unit or "day", one.offset or 0
        if unit == "day" and resolved.earliest != resolved.latest:
            continue
        first, last = _moved(resolved.earliest, unit, offset)
        if date.min in (first, last):
            return None
        if unit == "week":
            first, last = resolved.earliest + 7 * offset * DAY, resolved.latest + 7 * offset * DAY
        precision = {"day": "day", "week": "week", "month": "month"}.get(unit, "year")
        return _between(first, last, "near", precision, 0.6, one.about)
    return None


def _between(
    first: date, last: date, basis: str, precision: str, confidence: float, about: bool = False,
    alternatives: tuple[str, ...] = (), *, choice: bool = False,
) -> Resolved:  # fmt: skip
    """Days from the first to the last; as one day of them, where only one is meant."""
    if first == last:
        edtf = f"{first.isoformat()}{'~' if about else ''}"
    else:
        edtf = f"[{first.isoformat()}..{last.isoformat()}]" if choice else f"{first.isoformat()}/{last.isoformat()}"
    return Resolved(first, last, edtf, precision, basis, round(confidence, 2), alternatives)


def _day(year: int, month: int, day: int | None) -> date | None:
    try:
        return date(year, month, day or 1)
    except ValueError:
        return None


def _last_of(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])
