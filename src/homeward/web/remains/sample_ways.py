"""What passing does to samples: one that is given out of hand is sent, then received or returned."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from homeward.core.dates import PartialDate
from homeward.web.accounts.models import User
from homeward.web.journal.book import opaque_code
from homeward.web.journal.keeping import enter
from homeward.web.remains.custody import Transfer, TransferKind
from homeward.web.remains.specimens import Sample, SampleStep, SampleStepKind

OUT = frozenset({TransferKind.LOAN, TransferKind.HANDOVER})


def note_sent(transfer: Transfer, things: Iterable[str], *, by: User) -> None:
    """Note that samples were sent; one that is packed inside something else goes along with that."""
    if transfer.kind in OUT:
        _note(SampleStepKind.SENT, transfer, things, transfer.happened, by)


def note_received(transfer: Transfer, on: PartialDate, *, by: User) -> None:
    """Note that samples arrived in the laboratory, or came back."""
    if transfer.kind in {*OUT, TransferKind.RETURN}:
        kind = SampleStepKind.RETURNED if transfer.kind == TransferKind.RETURN else SampleStepKind.RECEIVED
        _note(kind, transfer, _listed(transfer), max(on, transfer.happened, key=lambda day: day.earliest), by)


def note_turned_back(transfer: Transfer, on: PartialDate, *, by: User) -> None:
    """Note that samples which were sent are with the giver as before."""
    if transfer.kind in OUT:
        _note(SampleStepKind.RETURNED, transfer, _listed(transfer), on, by)


def _listed(transfer: Transfer) -> list[str]:
    """What was given out of hand by itself."""
    return list(transfer.items.filter(withdrawn="", packed=False).values_list("about", flat=True))


def _note(kind: SampleStepKind, transfer: Transfer, things: Iterable[str], on: PartialDate, by: User) -> None:
    """Enter a step of each sample among things for which it is the next one; others have a history of their own."""
    codes = [about.partition(":")[2] for about in things if about.startswith(f"{Sample.noun()}:")]
    histories: dict[str, list[SampleStep]] = {code: [] for code in codes}
    for step in SampleStep.objects.filter(sample__in=codes, withdrawn=""):
        histories[step.sample_id].append(step)
    steps = [
        SampleStep(
            code=opaque_code(),
            known_on=transfer.known_on,
            sample_id=code,
            kind=kind,
            happened=on,
            order=_order(own, on),
            made_up=transfer.made_up,
            note=f"Transfer {transfer.code}.",
        )
        for code, own in histories.items()
        if kind in Sample.machine.possible(_state(own))
    ]
    if steps:
        enter(steps[0], by=by, parts=steps[1:], action=f"samplestep.{kind}")


def _state(steps: Sequence[SampleStep]) -> str:
    """The state that steps lead to."""
    traced, _ = Sample.trace(steps)
    return traced[-1].state if traced else ""


def _order(steps: Iterable[SampleStep], on: PartialDate) -> int:
    """The place after all steps of the same day."""
    return 1 + max((step.order for step in steps if step.happened.earliest == on.earliest), default=-1)
