"""What the rules of a language do; a second language is a second object of this form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from homeward.reading.dates import Expression
from homeward.reading.drafts import (
    DateDraft,
    EventDraft,
    PartyDraft,
    PersonDraft,
    PlaceDraft,
    QuantityDraft,
    StatementDraft,
)
from homeward.reading.names.lexicon import Lexicon
from homeward.reading.text.sentences import Sentence


@dataclass(frozen=True, slots=True)
class Names:
    """The people, parties and places of a text."""

    people: tuple[PersonDraft, ...] = ()
    parties: tuple[PartyDraft, ...] = ()
    places: tuple[PlaceDraft, ...] = ()


@dataclass(slots=True)
class Words:
    """A text with what has been found in it so far; each step adds to it."""

    text: str
    sentences: Sequence[Sentence]
    lexicon: Lexicon
    body_start: int = 0
    expressions: Sequence[Expression] = ()
    dates: Sequence[DateDraft] = ()
    names: Names = field(default_factory=Names)
    quantities: Sequence[QuantityDraft] = ()
    statements: Sequence[StatementDraft] = ()


class Rules(Protocol):
    """The rules of a language, each from words to drafts, in the order in which they are asked."""

    def sentences(self, text: str) -> list[Sentence]:
        """Return the sentences of a text."""

    def dates(self, words: Words) -> list[Expression]:
        """Return the dates that are worded in it, not yet resolved."""

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
