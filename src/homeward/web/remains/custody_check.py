"""What cannot be in the line of a thing: passing from somebody who does not hold it, or after it was released."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from homeward.web.journal.recorded import Recorded
from homeward.web.remains.accessions import Accession
from homeward.web.remains.custody import Transfer, TransferItem, TransferKind
from homeward.web.remains.holders import CustodyLine, Passing, custody_lines
from homeward.web.remains.lineage import lineage_of

DATE_LINE = timedelta(days=1)
"""How much earlier than the sending a receipt can be by the calendars of two places."""

Problem = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A passing that does not follow from the one before it.

    holder: the code of the party that held the thing then; empty where the dates are wrong.
    """

    passing: Passing
    holder: str
    what: str


def problems_of_transfers(codes: Sequence[str]) -> list[Problem]:
    """Return what is wrong with transfers: their dates, their count, and the lines of all things that they list."""
    transfers = {row.code: row for row in Transfer.objects.filter(pk__in=codes, withdrawn="")}
    items = list(TransferItem.objects.filter(transfer__in=transfers, withdrawn=""))
    loose = Counter(item.transfer_id for item in items if not item.packed)
    found = [problem for row in transfers.values() for problem in _of_one(row, loose[row.code])]
    there = lineage_of(item.about for item in items).rows
    found += [problem for item in items for problem in _of_item(item, transfers[item.transfer_id], there)]
    for line in custody_lines(item.about for item in items).values():
        for one in contradictions(line):
            row = one.passing.transfer
            what = f"{line.reference} passes from {row.giver_id} on {row.happened.words}, {one.what} {one.holder}"
            found.append((row.code, f"{what.rstrip()}.", "Enter first what lies between."))
    return found


def opened_elsewhere(accessions: Iterable[Accession]) -> list[Problem]:
    """Return the accessions that a laboratory opened while somebody else held the container."""
    rows = {row.reference: row for row in accessions}
    return [
        (
            rows[reference].code,
            f"{line.beginning.holder} opened it on {line.beginning.since.words}, "
            f"but the container was then with {line.container_with}.",
            "Enter first how the container came to the laboratory.",
        )
        for reference, line in custody_lines(rows).items()
        if line.opened_elsewhere
    ]


def contradictions(line: CustodyLine) -> list[Contradiction]:
    """Return what in the line of a thing does not follow from what was before."""
    found: list[Contradiction] = []
    holder, released = line.beginning.holder, False
    passings = [*line.received, *((line.under_way,) if line.under_way else ())]
    for passing in passings:
        row = passing.transfer
        if released:
            found.append(Contradiction(passing, holder, "but before that it was released to"))
        elif row.giver_id != holder:
            found.append(Contradiction(passing, holder, "but it was then with"))
        elif row.happened.latest < line.beginning.since.earliest - DATE_LINE:
            found.append(Contradiction(passing, "", "before it was in the register"))
        holder, released = str(row.receiver_id), row.kind == TransferKind.RELEASE
    return found


def _of_one(row: Transfer, n_loose: int) -> Iterable[Problem]:
    """What is wrong with a transfer by itself."""
    if n_loose != row.n_things:
        yield (
            row.code,
            f"{row.n_things} things were counted, and {n_loose} are listed.",
            "List every thing that is given out of hand, and count it.",
        )
    for day, deed in ((row.received, "received"), (row.turned_back, "turned back")):
        if day is not None and day.latest < row.happened.earliest - DATE_LINE:
            yield (
                row.code,
                f"It was {deed} on {day.words}, before it was sent on {row.happened.words}.",
                "Correct the dates. Only across the date line can it be the day before.",
            )


def _of_item(item: TransferItem, row: Transfer, there: Mapping[str, Recorded]) -> Iterable[Problem]:
    """What is wrong with a thing that a transfer lists, whatever became of it before."""
    if item.about not in there:
        yield row.code, f"{item.about} is nothing that can pass from one to another.", "List what is in the register."
    if item.under_way != row.is_under_way:
        state = "on its way" if item.under_way else "no longer on its way"
        yield row.code, f"{item.about} stands as {state}, but the transfer does not.", "Let the actions say so."
    if row.kind == TransferKind.TAKEOVER and not item.about.startswith("transfercase:"):
        yield row.code, f"{item.about} is no container, so it is not taken over.", "Take over what it lies in."
