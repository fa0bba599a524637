"""How many containers of a handover are in the register, beside how many the book of the handover gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from homeward.web.engagement.standing import History
from homeward.web.engagement.wording import range_words
from homeward.web.engagement.works import Handover, HandoverStep
from homeward.web.journal.reader import Reader
from homeward.web.journal.recorded import nouns


@dataclass(frozen=True, slots=True)
class RegisterCount:
    """The containers that were received by the book of a handover, as a range, and those in the register.

    low, high: ``None`` where the book gives no number.
    """

    low: int | None
    high: int | None
    in_register: int

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
    cases: type[Any] = nouns()["transfercase"]
    n_cases = reader.rows(cases).filter(handover=row).count()
    low, high = (sum(ends) for ends in zip(*counts, strict=True)) if counts else (None, None)
    return RegisterCount(low, high, n_cases)
