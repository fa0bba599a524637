"""The phrases on both sides of a cue, where they speak of what it needs: who does it, and what it is done to."""

from __future__ import annotations

import re
from dataclasses import dataclass

from homeward.reading.drafts import Span
from homeward.reading.languages.en import event_turns as turns
from homeward.reading.languages.en import phrases, word_classes
from homeward.reading.languages.en.clauses import clause_subject
from homeward.reading.languages.en.datelines import lead_end
from homeward.reading.languages.en.event_cues import Candidate
from homeward.reading.languages.en.event_parts import Parts
from homeward.reading.languages.en.words import verb_forms
from homeward.reading.text.sentences import Sentence

_OF_REMAINS = frozenset(("handover", "delivery", "operation-result"))
_NO_NOUNS = (
    word_classes.PREPOSITIONS
    | word_classes.BREAKS
    | word_classes.AUXILIARIES
    | word_classes.ADVERBS
    | word_classes.DETERMINERS
    | {"and", "or", "nor"}
)
NO_ACTOR = re.compile(
    r"(?:[a-z]+ly\b|no longer\b|so far\b|far\b|not\b|[a-z]+(?:ing|ed|es)\s+(?:with|on|by|in|to|for|from|more|between|at|of|during|against|under|over|up|out|off)\b)"
)
"""What stands before a verb and is no subject: "not cooperating with X to return", "focused on the return and"."""
_FOUND = frozenset(("operation-result", "identification"))
TOLD_BEFORE = 3
"""Sentences to look back for what "they", "123 more" or "the first" stands for."""

_LET_RETURN = re.compile(r"\b(?:let|lets|letting)\s+[^.;,]{2,40}$")
"""Before those who may come back by themselves: "agreed to let the Americans return"."""
_SUPPOSED = re.compile(
    r"(?:^|(?<=[.;,]\s)|(?<=\bthe\s)|(?<=\bThe\s))(?P<what>(?:[\w-]+\s+){0,3}?(?:remains|bones|bodies|body|skeletons?|fragments))\s+"
    r"(?:(?:that|which)\s+(?:are|were|is|was)\s+)?(?:believed|thought|presumed|assumed|suspected|said|known|purported|likely)\s+to\s+(?:be|belong|come|contain)\b[^;]{0,80}$",
    re.IGNORECASE,
)
"""Whom remains are thought to be of, between them and what is done to them: "Remains believed to be those of two men were ..."."""
_GIVEN_BACK = frozenset(
    ("repatriate", "repatriating", "return", "returning", "hand", "handing", "transfer", "bury", "burying")
)
"""Verbs after which "identified" says of remains which they are: "to repatriate identified remains"."""
_NOTHING = re.compile(r"\s*(?:[.,;]|(?:and|to|in|there|home|from)\b)")


@dataclass(frozen=True, slots=True)
class Sides:
    """The phrases before and after a cue, and the phrase after it as it stands there by the order of words."""

    left: Span | None
    right: Span | None
    following: phrases.Phrase | None


class Beside:
    """Finds them in one text."""

    def __init__(self, parts: Parts) -> None:
        self.parts, self.words, self.text = parts, parts.words, parts.text

    def sides(self, one: Candidate) -> Sides | None:
        """Return the phrases beside a cue; ``None`` if they do not speak of what it needs."""
        cue, sentence, verbs = one.cue, one.sentence, verb_forms()
        if one.first == 0 and cue.subject and sentence.tokens[0].lower.endswith("ing"):
            return None  # "Handing over a box takes ten minutes"
        before = phrases.subject(sentence, one.first, verbs) if cue.subject else None
        after = None if cue.passive or not cue.object else phrases.after(sentence, self._object_at(one), verbs)
        if before and cue.subject == "who" and NO_ACTOR.match(self.text[slice(*before.span)]):
            before = self._clause_subject(one) or before
        left, right = before.span if before else None, after.span if after else self._bare_that(one)
        if cue.object_must and not cue.passive and cue.kind in _FOUND and self._is_done_to(one):
            return None
        if cue.object_must and not cue.passive:
            left, right = self._object(one, cue.object_must, before, left, right)
            if not self._is_told_of(one, right, cue.object_must):
                return None
        of_person = cue.kind == "identification" and left is not None and self.parts.is_person(left)
        if cue.subject_must and not of_person and not self._is_told_of(one, left, cue.subject_must):
            left = self._wide_subject(one, cue.subject_must)
            if left is None:
                return None
        if self._is_excluded(one, before, left, right):
            return None
        return Sides(left, right, after)

    def _is_excluded(
        self, one: Candidate, before: phrases.Phrase | None, left: Span | None, right: Span | None
    ) -> bool:
        """Whether the phrases beside a cue show that it tells of something else."""
        cue = one.cue
        if cue.kind == "request" and self.speaks(left, turns.ASKS_NOTHING):
            return True
        if cue.name == "identified" and one.first and one.sentence.tokens[one.first - 1].lower in _GIVEN_BACK:
            return True
        by_themselves = _LET_RETURN.search(self.text, one.sentence.start, one.span[0])
        if cue.kind == "handover" and by_themselves and _NOTHING.match(self.text, one.span[1]):
            return True
        if cue.kind == "handover" and self._came_home(one, before.span if before else None):
            return True
        return cue.never is not None and self.speaks(left if cue.passive else right, cue.never)

    def _bare_that(self, one: Candidate) -> Span | None:
        """The "that" or "this" after a verb, where it is all of the object: "The Pentagon ended that in the spring"."""
        tokens = one.sentence.tokens[one.last + 1 : one.last + 3]
        if one.cue.passive or len(tokens) < 2 or tokens[0].lower not in ("that", "this"):
            return None
        alone = tokens[1].lower in word_classes.PREPOSITIONS or tokens[1].kind == "sign"
        return (tokens[0].start, tokens[0].end) if alone else None

    def speaks(self, span: Span | None, pattern: re.Pattern[str]) -> bool:
        """Whether a phrase speaks of something."""
        return span is not None and pattern.search(self.text[slice(*span)]) is not None

    def _object(
        self,
        one: Candidate,
        must: re.Pattern[str],
        before: phrases.Phrase | None,
        left: Span | None,
        right: Span | None,
    ) -> tuple[Span | None, Span | None]:
        """The phrases before and after an active cue, where what it is done to stands before it or has its name there."""
        if self.speaks(right, must):
            return left, right
        if self._is_reduced(one, left, right, must):
            return None, left
        told_of = self._what_they(left) if left else None
        if told_of is not None and self._is_told_of(one, told_of[0], must):
            return told_of[1], told_of[0]
        return left, self._antecedent(one.sentence, before) or right

    def _is_told_of(self, one: Candidate, span: Span | None, pattern: re.Pattern[str]) -> bool:
        """Whether a phrase speaks of something, or is a count or a pronoun and what was told before it speaks of it."""
        if span is None or pattern.search(self.text[slice(*span)]):
            return span is not None
        if one.cue.by_name or not turns.STANDS_FOR.fullmatch(self.text[slice(*span)]) or self.parts.is_date(span):
            return False
        if turns.WHICH_ONES.match(self.text, span[1], one.sentence.end):
            return False
        first = max(0, one.number - TOLD_BEFORE)
        start = self.words.sentences[first].start
        return pattern.search(self.text, start, span[0]) is not None

    def _wide_subject(self, one: Candidate, pattern: re.Pattern[str]) -> Span | None:
        """The subject at the beginning of the clause, past what stands between it and the verb: "A meeting in Bangkok at which ..."."""
        supposed = _SUPPOSED.search(self.text, one.sentence.start, one.span[0])
        if supposed is not None and pattern.search(supposed["what"]):
            return supposed.span("what")
        found = self._clause_subject(one)
        return found.span if found and self.speaks(found.span, pattern) else None

    def _clause_subject(self, one: Candidate) -> phrases.Phrase | None:
        """The subject at the beginning of the clause, after the town and date with which a report begins."""
        lead = phrases.index_at(one.sentence, lead_end(self.text, one.sentence))
        return clause_subject(one.sentence, one.first, verb_forms(), min(lead, one.first))

    def _object_at(self, one: Candidate) -> int:
        """The token before what is handed over, past "to the officials", "on Friday" or "what it said were"."""
        if one.cue.kind not in _OF_REMAINS:
            return self._past_date(one)
        at = self._past_receiver(one)
        for pattern in (turns.TO_FIRST, turns.SAID_TO_BE):
            match = pattern.match(self.text, one.span[1] if at is None else at, one.sentence.end)
            if match:
                return phrases.index_at(one.sentence, match.start("thing")) - 1
        return one.last if at is None else phrases.index_at(one.sentence, at) - 1

    def _past_date(self, one: Candidate) -> int:
        """The token before the object of a verb that its date follows: "has launched this week a new mission"."""
        date = next(iter(self.words.dates_in(one.span[1], one.span[1] + 5)), None)
        if date is None or self.text[one.span[1] : date.span[0]].strip() not in ("", "on"):
            return one.last
        return phrases.index_at(one.sentence, date.span[1] - 1)

    def _past_receiver(self, one: Candidate) -> int | None:
        """Where the object begins after a verb, names and a date: "hand over to China on Friday the remains"."""
        at = one.span[1]
        for _ in range(2):
            whom = turns.TO_WHOM.match(self.text, at, one.sentence.end)
            named = self.parts.mentions.beginning(whom.end(), whom.end() + 1) if whom else None
            at = named[0][0][1] if named else at
            date = next(iter(self.words.dates_in(at, at + 5)), None)
            if date is not None and self.text[at : date.span[0]].strip() in ("", "on", "in"):
                at = date.span[1]
        moved = at > one.span[1] and turns.OBJECT_FOLLOWS.match(self.text, at, one.sentence.end)
        return at + 1 if moved else None

    def _what_they(self, span: Span) -> tuple[Span, Span] | None:
        """A thing and who does it, in "33 coffins they handed over"."""
        match = re.search(
            r"(?P<thing>(?:(?!\b(?:in|to|at|on|from|with|by)\s)\S+\s)+)(?P<who>they|it|he|she|we)$",
            self.text[slice(*span)],
        )
        if match is None:
            for (a, b), (what, _) in self.parts.mentions.inside(*span):
                if what == "party" and b == span[1] and re.search(r"\b[a-z]+\s$", self.text[span[0] : a]):
                    return (span[0], a - 1), (a, b)
        if match is None or match["thing"].split()[-1].lower() in turns.NO_THING:
            return None
        return (span[0] + match.start("thing"), span[0] + match.end("thing") - 1), (
            span[0] + match.start("who"),
            span[1],
        )

    def _antecedent(self, sentence: Sentence, left: phrases.Phrase | None) -> Span | None:
        """What a clause after a noun tells more of: "the 55 boxes that Pyongyang handed over", "the boxes Pyongyang sent"."""
        if left is None or left.first < 2:
            return None
        link = sentence.tokens[left.first - 1]
        at = left.first - 1 if link.lower in ("that", "which") else left.first
        is_noun = link.kind == "word" and not link.is_capital and link.lower not in _NO_NOUNS | verb_forms()
        if at == left.first and not is_noun:
            return None
        found = phrases.before(sentence, at, verb_forms())
        return found.span if found else None

    def _is_reduced(self, one: Candidate, left: Span | None, right: Span | None, must: re.Pattern[str]) -> bool:
        """Whether an active form is a participle after what it was done to: "remains returned by the North"."""
        following = one.sentence.tokens[one.last + 1].lower if one.last + 1 < len(one.sentence.tokens) else ""
        word = one.sentence.tokens[one.first].lower
        participle = word.endswith(("ed", "n", "t", "d", "und"))
        dated = right is not None and one.cue.kind in _OF_REMAINS and self.parts.is_date(right)
        alone = right is None or following in word_classes.PREPOSITIONS or dated
        return bool(left and participle and alone and not self._is_done_to(one) and self.speaks(left, must))

    def _is_done_to(self, one: Candidate) -> bool:
        """Whether a participle stands in the passive, which other cues tell: "six sites were excavated and two sets"."""
        before = one.sentence.tokens[one.first - 1].lower if one.first else ""
        return before in ("be", "been", "being", "was", "were", "is", "are")

    def _came_home(self, one: Candidate, left: Span | None) -> bool:
        """Whether people came home by themselves, or never did: "Americans who never returned home"."""
        return (
            re.fullmatch(r"return(?:ed|s|ing)?", self.text[slice(*one.span)], re.IGNORECASE) is not None
            and re.match(r"\s+home\b(?!\s+(?:the|with)\b)", self.text[one.span[1] : one.span[1] + 20]) is not None
            and left is not None
            and (
                not turns.BODIES.search(self.text[slice(*left)])
                or re.search(r"\bwho\b", self.text[left[1] : one.span[0]]) is not None
            )
        )
