"""What the rules of a language do; a second language is a second object of this form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from homeward.reading.drafts import (
    DateDraft,
    Draft,
    EventDraft,
    PartyDraft,
    PersonDraft,
    PlaceDraft,
    QuantityDraft,
    StatementDraft,
)
from homeward.reading.expressions import Expression
from homeward.reading.names.lexicon import Lexicon
from homeward.reading.text.sentences import Sentence
from homeward.reading.text.spans import Spans


@dataclass(frozen=True, slots=True)
class Names:
    """The people, parties and places of a text."""

    people: tuple[PersonDraft, ...] = ()
    parties: tuple[PartyDraft, ...] = ()
    places: tuple[PlaceDraft, ...] = ()


@dataclass(slots=True)
class Words:
    """A text with what has been found in it so far; each step adds to it. ``today`` is the last day of its publication."""

    text: str
    sentences: Sequence[Sentence]
    lexicon: Lexicon
    body_start: int = 0
    expressions: Sequence[Expression] = ()
    dates: Sequence[DateDraft] = ()
    names: Names = field(default_factory=Names)
    today: date | None = None
    quantities: Sequence[QuantityDraft] = ()
    statements: Sequence[StatementDraft] = ()
    _placed: dict[str, tuple[object, Spans[Draft]]] = field(default_factory=dict, repr=False)

    def dates_in(self, start: int, end: int) -> list[DateDraft]:
        """Return the dates that begin in a stretch of the text, in order."""
        return [one for one in self._of("dates", self.dates, start, end) if isinstance(one, DateDraft)]

    def quantities_in(self, start: int, end: int) -> list[QuantityDraft]:
        """Return the quantities that begin in a stretch of the text, in order."""
        return [one for one in self._of("quantities", self.quantities, start, end) if isinstance(one, QuantityDraft)]

    def _of(self, name: str, drafts: Sequence[Draft], start: int, end: int) -> list[Draft]:
        """The drafts of one kind that begin in a stretch; they are put in order once, when they have been found."""
        if name not in self._placed or self._placed[name][0] is not drafts:
            self._placed[name] = (drafts, Spans((one.span, one) for one in drafts))
        return [one for _, one in self._placed[name][1].beginning(start, end)]


class Rules(Protocol):
    """The rules of a language, each from words to drafts, in the order in which they are asked."""

    def sentences(self, text: str) -> list[Sentence]:
        """Return the sentences of a text."""

    def dates(self, words: Words) -> list[Expression]:
        """Return the dates that are worded in it, not yet resolved."""

    def is_testimony(self, words: Words) -> bool:
        """Return whether a text is told by somebody who lived it."""

    def printed_dates(self, text: str) -> list[Expression]:
        """Return the dates in a line outside of the text, such as a page's own date."""

    def names(self, words: Words) -> Names:
        """Return people, parties and places with their mentions."""

    def quantities(self, words: Words) -> list[QuantityDraft]:
        """Return the counted claims; needs the dates."""

    def statements(self, words: Words) -> list[StatementDraft]:
        """Return who is said to have said what; needs names."""

    def events(self, words: Words) -> list[EventDraft]:
        """Return what is said to have happened; needs all the others."""
