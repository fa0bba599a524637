"""What is done with a draft: accepted or corrected, linked, rejected, undone. Nothing else changes its state."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from homeward.web.accounts.models import User
from homeward.web.journal.chain import queue
from homeward.web.journal.keeping import enter, require, withdraw
from homeward.web.journal.recorded import Recorded, nouns
from homeward.web.review.models import Draft, DraftState, Step
from homeward.web.sources.documents import ENTER

LONGEST_WHY = 500
LONGEST_REASON = 300
"""Letters of the reason for which a row was withdrawn."""


def take(
    draft: Draft,
    row: Recorded,
    state: DraftState,
    *,
    by: User,
    why: str,
    parts: Iterable[Recorded] = (),
    figures: Iterable[tuple[Draft, Recorded]] = (),
    same: Iterable[Draft] = (),
) -> Draft:
    """Enter the row that a draft became, with its parts; a draft that was taken already stays as it is.

    Parameters
    ----------
    draft : Draft
        Open.
    row, parts : Recorded
        As for `enter`; not yet in the database.
    state : DraftState
        Accepted, corrected or linked.
    figures : iterable of (Draft, Recorded)
        Other drafts of the same reading that are accepted with it, as far as they are open, each with the row that it
        becomes, which is a part too.
    same : iterable of Draft
        Other drafts of the same reading that became the same row, as far as they are open.

    Raises
    ------
    PermissionDenied
        The user may not enter sources, or rows of this noun.
    ValidationError
        The draft was rejected, or a row is not possible. Nothing was written.
    """
    with transaction.atomic():
        queue()
        require(by, ENTER)
        current = _locked(draft)
        if current.is_taken:
            return current
        if current.state == DraftState.REJECTED:
            raise ValidationError("This draft was rejected. Undo that first.")
        with_it = [(other, figure) for one, figure in figures if (other := _locked(one)).is_open]
        alike = [other for one in same if (other := _locked(one)).is_open]
        parts = [*parts, *(figure for _, figure in with_it)]
        enter(row, by=by, why=why or f"Drafted by the reader ({current.said('rule')}).", parts=parts)
        for other, taken in [*with_it, *((one, row) for one in alike)]:
            other.row = taken.reference
            _became(other, DraftState.ACCEPTED, by, "")
        current.row, current.parts = row.reference, [part.reference for part in parts]
        return _became(current, state, by, why)


def reject(draft: Draft, *, by: User, why: str) -> Draft:
    """Say that a draft is not right, or of no use, with the reason; one that was rejected already stays as it is.

    Raises
    ------
    PermissionDenied
        The user may not enter sources.
    ValidationError
        No reason is given, or the draft was taken into the record.
    """
    with transaction.atomic():
        queue()
        require(by, ENTER)
        current = _locked(draft)
        if current.state == DraftState.REJECTED:
            return current
        if current.is_taken:
            raise ValidationError("This draft was taken into the record. Undo that first.")
        if not why.strip():
            raise ValidationError("Say why: what is wrong with it, or why it is not needed.")
        return _became(current, DraftState.REJECTED, by, why.strip())


def undo(draft: Draft, *, by: User, why: str = "") -> Draft:
    """Open a draft again; the rows that it became are withdrawn, with the reason, by their own action.

    Other drafts that became one of these rows are opened with it.

    Raises
    ------
    PermissionDenied
        The user may not enter sources, or may not withdraw these rows.
    ValidationError
        The history that a row was a part of is not possible without it.
    """
    with transaction.atomic():
        queue()
        require(by, ENTER)
        current = _locked(draft)
        if current.is_open:
            return current
        why = why.strip() or "The draft was opened again on review."
        # The row goes before its citations, as it cannot stand without one.
        for reference in filter(None, (current.row, *current.parts)):
            noun, _, code = reference.partition(":")
            row = nouns()[noun].objects.get(pk=code)
            if row.stands:
                withdraw(row, by=by, why=why[:LONGEST_REASON])
        gone = list(filter(None, (current.row, *current.parts)))
        for other in current.reading.drafts.select_for_update().filter(row__in=gone).exclude(pk=current.pk):
            _opened(other, by, why)
        return _opened(current, by, why)


def _opened(draft: Draft, by: User, why: str) -> Draft:
    """Say that a draft is undecided again."""
    draft.row, draft.parts = "", []
    return _became(draft, DraftState.OPEN, by, why)


def _locked(draft: Draft) -> Draft:
    """The draft as it is now, held until the end of the transaction."""
    return Draft.objects.select_for_update().get(pk=draft.pk)


def _became(draft: Draft, state: DraftState, by: User, why: str) -> Draft:
    """Keep the new state, and who led to it."""
    draft.state = state
    draft.save(update_fields=["state", "row", "parts"])
    Step.objects.create(draft=draft, state=state, row=draft.row, why=why[:LONGEST_WHY], by=by, at=timezone.now())
    return draft
