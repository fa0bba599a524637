"""Rows of the record as tests need them: entered by the actions, with only what matters said."""

from datetime import date
from typing import Any

from homeward.core.dates import parse_date
from homeward.web.accounts.actions import add_user
from homeward.web.accounts.models import User
from homeward.web.accounts.roles import Role
from homeward.web.journal.keeping import enter
from homeward.web.journal.recorded import nouns
from homeward.web.parties.models import Office, Party, Person, Tenure
from homeward.web.sources.models import (
    Attribution,
    Bearing,
    Citation,
    Conflict,
    CountingRule,
    Document,
    Figure,
    Position,
    Series,
    Statement,
)
from homeward.web.sources.originals import enter_document
from tests.web.conftest import PASSWORD


def keeper_of_everything() -> "Keeper":
    """Return a keeper who sees documents of every reach and may keep all that these tests need."""
    return Keeper(add_user("archivist", [Role.HISTORIAN, Role.ENGAGEMENT_OFFICER, Role.DNA_ANALYST], PASSWORD))


class Keeper:
    """Enters rows in somebody's name; what is not said is what is usual."""

    def __init__(self, by: User) -> None:
        self.by = by

    def party(self, code: str, **said: Any) -> Party:
        usual = {"name": code.upper(), "short_name": code.upper(), "kind": "government", "known_on": date(1950, 1, 1)}
        return enter(Party(code=code, **{**usual, **said}), by=self.by)

    def person(self, code: str, name: str, *tenures: tuple[str, str, str], **said: Any) -> Person:
        """Enter a person with offices held: name of the office, code of its party, when it was held."""
        known = {"known_on": date(1950, 1, 1)}
        person = enter(Person(code=code, name=name, **{**known, **said}), by=self.by)
        for number, (office, party, held) in enumerate(tenures):
            post = enter(Office(code=f"office-{code}-{number}", party_id=party, name=office, **known), by=self.by)
            enter(Tenure(code=f"tenure-{code}-{number}", person=person, office=post, held=held, **known), by=self.by)
        return person

    def document(self, code: str, published: str, text: str | None = None, **said: Any) -> Document:
        usual = {
            "kind": "article",
            "headline": f"Headline of {code}",
            "publisher": "A newspaper",
            "grade": "N",
            "holding": "none" if text is None else "copy",
            "known_on": parse_date(published).earliest,
        }
        document = Document(code=code, published=published, **{**usual, **said})
        return enter_document(document, None if text is None else text.encode(), f"{code}.txt", by=self.by)

    def statement(self, code: str, document: Document, said_on: str, claim: str, **said: Any) -> Statement:
        usual = {"grade": document.grade, "known_on": document.known_on}
        row = Statement(code=code, document=document, said=said_on, claim=claim, **{**usual, **said})
        return enter(row, by=self.by)

    def passed_on(self, statement: Statement, position: int, who: str, how: str = "told") -> Attribution:
        code = f"{statement.code}-link-{position}"
        row = Attribution(
            code=code, statement=statement, position=position, who=who, how=how, known_on=statement.known_on
        )
        return enter(row, by=self.by)

    def bearing(self, statement: Statement, about: str, says: str) -> Bearing:
        code = f"{statement.code}-bears"
        row = Bearing(code=code, statement=statement, about=about, says=says, known_on=statement.known_on)
        return enter(row, by=self.by)

    def series(self, code: str, name: str, unit: str = "unaccounted", scope: str = "US, Korean War") -> Series:
        row = Series(code=code, name=name, unit=unit, scope=scope, known_on=date(1950, 1, 1))
        return enter(row, by=self.by)

    def rule(self, code: str, name: str, text: str = "Everyone counted once.", **said: Any) -> CountingRule:
        row = CountingRule(code=code, name=name, text=text, **{"known_on": date(1950, 1, 1), **said})
        return enter(row, by=self.by)

    def figure(self, code: str, series: Series, document: Document, value: float, counted: str, **said: Any) -> Figure:
        usual = {
            "low": value,
            "high": value,
            "unit": series.unit,
            "scope": series.scope,
            "grade": document.grade,
            "known_on": document.known_on,
        }
        row = Figure(code=code, series=series, document=document, counted=counted, **{**usual, **said})
        return enter(row, by=self.by)

    def conflict(self, code: str, question: str, known_on: date, **said: Any) -> Conflict:
        return enter(Conflict(code=code, question=question, known_on=known_on, **said), by=self.by)

    def position(self, conflict: Conflict, answer: str, ground: Statement | Figure, **said: Any) -> Position:
        usual: dict[str, Any] = {"known_on": max(conflict.known_on, ground.known_on), ground.noun(): ground}
        row = Position(code=f"{conflict.code}-{ground.code}", conflict=conflict, answer=answer, **{**usual, **said})
        return enter(row, by=self.by)

    def cited(self, noun: str, code: str, document: Document, passage: str = "", **said: Any) -> Any:
        """Enter a row of any noun that rests on a citation."""
        row = nouns()[noun](code=code, **{"known_on": document.known_on, **said})
        citation = Citation(
            code=f"c-{code}", about=row.reference, document=document, passage=passage, known_on=row.known_on
        )
        return enter(row, by=self.by, parts=[citation])
