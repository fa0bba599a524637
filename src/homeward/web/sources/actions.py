"""What is done with a conflict: taken on, handed on, explained, decided, left undecided, opened again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from homeward.web.accounts.models import User
from homeward.web.journal.chain import queue
from homeward.web.journal.keeping import amend, require
from homeward.web.sources.conflicts import KEEP, Conflict, ConflictState, Position

OPEN, EXPLAINED, DECIDED, UNRESOLVABLE = ConflictState
TRANSITIONS: Mapping[str, Mapping[str, ConflictState]] = {
    OPEN: {
        "taken-on": OPEN,
        "handed-on": OPEN,
        "explained": EXPLAINED,
        "decided": DECIDED,
        "left-undecided": UNRESOLVABLE,
    },
    EXPLAINED: {"reopened": OPEN},
    DECIDED: {"reopened": OPEN},
    UNRESOLVABLE: {"reopened": OPEN},
}
"""For each state, what may be done and the state that it leads to."""


def take_on(conflict: Conflict, *, by: User, read_version: int) -> Conflict:
    """Make a user the owner of an open conflict.

    Raises
    ------
    PermissionDenied
        The user may not keep conflicts.
    ValidationError
        The conflict is not open, or the user has it already.
    ChangedMeanwhile
        Somebody else changed the owner since ``read_version``.
    """
    return _act(conflict, "taken-on", {"owner": by}, f"{by} takes it on.", by, read_version)


def hand_to(conflict: Conflict, owner: User, *, by: User, read_version: int, why: str = "") -> Conflict:
    """Give an open conflict to another user to clear up.

    Raises
    ------
    PermissionDenied, ValidationError, ChangedMeanwhile
        As for `take_on`; also if the new owner may not keep conflicts.
    """
    require(by, KEEP)
    if not (owner.is_active and owner.has_perm(KEEP)):
        raise ValidationError({"owner": f"{owner} may not keep conflicts. Choose somebody whose role allows it."})
    return _act(conflict, "handed-on", {"owner": owner}, why or f"{by} hands it to {owner}.", by, read_version)


def explain(conflict: Conflict, reason: str, *, by: User, read_version: int) -> Conflict:
    """Say why sources differ where all of their answers can stand.

    Raises
    ------
    PermissionDenied, ValidationError, ChangedMeanwhile
        As for `take_on`; also if no reason is given.
    """
    return _act(conflict, "explained", {"reason": reason}, reason, by, read_version)


def leave_undecided(conflict: Conflict, reason: str, *, by: User, read_version: int) -> Conflict:
    """Say why a question cannot be decided from what is known.

    Raises
    ------
    PermissionDenied, ValidationError, ChangedMeanwhile
        As for `explain`.
    """
    return _act(conflict, "left-undecided", {"reason": reason}, reason, by, read_version)


def decide(conflict: Conflict, preferred: Position, reason: str, *, by: User, read_version: int) -> Conflict:
    """Prefer one answer, with the reason; the others stay on file.

    Raises
    ------
    PermissionDenied, ValidationError, ChangedMeanwhile
        As for `explain`; also if the answer is not one of this conflict, or was withdrawn.
    """
    with transaction.atomic():
        queue()
        require(by, KEEP)
        answer = Position.objects.filter(pk=preferred.pk, conflict=conflict.pk, withdrawn="").first()
        if answer is None:
            raise ValidationError({"preferred": "This is not one of the answers to this question."})
        decided = _act(conflict, "decided", {"reason": reason}, reason, by, read_version)
        _prefer(answer, preferred=True, by=by, why=reason)
    return decided


def reopen(conflict: Conflict, why: str, *, by: User, read_version: int) -> Conflict:
    """Open a conflict again that was explained, decided or left undecided; no answer is preferred any more.

    The reason that was given before stays, until another takes its place.

    Raises
    ------
    PermissionDenied, ValidationError, ChangedMeanwhile
        As for `take_on`; also if the conflict is open, or nothing is said about why.
    """
    with transaction.atomic():
        opened = _act(conflict, "reopened", {}, why, by, read_version)
        for answer in Position.objects.filter(conflict=conflict.pk, preferred=True, withdrawn=""):
            _prefer(answer, preferred=False, by=by, why=why)
    return opened


def _act(
    conflict: Conflict, action: str, changes: Mapping[str, Any], why: str, by: User, read_version: int
) -> Conflict:
    """Lock the conflict, check permission and state, and write the change with its own line in the journal."""
    with transaction.atomic():
        queue()
        require(by, KEEP)
        current = Conflict.objects.select_for_update().get(pk=conflict.pk)
        state = _state_after(current, action)
        if not why.strip():
            raise ValidationError({"reason": "Say why: the reason for the difference, or what was learned."})
        wanted = {"state": state, **changes}
        if all(getattr(current, name) == value for name, value in wanted.items()):
            raise ValidationError(f"{current.owner} has it already.")
        known_on = max(timezone.localdate(), current.version_known_on)
        name = f"conflict.{action}"
        acted: Conflict = amend(
            current, wanted, by=by, why=why, read_version=read_version, known_on=known_on, action=name
        )
        return acted


def _state_after(conflict: Conflict, action: str) -> ConflictState:
    """The state that an action leads to; refuses what the state does not allow."""
    state = TRANSITIONS[conflict.state].get(action)
    if conflict.withdrawn:
        raise ValidationError("This conflict was withdrawn, so nothing more can be done with it.")
    if state is None:
        now = f"This conflict stands as ‘{conflict.get_state_display()}’, so it cannot be {action.replace('-', ' ')}."
        raise ValidationError(now if action == "reopened" else f"{now} Open it again first.")
    return state


def _prefer(answer: Position, *, preferred: bool, by: User, why: str) -> None:
    """Say of one answer that it is preferred, or no longer."""
    known_on = max(timezone.localdate(), answer.version_known_on)
    action = "position.preferred" if preferred else "position.no-longer-preferred"
    version = answer.version
    amend(answer, {"preferred": preferred}, by=by, why=why, read_version=version, known_on=known_on, action=action)
