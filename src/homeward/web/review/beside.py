"""What the record already says about what a draft says, and whether the two agree."""

from __future__ import annotations

from collections.abc import Mapping

from homeward.web.review.counted import numbers_of
from homeward.web.review.counted_beside import beside_figure
from homeward.web.review.happened_beside import beside_event
from homeward.web.review.kinds import RESULT
from homeward.web.review.models import Draft, DraftKind
from homeward.web.review.proposals import Proposal
from homeward.web.review.relations import TAKEN, Beside, in_order
from homeward.web.review.said_beside import beside_statement
from homeward.web.review.surroundings import Surroundings, same_passage
from homeward.web.sources.documents import Document
from homeward.web.sources.figures import Figure
from homeward.web.sources.passages import find_passage
from homeward.web.sources.statements import Statement

MOST = 3
"""Rows that are shown beside one draft."""


def beside(
    draft: Draft,
    proposal: Proposal,
    document: Document,
    around: Surroundings,
    figures: Mapping[str, list[Figure]],
) -> list[Beside]:
    """Return what the record holds about a draft: what was taken from the same words, what disagrees, what agrees.

    figures: of the series that are proposed, by the code of the series.
    """
    if draft.kind == DraftKind.STATEMENT:
        found = beside_statement(draft, proposal, document, around)
    elif proposal.noun == Figure.noun():
        found = beside_figure(proposal, document, figures)
    else:
        found = beside_event(draft, proposal.columns, document, around)
    return in_order([*_taken(draft, proposal, document, around), *found])[:MOST]


def _taken(draft: Draft, proposal: Proposal, document: Document, around: Surroundings) -> list[Beside]:
    """The rows that were taken from the same words, and the figure that a result of an operation became already."""
    span = find_passage(proposal.passage, document.text) if document.text else None
    model = {DraftKind.STATEMENT: Statement, DraftKind.FIGURE: Figure}.get(DraftKind(draft.kind))
    rows = [row for row in same_passage(around.taken, span) if model is not None and isinstance(row, model)]
    if draft.said("kind") == RESULT:
        became = {one.row for one in numbers_of(draft, around)[:1]}
        rows += [row for row in around.taken if row.reference in became]
    return [Beside(TAKEN, row.title, row.get_absolute_url()) for row in rows if row.reference != draft.row]
