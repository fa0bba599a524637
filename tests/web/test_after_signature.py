"""What follows a signature: the family first, then everything else; and how a wrong one is unwound."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from homeward.core.dates import day, parse_date
from homeward.web.casework.afterwards_actions import (
    announce,
    bury,
    close,
    decide,
    fulfil,
    notify,
    owe,
    put_right,
    release,
)
from homeward.web.casework.balance import balance
from homeward.web.casework.individuals_actions import dissociate
from homeward.web.casework.models import Association, Correction, Identification, Obligation
from homeward.web.casework.rescission import rescind
from homeward.web.casework.steps import state_of, state_of_person
from homeward.web.journal.keeping import amend, withdraw
from homeward.web.journal.verification import verify_record
from tests.web.two_books import FEMUR, KNOWN_ON, RIB, TIBIA, TwoBooks, today

pytestmark = pytest.mark.django_db


@pytest.fixture
def books(everybody) -> TwoBooks:
    return TwoBooks(everybody)


def tell(books: TwoBooks, case: Identification, kind: str = "told", person: str = "adam") -> None:
    said = {"happened": books.now, "told_by": "L. Iaison", "by": books.staff.liaison}
    notify(case, books.kin(person), kind=kind, **said)


def choose(books: TwoBooks, case: Identification, kind: str, later_portions: str = "bury") -> None:
    said = {"kind": kind, "later_portions": later_portions, "happened": books.now, "by": books.staff.liaison}
    decide(case, books.kin("adam"), **said)


def test_nothing_comes_before_the_family_is_told_and_no_burial_before_the_release(books):
    books.together(FEMUR, TIBIA)
    case, liaison = books.signed(), books.staff.liaison
    grave = {"happened": books.now, "cemetery": "Section 60", "by": liaison}
    for too_early in (
        lambda: choose(books, case, "burial"),
        lambda: announce(case, by=books.staff.examiner),
        lambda: bury(case, **grave),
        lambda: tell(books, case, "acknowledged"),
        lambda: tell(books, case, "told", "ben"),
    ):
        with pytest.raises(ValidationError):
            too_early()
    with pytest.raises(PermissionDenied):
        notify(case, books.kin("adam"), kind="told", happened=books.now, told_by="E.", by=books.staff.examiner)
    tell(books, case, "located")
    assert state_of(case) == "signed"
    tell(books, case)
    tell(books, case, "acknowledged")
    choose(books, case, "burial")
    with pytest.raises(ValidationError, match="not released yet"):
        bury(case, **grave)
    with pytest.raises(ValidationError, match="Not in this transfer"):
        release(case, books.released(f"specimen:{RIB}", code="another"), by=liaison)
    release(case, books.released(f"specimen:{FEMUR}", f"specimen:{TIBIA}"), by=liaison)
    bury(case, **grave)
    assert state_of(case) == "buried"
    counts = balance().counts
    assert (counts["specimens"], counts["specimens_released"], counts["specimens_in_hand"]) == (3, 3, 0)
    with pytest.raises(ValidationError) as owed:
        close(case, by=liaison)
    assert len(owed.value.messages) == 3
    for obligation in Obligation.objects.all():
        fulfil(obligation, fulfilled=books.now, by=liaison)
    assert state_of(close(case, by=liaison)) == "closed"


def test_a_portion_that_is_found_later_is_owed_what_the_family_chose(books):
    books.row("effect", "tag", accession="acc", kind="tag", designator="E1", description="Tag.")
    books.together(FEMUR)
    case = books.signed()
    assert Obligation.objects.filter(kind="effects", owner="liaison").exists()
    tell(books, case)
    choose(books, case, "national-cemetery", later_portions="bury")
    books.together(RIB)
    portion = Obligation.objects.get(kind="portions")
    assert "rib-left; bury it without telling" in portion.note
    assert portion.owner == "liaison"
    with pytest.raises(ValidationError, match="no user"):
        owe(case, kind="stone", owner="nobody", due=KNOWN_ON, by=books.staff.liaison)


def test_a_wrong_identification_is_rescinded_and_both_books_are_as_before(books):
    books.together(FEMUR, TIBIA)
    case, staff = books.signed(), books.staff
    tell(books, case)
    choose(books, case, "group-burial")
    announce(case, by=staff.examiner)
    bury(case, happened=books.now, cemetery="Section 60", by=staff.liaison)
    paper = {"kind": "article", "headline": "Home", "publisher": "Daily", "grade": "N", "holding": "none"}
    books.row("document", "paper", published=parse_date("2018-07-01"), **paper)
    books.row("citation", "cites", about=case.reference, document="paper")
    with pytest.raises(PermissionDenied):
        rescind(case, reason="The teeth are another's.", by=staff.preparer)
    with pytest.raises(ValidationError, match="Say why"):
        rescind(case, reason=" ", by=staff.examiner)
    case = rescind(case, reason="The teeth are another's.", by=staff.examiner)
    assert (case.in_force, state_of(case)) == (False, "rescinded")
    assert state_of_person(books.person("adam")) == "unaccounted"
    nouns = sorted(about.partition(":")[0] for about in Correction.objects.values_list("about", flat=True))
    listed = ["burial", "citation", "disposition", "identificationchange", "notification", "status"]
    assert nouns == sorted([*listed, "obligation", "obligation", "obligation"])
    checked = balance()
    assert (checked.findings, checked.counts["accounted_for"], checked.counts["accounted_for_by_us"]) == ((), 0, 0)
    assert verify_record().findings == ()
    with pytest.raises(ValidationError):
        rescind(case, reason="Again.", by=staff.examiner)
    grave = Correction.objects.get(about__startswith="burial:")
    put_right(grave, done=books.now, what="The stone was replaced.", by=staff.examiner)
    tell(books, case, "corrected")
    dissociate(Association.objects.get(specimen=TIBIA), reason="Another's.", by=staff.preparer)
    assert state_of(books.signed("ben")) == "signed", "The individual is free for the right person."
    assert balance().findings == ()


def test_an_announcement_waits_until_the_roll_says_nothing_else(books):
    books.together(FEMUR)
    case = books.signed()
    tell(books, case)
    lost = {"missing": "adam", "kind": "non-recoverable", "happened": today(), "order": 9}
    other = books.row("status", "judged", **lost)
    assert any("two states" in found.what for found in balance().findings)
    with pytest.raises(ValidationError, match="stands as accounted for"):
        announce(case, by=books.staff.examiner)
    withdraw(other, by=books.staff.keeper, why="He is identified.")
    announce(case, by=books.staff.examiner)
    assert balance().findings == ()


def test_an_amended_day_of_a_step_must_still_follow_from_the_one_before(books):
    books.together(FEMUR)
    case = books.signed()
    tell(books, case)
    step = case.changes.get(kind="told")
    with pytest.raises(ValidationError, match="cannot be 'told'"):
        amend(step, {"happened": day(KNOWN_ON)}, by=books.staff.preparer, why="Earlier.", read_version=1)
