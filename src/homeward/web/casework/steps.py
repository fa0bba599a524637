"""Taking a step of an identification: what all its actions have in common."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from homeward.core.dates import PartialDate, day
from homeward.web.accounts.models import User
from homeward.web.casework.identifications import Identification, IdentificationChange
from homeward.web.engagement.histories import in_order
from homeward.web.journal.book import opaque_code
from homeward.web.journal.keeping import enter
from homeward.web.journal.recorded import Recorded
from homeward.web.roll.people import MissingPerson, Status


def take_step(
    identification: Identification,
    kind: str,
    *,
    by: User,
    permission: str,
    reason: str = "",
    happened: PartialDate | None = None,
    parts: Iterable[Recorded] = (),
    **columns: Any,
) -> IdentificationChange:
    """Enter a step of an identification, and with it the rows that come of it.

    Raises
    ------
    PermissionDenied, ValidationError
        As for `enter`: the step is not possible where the identification stands.
    """
    order = IdentificationChange.objects.filter(identification=identification).count()
    step = IdentificationChange(
        code=opaque_code(),
        known_on=timezone.localdate(),
        made_up=identification.made_up,
        identification=identification,
        kind=kind,
        user=by.get_username(),
        reason=reason,
        happened=happened or day(timezone.localdate()),
        order=order,
        **columns,
    )
    return enter(step, by=by, why=reason, action=f"identification.{kind}", parts=parts, permission=permission)


def state_of(identification: Identification) -> str:
    """Return where an identification stands."""
    changes = IdentificationChange.objects.filter(identification=identification, withdrawn="")
    steps, _ = Identification.trace(changes)
    return steps[-1].state if steps else ""


def steps_taken(identification: Identification) -> set[str]:
    """Return the kinds of step that were taken."""
    changes = IdentificationChange.objects.filter(identification=identification, withdrawn="")
    return set(changes.values_list("kind", flat=True))


def require_state(identification: Identification, states: Collection[str], what_for: str) -> str:
    """Make sure that an identification stands where something is possible; return where.

    Raises
    ------
    ValidationError
        It stands elsewhere; says where, and where it would be possible.
    """
    state = state_of(identification)
    labels = Identification.machine.labels
    if state not in states:
        where = " or ".join(f"'{labels[one]}'" for one in labels if one in states)
        stands = labels.get(state, "not yet begun")
        raise ValidationError(f"This identification stands as '{stands}': {what_for} only while it is {where}.")
    return state


def state_of_person(missing: MissingPerson) -> str:
    """Return how a missing person stands in the roll, what is not announced included."""
    statuses = Status.objects.filter(missing=missing, withdrawn="")
    steps, _ = MissingPerson.trace(in_order(statuses))
    return steps[-1].state if steps else ""
