"""Meetings: what was announced by whom, confirmed, held, missed, moved, raised in level, called off."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.db import models

from homeward.core.dates import PartialDate
from homeward.web.engagement.histories import Change, Changing, Machine, Problem, Step, in_order, not_possible
from homeward.web.journal.fields import PartialDateField, link, text_line
from homeward.web.journal.recorded import Recorded

KEEP = "engagement.keep_engagement"


class Level(models.TextChoices):
    """How high the people at the table stand."""

    WORKING = "working", "working level"
    GENERAL = "general", "general-officer level"
    MINISTERS = "ministers", "ministers"
    SUMMIT = "summit", "heads of state or government"
    UNSTATED = "", "level not stated"


class MeetingKind(models.TextChoices):
    """What can happen to a meeting."""

    ANNOUNCED = "announced", "announced"
    CONFIRMED = "confirmed", "confirmed by the other side"
    DECLINED = "declined", "declined"
    MOVED = "moved", "moved"
    LEVEL_RAISED = "level-raised", "raised in level"
    MISSED = "missed", "missed"
    HELD = "held", "held"
    CANCELLED = "cancelled", "cancelled"


PLANNED = {
    "announced": "planned",
    "confirmed": "planned",
    "declined": "declined",
    "moved": "planned",
    "level-raised": "planned",
    "missed": "missed",
    "held": "held",
    "cancelled": "cancelled",
}
MACHINE = Machine(
    steps={
        "": {"announced": "planned", "held": "held"},
        "planned": PLANNED,
        "missed": {"announced": "planned", "moved": "planned", "level-raised": "missed", "cancelled": "cancelled"},
        "declined": {"announced": "planned", "moved": "planned", "cancelled": "cancelled"},
        "cancelled": {"announced": "planned"},
        "held": {},
    },
    labels={
        "planned": "planned",
        "missed": "missed",
        "declined": "declined",
        "cancelled": "cancelled",
        "held": "held",
    },
)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a meeting stands after a change.

    state: of `MACHINE`. scheduled: the date that is planned, or was missed or kept. level: as planned.
    agreed_by: codes of the parties that announced or confirmed this date. missed_by: of those that did not come.
    earlier: dates that were planned before this one.
    """

    state: str = ""
    scheduled: PartialDate | None = None
    level: str = ""
    agreed_by: tuple[str, ...] = ()
    missed_by: tuple[str, ...] = ()
    earlier: tuple[PartialDate, ...] = ()

    @property
    def one_sided(self) -> bool:
        """Whether only one side is known to have announced or confirmed the date."""
        return self.state == "planned" and len(self.agreed_by) < 2

    @property
    def words(self) -> str:
        """Where it stands, in a few words."""
        if self.state == "planned":
            return "announced by one side only" if self.one_sided else "agreed by both sides"
        return MACHINE.labels.get(self.state, "nothing is known yet")


class Meeting(Changing):
    """A meeting between parties, with all that became of it."""

    name = text_line("Such as 'Talks on the return of remains'.")
    purpose = text_line("What it is to settle.", required=False)
    place = link("places.Place", "Where it was to be.", required=False, related="meetings")
    follows = link(
        "engagement.Meeting", "The meeting that this one follows from.", required=False, related="followed_by"
    )

    keep_permission = KEEP
    machine = MACHINE
    change = "engagement.MeetingChange"

    class Meta(Changing.Meta):
        """The permissions of this app."""

        permissions = [
            ("keep_engagement", "May keep contacts, meetings, requests and agreements"),
            ("keep_operations", "May keep operations and deliveries"),
            ("keep_handovers", "May keep handovers"),
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def trace(cls, changes: Iterable[Any]) -> tuple[list[Step], list[Problem]]:
        """Return the states that changes lead through, and which changes are not possible where they stand."""
        standings, problems = cls.standings(changes)
        return [Step(change, standing.state) for change, standing in standings], problems

    @classmethod
    def standings(cls, changes: Iterable[Any]) -> tuple[list[tuple[Any, Standing]], list[Problem]]:
        """Return where the meeting stands after each change, and which changes are not possible."""
        found: list[tuple[Any, Standing]] = []
        problems: list[Problem] = []
        standing = Standing()
        for change in in_order(changes):
            state = MACHINE.steps[standing.state].get(change.kind)
            if state is None:
                problems.append(not_possible(change, standing.state, MACHINE))
                continue
            problems += _wrong_dates(change, standing)
            standing = _after(standing, change, state)
            found.append((change, standing))
        return found, problems


class MeetingChange(Change):
    """Something that happened to a meeting."""

    meeting = link("engagement.Meeting", related="changes")
    kind = models.CharField(max_length=12, choices=MeetingKind)
    scheduled = PartialDateField(
        null=True, blank=True, help_text="For an announcement, a confirmation or a move: the date that was set."
    )
    level = models.CharField(
        max_length=9, choices=Level, blank=True, default=Level.UNSTATED, help_text="The level that was set, if it was."
    )

    keep_permission = KEEP
    subject = "meeting"
    fixed_fields = frozenset({"meeting", "kind"})

    class Meta(Change.Meta):
        """What each kind of change must say."""

        indexes = [
            *Recorded.Meta.indexes,
            models.Index(fields=["happened_earliest", "code"], name="meetingchange_by_date"),
        ]
        constraints = [
            *Recorded.Meta.constraints,
            models.CheckConstraint(
                name="meetingchange_sets_a_date",
                condition=~models.Q(kind__in=["announced", "moved"]) | models.Q(scheduled__isnull=False),
                violation_error_message="Say for which date it was announced, or to which date it was moved.",
            ),
            models.CheckConstraint(
                name="meetingchange_names_who",
                condition=~models.Q(kind__in=["announced", "confirmed", "declined", "missed"])
                | models.Q(by__isnull=False),
                violation_error_message="Say which party announced, confirmed, declined or missed it.",
            ),
            models.CheckConstraint(
                name="meetingchange_raises_to_a_level",
                condition=~models.Q(kind="level-raised") | ~models.Q(level=""),
                violation_error_message="Say to which level it was raised.",
            ),
        ]


def _wrong_dates(change: MeetingChange, standing: Standing) -> list[Problem]:
    """Dates that cannot be: set for before it was set, missed before it was due."""
    if change.scheduled and change.scheduled.latest < change.happened.earliest:
        return [
            (
                change.code,
                f"The date set, {change.scheduled.words}, is before it was set, on {change.happened.words}.",
                "Check both dates.",
            )
        ]
    due = standing.scheduled
    if change.kind == MeetingKind.MISSED and due and change.happened.latest < due.earliest:
        return [
            (
                change.code,
                f"It cannot have been missed on {change.happened.words}: it was set for {due.words}.",
                "Check both dates.",
            )
        ]
    return []


def _after(before: Standing, change: MeetingChange, state: str) -> Standing:
    """Where a meeting stands after a possible change."""
    after = replace(before, state=state, level=change.level or before.level)
    new_date = change.scheduled
    if change.kind in (MeetingKind.ANNOUNCED, MeetingKind.MOVED) and new_date:
        moved = before.scheduled is not None and new_date != before.scheduled
        same_plan = before.state == "planned" and not moved
        agreed = before.agreed_by if same_plan else ()
        after = replace(
            after,
            scheduled=new_date,
            earlier=(*before.earlier, before.scheduled) if moved and before.scheduled else before.earlier,
            agreed_by=_with(agreed, change.by_id),
        )
    elif change.kind == MeetingKind.CONFIRMED:
        after = replace(after, scheduled=new_date or before.scheduled, agreed_by=_with(before.agreed_by, change.by_id))
    elif change.kind == MeetingKind.MISSED:
        after = replace(after, missed_by=_with(before.missed_by, change.by_id))
    elif change.kind == MeetingKind.HELD:
        after = replace(after, scheduled=change.happened)
    return after


def _with(codes: tuple[str, ...], code: str | None) -> tuple[str, ...]:
    """A party added, once."""
    return codes if code is None or code in codes else (*codes, code)
