"""The pages of casework: the examiner's path from bones to the grave, who may do what, and what is refused."""

import pytest
from django.utils import timezone

from homeward.web.accounts.actions import add_user
from homeward.web.accounts.roles import Role
from homeward.web.casework.argument import Argument
from homeward.web.casework.models import Evidence, Identification, Obligation, ReviewItem
from homeward.web.casework.signing import sign
from homeward.web.journal.models import Entry
from tests.web.two_books import FEMUR, PASSWORD, RIB, TIBIA, TwoBooks

pytestmark = pytest.mark.django_db


@pytest.fixture
def books(everybody) -> TwoBooks:
    return TwoBooks(everybody)


@pytest.fixture
def at_desk(client):
    """Return a function that does a deed as somebody and gives the answer."""

    def do(user, name, code, **typed):
        client.force_login(user)
        address = f"/cases/do/{name}/{code}"
        assert client.get(address).status_code == 200
        return client.post(address, typed)

    return do


def test_a_case_goes_from_bones_to_a_grave_by_its_pages(client, books, at_desk):
    staff = books.staff
    bones = f"{FEMUR}\nACC {TIBIA}"
    put = at_desk(staff.preparer, "associate", "ind", specimens=bones, basis="articulation", reason="They fit.")
    assert put.status_code == 302
    address = at_desk(staff.preparer, "propose", "ind", missing="adam").url
    case = Identification.objects.get()
    assert address == f"/record/identification/{case.code}/"
    said = {"line": "dental", "direction": "for", "statement": "Teeth fit.", "sources": f"specimen:{FEMUR}"}
    at_desk(staff.preparer, "add-evidence", case.code, **said)
    at_desk(staff.preparer, "conclude", case.code, conclusion="It is he.")
    at_desk(staff.preparer, "consider", case.code, missing="ben", reason="Too short.")
    assert at_desk(staff.preparer, "submit", case.code).status_code == 302
    evidence = Evidence.objects.get()
    send_back = {"opinion": "send-back", "comment": "Which teeth?", "read_version": 1}
    at_desk(staff.reviewer, "review", evidence.code, **send_back)
    item = ReviewItem.objects.get()
    at_desk(staff.preparer, "answer", item.code, answer="accepted", text="All of the lower jaw.")
    at_desk(staff.reviewer, "review", evidence.code, opinion="agree", read_version=1)
    client.force_login(staff.examiner)
    page = client.get(f"/cases/{case.code}/sign")
    assert "What stands in the way" not in page.text
    assert "Teeth fit." in page.text
    case.refresh_from_db()
    typed = {"read_digest": Argument.of(case).digest, "password": PASSWORD}
    assert client.post(f"/cases/{case.code}/sign", {**typed, "password": "no"}).status_code == 422
    assert client.post(f"/cases/{case.code}/sign", typed).url == address
    today = timezone.localdate().isoformat()
    told = {"next_of_kin": "adam-kin", "happened": today, "told_by": "L. Iaison"}
    at_desk(staff.liaison, "notify", case.code, kind="told", **told)
    chosen = {"next_of_kin": "adam-kin", "happened": today, "kind": "group-burial", "later_portions": "tell"}
    at_desk(staff.liaison, "decide", case.code, **chosen)
    at_desk(staff.examiner, "announce", case.code, happened=today)
    at_desk(staff.liaison, "bury", case.code, happened=today, cemetery="Section 60, grave 1")
    for owed in Obligation.objects.all():
        assert at_desk(staff.liaison, "fulfil", owed.code, fulfilled=today).status_code == 302
    assert at_desk(staff.liaison, "close", case.code).status_code == 302
    for user in (staff.examiner, staff.liaison, staff.keeper):
        client.force_login(user)
        text = client.get(address).text
        assert "Closed" in text
        assert "Section 60, grave 1" in text
    assert "Adam Example" in client.get("/cases/?state=closed").text
    assert "Adam Example" not in client.get("/cases/?state=signed").text


def test_what_was_typed_is_kept_where_it_is_refused(books, at_desk):
    books.bone("femur-left-2")
    answer = at_desk(
        books.staff.preparer,
        "associate",
        "ind",
        specimens=f"{FEMUR}\nfemur-left-2",
        basis="articulation",
        reason="Both are <big>.",
    )
    assert answer.status_code == 422
    assert "more than the one left femur" in answer.text
    assert "Both are &lt;big&gt;." in answer.text


def test_a_stranger_signs_in_first_a_reader_finds_no_case_and_nobody_does_what_is_not_theirs(client, books, outsider):
    books.together(FEMUR)
    case = books.in_review()
    reader = add_user("a-reader", Role.READER, PASSWORD)
    n_lines = Entry.objects.count()
    addresses = ["/cases/", "/waiting/", f"/cases/{case.code}/sign", f"/cases/do/submit/{case.code}"]
    assert {client.get(address).status_code for address in addresses} == {302}
    client.force_login(outsider)
    assert {client.get(address).status_code for address in addresses} == {404}
    client.force_login(reader)
    assert [client.get(address).status_code for address in addresses] == [200, 200, 404, 404]
    assert case.code not in client.get("/cases/").text
    client.force_login(books.staff.reviewer)
    assert client.post(f"/cases/{case.code}/sign", {}).status_code == 403
    client.force_login(books.staff.preparer)
    evidence = Evidence.objects.get()
    refused = client.post(f"/cases/do/review/{evidence.code}", {"opinion": "agree", "read_version": 1})
    assert refused.status_code == 403
    client.force_login(books.staff.examiner)
    assert client.post(f"/cases/do/submit/{case.code}", {}).status_code == 403
    assert client.get("/cases/do/no-such-thing/x").status_code == 404
    assert Entry.objects.count() == n_lines


def test_everybody_finds_what_waits_for_them(client, books):
    books.together(FEMUR)

    def waits(user) -> str:
        client.force_login(user)
        return client.get("/waiting/").text

    case = books.in_review()
    assert "Ready to sign" in waits(books.staff.examiner)
    assert "For you to review" not in waits(books.staff.reviewer)
    assert "For you to review" in waits(books.staff.examiner)
    sign(case, by=books.staff.examiner, read_digest=Argument.of(case).digest)
    assert "Families to be told" in waits(books.staff.liaison)
    assert "letter or report to the family: Adam Example" in waits(books.staff.liaison)
    assert "rosette beside the name on the memorial: Adam Example" in waits(books.staff.examiner)
    assert "Nothing waits for you." in waits(books.staff.reviewer)


def test_pages_of_casework_need_few_queries_however_many_cases_there_are(client, books, django_assert_max_num_queries):
    books.together(FEMUR, TIBIA)
    case = books.signed()
    other = books.row("individual", "ind-2", number="I-02", laboratory="lab")
    books.together(RIB, individual=other)
    books.signed("ben", other)
    client.force_login(books.staff.examiner)
    for address, most in (
        ("/cases/", 16),
        (case.get_absolute_url(), 60),
        ("/record/individual/ind/", 45),
        ("/waiting/", 25),
    ):
        with django_assert_max_num_queries(most):
            assert client.get(address).status_code == 200
