"""Cases as they are listed: by where they stand, with both sides of the entry."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from homeward.web.casework.identifications import Identification, IdentificationChange
from homeward.web.casework.individuals import Individual
from homeward.web.engagement.standing import History, histories
from homeward.web.journal.reader import Reader
from homeward.web.roll.people import MissingPerson

MACHINE = Identification.machine
NEWEST_FIRST = ("-known_on", "-recorded_at", "code")
LAST_STEPS = {
    "proposed": ("proposed", "sent-back"),
    "in-review": ("submitted",),
    "told": ("told",),
    **{state: (state,) for state in ("signed", "announced", "released", "buried", "closed", "dropped", "rescinded")},
}
"""The kinds of the last step by the state that they lead to; what is announced after a burial stays buried."""


@dataclass(frozen=True, slots=True)
class ListedCase:
    """A case in a list: where it stands, and its two sides as far as the reader may see them."""

    row: Identification
    state: str
    stands: str
    last: Any
    missing: MissingPerson | None
    individual: Individual | None


def cases_by_state(reader: Reader, state: str = "") -> QuerySet[Identification]:
    """Return the cases that a reader may see, the newest first; those of one state if it is given."""
    rows = reader.rows(Identification)
    if state in LAST_STEPS:
        return with_last_step(rows).filter(last_step__in=LAST_STEPS[state]).order_by(*NEWEST_FIRST)
    return rows.order_by(*NEWEST_FIRST)


def with_last_step(rows: QuerySet[Identification]) -> QuerySet[Any]:
    """Add to identifications the kind of the last step that was taken."""
    steps = IdentificationChange.objects.filter(identification=OuterRef("pk"), withdrawn="")
    return rows.annotate(last_step=Subquery(steps.order_by("-order", "-recorded_at").values("kind")[:1]))


def with_sides(rows: Iterable[Identification], reader: Reader) -> Sequence[ListedCase]:
    """Return cases with where they stand and both sides, with few questions however many there are."""
    rows = list(rows)
    past = histories(Identification, [row.code for row in rows], reader)
    people = _known(MissingPerson, {row.missing_id for row in rows}, reader)
    individuals = _known(Individual, {row.individual_id for row in rows}, reader)
    return [
        ListedCase(
            row,
            history.state,
            MACHINE.labels.get(history.state, "not yet begun"),
            history.last,
            people.get(row.missing_id),
            individuals.get(row.individual_id),
        )
        for row in rows
        for history in [past.get(row.code, History())]
    ]


def _known(model: type[Any], codes: Iterable[str], reader: Reader) -> dict[str, Any]:
    """Rows of a noun by code, those that the reader may see."""
    return {row.code: row for row in reader.known(reader.rows(model).filter(pk__in=list(codes)))}
