"""Passkeys and an authenticator app in a real browser, under the content security policy."""

import json
import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import SCREENS
from tests.examples import only_thorough
from tests.web.second_factors import code_of

pytestmark = [pytest.mark.browser, only_thorough]


@pytest.fixture
def complaints() -> list[str]:
    """What a browser had to say against our pages."""
    return []


@pytest.fixture(params=SCREENS)
def page(browser, complaints, request):
    width, height = request.param
    context = browser.new_context(viewport={"width": width, "height": height})
    page = context.new_page()
    page.on("console", lambda m: complaints.append(m.text) if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()


@pytest.fixture
def device(page) -> str:
    """A phone or computer that keeps passkeys and whose owner always agrees, attached to the browser."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
    }
    return session.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"]


@pytest.fixture
def address(site) -> str:
    """The site under a name, which passkeys need: a number is not enough."""
    return site.replace("127.0.0.1", "localhost")


@pytest.fixture
def somebody(record, request) -> dict[str, str]:
    """A new user with a password, by name."""
    name = re.sub(r"\W+", "-", request.node.name)
    added = record.run("user", "add", name, "--role", "reader", "--json")
    return {"name": name, "password": json.loads(added.stdout)["password"]}


def give_password(page: Page, address: str, somebody: dict[str, str]) -> None:
    page.goto(f"{address}/account/sign-in/?next=/account/")
    page.get_by_label("Username").fill(somebody["name"])
    page.get_by_label("Password").fill(somebody["password"])
    page.get_by_role("button", name="Sign in").click()


def confirm(page: Page, somebody: dict[str, str]) -> None:
    expect(page.get_by_role("heading", name="Confirm that it is you")).to_be_visible()
    page.get_by_label("Password").fill(somebody["password"])
    page.get_by_role("button", name="Confirm").click()


def sign_out(page: Page) -> None:
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def no_wider_than_the_screen(page: Page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def add_passkey(page: Page, somebody: dict[str, str], *, alone: bool) -> None:
    page.get_by_role("link", name="Add a passkey").click()
    confirm(page, somebody)
    page.get_by_label("Name of the passkey").fill("Blue key")
    page.get_by_label("Sign in with it alone").set_checked(alone)
    assert no_wider_than_the_screen(page)
    page.get_by_role("button", name="Make the passkey").click()
    expect(page.get_by_text("These codes are shown only now.")).to_be_visible()
    page.get_by_role("link", name="I have kept them").click()


def test_a_passkey_is_made_and_is_the_second_step(page, device, address, somebody, complaints):
    give_password(page, address, somebody)
    add_passkey(page, somebody, alone=False)
    expect(page.get_by_role("link", name="Rename Blue key")).to_be_visible()
    assert no_wider_than_the_screen(page)
    sign_out(page)
    give_password(page, address, somebody)
    expect(page.get_by_role("heading", name="One more step")).to_be_visible()
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("heading", name="Your account")).to_be_visible()
    assert complaints == []


def test_a_passkey_signs_in_without_name_and_password(page, device, address, somebody, complaints):
    give_password(page, address, somebody)
    add_passkey(page, somebody, alone=True)
    sign_out(page)
    page.goto(f"{address}/account/sign-in/?next=/account/tokens/")
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("heading", name="Your API tokens")).to_be_visible()
    assert complaints == []


def test_a_browser_without_a_passkey_is_told_so_in_plain_words(page, device, address, complaints):
    page.goto(f"{address}/account/sign-in/")
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("alert")).to_contain_text("No passkey was used")
    assert complaints == []


def test_an_address_that_is_a_number_is_explained(page, device, site, somebody):
    page.goto(f"{site}/account/sign-in/")
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("alert")).to_contain_text("Open the site under its name")


def test_an_authenticator_app_is_added_and_asked_for(page, address, somebody, complaints):
    give_password(page, address, somebody)
    page.get_by_role("link", name="Add an authenticator app").click()
    confirm(page, somebody)
    picture = page.get_by_role("img")
    assert picture.evaluate("image => image.complete && image.naturalWidth > 0")
    assert no_wider_than_the_screen(page)
    secret = page.locator("code").inner_text()
    page.get_by_label("Code").fill(code_of(secret))
    page.get_by_role("button", name="Turn it on").click()
    expect(page.locator(".codes li")).to_have_count(10)
    page.get_by_role("link", name="I have kept them").click()
    sign_out(page)
    give_password(page, address, somebody)
    page.get_by_label("Code").fill(code_of(secret, steps_from_now=1))
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Your account")).to_be_visible()
    assert complaints == []
