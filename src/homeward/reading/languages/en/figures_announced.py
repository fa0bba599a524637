"""Figures that somebody gives out as their own count."""

from __future__ import annotations

import re

from homeward.reading.drafts import EventDraft, Role
from homeward.reading.languages.interface import Words

COUNTS = frozenset(("unaccounted", "accounted", "identified", "individual", "set", "box", "body", "people"))
_STATE = re.compile(
    r"\b(?:unaccounted|accounted|missing|identified|identifications?|holds?\s+(?:up\s+to|as|more|about|nearly|at|\d)|has\s+the\s+remains|believed|estimated?)\b",
    re.IGNORECASE,
)


def announced_figures(words: Words) -> list[EventDraft]:
    """Return an event for each statement in which a party or an official gives a count of missing people or remains."""
    found = []
    for one in words.statements:
        start, end = one.content_span
        counts = [
            q
            for q in words.quantities_in(start, end)
            if q.span[1] <= end + 1 and q.figure_unit in COUNTS and q.low is not None and q.low > 1
        ]
        if (
            not counts
            or one.speaker is None
            or not _STATE.search(words.text, start, end)
            or any(q.qualifier is None and (q.low or 0) < 10 for q in counts[:1])
        ):
            continue
        if not (
            one.rule == "statement:according to"
            or one.act in ("estimated", "announced", "reported")
            or re.search(r"\b(?:unaccounted|missing|accounted)\b", words.text[start:end])
        ):
            continue
        at = words.text.find(one.speaker, *one.span)
        who = {"who": Role(span=(at, at + len(one.speaker)), id=one.speaker_id)} if at >= 0 else {}
        found.append(
            EventDraft(
                span=one.span, confidence=0.65, rule="event:figure in a statement", kind="figure-announced",
                roles={**who, "count": Role(span=counts[0].span, id=counts[0].id)}, date=one.date, polarity="happened",
                cue=counts[0].span, passages=(one.span,), according_to=(one.id,), quantities=tuple(q.id for q in counts),
            )
        )  # fmt: skip
    return found
