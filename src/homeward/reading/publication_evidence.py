"""What a text lets one say of the time at which it was written: events it knows, offices, dates past and to come."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from homeward.reading.dates import resolve_dates
from homeward.reading.expressions import Expression
from homeward.reading.languages.interface import Words
from homeward.reading.names.known_days import KnownDay, known_days
from homeward.reading.names.tenures import Tenure, tenures_of

FARTHEST_DATELINE = 240
"""Characters of a headline and the like before a dateline, at most."""
DATELINE = re.compile(r"^[A-Z][A-Z.’' /-]{2,}(?:,\s+[A-Z][\w.’' ]+){0,2},\s+$")
MOVED = re.compile(
    r"\b(?:resched\w+|moved|postponed|put\s+off|delayed|pushed\s+back|new\s+date|instead|now\s+set)\b[^.;]*$",
    re.IGNORECASE,
)
MEETING = re.compile(r"\b(?:talks?|meet\w*|met|negotiat\w+|delegations?|no-shows?)\b", re.IGNORECASE)
MONTHS_BACK = 7
TWO_YEARS, YEAR_AND_A_MONTH = timedelta(days=730), timedelta(days=400)
"""How long after the last day that a text tells of it can have been written, if it tells of a day or month, or only of a year."""
SIX_YEARS = timedelta(days=2190)
"""The same where the day of the week is told with the dateline: it fits one year in six or seven."""
WEEKS = 60
"""Days after an anchor within which a known day of the week is looked for."""
DAY, WEEK, MONTH = timedelta(days=1), timedelta(days=7), timedelta(days=31)
WEEKDAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(slots=True)
class Evidence:
    """The days between which a text was written, as far as it tells, each bound with its reason."""

    earliest: date | None = None
    latest: date | None = None
    dateline: date | None = None
    reasons: tuple[str, ...] = ()

    @property
    def is_narrow(self) -> bool:
        """Whether both bounds are known and lie within a month."""
        return bool(self.earliest and self.latest and self.latest - self.earliest <= MONTH)

    def is_told_shortly_before(self, day: date) -> bool:
        """Whether the last day that the text tells of lies within the week before a day, and nothing puts it earlier."""
        return self.latest is None and self.earliest is not None and self.earliest <= day <= self.earliest + WEEK

    def holds(self, day: date) -> bool:
        """Whether a day lies between the bounds, with a day more for time zones."""
        return bool(self.earliest and self.latest and self.earliest <= day <= self.latest + DAY)


@dataclass(slots=True)
class _Bounds:
    """Bounds as they are gathered; a bound that another one outdoes is forgotten with its reason."""

    earliest: date | None = None
    latest: date | None = None
    is_exact: bool = False
    first_reason: str = ""
    last_reason: str = ""
    also: list[str] = field(default_factory=list)

    def not_before(self, day: date, reason: str, *, is_exact: bool = True) -> None:
        """It was written on a day or later; not exact is what only a year tells."""
        if self.earliest is None or day > self.earliest:
            self.earliest, self.first_reason, self.is_exact = day, reason, is_exact

    def not_after(self, day: date, reason: str) -> None:
        """It was written on a day or earlier."""
        if self.latest is None or day < self.latest:
            self.latest, self.last_reason = day, reason


def evidence_of(words: Words) -> Evidence:
    """Return what a text tells of its own time."""
    bounds = _Bounds()
    expressions = [one for one in words.expressions if one.span[0] >= words.body_start]
    _offices(words, bounds)
    _explicit_dates(words, expressions, bounds)
    anchor = _known_events(words, expressions, bounds)
    dateline = _dateline(words, expressions, bounds)
    if dateline is not None:
        return Evidence(
            None, None, dateline, (f"The text begins with a dateline of {dateline.isoformat()}.", *bounds.also)
        )
    anchor = _weekday_with_day(words, expressions, bounds) or anchor
    if anchor is not None:
        _known_weekdays(words, expressions, anchor, bounds)
    year_known = anchor or (
        bounds.earliest if bounds.earliest and bounds.latest and (bounds.latest - bounds.earliest).days < 200 else None
    )
    if year_known is not None:
        _days_without_year(words, expressions, year_known, bounds)
    if bounds.earliest and bounds.latest and bounds.earliest > bounds.latest:
        return Evidence(reasons=(f"The text speaks against itself: {bounds.first_reason} {bounds.last_reason}",))
    reasons = tuple(
        dict.fromkeys(reason for reason in (bounds.first_reason, bounds.last_reason, *bounds.also) if reason)
    )
    return Evidence(bounds.earliest, bounds.latest, None, reasons)


def _words(words: Words, one: Expression) -> str:
    return words.text[one.span[0] : one.span[1]]


def _offices(words: Words, bounds: _Bounds) -> None:
    """Somebody in office: between taking and leaving it."""
    for person in words.names.people:
        held: list[Tenure] = tenures_of(person)
        if not held:
            continue
        until = f" to {held[-1].held_to.isoformat()}" if held[-1].held_to else ""
        reason = (
            f"{person.name} is called {person.office!r}, an office held from {held[0].held_from.isoformat()}{until}."
        )
        bounds.not_before(held[0].held_from, reason)
        bounds.also.append(reason)
        if held[-1].held_to is not None:
            bounds.not_after(held[-1].held_to, reason)


def _explicit_dates(words: Words, expressions: Sequence[Expression], bounds: _Bounds) -> None:
    """Dates with their year that the text speaks of as past."""
    for one in expressions:
        before = words.text[max(0, one.span[0] - 24) : one.span[0]].lower()
        if (
            one.year is None
            or one.planned
            or one.form == "fiscal-year"
            or re.search(r"\b(?:calendar|fiscal)\s+year\s+$", before)
            or re.search(r"\b(?:by|until|till|before|through)\s+(?:the\s+)?(?:end\s+of\s+)?$", before)
        ):
            continue
        draft = resolve_dates([one], None)[0]
        if draft.earliest is not None:
            day = (
                date.fromisoformat(draft.earliest)
                if one.form != "range"
                else date(one.year2 or one.year, 1, 1)
                if one.month is None
                else date.fromisoformat(draft.latest or draft.earliest)
            )
            bounds.not_before(day, f"It tells of {_words(words, one)!r}.", is_exact=one.month is not None)


def _known_events(words: Words, expressions: Sequence[Expression], bounds: _Bounds) -> date | None:
    """A day without its year that is a known one, by the words beside it."""
    found: list[tuple[Expression, KnownDay]] = []
    for one in expressions:
        if one.form != "day" or one.year is not None or one.month is None or one.day is None:
            continue
        sentence = words.sentences[one.sentence]
        told = set(re.findall(r"[a-z]{4,}", words.text[sentence.start : sentence.end].lower()))
        for known in known_days().get((one.month, one.day), ()):
            shared = known.words & told
            if (
                len(shared) >= 2
                or shared & known.places
                or ("summit" in shared and one.span[1] + 12 > words.text.find("summit", one.span[0]) > 0)
            ):
                found.append((one, known))
    past = [
        (one, known)
        for one, known in found
        if not one.planned and (bounds.latest is None or known.day <= bounds.latest)
    ]
    if not past:
        return None
    expression, known = max(past, key=lambda pair: pair[1].day)
    reason = (
        f"It speaks of {_words(words, expression)!r}, which is {known.name!r} of {known.day.isoformat()} in the record."
    )
    bounds.also.append(reason)
    bounds.not_before(known.day, reason)
    return known.day


def _known_weekdays(words: Words, expressions: Sequence[Expression], anchor: date, bounds: _Bounds) -> None:
    """A day of the week on which the record knows of something in the same place, soon after the anchor: within six days of it."""
    for one in expressions:
        if one.form != "weekday" or one.planned or one.direction is not None:
            continue
        sentence = words.sentences[one.sentence]
        told = set(re.findall(r"[a-z]{6,}", words.text[sentence.start : sentence.end].lower()))
        for days in known_days().values():
            for known in days:
                soon = anchor <= known.day <= anchor + WEEKS * DAY and known.day.weekday() == one.weekday
                if "talks" in known.name.lower() and not MEETING.search(words.text, sentence.start, sentence.end):
                    continue
                if soon and known.places & told:
                    reason = f"{_words(words, one)!r} is {known.day.isoformat()} if it means what the record knows of that day: {known.name}"
                    bounds.not_before(known.day, reason)
                    bounds.not_after(known.day + 6 * DAY, reason)
                    return


def _weekday_with_day(words: Words, expressions: Sequence[Expression], bounds: _Bounds) -> date | None:
    """A past day with its day of the week, as in "on Sunday (July 15)": the only year between the bounds in which the two agree.

    Where the first paragraph tells the news so, the text was written within the next five days, and the first such year is meant.
    """
    lead = next((s.paragraph for s in words.sentences if s.start >= words.body_start), 0)
    for one in expressions:
        if one.form != "day" or one.year is not None or one.weekday is None or one.planned or one.month is None:
            continue
        is_news = one.paragraph == lead or words.text[one.span[1] - 1] == ")"
        if bounds.earliest is None or (bounds.latest is None and not is_news):
            return None
        last = bounds.latest or bounds.earliest + YEAR_AND_A_MONTH
        found = [
            day
            for day in _yearly(one, bounds.earliest.year, last.year)
            if day.weekday() == one.weekday and bounds.earliest <= day <= last
        ]
        if len(found) != 1:
            continue
        reason = f"{_words(words, one)!r} is {found[0].isoformat()}: in no other year that the text leaves does that day fall on a {WEEKDAY_NAMES[one.weekday]}."
        bounds.not_before(found[0], reason)
        if is_news:
            bounds.not_after(found[0] + 5 * DAY, reason)
        return found[0]
    return None


def _dateline(words: Words, expressions: Sequence[Expression], bounds: _Bounds) -> date | None:
    """The date after a town in capitals, with which agencies begin: "SEOUL, July 12 (Yonhap) --"."""
    first = next((one for one in expressions if one.form == "day"), None)
    body = next((s for s in words.sentences if s.start >= words.body_start), None)
    if first is None or body is None or not body.start <= first.span[0] < body.start + FARTHEST_DATELINE:
        return None
    line = max(body.start, words.text.rfind("\n", 0, first.span[0]) + 1)
    after = words.text[first.span[1] : first.span[1] + 24]
    town = DATELINE.match(words.text[line : first.span[0]]) is not None
    if not town and not (first.span[0] == body.start and after.lstrip(". ").startswith("(")):
        return None
    if not re.match(r"\.?\s*(?:\(|—|–|--|-\s|/)", after):
        return None
    if first.year is not None:
        draft = resolve_dates([first], None)[0]
        return date.fromisoformat(draft.earliest) if draft.earliest else None
    return _by_weekday(words, expressions, first, body.paragraph, bounds)


def _by_weekday(
    words: Words, expressions: Sequence[Expression], first: Expression, paragraph: int, bounds: _Bounds
) -> date | None:
    """The day of a dateline in the only year in which it fits the bounds and, if need be, the day of the week that is named."""
    if bounds.earliest is None:
        return None
    last = bounds.latest or bounds.earliest + (TWO_YEARS if bounds.is_exact else YEAR_AND_A_MONTH)
    days = [day for day in _yearly(first, bounds.earliest.year, last.year) if bounds.earliest <= day <= last]
    said = [
        (one.weekday, one.paragraph)
        for one in expressions
        if one.form == "weekday" and not one.planned and one.weekday is not None
    ]
    lead = {weekday for weekday, number in said if number == paragraph}
    if bounds.latest is None and len(lead) == 1:
        later = _yearly(first, last.year, (bounds.earliest + SIX_YEARS).year) if bounds.is_exact else []
        fitting = [day for day in days if (day.weekday() - min(lead)) % 7 <= 1]
        return next(iter(fitting or [day for day in later if day > last and day.weekday() == min(lead)]), None)
    if bounds.latest is None:
        days = [day for day in days if day <= bounds.earliest + YEAR_AND_A_MONTH]
    weekdays = [weekday for weekday, number in said if number - paragraph <= 4]
    for tolerance in (0, 1):
        fitting = [day for day in days if any((day.weekday() - weekday) % 7 <= tolerance for weekday in weekdays)]
        if len(fitting) == 1:
            return fitting[0]
    return days[0] if len(days) == 1 else None


def _yearly(one: Expression, first: int, last: int) -> list[date]:
    """A day without its year, in each year from the first to the last in which the calendar has it."""
    days = []
    for year in range(first, last + 1):
        try:
            days.append(date(year, one.month or 1, one.day or 1))
        except ValueError:
            continue
    return days


def _days_without_year(words: Words, expressions: Sequence[Expression], anchor: date, bounds: _Bounds) -> None:
    """Days and months without a year, near the anchor: past ones from below, planned ones from above."""
    planned: list[tuple[Expression, date]] = []
    to_come = {(one.month, one.day) for one in expressions if one.planned and one.form == "day"}
    for one in expressions:
        if one.year is not None or one.direction is not None or one.form not in ("day", "month") or one.month is None:
            continue
        day = _nearest(one, anchor, ahead=one.planned)
        if day is None or abs((day - anchor).days) > 31 * MONTHS_BACK:
            continue
        if one.planned and one.form == "day":
            planned.append((one, day))
            bounds.not_after(day, f"It speaks of {_words(words, one)!r} as still to come: {day.isoformat()}.")
        elif not one.planned and (one.month, one.day) not in to_come:
            bounds.not_before(day, f"It speaks of {_words(words, one)!r} as past: {day.isoformat()} or later.")
    for one, day in planned:
        _missed_weekday(words, expressions, one, day, bounds)
    _next_week(words, expressions, [day for _, day in planned], bounds)


def _next_week(words: Words, expressions: Sequence[Expression], planned: Sequence[date], bounds: _Bounds) -> None:
    """What the first paragraph says is for next week, where the first day to come is told: it was written the week before.

    A day of the week on which somebody spoke there is that day, or the one before.
    """
    lead = next((s.paragraph for s in words.sentences if s.start >= words.body_start), 0)
    told = [one for one in expressions if one.paragraph == lead]
    if not planned or not any(one.unit == "week" and one.form == "relative" and one.offset == 1 for one in told):
        return
    monday = planned[0] - (planned[0].weekday() + 7) * DAY
    said = next((one.weekday for one in told if one.form == "weekday" and not one.planned), None)
    first, last = (monday, monday + 6 * DAY) if said is None else (monday + said * DAY, monday + (said + 1) * DAY)
    reason = f"What it says is for next week is for {planned[0].isoformat()}, so it was written the week before."
    bounds.not_before(first, reason)
    bounds.not_after(last, reason)


def _nearest(one: Expression, anchor: date, *, ahead: bool) -> date | None:
    """The day, or the first of the month, nearest to an anchor; on it or after it if it is to come."""
    part = {"mid": 11, "late": 21}.get(one.part or "", 1)
    days = []
    for year in (anchor.year - 1, anchor.year, anchor.year + 1):
        try:
            days.append(date(year, one.month or 1, one.day or part))
        except ValueError:
            continue
    if ahead:
        days = [day for day in days if day >= anchor]
    return min(days, key=lambda day: abs((day - anchor).days), default=None)


def _missed_weekday(
    words: Words, expressions: Sequence[Expression], moved: Expression, day: date, bounds: _Bounds
) -> None:
    """A day of the week from which something was moved to a later date: the last such day before it."""
    sentence = words.sentences[moved.sentence]
    if not MOVED.search(words.text[sentence.start : moved.span[0]]):
        return
    for one in expressions:
        if one.form != "weekday" or one.planned or one.weekday is None or not -3 <= one.sentence - moved.sentence <= 1:
            continue
        missed = day - ((day.weekday() - one.weekday) % 7 or 7) * DAY
        reason = (
            f"What was set for {_words(words, one)!r} was moved to {_words(words, moved)!r}; the last {WEEKDAY_NAMES[one.weekday]} before "
            f"{day.isoformat()} is {missed.isoformat()}."
        )
        bounds.not_before(missed, reason)
        return
