"""The review of a candidate, item by item: what reviewers say, what preparers answer, and sending it back."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from homeward.web.accounts.models import User
from homeward.web.casework.evidence import Evidence, Opinion, ReviewItem
from homeward.web.casework.identification_actions import OPEN
from homeward.web.casework.identifications import PREPARE, REVIEW, Identification, IdentificationStep
from homeward.web.casework.steps import require_state, take_step
from homeward.web.journal.book import opaque_code
from homeward.web.journal.chain import queue
from homeward.web.journal.keeping import amend, enter, require, withdraw

IN_REVIEW = frozenset({"in-review"})


def review(evidence: Evidence, *, opinion: str, by: User, read_version: int, comment: str = "") -> ReviewItem:
    """Say of one line of evidence, in the version that was read, whether one agrees.

    What the same reviewer said of the line before is withdrawn.

    Raises
    ------
    PermissionDenied
        The user may not review, entered this line, or put the candidate forward.
    ValidationError
        It is not in review, the line was changed since it was read, or a comment is missing.
    """
    with transaction.atomic():
        queue()
        require(by, REVIEW)
        evidence.refresh_from_db()
        name = by.get_username()
        if name in {evidence.entered_by, evidence.identification.prepared_by}:
            raise PermissionDenied("Nobody reviews their own evidence: a second person does.")
        require_state(evidence.identification, IN_REVIEW, "its evidence is reviewed")
        if evidence.withdrawn or evidence.version != read_version:
            raise ValidationError("This line of evidence was changed after you read it. Read it again, then decide.")
        for earlier in ReviewItem.objects.filter(evidence=evidence, reviewer=name, withdrawn=""):
            withdraw(earlier, by=by, why="Reviewed again.", action="reviewitem.replaced")
        item = ReviewItem(
            code=opaque_code(),
            known_on=timezone.localdate(),
            made_up=evidence.made_up,
            evidence=evidence,
            reviewer=name,
            evidence_version=evidence.version,
            opinion=opinion,
            comment=comment,
        )
        return enter(item, by=by, action="evidence.reviewed")


def answer(item: ReviewItem, *, answer: str, text: str, by: User) -> ReviewItem:
    """Accept or reject a comment, and say what was done or why not.

    Raises
    ------
    PermissionDenied
        The user may not prepare identifications.
    ValidationError
        There is nothing to answer, or it was answered before.
    """
    with transaction.atomic():
        queue()
        require(by, PREPARE)
        item.refresh_from_db()
        require_state(item.evidence.identification, OPEN, "a comment is answered")
        if item.opinion == Opinion.AGREE or item.answer or item.withdrawn:
            raise ValidationError("There is no open comment here.")
        if not answer:
            raise ValidationError({"answer": "Accept the comment or reject it."})
        said = {"answer": answer, "answer_text": text, "answered_by": by.get_username()}
        return amend(
            item,
            said,
            by=by,
            why=text,
            read_version=item.version,
            action="reviewitem.answered",
            permission=PREPARE,
        )


def send_back(identification: Identification, *, reason: str, by: User) -> Identification:
    """Send a candidate back to whoever prepared it, with the reason.

    Raises
    ------
    PermissionDenied
        The user may not review, or put it forward.
    ValidationError
        It is not in review, or no reason is given.
    """
    with transaction.atomic():
        queue()
        require(by, REVIEW)
        if by.get_username() == identification.prepared_by:
            raise PermissionDenied("Whoever put a candidate forward does not send it back.")
        require_state(identification, IN_REVIEW, "it is sent back")
        take_step(identification, IdentificationStep.SENT_BACK, by=by, permission=REVIEW, reason=reason)
    return identification
