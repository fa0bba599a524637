"""Figures of missing people, remains and identifications that somebody gives out, or that a page gives as its own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from homeward.reading.drafts import EventDraft, QuantityDraft, Role, StatementDraft
from homeward.reading.languages.interface import Words
from homeward.reading.text.sentences import Sentence
from homeward.reading.text.spans import Spans

COUNTS = frozenset(("unaccounted", "accounted", "identified", "individual", "set", "box", "body", "people"))
LEAST = 10
"""A smaller number without a qualifier is no figure of a whole war or place."""
_STATE = re.compile(
    r"\b(?:unaccounted|accounted|missing|unidentified|identified|identifications?|h[eo]lds?|contain(?:s|ed)?|has\s+the\s+remains|believed|estimated?|represent(?:s|ed)?|"
    r"were\s+killed|lost\s+their\s+lives|kept|buried|interred|never\s+(?:been\s+)?(?:found|recovered|returned|came\s+home|come\s+home)|still\s+(?:l(?:ie|ying)|waiting)|disappeared)\b",
    re.IGNORECASE,
)
_OWN = re.compile(
    r"\b(?:are|is|were|was|remain(?:s|ed)?|still|stands?\s+at)\s+(?:(?:still|then|now|listed\s+as|considered|yet)\s+)*(?:unaccounted|missing|to\s+be\s+identified)\b|"
    r"\bnumber\s+of\s+(?:\w+\s+)?(?:missing|identified|unaccounted)\b",
    re.IGNORECASE,
)


def announced_figures(words: Words) -> list[EventDraft]:
    """Return an event for each statement that gives such a count, and for each sentence in which the page itself does."""
    contents = Spans((one.span, one) for one in words.statements)
    own = [
        draft
        for sentence in words.sentences
        if sentence.start >= words.body_start and not contents.overlapping(sentence.start, sentence.end)
        for draft in _of_page(words, sentence)
    ]
    said: dict[tuple[int, int], EventDraft] = {}
    for one in sorted(words.statements, key=lambda statement: statement.content_span[1] - statement.content_span[0]):
        for draft in _of_statement(words, one):
            said.setdefault(draft.cue, draft)
    return [*said.values(), *own]


def _counts(words: Words, start: int, end: int) -> list[QuantityDraft]:
    return [
        q
        for q in words.quantities_in(start, end)
        if q.span[1] <= end + 1
        and q.figure_unit in COUNTS
        and q.low is not None
        and q.low > 1
        and (q.qualifier is not None or q.low >= LEAST)
    ]


def _of_statement(words: Words, one: StatementDraft) -> Iterator[EventDraft]:
    """A figure in what somebody says."""
    counts = _counts(words, *one.content_span)
    of_state = one.rule == "statement:counts" or _STATE.search(words.text, *one.content_span)
    if not counts or one.speaker is None or not of_state:
        return
    at = words.text.find(one.speaker, *one.span)
    who = {"who": Role(span=(at, at + len(one.speaker)), id=one.speaker_id)} if at >= 0 else {}
    yield EventDraft(
        span=one.span, confidence=0.65, rule="event:figure in a statement", kind="figure-announced",
        roles={**who, "count": Role(span=counts[0].span, id=counts[0].id)}, date=one.date, polarity="happened",
        cue=counts[0].span, passages=(one.span,), according_to=(one.id,), quantities=tuple(q.id for q in counts),
    )  # fmt: skip


def _of_page(words: Words, sentence: Sentence) -> Iterator[EventDraft]:
    """A figure that the page gives without saying whose it is."""
    counts = _counts(words, sentence.start, sentence.end)
    if not counts or not _OWN.search(words.text, sentence.start, sentence.end):
        return
    span = (sentence.start, sentence.end)
    yield EventDraft(
        span=span, confidence=0.5, rule="event:figure of the page", kind="figure-announced",
        roles={"count": Role(span=counts[0].span, id=counts[0].id)}, date=counts[0].as_of, polarity="happened",
        cue=counts[0].span, passages=(span,), quantities=tuple(q.id for q in counts),
    )  # fmt: skip
