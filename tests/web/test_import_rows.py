"""Rows that a program read from somebody's file: all or none, told by the lines of that file, and the same twice."""

import pytest
from django.core.exceptions import PermissionDenied

from homeward.core.errors import InputError
from homeward.web.accounts.actions import add_user
from homeward.web.accounts.roles import Role
from homeward.web.bundle.import_rows import SourceRow, import_rows
from homeward.web.journal.models import Entry
from homeward.web.journal.verification import verify_record
from homeward.web.roll.models import Calamity, MissingPerson
from tests.web.conftest import PASSWORD

pytestmark = pytest.mark.django_db
KNOWN = "2018-07-20"


@pytest.fixture
def historian(db):
    return add_user("historian", Role.HISTORIAN, PASSWORD)


def people(*names: str, **columns: str) -> dict[str, list[SourceRow]]:
    """A war, and people lost in it: on line 1 and following of a list."""
    war = SourceRow(
        "list.csv line 1", {"code": "war", "known_on": KNOWN, "name": "War", "kind": "war", "happened": "1950"}
    )
    rows = [
        SourceRow(
            f"list.csv line {line}",
            {"code": f"p{line}", "known_on": KNOWN, "name": name, "calamity": "war", "note": "Two\nlines.", **columns},
        )
        for line, name in enumerate(names, start=1)
    ]
    return {"calamity": [war], "missingperson": rows}


def test_rows_are_brought_in_and_the_same_rows_twice_change_nothing(historian):
    first = import_rows(people("Adam", "=Eve"), by=historian, why="A list.", title="list.csv")
    assert first.counts["missingperson"].entered == 2
    assert sorted(MissingPerson.objects.values_list("name", flat=True)) == ["=Eve", "Adam"]
    n_lines = Entry.objects.count()
    again = import_rows(people("Adam", "=Eve"), by=historian, why="A list.", title="list.csv")
    assert (again.counts["missingperson"].entered, again.counts["missingperson"].unchanged) == (0, 2)
    assert Entry.objects.count() == n_lines
    assert verify_record().holds


def test_every_problem_is_told_at_its_line_of_the_source_and_nothing_is_kept(historian):
    with pytest.raises(InputError) as refused:
        import_rows(people("Adam", "", "Eve", sex="man"), by=historian, why="A list.", title="list.csv")
    places = {problem.where for problem in refused.value.problems}
    assert places == {
        "list.csv line 1, column sex",
        "list.csv line 2, column sex",
        "list.csv line 2, column name",
        "list.csv line 3, column sex",
    }
    assert not Calamity.objects.exists()


def test_a_dry_run_says_what_would_come_and_keeps_nothing(historian):
    tried = import_rows(people("Adam"), by=historian, why="A list.", title="list.csv", dry_run=True)
    assert tried.counts["missingperson"].entered == 1
    assert not MissingPerson.objects.exists()
    assert not Entry.objects.filter(noun="missingperson").exists()


def test_who_may_not_keep_a_noun_brings_in_nothing(reader):
    with pytest.raises(PermissionDenied):
        import_rows(people("Adam"), by=reader, why="A list.", title="list.csv")
    assert not Calamity.objects.exists()
