"""The links at the head of every page: what somebody may see, and where they are."""

import re

import pytest

from homeward.web.accounts.actions import add_user
from homeward.web.accounts.roles import Role
from homeward.web.pages.navigation import GROUPS
from tests.web.conftest import PASSWORD

pytestmark = pytest.mark.django_db


def test_everybody_is_shown_what_they_may_see_and_every_link_leads_somewhere(client, everybody):
    client.force_login(everybody)
    page = client.get("/journal/").text
    for group in GROUPS.values():
        for one in group:
            assert f'<a href="{one.address}">{one.title}</a>' in page
            assert client.get(one.address).status_code == 200
    client.force_login(add_user("reader", Role.READER, PASSWORD))
    shown = client.get("/roll/").text
    assert [title in shown for title in (">Register<", ">Families<", ">Compare<", ">Cases<")] == [True, *[False] * 3]


@pytest.mark.parametrize(
    ("address", "title"), [("/roll/duplicates/", "Roll"), ("/record/store/", "Register"), ("/record/", "All rows")]
)
def test_the_link_that_a_page_lies_under_is_marked(client, everybody, address, title):
    client.force_login(everybody)
    assert re.findall(r'aria-current="page">([^<]+)</a></li>', client.get(address).text) == [title]
