"""What is kept in memory, counts and statistics, equals the rows after every change, undone or not, for everybody."""

from contextlib import suppress

from django.db import transaction

from homeward.web.accounts.actions import add_user
from homeward.web.accounts.roles import Role
from homeward.web.casework.afterwards_actions import announce
from homeward.web.journal.keeping import amend, enter, withdraw
from homeward.web.journal.knowledge import AsOf
from homeward.web.journal.reader import Reader
from homeward.web.journal.recorded import nouns
from homeward.web.roll.models import Calamity, MissingPerson, Status
from homeward.web.roll.statistics import statistic_of
from tests.web.conftest import PASSWORD
from tests.web.roll_rows import KNOWN, enter_roll, lose
from tests.web.test_case_visibility import tell_and_release
from tests.web.two_books import FEMUR, TIBIA, TwoBooks


def agrees(reader: Reader) -> bool:
    """Whether each count is that of the rows; a reader who asked before holds what was kept then."""
    return all(reader.count(model) == reader.rows(model).count() for model in nouns().values())


def by_state(reader: Reader) -> dict[str, int]:
    return {count.state: count.number for count in statistic_of(Calamity.objects.get(), reader).counts}


def test_counts_and_statistics_follow_every_change_and_forget_what_was_undone(everybody):
    enter_roll(everybody)
    readers = [Reader(everybody), Reader(everybody, AsOf(None, KNOWN)), Reader(add_user("r", Role.READER, PASSWORD))]
    lose("one", "One", by=everybody)
    assert all(map(agrees, readers))
    assert by_state(readers[0]) == {"unaccounted": 1}
    with suppress(ZeroDivisionError), transaction.atomic():
        lose("two", "Two", by=everybody)
        assert all(map(agrees, readers))
        assert by_state(readers[0]) == {"unaccounted": 2}
        raise ZeroDivisionError
    assert all(map(agrees, readers))
    assert by_state(readers[0]) == {"unaccounted": 1}
    back = Status(code="back", missing_id="one", kind="returned", happened="1953-08", known_on=KNOWN)
    enter(back, by=everybody)
    assert by_state(readers[0]) == {"returned": 1}
    withdraw(back, by=everybody, why="It was somebody else.")
    assert all(map(agrees, readers))
    assert by_state(readers[0]) == {"unaccounted": 1}
    amend(MissingPerson.objects.get(), {"name": "Another"}, by=everybody, why="Copied wrongly.", read_version=1)
    assert all(map(agrees, readers))


def test_they_follow_an_announcement_for_those_to_whom_it_was_hidden(everybody):
    books, reader = TwoBooks(everybody), Reader(add_user("r", Role.READER, PASSWORD))
    books.together(FEMUR, TIBIA)
    case = books.signed()
    assert agrees(reader)
    before = by_state(reader)
    assert "accounted" not in before
    tell_and_release(books, case)
    announce(case, by=books.staff.examiner)
    assert agrees(reader)
    assert by_state(reader)["accounted"] == 1
    assert sum(by_state(reader).values()) == sum(before.values())
