"""How many containers of a handover are in the register, beside how many the book of the handover gives."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from homeward.web.engagement.standing import History
from homeward.web.engagement.wording import range_words
from homeward.web.engagement.works import Handover, HandoverStep
from homeward.web.journal.reader import Reader
from homeward.web.journal.recorded import nouns

_PARTS = re.compile(r"\d+|\D+")
MOST_LISTED = 300
"""How many containers are named one by one."""


@dataclass(frozen=True, slots=True)
class ListedCase:
    """A container of the register, and whether an accession was opened out of it."""

    row: Any
    is_opened: bool


@dataclass(frozen=True, slots=True)
class RegisterCount:
    """The containers that were received by the book of a handover, as a range, and those in the register.

    low, high: ``None`` where the book gives no number. listed: the first of those in the register, by their numbers.
    """

    low: int | None
    high: int | None
    in_register: int
    listed: Sequence[ListedCase]

    @property
    def stated(self) -> str:
        """What the book gives, in words."""
        return range_words(self.low, self.high)

    @property
    def balances(self) -> bool:
        """Whether the register holds as many as the book gives."""
        return self.low is not None and self.high is not None and self.low <= self.in_register <= self.high


def register_count(row: Handover, history: History, reader: Reader) -> RegisterCount:
    """Return the containers of a handover by its book and by the register."""
    counts = [
        (change.containers_low, change.containers_high)
        for change in history.changes
        if change.kind == HandoverStep.RECEIVED and change.containers_low is not None
    ]
    low, high = (sum(ends) for ends in zip(*counts, strict=True)) if counts else (None, None)
    cases = reader.known(reader.rows(_model("transfercase")).filter(handover=row))
    return RegisterCount(low, high, len(cases), _listed(cases, reader))


def _listed(cases: Iterable[Any], reader: Reader) -> list[ListedCase]:
    """Containers in the order of their numbers, 2 before 10."""
    first = sorted(
        cases, key=lambda case: [(int(n), "") if n.isdigit() else (0, n) for n in _PARTS.findall(case.number)]
    )
    shown = first[:MOST_LISTED]
    accessions = reader.known(reader.rows(_model("accession")).filter(transfer_case__in=shown))
    opened = {one.transfer_case_id for one in accessions}
    return [ListedCase(case, case.code in opened) for case in shown]


def _model(noun: str) -> type[Any]:
    """The model of a noun of the register, which stands on the record and is not known to it."""
    return nouns()[noun]
