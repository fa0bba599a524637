"""The rules of English, put together."""

from __future__ import annotations

import re

from homeward.reading.drafts import EventDraft, QuantityDraft, StatementDraft
from homeward.reading.expressions import Expression
from homeward.reading.languages.en.date_finding import find_dates
from homeward.reading.languages.en.events import find_events
from homeward.reading.languages.en.names import find_names
from homeward.reading.languages.en.quantities import find_quantities
from homeward.reading.languages.en.statements import find_statements
from homeward.reading.languages.en.words import ABBREVIATIONS, STARTERS
from homeward.reading.languages.interface import Names, Words
from homeward.reading.text.sentences import Sentence, sentences_of

_QUOTED = re.compile(r"[“\"][^”\"\n]{0,2000}[”\"]")
_FIRST_PERSON = re.compile(r"\b(?:I|me|my|[Ww]e|us|our)\b")
LEAST_FIRST_PERSON = 0.02


class English:
    """Rules of English, in the manner of news agencies, fact sheets and testimonies."""

    def sentences(self, text: str) -> list[Sentence]:
        """Return the sentences of a text."""
        return sentences_of(text, ABBREVIATIONS, STARTERS)

    def dates(self, words: Words) -> list[Expression]:
        """Return the dates that are worded in it, not yet resolved."""
        return find_dates(words.text, words.sentences)

    def is_testimony(self, words: Words) -> bool:
        """Return whether a text is told by somebody who lived it: "I" and "we" outside of quotations, often."""
        spoken = _QUOTED.sub(" ", words.text)
        return len(_FIRST_PERSON.findall(spoken)) > LEAST_FIRST_PERSON * max(1, len(spoken.split()))

    def printed_dates(self, text: str) -> list[Expression]:
        """Return the dates in a line outside of the text."""
        return find_dates(text, self.sentences(text))

    def names(self, words: Words) -> Names:
        """Return people, parties and places with their mentions."""
        return find_names(words)

    def quantities(self, words: Words) -> list[QuantityDraft]:
        """Return the counted claims."""
        return find_quantities(words.text, words.sentences, words.dates)

    def statements(self, words: Words) -> list[StatementDraft]:
        """Return who is said to have said what."""
        return find_statements(words)

    def events(self, words: Words) -> list[EventDraft]:
        """Return what is said to have happened."""
        return find_events(words)


RULES = English()
