"""Deciding how a missing person stands."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction

from homeward.web.accounts.models import User
from homeward.web.journal.chain import queue
from homeward.web.journal.keeping import enter, require
from homeward.web.journal.recorded import Recorded
from homeward.web.roll.people import Status, StatusKind


def decide_status(status: Status, *, by: User, why: str = "", parts: Iterable[Recorded] = ()) -> Status:
    """Record a decision about a missing person.

    Parameters
    ----------
    status : Status
        Not yet in the database. A report made in error names who checked it: somebody else than who records it.
    parts : iterable of Recorded
        Citations of the decision.

    Raises
    ------
    PermissionDenied, ValidationError
        As for `enter`; also if whoever records it names themselves as the reviewer. Nothing was written.
    """
    with transaction.atomic():
        queue()
        require(by, Status.keep_permission)
        if status.kind == StatusKind.FALSE_REPORT:
            _check_reviewer(status.reviewer, by)
        return enter(status, by=by, why=why, action=f"status.{status.kind}", parts=parts)


def _check_reviewer(reviewer: str, by: User) -> None:
    """Make sure that a second person checked it."""
    name = reviewer.strip()
    if not name:
        raise ValidationError({"reviewer": "Name who checked that the report was made in error."})
    if name.casefold() in {by.get_username().casefold(), by.get_full_name().casefold()}:
        raise ValidationError({"reviewer": "A second person checks this. Name somebody else than yourself."})
