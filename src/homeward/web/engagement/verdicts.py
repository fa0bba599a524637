"""Claims held against the books: whether what was said agrees with what the books held on the day it was said.

The books are the histories of handovers, meetings, operations and deliveries, and where commitments stand by them. A
verdict is about the day of the claim; what happened later is told beside it and does not change it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from homeward.web.engagement.commitments import SETBACKS, commitment_standings
from homeward.web.engagement.counted_in_books import counted_in_books
from homeward.web.engagement.dealings import Commitment, Shows
from homeward.web.engagement.standing import History, histories
from homeward.web.engagement.wording import change_words
from homeward.web.journal.knowledge import AsOf
from homeward.web.journal.reader import Reader
from homeward.web.journal.recorded import nouns
from homeward.web.sources.figures import Figure
from homeward.web.sources.statements import Bearing, Says, Statement


class Verdict(StrEnum):
    """What the books say to a claim."""

    AGREES = "agrees"
    CONTRADICTS = "contradicts"
    UNDECIDED = "not yet decidable"


BOOKS_SAY: dict[Verdict | None, str] = {
    Verdict.AGREES: "the books agree",
    Verdict.CONTRADICTS: "the books show otherwise",
    Verdict.UNDECIDED: "the books cannot decide it yet",
}
"""A verdict on a claim in words."""

TOOK_PLACE: dict[str, frozenset[str]] = {
    "meeting": frozenset({"held"}),
    "operation": frozenset({"under-way", "completed"}),
    "delivery": frozenset({"moved", "received", "used"}),
    "handover": frozenset({"received"}),
}
"""The states that show that a thing took place, by its noun."""

_SET: dict[str, frozenset[str]] = {
    "meeting": frozenset({"planned"}),
    "operation": frozenset({"planned", "approved"}),
    "delivery": frozenset({"planned"}),
    "handover": frozenset({"offered", "scheduled"}),
}
"""The states in which a thing is planned."""

_NOT_DONE = frozenset({"missed", "declined", "cancelled", "suspended"})
"""The states that tell why a thing had not happened."""

_WEIGHT = (Verdict.CONTRADICTS, Verdict.AGREES, Verdict.UNDECIDED)
_CLAIMS_A_DEED = (Says.HAPPENED, Says.IN_PART)
_JUDGED = (*_CLAIMS_A_DEED, Says.NOT, Says.PLANNED)


@dataclass(frozen=True, slots=True)
class Judgement:
    """The verdict of the books on one claim.

    reference, title, address: of the row of the books that was asked. says: what the claim says of it. books: what they
    held on the day of the claim, in a sentence. later: what they hold since, where that is more; or empty. decided_by:
    the changes that decide it. day: as of which day the books were asked.
    """

    verdict: Verdict
    reference: str
    title: str
    address: str
    says: str
    books: str
    later: str
    decided_by: tuple[Any, ...]
    day: date


def judge_statements(statements: Iterable[Statement], reader: Reader) -> dict[str, list[Judgement]]:
    """Return what the books say to statements, by the codes of the statements; those that no book can judge are absent.

    A statement is judged by what it says of a thing that the books keep (it happened, it did not, it is planned), as of
    the last day on which it can have been said, from all that is known to the reader.
    """
    said = {row.code: row for row in statements}
    bearings = reader.known(reader.rows(Bearing).filter(statement__in=said, says__in=_JUDGED).order_by("code"))
    past = _full_histories({row.about for row in bearings}, reader)
    found: dict[str, list[Judgement]] = {}
    for bearing in bearings:
        statement = said[bearing.statement_id]
        judgement = (
            _of_commitment(bearing, statement, reader)
            if bearing.about.startswith("commitment:")
            else judge(bearing, statement, past[bearing.about])
            if bearing.about in past
            else None
        )
        if judgement is not None:
            found.setdefault(statement.code, []).append(judgement)
    return found


def judge_figures(figures: Iterable[Figure], reader: Reader) -> dict[str, Judgement]:
    """Return what the books say to figures that count a handover or a delivery, by the codes of the figures."""
    counted = [figure for figure in figures if figure.about]
    past = _full_histories({figure.about for figure in counted}, reader)
    found = {}
    for figure in counted:
        history = past.get(figure.about)
        compared = counted_in_books(figure, history) if history is not None else None
        if history is not None and compared is not None:
            agrees, books, changes = compared
            verdict = Verdict.UNDECIDED if agrees is None else Verdict.AGREES if agrees else Verdict.CONTRADICTS
            found[figure.code] = _judgement(verdict, history, books, changes, _day(figure.counted), says=str(figure))
    return found


def claim_verdicts(claims: Iterable[Statement | Figure], reader: Reader) -> dict[str, Verdict]:
    """Return the verdict on each statement or figure as a whole, by its reference; those not judged are absent.

    Of several judgements of one statement a contradiction counts first, then an agreement.
    """
    claims = list(claims)
    statements = judge_statements((row for row in claims if isinstance(row, Statement)), reader)
    figures = judge_figures((row for row in claims if isinstance(row, Figure)), reader)
    given = {f"statement:{code}": [one.verdict for one in found] for code, found in statements.items()}
    whole = {reference: min(found, key=_WEIGHT.index) for reference, found in given.items()}
    return whole | {f"figure:{code}": one.verdict for code, one in figures.items()}


def _full_histories(references: Iterable[str], reader: Reader) -> dict[str, History]:
    """The histories of things of the books by reference, whole, as they were known."""
    codes: dict[str, set[str]] = {}
    for reference in references:
        noun, _, code = reference.partition(":")
        if noun in TOOK_PLACE:
            codes.setdefault(noun, set()).add(code)
    whole = Reader(reader.user, AsOf(None, reader.as_of.known))
    return {
        f"{noun}:{code}": history
        for noun, of_noun in codes.items()
        for code, history in histories(nouns()[noun], of_noun, whole).items()  # type: ignore[arg-type]
    }


def judge(bearing: Bearing, statement: Statement, history: History) -> Judgement | None:
    """Return the verdict on what a statement says of a meeting, an operation, a delivery or a handover.

    Parameters
    ----------
    history : History
        Of the thing, whole: also what happened after the statement was made.

    Returns
    -------
    Judgement or None
        ``None`` if the thing is of a noun that the books do not keep, or the statement merely concerns it.
    """
    if bearing.says not in _JUDGED or not history.changes:
        return None
    noun = history.last.subject
    day = _day(statement.said)
    by_then = history.by(day)
    deed = history.ever(TOOK_PLACE[noun])
    if bearing.says == Says.PLANNED:
        planned = next((step for step in reversed(by_then.steps) if step.state in _SET[noun]), None)
        verdict = Verdict.AGREES if planned else Verdict.UNDECIDED
        telling: Sequence[Any] = [planned.change] if planned else []
    elif (deed is None and not by_then.steps) or (deed and _can_be_either(deed.change.happened, statement.said)):
        verdict, telling = Verdict.UNDECIDED, [deed.change] if deed else []
    else:
        happened = deed is not None and deed.change.happened.latest <= day
        agrees = happened == (bearing.says in _CLAIMS_A_DEED)
        verdict = Verdict.AGREES if agrees else Verdict.CONTRADICTS
        undone = [step.change for step in by_then.steps if step.state in _NOT_DONE]
        telling = [deed.change] if happened and deed else undone[-1:] or by_then.changes[-1:]
    return _judgement(
        verdict,
        history,
        _books(by_then, telling),
        telling,
        day,
        says=str(bearing.get_says_display()),
        later=_told(deed.change) if deed is not None and deed.change.happened.earliest > day else "",
    )


def _judgement(
    verdict: Verdict,
    history: History,
    books: str,
    decided_by: Sequence[Any],
    day: date,
    *,
    says: str,
    later: str = "",
) -> Judgement:
    """A verdict by the history of one thing."""
    thing = getattr(history.last, history.last.subject)
    address = thing.get_absolute_url()
    return Judgement(verdict, thing.reference, thing.title, address, says, books, later, tuple(decided_by), day)


def _of_commitment(bearing: Bearing, statement: Statement, reader: Reader) -> Judgement | None:
    """The verdict on what a statement says of a commitment: kept, kept in part, not kept."""
    if bearing.says == Says.PLANNED:
        return None
    commitment = reader.get(Commitment, bearing.about.partition(":")[2])
    if commitment is None:
        return None
    day = _day(statement.said)
    standing = commitment_standings([commitment], Reader(reader.user, AsOf(day, reader.as_of.known)))[commitment.code]
    kept, in_part = standing.reached == Shows.FULFILLED, standing.reached in (Shows.IN_PART, Shows.FULFILLED)
    if bearing.says == Says.HAPPENED:
        verdict = Verdict.AGREES if kept else Verdict.UNDECIDED if in_part else Verdict.CONTRADICTS
    elif bearing.says == Says.IN_PART:
        begun = in_part or standing.reached == Shows.BEGUN
        verdict = Verdict.AGREES if begun and standing.state not in SETBACKS else Verdict.CONTRADICTS
    else:
        verdict = Verdict.CONTRADICTS if in_part else Verdict.AGREES
    deciding = (standing.ground.telling.change,) if standing.ground and standing.ground.telling else ()
    return Judgement(
        verdict,
        bearing.about,
        commitment.title,
        commitment.get_absolute_url(),
        str(bearing.get_says_display()),
        f"The commitment stood as {standing.words}. {standing.reason}",
        "",
        deciding,
        day,
    )


def _day(when: Any) -> date:
    """The last day that a date can mean."""
    day: date = when.latest
    return day


def _can_be_either(deed: Any, said: Any) -> bool:
    """Whether the deed may have been done before the claim or after it, as neither day is known closely enough."""
    return bool(deed.earliest <= said.latest < deed.latest or said.earliest < deed.earliest <= said.latest)


def _books(by_then: History, telling: Sequence[Any]) -> str:
    """What the books held by then."""
    if telling:
        return _told(telling[0])
    return "nothing." if by_then.last is None else _told(by_then.last)


def _told(change: Any) -> str:
    """A change and its day."""
    return f"{change_words(change)}, {change.happened.words}."
