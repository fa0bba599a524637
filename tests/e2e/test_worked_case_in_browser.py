"""The worked case in a real browser: sign in, open it, read it; nothing is fetched from elsewhere."""

import json
import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import SCREENS

pytestmark = pytest.mark.browser


@pytest.fixture
def complaints() -> list[str]:
    """What a browser had to say against our pages."""
    return []


@pytest.fixture(params=SCREENS)
def page(browser: Browser, site: str, complaints: list[str], request):
    width, height = request.param
    context = browser.new_context(viewport={"width": width, "height": height}, java_script_enabled=False)
    page = context.new_page()
    page.on("console", lambda m: complaints.append(m.text) if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("response", lambda r: complaints.append(f"{r.status} {r.url}") if r.status >= 400 else None)
    page.on("request", lambda r: None if same_host(r.url, site) else complaints.append(f"asked {r.url}"))
    yield page
    context.close()


def same_host(url: str, site: str) -> bool:
    return url.startswith("data:") or urlsplit(url).netloc == urlsplit(site).netloc


def sign_in(page: Page, site: str, password: str) -> None:
    page.goto(site)
    page.get_by_label("Username").fill("analyst")
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Timeline")).to_be_visible()


def open_worked_case(page: Page, site: str, password: str) -> None:
    sign_in(page, site, password)
    page.get_by_role("link", name="Analyses").click()
    page.locator(".analyses a").first.click()


def test_an_analyst_signs_in_and_reads_the_worked_case(page, site, record, complaints):
    open_worked_case(page, site, record.password)
    expect(page.get_by_role("note")).to_contain_text("Made-up example data.")
    report = page.locator(".report")
    for verdict in ("identified", "symmetric", "not informative"):
        expect(report.get_by_text(re.compile(verdict, re.IGNORECASE)).first).to_be_visible()
    assert report.locator("svg").count() >= 4, "Each of the families is drawn."
    page.get_by_text("Downloads and input files").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the result").click()
    assert json.loads(download.value.path().read_text())["conclusions"]
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    assert complaints == []


def test_no_page_is_wider_than_the_screen(page, site, record):
    open_worked_case(page, site, record.password)
    expect(page.locator(".report")).to_be_visible()
    page.wait_for_load_state("load")  # with its style sheets, without which tables are as wide as they like
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
