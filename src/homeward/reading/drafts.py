"""Drafts: what a document seems to say, each with the words that say it.

`docs/reading.md` says what each key means; the names here are the same.
"""

from __future__ import annotations

from dataclasses import dataclass, field

Span = tuple[int, int]
"""Start and end in the text of the document, in characters; the end is not included."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What every draft has: its words, how far its rule can be trusted, and the rule."""

    id: str = ""
    span: Span
    confidence: float
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DateDraft(Draft):
    """A date as the text gives it, and the days that it can mean."""

    earliest: str | None
    latest: str | None
    edtf: str | None
    precision: str
    basis: str
    alternatives: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonDraft(Draft):
    """A person with all mentions."""

    name: str
    mentions: tuple[Span, ...]
    known: str | None = None
    office: str | None = None
    party: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyDraft(Draft):
    """A party with all mentions."""

    name: str
    mentions: tuple[Span, ...]
    known: str | None = None
    kind: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceDraft(Draft):
    """A place with all mentions."""

    name: str
    mentions: tuple[Span, ...]
    known: str | None = None
    kind: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class QuantityDraft(Draft):
    """A counted claim."""

    low: float | None
    high: float | None
    unit: str
    figure_unit: str
    noun: str
    scope: str | None = None
    qualifier: str | None = None
    as_of: str | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementDraft(Draft):
    """Something that somebody is reported to have said."""

    speaker: str | None
    speaker_id: str | None
    hearer: str | None
    verb: str
    act: str
    form: str
    hedge: str | None
    chain: tuple[str, ...]
    content_span: Span
    date: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """Somebody or something that takes part in an event, by its words; ``id`` of its draft, if it has one."""

    span: Span
    id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EventDraft(Draft):
    """Something that happened, is planned, claimed or denied."""

    kind: str
    roles: dict[str, Role] = field(default_factory=dict)
    points: tuple[Role, ...] = ()
    date: str | None = None
    place: str | None = None
    polarity: str = "happened"
    reason: Span | None = None
    cue: Span
    according_to: tuple[str, ...] = ()
    quantities: tuple[str, ...] = ()
    passages: tuple[Span, ...] = ()
