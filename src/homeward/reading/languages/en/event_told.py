"""How an event is told: as having happened, as not, or as to come; and when its words tell of no event at all."""

from __future__ import annotations

import re

from homeward.reading.languages.en import event_turns as turns
from homeward.reading.languages.en.event_cues import Candidate
from homeward.reading.languages.en.event_parts import Parts
from homeward.reading.languages.en.event_sides import Sides
from homeward.reading.languages.en.polarity import polarity

_UNLESS = re.compile(r"\b(?:before|until|if|unless|whether|once)\s+$", re.IGNORECASE)
_NEEDS_TO = re.compile(r"\b(?:need(?:s|ed)?|ha[ds]|ought|want(?:s|ed)?)\s+(?:\w+\s+)?to\b")
_MAYBE = re.compile(r"\b(?:may|might|could)\s+(?:\w+\s+)?have\s+(?:been\s*)?\w*$", re.IGNORECASE)
"""What may have been is no event."""
_NOT_ONE = re.compile(r"(?:no|none|nothing|not\s+(?:one|a\s+single|any))\b", re.IGNORECASE)
"""How what was not handed over, found or identified is named: "no bodies", "not one page"."""
_TALKED_OF = re.compile(
    r"\b(?:discuss\w*|negotiat\w+|consider\w*|arrang\w+|coordinat\w+)\s+(?:the\s+)?$", re.IGNORECASE
)
"""Before what is only talked about: "to discuss returning the remains"."""
_UNCLEAR = re.compile(
    r"\b(?:unclear|unknown|not\s+(?:\w+\s+)?(?:clear|known|certain))\s+(?:whether|if)\b[^.;]{0,80}$", re.IGNORECASE
)
"""Before what nobody knows to have happened."""
_OF_THOSE = re.compile(r"\b(?:of|among)\s+(?:those|the\s+(?:men|dead|remains))\s+$", re.IGNORECASE)
"""Before what says only which of several: "66 of those disinterred"."""
_STILL_LOST = re.compile(
    r"\b(?:(?:will|would|may|might|can|could)\s+never\s+be|yet\s+to\s+be|still\s+to\s+be|needs?\s+to\s+be|needed\s+to\s+be|never\s+been|nobody\s+has|no\s+one\s+has)\s+(?:\w+ly\s+)?$",
    re.IGNORECASE,
)
"""What is only still missing: "10,000 have yet to be found"."""
_ONE_OF_A_ROW = re.compile(
    r"\b(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|last|latest|only|\d+(?:st|nd|rd|th))\b[^.,;]{0,60}\bto\s+(?:be\s+)?$",
    re.IGNORECASE,
)
"""One counted beside others: "the fourth man to be identified"."""
_PRESENT = frozenset(
    ("begins", "starts", "resumes", "opens", "returns", "arrives", "leaves", "hands", "sends", "receives")
)
"""Verbs in the present, which with a day to come tell of what is planned."""
_RESUMED = re.compile(r"\b(?:resum|restart|begin|start|continu)(?:e|ed|ing|ning)?\s+(?:to\s+)?$")
_TO = re.compile(r"(?:^|\s)to\s*$", re.IGNORECASE)
_CONDITIONAL = frozenset(("identification", "handover", "meeting-held", "operation-result"))
_AIMS = frozenset(("identification", "handover", "operation-result"))


class Told:
    """Decides it."""

    def __init__(self, parts: Parts) -> None:
        self.parts, self.words, self.text = parts, parts.words, parts.text

    def tell(self, one: Candidate, sides: Sides) -> bool:
        """Note how an event is told; whether there is one."""
        cue, sentence = one.cue, one.sentence
        if _MAYBE.search(self.text, max(sentence.start, one.span[0] - 25), one.span[0] + 5):
            return False
        text_before = self.text[sentence.start : one.span[0]]
        if cue.kind in _AIMS and _OF_THOSE.search(text_before):
            return False
        if _UNCLEAR.search(text_before) or (
            self.text[slice(*one.span)].endswith("ing") and _TALKED_OF.search(text_before)
        ):
            return False
        words_before = self.text[max(sentence.start, one.span[0] - 80) : one.span[0] + (3 if cue.passive else 0)]
        if cue.kind in _AIMS and (_STILL_LOST.search(words_before) or _ONE_OF_A_ROW.search(words_before)):
            return False
        told = polarity(self.text, sentence, one.first, self.parts.around(one.span[0]))
        if cue.polarity in (None, "planned") and turns.NOT.search(self.text[slice(*one.span)]):
            told = "denied"
        if told == "planned" and cue.kind in _AIMS and self._is_purpose(one):
            return False
        one.polarity = cue.polarity or told
        if told == "denied" and cue.polarity == "planned":
            one.polarity = "denied"
        self._adjust(one, sides)
        if cue.needs and one.polarity not in ("happened", "claimed"):
            return False
        if cue.kind == "request" and not one.roles.keys() - {"who"} and cue.subject:
            return False
        if one.polarity == "planned" and cue.kind == "operation-result" and not self._is_definite(one):
            return False
        return not (self._is_bare(one, sides) or self._is_no_meeting(one) or self._is_undated(one, sentence.start))

    def _adjust(self, one: Candidate, sides: Sides) -> None:
        """What the words just before or inside a cue say of it: "no contact", "if it returned", "needs to be raised"."""
        kind, start = one.cue.kind, one.sentence.start
        if (kind == "contact" or one.cue.name == "there was") and re.search(r"\bno\b", self.text[slice(*one.span)]):
            one.polarity = "denied"
        if one.polarity != "happened":
            return
        if one.sentence.tokens[one.first].lower in _PRESENT and self._is_ahead(one):
            one.polarity = "planned"
        before = self.text[max(start, sides.left[0] - 10) : sides.left[0]] if sides.left else ""
        thing = one.roles.get("thing")
        of_things = kind in _AIMS or kind == "delivery"
        if of_things and thing is not None and _NOT_ONE.match(self.text, thing[0], thing[1]):
            one.polarity = "denied"
        has_been = re.match(r"(?:was|were)\b", self.text[slice(*one.span)]) is not None
        if kind in _CONDITIONAL and _UNLESS.search(before) and not (has_been and before.rstrip().endswith("before")):
            one.polarity = "planned"
        if kind == "level-raised" and _NEEDS_TO.search(self.text[max(start, one.span[0] - 30) : one.span[0] + 3]):
            one.polarity = "planned"

    def _is_definite(self, one: Candidate) -> bool:
        """Whether what is to be recovered is told with its day or its number, and not only as an aim."""
        counts = [count for role in one.roles.values() for count in self.words.quantities_in(*role)]
        resumed = _RESUMED.search(self.text, one.sentence.start, one.span[0])
        return bool(counts or resumed or self.words.dates_in(one.span[0], one.sentence.end))

    def _is_ahead(self, one: Candidate) -> bool:
        """Whether a day that is still to come follows in the sentence: "the season begins on 3 May"."""
        today = self.words.today.isoformat() if self.words.today else "9999"
        return any((date.earliest or "") > today for date in self.words.dates_in(one.span[1], one.sentence.end))

    def _is_purpose(self, one: Candidate) -> bool:
        """Whether "to recover" says only what for: "teams that go there to recover remains"."""
        before = self.text[one.sentence.start : one.span[0]]
        counted = self.words.quantities_in(one.span[1], min(one.span[1] + 30, one.sentence.end))
        return _TO.search(before) is not None and not counted and not turns.PURPOSE.search(before)

    def _is_bare(self, one: Candidate, sides: Sides) -> bool:
        """Whether a participle after "remains" says no more than which: neither when nor how many."""
        following = sides.following.span if sides.following else None
        return (
            set(one.roles) == {"thing"}
            and one.cue.name == "recovered"
            and sides.right != following
            and not self.words.dates_in(one.sentence.start, one.sentence.end)
            and not self.words.quantities_in(*one.roles["thing"])
        )

    def _is_no_meeting(self, one: Candidate) -> bool:
        """Whether what is scheduled is something else: "scheduled for the return"."""
        return one.cue.kind == "meeting-scheduled" and turns.NO_MEETING.match(self.text, one.span[1]) is not None

    def _is_undated(self, one: Candidate, start: int) -> bool:
        """Whether an armistice or a summit is only named, in a sentence without a date."""
        return one.cue.name in ("armistice", "summit") and not self.words.dates_in(start, one.sentence.end)
