"""What the book of handovers shows of a question, whatever anybody said: what was received between whom, by when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import cast

from homeward.core.dates import PartialDate
from homeward.web.engagement.models import Handover, HandoverChange
from homeward.web.journal.reader import Reader
from homeward.web.parties.models import Party
from homeward.web.places.belonging import parts_among
from homeward.web.sources.conflicts import BookCheck, Conflict


@dataclass(frozen=True, slots=True)
class Receipt:
    """Remains that were received, as a change of a handover tells."""

    handover: Handover
    change: HandoverChange

    @property
    def happened(self) -> PartialDate:
        """When they were received."""
        return cast(PartialDate, self.change.happened)

    @property
    def boxes(self) -> str:
        """How many containers there were, in words; empty where that is not known."""
        low, high = self.change.containers_low, self.change.containers_high
        if low is None:
            return ""
        number = f"{low:,}" if low == high else f"{low:,} to {high:,}"
        return f"{number} {self.change.container or ('container' if high == 1 else 'containers')}"


@dataclass(frozen=True, slots=True)
class BookAnswer:
    """What the book shows.

    within: received on days of the question. perhaps: received on a day that may be one of them. after: the first that
    was received later. first, last: the days of the question; the first one ``None`` if it has no beginning.
    """

    giver: Party
    receiver: Party
    first: PartialDate | None
    last: PartialDate
    within: tuple[Receipt, ...]
    perhaps: tuple[Receipt, ...]
    after: Receipt | None


def book_answer(conflict: Conflict, reader: Reader) -> BookAnswer | None:
    """Return what the book of handovers shows, as the reader reads it; ``None`` where it cannot answer the question.

    A handover counts whichever parts of the two parties gave and received. It counts once it was received, not when it
    was offered or announced.
    """
    if conflict.book != BookCheck.HANDOVERS:
        return None
    parties = {party.code: party for party in reader.known(reader.rows(Party))}
    first = conflict.book_from.earliest if conflict.book_from else date.min
    last = conflict.book_until.latest
    within, perhaps, after = [], [], []
    for receipt in _receipts(conflict, parties.values(), reader):
        if receipt.happened.earliest > last:
            after.append(receipt)
        elif receipt.happened.latest < first:
            continue
        elif receipt.happened.earliest >= first and receipt.happened.latest <= last:
            within.append(receipt)
        else:
            perhaps.append(receipt)
    return BookAnswer(
        parties.get(str(conflict.book_giver_id)) or conflict.book_giver,
        parties.get(str(conflict.book_receiver_id)) or conflict.book_receiver,
        conflict.book_from,
        conflict.book_until,
        tuple(within),
        tuple(perhaps),
        after[0] if after else None,
    )


def _receipts(conflict: Conflict, parties: Iterable[Party], reader: Reader) -> list[Receipt]:
    """All that was received between the two parties as known, in order."""
    part_of = {party.code: party.part_of_id for party in parties}
    givers, receivers = (
        parts_among({str(code)}, part_of) for code in (conflict.book_giver_id, conflict.book_receiver_id)
    )
    rows = reader.rows(Handover).filter(giver__in=givers, receiver__in=receivers)
    handovers = {row.code: row for row in reader.known(rows)}
    changes: dict[str, list[HandoverChange]] = {}
    for change in reader.known(reader.rows(HandoverChange).filter(handover__in=handovers)):
        if reader.as_of.on is None or change.happened.earliest <= reader.as_of.on:
            changes.setdefault(change.handover_id, []).append(change)
    found = [
        Receipt(handovers[code], step.change)
        for code, history in changes.items()
        for step in Handover.trace(history)[0]
        if step.change.kind == "received"
    ]
    return sorted(found, key=lambda receipt: receipt.change.sort_key)
