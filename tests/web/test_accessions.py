"""What was in a container is accounted for: opening, inventory, later finds, and the count of a handover."""

from collections.abc import Iterator

import pytest
from django.core.exceptions import ValidationError

from homeward.core.dates import parse_date
from homeward.web.accounts.actions import add_user
from homeward.web.accounts.models import User
from homeward.web.accounts.roles import Role
from homeward.web.journal.keeping import enter, withdraw
from homeward.web.journal.models import Entry
from homeward.web.journal.verification import verify_record
from homeward.web.remains.accession_actions import (
    add_later_find,
    amend_count,
    complete_inventory,
    open_case,
    open_inventory_again,
)
from homeward.web.remains.custody_actions import take_over
from homeward.web.remains.models import Accession, Specimen
from tests.web.conftest import PASSWORD
from tests.web.custody_rows import KNOWN_ON, bone, box, register, sending


@pytest.fixture(scope="module")
def cast(rows_for_several_tests) -> Iterator[dict[str, User]]:
    """The register, and who works with it; what each test does is undone."""
    with rows_for_several_tests():
        users = {
            "everybody": add_user("everybody", list(Role), PASSWORD),
            **{name: add_user(name, Role.EVIDENCE_CUSTODIAN, PASSWORD) for name in ("custodian", "second")},
        }
        register(users["everybody"])
        yield users


@pytest.fixture
def everybody(db, cast) -> User:
    return cast["everybody"]


@pytest.fixture
def custodian(db, cast) -> User:
    return cast["custodian"]


def accession() -> Accession:
    return Accession.objects.get(pk="acc")


def test_an_inventory_is_complete_only_if_everything_that_was_counted_has_a_row(custodian):
    withdraw(Specimen.objects.get(pk="tibia"), by=custodian, why="Part of bone 1.")
    with pytest.raises(ValidationError, match="In accession 2018-1 3 items were counted, and 1 have no row yet"):
        complete_inventory(accession(), by=custodian)
    for number in "34":
        enter(bone(f"rib-{number}", number, "rib"), by=custodian)
    with pytest.raises(ValidationError, match="and 1 more have a row"):
        complete_inventory(accession(), by=custodian)
    amend_count(accession(), 4, by=custodian, why="A fragment lay under the lining.")
    complete_inventory(accession(), by=custodian)
    assert verify_record().holds
    for change in (
        lambda: enter(bone("rib-5", "5", "rib"), by=custodian),
        lambda: withdraw(Specimen.objects.get(pk="rib-3"), by=custodian, why="No bone."),
        lambda: amend_count(accession(), 5, by=custodian, why="Counted again."),
    ):
        with pytest.raises(ValidationError, match="items were counted"):
            change()
    open_inventory_again(accession(), by=custodian, why="To be looked at again.")
    enter(bone("rib-5", "5", "rib"), by=custodian)


def test_a_later_find_counts_with_its_reason(custodian):
    complete_inventory(accession(), by=custodian)
    with pytest.raises(ValidationError, match="Say why"):
        add_later_find(bone("talus", "3", "talus"), by=custodian, why="")
    add_later_find(bone("talus", "3", "talus"), by=custodian, why="In the matrix of bone 1.")
    row = accession()
    assert (row.n_items, row.inventoried) == (4, True)
    lines = Entry.objects.filter(why="In the matrix of bone 1.").order_by("number")
    assert list(lines.values_list("action", flat=True)) == [
        "accession.counted-again",
        "specimen.entered",
        "accession.inventoried",
    ]


@pytest.mark.parametrize(
    ("columns", "sentence"),
    [
        ({"witness": ""}, "Two people open"),
        ({"n_items": None}, "Count what is in it"),
        ({"laboratory_id": "other"}, "It is with lab since 27 July 2018"),
        ({"opened": parse_date("2018-07-26")}, "Nothing says that anybody held it"),
        ({"transfer_case_id": "box-3"}, "on its way, and nobody has received it"),
        ({"transfer_case_id": "box-1"}, "opened before, under another accession"),
        ({"witness": "C. Custodian"}, "the witness is somebody else"),
    ],
)
def test_a_container_is_opened_by_two_people_where_it_is_held(custodian, columns, sentence):
    take_over(sending("north", "lab", "2018-07-27"), [box("box-3", number="3")], by=custodian)
    given = {
        "code": "next",
        "known_on": KNOWN_ON,
        "number": "2018-2",
        "laboratory_id": "lab",
        "transfer_case_id": "box-2",
        "opened": parse_date("2018-08-03"),
        "opened_by": "C. Custodian",
        "witness": "W. Witness",
        "n_items": 0,
    }
    with pytest.raises(ValidationError, match=sentence):
        open_case(Accession(**{**given, **columns}), by=custodian)
    open_case(Accession(**given), by=custodian)
    with pytest.raises(ValidationError, match="lab opened it on 3 August 2018, but the container was then with north"):
        enter(Accession(**{**given, "code": "third", "number": "2018-3", "transfer_case_id": "box-3"}), by=custodian)
