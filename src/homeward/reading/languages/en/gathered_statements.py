"""The statements of an English text as they are gathered: each with its span, its chain and its date."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from homeward.reading.drafts import Span, StatementDraft
from homeward.reading.languages.en.datelines import lead_end
from homeward.reading.languages.en.event_parts import without_dates
from homeward.reading.languages.en.quotations import Quotation, n_words, quotations
from homeward.reading.languages.en.speakers import Speakers
from homeward.reading.languages.en.stretches import end_of, trimmed
from homeward.reading.languages.en.words import Saying
from homeward.reading.languages.interface import Words
from homeward.reading.text.sentences import Sentence
from homeward.reading.text.spans import Spans

HEDGE = re.compile(
    r"\b(?:apparently|reportedly|allegedly|purportedly|presumably|supposedly|likely|unlikely|probably|possibly|perhaps|maybe|may\s+have|might(?:\s+have)?|could\s+have|appears?\s+to|appeared\s+to|"
    r"seems?\s+to|seemed\s+to|is\s+believed\s+to|are\s+believed\s+to|is\s+thought\s+to|are\s+thought\s+to|believed\s+to\s+be|thought\s+to\s+be|optimistic|hopeful|not\s+clear|unclear|or\s+in\s+the\s+process|on\s+or\s+about)\b",
    re.IGNORECASE,
)
SHORTEST_QUOTE = 4
"""Words; shorter ones in quotation marks are names, or words that the writer keeps at a distance."""
_PRONOUN = re.compile(
    r"(?:it|this|that|so|them|him|her|everything|all\s+of\s+(?:it|this|that))(?:\s*[,;.]|\s+(?:and|but|down|up|again|to)\b|$)"
)
_OF_THINGS = frozenset(
    ("promised", "promise", "promises", "promising", "added", "adds", "adding", "offered", "confirmed")
)
_THING = re.compile(
    r"(?:an?|the|its|their|his|her|some|more|another|\$?\d[\d.,]*)\s+(?:[\w$.,-]+\s+){0,4}?(?:million|billion|answer|money|funds?|help|support|agenda|further|more|report|copy|list|details?|work|date)\b|\$"
)
_TELLING = frozenset(("recalled", "told", "remembered", "recounted", "explained"))
_MANNER = re.compile(
    r"(?:over|at|in|from|during|by|with|through)\s+(?!(?:his|her|their|the|a|an)\s+\w+\s+(?:was|were|is|are|had|has)\b)"
)
_MODAL = re.compile(r"\b(?:can|could|should|would|must|may|will|let\s+me)\b", re.IGNORECASE)
_CITING = re.compile(r",\s+(?:citing|quoting)\s+(?P<who>[^,]{3,80}),")


@dataclass(frozen=True, slots=True)
class Attribution:
    """Words that say who said something: all of them, the speaker, the verb, the hearer."""

    span: Span
    speaker: Span | None
    verb: str
    saying: Saying
    hearer: Span | None
    rule: str
    confidence: float
    at: int = -1


class Gathered:
    """Statements found so far, and where words stand in quotation marks."""

    def __init__(self, words: Words) -> None:
        self.words, self.text = words, words.text
        self.quotes = Spans((one.span, one) for one in quotations(words.text))
        self.speakers = Speakers(words)
        self.found: list[StatementDraft] = []
        self.used: set[Span] = set()
        self.last_form: Attribution | None = None

    def _add(self, sentence: Sentence, form: Attribution, content: Span, hedge: str | None = None) -> None:
        content = trimmed(self.text, content)
        direct = self._is_direct(content)
        if content[1] - content[0] < 2 or (
            not direct and n_words(self.text, content) < (1 if form.saying.act == "denied" else 3)
        ):
            return
        if not direct and self._says_nothing(form, content):
            return
        span = (
            min(form.span[0], content[0] - (1 if direct else 0)),
            max(form.span[1], content[1] + (1 if direct else 0)),
        )
        span = (max(span[0], 0), min(span[1], len(self.text)))
        if form.speaker:
            self.speakers.spoke(form.speaker)
            self.last_form = form
        speaker = self.speakers.words_for(form.speaker) if form.speaker else None
        hearer = self.text[slice(*form.hearer)] if form.hearer else None
        self.found.append(
            StatementDraft(
                span=trimmed(self.text, span),
                confidence=form.confidence,
                rule=form.rule,
                speaker=speaker,
                speaker_id=self.speakers.id_of(form.speaker) if form.speaker else None,
                hearer=hearer,
                verb=form.verb,
                act=form.saying.act,
                form="direct" if direct else "indirect",
                hedge=hedge or hedge_of(self.text, content),
                chain=(*self._cited(sentence, content), *self._carried(form.speaker, form.hearer)),
                content_span=content,
                date=self._date(sentence, form, content),
            )
        )

    def _says_nothing(self, form: Attribution, content: Span) -> bool:
        """Whether what follows a verb is no speech: a thing that was promised or added, a manner of telling, "I can say"."""
        words = self.text[slice(*content)]
        is_clause = self.text[max(0, content[0] - 8) : content[0]].rstrip().endswith(" that")
        speaker = self.text[slice(*form.speaker)] if form.speaker else ""
        before = self.text[form.speaker[1] : form.at] if form.speaker and form.speaker[1] <= form.at else ""
        return (
            _PRONOUN.match(words) is not None
            or (form.verb in _OF_THINGS and not is_clause and _THING.match(words) is not None)
            or (form.verb in _TELLING and _MANNER.match(words) is not None)
            or (speaker in ("I", "We") and _MODAL.search(before) is not None)
        )

    def _carried(self, speaker: Span | None, hearer: Span | None) -> list[str]:
        """The speaker, and the press to whom it was told."""
        chain = [self.speakers.name_of(speaker)] if speaker else []
        press = self.speakers.press(hearer) if hearer else None
        return [*chain, press] if press else chain

    def _cited(self, sentence: Sentence, content: Span) -> list[str]:
        """The source that a report cites: "Yonhap reported, citing an official, that ..."."""
        match = _CITING.search(self.text, sentence.start, sentence.end)
        return [match["who"]] if match and not content[0] < match.start() < content[1] - 60 else []

    def _chain(self, one: StatementDraft, others: Sequence[StatementDraft]) -> tuple[str, ...]:
        """The chain of a statement, with those of the statements inside whose content it stands."""
        chain = list(one.chain)
        for other in sorted(others, key=lambda two: two.content_span[1] - two.content_span[0]):
            inside = (
                other is not one
                and other.content_span[0] <= one.span[0]
                and one.span[1] <= other.content_span[1] + 1
                and other.content_span != one.content_span
            )
            if inside:
                chain += [name for name in other.chain if name not in chain]
        return tuple(chain)

    def _date(self, sentence: Sentence, form: Attribution, content: Span) -> str | None:
        """A date in the words that attribute, outside of what was said."""
        for date in self.words.dates_in(sentence.start, sentence.end):
            inside = sentence.start <= date.span[0] < sentence.end
            if form.speaker and form.speaker[1] <= date.span[0] < form.at:
                continue
            if (
                inside
                and not content[0] <= date.span[0] < content[1]
                and form.span[0] - 30 <= date.span[0] <= form.span[1] + 30
            ):
                return date.id
        return None

    def _is_direct(self, content: Span) -> bool:
        return any(
            quote.inside[0] <= content[0] and content[1] <= quote.inside[1]
            for _, quote in self.quotes.overlapping(*content)
        )

    def _in_quote(self, position: int) -> bool:
        return any(
            quote.inside[0] <= position < quote.inside[1]
            for _, quote in self.quotes.overlapping(position, position + 1)
            if n_words(self.text, quote.inside) >= SHORTEST_QUOTE
        )

    def _quote_before(self, position: int, sentence: Sentence) -> Quotation | None:
        """The last quotation that ends before a place in the sentence, or asks just before it, and is long enough to be speech."""
        ended = [
            one
            for _, one in self.quotes.overlapping(sentence.start - 2, position + 1)
            if one.span[1] <= position + 1
            and n_words(self.text, one.inside) >= 2
            and (one.span[1] > sentence.start or self.text[one.inside[1] - 1] in "?!")
        ]
        return ended[-1] if ended else None

    def _clause_start(self, sentence: Sentence, at: int) -> int:
        """Where the clause begins that ends before "according to": the sentence, or what follows a semicolon."""
        semicolon = self.text.rfind("; ", sentence.start, at)
        return max(lead_end(self.text, sentence), semicolon + 2 if semicolon >= 0 else 0)

    def _clause_end(self, sentence: Sentence, at: int) -> int:
        match = re.compile(r"[,;]\s|\s[—–]\s").search(self.text, at, sentence.end)
        return match.start() if match else end_of(self.text, sentence)


def hedge_of(text: str, content: Span) -> str | None:
    """Return the words that weaken what is said, if there are any."""
    match = HEDGE.search(text, *content)
    return match[0] if match else None


def without_date(span: Span, words: Words) -> Span:
    """A phrase without the day that stands in it: "told reporters Thursday", "Pence on Wednesday"."""
    return without_dates(words, span)
