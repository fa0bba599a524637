"""The custodian's way in a real browser, by keys as a scanner types them; a second user confirms what arrives."""

import re
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.test_worked_case_in_browser import same_host

pytestmark = pytest.mark.browser


def test_containers_are_taken_over_opened_described_sampled_and_sent(browser: Browser, site: str, record):
    first, second = (record.folder / f"{which}-sign-in.txt" for which in ("first", "second"))
    with signed_in(browser, site, first) as page, signed_in(browser, site, second) as other:
        page.goto(f"{site}/register/take-over/?handover=k55")
        fill(page, {"Given by": "G. Giver", "Numbers": "901", "Things counted": "1"})
        page.get_by_role("button", name="Enter it").click()
        confirm(other, page.url)
        page.get_by_role("link", name="901").click()
        page.get_by_role("link", name="Open it").click()
        fill(page, {"Number": "B-901", "Opened by": "C", "Witness": "W", "Items counted": "1"})
        page.get_by_role("button", name="Enter it").click()
        page.get_by_role("link", name="Go on with the inventory").click()
        expect(page.get_by_label("Element")).to_be_focused()
        page.keyboard.type("femur")
        page.get_by_label("Side").first.select_option("left")
        page.get_by_label("Completeness").select_option("complete")
        page.get_by_label("Completeness").focus()
        page.get_by_role("button", name="Enter the bone").click()
        expect(page.get_by_role("status").first).to_contain_text("1 of 1 items – at least 1 person (left femur)")
        page.get_by_role("link", name=re.compile("^1$")).click()
        page.get_by_role("link", name="Cut a sample").click()
        page.get_by_role("button", name="Enter it").click()
        sample = page.url.rstrip("/").rpartition("/")[2]
        page.goto(f"{site}/register/scan/")
        expect(page.get_by_label("Label of a thing")).to_be_focused()
        page.keyboard.type(f"sample:{sample}")
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="Scanned: 1")).to_be_visible()
        page.get_by_role("link", name="Send these").click()
        fill(page, {"Giver": "us", "Receiver": "dpaa", "Given by": "C", "Seal": ""})
        page.get_by_role("button", name="Enter it").click()
        expect(page.get_by_text("somebody else confirms that it arrived")).to_be_visible()
        confirm(other, page.url)
        other.goto(f"{site}/custody/sample/{sample}/")
        expect(other.get_by_text("Every passing follows from the one before it.")).to_be_visible()


@contextmanager
def signed_in(browser: Browser, site: str, file):
    """A page of a user whose first password stands in a file; it asks no other host and complains of nothing."""
    name, password = (re.search(rf"{word}: (\S+)", file.read_text())[1] for word in ("name", "password"))
    with browser.new_context() as context:
        page = context.new_page()
        complaints: list[str] = []
        page.on("console", lambda m: complaints.append(m.text) if m.type in ("error", "warning") else None)
        page.on("request", lambda r: None if same_host(r.url, site) else complaints.append(f"asked {r.url}"))
        page.goto(site)
        fill(page, {"Username": name, "Password": password})
        page.get_by_role("button", name="Sign in").click()
        expect(page.get_by_role("button", name="Sign out")).to_be_visible()
        yield page
        assert complaints == []


def fill(page: Page, values: dict[str, str]) -> None:
    """Type into the fields of these labels."""
    for label, value in values.items():
        page.get_by_label(label, exact=True).fill(value)


def confirm(page: Page, address: str) -> None:
    """Confirm as this user that one thing arrived."""
    page.goto(address)
    fill(page, {"Received by": "R. Receiver", "Things counted": "1"})
    page.get_by_role("button", name="I confirm that it arrived").click()
    expect(page.locator(".standing")).to_contain_text("Received on")
