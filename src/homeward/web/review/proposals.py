"""What a draft would become in the record: the columns of a new row, as its form takes them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from homeward.core.dates import PartialDate, parse_date
from homeward.web.journal.fields import PartialDateField, ReferenceField
from homeward.web.journal.recorded import Recorded, content_fields, links, nouns
from homeward.web.review.counted import figure_columns, result_of
from homeward.web.review.draft_dates import date_of
from homeward.web.review.event_proposals import event_row
from homeward.web.review.models import Draft, DraftKind
from homeward.web.review.surroundings import Surroundings
from homeward.web.sources.documents import Document
from homeward.web.sources.linked_rows import NamedRow
from homeward.web.sources.passages import find_passage

LONGEST_LINE = 300
LONGEST_HEDGE = 120
LONGEST_LINK = 300
NOT_SHOWN = frozenset({"document", "passage", "grade", "known_on", "claim", "text", "content", "summary"})
"""Columns of a proposal that are not listed beside its words."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A row that a draft would become.

    noun: of the record; empty where the draft can only be linked or rejected, with the reason in ``instead``.
    columns: texts by column. must: those that must not be empty though the form would do without them.
    passage: the words that prove it, as they stand in the original; locator: the page or paragraph where they stand.
    also: the other passages that tell of an event, as far as they stand in the original.
    passed_on: who passed a statement on, the one nearest to the speaker first.
    figures: quantities that are entered with it, each with the figure that it would become. same: other drafts that
    become this row too.
    """

    noun: str
    columns: Mapping[str, str] = field(default_factory=dict)
    passage: str = ""
    locator: str = ""
    also: Sequence[str] = ()
    passed_on: Sequence[str] = ()
    instead: str = ""
    must: frozenset[str] = frozenset()
    figures: Sequence[tuple[Draft, Proposal]] = ()
    same: Sequence[Draft] = ()


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
    passage, locator = passage_of(draft, document), str(draft.said("locator") or "")
    from_document = {
        "document": document.code,
        "passage": passage,
        "locator": locator,
        "grade": document.grade,
        "known_on": document.known_on.isoformat(),
    }
    if draft.kind == DraftKind.STATEMENT:
        columns = {**from_document, **_statement(draft, around), "said": when.text}
        return Proposal("statement", columns, passage, locator, passed_on=_passed_on(draft))
    if draft.kind == DraftKind.FIGURE:
        columns = {**from_document, **figure_columns(draft, when, around)}
        event = result_of(draft, around)
        same = [event] if event is not None and event.is_open and columns["about"] else []
        return Proposal("figure", columns, passage, locator, same=same)
    row = event_row(draft, document, when, around)
    given = from_document if row.noun == "figure" else {"known_on": from_document["known_on"]} if row.noun else {}
    return Proposal(
        row.noun,
        {**row.columns, **given},
        passage,
        locator,
        _also_told(draft, document),
        instead=row.instead,
        must=row.must,
        figures=[
            (one, _about_event(one, row.columns, when, from_document, around)) for one in row.figures if one.is_open
        ],
        same=[one for one in row.same if one.is_open],
    )


def _also_told(draft: Draft, document: Document) -> list[str]:
    """The other passages of an event, in the words of the original."""
    text, spans = document.text, (find_passage(words, document.text) for words in draft.also_told)
    return [text[slice(*span)] for span in spans if span is not None]


def _about_event(
    draft: Draft, event: Mapping[str, str], when: PartialDate, from_document: Mapping[str, str], around: Surroundings
) -> Proposal:
    """The figure that is entered together with an event; it is about the same row, or else about the event itself."""
    columns = {
        **from_document,
        **figure_columns(draft, when, around),
        "about": event.get("about", ""),
    }
    return Proposal("figure", columns, from_document["passage"], from_document["locator"])


def passage_of(draft: Draft, document: Document) -> str:
    """Return the words of a draft as they can be found in the original: all, else what is said, else one paragraph."""
    text = document.text
    for words in (str(draft), draft.said("content") or "", *str(draft).split("\n")):
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


def rows_named_in(proposal: Proposal) -> list[str]:
    """Return the references of the rows that a proposal points to."""
    if not proposal.noun:
        return []
    model = nouns()[proposal.noun]
    pointed_to = (_pointed_to(model, name, value) for name, value in proposal.columns.items() if value)
    return list(filter(None, pointed_to))


def _pointed_to(model: type[Recorded], column: str, value: str) -> str:
    """The reference of the row that a column points to; empty if it points to none."""
    if column in links(model):
        return f"{links(model)[column].noun()}:{value}"
    return value if isinstance(model._meta.get_field(column), ReferenceField) else ""


def columns_shown(proposal: Proposal, names: Mapping[str, NamedRow]) -> list[tuple[str, str | NamedRow]]:
    """Return what a proposal says that its passage does not show by itself, in words; rows by their names."""
    shown: list[tuple[str, str | NamedRow]] = []
    if not proposal.noun:
        return shown
    model = nouns()[proposal.noun]
    for column in content_fields(model):
        value = proposal.columns.get(column.name)
        if not value or column.name in NOT_SHOWN:
            continue
        words: str | NamedRow = dict(column.flatchoices).get(value, value)
        if reference := _pointed_to(model, column.name, value):
            words = names.get(reference, value)
        elif isinstance(column, PartialDateField):
            words = parse_date(value).words
        shown.append((str(column.verbose_name), words))
    return shown
