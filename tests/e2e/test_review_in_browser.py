"""Reviewing a document by keys alone in a real browser, and without JavaScript by its plain forms."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.test_engagement_in_browser import fits
from tests.e2e.test_worked_case_in_browser import same_host, sign_in

pytestmark = pytest.mark.browser
ARTICLE = b"""<html><body><article><h1>Two answers (made up for a test)</h1>
<p>SEOUL, July 12 (Harbour Wire) - Nobody came to the talks on Thursday, Secretary of State Mike Pompeo said.</p>
<p>A source told the Yonhap News Agency that the boxes were still in Seoul.</p></article></body></html>"""


def test_a_document_is_reviewed_by_keys_alone(browser: Browser, site: str, record):
    with browser.new_context(viewport={"width": 1440, "height": 900}) as context:
        page = context.new_page()
        complaints: list[str] = []
        page.on("console", lambda m: complaints.append(m.text) if m.type in ("error", "warning") else None)
        page.on("request", lambda r: None if same_host(r.url, site) else complaints.append(f"asked {r.url}"))
        sign_in(page, site, record.password)
        address = enter_article(page, site)
        count, current = page.locator(".review-facts strong"), page.locator(".draft.is-current")
        while "Mike Pompeo" not in current.inner_text() or "Statement" not in current.inner_text():
            page.keyboard.press("j")
        expect(page.locator(".cited.is-current").first).to_contain_text("Nobody came")
        page.keyboard.press("p")
        expect(page.locator(".cited-by.is-here")).to_have_attribute("href", f"#{current.get_attribute('id')}")
        before = int(re.match(r"\d+", count.inner_text())[0])
        number = current.get_attribute("data-number")
        page.keyboard.press("a")
        expect(count).to_contain_text(f"{before - 1} of")
        while current.get_attribute("data-number") != number:
            page.keyboard.press("k")
        expect(current).to_contain_text("accepted")
        page.keyboard.press("u")
        expect(count).to_contain_text(f"{before} of")
        page.keyboard.press("r")
        page.keyboard.type("Told twice.")
        page.keyboard.press("Enter")
        expect(page.locator(".draft.is-rejected")).to_contain_text("Nobody came")
        page.keyboard.press("e")
        expect(page.get_by_role("button", name="Enter it")).to_be_visible()
        page.go_back()
        counted = page.locator(".standings a").last
        counted.click()
        expect(current).to_have_attribute("data-number", counted.inner_text())
        assert complaints == []
        cookies = context.storage_state()
    with browser.new_context(
        viewport={"width": 390, "height": 780}, java_script_enabled=False, storage_state=cookies
    ) as c:
        page = c.new_page()
        page.goto(address)
        assert fits(page)
        open_before = page.locator(".draft.is-open").count()
        page.get_by_role("button", name="Accept").first.click()
        assert page.locator(".draft.is-open").count() == open_before - 1


def enter_article(page: Page, site: str) -> str:
    """Enter the article and read it; the address of its review."""
    page.goto(
        f"{site}/documents/new?published=2018-07-12&publisher=Harbour+Wire&headline=Two+answers&known_on=2018-07-12"
    )
    page.get_by_label("File").set_input_files({"name": "a.html", "mimeType": "text/html", "buffer": ARTICLE})
    for label, value in (("Kind", "article"), ("Grade", "N"), ("Holding", "copy")):
        page.get_by_label(label).select_option(value)
    page.get_by_role("button", name="Enter it").click()
    page.get_by_role("link", name="Read it").click()
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_role("heading", level=1, name="Review: Two answers")).to_be_visible()
    return page.url
