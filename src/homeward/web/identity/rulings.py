"""Deciding about two entries of the roll that look alike: two people, one person, or not to be decided yet."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from homeward.web.accounts.models import User
from homeward.web.identity.succession_actions import merge
from homeward.web.identity.succession_plans import Decision
from homeward.web.identity.successions import Succession
from homeward.web.journal.book import opaque_code
from homeward.web.journal.chain import queue
from homeward.web.journal.keeping import enter, require, withdraw
from homeward.web.roll.people import MissingPerson, Ruling, RulingVerdict


def rule(
    first: MissingPerson, second: MissingPerson, verdict: RulingVerdict, decision: Decision, *, by: User
) -> Ruling:
    """Say that two entries are two people, or that it cannot be decided yet; an undecided ruling is replaced.

    Raises
    ------
    PermissionDenied
        The user may not keep the roll.
    ValidationError
        It was decided before, or the verdict is that they are one person, which `one_person` is for.
    """
    if verdict == RulingVerdict.SAME:
        raise ValidationError("Say which of the two entries goes on.")
    with transaction.atomic():
        queue()
        ruling = _in_place_of_undecided(first, second, verdict, decision, by)
        return enter(ruling, by=by, why=decision.reason, action="ruling.decided")


def one_person(duplicate: MissingPerson, kept: MissingPerson, decision: Decision, *, by: User) -> Succession:
    """Say that two entries are one person, and merge them; undone together.

    Raises
    ------
    PermissionDenied, ValidationError
        As for `rule` and for `merge`.
    """
    with transaction.atomic():
        queue()
        ruling = _in_place_of_undecided(duplicate, kept, RulingVerdict.SAME, decision, by)
        return merge([duplicate], kept, decision, by=by, ruling=ruling)


def standing_ruling(first: MissingPerson, second: MissingPerson) -> Ruling | None:
    """Return what was decided about two entries, in either order."""
    low, high = sorted((first.code, second.code))
    found: Ruling | None = Ruling.objects.filter(first=low, second=high, withdrawn="").first()
    return found


def _in_place_of_undecided(
    one: MissingPerson, other: MissingPerson, verdict: RulingVerdict, decision: Decision, by: User
) -> Ruling:
    """A new ruling; an earlier one that decided nothing is withdrawn."""
    require(by, Ruling.keep_permission)
    before = standing_ruling(one, other)
    if before is not None and before.verdict != RulingVerdict.UNDECIDED:
        raise ValidationError(
            f"It was decided before that these are {before.get_verdict_display()} ({before.decided_by}). "
            "Take that ruling back first."
        )
    if before is not None:
        withdraw(before, by=by, why="Decided now.", action="ruling.replaced")
    first, second = sorted((one, other), key=lambda row: row.code)
    return Ruling(
        code=opaque_code(),
        known_on=timezone.localdate(),
        first=first,
        second=second,
        verdict=verdict,
        decided_by=decision.decided_by,
        reason=decision.reason,
        made_up=first.made_up and second.made_up,
    )


def take_back(ruling: Ruling, why: str, *, by: User) -> Ruling:
    """Take back a ruling, so that the pair is open again. One that merged two entries is undone with the merge.

    Raises
    ------
    PermissionDenied, ValidationError
        The user may not, or the ruling belongs to a merge.
    """
    with transaction.atomic():
        queue()
        require(by, Ruling.keep_permission)
        if ruling.verdict == RulingVerdict.SAME:
            raise ValidationError("These entries were merged. Undo the merge, and the ruling goes with it.")
        return withdraw(ruling, by=by, why=why, action="ruling.taken-back")
