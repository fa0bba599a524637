"""When a document was published: as given, as it carries it, or as its text lets it be worked out, with reasons."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from homeward.core.dates import PartialDate
from homeward.reading.dates import resolve_dates
from homeward.reading.documents.document import PrintedDate
from homeward.reading.expressions import Window
from homeward.reading.languages.interface import Rules, Words
from homeward.reading.publication_evidence import Evidence, evidence_of

EXPLAINED = {
    "metadata": "The page's own data give {day} as the day of publication ({text!r}).",
    "dateline": "The line {text!r} stands with the headline.",
    "address": "The page's address holds the date {day}.",
}
CLOCK = "{text!r} stands on the page outside of the article. It can be the day on which the page was saved, and was not trusted."
CONFLICT = "{text!r} stands on the page, but does not agree with what the text speaks of: it was not trusted."
LONGEST_GUESS = timedelta(days=90)
ONE_DAY, ONE_YEAR = timedelta(days=1), timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Published:
    """When a document was published.

    earliest, latest: ``None`` where nothing tells. basis: how it is known. reasons: sentences.
    """

    earliest: date | None
    latest: date | None
    basis: str
    reasons: tuple[str, ...]

    @property
    def window(self) -> Window | None:
        """The days on which it can have been; if only the first is known, some weeks from then on, which resolve no weekdays."""
        if self.earliest and self.latest:
            return Window(self.earliest, self.latest)
        return Window(self.earliest, self.earliest + LONGEST_GUESS) if self.earliest else None

    @property
    def edtf(self) -> str | None:
        """The same in the notation of the record."""
        first = self.earliest.isoformat() if self.earliest else ""
        last = self.latest.isoformat() if self.latest else ""
        if not first and not last:
            return None
        return first if first == last else f"[{first}..{last}]" if first and last else f"{first or '..'}/{last or '..'}"


def published(printed: Sequence[PrintedDate], words: Words, rules: Rules, given: PartialDate | None) -> Published:
    """Return when a document was published: the best of what is known, and what the others say against it."""
    if given is not None:
        return Published(given.earliest, given.latest, "given", (f"Given on reading: {given.words}.",))
    evidence = evidence_of(words)
    for basis in ("metadata", "dateline", "address"):
        for one in printed:
            if one.basis == basis and (days := _days_of(one.text, rules)) is not None:
                first, last = days
                if basis == "dateline" and evidence.latest and first > evidence.latest + ONE_YEAR:
                    continue  # a clock: the text speaks of days long before as still to come
                if basis == "dateline" and evidence.dateline and first > evidence.dateline + ONE_YEAR:
                    continue  # a clock: the text itself begins with a day long before
                reasons = [EXPLAINED[basis].format(day=first.isoformat(), text=one.text), *_against(first, evidence)]
                return Published(first, last, basis, tuple(reasons))
    if evidence.dateline is not None:
        return Published(evidence.dateline, evidence.dateline, "dateline", evidence.reasons)
    return _by_text(printed, evidence, rules)


def _by_text(printed: Sequence[PrintedDate], evidence: Evidence, rules: Rules) -> Published:
    """The interval that the text leaves, with what was said of clocks on the page."""
    doubts = []
    for one in dict.fromkeys(printed):
        if one.basis not in {"clock", "dateline"}:
            continue
        day = _day_of(one.text, rules)
        if day is not None and ((evidence.is_narrow and evidence.holds(day)) or evidence.is_told_shortly_before(day)):
            return Published(
                day,
                day,
                "dateline",
                (f"{one.text!r} stands on the page and agrees with what the text speaks of.", *evidence.reasons),
            )
        outside = day is not None and (
            (evidence.latest and day > evidence.latest) or (evidence.earliest and day < evidence.earliest)
        )
        doubts.append((CONFLICT if outside else CLOCK).format(text=one.text))
    basis = "text" if evidence.earliest or evidence.latest else "unknown"
    return Published(evidence.earliest, evidence.latest, basis, (*evidence.reasons, *doubts))


def _against(day: date, evidence: Evidence) -> list[str]:
    """What the text says against a day that the page carries."""
    if evidence.earliest and day < evidence.earliest - ONE_DAY:
        return [f"But the text speaks of {evidence.earliest.isoformat()} as past: check the date.", *evidence.reasons]
    if evidence.latest and day > evidence.latest + ONE_YEAR:
        return [
            f"But the text speaks of {evidence.latest.isoformat()} as still to come: check the date.",
            *evidence.reasons,
        ]
    return []


def _day_of(text: str, rules: Rules) -> date | None:
    """The day that a line names, with its year."""
    days = _days_of(text, rules, forms=("day",))
    return days[0] if days else None


def _days_of(text: str, rules: Rules, forms: Sequence[str] = ("day", "month", "season")) -> tuple[date, date] | None:
    """The first and last of the days that a line names, with their year: a day rather than a month or season."""
    apart = re.sub(r"(?<=[A-Z]{2})(?=\d)", " ", text)  # "GMT20 January": a page's parts run together when it is copied
    printed = [one for one in rules.printed_dates(apart) if one.form in forms and one.is_explicit]
    for draft in resolve_dates(sorted(printed, key=lambda one: forms.index(one.form))[:1], None):
        if draft.earliest is not None and draft.latest is not None:
            return date.fromisoformat(draft.earliest), date.fromisoformat(draft.latest)
    return None
