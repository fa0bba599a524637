"""What a draft would become in the record: the columns of a new row, as its form takes them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from homeward.core.dates import NotADate, PartialDate, parse_date
from homeward.web.journal.fields import MAX_CODE, PartialDateField
from homeward.web.journal.recorded import content_fields, links, nouns
from homeward.web.review.event_proposals import event_columns
from homeward.web.review.models import Draft, DraftKind
from homeward.web.review.surroundings import Surroundings
from homeward.web.sources.documents import Document
from homeward.web.sources.linked_rows import NamedRow
from homeward.web.sources.passages import find_passage

QUALIFIERS = {
    None: "exact",
    "exactly": "exact",
    "about": "about",
    "nearly": "nearly",
    "more than": "more",
    "at least": "at-least",
    "up to": "up-to",
    "between": "between",
}
"""The record's qualifier of each of the reader's; 'fewer than' has none and is left to a person."""
LONGEST_LINE = 300
LONGEST_HEDGE = 120
LONGEST_LINK = 300
NOT_SHOWN = frozenset({"document", "passage", "grade", "known_on", "claim", "text", "content"})
"""Columns of a proposal that are not listed beside its words."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A row that a draft would become.

    noun: of the record; empty where the draft can only be linked or rejected, with the reason in ``instead``.
    columns: texts by column. passage: the words that prove it, as they stand in the original.
    passed_on: who passed a statement on, the one nearest to the speaker first.
    """

    noun: str
    columns: Mapping[str, str] = field(default_factory=dict)
    passage: str = ""
    passed_on: Sequence[str] = ()
    instead: str = ""


def proposal_of(draft: Draft, document: Document, around: Surroundings) -> Proposal:
    """Return what a draft proposes, with what the record and the other drafts add to it.

    Parameters
    ----------
    draft : Draft
        Of this document.
    document : Document
        With its original's text.
    around : Surroundings
        What the record holds near it.
    """
    when = date_of(draft, document)
    passage = passage_of(draft, document)
    from_document = {
        "document": document.code,
        "passage": passage,
        "grade": document.grade,
        "known_on": document.known_on.isoformat(),
    }
    if draft.kind == DraftKind.STATEMENT:
        columns = {**from_document, **_statement(draft, around), "said": when.text}
        return Proposal("statement", columns, passage, _passed_on(draft))
    if draft.kind == DraftKind.FIGURE:
        return Proposal("figure", {**from_document, **_figure(draft, around), "counted": when.text}, passage)
    noun, columns, instead = event_columns(draft, document, when, around)
    known = {"known_on": document.known_on.isoformat()} if noun else {}
    return Proposal(noun, {**columns, **known}, passage, instead=instead)


def date_of(draft: Draft, document: Document) -> PartialDate:
    """Return the date that a draft tells of: the one in its words, else when the document was published."""
    published: PartialDate = document.published
    text = draft.said("date_edtf")
    try:
        found = parse_date(text) if text else published
    except NotADate:
        return published
    told_before = draft.kind == DraftKind.EVENT or found.earliest <= published.latest
    return found if told_before else published


def passage_of(draft: Draft, document: Document) -> str:
    """Return the words of a draft as they can be found in the original: all of them, else what is said."""
    text = document.text
    for words in (str(draft), draft.said("content") or ""):
        if words and text and (span := find_passage(words, text)):
            return text[slice(*span)]
    return str(draft)


def _statement(draft: Draft, around: Surroundings) -> dict[str, str]:
    """The columns of a statement."""
    named = draft.said("speaker_named") or {}
    known, what = around.code_of(named), named.get("what")
    speaker = draft.said("speaker") or ""
    content = draft.said("content") or str(draft)
    # 'Two officials' speak for the party that the words lead to, but are not it; 'the State Department' is.
    is_named = bool(known) and (what == "person" or _is_name(speaker, named["name"]))
    return {
        "speaker": known if known and what == "person" else "",
        "party": around.party_of(named),
        "speaker_described": "" if is_named else speaker[:LONGEST_LINE],
        "hearer": (draft.said("hearer") or "")[:LONGEST_LINE],
        "act": draft.said("act") or "",
        "hedge": (draft.said("hedge") or "")[:LONGEST_HEDGE],
        "claim": f"“{content}”" if draft.said("form") == "direct" else content[:1].upper() + content[1:],
    }


def _is_name(words: str, name: str) -> bool:
    """Whether words are a name and nothing but the name."""
    return words.casefold().removeprefix("the ") == name.casefold().removeprefix("the ")


def _passed_on(draft: Draft) -> Sequence[str]:
    """The chain of a statement without its speaker."""
    chain = draft.said("chain") or []
    links = chain[1:] if chain and chain[0] == draft.said("speaker") else chain
    return [link[:LONGEST_LINK] for link in links]


def _figure(draft: Draft, around: Surroundings) -> dict[str, str]:
    """The columns of a figure."""
    low, high = draft.said("low"), draft.said("high")
    series = around.series_of(draft)
    statement, asserter = around.said_in(draft)
    return {
        "series": series.code if series is not None else "",
        "statement": statement[:MAX_CODE],
        "asserter": asserter[:MAX_CODE],
        "low": "" if low is None else str(low),
        "high": "" if high is None else str(high),
        "qualifier": QUALIFIERS.get(draft.said("qualifier"), ""),
        "unit": draft.said("figure_unit") or "",
        "scope": (draft.said("scope") or (series.scope if series is not None else ""))[:LONGEST_LINE],
    }


def rows_named_in(proposal: Proposal) -> list[str]:
    """Return the references of the rows that a proposal points to."""
    pointing = links(nouns()[proposal.noun]) if proposal.noun else {}
    return [f"{pointing[name].noun()}:{code}" for name, code in proposal.columns.items() if code and name in pointing]


def columns_shown(proposal: Proposal, names: Mapping[str, NamedRow]) -> list[tuple[str, str | NamedRow]]:
    """Return what a proposal says that its passage does not show by itself, in words; rows by their names."""
    shown: list[tuple[str, str | NamedRow]] = []
    if not proposal.noun:
        return shown
    pointing = links(nouns()[proposal.noun])
    for column in content_fields(nouns()[proposal.noun]):
        value = proposal.columns.get(column.name)
        if not value or column.name in NOT_SHOWN:
            continue
        words: str | NamedRow = dict(column.flatchoices).get(value, value)
        if column.name in pointing:
            words = names.get(f"{pointing[column.name].noun()}:{value}", value)
        elif isinstance(column, PartialDateField):
            words = parse_date(value).words
        shown.append((str(column.verbose_name), words))
    return shown
