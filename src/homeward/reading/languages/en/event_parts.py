"""The parts of an event in its sentence: when, where, why, how many, and by whose account."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from homeward.reading.drafts import DateDraft, EventDraft, Role, Span, StatementDraft
from homeward.reading.languages.en.datelines import lead_end
from homeward.reading.languages.interface import Words
from homeward.reading.text.sentences import Sentence
from homeward.reading.text.spans import Spans

if TYPE_CHECKING:
    from homeward.reading.languages.en.event_cues import Candidate

REASONED = frozenset(("operation-suspended", "meeting-cancelled", "meeting-missed", "meeting-moved", "level-raised"))
REASON = re.compile(
    r"(?:\bbecause\s+(?:of\s+)?|\bdue\s+to\s+|\bciting\s+|\bowing\s+to\s+|\bout\s+of\s+(?=concern|fear)|\bover\s+(?=(?:\w+\s+)?(?:fears?|concerns?|worries|safety|security|disputes?|tensions?|claims|allegations|the\s+(?:North|safety|security|nuclear|standoff|dispute)))|"
    r"\bamid\s+|\bin\s+protest\s+(?:at|of|against)\s+|\bon\s+the\s+grounds\s+(?:that|of)\s+|\bafter\s+(?=(?:North\s+Korea|Pyongyang|the\s+North)\b)|\bsaying\s+(?:that\s+)?|\bas\s+(?=(?:relations|tensions|the\s+(?:nuclear|North))\b))"
)
_NAMED = re.compile(
    r"['’]?s?\s+(?:Korean\s+War|War\b|summit|massacre|genocide|crash|battle|offensive|armistice|agreement|accord|declaration|statement|fact\s+sheet|treaty|season)",
    re.IGNORECASE,
)
_LOCATIVE = re.compile(
    r"\b(?:in|at|near|outside|inside|to|from|on|around|into|through|across|of)\s+(?:the\s+)?(?:\w+\s+){0,3}$",
    re.IGNORECASE,
)
_CLAUSE = re.compile(
    r"[;:]|,\s+(?:and|but|while|although|when|which|who|after|before|where|despite)\b|\b(?:when|while|after|before|although|though|since|until|because|who|which|that|despite|following)\b"
)
_SET_FOR = re.compile(r"\b(?:scheduled|set|planned|original|originally|slated|due)\b[^,;]*$", re.IGNORECASE)
_SINCE = re.compile(r"\b(?:first|last)\b[^,;]{0,60}\bsince\s+$", re.IGNORECASE)
_SINCE_THEN = re.compile(
    r"\bsince\s+(?:it|they|he|she|the|[A-Z]\w+)\s+(?:\w+\s+)?(?:\w+ed|began|left|took|went)\b|\bsince\s+(?!(?:\w+\s+)?\d)[^,.;]{3,45}?\b(?:in|of|on)\s+$"
)
"""A clause whose date is that of something else, and only the first from which on this can have happened."""
_DURING = re.compile(r"\b(?:during|at)\s+(?:the|their|a|an|his)\s+(?:\w+\s+){0,2}$")
_LEAD = re.compile(r"(?:At|In|On|By|During|After|Before|Since)\s+[^,.;:]{2,60},")
FARTHEST, FARTHEST_PLACE = 220, 150
LONGEST_TITLE = 40
"""Characters of a rank before a name, at most."""
LED, LONGEST_LEAD, FARTHEST_OF_THING = 45, 45, 30
"""Characters between a cue and its date or place, at most; a clause between them counts for 70."""


class Parts:
    """Dates, places, quantities and statements of a text, as events need them."""

    def __init__(self, words: Words) -> None:
        self.words, self.text = words, words.text
        mentions: list[tuple[Span, tuple[str, str]]] = []
        for what, drafts in (
            ("person", words.names.people),
            ("party", words.names.parties),
            ("place", words.names.places),
        ):
            mentions += [(span, (what, one.id)) for one in drafts for span in one.mentions]
        self.mentions = Spans(mentions)
        self.contents = Spans((one.content_span, one) for one in words.statements)
        self.given_names = {one.name.split()[0] for one in words.names.people}
        self.said_on = {one.date: one for one in words.statements if one.date}

    def around(self, position: int) -> list[StatementDraft]:
        """The statements in whose content a place in the text stands, the narrowest first."""
        found = [one for _, one in self.contents.overlapping(position, position + 1)]
        return sorted(found, key=lambda one: one.content_span[1] - one.content_span[0])

    def without_dates(self, span: Span) -> Span | None:
        """A phrase without the dates at its ends; ``None`` if it is nothing else."""
        found = without_dates(self.words, span)
        return found if found[1] > found[0] else None

    def names_in(self, span: Span) -> bool:
        """Whether a phrase names a person or party, or stands for one."""
        pronoun = re.fullmatch(
            r"(?:him|her|them|us|it|officials|families|lawmakers|reporters)", self.text[slice(*span)], re.IGNORECASE
        )
        return bool(pronoun) or any(what != "place" for _, (what, _) in self.mentions.inside(*span))

    def is_person(self, span: Span) -> bool:
        """Whether a phrase is a person by name, or by the given name of one."""
        named = any(
            what == "person" and a - span[0] < LONGEST_TITLE for (a, _), (what, _) in self.mentions.inside(*span)
        )
        return named or self.text[slice(*span)] in self.given_names

    def is_date(self, span: Span) -> bool:
        """Whether a phrase is nothing but a date."""
        return any(span[1] <= one.span[1] + 4 for one in self.words.dates_in(span[0] - 60, span[0] + 5))

    def is_date_near(self, span: Span) -> bool:
        """Whether a phrase begins a range of dates: "from 1996 to 2005"."""
        return any(span[0] < one.span[1] for one in self.words.dates_in(span[0] - 60, span[0] + 1))

    def draft(self, one: Candidate) -> EventDraft:
        """Return an event as a draft."""
        sentence = one.sentence
        roles = {
            name: Role(span=span, id=self._id(span, name)) for name, span in one.roles.items() if span[1] > span[0]
        }
        date, old = self._dates(one)
        if old is not None:
            roles["old_date"] = Role(span=old.span, id=old.id)
        things = [one.roles[name] for name in ("thing", "count") if name in one.roles]
        counts = [
            q
            for q in self.words.quantities_in(sentence.start, sentence.end)
            if any(a < q.span[1] and q.span[0] < b for a, b in [*things, one.span])
        ]
        if counts and "count" not in roles:
            roles["count"] = Role(span=counts[0].span, id=counts[0].id)
        around = self.around(one.span[0])
        confidence = (
            one.cue.confidence
            - (0.15 if not one.roles else 0.0)
            - (0.1 if one.polarity in ("planned", "claimed") else 0.0)
        )
        return EventDraft(
            span=(sentence.start, sentence.end),
            confidence=round(confidence, 2),
            rule=f"event:{one.cue.name}",
            kind="meeting-scheduled" if one.cue.kind == "meeting-held" and one.polarity == "planned" else one.cue.kind,
            roles=roles,
            points=tuple(Role(span=span) for span in one.points),
            date=date.id if date else None,
            place=self._place(one),
            polarity=one.polarity,
            reason=self._reason(one) if one.cue.kind in REASONED else None,
            cue=one.span,
            according_to=tuple(two.id for two in around),
            quantities=tuple(q.id for q in counts),
        )

    def _id(self, span: Span, role: str) -> str | None:
        """The draft that a phrase is: its person, else its party, else its place or count."""
        inside = [pair for _, pair in self.mentions.inside(*span)]
        wanted = ("party", "person", "place") if role in ("to", "at", "thing") else ("person", "party", "place")
        if role in ("thing", "count"):
            counted = next((q.id for q in self.words.quantities_in(*span) if q.span[1] <= span[1] + 1), None)
            if counted:
                return counted
        for kind in wanted:
            found = next((id_ for what, id_ in inside if what == kind), None)
            if found and role != "thing":
                return found
        return None

    def _dates(self, one: Candidate) -> tuple[DateDraft | None, DateDraft | None]:
        """The date of an event, and the one that a move took it from."""
        sentence = one.sentence
        start = lead_end(self.text, sentence)
        here = [
            d
            for d in self.words.dates_in(start, sentence.end)
            if not (
                self._is_name(d, one)
                or self._is_other(d, one)
                or (one.cue.kind == "statement-made" and self.around(d.span[0]) and not self.around(one.span[0]))
                or (d.span[0] > one.span[1] and _SINCE_THEN.search(self.text, one.span[1], d.span[0]))
                or _SINCE.search(self.text, max(start, d.span[0] - 80), d.span[0])
            )
        ]
        if not here and one.cue.kind in ("agreement", "meeting-held"):
            here = self.words.dates_in(one.span[1], sentence.end)
        if not here:
            return None, None
        if one.cue.kind == "agreement":
            at = [
                d
                for d in self.words.dates_in(one.span[1], sentence.end)
                if _DURING.search(self.text, one.span[1], d.span[0])
            ]
            if at:
                return at[0], None
        ranked = sorted(here, key=lambda d: self._distance(one, d))
        if one.cue.kind == "agreement" and self.text[one.span[0] : one.span[1]].endswith("to"):
            ranked = [d for d in ranked if d.span[0] < one.span[1]]
        if not ranked:
            return None, None
        best = ranked[0]
        if self._distance(one, best) > FARTHEST:
            return None, None
        if one.cue.kind == "meeting-moved":
            ahead = [
                d
                for d in here
                if d.span[0] >= one.span[1]
                and re.search(
                    r"\b(?:for|to|until|till|on)\s+(?:the\s+)?(?:\w+,\s+)?$",
                    self.text[max(one.span[1], d.span[0] - 20) : d.span[0]],
                )
            ]
            if ahead:
                best = ahead[-1] if re.search(r"\bfrom\b", self.text[one.span[1] : ahead[-1].span[0]]) else ahead[0]
            old = next(
                (
                    d
                    for d in here
                    if d is not best
                    and (
                        (
                            d.span[0] < one.span[0]
                            and _SET_FOR.search(self.text, max(sentence.start, d.span[0] - 30), d.span[0])
                        )
                        or re.search(r"\bfrom\s+(?:\w+\s+)?$", self.text[max(0, d.span[0] - 12) : d.span[0]])
                    )
                ),
                None,
            )
            return best, old
        return best, None

    def _is_name(self, date: DateDraft, one: Candidate) -> bool:
        """Whether a date is part of the name of another thing: "the June 12 summit"."""
        match = _NAMED.match(self.text, date.span[1])
        if re.search(r"\b[Ww]ar\s*(?:of|from|in|\()?\s*$", self.text[max(0, date.span[0] - 12) : date.span[0]]):
            return True
        return match is not None and not one.span[0] <= date.span[0] < one.span[1] + 30

    def _is_other(self, date: DateDraft, one: Candidate) -> bool:
        """Whether a date is still to come, and the event has happened: it is the date of something else."""
        today = self.words.today
        ahead = bool(today and date.earliest and date.earliest > today.isoformat())
        return (
            ahead
            and one.polarity == "happened"
            and one.cue.kind not in ("meeting-moved", "meeting-scheduled", "agreement")
        )

    def _distance(self, one: Candidate, date: DateDraft) -> int:
        """How far a date stands from a cue: characters, and more for each clause between them."""
        if one.span[0] <= date.span[0] <= one.span[1]:
            return 0
        ahead = date.span[0] >= one.span[1]
        between = self.text[one.span[1] : date.span[0]] if ahead else self.text[date.span[1] : one.span[0]]
        statement = self.said_on.get(date.id)
        said = 120 if statement and not statement.content_span[0] <= date.span[0] < statement.content_span[1] else 0
        if not ahead and self._leads(one.sentence, date.span):
            return min(LED, len(between)) + said
        return len(between) + 70 * len(_CLAUSE.findall(between)) + (0 if ahead else 15 + 40 * between.count(",")) + said

    def _leads(self, sentence: Sentence, span: Span) -> bool:
        """Whether a date or place stands in the words with which a sentence begins: "At Bangkok in October 2011, ..."."""
        start = lead_end(self.text, sentence)
        if span[0] - start > LONGEST_LEAD:
            return False
        short = span[0] - start <= 6 and self.text[span[1] : span[1] + 1] == ","
        return short or (
            _LEAD.match(self.text, start, sentence.end) is not None and "," not in self.text[start : span[0]]
        )

    def _is_of_thing(self, one: Candidate, start: int) -> bool:
        """Whether a place is where the thing is of which an event is told: "A meeting in Bangkok at which ... was called off"."""
        thing = one.roles.get("thing")
        return thing is not None and one.cue.passive and thing[0] < start <= thing[1] + FARTHEST_OF_THING

    def _place(self, one: Candidate) -> str | None:
        """The place named nearest after "in", "at", "to" in the clause of the cue."""
        found: list[tuple[int, str]] = []
        for (a, b), (what, id_) in self.mentions.beginning(one.sentence.start, one.sentence.end):
            if what != "place" or not one.sentence.start <= a < one.sentence.end:
                continue
            if not _LOCATIVE.search(self.text[max(one.sentence.start, a - 40) : a]):
                continue
            ahead = a >= one.span[1]
            between = self.text[one.span[1] : a] if ahead else self.text[b : one.span[0]]
            far = len(between) + 70 * len(_CLAUSE.findall(between))
            if not ahead:
                led = self._leads(one.sentence, (a, b)) or self._is_of_thing(one, a)
                far = min(LED, far) + 50 if led else far + 50 + 40 * between.count(",")
            found.append((far, id_))
        distance, id_ = min(found, default=(FARTHEST, ""))
        return id_ if distance < FARTHEST_PLACE else None

    def _reason(self, one: Candidate) -> Span | None:
        match = REASON.search(self.text, one.span[1], one.sentence.end)
        if match is None:
            return None
        end = _end_of(self.text, match.end(), one.sentence)
        return (match.end(), end) if end - match.end() > 3 else None


_TAIL = re.compile(r"(?:[\s,]|\b(?:on|in|at|by|from|of|since|early|late|last|this|for|during)\b)+$")
_HEAD = re.compile(r"[\s,]+")


def without_dates(words: Words, span: Span) -> Span:
    """Return a phrase without the dates that it begins or ends with; what follows a date inside it falls too."""
    start, end = span
    for date in words.dates_in(start - 60, end):
        if words.text[date.span[1] : date.span[1] + 1] in ("'", "’"):
            continue
        if date.span[0] - start <= 1 and start < date.span[1] <= end:
            match = _HEAD.match(words.text, date.span[1], end)
            start = match.end() if match else date.span[1]
        elif start < date.span[0] < end:
            match = _TAIL.search(words.text, start, date.span[0])
            if date.span[1] < end - 1 and not (match and match[0].strip()):
                continue  # "a scheduled Thursday meeting"
            end = match.start() if match else date.span[0]
    return (start, end) if start < end else (start, start)


def _end_of(text: str, start: int, sentence: Sentence) -> int:
    """The end of a clause that gives a reason."""
    match = re.compile(r",\s+(?:\w+\s+){0,6}(?:said|reported|according)\b|;\s|[.!?…]*[\"”]?$").search(
        text, start, sentence.end
    )
    return match.start() if match else sentence.end
