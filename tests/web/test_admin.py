"""The Django admin: for administrators who signed in by our own pages; accounts are given out, rows are looked at."""

import re

import pytest
from django.test import Client

from homeward.web.accounts.actions import add_user
from homeward.web.accounts.models import User
from homeward.web.accounts.roles import Role
from homeward.web.config.headers import CONTENT_SECURITY_POLICY
from homeward.web.journal.keeping import enter
from homeward.web.journal.models import Entry
from homeward.web.journal.recorded import nouns
from tests.web.conftest import PASSWORD
from tests.web.record_rows import change, document, enter_ground, keep, meeting
from tests.web.test_page_safety import RefusedMarkup

USERS = "/admin/accounts/user/"
LINES = "/admin/journal/entry/"


@pytest.fixture
def administrator(db) -> User:
    return add_user("chief", Role.ADMINISTRATOR, PASSWORD)


@pytest.fixture
def admin_pages(administrator) -> Client:
    client = Client()
    client.force_login(administrator)
    return client


@pytest.fixture
def talks(officer):
    enter_ground(officer)
    talks = keep(meeting("talks"), by=officer)
    keep(change(talks, "announced", "2018-07-01"), by=officer)
    return talks


def list_page(model) -> str:
    return f"/admin/{model._meta.app_label}/{model._meta.model_name}/"


@pytest.mark.parametrize("page", ["/admin/", USERS, LINES, "/admin/engagement/meeting/talks/change/", "/admin/login/"])
def test_who_has_not_signed_in_is_sent_to_our_own_page(client, talks, page):
    last_address, _ = client.get(page, follow=True).redirect_chain[-1]
    assert last_address == f"/account/sign-in/?next={page}"


@pytest.mark.parametrize("page", ["/admin/", USERS, LINES, "/admin/engagement/meeting/", "/admin/login/"])
def test_who_is_no_administrator_is_refused(client, talks, officer, page):
    client.force_login(officer)
    response = client.get(page, follow=True)
    assert response.status_code == 403


@pytest.mark.parametrize("page", ["/admin/logout/", "/admin/password_change/"])
def test_the_admin_has_no_pages_of_its_own_for_passwords_and_sessions(admin_pages, page):
    assert admin_pages.get(page, follow=True).status_code == 404


def test_an_administrator_sees_accounts_roles_rows_and_the_journal(admin_pages):
    text = admin_pages.get("/admin/").text
    for words in ("Users", "Groups", "Entries", "Meetings", "Documents", "Parties", "Back to the record"):
        assert words in text


@pytest.mark.parametrize("noun", sorted(nouns()))
def test_rows_of_every_noun_can_be_listed_and_searched(admin_pages, noun):
    assert admin_pages.get(list_page(nouns()[noun]), {"q": "talks"}).status_code == 200


@pytest.mark.parametrize("noun", sorted(nouns()))
def test_rows_of_no_noun_can_be_added_changed_or_deleted(admin_pages, noun):
    assert admin_pages.get(f"{list_page(nouns()[noun])}add/").status_code == 403


def test_a_row_can_be_looked_at_and_not_changed(admin_pages, talks):
    page = "/admin/engagement/meeting/talks/change/"
    before = Entry.objects.count()
    shown = admin_pages.get(page).text
    assert "Talks (talks)" in shown
    assert "Rows are entered, amended and withdrawn on the pages of the record" in shown
    assert 'name="_save"' not in shown
    assert admin_pages.post(page, {"name": "Other talks"}).status_code == 403
    assert admin_pages.post("/admin/engagement/meeting/talks/delete/", {"post": "yes"}).status_code == 403
    talks.refresh_from_db()
    assert (talks.name, Entry.objects.count()) == ("Talks (talks)", before)


def test_a_document_of_families_is_not_among_them(admin_pages, talks, officer):
    enter(document("letter", reach="family", headline="A mother writes"), by=officer)
    assert "A mother writes" not in admin_pages.get("/admin/sources/document/").text
    assert admin_pages.get("/admin/sources/document/letter/change/", follow=True).redirect_chain[0][0] == "/admin/"


@pytest.mark.parametrize(
    ("term", "found"),
    [
        ("meeting:talks", ["meeting.entered"]),
        ("citation.entered", ["citation.entered"]),
        ("nobody", []),
        ("999999", []),
        ("'; drop table", []),
    ],
)
def test_lines_are_found_by_row_action_and_name(admin_pages, talks, term, found):
    text = admin_pages.get(LINES, {"q": term}).text
    assert re.findall(r'class="field-action">([^<]*)<', text) == found


def test_a_line_is_found_by_its_number_and_can_only_be_read(admin_pages, talks):
    number = Entry.objects.get(noun="meeting").number
    assert "meeting.entered" in admin_pages.get(LINES, {"q": str(number)}).text
    page = f"{LINES}{number}/change/"
    shown = admin_pages.get(page).text
    assert "Talks (talks)" in shown
    assert "Nobody changes or removes a line" in shown
    assert admin_pages.post(page, {"why": "x"}).status_code == 403
    assert admin_pages.post(f"{LINES}{number}/delete/", {"post": "yes"}).status_code == 403


def test_a_line_about_a_document_of_families_is_empty(admin_pages, talks, officer):
    enter(document("letter", reach="family", headline="A mother writes"), by=officer)
    number = Entry.objects.last().number
    for page in (LINES, f"{LINES}{number}/change/"):
        text = admin_pages.get(page).text
        assert "not for you to see" in text
        assert "letter" not in text
        assert "A mother writes" not in text


def test_a_user_is_added_with_roles_and_a_password_that_is_shown_once(admin_pages):
    answer = admin_pages.post(f"{USERS}add/", {"username": "new", "roles": ["Historian", "Reader"]})
    [password] = re.findall(r"<code>([a-z0-9-]{23})</code>", answer.text)
    added = User.objects.get(username="new")
    assert added.check_password(password)
    assert added.roles == [Role.HISTORIAN, Role.READER]
    line = Entry.objects.last()
    assert (line.action, line.code, line.by_name) == ("user.account-added", "new", "chief")
    assert password not in admin_pages.get(USERS).text


@pytest.mark.parametrize(
    "form",
    [
        {"username": "chief", "roles": ["Reader"]},
        {"username": "homeward", "roles": ["Reader"]},
        {"username": "new"},
        {"roles": ["Reader"]},
    ],
)
def test_a_user_without_a_name_of_their_own_or_a_role_is_not_added(admin_pages, form):
    before = User.objects.count()
    answer = admin_pages.post(f"{USERS}add/", form)
    assert "errornote" in answer.text
    assert User.objects.count() == before


def test_roles_are_replaced_and_written_down(admin_pages, reader):
    page = f"{USERS}{reader.pk}/change/"
    assert admin_pages.post(page, {"is_active": "on", "roles": ["Administrator"]}).status_code == 302
    reader = User.objects.get(pk=reader.pk)
    assert (reader.roles, reader.is_staff) == ([Role.ADMINISTRATOR], True)
    assert (Entry.objects.last().action, Entry.objects.last().by_name) == ("user.roles-replaced", "chief")


def test_a_closed_account_is_signed_out_and_can_be_opened_again(admin_pages, reader):
    elsewhere = Client()
    elsewhere.force_login(reader)
    page = f"{USERS}{reader.pk}/change/"
    admin_pages.post(page, {"roles": ["Reader"]})
    assert Entry.objects.last().action == "user.account-closed"
    assert elsewhere.get("/account/").status_code == 302
    admin_pages.post(page, {"is_active": "on", "roles": ["Reader"]})
    assert Entry.objects.last().action == "user.account-opened-again"
    assert User.objects.get(pk=reader.pk).is_active


def test_saving_without_a_change_writes_nothing(admin_pages, reader):
    before = Entry.objects.count()
    admin_pages.post(f"{USERS}{reader.pk}/change/", {"is_active": "on", "roles": ["Reader"], "username": "other"})
    assert Entry.objects.count() == before
    assert User.objects.get(pk=reader.pk).username == "reader"


@pytest.mark.parametrize("form", [{"roles": ["Administrator"]}, {"is_active": "on", "roles": ["Reader"]}])
def test_administrators_cannot_shut_themselves_out(admin_pages, administrator, form):
    answer = admin_pages.post(f"{USERS}{administrator.pk}/change/", form)
    assert "you would shut yourself out" in answer.text
    administrator.refresh_from_db()
    assert administrator.is_active
    assert administrator.roles == [Role.ADMINISTRATOR]


def test_nobody_is_deleted(admin_pages, reader):
    assert admin_pages.post(f"{USERS}{reader.pk}/delete/", {"post": "yes"}).status_code == 403


def test_roles_are_part_of_the_software(admin_pages):
    assert admin_pages.get("/admin/auth/group/add/").status_code == 403
    assert "May read the record" in admin_pages.get("/admin/auth/group/1/change/").text


@pytest.mark.parametrize(
    "page",
    ["/admin/", USERS, f"{USERS}add/", LINES, "/admin/engagement/meeting/", "/admin/engagement/meeting/talks/change/"],
)
def test_nothing_on_the_pages_is_refused_by_a_strict_browser(admin_pages, talks, page):
    response = admin_pages.get(page)
    markup = RefusedMarkup()
    markup.feed(response.text)
    assert markup.refused == []
    assert response["Content-Security-Policy"] == CONTENT_SECURITY_POLICY
