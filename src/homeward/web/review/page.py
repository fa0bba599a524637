"""The page of a review: the text with its drafts marked, and each draft with what can be done with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from homeward.web.accounts.models import User
from homeward.web.journal.reader import Reader
from homeward.web.journal.recorded import nouns
from homeward.web.pages.forms import row_form
from homeward.web.review.beside import beside
from homeward.web.review.counted_beside import figures_of
from homeward.web.review.models import Draft, DraftKind, DraftState, Reading, Step
from homeward.web.review.proposals import Proposal, columns_shown, proposal_of, rows_named_in
from homeward.web.review.relations import ADDS, AGREES, DIFFERS, DISAGREES, TAKEN, Beside, standing
from homeward.web.review.surroundings import Surroundings, surroundings_of
from homeward.web.review.taking import whole_figures
from homeward.web.sources.documents import Document
from homeward.web.sources.figures import Figure
from homeward.web.sources.linked_rows import NamedRow, named_rows
from homeward.web.sources.marked_text import Mark, mark_text, parts_of

Says = Sequence[tuple[str, str | NamedRow]]
"""What a row would say, column by column, in words."""
PART_LENGTH = 15_000
"""Characters of a text whose drafts one page shows."""


_SORTS = {DISAGREES: (DISAGREES,), DIFFERS: (DIFFERS,), AGREES: (AGREES, TAKEN), ADDS: (ADDS,)}
_WORDS_OF_SORT = {
    DISAGREES: "disagrees at",
    DIFFERS: "differs at",
    AGREES: "agrees at",
    ADDS: "adds something at",
}
"""How drafts stand to the record, as the page counts them."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A draft on the page; its number is the one in the text.

    also_told: where else in the text the same event is told of, with the words there. with_it: the figures that are
    entered with it. lacking: labels of what must be said before it can be accepted. may_take: whether the user may
    enter such a row. became: the row that it became. step: what was done with it last.
    """

    number: int
    draft: Draft
    proposal: Proposal
    says: Says
    also_told: Sequence[tuple[int, str]]
    with_it: Sequence[Says]
    beside: Sequence[Beside]
    lacking: Sequence[str]
    may_take: bool
    became: NamedRow | None
    step: Step | None

    @property
    def is_held(self) -> bool:
        """Whether the record has it already: from the same words, or, for an event, from whatever source."""
        relations = {held.relation for held in self.beside}
        is_in_books = self.draft.kind == DraftKind.EVENT and self.proposal.noun != Figure.noun()
        return TAKEN in relations or (is_in_books and AGREES in relations)

    @property
    def standing(self) -> str:
        """How it stands to what the record holds: whether it disagrees, differs, agrees, adds or was taken before."""
        return standing(self.beside)

    @property
    def can_accept(self) -> bool:
        """Whether one key is enough to take it into the record."""
        return self.draft.is_open and self.may_take and not self.lacking and not self.is_held

    @property
    def numbers_left(self) -> Sequence[Draft]:
        """The numbers of an event that are completed as drafts of their own, as something is missing for them."""
        whole = [draft for draft, _ in whole_figures(self.proposal)]
        return [draft for draft, _ in self.proposal.figures if draft not in whole]

    @property
    def happening(self) -> str:
        """What happened, for an event: ‘meeting missed’."""
        return str(self.draft.said("kind") or "").replace("-", " ")


def review_page(reading: Reading, document: Document, user: User, *, asked: str, part: str) -> Mapping[str, Any]:
    """Return what the page shows: one part of the text, and the drafts in it.

    Parameters
    ----------
    asked : str
        Public id of the draft that is to be the current one; else the first open one is.
    part : str
        Number of the part of the text, for long texts.
    """
    reader = Reader(user)
    every = sorted(reading.drafts.all(), key=_place)
    parts = parts_of(reading.text, PART_LENGTH)
    current = next((draft for draft in every if str(draft.public_id) == asked), None)
    number = _part(part, parts, current)
    first, last = parts[number - 1]
    is_last = number == len(parts)
    here = [
        one for one in every if (one.start is None and is_last) or (one.start is not None and first <= one.start < last)
    ]
    if current not in here:
        current = next((draft for draft in here if draft.is_open), here[0] if here else None)
    shown = _shown(here, surroundings_of(every, document, reader), document, reader)
    marks = [mark for one in shown for mark in _marks(one)]
    states = Counter(draft.state for draft in every)
    return {
        "reading": reading,
        "document": document,
        "drafts": shown,
        "current": current,
        "current_number": next((one.number for one in shown if one.draft == current), None),
        "marked": mark_text(reading.text, marks, (first, last), None),
        "n_open": states[DraftState.OPEN],
        "n_all": len(every),
        "standings": _standings(shown),
        "part": number,
        "parts": len(parts),
    }


def next_open(draft: Draft) -> Draft:
    """Return the open draft that follows in the text, else the one before it, else the draft itself."""
    others = sorted(draft.reading.drafts.filter(state=DraftState.OPEN).exclude(pk=draft.pk), key=_place)
    after = [other for other in others if _place(other) > _place(draft)]
    return after[0] if after else others[0] if others else draft


def _shown(drafts: Sequence[Draft], around: Surroundings, document: Document, reader: Reader) -> list[Shown]:
    """Drafts with what they would become and what the record holds, asked for all of them at once."""
    proposals = [proposal_of(draft, document, around) for draft in drafts]
    figures = [[figure for _, figure in whole_figures(proposal)] for proposal in proposals]
    every = [*proposals, *(figure for found in figures for figure in found)]
    of_series = figures_of(proposals, reader)
    pointed_to = [reference for proposal in every for reference in rows_named_in(proposal)]
    names = named_rows([*pointed_to, *(draft.row for draft in drafts if draft.row)], reader)
    steps = {step.draft_id: step for step in Step.objects.filter(draft__in=drafts).select_related("by")}
    found = []
    for number, (draft, proposal, with_it) in enumerate(zip(drafts, proposals, figures, strict=True), start=1):
        found.append(
            Shown(
                number,
                draft,
                proposal,
                columns_shown(proposal, names),
                [(span[0], words) for span, words in zip(draft.other_spans, draft.also_told, strict=True)],
                [columns_shown(figure, names) for figure in with_it],
                beside(draft, proposal, document, around, of_series),
                _lacking(proposal),
                bool(proposal.noun) and reader.user.has_perm(nouns()[proposal.noun].keep_permission),
                names.get(draft.row),
                steps.get(draft.pk),
            )
        )
    return found


def _marks(one: Shown) -> list[Mark]:
    """The places in the text that tell of a draft, the one in which it is quoted first."""
    words, address = f"{one.draft.get_kind_display()}: {one.draft}", f"#draft-{one.number}"
    spans = [*filter(None, [one.draft.span]), *one.draft.other_spans]
    return [Mark(*span, one.number, words, address) for span in spans]


def _standings(shown: Sequence[Shown]) -> list[tuple[str, str, list[Shown]]]:
    """The open drafts of a page by how they stand to the record: the name of each sort, its words, and the drafts."""
    found = {
        name: [one for one in shown if one.draft.is_open and one.standing in sorts] for name, sorts in _SORTS.items()
    }
    return [(name, _WORDS_OF_SORT[name], drafts) for name, drafts in found.items() if drafts]


def _lacking(proposal: Proposal) -> list[str]:
    """The columns that the form asks for and the draft does not give."""
    asked = _asked_for(proposal.noun) if proposal.noun else {}
    missing = [label for name, label in asked.items() if not proposal.columns.get(name)]
    return [*missing, *(name for name in sorted(proposal.must) if not proposal.columns.get(name))]


@cache
def _asked_for(noun: str) -> Mapping[str, str]:
    """The columns that the form of a noun asks for and does not fill in by itself, with their labels."""
    fields = row_form(nouns()[noun]).base_fields
    return {
        name: str(field.label or name)
        for name, field in fields.items()
        if field.required and field.initial in (None, "")
    }


def _place(draft: Draft) -> tuple[bool, int, int, int]:
    """What orders drafts: their place in the text, the longer first; those without a place last."""
    return draft.start is None, draft.start or 0, -(draft.end or 0), draft.pk


def _part(asked: str, parts: Sequence[tuple[int, int]], current: Draft | None) -> int:
    """The part of the text that was asked for, else the one with the current draft, else the first."""
    if asked.isascii() and asked.isdigit() and 1 <= int(asked[:9]) <= len(parts):
        return int(asked)
    if current is None or current.start is None:
        return 1
    return next(number for number, (_, end) in enumerate(parts, start=1) if current.start < end)
