"""The analyst's path in a real browser: a file is checked and kept, what is suspicious is found and cleared."""

import json
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.test_worked_case_in_browser import same_host, sign_in
from tests.examples import only_thorough

pytestmark = [pytest.mark.browser, only_thorough]
ROWS = [
    ("party", {"code": "e2e-lab", "name": "Laboratory", "short_name": "Lab", "kind": "laboratory"}),
    ("accession", {"code": "e2e-a", "number": "A1", "laboratory": "e2e-lab", "opened": "2018", "opened_by": "C."}),
    ("specimen", {"code": "e2e-b", "accession": "e2e-a", "designator": "1", "element": "femur", "side": "left"}),
    ("sample", {"code": "e2e-s", "specimen": "e2e-b", "number": "01A", "purpose": "DNA"}),
    ("staffmember", {"code": "e2e-t", "name": "A technician"}),
]
SPECIMEN = {"completeness": "complete", "inventoried_by": "A."}
LOCI = ("TPOX", "D3S1358", "FGA", "TH01", "vWA", "D5S818", "CSF1PO", "D7S820")
TABLE = "Sample Name,Marker,Allele 1,Allele 2\n" + "".join(f"e2e-s,{locus},9,10\n" for locus in LOCI)


def test_the_analyst_brings_in_profiles_and_clears_what_is_suspicious(browser: Browser, site: str, record, tmp_path):
    name = "analyst"
    made = record.run("user", "token", name, "--name", "e2e", "--write", "--json")
    headers = {"Authorization": f"Bearer {json.loads(made.stdout)['secret']}", "Content-Type": "application/json"}
    for noun, columns in ROWS:
        row = {"known_on": "2018-07-20", **columns, **(SPECIMEN if noun == "specimen" else {})}
        with urlopen(Request(f"{site}/api/v1/{noun}", json.dumps(row).encode(), headers)) as answer:
            assert answer.status == 201
    staff = tmp_path / "staff.csv"
    staff.write_text(TABLE.replace("e2e-s", "e2e-t"))
    done = record.run("profiles", str(staff), "--as", name, "--json")
    assert json.loads(done.stdout)["profiles"]["entered"] == 1
    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        page = context.new_page()
        complaints: list[str] = []
        page.on("console", lambda m: complaints.append(m.text) if m.type in ("error", "warning") else None)
        page.on("request", lambda r: None if same_host(r.url, site) else complaints.append(f"asked {r.url}"))
        sign_in(page, site, record.password)
        page.goto(f"{site}/laboratory/import/")
        page.get_by_label("File", exact=True).set_input_files(
            {"name": "bones.csv", "mimeType": "text/csv", "buffer": TABLE.encode()}
        )
        page.get_by_label("Issuer").fill("Lab")
        page.get_by_role("button", name="Check").click()
        expect(page.get_by_role("heading", name="This would be kept")).to_be_visible()
        page.get_by_role("button", name="Keep").click()
        expect(page.get_by_role("heading", name="Kept", exact=True)).to_be_visible()
        page.goto(f"{site}/laboratory/suspicions/")
        noted = page.get_by_role("row").filter(has_text="at 8 loci")
        expect(noted).to_have_count(1)
        noted.get_by_role("link").click()
        page.get_by_label("Why this is in order").fill("The technician gave a control.")
        page.get_by_role("button", name="It is in order").click()
        expect(page.get_by_text("In order, says")).to_be_visible()
        page.goto(f"{site}/laboratory/compare/")
        expect(page.get_by_role("button", name="Compare", exact=True)).to_be_visible()
        assert complaints == []
