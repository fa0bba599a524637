"""Histories: the dated changes of one thing, which states they lead through, and what is not possible."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django.db import models

from homeward.web.journal.fields import PartialDateField, earliest, latest, link, text_block
from homeward.web.journal.recorded import BOOKKEEPING, Recorded

Problem = tuple[str, str, str]
"""Code of the row, what is wrong, how to mend it."""


@dataclass(frozen=True, slots=True)
class Machine:
    """The states of a thing, by what may happen to it.

    steps: for each state, the kinds of change that are possible and the state that each leads to. The empty state is
        before the first change.
    labels: each state in words.
    """

    steps: Mapping[str, Mapping[str, str]]
    labels: Mapping[str, str]

    def possible(self, state: str) -> list[str]:
        """Return the kinds of change that are possible in a state."""
        return list(self.steps.get(state, {}))


@dataclass(frozen=True, slots=True)
class Step:
    """A change, and the state after it."""

    change: Any
    state: str


class Change(Recorded):
    """One dated change in the history of a thing. Each rests on citations."""

    happened = PartialDateField(help_text="When it happened.")
    happened_earliest = earliest("happened")
    happened_latest = latest("happened")
    order = models.PositiveSmallIntegerField(default=0, help_text="Order among changes of the same day.")
    by = link("parties.Party", "Which party did it.", required=False)
    note = text_block(required=False)

    subject: ClassVar[str]
    """The column that points to the thing whose history it is."""
    kind: Any
    needs_citation = True

    class Meta(Recorded.Meta):
        """Found by the day it happened."""

        abstract = True

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.happened.words}"

    def get_kind_display(self) -> str:
        """The kind in words; Django replaces it in each model."""
        raise NotImplementedError

    @classmethod
    def standing_of(cls, codes: Iterable[str]) -> models.QuerySet[Any]:
        """Return the changes of these things that are checked against each other whenever one of them is kept."""
        return cls.objects.filter(**{f"{cls.subject}__in": list(codes)}, withdrawn="")

    @property
    def subject_code(self) -> str:
        """The code of the thing whose history it is."""
        return str(getattr(self, f"{self.subject}_id"))

    @property
    def sort_key(self) -> tuple[Any, ...]:
        """What orders the changes of one thing."""
        return self.happened.earliest, self.order, self.happened.sort_key, self.code

    def depends_on(self) -> Iterable[tuple[type[Recorded], str]]:
        """It is a part of the history of its subject."""
        return [(type(self)._meta.get_field(self.subject).related_model, self.subject_code)]  # type: ignore[list-item]


class Changing(Recorded):
    """A thing with a history. Its state is never stored: it follows from the changes that are known."""

    machine: ClassVar[Machine]
    change: ClassVar[str]
    """The model of its changes, such as ``engagement.MeetingChange``; they are its ``changes``."""

    class Meta(Recorded.Meta):
        """The constraints of every row."""

        abstract = True

    @classmethod
    def trace(cls, changes: Iterable[Any]) -> tuple[list[Step], list[Problem]]:
        """Return the states that changes lead through, and which changes are not possible where they stand."""
        steps: list[Step] = []
        problems: list[Problem] = []
        state = ""
        for change in in_order(changes):
            next_state = cls.machine.steps.get(state, {}).get(change.kind)
            if next_state is None:
                problems.append(not_possible(change, state, cls.machine))
                continue
            problems += cls.problems_of_step(change, state)
            state = next_state
            steps.append(Step(change, state))
        return steps, problems

    @classmethod
    def problems_of_step(cls, change: Any, state: str) -> list[Problem]:
        """Return what else is wrong with a change that is possible by its kind."""
        return []

    @classmethod
    def problems_together(cls, codes: Iterable[str]) -> list[Problem]:
        """Return what is not possible in the histories of these things."""
        histories: dict[str, list[Any]] = {}
        model: Any = cls._meta.apps.get_model(cls.change)
        for change in model.standing_of(codes).defer(*BOOKKEEPING):
            histories.setdefault(change.subject_code, []).append(change)
        return [problem for changes in histories.values() for problem in cls.trace(changes)[1]]


def in_order(changes: Iterable[Any]) -> Sequence[Any]:
    """Return changes in the order in which they happened."""
    return sorted(changes, key=lambda change: change.sort_key)


def not_possible(change: Any, state: str, machine: Machine) -> Problem:
    """Return the problem of a change that its state does not allow."""
    now = machine.labels.get(state, "not yet begun")
    possible = ", ".join(repr(kind) for kind in machine.possible(state)) or "nothing more"
    return (
        change.code,
        f"On {change.happened.words} this stands as {now}, so it cannot be '{change.kind}'.",
        f"Possible there: {possible}. Check the dates, or enter first what happened before.",
    )
