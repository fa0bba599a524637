"""The histories of things as of two times: what had happened by then, of what was known then."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.apps import apps

from homeward.web.engagement.histories import Changing, Step, in_order
from homeward.web.journal.linked import fill
from homeward.web.journal.reader import Reader


@dataclass(frozen=True, slots=True)
class History:
    """What happened to one thing.

    changes: in order. steps: those of them that follow from one another, with the state after each; a change whose
        forerunner was not known then is in ``changes`` alone.
    """

    changes: tuple[Any, ...] = ()
    steps: tuple[Step, ...] = ()

    @property
    def state(self) -> str:
        """Where the thing stands; empty before the first change."""
        return self.steps[-1].state if self.steps else ""

    @property
    def last(self) -> Any:
        """The last change, or ``None``."""
        return self.changes[-1] if self.changes else None

    def ever(self, states: Collection[str]) -> Step | None:
        """Return the first step into one of these states."""
        return next((step for step in self.steps if step.state in states), None)

    def since(self, states: Collection[str]) -> Step | None:
        """Return the step since which the thing has been in one of these states; ``None`` if it is in none."""
        first = None
        for step in reversed(self.steps):
            if step.state not in states:
                break
            first = step
        return first

    def by(self, day: date) -> History:
        """Return what of it had happened by a day."""
        return History(
            tuple(change for change in self.changes if change.happened.earliest <= day),
            tuple(step for step in self.steps if step.change.happened.earliest <= day),
        )


def had_happened(rows: Iterable[Any], on: date | None) -> list[Any]:
    """Return the rows that had happened by a day; one of an imprecise date counts from the first day it can mean."""
    return [row for row in rows if on is None or row.happened.earliest <= on]


def histories(model: type[Changing], codes: Collection[str], reader: Reader) -> dict[str, History]:
    """Return the histories of things of one noun, by their codes; those of which nothing is known are left out."""
    change: Any = apps.get_model(model.change)
    beside = [field.name for field in change._meta.concrete_fields if field.name in {"by", "place", change.subject}]
    rows = reader.rows(change).filter(**{f"{change.subject}__in": codes}).select_related(*beside)
    past = had_happened(reader.known(rows), reader.as_of.on)
    fill(past, reader, *beside)
    by_code: dict[str, list[Any]] = {}
    for one in past:
        by_code.setdefault(one.subject_code, []).append(one)
    return {
        code: History(tuple(in_order(changes)), tuple(model.trace(changes)[0])) for code, changes in by_code.items()
    }


def history_of(row: Changing, reader: Reader) -> History:
    """Return the history of one thing."""
    return histories(type(row), [row.code], reader).get(row.code, History())
