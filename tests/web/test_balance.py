"""The two books balance on every day, whatever was done; what does not is named by its row."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from homeward.web.accounts.actions import add_user
from homeward.web.accounts.roles import Role
from homeward.web.casework.afterwards_actions import announce, notify
from homeward.web.casework.balance import balance
from homeward.web.casework.individuals_actions import dissociate
from homeward.web.casework.models import Association, Identification, Individual
from homeward.web.casework.rescission import rescind
from homeward.web.journal.keeping import withdraw
from homeward.web.journal.verification import verify_record, verify_record_for
from homeward.web.roll.models import Status
from tests.examples import examples
from tests.web.two_books import FEMUR, KNOWN_ON, PASSWORD, RIB, TIBIA, TwoBooks
from tests.web.unguarded import attack

pytestmark = pytest.mark.django_db
BONES = [FEMUR, TIBIA, RIB, "femur-left-2"]
individuals, people = st.sampled_from(["ind", "ind-2"]), st.sampled_from(["adam", "ben"])
deeds = st.one_of(
    st.tuples(st.just("together"), st.sampled_from(BONES), individuals),
    st.tuples(st.just("apart"), st.sampled_from(BONES)),
    st.tuples(st.just("identify"), individuals, people),
    st.tuples(st.just("tell"), people),
    st.tuples(st.just("announce"), people),
    st.tuples(st.just("rescind"), people),
    st.tuples(st.just("withdraw individual"), individuals),
    st.tuples(st.just("reopen"), people),
)


@pytest.fixture
def books(everybody) -> TwoBooks:
    books = TwoBooks(everybody)
    books.bone("femur-left-2")
    books.row("individual", "ind-2", number="I-02", laboratory="lab")
    return books


class Bench:
    """Does one thing after the other with the two books; some are refused."""

    def __init__(self, books: TwoBooks) -> None:
        self.books, self.n = books, 0

    def do(self, name: str, *about: str) -> None:
        self.n += 1
        getattr(self, name.replace(" ", "_"))(*about)

    def together(self, bone: str, individual: str) -> None:
        self.books.together(bone, individual=Individual.objects.get(pk=individual))

    def apart(self, bone: str) -> None:
        for association in Association.objects.filter(specimen=bone, withdrawn=""):
            dissociate(association, reason="Not his.", by=self.books.staff.preparer)

    def identify(self, individual: str, person: str) -> None:
        self.books.signed(person, Individual.objects.get(pk=individual))

    def tell(self, person: str) -> None:
        for case in self.cases(person):
            said = {"kind": "told", "happened": self.books.now, "told_by": "L.", "by": self.books.staff.liaison}
            notify(case, self.books.kin(person), **said)

    def announce(self, person: str) -> None:
        for case in self.cases(person):
            announce(case, by=self.books.staff.examiner)

    def rescind(self, person: str) -> None:
        for case in self.cases(person):
            rescind(case, reason="Wrong.", by=self.books.staff.examiner)

    def withdraw_individual(self, individual: str) -> None:
        withdraw(Individual.objects.get(pk=individual), by=self.books.staff.preparer, why="Not needed.")

    def reopen(self, person: str) -> None:
        about = {"missing": person, "kind": "reopened", "note": "A letter.", "happened": str(self.books.now.text)}
        self.books.row("status", f"reopened-{self.n}", **about)

    def cases(self, person: str) -> list[Identification]:
        return list(Identification.objects.filter(missing=person, in_force=True))


@settings(max_examples=examples(160) // 8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(done=st.lists(deeds, min_size=3, max_size=7))
def test_whatever_is_done_in_whatever_order_both_books_balance(books, done):
    with transaction.atomic():
        bench = Bench(books)
        for deed in done:
            try:
                with transaction.atomic():
                    bench.do(*deed)
            except (ValidationError, PermissionDenied):
                continue
            reopened = deed[0] == "reopen"
            assert reopened or balance().findings == (), deed
            if reopened:
                break
        transaction.set_rollback(True)


def test_what_does_not_balance_is_named_and_only_to_those_who_work_on_cases(books):
    books.together(FEMUR)
    case = books.signed()
    attack("UPDATE roll_status SET kind = 'unaccounted' WHERE identification_id = %s", case.code)
    found = [problem for problem in verify_record().findings if problem.where.startswith("missingperson:adam")]
    assert any("An identification in force accounts for this person" in problem.what for problem in found)
    admin = add_user("admin", Role.ADMINISTRATOR, PASSWORD)
    told = verify_record_for(admin)
    assert not any("identification:" in problem.where for problem in told.findings)
    assert told.counts == {}


def test_each_imbalance_is_found(books):
    books.together(FEMUR)
    case = books.signed()
    attack("UPDATE casework_association SET withdrawn = 'gone'")
    assert "has no specimen" in said()
    attack("UPDATE casework_association SET withdrawn = ''")
    attack("UPDATE casework_identification SET in_force = %s", False)
    assert "an identification that is not in force" in said()
    attack("UPDATE casework_identification SET in_force = %s", True)
    attack("UPDATE roll_missingperson SET withdrawn = 'gone' WHERE code = 'adam'")
    assert "its person (adam) is not in the roll" in said()
    attack("UPDATE roll_missingperson SET withdrawn = ''")
    attack("UPDATE remains_specimen SET withdrawn = 'gone' WHERE code = %s", FEMUR)
    assert "A standing association points to this" in said()
    attack("UPDATE remains_specimen SET withdrawn = ''")
    assert case.in_force
    assert said() == ""
    books.row("status", "ben-accounted", missing="ben", kind="accounted", happened="2018-07-01")
    assert "without an identification and without an authority" in said()
    authority = {"by_id": "lab"}
    Status.objects.filter(pk="ben-accounted").update(**authority)
    assert said() == ""


def said() -> str:
    return " ".join(problem.what for problem in balance().findings)


def test_the_balance_of_an_earlier_day_is_that_of_what_was_known_then(books):
    books.together(FEMUR)
    books.signed()
    now, before = balance(timezone.localdate()), balance(KNOWN_ON + timedelta(days=1))
    assert now == balance()
    assert (before.findings, before.counts["accounted_for"], before.counts["specimens_associated"]) == ((), 0, 0)
    assert (before.counts["people"], before.counts["specimens"]) == (2, 4)


def test_a_specimen_that_was_in_two_individuals_on_a_day_in_the_past_is_found(books):
    books.together(FEMUR)
    dissociate(Association.objects.get(), reason="Wrong.", by=books.staff.preparer)
    books.together(FEMUR, individual=Individual.objects.get(pk="ind-2"))
    assert balance().findings == ()
    today = timezone.localdate()
    attack("UPDATE casework_association SET known_on = %s WHERE withdrawn = ''", today - timedelta(days=9))
    attack("UPDATE casework_association SET known_on = %s WHERE withdrawn <> ''", today - timedelta(days=10))
    assert "this belonged to two individuals" in said()
