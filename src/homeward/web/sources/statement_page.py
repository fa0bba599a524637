"""The page of a statement: who said it to whom, how it reached us, and who says otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Q, QuerySet, When

from homeward.web.engagement.verdicts import judge_figures, judge_statements
from homeward.web.journal.linked import fill
from homeward.web.journal.reader import Reader
from homeward.web.journal.recorded import Row
from homeward.web.sources.claims import Claim, claims_of, said_by_then
from homeward.web.sources.conflicts import Conflict, Position
from homeward.web.sources.figures import Figure
from homeward.web.sources.linked_rows import NamedRow, named_rows
from homeward.web.sources.statements import Bearing, Says, Statement

MOST_ROWS = 60
"""Rows of each kind that one page looks at: what bears on the same things, what answers the same questions."""
HAPPENED = (Says.HAPPENED, Says.IN_PART)
SAYS = {
    Says.HAPPENED: "Says that this happened:",
    Says.IN_PART: "Says that this happened in part, or is happening:",
    Says.NOT: "Says that this has not happened:",
    Says.PLANNED: "Says that this is planned:",
    Says.CONCERNS: "Concerns:",
}
OPPOSED: Mapping[str, tuple[str, ...]] = {Says.HAPPENED: (Says.NOT,), Says.IN_PART: (Says.NOT,), Says.NOT: HAPPENED}


@dataclass(frozen=True, slots=True)
class About:
    """A row that a statement bears on, and what it says of it, in words to stand before the row."""

    says: str
    row: NamedRow


@dataclass(frozen=True, slots=True)
class Otherwise:
    """A claim that contradicts a statement.

    answers: the conflicts to which both give different answers, each with the answer of this claim.
    says: what this claim says of the rows that both bear on.
    can_both_stand: whether the time between the two is enough for both to be true.
    """

    claim: Claim
    answers: tuple[tuple[Conflict, str], ...]
    says: tuple[About, ...]
    can_both_stand: bool


def statement_page(statement: Statement, reader: Reader) -> Mapping[str, Any]:
    """Return what the page of a statement shows beside its columns."""
    positions = _positions(statement, reader)
    bearings = _bearings(statement, reader)
    own, opposed = _own_and_opposed(statement, bearings)
    figures = _figures(statement, positions, reader)
    related: list[Position | Bearing | Figure] = [*positions, *opposed, *figures]
    wanted = {row.statement_id for row in related if row.statement_id} - {statement.code}
    others = reader.known(reader.rows(Statement).filter(pk__in=wanted))
    own_figures = [figure for figure in figures if figure.statement_id == statement.code]
    claims = claims_of([statement, *others], figures, reader)
    fill(own_figures, reader, "series")
    named = named_rows((bearing.about for bearing in own), reader)
    return {
        "claim": claims[statement.reference],
        "about": _about(own, named),
        "figures": own_figures,
        "judgements": [
            *judge_statements([statement], reader).get(statement.code, []),
            *judge_figures(own_figures, reader).values(),
        ],
        "otherwise": _otherwise(statement, claims, positions, opposed, named, reader),
        "left_out": MOST_ROWS in (len(positions), len(bearings)),
    }


def _positions(statement: Statement, reader: Reader) -> Sequence[Position]:
    """All answers to the questions that a statement, or a figure in it, answers."""
    own = Position.objects.filter(Q(statement=statement.code) | Q(figure__statement=statement.code))
    rows = reader.rows(Position).filter(conflict__in=own.values("conflict"))
    found = reader.known(_first(rows, pk__in=own.values("pk"))[:MOST_ROWS])
    fill(found, reader, "conflict")
    return found


def _bearings(statement: Statement, reader: Reader) -> Sequence[Bearing]:
    """What a statement bears on, and the bearings of others on the same rows that can contradict it."""
    own = Bearing.objects.filter(statement=statement.code)
    opposite = Q(about__in=own.values("about"), says__in=[*HAPPENED, Says.NOT])
    rows = reader.rows(Bearing).filter(Q(statement=statement.code) | opposite)
    return reader.known(_first(rows, statement=statement.code)[:MOST_ROWS])


def _first(rows: QuerySet[Row], **own: Any) -> QuerySet[Row]:
    """Rows in order, the statement's own before all others, so that these are never among those left out."""
    return rows.order_by(Case(When(**own, then=0), default=1), "code")


def _own_and_opposed(statement: Statement, bearings: Iterable[Bearing]) -> tuple[list[Bearing], list[Bearing]]:
    """The bearings of a statement, and those of others that say the opposite of the same row."""
    own = [bearing for bearing in bearings if bearing.statement_id == statement.code]
    says = {bearing.about: bearing.says for bearing in own}
    opposed = [
        bearing
        for bearing in bearings
        if bearing.statement_id != statement.code and bearing.says in OPPOSED.get(says.get(bearing.about, ""), ())
    ]
    return own, opposed


def _figures(statement: Statement, positions: Iterable[Position], reader: Reader) -> Sequence[Figure]:
    """The figures in a statement, and those that answer the questions it answers."""
    answering = [row.figure_id for row in positions if row.figure_id]
    rows = reader.rows(Figure).filter(Q(statement=statement.code) | Q(pk__in=answering)).order_by("code")
    return reader.known(rows[:MOST_ROWS])


def _about(bearings: Iterable[Bearing], named: Mapping[str, NamedRow]) -> tuple[About, ...]:
    """The rows that bearings are about and that can be named."""
    return tuple(About(SAYS[Says(one.says)], named[one.about]) for one in bearings if one.about in named)


def _otherwise(
    statement: Statement,
    claims: Mapping[str, Claim],
    positions: Iterable[Position],
    opposed: Iterable[Bearing],
    named: Mapping[str, NamedRow],
    reader: Reader,
) -> list[Otherwise]:
    """The claims that contradict a statement, earliest first."""
    own_answers: dict[str, set[str]] = {}
    answers: dict[str, list[tuple[Conflict, str]]] = {}
    for position in positions:
        claim = _claim_of(position, claims)
        if claim is None:
            continue
        if statement.code in (position.statement_id, getattr(claim.row, "statement_id", None)):
            own_answers.setdefault(position.conflict_id, set()).add(position.answer)
        else:
            answers.setdefault(claim.row.reference, []).append((position.conflict, position.answer))
    says: dict[str, list[Bearing]] = {}
    for bearing in opposed:
        says.setdefault(f"statement:{bearing.statement_id}", []).append(bearing)
    found = []
    for reference in dict.fromkeys([*answers, *says]):
        other = [one for one in answers.get(reference, []) if one[1] not in own_answers.get(one[0].code, set())]
        if reference in claims and (other or reference in says):
            bearings = says.get(reference, [])
            both = not other and all(_can_both_stand(statement, claims[reference].row, one) for one in bearings)
            found.append(Otherwise(claims[reference], tuple(other), _about(bearings, named), both))
    kept = {claim.row.reference for claim in said_by_then((one.claim for one in found), reader)}
    return sorted(
        (one for one in found if one.claim.row.reference in kept),
        key=lambda one: (one.claim.when.sort_key, one.claim.row.code),
    )


def _claim_of(position: Position, claims: Mapping[str, Claim]) -> Claim | None:
    """The claim that gives an answer; ``None`` if the reader may not see it, or it was not known."""
    reference = f"figure:{position.figure_id}" if position.figure_id else f"statement:{position.statement_id}"
    return claims.get(reference)


def _can_both_stand(statement: Statement, other: Statement | Figure, bearing: Bearing) -> bool:
    """Whether the denial was said on an earlier day than the report: it may have happened in between."""
    assert isinstance(other, Statement), "Only statements bear on rows."  # noqa: S101
    denial, report = (other, statement) if bearing.says == Says.NOT else (statement, other)
    before: bool = denial.said.latest < report.said.earliest
    return before
