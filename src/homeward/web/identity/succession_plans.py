"""What a succession is to change: planned first, so that what it changes is on record before it is changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from homeward.core.dates import PartialDate
from homeward.web.accounts.models import User
from homeward.web.identity.identifiers import KEEP
from homeward.web.identity.successions import (
    EffectKind,
    Succession,
    SuccessionEffect,
    SuccessionKind,
    SuccessionPart,
    SuccessionSide,
)
from homeward.web.journal.book import InBook, opaque_code
from homeward.web.journal.chain import queue
from homeward.web.journal.keeping import amend, enter, require, withdraw
from homeward.web.journal.recorded import plain

LONGEST_REASON = 300
"""Characters of a reason that stand in the row that is withdrawn; the journal has all of it."""


@dataclass(frozen=True, slots=True)
class Decision:
    """When it was decided, by whom, and on what grounds."""

    happened: PartialDate
    decided_by: str
    reason: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What becomes what, and what changes with it.

    new: rows that did not exist before and that stand after. ended: rows to be withdrawn. amended: rows with the
    columns that change. entered: rows that take the place of those that ended.
    """

    kind: SuccessionKind
    before: Sequence[InBook]
    after: Sequence[InBook]
    new: Sequence[InBook] = ()
    ended: Sequence[InBook] = ()
    amended: Sequence[tuple[InBook, Mapping[str, Any]]] = ()
    entered: Sequence[InBook] = ()


def carry_out(plan: Plan, decision: Decision, *, by: User) -> Succession:
    """Keep a succession and make all of its changes, in one transaction.

    Raises
    ------
    PermissionDenied
        The user may not, or may not make one of the changes.
    ValidationError
        One of the changes is not possible. Nothing was written.
    """
    with transaction.atomic():
        queue()
        require(by, KEEP)
        verb, why = plan.kind.value, decision.reason
        for row in plan.new:
            enter(row, by=by, why=why, action=f"{row.noun()}.{verb}")
        succession = _succession(plan, decision)
        effects = _effects_before(plan, succession)
        enter(succession, by=by, why=why, action=f"succession.{verb}", parts=[*_parts(plan, succession), *effects])
        for row in plan.ended:
            withdraw(row, by=by, why=why[:LONGEST_REASON], action=f"{row.noun()}.{verb}")
        for row, changes in plan.amended:
            amend(row, changes, by=by, why=why, read_version=row.version, action=f"{row.noun()}.{verb}")
        for order, row in enumerate(plan.entered, start=len(effects)):
            enter(row, by=by, why=why, action=f"{row.noun()}.{verb}")
            effect = _effect(succession, EffectKind.ENTERED, row, order)
            enter(effect, by=by, why=why, action="successioneffect.entered")
    return succession


def _succession(plan: Plan, decision: Decision) -> Succession:
    """The row of the event."""
    first = plan.before[0]
    return Succession(
        code=opaque_code(),
        known_on=timezone.localdate(),
        kind=plan.kind,
        concerns=first.noun(),
        happened=decision.happened,
        decided_by=decision.decided_by,
        reason=decision.reason,
        made_up=first.made_up,
    )


def _parts(plan: Plan, succession: Succession) -> Iterable[SuccessionPart]:
    """The rows of what stood before and of what stands after."""
    for side, rows in ((SuccessionSide.BEFORE, plan.before), (SuccessionSide.AFTER, plan.after)):
        for row in rows:
            yield SuccessionPart(
                code=opaque_code(),
                known_on=succession.known_on,
                succession=succession,
                side=side,
                about=row.reference,
                made_up=succession.made_up,
            )


def _effects_before(plan: Plan, succession: Succession) -> list[SuccessionEffect]:
    """What is noted before the changes are made, as no row may name one that was withdrawn."""
    found = [_effect(succession, EffectKind.ENTERED, row, order) for order, row in enumerate(plan.new)]
    for row in plan.ended:
        found.append(_effect(succession, EffectKind.WITHDRAWN, row, len(found)))
    for row, changes in plan.amended:
        for column, value in changes.items():
            was, now = as_text(getattr(row, column)), as_text(value)
            if was != now:
                found.append(_effect(succession, EffectKind.AMENDED, row, len(found), column=column, was=was, now=now))
    return found


def _effect(succession: Succession, change: EffectKind, row: InBook, order: int, **columns: str) -> SuccessionEffect:
    """The row of one change."""
    return SuccessionEffect(
        code=opaque_code(),
        known_on=succession.known_on,
        succession=succession,
        change=change,
        about=row.reference,
        order=order,
        made_up=succession.made_up,
        **columns,
    )


def as_text(value: Any) -> str:
    """Return a value of a column as an effect keeps it; empty where there is none."""
    found = plain(value)
    return "" if found is None else str(found)
