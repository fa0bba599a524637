"""What is said to have happened, in English: cue words, and who stands beside them in which part."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from homeward.reading.drafts import EventDraft, Span
from homeward.reading.languages.en import event_turns as turns
from homeward.reading.languages.en import phrases
from homeward.reading.languages.en.event_cues import Cue, event_cues
from homeward.reading.languages.en.event_parts import Parts
from homeward.reading.languages.en.figures_announced import announced_figures
from homeward.reading.languages.en.merged_events import merged
from homeward.reading.languages.en.polarity import polarity
from homeward.reading.languages.en.words import verb_forms
from homeward.reading.languages.interface import Words
from homeward.reading.text.sentences import Sentence


@dataclass(slots=True)
class Candidate:
    """An event as it is put together."""

    cue: Cue
    sentence: Sentence
    number: int
    first: int
    last: int
    span: Span
    roles: dict[str, Span] = field(default_factory=dict)
    polarity: str = "happened"
    points: tuple[Span, ...] = ()


def find_events(words: Words) -> list[EventDraft]:
    """Return the events of a text in order."""
    return _Finder(words).run()


class _Finder:
    """The events of one text, as they are gathered."""

    def __init__(self, words: Words) -> None:
        self.words, self.text = words, words.text
        self.parts = Parts(words)
        self.found: list[Candidate] = []

    def run(self) -> list[EventDraft]:
        """Go through the sentences."""
        for number, sentence in enumerate(self.words.sentences):
            if sentence.start < self.words.body_start:
                continue
            here = [one for cue in event_cues() for one in self._cue(cue, sentence, number)]
            self.found += self._reduced(here)
            self._done_so(sentence, number)
            self._add_points(sentence, number)
        drafts = [self.parts.draft(one) for one in self._merged()]
        drafts = merged(drafts, self.text, self.words)
        drafts += announced_figures(self.words)
        ordered = sorted(drafts, key=lambda one: (one.span, one.cue))
        return [replace(one, id=f"e{n}") for n, one in enumerate(ordered, start=1)]

    def _cue(self, cue: Cue, sentence: Sentence, number: int) -> Iterable[Candidate]:
        for match in cue.pattern.finditer(self.text, sentence.start, sentence.end):
            first = phrases.index_at(sentence, match.start())
            last = max(first, phrases.index_at(sentence, match.start() + len(match[0].rstrip()) - 1))
            if (
                phrases.is_noun(sentence, first)
                and cue.subject != ""
                and cue.name not in ("no-show", "joint text", "call", "was signed")
            ):
                continue
            if self._names_only(cue, match, sentence):
                continue
            candidate = Candidate(
                cue, sentence, number, first, last, (match.start(), match.start() + len(match[0].rstrip()))
            )
            if self._fill(candidate):
                yield self._of_work(candidate)

    def _names_only(self, cue: Cue, match: re.Match[str], sentence: Sentence) -> bool:
        """Whether the words name an event without telling of it: "the return of", "the anniversary of the signing"."""
        noun = (
            cue.subject != ""
            and not match[0].rstrip().lower().endswith(("ed", "ing", "of"))
            and re.match(r"\s+of\b", self.text[match.end() : match.end() + 5]) is not None
        )
        return noun or turns.ANNIVERSARY.search(self.text, sentence.start, match.start()) is not None

    def _of_work(self, one: Candidate) -> Candidate:
        """What happened to "it" happened to an operation, where the sentence before tells of one and of no meeting."""
        thing = one.roles.get("thing")
        if (
            one.cue.kind not in turns.TO_WORK
            or thing is None
            or self.text[slice(*thing)].lower() != "it"
            or not one.number
        ):
            return one
        before = self.words.sentences[one.number - 1]
        words = self.text[before.start : before.end]
        if turns.WORK.search(words) and not turns.MEETING.search(words):
            return replace(one, cue=replace(one.cue, kind="operation-suspended", name="was put off"))
        return one

    def _fill(self, one: Candidate) -> bool:
        """Put the phrases beside the cue into their roles; whether they speak of what the cue needs."""
        cue, sentence, verbs = one.cue, one.sentence, verb_forms()
        left = phrases.subject(sentence, one.first, verbs) if cue.subject else None
        right = None if cue.passive or not cue.object else phrases.after(sentence, self._object_at(one), verbs)
        left_span, right_span = left.span if left else None, right.span if right else None
        if (
            not cue.passive
            and cue.object_must
            and not self._speaks(right_span, cue.object_must)
            and self._is_reduced(one, left_span, right_span)
        ):
            left_span, right_span = None, left_span
        if cue.object_must and not cue.passive and left_span and not self._speaks(right_span, cue.object_must):
            told_of = self._what_they(left_span)
            if told_of is not None and self._speaks(told_of[0], cue.object_must):
                right_span, left_span = told_of
        if cue.object_must and not cue.passive and not self._speaks(right_span, cue.object_must):
            right_span = self._antecedent(sentence, left) or right_span
        if cue.subject_must and not self._speaks(left_span, cue.subject_must):
            return False
        if cue.kind == "request" and left_span and self.text[slice(*left_span)].lower() in ("nobody", "no one", "who"):
            return False
        if cue.object_must and not self._speaks(right_span, cue.object_must):
            return False
        if cue.kind == "handover" and self._came_home(one, left.span if left else None):
            return False
        tested = left_span if cue.passive else right_span
        if cue.never and tested and cue.never.search(self.text[slice(*tested)]):
            return False
        if left_span and cue.subject and not self._is_goal(one, left_span):
            one.roles[cue.subject] = left_span
        if right_span and not cue.passive and cue.object not in one.roles:
            one.roles[cue.object] = right_span
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
        told = polarity(self.text, sentence, one.first, self.parts.around(one.span[0]))
        if not cue.polarity and turns.NOT.search(self.text[slice(*one.span)]):
            told = "denied"
        if told == "planned" and cue.kind == "operation-result" and self._is_purpose(one):
            return False
        one.polarity = cue.polarity or told
        if told == "denied" and cue.polarity == "planned":
            one.polarity = "denied"
        if cue.kind == "meeting-scheduled" and turns.NO_MEETING.match(self.text, one.span[1]):
            return False
        bare = set(one.roles) == {"thing"} and cue.name == "recovered" and right_span != (right.span if right else None)
        if (
            bare
            and not self.words.dates_in(sentence.start, sentence.end)
            and not self.words.quantities_in(*one.roles["thing"])
        ):
            return False
        if cue.kind == "contact" and re.search(r"\bno\b", self.text[one.span[0] : one.span[1]]):
            one.polarity = "denied"
        if (
            one.polarity == "happened"
            and left_span
            and re.search(
                r"\b(?:before|until|if|unless|whether|once)\s+$",
                self.text[max(sentence.start, left_span[0] - 10) : left_span[0]],
                re.IGNORECASE,
            )
            and cue.kind in ("identification", "handover", "meeting-held")
        ):
            one.polarity = "planned"
        if cue.name in ("armistice", "summit") and not self.words.dates_in(sentence.start, sentence.end):
            return False
        if (
            cue.kind == "level-raised"
            and one.polarity == "happened"
            and re.search(
                r"\b(?:need(?:s|ed)?|ha[ds]|ought|want(?:s|ed)?)\s+(?:\w+\s+)?to\b",
                self.text[max(sentence.start, one.span[0] - 30) : one.span[0] + 3],
            )
        ):
            one.polarity = "planned"
        return True

    def _object_at(self, one: Candidate) -> int:
        """The token before what is handed over, past "to the officials" or "what it said were"."""
        for pattern in (turns.TO_FIRST, turns.SAID_TO_BE):
            match = pattern.match(self.text, one.span[1], one.sentence.end)
            if match and one.cue.kind in ("handover", "delivery"):
                return phrases.index_at(one.sentence, match.start("thing")) - 1
        return one.last

    def _is_goal(self, one: Candidate, left: Span) -> bool:
        """Whether the phrase before "to receive" is where somebody went: "going to Pyongyang to receive"."""
        between = self.text[left[1] : one.span[0]].strip() == "to"
        return between and re.search(r"\bto\s+(?:the\s+)?$", self.text[one.sentence.start : left[0]]) is not None

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
        if match is None or match["thing"].strip().lower() in ("and", "that", "but", "as", "when", "which"):
            return None
        return (span[0] + match.start("thing"), span[0] + match.end("thing") - 1), (
            span[0] + match.start("who"),
            span[1],
        )

    def _is_purpose(self, one: Candidate) -> bool:
        """Whether "to recover" says only what for: "teams that go there to recover remains"."""
        before = self.text[one.sentence.start : one.span[0]]
        counted = self.words.quantities_in(one.span[1], min(one.span[1] + 30, one.sentence.end))
        return before.rstrip().endswith(" to") and not counted and not turns.PURPOSE.search(before)

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
        match = re.compile(r"[,;]\s|[.?!,]?[\"”]|[.?!]$|\s(?:because|but|although)\s").search(
            self.text, right.span[1], one.sentence.end
        )
        end = match.start() if match else one.sentence.end
        start = right.span[0]
        if one.cue.name == "asked" and self.parts.names_in(right.span):
            one.roles["to"], start = right.span, tokens[right.last + 1].start
        one.roles["thing"] = (start, end)

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
            emerged = re.match(r"[a-z]+ed\s(?:from|to|in)\s[^,]*?\bwith\s+", self.text[slice(*found)])
            return (found[0] + emerged.end(), found[1]) if emerged else found
        if found is None or role not in ("who", "from", "with"):
            return found
        words = self.text[slice(*found)]
        pronoun = re.search(r"\s(?:it|we|they|he|she)$", words)
        if pronoun:
            return found[0] + pronoun.start() + 1, found[1]
        trailing = re.search(r"\s(?:expects?|plans?|hopes?|wants?|intends?)$", words)
        if trailing:
            return found[0], found[0] + trailing.start()
        first = words.split()[0] if words.split() else ""
        verb = first in verb_forms() and first.endswith(("ing", "ed", "s"))
        return None if verb or re.match(r"(?:[a-z]+ly\b|no longer\b|so far\b|far\b)", words) else found

    def _asked_that(self, one: Candidate) -> None:
        """After "requested that" all of the clause is the thing."""
        tokens = one.sentence.tokens
        if one.last + 1 < len(tokens) and tokens[one.last + 1].lower == "that":
            match = re.compile(r",\s|[.?!,]?[\"”]|[.?!]$").search(self.text, tokens[one.last + 1].end, one.sentence.end)
            end = match.start() if match else one.sentence.end
            one.roles["thing"] = (tokens[one.last + 1].end + 1, end)

    def _antecedent(self, sentence: Sentence, left: phrases.Phrase | None) -> Span | None:
        """What "that" or "which" before a subject stands for: "the 55 boxes that Pyongyang handed over"."""
        if left is None or left.first < 2 or sentence.tokens[left.first - 1].lower not in ("that", "which"):
            return None
        found = phrases.before(sentence, left.first - 1, verb_forms())
        return found.span if found else None

    def _is_reduced(self, one: Candidate, left: Span | None, right: Span | None) -> bool:
        """Whether an active form is a participle after what it was done to: "remains returned by the North"."""
        following = one.sentence.tokens[one.last + 1].lower if one.last + 1 < len(one.sentence.tokens) else ""
        word = one.sentence.tokens[one.first].lower
        participle = word.endswith(("ed", "n", "t", "d", "und"))
        return bool(
            left
            and participle
            and one.cue.object_must
            and self._speaks(left, one.cue.object_must)
            and (right is None or following in phrases.PREPOSITIONS)
        )

    def _speaks(self, span: Span | None, pattern: re.Pattern[str]) -> bool:
        return span is not None and pattern.search(self.text[slice(*span)]) is not None

    def _prepositions(self, one: Candidate, at: int) -> None:
        """What follows "to", "from", "by", "with" in the clause."""
        tokens = one.sentence.tokens
        for preposition, role in one.cue.roles.items():
            if role in one.roles and not (one.cue.passive and preposition == "by"):
                continue
            found = phrases.after_preposition(one.sentence, at, {preposition}, verb_forms(), at + 22)
            if (
                found is None
                or self.parts.is_date(found.span)
                or (found.first > 1 and tokens[found.first - 2].lower == "according")
            ):
                continue
            head = one.sentence.tokens[found.first]
            if preposition == "to" and not (
                head.is_capital or head.lower in phrases.DETERMINERS or self.parts.names_in(found.span)
            ):
                continue
            if preposition == "from" and self.parts.is_date_near(found.span):
                continue
            trimmed = self.parts.without_dates(found.span)
            if trimmed is not None:
                one.roles[role] = trimmed

    def _reduced(self, here: Sequence[Candidate]) -> list[Candidate]:
        """Of cues that share words, the surest; of one kind in one clause, the fullest."""
        kept: list[Candidate] = []
        for one in sorted(here, key=_surest):
            same_words = [two for two in kept if one.span[0] < two.span[1] and two.span[0] < one.span[1]]
            if any(two.cue.kind == one.cue.kind or _excludes(two.cue.kind, one.cue.kind) for two in same_words):
                continue
            same_kind = [two for two in kept if two.cue.kind == one.cue.kind]
            if same_kind and self._is_same(same_kind[0], one):
                for role, span in one.roles.items():
                    same_kind[0].roles.setdefault(role, span)
                continue
            kept.append(one)
        things = [one.roles["thing"] for one in kept if "thing" in one.roles and one.cue.name != "summit"]
        kept = [one for one in kept if one.cue.name != "summit" or not any(a <= one.span[1] - 1 < b for a, b in things)]
        kinds = {one.cue.kind for one in kept}
        if "meeting-missed" in kinds or "meeting-moved" in kinds:
            kept = [one for one in kept if one.cue.kind != "meeting-scheduled" or one.cue.name == "will meet"]
        return kept

    def _is_same(self, one: Candidate, two: Candidate) -> bool:
        """Whether two cues of one kind in a sentence tell of one event: one of them does not say what, or both the same."""
        if one.polarity != two.polarity:
            return False
        if one.cue.kind in ("meeting-held", "meeting-missed", "meeting-moved", "level-raised", "statement-made"):
            return True
        first, second = one.roles.get("thing"), two.roles.get("thing")
        if first is None or second is None:
            return True
        return self.text[slice(*first)].lower() == self.text[slice(*second)].lower() or (
            first[0] < second[1] and second[0] < first[1]
        )

    def _merged(self) -> list[Candidate]:
        """One event for a meeting missed that two sentences tell of, one after the other."""
        kept: list[Candidate] = []
        for one in self.found:
            before = next(
                (
                    two
                    for two in reversed(kept)
                    if two.cue.kind == one.cue.kind == "meeting-missed" and one.number - two.number <= 2
                ),
                None,
            )
            if before is not None and one.cue.name == "left waiting":
                for role, span in one.roles.items():
                    before.roles.setdefault(role, span)
                continue
            kept.append(one)
        return kept

    def _done_so(self, sentence: Sentence, number: int) -> None:
        """In "claims that it had done so", what the sentence tells of before, as a claim."""
        for match in turns.DONE_SO.finditer(self.text, sentence.start, sentence.end):
            around = self.parts.around(match.start())
            before = [
                one
                for one in self.found
                if one.number == number and one.span[1] <= match.start() and one.cue.kind != "statement-made"
            ]
            if before and around and around[0].rule == "statement:noun of saying":
                last = before[-1]
                first = phrases.index_at(sentence, match.start())
                self.found.append(
                    replace(
                        last,
                        first=first,
                        last=first,
                        span=match.span(),
                        roles=dict(last.roles),
                        polarity="denied" if around[0].act == "denied" else "claimed",
                    )
                )

    def _add_points(self, sentence: Sentence, number: int) -> None:
        """The points of an agreement that the sentences before told of."""
        match = turns.POINTS.search(self.text, sentence.start, sentence.end)
        agreement = next(
            (one for one in reversed(self.found) if one.cue.kind == "agreement" and number - one.number <= 3), None
        )
        one_of = turns.ONE_OF.search(self.text, sentence.start, sentence.end)
        if one_of is not None and agreement is not None and agreement.number == number:
            point = self._point_before(sentence, phrases.index_at(sentence, one_of.start()))
            agreement.points = (*agreement.points, *([point] if point else []))
        if match is None or agreement is None:
            return
        points, at = [], match.end()
        end = sentence.end
        while end > at and self.text[end - 1] in '.!?"”':
            end -= 1
        for break_ in turns.AND.finditer(self.text, at, end):
            points.append((at, break_.start()))
            at = break_.end()
        points.append((at, end))
        agreement.points = (*agreement.points, *[point for point in points if point[1] - point[0] > 3])

    def _point_before(self, sentence: Sentence, at: int) -> Span | None:
        """What is said to be one of several points; of "it", what the sentence began with: "Talk of the return of remains"."""
        found = phrases.before(sentence, at, verb_forms())
        if found is None or self.text[slice(*found.span)].lower() not in ("it", "this", "that", "which"):
            return found.span if found else None
        match = turns.SPOKEN_OF.search(self.text, sentence.start, found.span[0])
        return match.span("what") if match else None


def _surest(one: Candidate) -> tuple[float, int, Span]:
    """The order in which cues are taken: the surest, the fullest, the first; of meetings the first, of which the sentence tells."""
    return -one.cue.confidence, 0 if one.cue.kind == "meeting-held" else -len(one.roles), one.span


def _excludes(kept: str, other: str) -> bool:
    """Whether words that tell of one kind of event cannot tell of the other too."""
    exclusive = {
        "handover",
        "delivery",
        "operation-result",
        "meeting-moved",
        "meeting-scheduled",
        "meeting-cancelled",
        "operation-suspended",
        "operation-begun",
        "meeting-held",
        "agreement",
        "request",
    }
    return kept in exclusive and other in exclusive
