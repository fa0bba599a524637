"""What custody refuses, and why: what the giver does not hold, what was received before, what differs unexplained."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils import timezone

from homeward.core.dates import PartialDate
from homeward.web.remains.custody import Store, Transfer, TransferKind
from homeward.web.remains.custody_check import DATE_LINE
from homeward.web.remains.holders import CustodyLine, custody_lines
from homeward.web.remains.lineage import THINGS, lineage_of


@dataclass(frozen=True, slots=True)
class Receipt:
    """What whoever receives says of it.

    on: when. received_by: who took the things, by name. n_received: how many were counted. seal_intact: ``None`` where
    none was put on. note: what differed, and why it was accepted.
    """

    on: PartialDate
    received_by: str
    n_received: int
    seal_intact: bool | None = None
    note: str = ""
    store: Store | None = None


def lines_of(references: Sequence[str]) -> list[CustodyLine]:
    """Return the lines of things, in their order; what is not in the register is refused."""
    rows = lineage_of(references).rows
    missing = [
        f"There is no {reference} in the register. Look it up, or enter it before this."
        for reference in references
        if reference.partition(":")[0] not in THINGS or reference not in rows or not rows[reference].stands
    ]
    if missing:
        raise ValidationError(missing)
    found = custody_lines(references)
    return [found[reference] for reference in references]


def refuse_not_held(lines: Iterable[CustodyLine], transfer: Transfer, gone: Iterable[str]) -> None:
    """Refuse to pass on what the giver does not hold, and what is no longer there."""
    gone = set(gone)
    problems = []
    for line in lines:
        if line.is_released:
            problems.append(f"{line.reference} was released to {line.holder} on {line.since.words}.")
        elif line.reference in gone:
            problems.append(f"{line.reference} is used up: there is nothing to pass on.")
        elif line.holder != transfer.giver_id:
            problems.append(
                f"{line.reference} is held by {line.holder} since {line.since.words}, not by {transfer.giver_id}. "
                "Only its holder can pass it on."
            )
        elif transfer.happened.latest < (came := line.came).earliest - DATE_LINE:
            problems.append(
                f"{line.reference} came to {line.holder} on {came.words}, so it cannot be sent before that."
            )
    if problems:
        raise ValidationError(problems)


def refuse_kind(kind: str) -> None:
    """Refuse the kinds that have actions of their own."""
    if kind in {TransferKind.TAKEOVER, TransferKind.MOVE}:
        raise ValidationError({"kind": "Taking over and moving have pages of their own."})


def still_under_way(transfer: Transfer) -> Transfer:
    """Return a transfer as it stands now, if it is still on its way."""
    current: Transfer = Transfer.objects.select_for_update().get(pk=transfer.pk)
    if not current.stands:
        raise ValidationError("This transfer was withdrawn.")
    if current.received is not None:
        raise ValidationError(
            f"This was received on {current.received.words} by {current.received_by} "
            f"(entered by {current.received_by_user}). It cannot be received again."
        )
    if current.turned_back is not None:
        raise ValidationError(f"This was turned back on {current.turned_back.words} by {current.turned_back_by_user}.")
    return current


def refuse_unexplained(transfer: Transfer, receipt: Receipt) -> None:
    """Refuse a receipt that differs from the sending and does not say how, or leaves the seal out."""
    if transfer.seal and receipt.seal_intact is None:
        raise ValidationError({"seal_intact": f"Seal {transfer.seal} was put on. Say whether it is intact."})
    if receipt.note.strip():
        return
    if receipt.n_received != transfer.n_things:
        raise ValidationError(
            {"note": f"{transfer.n_things} were sent and {receipt.n_received} counted on receipt. Say what differs."}
        )
    if receipt.seal_intact is False:
        raise ValidationError({"note": "The seal is not intact. Say what was found, and why it was accepted."})


def refuse_future(day: PartialDate) -> None:
    """Refuse what has not happened yet, wherever on earth it is said to happen."""
    if day.earliest > timezone.localdate() + DATE_LINE:
        raise ValidationError(f"{day.words} has not come yet. Enter what happened when it has happened.")


def refuse_before_sending(on: PartialDate, transfer: Transfer, deed: str, note: str) -> None:
    """Refuse what is dated before the sending; a day before is possible across the date line, and needs a note."""
    refuse_future(on)
    sent = transfer.happened
    if on.latest < sent.earliest - DATE_LINE:
        raise ValidationError(f"It was sent on {sent.words}. It cannot have been {deed} on {on.words}, before that.")
    if on.latest < sent.earliest and not note.strip():
        raise ValidationError(
            f"It was sent on {sent.words}. It can only have been {deed} the day before, {on.words}, "
            "if it crossed the date line. Say so in the note."
        )
