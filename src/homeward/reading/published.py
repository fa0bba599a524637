"""When a document was published: as given, as it carries it, or as its text lets it be worked out, with reasons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from homeward.core.dates import PartialDate
from homeward.reading.dates import Expression, Window, resolve_dates
from homeward.reading.documents.document import PrintedDate
from homeward.reading.languages.interface import Rules, Words

EXPLAINED = {
    "metadata": "The page's own data give {words} as the day of publication.",
    "dateline": "The line {text!r} stands with the headline.",
    "address": "The page's address holds the date {words}.",
}
CLOCK = "{text!r} stands on the page outside of the article: it can be the day on which the page was saved, and was not trusted."


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
        """The days on which it can have been, if both ends are known."""
        return Window(self.earliest, self.latest) if self.earliest and self.latest else None

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
    doubts = tuple(dict.fromkeys(CLOCK.format(text=one.text) for one in printed if one.basis == "clock"))
    if given is not None:
        return Published(given.earliest, given.latest, "given", (f"Given on reading: {given.words}.",))
    for basis in ("metadata", "dateline", "address"):
        for one in printed:
            if one.basis == basis and (day := _day_of(one.text, rules)) is not None:
                reason = EXPLAINED[basis].format(words=day.isoformat(), text=one.text)
                return Published(day, day, basis, (reason,))
    return Published(None, None, "unknown", doubts)


def _day_of(text: str, rules: Rules) -> date | None:
    """The day that a line names, with its year."""
    explicit: list[Expression] = [one for one in rules.printed_dates(text) if one.form == "day" and one.is_explicit]
    for draft in resolve_dates(explicit[:1], None):
        if draft.earliest is not None:
            return date.fromisoformat(draft.earliest)
    return None
