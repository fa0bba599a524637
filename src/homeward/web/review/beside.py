"""What the record already says about what a draft says, and whether the two agree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from urllib.parse import urlencode

from django.urls import reverse

from homeward.core.dates import parse_date
from homeward.web.review.event_proposals import CHANGES
from homeward.web.review.models import Draft, DraftKind
from homeward.web.review.proposals import Proposal, date_of
from homeward.web.review.surroundings import Surroundings, same_passage, words_in
from homeward.web.sources.differences import NO_RULES, TRUE_CONTRADICTION, covers, explain_difference
from homeward.web.sources.documents import Document
from homeward.web.sources.figures import Figure
from homeward.web.sources.passages import find_passage
from homeward.web.sources.statements import Statement

MOST = 3
"""Rows that are shown beside one draft."""
AGREES, DIFFERS, DISAGREES, ALSO, TAKEN = "agrees", "differs", "disagrees", "also", "taken"
OPPOSITES = {
    ("held", "missed"),
    ("held", "cancelled"),
    ("missed", "held"),
    ("cancelled", "held"),
    ("missed", "cancelled"),
}
"""What cannot both have become of one meeting on one day."""
LONGEST_QUESTION = 300


@dataclass(frozen=True, slots=True)
class Beside:
    """A row of the record beside a draft: how the two stand to each other, in words, and the reasons.

    relation: ``agrees``, ``differs`` (both may be true), ``disagrees`` (both cannot), ``also`` (said by the same at the
    same time; a person must compare them), ``taken`` (from these words of this document already).
    """

    relation: str
    words: str
    address: str
    reasons: Sequence[str] = ()
    conflict: str = ""


def beside(draft: Draft, proposal: Proposal, document: Document, around: Surroundings) -> list[Beside]:
    """Return what the record holds about a draft, what was taken from the same words first."""
    span = find_passage(proposal.passage, document.text) if document.text else None
    model = {DraftKind.STATEMENT: Statement, DraftKind.FIGURE: Figure}.get(DraftKind(draft.kind))
    found = [
        Beside(TAKEN, row.title, row.get_absolute_url())
        for row in same_passage(around.taken, span)
        if model is not None and isinstance(row, model) and row.reference != draft.row
    ]
    if draft.kind == DraftKind.STATEMENT:
        found += _statements(draft, proposal, document, around)
    elif draft.kind == DraftKind.FIGURE:
        found += _figures(proposal, document, around)
    else:
        found += _changes(draft, document, around)
    return found[:MOST]


def _statements(draft: Draft, proposal: Proposal, document: Document, around: Surroundings) -> list[Beside]:
    """What the same person, or the same party through nobody named, said on those days elsewhere; the likest first."""
    when = date_of(draft, document)
    speaker, party = proposal.columns.get("speaker"), proposal.columns.get("party")
    claim = words_in(proposal.columns["claim"])
    near = [
        row
        for row in around.statements
        if row.said.overlaps(when) and (speaker or party)
        if row.speaker_id == (speaker or None) and (speaker or row.party_id == party)
    ]
    near.sort(key=lambda row: -len(claim & words_in(row.claim)))
    return [
        Beside(
            AGREES if _same_words(row.claim, proposal.columns["claim"]) else ALSO,
            f"{row.speaker or row.speaker_described or row.party}, {row.said.words}: {row.claim}",
            row.get_absolute_url(),
            [f"In “{row.document.headline}”, {row.document.publisher}."],
        )
        for row in near
    ]


def _figures(proposal: Proposal, document: Document, around: Surroundings) -> list[Beside]:
    """The figures of the same series, those of the nearest days first, and why they differ."""
    figure = _as_figure(proposal, document)
    if figure is None:
        return []
    others = [row for row in around.figures.get(figure.series_id, ()) if row.document_id != document.code]
    others.sort(key=lambda row: abs(row.counted.earliest - figure.counted.earliest))
    found = []
    for row in others:
        reasons = explain_difference(figure, row)
        same = (row.low, row.high) == (figure.low, figure.high)
        if same or covers(figure, row) or covers(row, figure):
            relation = AGREES
        else:
            relation = DISAGREES if reasons[0] in (NO_RULES, TRUE_CONTRADICTION) else DIFFERS
        # Whether two scopes in other words are the same is for a person to say.
        may_clash = relation == DISAGREES or (relation == DIFFERS and row.counted.overlaps(figure.counted))
        words = f"{row.words} {row.get_unit_display()}, {row.counted.words}, in “{row.document.headline}”"
        conflict = _conflict(f"How many: {row.scope}, {row.counted.words}?", f"series:{row.series_id}")
        address = row.get_absolute_url()
        found.append(Beside(relation, words, address, reasons, conflict if may_clash else ""))
    return found


def _as_figure(proposal: Proposal, document: Document) -> Figure | None:
    """The figure that a draft would become, not in the record; ``None`` while its series or its number is not known."""
    columns = proposal.columns
    try:
        low, high = Decimal(columns["low"]), Decimal(columns["high"])
    except InvalidOperation:
        return None
    if not columns["series"]:
        return None
    return Figure(
        series_id=columns["series"],
        document=document,
        low=low,
        high=high,
        qualifier=columns["qualifier"],
        unit=columns["unit"],
        scope=columns["scope"],
        counted=parse_date(columns["counted"]),
    )


def _changes(draft: Draft, document: Document, around: Surroundings) -> list[Beside]:
    """What the books say of the things that the event may be about."""
    becomes = CHANGES.get(str(draft.said("kind")))
    noun = becomes.subject if becomes else "handover" if draft.said("kind") == "handover" else ""
    near = around.subjects_near(draft, noun) if noun else []
    when = date_of(draft, document)
    found = []
    for subject in near:
        for change in around.changes.get(noun, ()):
            if getattr(change, f"{noun}_id") != subject.code:
                continue
            says = becomes.kind if becomes else "received"
            same_day = change.happened.overlaps(when)
            relation = ALSO
            if change.kind == says and (same_day or (getattr(change, "scheduled", None) or when).overlaps(when)):
                relation = AGREES if draft.said("polarity") != "denied" else DISAGREES
            elif same_day and (says, change.kind) in OPPOSITES:
                relation = DISAGREES
            words = f"{subject.title}: {change.title}"
            conflict = _conflict(f"What became of {subject.title}, {when.words}?", subject.reference)
            shown = conflict if relation == DISAGREES else ""
            found.append(Beside(relation, words, subject.get_absolute_url(), conflict=shown))
    return sorted(found, key=lambda one: [DISAGREES, AGREES, ALSO].index(one.relation))


def _conflict(question: str, about: str) -> str:
    """The address of the form of a new conflict, with the question filled in."""
    query = urlencode({"question": question[:LONGEST_QUESTION], "about": about})
    return f"{reverse('record:new', args=['conflict'])}?{query}"


def _same_words(one: str, other: str) -> bool:
    """Whether two claims are put in the same words."""
    plain = [" ".join(text.strip("“”\"'. ").casefold().split()) for text in (one, other)]
    return plain[0] == plain[1]
