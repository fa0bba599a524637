"""Who holds a thing, and who has held it: the one rule, for any number of things at once.

What has passed by itself is with whoever received it last. What has not is where that lies which it was taken out of:
a sample where the bone is, bones and effects where the accession is. An accession begins with the laboratory that
opened it; a container with whoever gave it at the takeover or, where no takeover is in the book, with whoever its own
row says took it over. Only what was received counts: what is on its way, or was turned back, is with its giver.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from homeward.core.dates import PartialDate
from homeward.web.journal.access import Anybody, visible
from homeward.web.journal.knowledge import NOW, AsOf, known
from homeward.web.remains.accessions import Accession, TransferCase
from homeward.web.remains.custody import Transfer, TransferItem, TransferKind
from homeward.web.remains.lineage import Lineage, in_groups, lineage_of


@dataclass(frozen=True, slots=True)
class Passing:
    """A transfer, and the thing that it lists; that is another where what it was taken out of has passed."""

    transfer: Transfer
    about: str

    @property
    def key(self) -> tuple[Any, ...]:
        """What orders passings that were received.

        Where a thing crosses the date line it is received on the day before it was sent; it counts from the sending.
        """
        row = self.transfer
        return max(row.received.earliest, row.happened.earliest), row.order, row.code


@dataclass(frozen=True, slots=True)
class Beginning:
    """With whom the line of a thing begins, and since when; how, in words."""

    holder: str
    since: PartialDate
    how: str


@dataclass(frozen=True, slots=True)
class CustodyLine:
    """Who has held a thing.

    before: what became of the container before the accession was opened out of it.
    container_with: the code of the party that held the container when it was opened; empty where there is none.
    beginning: with whom it begins.
    received: every passing since, in order.
    turned_back: sendings that nobody received. under_way: one that nobody has received yet.
    """

    reference: str
    before: tuple[Passing, ...]
    container_with: str
    beginning: Beginning
    received: tuple[Passing, ...]
    turned_back: tuple[Passing, ...]
    under_way: Passing | None

    @property
    def last(self) -> Transfer | None:
        """The last transfer that was received."""
        return self.received[-1].transfer if self.received else None

    @property
    def holder(self) -> str:
        """The code of the party that holds it."""
        return str(self.last.receiver_id) if self.last else self.beginning.holder

    @property
    def since(self) -> PartialDate:
        """Since when the holder holds it: moves within one holder do not begin anew."""
        since = self.beginning.since
        holder = self.beginning.holder
        for passing in self.received:
            if passing.transfer.receiver_id != holder:
                since, holder = passing.transfer.received, passing.transfer.receiver_id
        return since

    @property
    def came(self) -> PartialDate:
        """When it came to where it is."""
        return self.last.received if self.last and self.last.received else self.beginning.since

    @property
    def store(self) -> str:
        """The code of the store in which it lies; empty where that is not known."""
        return str(self.last.store_id or "") if self.last else ""

    @property
    def opened_elsewhere(self) -> bool:
        """Whether a laboratory opened what somebody else held."""
        return bool(self.container_with) and self.container_with != self.beginning.holder

    @property
    def is_released(self) -> bool:
        """Whether it was released, and is in nobody's keeping any more."""
        return self.last is not None and self.last.kind == TransferKind.RELEASE


def holders_of(references: Iterable[str], as_of: AsOf = NOW) -> dict[str, str]:
    """Return the code of the party that holds each thing; what was not in the register then is left out."""
    return {reference: line.holder for reference, line in custody_lines(references, as_of).items()}


def custody_lines(
    references: Iterable[str], as_of: AsOf = NOW, *, seen_by: Anybody | None = None
) -> dict[str, CustodyLine]:
    """Return the lines of things by reference; what was not there then is left out. It takes seven queries at most.

    Parameters
    ----------
    references : iterable of str
        Containers, accessions, bones, samples and effects, as ``noun:code``; others are passed over.
    as_of : AsOf
        When it was so, and when it was known.
    seen_by : User or AnonymousUser, optional
        Whose view it is: transfers that they may not see are left out. Without it nothing is.
    """
    wanted = list(dict.fromkeys(references))
    lineage = lineage_of(wanted)
    passings = _passings(list(lineage.rows), as_of, seen_by)
    lines = {one: _line(one, lineage, passings) for one in wanted if one in lineage.rows}
    return {one: line for one, line in lines.items() if line is not None and _had_begun(line, as_of.on)}


def _passings(references: Sequence[str], as_of: AsOf, seen_by: Anybody | None) -> dict[str, list[Passing]]:
    """The transfers that list things, by reference and as known then; those received in order, before all others."""
    found: dict[str, list[Passing]] = {}
    all_transfers = Transfer.objects.all() if seen_by is None else visible(seen_by, Transfer)
    for group in in_groups(references):
        items = known(TransferItem.objects.filter(about__in=group), as_of)
        codes = {item.transfer_id for item in items}
        transfers = {row.code: row for row in known(all_transfers.filter(pk__in=codes), as_of)}
        for item in items:
            row = transfers.get(item.transfer_id)
            if row is not None and (as_of.on is None or row.happened.earliest <= as_of.on):
                found.setdefault(item.about, []).append(Passing(_by_day(row, as_of.on), item.about))
    return found


def _by_day(row: Transfer, on: date | None) -> Transfer:
    """A transfer as it stood on a day: what was received or turned back later was on its way then."""
    if on is not None and row.received is not None and row.received.earliest > on:
        row.received = None
    if on is not None and row.turned_back is not None and row.turned_back.earliest > on:
        row.turned_back = None
    return row


def _line(reference: str, lineage: Lineage, passings: Mapping[str, Sequence[Passing]]) -> CustodyLine | None:
    """The line of one thing; ``None`` where nothing says with whom it begins."""
    way = lineage.way_up(reference)
    begins_at = next((one for one in way if one.startswith(("accession:", "transfercase:"))), None)
    root = lineage.rows.get(begins_at or "")
    if root is None:
        return None
    received: list[Passing] = []
    for one in reversed(way[: way.index(root.reference) + 1]):
        own = sorted((p for p in passings.get(one, ()) if p.transfer.received is not None), key=lambda p: p.key)
        received = [p for p in received if not own or p.key < own[0].key] + own
    mine = [p for p in passings.get(reference, ()) if p.transfer.received is None]
    under_way = [p for p in mine if p.transfer.is_under_way]
    before = _before(root, passings)
    return CustodyLine(
        reference,
        before,
        _container_with(root, before, lineage, passings),
        _beginning(root, passings),
        tuple(received),
        tuple(p for p in mine if not p.transfer.is_under_way),
        under_way[0] if under_way else None,
    )


def _before(root: Any, passings: Mapping[str, Sequence[Passing]]) -> tuple[Passing, ...]:
    """What became of the container by the time when the accession was opened out of it."""
    if not isinstance(root, Accession) or root.transfer_case_id is None:
        return ()
    of_case = passings.get(f"transfercase:{root.transfer_case_id}", ())
    received = [p for p in of_case if p.transfer.received and p.transfer.received.earliest <= root.opened.latest]
    return tuple(sorted(received, key=lambda p: p.key))


def _container_with(
    root: Any, before: Sequence[Passing], lineage: Lineage, passings: Mapping[str, Sequence[Passing]]
) -> str:
    """The code of the party that held the container when the accession was opened out of it."""
    if before:
        return str(before[-1].transfer.receiver_id)
    container = lineage.rows.get(lineage.parents.get(root.reference, ""))
    return _beginning(container, passings).holder if isinstance(container, TransferCase) else ""


def _beginning(root: Any, passings: Mapping[str, Sequence[Passing]]) -> Beginning:
    """With whom the line of an accession or a container begins."""
    if isinstance(root, Accession):
        return Beginning(str(root.laboratory_id), root.opened, f"opened as accession {root.number}")
    assert isinstance(root, TransferCase), "A line begins with an accession or a container."  # noqa: S101
    for passing in sorted(passings.get(root.reference, ()), key=lambda p: p.transfer.received is None):
        if passing.transfer.kind == TransferKind.TAKEOVER:
            return Beginning(str(passing.transfer.giver_id), passing.transfer.happened, "given at the takeover")
    return Beginning(str(root.received_by_id), root.received, "taken over, as the row of the container says")


def _had_begun(line: CustodyLine, on: date | None) -> bool:
    """Whether anything was known to hold a thing on a day."""
    return on is None or line.beginning.since.earliest <= on
