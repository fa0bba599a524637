"""The examiner's way in a real browser: what waits, the evidence, the signature, the family, the grave."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.test_custodian_in_browser import fill, signed_in
from tests.examples import only_thorough

pytestmark = [pytest.mark.browser, only_thorough]
PERSON = "Alder Moorcroft"


def test_a_candidate_is_reviewed_signed_told_announced_buried_and_closed(browser: Browser, site: str, record):
    first, second = (record.folder / f"{which}-sign-in.txt" for which in ("first", "second"))
    password = re.search(r"password: (\S+)", second.read_text())[1]
    with signed_in(browser, site, first) as analyst, signed_in(browser, site, second) as examiner:
        analyst.goto(f"{site}/cases/?state=proposed")
        analyst.get_by_role("link", name=PERSON).click()
        do(analyst, "Submit for review")
        examiner.goto(f"{site}/waiting/")
        examiner.get_by_role("link", name=PERSON).first.click()
        expect(examiner.locator(".standing")).to_be_visible()
        case = examiner.url
        for number in range(examiner.get_by_role("link", name="Review", exact=True).count()):
            examiner.get_by_role("link", name="Review", exact=True).nth(number).click()
            examiner.get_by_label("Opinion").select_option("agree")
            examiner.get_by_role("button", name="Review").click()
        sign(examiner, password)
        expect(examiner.locator(".standing")).to_contain_text("Signed, family not yet told")
        do(examiner, "Note what the family was told", {"Told by": "L. Liaison"}, {"Kind": "told"})
        do(examiner, "Note what was decided", {}, {"Kind": "group-burial", "Later portions": "tell"})
        do(examiner, "Announce")
        do(examiner, "Note the burial", {"Cemetery": "Section A, grave 1"})
        for _ in range(examiner.get_by_role("link", name="Done").count()):
            examiner.get_by_role("link", name="Done").first.click()
            examiner.get_by_role("button", name="Note that it was done").click()
            expect(examiner.locator(".standing")).to_contain_text("Buried")
        do(examiner, "Close the case")
        expect(examiner.locator(".standing")).to_contain_text("Closed")
        assert examiner.url == case
        examiner.get_by_role("link", name=PERSON).click()
        expect(examiner.locator(".standing")).to_contain_text("Accounted for")


def do(page: Page, title: str, typed: dict[str, str] | None = None, chosen: dict[str, str] | None = None) -> None:
    """Do on the page of a case what its button says; the first next of kin where one is to be named."""
    page.get_by_role("link", name=title, exact=True).click()
    expect(page.get_by_role("button", name=title, exact=True)).to_be_visible()
    kin = page.get_by_label("Next of kin")
    if kin.count():
        kin.select_option(index=1)
    for label, value in (chosen or {}).items():
        page.get_by_label(label, exact=True).select_option(value)
    fill(page, typed or {})
    page.get_by_role("button", name=title, exact=True).click()
    expect(page.locator(".standing")).to_be_visible()


def sign(page: Page, password: str) -> None:
    """Read what is signed, and sign it."""
    page.get_by_role("link", name="Read and sign").click()
    expect(page.locator(".signed-text")).to_contain_text(f"is {PERSON}.")
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign", exact=True).click()
