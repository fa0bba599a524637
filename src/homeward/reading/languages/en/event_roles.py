"""Which part the phrases beside a cue play: who, what, to whom, for what."""

from __future__ import annotations

import re

from homeward.reading.drafts import Span
from homeward.reading.languages.en import event_turns as turns
from homeward.reading.languages.en import phrases, word_classes
from homeward.reading.languages.en.event_cues import Candidate
from homeward.reading.languages.en.event_parts import Parts
from homeward.reading.languages.en.event_sides import NO_ACTOR, Sides
from homeward.reading.languages.en.words import verb_forms

_ASKED = re.compile(r"[,;]\s|[.?!,]?[\"”]|[.?!]$|\s(?:because|but|although)\s")
_ASKED_THAT = re.compile(r",\s|[.?!,]?[\"”]|[.?!]$")
_NTH_TIME = re.compile(r"(?:the|this|last|each|every)\s+(?:\w+\s+)?time\s+(?=\w)")
"""What stands before a subject: "the second time the United States has interrupted"."""
FARTHEST_PREPOSITION, FARTHEST_THAT = 22, 9
"""Tokens after a cue in which its prepositions, and a "that", are looked for."""


class Roles:
    """Puts phrases into their roles."""

    def __init__(self, parts: Parts) -> None:
        self.parts, self.text = parts, parts.text

    def put(self, one: Candidate, sides: Sides) -> None:
        """Give the phrases beside a cue their roles, and what follows its prepositions."""
        cue, right = one.cue, sides.following
        if sides.left and cue.subject and not self._is_goal(one, sides.left):
            one.roles[cue.subject] = sides.left
        if sides.right and not cue.passive and cue.object not in one.roles:
            one.roles[cue.object] = sides.right
        if right is not None and (
            cue.kind == "request" or (cue.kind == "agreement" and one.sentence.tokens[one.last].lower == "to")
        ):
            self._asked(one, right)
        if cue.kind == "request" and right is None:
            self._asked_that(one)
        one.roles = {
            role: trimmed
            for role, span in one.roles.items()
            if (trimmed := self._actor(role, span)) is not None
            and self.text[slice(*trimmed)].lower() not in turns.NOBODY
        }
        self._prepositions(one, right.last if right and not cue.passive else one.last)

    def _is_goal(self, one: Candidate, left: Span) -> bool:
        """Whether the phrase before "to receive" is where somebody went: "going to Pyongyang to receive"."""
        between = self.text[left[1] : one.span[0]].strip() == "to"
        return between and re.search(r"\bto\s+(?:the\s+)?$", self.text[one.sentence.start : left[0]]) is not None

    def _asked(self, one: Candidate, right: phrases.Phrase) -> None:
        """In "asked X to ..." X is asked, and what follows is the thing; "wants X to ..." is all of it the thing."""
        tokens = one.sentence.tokens
        following = tokens[right.last + 1].lower if right.last + 1 < len(tokens) else ""
        if following == "for" and self.parts.names_in(right.span):
            wanted = phrases.after(one.sentence, right.last + 1, verb_forms())
            one.roles["to"] = right.span
            if wanted is not None:
                one.roles["thing"] = wanted.span
            return
        if following != "to" and one.cue.kind == "request":
            return
        match = _ASKED.search(self.text, right.span[1], one.sentence.end)
        end = match.start() if match else one.sentence.end
        start = right.span[0]
        if one.cue.name == "asked" and self.parts.names_in(right.span):
            one.roles["to"], start = right.span, tokens[right.last + 1].start
        one.roles["thing"] = (start, end)

    def _asked_that(self, one: Candidate) -> None:
        """After "requested that", or "proposed on March 20 that", all of the clause is the thing."""
        for token in one.sentence.tokens[one.last + 1 : one.last + 1 + FARTHEST_THAT]:
            if token.kind in ("sign", "quote"):
                return
            if token.lower == "that":
                match = _ASKED_THAT.search(self.text, token.end, one.sentence.end)
                one.roles["thing"] = (token.end + 1, match.start() if match else one.sentence.end)
                return

    def _actor(self, role: str, span: Span) -> Span | None:
        """A phrase without dates at its ends; of who acts, without verbs that it was taken with, or nothing."""
        found = self.parts.without_dates(span)
        if role == "to" and found is not None and not self.parts.names_in(found):
            return (
                found
                if self.text[found[0]].isupper()
                or re.match(r"(?:the|an?|his|her|their|we|families)\b", self.text[slice(*found)])
                else None
            )
        if found is not None and role == "thing":
            pronoun = re.search(r"\s(?:it|they)$", self.text[slice(*found)])
            if pronoun:
                return found[0] + pronoun.start() + 1, found[1]
            emerged = re.match(r"[a-z]+ed\s(?:from|to|in)\s[^,]*?\bwith\s+", self.text[slice(*found)])
            return (found[0] + emerged.end(), found[1]) if emerged else found
        if found is None or role not in ("who", "from", "with"):
            return found
        nth = _NTH_TIME.match(self.text, *found)
        found = (nth.end(), found[1]) if nth else found
        words = self.text[slice(*found)]
        pronoun = re.search(r"\s(?:it|we|they|he|she)$", words)
        if pronoun:
            return found[0] + pronoun.start() + 1, found[1]
        trailing = re.search(r"\s(?:expects?|plans?|hopes?|wants?|intends?)$", words)
        if trailing:
            return found[0], found[0] + trailing.start()
        first = words.split()[0] if words.split() else ""
        verb = (first in verb_forms() and first.endswith(("ing", "ed", "s"))) or words.lower() in (
            "the",
            "a",
            "an",
            "its",
            "their",
        )
        return None if verb or NO_ACTOR.match(words) else found

    def _prepositions(self, one: Candidate, at: int) -> None:
        """What follows "to", "from", "by", "with" in the clause."""
        tokens = one.sentence.tokens
        for preposition, role in one.cue.roles.items():
            if role in one.roles and not (one.cue.passive and preposition == "by"):
                continue
            found = phrases.after_preposition(one.sentence, at, {preposition}, verb_forms(), at + FARTHEST_PREPOSITION)
            if (
                found is None
                or self.parts.is_date(found.span)
                or (found.first > 1 and tokens[found.first - 2].lower in ("according", "compared"))
            ):
                continue
            head = one.sentence.tokens[found.first]
            if preposition == "to" and not (
                head.is_capital or head.lower in word_classes.DETERMINERS or self.parts.names_in(found.span)
            ):
                continue
            if preposition == "from" and self.parts.is_date_near(found.span):
                continue
            trimmed = self.parts.without_dates(found.span)
            if trimmed is not None:
                one.roles[role] = trimmed
