"""An engagement officer's day in a real browser: from sign-in, through what happened in July 2018, to the brief."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import SCREENS
from tests.e2e.test_worked_case_in_browser import same_host, sign_in

pytestmark = pytest.mark.browser
MEETING = "/record/meeting/panmunjom-2018-07-12/"


@pytest.fixture(scope="module")
def cookies(browser: Browser, site: str, record):
    """What the browser of somebody who signed in keeps."""
    with browser.new_context(java_script_enabled=False) as context:
        sign_in(context.new_page(), site, record.password)
        return context.storage_state()


@pytest.fixture(params=SCREENS)
def stranger(browser: Browser, site: str, request):
    """A page without JavaScript before signing in, and nothing that the browser had to say against it at the end."""
    with watched(browser, site, request.param) as page:
        yield page


@pytest.fixture(params=SCREENS)
def officer(browser: Browser, site: str, cookies, request):
    """The same of somebody who signed in before."""
    with watched(browser, site, request.param, storage_state=cookies) as page:
        yield page


@contextmanager
def watched(browser: Browser, site: str, size: tuple[int, int], **options: Any) -> Iterator[Page]:
    width, height = size
    context = browser.new_context(viewport={"width": width, "height": height}, java_script_enabled=False, **options)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda m: complaints.append(m.text) if m.type in ("error", "warning") else None)
    page.on("response", lambda r: complaints.append(f"{r.status} {r.url}") if r.status >= 500 else None)
    page.on("request", lambda r: None if same_host(r.url, site) else complaints.append(f"asked {r.url}"))
    yield page
    assert complaints == []
    context.close()


def read_as_of(page: Page, day: str) -> None:
    page.get_by_label("As it was on").fill(day)
    page.get_by_label("as known on").fill(day)
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.locator(".as-of-words")).to_be_visible()


def fits(page: Page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_from_sign_in_to_the_brief(stranger: Page, site: str, record):
    page = stranger
    sign_in(page, site, record.password)
    read_as_of(page, "2018-07-13")
    missed = page.get_by_text("Missed by DPRK").first
    expect(missed).to_be_visible()
    expect(page.get_by_text("15 July 2018").first).to_be_visible()
    assert fits(page)
    page.get_by_role("link", name="Talks on the return of remains").first.click()
    expect(page.get_by_role("heading", level=1, name="Talks on the return of remains")).to_be_visible()
    expect(page.get_by_text("one side only").first).to_be_visible()
    page.locator(".citation a, .citations a").first.click()
    expect(page.locator("mark").first).to_be_visible()
    page.get_by_role("link", name="Parties").click()
    page.get_by_role("link", name="Democratic People's Republic of Korea").first.click()
    page.get_by_role("link", name="Brief on DPRK").click()
    expect(page.get_by_role("heading", name="Where each commitment stands")).to_be_visible()
    expect(page.locator(".became-missed")).to_have_text("Missed by DPRK")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download as PDF").click()
    assert download.value.suggested_filename == "brief-dprk-2018-07-13.pdf"
    assert download.value.path().read_bytes().startswith(b"%PDF-")


def test_a_statement_stands_beside_the_one_that_contradicts_it(officer: Page, site: str):
    officer.goto(f"{site}/record/conflict/cf-05/")
    for words in ("yes, 200", "not yet physically received", "The book of handovers shows none"):
        expect(officer.get_by_text(words).first).to_be_visible()
    officer.get_by_role("link", name="No remains have been physically received yet.").first.click()
    expect(officer.get_by_text("Donald Trump").first).to_be_visible()


@pytest.mark.parametrize(
    "address",
    [
        "/timeline/",
        MEETING,
        "/record/agreement/singapore-2018/",
        "/record/handover/k55/",
        "/record/conflict/cf-05/",
        "/record/series/unaccounted-for-korea/",
        "/record/document/sputnik-2018-07/",
        "/record/party/dprk/",
        "/record/place/chosin/",
        "/record/statement/pompeo-2018-06-27/",
        "/brief/dprk/",
        "/record/meetingchange/new",
        "/search?q=Changjin",
        "/record/",
        "/account/",
    ],
)
def test_no_page_of_the_record_is_wider_than_the_screen(officer: Page, site: str, address: str):
    assert officer.goto(site + address).status == 200
    assert fits(officer)


def test_an_officer_enters_a_change_and_the_journal_has_it(officer: Page, site: str):
    officer.goto(f"{site}/record/contact/new")
    officer.get_by_label("Name").fill("Letter about the next talks (made up for a test)")
    officer.get_by_label("Kind").select_option("letter")
    officer.get_by_label("Receiver").fill("dprk")
    officer.get_by_label("Happened").fill("2018-08-02")
    officer.get_by_label("Document").fill("sputnik-2018-07")
    officer.get_by_role("button", name="Enter it").click()
    expect(officer.get_by_role("heading", level=1, name="Letter about the next talks")).to_be_visible()
    officer.get_by_role("link", name="History of this row").click()
    expect(officer.get_by_text("analyst").first).to_be_visible()
    expect(officer.get_by_text("entered").first).to_be_visible()
