"""Who can speak in an English text, and which person or party a speaker is."""

from __future__ import annotations

import re

from homeward.reading.drafts import PartyDraft, PersonDraft, Span
from homeward.reading.languages.interface import Words

NOUNS = re.compile(
    r"\b(?:officials?|sources?|spokes(?:man|woman|person|men|people)|analysts?|experts?|diplomats?|reports?|agency|ministry|department|command|committee|office|government|administration|military|army|"
    r"embassy|family|families|relatives?|veterans?|widow|sons?|daughters?|brothers?|sisters?|nephews?|nieces?|cousins?|grand\w+|historians?|scientists?|researchers?|anthropologists?|directors?|commanders?|"
    r"leaders?|presidents?|secretar(?:y|ies)|ministers?|ambassadors?|envoys?|negotiators?|senators?|governors?|lawmakers?|general|generals|colonel|captain|sergeant|media|newspapers?|outlet|network|broadcaster|"
    r"statement|release|document|documents|memo|memorandum|letter|sheet|website|page|paper|study|authors?|witness(?:es)?|survivors?|soldiers?|marines?|prisoners?|delegation|delegates?|team|aides?|"
    r"advisers?|advisors?|doctors?|professor|coordinator|organi[sz]ation|group|coalition|association|people|men|women|man|woman|one|others|both|many|some|critics|observers|residents?|villagers?|defectors?)\b",
    re.IGNORECASE,
)
PRONOUN = re.compile(r"^(?:he|she|they|it|we|i|who|you)$", re.IGNORECASE)
OUTLET = re.compile(
    r"\b(?:outlet|news\s+agency|newspaper|network|broadcaster|news\s+service|wire\s+service|paper|daily|magazine|website|station)\b",
    re.IGNORECASE,
)
SPEAKS_FOR = re.compile(
    r"\b(?:officials?|spokes(?:man|woman|person)|government|military|army|media|ministry|state\s+media|delegation|negotiators?|diplomats?|authorities|side)\b",
    re.IGNORECASE,
)
LONGEST_BACK = 600
"""Characters from a speaker to a pronoun that still means the same person."""


class Speakers:
    """The people and parties of a text, as speakers."""

    def __init__(self, words: Words) -> None:
        self.text = words.text
        self.people = [(span, one) for one in words.names.people for span in one.mentions]
        self.parties = [(span, one) for one in words.names.parties for span in one.mentions]
        self.people.sort(key=lambda pair: pair[0])
        self.parties.sort(key=lambda pair: pair[0])
        self.last_spoke: tuple[int, PersonDraft] | None = None
        self.starts = [sentence.start for sentence in words.sentences]

    def can_speak(self, span: Span) -> bool:
        """Whether a noun phrase can be somebody who says something."""
        words = self.text[slice(*span)]
        if PRONOUN.match(words):
            return True
        return bool(self._people(span) or self._parties(span) or NOUNS.search(words))

    def id_of(self, span: Span) -> str | None:
        """The person or party that a speaker is; a pronoun is the person named last before it."""
        words = self.text[slice(*span)]
        if re.match(r"^(?:he|she)$", words, re.IGNORECASE):
            person = self.before(span[0])
            return person.id if person else None
        people = self._people(span)
        if people:
            return people[0].id
        parties = self._parties(span)
        if not parties:
            return None
        if len(words.split()) <= 3 or SPEAKS_FOR.search(words):
            return parties[-1].id if re.search(r"\b(?:for|of|from|at)\b", words) else parties[0].id
        return parties[0].id

    def name_of(self, span: Span) -> str:
        """The words for a speaker; for "he" or "she", the name of the person that is meant."""
        words = self.text[slice(*span)]
        if re.match(r"^(?:he|she)$", words, re.IGNORECASE) and (person := self.before(span[0])):
            return person.name
        return words

    def spoke(self, span: Span) -> None:
        """Note that somebody has spoken, whom a "he" that follows soon means rather than others named since."""
        people = self._people(span)
        if people:
            self.last_spoke = (span[1], people[0])

    def before(self, position: int) -> PersonDraft | None:
        """The person meant by "he" at a place in the text: who spoke just before, else who was named last before."""
        last = None
        opening = [
            one
            for span, one in self.people
            if span[0] < position and any(0 <= span[0] - start <= 30 for start in self.starts)
        ]
        if self.last_spoke and opening and self._begins_after(self.last_spoke[0], position):
            return opening[-1]
        if self.last_spoke and 0 < position - self.last_spoke[0] < LONGEST_BACK:
            return self.last_spoke[1]
        for span, person in self.people:
            if span[0] >= position:
                break
            last = person
        return last

    def _begins_after(self, last: int, position: int) -> bool:
        """Whether a sentence between two places begins with a person: the subject of what is told has changed."""
        return any(
            last < span[0] < position and any(0 <= span[0] - start <= 30 for start in self.starts)
            for span, _ in self.people
        )

    def press(self, span: Span) -> str | None:
        """The name of the press that a hearer is; "the outlet" is the one named last before."""
        words = self.text[slice(*span)]
        for party in self._parties(span):
            if party.kind == "press":
                return party.name
        if not OUTLET.search(words):
            return None
        last = None
        for one, party in self.parties:
            if one[0] >= span[0]:
                break
            if party.kind == "press":
                last = party.name
        return last or words

    def _people(self, span: Span) -> list[PersonDraft]:
        return [one for (start, end), one in self.people if span[0] <= start and end <= span[1]]

    def _parties(self, span: Span) -> list[PartyDraft]:
        return [one for (start, end), one in self.parties if start < span[1] and span[0] < end]
