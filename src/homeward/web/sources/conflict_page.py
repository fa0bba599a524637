"""The page of a conflict: the question, every answer side by side, the work on it, and what the books show."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from homeward.web.engagement.verdicts import BOOKS_SAY, claim_verdicts
from homeward.web.journal.models import Entry
from homeward.web.journal.reader import Reader
from homeward.web.sources.actions import TRANSITIONS
from homeward.web.sources.book_check import book_answer
from homeward.web.sources.claims import Claim, claims_of, said_by_then
from homeward.web.sources.conflicts import KEEP, Conflict, Position
from homeward.web.sources.differences import explain_difference
from homeward.web.sources.figures import Figure
from homeward.web.sources.linked_rows import named_rows
from homeward.web.sources.statements import Statement

MOST_ANSWERS = 60
MOST_LINES = 100
LABELS = {
    "taken-on": "Take it on",
    "handed-on": "Hand it to somebody",
    "explained": "Explain it: all answers can stand",
    "decided": "Decide: prefer one answer",
    "left-undecided": "Say that it cannot be decided",
    "reopened": "Open it again",
}
"""What may be done with a conflict, as it is written on buttons."""
DID = {
    "entered": "opened it",
    "imported": "brought it in",
    "taken-on": "took it on",
    "handed-on": "handed it on",
    "explained": "explained it",
    "decided": "decided it",
    "left-undecided": "left it undecided",
    "reopened": "opened it again",
}
"""What was done, by the action in the journal."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer to the question, the claim that gives it, and what the books say to the claim, where they can tell."""

    position: Position
    claim: Claim
    verdict: str


@dataclass(frozen=True, slots=True)
class Difference:
    """Two answers that are figures, and why they differ."""

    first: Figure
    second: Figure
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """What somebody did with a conflict, from which day it is known, who had it then, and why."""

    day: date
    by: str
    did: str
    owner: str
    why: str


def conflict_page(conflict: Conflict, reader: Reader) -> Mapping[str, Any]:
    """Return what the page of a conflict shows beside its columns."""
    answers = answers_of(conflict, reader)
    may_act = reader.as_of.is_now and reader.user.has_perm(KEEP)
    possible = TRANSITIONS[conflict.state] if may_act else {}
    return {
        "answers": answers,
        "left_out": len(answers) == MOST_ANSWERS,
        "differences": _differences(answers),
        "about": named_rows([conflict.about] if conflict.about else [], reader).get(conflict.about),
        "book": book_answer(conflict, reader),
        "steps": _steps(conflict, reader) if reader.user.has_perm("journal.view_journal") else [],
        "actions": [(action, label) for action, label in LABELS.items() if action in possible],
    }


def answers_of(conflict: Conflict, reader: Reader) -> list[Answer]:
    """Return the answers to a conflict that the reader may see, as known, by the day on which they were given."""
    positions = reader.known(reader.rows(Position).filter(conflict=conflict.code).order_by("code")[:MOST_ANSWERS])
    said = {position.statement_id for position in positions if position.statement_id}
    counted = {position.figure_id for position in positions if position.figure_id}
    statements = reader.known(reader.rows(Statement).filter(pk__in=said))
    figures = reader.known(reader.rows(Figure).filter(pk__in=counted))
    claims = claims_of(statements, figures, reader)
    by_then = {claim.row.reference: claim for claim in said_by_then(claims.values(), reader)}
    verdicts = claim_verdicts((claim.row for claim in by_then.values()), reader)
    answers = [
        Answer(position, claim, BOOKS_SAY.get(verdicts.get(claim.row.reference), ""))
        for position in positions
        if (
            claim := by_then.get(
                f"figure:{position.figure_id}" if position.figure_id else f"statement:{position.statement_id}"
            )
        )
    ]
    return sorted(answers, key=lambda answer: (answer.claim.when.sort_key, answer.position.code))


def _differences(answers: Iterable[Answer]) -> Sequence[Difference]:
    """Why each figure among the answers differs from the next one."""
    figures = [answer.claim.row for answer in answers if isinstance(answer.claim.row, Figure)]
    return [Difference(one, other, tuple(explain_difference(one, other))) for one, other in pairwise(figures)]


def _steps(conflict: Conflict, reader: Reader) -> Sequence[Step]:
    """What was done with a conflict as far as it was known, oldest first."""
    lines = Entry.objects.filter(noun=conflict.noun(), code=conflict.code).order_by("number")
    if reader.as_of.known is not None:
        lines = lines.filter(known_on__lte=reader.as_of.known)
    return [
        Step(
            line.known_on or line.at.date(),
            line.by_name,
            DID.get(line.action.partition(".")[2], "changed it"),
            json.loads(line.after)["owner"] or "",
            line.why,
        )
        for line in lines[:MOST_LINES]
    ]
