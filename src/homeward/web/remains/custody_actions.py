"""What changes custody: taking over, sending, receiving, turning back, moving. Each is one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from homeward.core.dates import PartialDate
from homeward.web.accounts.models import User
from homeward.web.journal.book import opaque_code
from homeward.web.journal.chain import queue
from homeward.web.journal.keeping import amend, enter, require
from homeward.web.parties.models import Party
from homeward.web.remains.accessions import TransferCase
from homeward.web.remains.custody import KEEP, Store, Transfer, TransferKind
from homeward.web.remains.custody_check import DATE_LINE
from homeward.web.remains.custody_rules import (
    Receipt,
    lines_of,
    refuse_before_sending,
    refuse_future,
    refuse_kind,
    refuse_not_held,
    refuse_unexplained,
    still_under_way,
)
from homeward.web.remains.holders import CustodyLine
from homeward.web.remains.items import end_way, enter_items
from homeward.web.remains.lineage import contents_of, lineage_of
from homeward.web.remains.sample_ways import note_received, note_sent, note_turned_back
from homeward.web.remains.used_up import used_up


def take_over(transfer: Transfer, cases: Sequence[TransferCase], *, by: User, why: str = "") -> Transfer:
    """Prepare the first receipt of containers; a second person confirms it with `receive`.

    Parameters
    ----------
    transfer : Transfer
        New, with giver, receiver, day, names, seal and the number of containers counted.
    cases : sequence of TransferCase
        Containers of the register, or new ones that are entered with it.

    Raises
    ------
    PermissionDenied, ValidationError
        As for `send`; also where a container was taken over before, or by another party than its row says.
    """
    with transaction.atomic():
        queue()
        require(by, KEEP)
        for case in cases:
            if case._state.adding:
                enter(case, by=by, why=why)
        references = [case.reference for case in cases]
        problems = [
            f"{case} was taken over before, on {line.beginning.since.words}."
            for case, line in zip(cases, lines_of(references), strict=True)
            if line.received or line.under_way
        ]
        problems += [
            f"By its row, {case} was taken over by {case.received_by_id}. Amend that first."
            for case in cases
            if case.received_by_id != transfer.receiver_id
        ]
        if problems:
            raise ValidationError(problems)
        transfer.kind = TransferKind.TAKEOVER
        return _enter(transfer, references, [], by=by, why=why, action="transfer.taken-over")


def send(
    transfer: Transfer, things: Sequence[str], *, by: User, why: str = "", staying: Sequence[str] = ()
) -> Transfer:
    """Give things out of hand. What was taken out of them and lies with the giver goes along, and is listed.

    Parameters
    ----------
    transfer : Transfer
        New, with kind, giver, receiver, day, names, seal and the number of things counted.
    things : sequence of str
        The things given out of hand, as ``noun:code``.
    staying : sequence of str
        What was taken out of them and does not go along: from now on it has a line of its own.

    Raises
    ------
    PermissionDenied
        The user may not keep custody.
    ValidationError
        The giver does not hold a thing; it is on its way, used up or released; or the counts differ. Nothing was
        written.
    """
    with transaction.atomic():
        queue()
        require(by, KEEP)
        refuse_kind(transfer.kind)
        things = list(dict.fromkeys(things))
        inside = [one for one in contents_of(things) if one not in things]
        lines = lines_of([*things, *inside])
        gone = used_up(line.reference for line in lines)
        refuse_not_held(lines[: len(things)], transfer, gone)
        packed = [
            line.reference
            for line in lines[len(things) :]
            if line.holder == transfer.giver_id and line.reference not in gone and not line.is_released
        ]
        unknown = set(staying) - set(packed)
        if unknown:
            raise ValidationError(f"{', '.join(sorted(unknown))} would not go along, so it cannot stay.")
        if staying:
            _pin(transfer, staying, by=by)
        going = [one for one in packed if one not in set(staying)]
        sent = _enter(transfer, things, going, by=by, why=why, action="transfer.sent")
        note_sent(sent, things, by=by)
        return sent


def receive(transfer: Transfer, receipt: Receipt, *, by: User, why: str = "") -> Transfer:
    """Confirm, as a second person, that things arrived. From now on the receiver holds them.

    Raises
    ------
    PermissionDenied
        The user may not keep custody.
    ValidationError
        It was received or turned back before, the user sent it, it was not sent yet, or what differs is not explained.
    """
    with transaction.atomic():
        queue()
        require(by, KEEP)
        current = still_under_way(transfer)
        if by.get_username() == current.sent_by_user:
            raise ValidationError("You entered the sending. A second person confirms that it arrived.")
        refuse_unexplained(current, receipt)
        refuse_before_sending(receipt.on, current, "received", receipt.note)
        end_way(current, by=by, why=why)
        note_received(current, receipt.on, by=by)
        return amend(
            current,
            {
                "received": receipt.on,
                "received_by": receipt.received_by,
                "received_by_user": by.get_username(),
                "n_received": receipt.n_received,
                "seal_intact": receipt.seal_intact,
                "note": "\n".join(filter(None, (current.note, receipt.note.strip()))),
                "store": receipt.store or current.store,
                "order": _order_on(receipt.on, current.happened),
            },
            by=by,
            why=why or "Received.",
            read_version=current.version,
            known_on=max(_begun(receipt.on), current.version_known_on),
            action="transfer.received",
        )


def turn_back(transfer: Transfer, *, on: PartialDate, by: User, why: str) -> Transfer:
    """Refuse what was sent, or call it back; the giver has held it all the time, and it can be sent again.

    Raises
    ------
    PermissionDenied
        The user may not keep custody.
    ValidationError
        It was received or turned back before, or there is no reason.
    """
    with transaction.atomic():
        queue()
        require(by, KEEP)
        current = still_under_way(transfer)
        if not why.strip():
            raise ValidationError({"why": "Say why it is refused or called back."})
        refuse_before_sending(on, current, "turned back", why)
        end_way(current, by=by, why=why)
        note_turned_back(current, on, by=by)
        return amend(
            current,
            {"turned_back": on, "turned_back_by_user": by.get_username(), "note": why},
            by=by,
            why=why,
            read_version=current.version,
            known_on=max(_begun(on), current.version_known_on),
            action="transfer.called-back" if by.get_username() == current.sent_by_user else "transfer.refused",
        )


def move(
    things: Sequence[str], store: Store, *, on: PartialDate, by: User, moved_by: str = "", why: str = ""
) -> Transfer:
    """Put things into another store of the same holder; one person does that.

    Raises
    ------
    PermissionDenied
        The user may not keep custody.
    ValidationError
        Somebody else holds a thing; it is on its way, used up or released. Nothing was written.
    """
    with transaction.atomic():
        queue()
        require(by, KEEP)
        things = list(dict.fromkeys(things))
        transfer = _moved(store.holder, store, len(things), on=on, by=by, moved_by=moved_by)
        lines = lines_of(things)
        refuse_not_held(lines, transfer, used_up(things))
        inside = [one for one in contents_of(things) if one not in things]
        along = [line.reference for line in lines_of(inside) if line.received and _lies_with(line, lines)]
        return _enter(transfer, things, along, by=by, why=why, action="transfer.moved")


def _lies_with(line: CustodyLine, lines: Iterable[CustodyLine]) -> bool:
    """Whether something that has a line of its own lies in the same store as what it was taken out of."""
    return line.under_way is None and any(
        line.holder == one.holder and line.store == one.store for one in lines if not line.is_released
    )


def _moved(
    holder: Party, store: Store | None, n_things: int, *, on: PartialDate, by: User, moved_by: str = ""
) -> Transfer:
    """A transfer within one holder, which is received as it is sent."""
    name = moved_by or by.get_username()
    return Transfer(
        code=opaque_code(),
        known_on=_begun(on),
        kind=TransferKind.MOVE,
        happened=on,
        received=on,
        giver=holder,
        receiver=holder,
        given_by=name,
        received_by=name,
        store=store,
        n_things=n_things,
        n_received=n_things,
        sent_by_user=by.get_username(),
        received_by_user=by.get_username(),
        order=_order_on(on, on),
    )


def _pin(transfer: Transfer, staying: Sequence[str], *, by: User) -> None:
    """Give what stays behind a line of its own, at its holder and where it lies."""
    stay = _moved(transfer.giver, None, len(staying), on=transfer.happened, by=by)
    stay.note = "It stayed here when what it was taken out of was sent."
    stay.known_on = transfer.known_on
    _enter(stay, staying, [], by=by, why=stay.note, action="transfer.moved")


def _enter(
    transfer: Transfer, things: Sequence[str], packed: Sequence[str], *, by: User, why: str, action: str
) -> Transfer:
    """Enter a transfer with its things."""
    if not things:
        raise ValidationError("List at least one thing.")
    refuse_future(transfer.happened)
    transfer.code = transfer.code or opaque_code()
    transfer.sent_by_user = by.get_username()
    rows = lineage_of(things).rows
    transfer.made_up = any(getattr(rows[one], "made_up", False) for one in things)
    enter_items(transfer, things, packed, by=by, why=why)
    return enter(transfer, by=by, why=why, action=action)


def _order_on(day: PartialDate, sent: PartialDate) -> int:
    """The place of a receipt after all others of its day."""
    first, last = day.earliest - DATE_LINE, max(day.earliest, sent.earliest)
    received = Transfer.objects.filter(received_earliest__range=(first, last))
    greatest: int | None = received.aggregate(greatest=Max("order"))["greatest"]
    return 0 if greatest is None else greatest + 1


def _begun(day: PartialDate) -> date:
    """The day from which something that happened now counts as known: that day, but none that has not begun."""
    return min(day.latest, timezone.localdate())
