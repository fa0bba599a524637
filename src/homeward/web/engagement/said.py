"""What was said about a thing, beside what the books hold of it. Nothing that was said proves anything."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from homeward.web.engagement.linked import known_among
from homeward.web.engagement.standing import History
from homeward.web.engagement.wording import change_words
from homeward.web.journal.linked import fill
from homeward.web.journal.reader import Reader
from homeward.web.sources.statements import Bearing, Says, Statement

MOST_SAID = 60
"""So many statements are shown on the page of a thing; the newest ones."""

TOOK_PLACE: dict[str, frozenset[str]] = {
    "meeting": frozenset({"held"}),
    "operation": frozenset({"under-way", "suspended", "completed"}),
    "delivery": frozenset({"moved", "received", "used"}),
    "handover": frozenset({"received"}),
}
"""The states that show that a thing took place, by its noun."""


@dataclass(frozen=True, slots=True)
class Said:
    """A statement about a thing.

    about: the reference of the thing. says: what it says of the thing. book: what the book held of it on the day it was
        said, in one sentence; empty where no book can tell. contradicts: whether the two cannot both be right.
    """

    statement: Statement
    about: str
    says: str
    book: str = ""
    contradicts: bool = False

    @property
    def who(self) -> str:
        """Who said it, as far as that is known."""
        statement = self.statement
        named = statement.speaker.name if statement.speaker_id else statement.speaker_described
        party = statement.party.short_name if statement.party_id else ""
        return f"{named} ({party})" if named and party else named or party


def said_about(
    references: Collection[str], reader: Reader, noun: str = "", history: History | None = None
) -> list[Said]:
    """Return what was said about rows by the reader's day, oldest first.

    Parameters
    ----------
    noun, history
        Of the thing that the rows are of, where a book can tell whether it took place.
    """
    rows = reader.rows(Bearing).filter(about__in=references)
    if reader.as_of.on is not None:
        rows = rows.filter(statement__said_earliest__lte=reader.as_of.on)
    rows = rows.select_related("statement__document", "statement__speaker", "statement__party")
    bearings = reader.known(rows.order_by("-statement__said_earliest", "-code")[:MOST_SAID])
    fill(bearings, reader, "statement")
    statements = {row.code: row for row in known_among([bearing.statement for bearing in bearings], reader)}
    fill(statements.values(), reader, "document", "speaker", "party")
    found = [
        _said(statements[bearing.statement_id], bearing, noun, history)
        for bearing in bearings
        if bearing.statement_id in statements
    ]
    return sorted(found, key=lambda one: (one.statement.said.sort_key, one.statement.code))


def _said(statement: Statement, bearing: Bearing, noun: str, history: History | None) -> Said:
    """A statement beside what the book held when it was said."""
    says = str(bearing.get_says_display())
    claims_deed = bearing.says in (Says.HAPPENED, Says.IN_PART)
    if history is None or noun not in TOOK_PLACE or not (claims_deed or bearing.says == Says.NOT):
        return Said(statement, bearing.about, says)
    by_then = history.by(statement.said.latest)
    deed = by_then.ever(TOOK_PLACE[noun])
    book = _book_words(deed.change if deed else None, by_then)
    return Said(statement, bearing.about, says, book, contradicts=claims_deed != (deed is not None))


def _book_words(deed: Any, by_then: History) -> str:
    """What the book held by then."""
    if deed is not None:
        return f"The book by then: {change_words(deed)}, {deed.happened.words}."
    if by_then.last is not None:
        return f"The book by then: nothing done; the last entry is '{change_words(by_then.last)}'."
    return "The book by then: nothing."
