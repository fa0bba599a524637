"""Entering, amending and withdrawing rows on the pages: who may, what is refused, and that nothing typed is lost."""

from collections.abc import Iterator
from datetime import date

import pytest

from homeward.web.accounts.actions import add_user
from homeward.web.accounts.models import User
from homeward.web.accounts.roles import ROLE_PERMISSIONS, Role
from homeward.web.engagement.models import Meeting, MeetingChange
from homeward.web.journal.models import Entry
from homeward.web.journal.recorded import nouns
from homeward.web.sources.models import Citation
from tests.examples import one_of_each
from tests.web.conftest import PASSWORD
from tests.web.record_rows import enter_ground, keep, meeting

ANNOUNCEMENT = {
    "meeting": "talks",
    "kind": "announced",
    "happened": "2018-07-07",
    "order": "0",
    "by": "south",
    "scheduled": "2018-07-12",
    "known_on": "2018-07-07",
    "source-document": "paper",
}


@pytest.fixture
def officer(db) -> User:
    return add_user("officer", [Role.ENGAGEMENT_OFFICER], PASSWORD)


@pytest.fixture(scope="module")
def users_by_role(rows_for_several_tests) -> Iterator[dict[Role, User]]:
    with rows_for_several_tests():
        yield {role: add_user(role.value.replace(" ", "-"), role, PASSWORD) for role in Role}


@pytest.fixture
def talks(officer) -> Meeting:
    enter_ground(officer)
    return keep(meeting("talks"), by=officer)


@pytest.fixture
def page(client, officer, talks):
    client.force_login(officer)
    return client


def test_an_officer_enters_what_happened_together_with_its_source(page, officer):
    response = page.post("/record/meetingchange/new", ANNOUNCEMENT)
    assert (response.status_code, response.url) == (302, "/record/meeting/talks/")
    change = MeetingChange.objects.get(meeting="talks")
    assert (change.by_id, str(change.scheduled), change.version) == ("south", "2018-07-12", 1)
    assert Citation.objects.get(about=change.reference).document_id == "paper"
    lines = Entry.objects.filter(code__contains=change.code).order_by("number")
    assert [line.action for line in lines] == ["meetingchange.entered", "citation.entered"]
    assert {line.by for line in lines} == {officer}


def test_the_address_fills_in_what_is_known_before(page):
    text = page.get("/record/meetingchange/new?meeting=talks&kind=missed").text
    assert 'value="talks"' in text
    assert '<option value="missed" selected>' in text


def test_a_change_without_a_source_is_refused_and_what_was_typed_is_kept(page):
    before = Entry.objects.count()
    response = page.post(
        "/record/meetingchange/new", {**ANNOUNCEMENT, "source-document": "", "note": "Said on a plane"}
    )
    assert response.status_code == 422
    assert "This field is required." in response.text
    assert "Said on a plane" in response.text
    assert (MeetingChange.objects.count(), Entry.objects.count()) == (0, before)


@pytest.mark.parametrize(
    ("typed", "complaint"),
    [
        ({"happened": "12 July"}, "is not a date"),
        ({"happened": "2018-02-30"}, "is not in the calendar"),
        ({"scheduled": "2018-07-01"}, "is before it was set"),
        ({"scheduled": ""}, "Say for which date it was announced"),
        ({"kind": "missed"}, "cannot be &#x27;missed&#x27;"),
        ({"by": ""}, "Say which party announced"),
        ({"by": "nobody"}, "There is no party of this code"),
        ({"meeting": "no-such-meeting"}, "There is no meeting of this code"),
        ({"source-document": "no-such-paper"}, "There is no document of this code"),
    ],
)
def test_what_cannot_be_is_refused_with_the_reason(page, typed, complaint):
    response = page.post("/record/meetingchange/new", {**ANNOUNCEMENT, **typed})
    assert response.status_code == 422
    assert complaint in response.text
    assert not MeetingChange.objects.exists()


def test_every_problem_of_a_form_is_told_at_once(page):
    typed = {**ANNOUNCEMENT, "happened": "yesterday", "by": "nobody", "source-document": "no-such-paper"}
    text = page.post("/record/meetingchange/new", typed).text
    for complaint in ("is not a date", "There is no party of this code", "There is no document of this code"):
        assert complaint in text


def test_the_second_writer_of_one_column_sees_the_first_and_loses_nothing(page, talks, officer):
    typed = {"name": "Talks on remains", "known_on": "2018-07-01", "why": "fuller", "read_version": "1"}
    assert page.post("/record/meeting/talks/amend", typed).status_code == 302
    second = {
        "name": "Talks about graves",
        "purpose": "Return",
        "known_on": "2018-07-01",
        "why": "mine",
        "read_version": "1",
    }
    response = page.post("/record/meeting/talks/amend", second)
    assert response.status_code == 409
    assert "officer changed this while you were writing" in response.text
    for words in ("Talks on remains", "Talks about graves", "Return", 'name="read_version" value="2"'):
        assert words in response.text
    assert Meeting.objects.get(pk="talks").name == "Talks on remains"
    assert page.post("/record/meeting/talks/amend", {**second, "read_version": "2"}).status_code == 302
    assert Meeting.objects.get(pk="talks").name == "Talks about graves"


def test_two_writers_of_two_columns_both_keep_their_change(page, talks):
    first = {"name": "Talks on remains", "known_on": "2018-07-01", "why": "fuller", "read_version": "1"}
    second = {"name": talks.name, "purpose": "Return", "known_on": "2018-07-01", "why": "purpose", "read_version": "1"}
    page.post("/record/meeting/talks/amend", first)
    assert page.post("/record/meeting/talks/amend", second).status_code == 302
    kept = Meeting.objects.get(pk="talks")
    assert (kept.name, kept.purpose, kept.version) == ("Talks on remains", "Return", 3)


def test_an_amendment_needs_a_reason(page):
    typed = {"name": "Other talks", "known_on": "2018-07-01", "why": " ", "read_version": "1"}
    response = page.post("/record/meeting/talks/amend", typed)
    assert response.status_code == 422
    assert "Say why" in response.text


def test_what_is_known_from_a_later_day_is_not_shown_before_it(page):
    typed = {"name": "Talks on remains", "known_on": "2018-07-20", "why": "The readout", "read_version": "1"}
    assert page.post("/record/meeting/talks/amend", typed).status_code == 302
    assert "<h1>Talks (talks)</h1>" in page.get("/record/meeting/talks/?on=&known=2018-07-19").text
    assert "<h1>Talks on remains</h1>" in page.get("/record/meeting/talks/?on=&known=2018-07-20").text


def test_the_two_times_stay_until_they_are_taken_back(page):
    assert page.get("/record/meeting/talks/?on=&known=2018-06-30").status_code == 404
    response = page.get("/record/meeting/talks/")
    assert response.status_code == 404
    assert "Not known on 30 June 2018" in response.text
    assert page.get("/record/meeting/talks/?on=&known=").status_code == 200
    assert page.get("/record/meeting/talks/").status_code == 200


def test_a_time_that_is_no_day_is_said_to_be_none(page):
    assert "is not a date" in page.get("/record/meeting/talks/?on=July&known=").text


def test_a_withdrawn_row_says_so_and_stays_in_the_past(page):
    assert "Say why" in page.post("/record/meeting/talks/withdraw", {"why": " "}).text
    assert page.post("/record/meeting/talks/withdraw", {"why": "There was no such meeting."}).status_code == 302
    response = page.get("/record/meeting/talks/")
    assert response.status_code == 404
    assert "There was no such meeting." in response.text
    assert page.get("/record/meeting/talks/?on=&known=2018-07-02").status_code == 200


def test_names_are_shown_as_text_and_never_run(page, officer):
    keep(meeting("trap", name="<script>alert(1)</script>"), by=officer)
    for address in ("/record/meeting/", "/record/meeting/trap/", "/record/meeting/trap/amend"):
        text = page.get(address).text
        assert "<script>alert" not in text
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text


def rights_needed(noun):
    model = nouns()[noun]
    return model.keep_permission, model.withdraw_permission, model.view_permission, model.by_action_only


@pytest.mark.parametrize("noun", one_of_each(sorted(nouns()), rights_needed))
def test_each_role_changes_only_what_is_its_to_change(client, db, users_by_role, noun):
    model = nouns()[noun]
    needed = {model.keep_permission, model.withdraw_permission or model.keep_permission}
    for role in one_of_each(users_by_role, lambda role: frozenset(needed & ROLE_PERMISSIONS[role])):
        client.force_login(users_by_role[role])
        assert client.get(f"/record/{noun}/", follow=True).status_code == 200
        if model.by_action_only:
            assert client.get(f"/record/{noun}/new").status_code == 404, role
            assert client.post(f"/record/{noun}/x/withdraw", {}).status_code == 404, role
            continue
        allowed = model.keep_permission in ROLE_PERMISSIONS[role]
        assert client.get(f"/record/{noun}/new").status_code == (200 if allowed else 403), role
        assert client.post(f"/record/{noun}/new", {}).status_code == (422 if allowed else 403), role
        may_withdraw = (model.withdraw_permission or model.keep_permission) in ROLE_PERMISSIONS[role]
        assert client.post(f"/record/{noun}/x/withdraw", {}).status_code == (404 if may_withdraw else 403), role


@pytest.mark.parametrize(
    "address", ["/record/", "/record/meeting/", "/record/meeting/talks/", "/record/meeting/new", "/timeline/"]
)
def test_a_stranger_and_somebody_without_a_role_find_nothing(client, talks, outsider, address):
    assert client.get(address).status_code == 302
    client.force_login(outsider)
    assert client.get(address).status_code == 404


def test_an_unknown_noun_or_code_is_not_found(page):
    for address in (
        "/record/unicorn/",
        "/record/unicorn/new",
        "/record/meeting/nowhere/",
        "/record/meeting/nowhere/amend",
    ):
        assert page.get(address).status_code == 404


def test_the_day_of_reading_may_be_months_or_years(page):
    text = page.get("/record/meeting/?on=2018-07&known=2018").text
    assert "31 July 2018" in text
    assert "31 December 2018" in text
    assert date(2018, 7, 31).isoformat() in text
