"""Whatever is done in whatever order: the journal holds, the two times agree, and what was refused left nothing."""

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from homeward.core.dates import day
from homeward.web.accounts.models import User
from homeward.web.engagement.models import Meeting, MeetingChange
from homeward.web.journal.keeping import ChangedMeanwhile, amend, enter, withdraw
from homeward.web.journal.knowledge import NOW, AsOf, known
from homeward.web.journal.models import Entry
from homeward.web.journal.recorded import Recorded, nouns, snapshot
from homeward.web.journal.verification import verify_record
from homeward.web.sources.models import Citation
from tests.examples import examples
from tests.web.record_rows import KNOWN_ON, change, citation, document, enter_ground, keep, meeting

REFUSALS = (ValidationError, PermissionDenied, ChangedMeanwhile)
NOUNS: tuple[type[Recorded], ...] = (Meeting, MeetingChange, Citation)
N_DAYS = 6
DAYS = [KNOWN_ON + timedelta(days=number) for number in range(N_DAYS)]

days = st.sampled_from(DAYS)
meetings = st.sampled_from(["talks", "summit"])
kinds = st.sampled_from(["announced", "confirmed", "declined", "moved", "level-raised", "missed", "held", "cancelled"])
places = st.integers(0, 5)
actions = st.one_of(
    st.tuples(st.just("meet"), meetings, days),
    st.tuples(st.just("change"), meetings, kinds, days, days, st.sampled_from(["north", "south"])),
    st.tuples(st.just("amend"), places, st.sampled_from(["happened", "level", "note"]), days, st.none() | days),
    st.tuples(st.just("amend what was read before"), places, st.sampled_from(["note", "level"]), days),
    st.tuples(st.just("withdraw"), st.sampled_from(NOUNS), places, st.none() | days),
    st.tuples(st.just("change without a source"), meetings, kinds, days),
    st.tuples(st.just("change without permission"), meetings, kinds, days),
)


class Desk:
    """An officer at work: does one action after the other, some of which are refused."""

    def __init__(self, officer: User, reader: User) -> None:
        self.officer, self.reader, self.n = officer, reader, 0

    def do(self, action: tuple[Any, ...]) -> Recorded | None:
        """Do one action and return the row that it wrote; None if there was no row to do it to."""
        self.n += 1
        name, *arguments = action
        doing = {
            "meet": lambda code, known: keep(meeting(code, known_on=known), by=self.officer),
            "change": lambda code, kind, *rest: self.change(code, kind, *rest, source="paper"),
            "amend": self.amend,
            "amend what was read before": self.amend_what_was_read_before,
            "withdraw": self.withdraw,
            "change without a source": lambda code, kind, known: self.change(code, kind, known, known),
            "change without permission": lambda code, kind, known: self.change(
                code, kind, known, known, by=self.reader
            ),
        }
        return doing[name](*arguments)

    def change(
        self,
        code: str,
        kind: str,
        happened: date,
        known: date,
        side: str = "north",
        *,
        source: str = "",
        by: Any = None,
    ) -> Recorded | None:
        subject = Meeting.objects.filter(pk=code).first()
        if subject is None:
            return None
        row = change(subject, kind, happened.isoformat(), code=f"{code}-{self.n}", known_on=known, by_id=side)
        return enter(row, by=by or self.officer, parts=[citation(row, source)] if source else [])

    def amend(self, place: int, column: str, happened: date, known: date | None) -> Recorded | None:
        row = nth(MeetingChange, place)
        value = {"happened": day(happened), "level": "ministers", "note": f"Noted {self.n}"}[column]
        if row is None:
            return None
        return amend(row, {column: value}, by=self.officer, why="Learned.", read_version=row.version, known_on=known)

    def amend_what_was_read_before(self, place: int, column: str, known: date) -> Recorded | None:
        row = nth(MeetingChange, place)
        if row is None:
            return None
        return amend(row, {column: "summit"}, by=self.officer, why="Late.", read_version=1, known_on=known)

    def withdraw(self, model: type[Recorded], place: int, known: date | None) -> Recorded | None:
        row = nth(model, place)
        return None if row is None else withdraw(row, by=self.officer, why=f"A rumour {self.n}.", known_on=known)


def nth(model: type[Recorded], place: int) -> Any:
    """One of the rows that there are."""
    rows = model.objects.order_by("pk")
    return rows[place % n] if (n := rows.count()) else None


def view(as_of: AsOf) -> dict[str, Any]:
    """All that the record said, by reference."""
    return {row.reference: snapshot(row) for model in NOUNS for row in known(model.objects.order_by("pk"), as_of)}


def everything() -> list[Any]:
    """All rows with all their columns, and the number of lines."""
    found = []
    with connection.cursor() as cursor:
        for model in nouns().values():
            cursor.execute(f"SELECT * FROM {model._meta.db_table} ORDER BY code")
            found.append(cursor.fetchall())
    return [*found, Entry.objects.count()]


def withdrawn_by(known_by: date) -> set[str]:
    """The rows that were known to be withdrawn on a day, by the lines alone."""
    lines = Entry.objects.filter(action__endswith=".withdrawn", known_on__lte=known_by)
    return {f"{line.noun}:{line.code}" for line in lines}


@contextmanager
def undone() -> Iterator[None]:
    """Each example begins with the same record."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def desk(officer, reader) -> Desk:
    enter_ground(officer)
    talks = keep(meeting("talks"), by=officer)
    keep(change(talks, "announced", "2018-07-01", scheduled=day(DAYS[3])), by=officer)
    enter(document("letter"), by=officer)
    return Desk(officer, reader)


@settings(max_examples=examples(40, 14), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(done=st.lists(actions, min_size=1, max_size=9))
def test_any_sequence_of_actions_keeps_the_journal_valid_and_the_two_times_consistent(desk, done):
    with undone():
        views = {known_by: view(AsOf(known=known_by)) for known_by in DAYS}
        for action in done:
            before = everything()
            try:
                row = desk.do(action)
            except REFUSALS:
                assert everything() == before, "A refused action leaves nothing."
                continue
            now = {known_by: view(AsOf(known=known_by)) for known_by in DAYS}
            for known_by in DAYS:
                if row is None or row.version_known_on > known_by:
                    assert now[known_by] == views[known_by], "What is learned later changes nothing that was known."
            views = now
        for earlier, later in itertools.pairwise(DAYS):
            lost = set(views[earlier]) - set(views[later])
            assert lost <= withdrawn_by(later), "What is known stays known unless it is withdrawn."
        assert view(AsOf(known=timezone.localdate())) == view(NOW)
        assert verify_record().findings == ()


@settings(max_examples=examples(15, 5), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    values=st.lists(
        st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=60), min_size=1, max_size=4
    )
)
def test_any_text_is_kept_as_it_was_given_and_the_journal_holds(desk, values):
    with undone():
        row = Meeting.objects.get(pk="talks")
        for value in values:
            row = amend(row, {"purpose": value}, by=desk.officer, why="Because.", read_version=row.version)
            assert Meeting.objects.get(pk="talks").purpose == value.replace("\r\n", "\n")
        assert verify_record().findings == ()
