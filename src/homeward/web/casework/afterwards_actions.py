"""What follows a signature: telling the family, what they decide, release, announcement, burial, and what is owed.

Every step is something that a person did and that is written down here. Nothing is ever sent by this software.
"""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from homeward.core.dates import PartialDate
from homeward.web.accounts.models import User
from homeward.web.casework.afterwards import (
    Burial,
    Correction,
    Disposition,
    DispositionKind,
    Notification,
    NotificationKind,
    Obligation,
    ObligationKind,
)
from homeward.web.casework.identifications import ANNOUNCE, SIGN, TELL, Identification, IdentificationStep
from homeward.web.casework.individuals import Association
from homeward.web.casework.owed import new_obligation
from homeward.web.casework.steps import require_state, state_of, steps_taken, take_step
from homeward.web.journal.book import opaque_code
from homeward.web.journal.chain import queue
from homeward.web.journal.keeping import amend, enter, require
from homeward.web.remains.custody import Transfer, TransferItem
from homeward.web.roll.families import NextOfKin
from homeward.web.roll.people import MissingPerson, Status

TOLD = frozenset({"told", "announced", "released", "buried"})
SIGNED = TOLD | {"signed"}


def notify(
    identification: Identification,
    next_of_kin: NextOfKin,
    *,
    kind: str,
    happened: PartialDate,
    told_by: str,
    by: User,
    note: str = "",
) -> Notification:
    """Note what happened in telling the next of kin; that they were told is a step of the identification.

    Raises
    ------
    PermissionDenied
        The user may not tell families.
    ValidationError
        It was not signed, this is no next of kin of the person, or something else has to happen first.
    """
    with transaction.atomic():
        queue()
        require(by, TELL)
        _check_kin(identification, next_of_kin)
        _check_in_turn(identification, next_of_kin, kind)
        notification = cast(
            Notification,
            _new(
                Notification,
                identification,
                next_of_kin=next_of_kin,
                kind=kind,
                happened=happened,
                told_by=told_by,
                note=note,
            ),
        )
        enter(notification, by=by, action=f"notification.{kind}")
        if kind == NotificationKind.TOLD and state_of(identification) == "signed":
            take_step(identification, IdentificationStep.TOLD, by=by, permission=TELL, happened=happened)
    return notification


def decide(
    identification: Identification,
    next_of_kin: NextOfKin,
    *,
    kind: str,
    later_portions: str,
    happened: PartialDate,
    by: User,
    note: str = "",
) -> Disposition:
    """Note what the person who directs the disposition decided.

    Raises
    ------
    PermissionDenied, ValidationError
        As for `notify`; also if this person was not told yet.
    """
    with transaction.atomic():
        queue()
        require(by, TELL)
        require_state(identification, TOLD, "a disposition is noted")
        _check_kin(identification, next_of_kin)
        if not _was_told(identification, next_of_kin):
            raise ValidationError({"next_of_kin": "This person was not told yet. Whoever decides is told first."})
        disposition = _new(
            Disposition,
            identification,
            next_of_kin=next_of_kin,
            kind=kind,
            later_portions=later_portions,
            happened=happened,
            note=note,
        )
        return cast(Disposition, enter(disposition, by=by, action="disposition.chosen"))


def release(
    identification: Identification, transfer: Transfer, *, by: User, happened: PartialDate | None = None
) -> Identification:
    """Note that the remains were released, by a transfer that was received.

    Raises
    ------
    PermissionDenied, ValidationError
        As for `notify`; also if nothing was decided, or the transfer is not of these remains.
    """
    with transaction.atomic():
        queue()
        require(by, TELL)
        require_state(identification, TOLD, "remains are released")
        decided = _decided(identification)
        if decided in {"", DispositionKind.RETAINED}:
            raise ValidationError("Nobody has decided yet that the remains leave. Note the disposition first.")
        _check_release(identification, transfer)
        day_released = happened or transfer.received
        take_step(
            identification,
            IdentificationStep.RELEASED,
            by=by,
            permission=TELL,
            happened=day_released,
            transfer=transfer,
        )
    return identification


def announce(identification: Identification, *, by: User, happened: PartialDate | None = None) -> Identification:
    """Make an identification visible to everybody who reads the record; the family was told before.

    Raises
    ------
    PermissionDenied
        The user may not announce.
    ValidationError
        The family was not told yet, it was announced before, or the roll says something else by now.
    """
    with transaction.atomic():
        queue()
        require(by, ANNOUNCE)
        require_state(identification, TOLD, "it is announced")
        if IdentificationStep.ANNOUNCED in steps_taken(identification):
            raise ValidationError("It was announced before.")
        statuses = Status.objects.filter(missing=identification.missing_id, withdrawn="")
        if problems := MissingPerson.trace(statuses)[1]:
            raise ValidationError([f"{what} {fix}" for _, what, fix in problems])
        take_step(identification, IdentificationStep.ANNOUNCED, by=by, permission=ANNOUNCE, happened=happened)
    return identification


def bury(
    identification: Identification,
    *,
    happened: PartialDate,
    cemetery: str,
    by: User,
    place: Any = None,
    marker: str = "",
) -> Burial:
    """Note a burial.

    Raises
    ------
    PermissionDenied
        The user may not record what families decide.
    ValidationError
        The family was not told, or the remains were not released; those of a group burial can lie in the ground.
    """
    with transaction.atomic():
        queue()
        require(by, TELL)
        require_state(identification, TOLD - {"buried"}, "a burial is noted")
        in_the_ground = _decided(identification) == DispositionKind.GROUP_BURIAL
        if IdentificationStep.RELEASED not in steps_taken(identification) and not in_the_ground:
            raise ValidationError("The remains were not released yet. Note the release first.")
        burial = _new(Burial, identification, happened=happened, cemetery=cemetery, place=place, marker=marker)
        take_step(identification, IdentificationStep.BURIED, by=by, permission=TELL, happened=happened, parts=[burial])
    return cast(Burial, burial)


def owe(identification: Identification, *, kind: str, owner: str, due: date, by: User, note: str = "") -> Obligation:
    """Open a further obligation.

    Raises
    ------
    PermissionDenied, ValidationError
        As for `notify`.
    """
    with transaction.atomic():
        queue()
        require(by, TELL)
        require_state(identification, SIGNED, "something is owed")
        _check_user(owner)
        obligation = new_obligation(identification, ObligationKind(kind), due=due, note=note, owner=owner)
        return enter(obligation, by=by, action="obligation.opened")


def fulfil(obligation: Obligation, *, fulfilled: PartialDate, by: User, note: str = "") -> Obligation:
    """Note when something that was owed was done.

    Raises
    ------
    PermissionDenied
        The user neither tells families nor owns it.
    ValidationError
        It was done before.
    """
    with transaction.atomic():
        queue()
        obligation.refresh_from_db()
        if obligation.owner != by.get_username():
            require(by, TELL)
        if obligation.fulfilled is not None:
            raise ValidationError("This was done before.")
        notes = "\n".join(part for part in (obligation.note, note) if part)
        return amend(
            obligation,
            {"fulfilled": fulfilled, "note": notes},
            by=by,
            why=note or "Done.",
            read_version=obligation.version,
            action="obligation.fulfilled",
            permission="journal.view_record",
        )


def close(identification: Identification, *, by: User) -> Identification:
    """Close a case in which nothing is owed any more.

    Raises
    ------
    PermissionDenied, ValidationError
        As for `notify`; also if something is owed still.
    """
    with transaction.atomic():
        queue()
        require(by, TELL)
        owed = Obligation.objects.filter(identification=identification, fulfilled=None, withdrawn="").order_by("due")
        if owed:
            raise ValidationError([f"{one} is owed still, by {one.owner}, until {one.due:%-d %B %Y}." for one in owed])
        take_step(identification, IdentificationStep.CLOSED, by=by, permission=TELL)
    return identification


def put_right(correction: Correction, *, done: PartialDate, what: str, by: User) -> Correction:
    """Note that something that had to be corrected was, and how.

    Raises
    ------
    PermissionDenied
        The user may not sign identifications, and it is not theirs to see to.
    ValidationError
        It was put right before, or it is not said how.
    """
    with transaction.atomic():
        queue()
        correction.refresh_from_db()
        if correction.owner != by.get_username():
            require(by, SIGN)
        if correction.done is not None:
            raise ValidationError("This was put right before.")
        if not what.strip():
            raise ValidationError({"done_note": "Say what was done."})
        return amend(
            correction,
            {"done": done, "done_note": what},
            by=by,
            why=what,
            read_version=correction.version,
            action="correction.done",
            permission="journal.view_record",
        )


def _new(model: type[Any], identification: Identification, **columns: Any) -> Any:
    """A new row about an identification, known from today."""
    return model(
        code=opaque_code(),
        known_on=timezone.localdate(),
        made_up=identification.made_up,
        identification=identification,
        **columns,
    )


def _check_kin(identification: Identification, next_of_kin: NextOfKin) -> None:
    """Refuse somebody who is not the next of kin of this person."""
    if next_of_kin.missing_id != identification.missing_id or next_of_kin.withdrawn:
        raise ValidationError({"next_of_kin": "This is no next of kin of the person who was identified."})


def _check_in_turn(identification: Identification, next_of_kin: NextOfKin, kind: str) -> None:
    """Refuse what cannot come yet: nobody acknowledges what they were not told, or hears a correction of it."""
    if kind == NotificationKind.CORRECTED:
        require_state(identification, {"rescinded"}, "the family is told of a correction")
    else:
        require_state(identification, SIGNED, "the family is told")
    if kind in {NotificationKind.ACKNOWLEDGED, NotificationKind.CORRECTED} and not _was_told(
        identification, next_of_kin
    ):
        raise ValidationError({"kind": "This person was not told yet. Note first when they were."})


def _was_told(identification: Identification, next_of_kin: NextOfKin) -> bool:
    """Whether somebody was told of an identification."""
    told = Notification.objects.filter(identification=identification, next_of_kin=next_of_kin, withdrawn="")
    return told.filter(kind=NotificationKind.TOLD).exists()


def _decided(identification: Identification) -> str:
    """What was decided last about the remains; empty if nothing was."""
    decided = Disposition.objects.filter(identification=identification, withdrawn="")
    return decided.order_by("-happened_earliest", "-recorded_at").values_list("kind", flat=True).first() or ""


def _check_release(identification: Identification, transfer: Transfer) -> None:
    """Refuse a transfer that is no received release of all these remains."""
    if transfer.kind != "release" or transfer.received is None:
        raise ValidationError({"transfer": "This is no release that was received. Enter the release first."})
    passed = set(TransferItem.objects.filter(transfer=transfer, withdrawn="").values_list("about", flat=True))
    members = Association.objects.filter(individual=identification.individual_id, withdrawn="")
    left = [
        str(one.specimen)
        for one in members.select_related("specimen")
        if not passed & {one.specimen.reference, f"accession:{one.specimen.accession_id}"}
    ]
    if left:
        raise ValidationError(
            {"transfer": f"Not in this transfer: {', '.join(left)}. All of the remains are released."}
        )


def _check_user(name: str) -> None:
    """Refuse an owner who has no account."""
    if not User.objects.filter(username=name, is_active=True).exists():
        raise ValidationError({"owner": "There is no user of this name."})
