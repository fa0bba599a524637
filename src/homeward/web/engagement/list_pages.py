"""What the lists of agreements, handovers and other things with a history show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Min, QuerySet

from homeward.web.engagement.changing_pages import containers, state_words, with_states
from homeward.web.engagement.commitments import CommitmentStanding, commitment_standings
from homeward.web.engagement.dealings import Agreement, Commitment
from homeward.web.engagement.histories import Changing
from homeward.web.engagement.standing import History, histories
from homeward.web.engagement.works import Handover
from homeward.web.journal.linked import fill
from homeward.web.journal.reader import Reader
from homeward.web.sources.figures import Figure

Context = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class AgreementLine:
    """An agreement, and where each of its points stands."""

    row: Agreement
    points: list[tuple[Commitment, CommitmentStanding]]


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """A handover as a line of the ledger: its containers by the book, and the numbers that others gave, by unit."""

    row: Handover
    stands: str
    last: Any
    containers: str
    counts: Sequence[tuple[str, Sequence[str]]]


def by_first_change(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Return things with a history in the order in which they began, newest first."""
    began: QuerySet[Any] = rows.annotate(began=Min("changes__happened_earliest"))
    return began.order_by(F("began").desc(nulls_last=True), "code")


def newest_first(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Return things that happened once, newest first."""
    return rows.order_by("-happened_earliest", "code")


def changing_list(rows: Sequence[Changing], reader: Reader) -> Context:
    """Return where each thing stands."""
    return {"listed": with_states(rows, reader)}


def agreement_list(rows: Sequence[Agreement], reader: Reader) -> Context:
    """Return the points of each agreement and where they stand."""
    commitments = reader.known(reader.rows(Commitment).filter(agreement__in=rows).order_by("number"))
    standings = commitment_standings(commitments, reader)
    return {
        "listed": [
            AgreementLine(row, [(one, standings[one.code]) for one in commitments if one.agreement_id == row.code])
            for row in rows
        ]
    }


def handover_list(rows: Sequence[Handover], reader: Reader) -> Context:
    """Return the ledger of handovers."""
    fill(rows, reader, "giver", "receiver")
    past = histories(Handover, [row.code for row in rows], reader)
    figures = reader.about(Figure, [row.reference for row in rows])
    return {
        "listed": [_ledger_line(row, past.get(row.code, History()), figures.get(row.reference, [])) for row in rows]
    }


def _ledger_line(row: Handover, history: History, figures: Sequence[Figure]) -> LedgerLine:
    """One line of the ledger; what was received counts, and before that what was set."""
    counts = containers(history)
    received = [quantity for quantity in counts if quantity.change.kind == "received"]
    shown = "; ".join(f"{quantity.number} {quantity.change.container}".strip() for quantity in received or counts[-1:])
    by_unit: dict[str, dict[str, None]] = {}
    for figure in sorted(figures, key=lambda figure: (figure.low, figure.high)):
        by_unit.setdefault(str(figure.get_unit_display()), {})[figure.words] = None
    numbers = [(unit, list(found)) for unit, found in sorted(by_unit.items())]
    return LedgerLine(row, state_words(row, history), history.last, shown, numbers)
