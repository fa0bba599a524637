"""What is said to have happened, in English: cue words, and who stands beside them in which part."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from homeward.reading.drafts import EventDraft, Span
from homeward.reading.languages.en import event_turns as turns
from homeward.reading.languages.en import phrases, word_classes
from homeward.reading.languages.en.event_cues import Candidate, Cue, event_cues
from homeward.reading.languages.en.event_nouns import Nouns
from homeward.reading.languages.en.event_parts import Parts
from homeward.reading.languages.en.event_roles import Roles
from homeward.reading.languages.en.event_sides import Beside
from homeward.reading.languages.en.event_told import Told
from homeward.reading.languages.en.figures_announced import announced_figures
from homeward.reading.languages.en.merged_events import merged
from homeward.reading.languages.en.words import verb_forms
from homeward.reading.languages.interface import Words
from homeward.reading.text.sentences import Sentence


def find_events(words: Words) -> list[EventDraft]:
    """Return the events of a text in order."""
    return _Finder(words).run()


class _Finder:
    """The events of one text, as they are gathered."""

    def __init__(self, words: Words) -> None:
        self.words, self.text = words, words.text
        self.parts = Parts(words)
        self.nouns, self.beside = Nouns(self.parts), Beside(self.parts)
        self.roles, self.told = Roles(self.parts), Told(self.parts)
        self.found: list[Candidate] = []

    def run(self) -> list[EventDraft]:
        """Go through the sentences."""
        for number, sentence in enumerate(self.words.sentences):
            if sentence.start < self.words.body_start:
                continue
            here = [one for cue in event_cues() for one in self._cue(cue, sentence, number)]
            self.found += self._reduced(here)
            self._done_so(sentence, number)
            self._did_so(sentence, number)
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
                word_classes.is_noun(sentence, first)
                and cue.subject != ""
                and cue.name not in ("no-show", "joint text", "call", "was signed")
            ):
                continue
            if self._names_only(cue, match, sentence):
                continue
            candidate = Candidate(
                cue, sentence, number, first, last, (match.start(), match.start() + len(match[0].rstrip()))
            )
            if self._is_told(candidate):
                yield self._of_work(candidate)

    def _is_told(self, one: Candidate) -> bool:
        """Fill in an event from the words around its cue; whether they tell of one."""
        sides = self.beside.sides(one) if self.nouns.tells(one) else None
        if sides is None:
            return False
        self.roles.put(one, sides)
        return self.told.tell(one, sides)

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
        words = self.text[self.words.sentences[one.number - 1].start : thing[0]]
        if turns.WORK.search(words) and not turns.MEETING.search(words):
            return replace(one, cue=replace(one.cue, kind="operation-suspended", name="was put off"))
        return one

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
        if kinds & turns.OF_MEETINGS:
            kept = [one for one in kept if one.cue.name != "meeting of a day"]
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

    def _did_so(self, sentence: Sentence, number: int) -> None:
        """In "They did so on July 15." or "They had not.", what the sentence before tells of as planned."""
        match = turns.DID_SO.match(self.text, sentence.start, sentence.end)
        last = self.found[-1] if self.found else None
        if match is None or last is None or last.number != number - 1 or last.polarity != "planned":
            return
        kind = "meeting-held" if last.cue.kind == "meeting-scheduled" else last.cue.kind
        first = phrases.index_at(sentence, match.start("how"))
        self.found.append(
            replace(
                last,
                cue=replace(last.cue, kind=kind, name="did so"),
                sentence=sentence,
                number=number,
                first=first,
                last=first,
                span=match.span(),
                roles={},
                polarity="denied" if match["how"] == "not" else "happened",
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
