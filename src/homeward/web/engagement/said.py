"""What was said about a thing, beside what the books hold of it. Nothing that was said proves anything."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from homeward.web.engagement.linked import known_among
from homeward.web.engagement.standing import History
from homeward.web.engagement.verdicts import Judgement, Verdict, judge
from homeward.web.journal.linked import fill
from homeward.web.journal.reader import Reader
from homeward.web.sources.statements import Bearing, Statement

MOST_SAID = 60
"""So many statements are shown on the page of a thing; the newest ones."""


@dataclass(frozen=True, slots=True)
class Said:
    """A statement about a thing.

    about: the reference of the thing. says: what it says of the thing. judgement: what the book held of it on the day
        it was said; ``None`` where no book can tell.
    """

    statement: Statement
    about: str
    says: str
    judgement: Judgement | None = None

    @property
    def contradicts(self) -> bool:
        """Whether the book shows otherwise."""
        return self.judgement is not None and self.judgement.verdict is Verdict.CONTRADICTS

    @property
    def who(self) -> str:
        """Who said it, as far as that is known."""
        statement = self.statement
        named = statement.speaker.name if statement.speaker_id else statement.speaker_described
        party = statement.party.short_name if statement.party_id else ""
        return f"{named} ({party})" if named and party else named or party


def said_about(references: Collection[str], reader: Reader, history: History | None = None) -> list[Said]:
    """Return what was said about rows by the reader's day, oldest first.

    Parameters
    ----------
    history
        Of the thing that the rows are of, where a book can tell whether it took place; by the reader's day.
    """
    rows = reader.rows_about(Bearing, references)
    if reader.as_of.on is not None:
        rows = rows.filter(statement__said_earliest__lte=reader.as_of.on)
    rows = rows.select_related("statement__document", "statement__speaker", "statement__party")
    bearings = reader.known(rows.order_by("-statement__said_earliest", "-code")[:MOST_SAID])
    fill(bearings, reader, "statement")
    statements = {row.code: row for row in known_among([bearing.statement for bearing in bearings], reader)}
    fill(statements.values(), reader, "document", "speaker", "party")
    found = [
        _said(statements[bearing.statement_id], bearing, history)
        for bearing in bearings
        if bearing.statement_id in statements
    ]
    return sorted(found, key=lambda one: (one.statement.said.sort_key, one.statement.code))


def _said(statement: Statement, bearing: Bearing, history: History | None) -> Said:
    """A statement beside what the book held when it was said."""
    judgement = judge(bearing, statement, history) if history is not None else None
    return Said(statement, bearing.about, str(bearing.get_says_display()), judgement)
