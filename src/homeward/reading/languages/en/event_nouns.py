"""Nouns that tell of an event without a verb of their own: "the repatriation of 55 boxes", "Monday's talks in Panmunjom"."""

from __future__ import annotations

import re

from homeward.reading.drafts import Span
from homeward.reading.languages.en.event_cues import Candidate
from homeward.reading.languages.en.event_parts import Parts

_TO_COME = re.compile(
    r"\b(?:for|ahead\s+of|before|until|no|any|next|upcoming|coming|planned|scheduled|proposed|possible|further|future|whether|about|discuss\w*|over|"
    r"seek\w*|sought|ask\w*|request\w*|demand\w*|propos\w+|plan\w*|promis\w+|pledg\w+|want\w*|hop\w+|agree\w*\s+(?:on|to)|(?:issue|question|matter|subject|talks?)\s+of|await\w*|order\w*|stop\w*|ban\s+on|against|oppos\w+|delay\w*|"
    r"will|would|could|may|might|should|if|to\s+(?!be\b|the\b|an?\b|its\b|their\b)\w+|negotiat\w+|urg\w+|prepar\w+|toward)\s+(?:[\w’'.-]+\s+){0,3}$",
    re.IGNORECASE,
)
"""Words just before a noun after which it tells of no event, or of one that is still to come."""
_AHEAD = re.compile(r"[^,;:.]{0,12}?\b(?:will|would|could|may|might|should|is\s+to|are\s+to|was\s+to|were\s+to)\b")
_BETWEEN = re.compile(
    r"(?:\s*\b(?:in|at|on|of|from|last|earlier|this|the|held|late|early|until|signed|reached|struck|made|concluded|brokered|dated|announced)\b|[\s,(])*"
)
_COUNTED = frozenset(("person", "remains", "set", "body", "bone", "box", "case", "casket", "coffin", "thing"))
NEAR_DATE, NEAR_COUNT, LOOKED_BACK = 60, 40, 45
"""Characters after a noun in which its date or its count begins, and before it in which words say that it is to come."""


class Nouns:
    """Decides whether a noun tells of an event."""

    def __init__(self, parts: Parts) -> None:
        self.parts, self.words, self.text = parts, parts.words, parts.text

    def tells(self, one: Candidate) -> bool:
        """Whether a cue that needs something beside it has it: the day on which it was, or the count of what it was done to."""
        needs = one.cue.needs
        if needs is None:
            return True
        before = self.text[max(one.sentence.start, one.span[0] - LOOKED_BACK) : one.span[0]]
        if _TO_COME.search(before) or _AHEAD.match(self.text, one.span[1], one.sentence.end):
            return False
        if needs == "day":
            return self._is_dated(one.span, one.sentence.end)
        if needs == "counted":
            return self._counts(one.span)
        return self._of_many(one) or (needs == "name" and self._of_person(one))

    def _is_dated(self, span: Span, end: int) -> bool:
        """Whether a day that is past stands in the noun, or after it with no more than its place between them."""
        for date in self.words.dates_in(span[0], min(span[1] + NEAR_DATE, end)):
            past = self.words.today is None or (date.earliest or "9999") <= self.words.today.isoformat()
            if past and (date.span[0] < span[1] or self._is_joined(span[1], date.span[0])):
                return True
        return False

    def _is_joined(self, start: int, end: int) -> bool:
        """Whether nothing stands between a noun and its date but prepositions and names."""
        at = start
        for (a, b), _ in self.parts.mentions.beginning(start, end):
            if _BETWEEN.fullmatch(self.text, at, a):
                at = b
        return _BETWEEN.fullmatch(self.text, at, end) is not None

    def _counts(self, span: Span) -> bool:
        """Whether the noun itself is counted: "12 new identifications"."""
        return any(q.span[1] >= span[1] and q.low for q in self.words.quantities_in(span[0] - NEAR_COUNT, span[1]))

    def _of_many(self, one: Candidate) -> bool:
        """Whether the noun is followed by a count of what it was done to: "the return of the remains of 55 men"."""
        found = self.words.quantities_in(one.span[1], min(one.span[1] + NEAR_COUNT, one.sentence.end))
        return any(q.unit in _COUNTED and q.low for q in found[:1])

    def _of_person(self, one: Candidate) -> bool:
        """Whether the noun is followed by the name of a person: "the accounting of Cpl. Frank Mott"."""
        found = self.parts.mentions.beginning(one.span[1], min(one.span[1] + NEAR_COUNT, one.sentence.end))
        return any(what == "person" for _, (what, _) in found[:2])
