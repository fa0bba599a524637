"""From a candidate to a signature: four eyes, the whole argument, both books in one step or not at all."""

import pytest

from homeward.web.casework.balance import balance
from homeward.web.casework.models import Obligation
from homeward.web.casework.steps import state_of, state_of_person
from homeward.web.journal.verification import verify_record
from tests.web.two_books import FEMUR, TIBIA, TwoBooks

pytestmark = pytest.mark.django_db


@pytest.fixture
def books(everybody) -> TwoBooks:
    return TwoBooks(everybody)


def refusal(refused) -> str:
    return " ".join(refused.value.messages)


def test_a_signature_closes_both_books_and_opens_what_is_owed(books):
    books.together(FEMUR, TIBIA)
    case = books.signed()
    assert case.in_force and case.signed_by == "examiner"
    assert (state_of(case), state_of_person(books.person("adam"))) == ("signed", "accounted")
    owed = dict(Obligation.objects.values_list("kind", "owner"))
    assert owed == {"rosette": "examiner", "records": "examiner", "letter": "liaison"}
    checked = balance()
    assert (checked.findings, checked.counts["accounted_for"], checked.counts["accounted_for_by_us"]) == ((), 1, 1)
    assert verify_record().findings == ()
