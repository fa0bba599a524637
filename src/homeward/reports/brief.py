"""The brief on a party: what a principal must know before a meeting, on two pages."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from datetime import date
from functools import cache
from importlib.resources import files

import typst

PAGES = 2
TEXT_SIZES_PT = (9.5, 9.0, 8.5, 8.0, 7.5)
"""Tried in this order until the brief fits its two pages."""


@dataclass(frozen=True, slots=True)
class CommitmentLine:
    """Where a point of an agreement stands, and what in the books shows it."""

    agreement: str
    number: int
    name: str
    state: str
    reason: str
    sources: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class MeetingLine:
    """A meeting, when it was or was to be, at what level, and what became of it."""

    name: str
    when: str
    level: str
    became: str
    detail: str = ""
    missed: bool = False
    sources: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer to a question: who gave it, when, what the books say to it, and where it stands."""

    answer: str
    who: str
    when: str
    verdict: str = ""
    sources: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class SaidLine:
    """A question to which sources give different answers, and what the books show."""

    question: str
    answers: tuple[Answer, ...]
    books: str = ""


@dataclass(frozen=True, slots=True)
class FigureLine:
    """A counted claim as it stands: the value to use and why, and the range of what others published."""

    name: str
    value: str
    as_of: str
    rule: str
    others: str
    why: str
    sources: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class DealingLine:
    """A handover, an operation, a delivery or a request, and where it stands."""

    name: str
    when: str
    state: str
    detail: str = ""
    sources: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A source, by the number that the brief refers to it with."""

    number: int
    code: str
    headline: str
    publisher: str
    published: str
    grade: str


@dataclass(frozen=True, slots=True)
class Brief:
    """All that a brief says. ``on``: as things stood; ``known``: from what was known on that day.

    left_out: for each section that was shortened, how many lines more the record holds.
    """

    party: str
    party_short: str
    on: date
    known: date
    made_on: date
    version: str
    commitments: tuple[CommitmentLine, ...] = ()
    next_meetings: tuple[MeetingLine, ...] = ()
    past_meetings: tuple[MeetingLine, ...] = ()
    said: tuple[SaidLine, ...] = ()
    works: tuple[DealingLine, ...] = ()
    figures: tuple[FigureLine, ...] = ()
    requests: tuple[DealingLine, ...] = ()
    sources: tuple[SourceLine, ...] = ()
    left_out: dict[str, int] = field(default_factory=dict)


def brief_document(brief: Brief) -> dict[str, object]:
    """Return a brief as JSON can hold it; dates as YYYY-MM-DD."""
    document: dict[str, object] = json.loads(json.dumps(asdict(brief), default=date.isoformat))
    return document


def brief_pdf(brief: Brief) -> bytes:
    """Return a brief as PDF, A4, two pages; the type is made smaller where the content asks for it.

    Content beyond two pages at the smallest size runs on to further pages: nothing is cut off.
    """
    inputs = {"brief": json.dumps(brief_document(brief) | {"on_words": day_words(brief.on)} | _words(brief))}
    for size in TEXT_SIZES_PT:
        inputs["size"] = str(size)
        if _page_count(inputs) <= PAGES:
            break
    return typst.compile(_template(), sys_inputs=inputs)


def day_words(day: date) -> str:
    """Return a day as it is written in a sentence."""
    return f"{day.day} {day:%B %Y}"


def _words(brief: Brief) -> dict[str, str]:
    """The days of a brief in words."""
    return {"known_words": day_words(brief.known), "made_words": day_words(brief.made_on)}


def _page_count(inputs: dict[str, str]) -> int:
    """How many pages the brief would have."""
    found = json.loads(typst.query(_template(), "<pages>", field="value", one=True, sys_inputs=inputs))
    return int(found)


@cache
def _template() -> bytes:
    """The Typst source of the brief."""
    return (files("homeward.reports") / "templates" / "brief.typ").read_bytes()
