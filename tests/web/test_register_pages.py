"""The pages of the register: the custodian's way by scanner, who is let in, and that nothing is lost or leaks."""

from collections.abc import Iterator

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from homeward.core.dates import parse_date
from homeward.web.accounts.actions import add_user
from homeward.web.accounts.models import User
from homeward.web.accounts.roles import Role
from homeward.web.casework.individuals import Association, Individual
from homeward.web.identity.models import Identifier
from homeward.web.journal.keeping import enter
from homeward.web.journal.models import Entry
from homeward.web.journal.reader import Reader
from homeward.web.places.models import Place
from homeward.web.recovery.models import Find, Site, SiteChange
from homeward.web.remains.models import Accession, Effect, Sample, Specimen, Transfer, TransferCase, TransferItem
from homeward.web.remains.scanned import references_scanned
from tests.web.conftest import PASSWORD
from tests.web.custody_rows import KNOWN_ON, box, register, sending
from tests.web.record_rows import change, document, handover, keep
from tests.web.test_page_safety import RefusedMarkup

PAGES = [
    "/register/",
    "/record/transfercase/box-1/",
    "/record/accession/acc/",
    "/record/specimen/femur/",
    "/record/sample/cut/",
    "/record/effect/button/",
    "/record/store/shelf/",
    "/record/specimen/",
    "/custody/specimen/femur/",
    "/labels/?about=accession:acc&contents=",
]
FORMS = [
    "/register/scan/",
    "/register/take-over/",
    "/register/send/?about=specimen:femur",
    "/register/cases/box-2/open",
    "/register/inventory/acc/",
    "/register/inventory/acc/import",
    "/register/bones/femur/sample",
]
MOST_QUERIES = 25


@pytest.fixture(scope="module")
def cast(rows_for_several_tests) -> Iterator[dict[str, User]]:
    """The register, and who works with it; what each test does is undone."""
    with rows_for_several_tests():
        users = {
            "everybody": add_user("everybody", list(Role), PASSWORD),
            **{name: add_user(name, Role.EVIDENCE_CUSTODIAN, PASSWORD) for name in ("custodian", "second")},
        }
        register(users["everybody"])
        yield users


@pytest.fixture
def everybody(db, cast) -> User:
    return cast["everybody"]


@pytest.fixture
def custodian(db, cast) -> User:
    return cast["custodian"]


@pytest.fixture
def second(db, cast) -> User:
    return cast["second"]


def test_the_pages_are_quick_and_safe_and_for_those_who_may_see_them(
    client, custodian, reader, outsider, django_assert_max_num_queries
):
    lines = Entry.objects.count()
    for address in PAGES + FORMS:
        client.force_login(custodian)
        with django_assert_max_num_queries(MOST_QUERIES):
            answer = client.get(address)
        assert answer.status_code == 200, address
        markup = RefusedMarkup()
        markup.feed(answer.text)
        assert markup.refused == [], address
    assert Entry.objects.count() == lines
    client.force_login(reader)
    assert client.get("/custody/specimen/femur/").status_code == 200
    assert [client.get(address).status_code for address in FORMS] == [403] * len(FORMS)
    client.force_login(outsider)
    assert {client.get(address).status_code for address in PAGES + FORMS} == {404}
    client.logout()
    assert {client.get(address).status_code for address in FORMS} == {302}


def test_the_custodian_takes_over_opens_describes_cuts_sends_and_a_second_receives(client, custodian, second):
    client.force_login(custodian)
    today = timezone.localdate().isoformat()
    given = {"happened": today, "giver": "north", "receiver": "lab", "given_by": "G. Giver", "known_on": today}
    taken = client.post(
        "/register/take-over/", {**given, "n_things": "2", "case_kind": "box", "numbers": "7-8", "seal": "S 1"}
    )
    takeover = Transfer.objects.get(kind="takeover")
    assert taken.url == takeover.get_absolute_url()
    receipt = {"on": today, "received_by": "R. Receiver", "n_received": "2", "seal_intact": "yes"}
    refused = client.post(f"/register/transfers/{takeover.code}/receive", receipt)
    assert (refused.status_code, "second person" in refused.text) == (422, True)
    client.force_login(second)
    assert client.post(f"/register/transfers/{takeover.code}/receive", receipt).status_code == 302
    client.force_login(custodian)
    case = TransferCase.objects.get(number="7")
    opening = {"number": "A-7", "laboratory": "lab", "opened": today, "opened_by": "C", "known_on": today}
    refused = client.post(f"/register/cases/{case.code}/open", {**opening, "n_items": "2"})
    assert (refused.status_code, "Two people open a container" in refused.text) == (422, True)
    client.post(f"/register/cases/{case.code}/open", {**opening, "n_items": "2", "witness": "W"})
    accession = Accession.objects.get(number="A-7")
    page = f"/register/inventory/{accession.code}/"
    bone = {"side": "right", "completeness": "complete", "inventoried_by": "C", "n_fragments": "1"}
    refused = client.post(page, {**bone, "element": "Femurr", "designator": "001"})
    assert (refused.status_code, "Perhaps femur" in refused.text) == (422, True)
    assert 'value="Femurr"' in refused.text
    assert client.post(page, {**bone, "element": "sacrum", "designator": "001"}).status_code == 422
    entered = client.post(page, {**bone, "element": "Innominate", "designator": "001"})
    next_form = client.get(entered.url).text
    assert 'value="002"' in next_form
    assert "1 of 2 items" in next_form
    assert client.post(f"{page}complete").status_code == 422
    client.post(
        page, {"effect": "1", "designator": "E1", "kind": "animal", "description": "A pig's rib.", "n_items": 1}
    )
    assert client.post(f"{page}complete").status_code == 302
    femur = Specimen.objects.get(accession=accession)
    assert (femur.element, Effect.objects.get(accession=accession).kind) == ("os coxa", "animal")
    cut = client.post(f"/register/bones/{femur.code}/sample", {"number": "01A", "purpose": "DNA", "on": today})
    sample = Sample.objects.get(specimen=femur)
    assert cut.url == sample.get_absolute_url()
    assert "samplestep/new" in client.get(cut.url).text
    sent = client.post(
        "/register/send/",
        {
            **given,
            "kind": "loan",
            "giver": "lab",
            "receiver": "other",
            "n_things": "1",
            "things": f"SAMPLE;{sample.code}",
        },
    )
    assert client.get("/register/").text.count("Lab to Other") == 1
    client.force_login(second)
    received = client.post(
        f"{sent.url.replace('/record/transfer/', '/register/transfers/')}receive",
        {**receipt, "n_received": 1, "seal_intact": ""},
    )
    assert received.status_code == 302
    line = " ".join(client.get(f"/custody/sample/{sample.code}/").text.split())
    steps = ["North to Lab", "opened as accession A-7", "Lab to Other"]
    assert [line.index(step) for step in steps] == sorted(line.index(step) for step in steps)
    assert "Every passing follows from the one before it." in line


def test_things_are_scanned_and_then_the_store_that_they_go_to(client, custodian):
    client.force_login(custodian)
    first = client.post("/register/scan/", {"scan": "SPECIMEN:FEMUR"})
    second = client.post("/register/scan/", {"scan": "tibia", "about": ["specimen:femur"]})
    assert first.url == "/register/scan/?about=specimen%3Afemur"
    assert "Scanned: 2" in client.get(second.url).text
    unknown = client.post("/register/scan/", {"scan": "nothing", "about": ["specimen:femur", "specimen:tibia"]})
    assert (unknown.status_code, "Scanned: 2" in unknown.text) == (422, True)
    moved = client.post("/register/scan/", {"scan": "store:safe", "about": ["specimen:femur", "specimen:tibia"]})
    assert "2 things</a> now in Safe" in client.get(moved.url).text
    assert "left femur" in client.get("/record/store/safe/").text


@pytest.mark.parametrize(("status", "found"), [("superseded", ["specimen:tibia"]), ("erroneous", [])])
def test_a_label_with_an_old_number_finds_the_thing_and_one_that_was_an_error_does_not(custodian, status, found):
    said = {"kind": "exhibit", "value": "K55 / 77-3", "status": status, "reason": "Numbered anew."}
    enter(Identifier(code="old", known_on=KNOWN_ON, about="specimen:tibia", **said), by=custodian)
    things, unknown = references_scanned("k55/77-3", Reader(custodian))
    assert (things, bool(unknown)) == (found, not found)


def test_a_table_of_bones_is_checked_and_then_brought_in_once(client, custodian):
    client.force_login(custodian)
    table = "id,element,side,zones,box\n10,Innominate,l,,x\n11,sacrum,,,x\n12,ulna,right,whole,x\n"
    page = "/register/inventory/acc/import"

    def send(text: str, **said: str):
        file = SimpleUploadedFile("bones.csv", text.encode())
        return client.post(page, {"table": file, "completeness": "half", "inventoried_by": "C", **said})

    before = Entry.objects.count()
    wrong = send(table.replace("ulna", "wishbone").replace("sacrum,", "sacrum,sideways"))
    assert (wrong.status_code, Specimen.objects.count()) == (422, 2)
    assert "3 new" in " ".join(send(table, dry_run="on").text.split())
    assert (Specimen.objects.count(), Entry.objects.count()) == (2, before)
    assert "3 new" in send(table).text
    assert "0 new, 0 amended, 3 as before" in send(table).text
    found = Specimen.objects.filter(designator__in=["10", "11", "12"]).order_by("designator")
    assert list(found.values_list("element", "side", "completeness")) == [
        ("os coxa", "left", "half"),
        ("sacrum", "middle", "half"),
        ("ulna", "right", "complete"),
    ]


def test_a_label_that_many_villages_share_is_decided_by_a_person(client, everybody, custodian):
    for code in ("village-1", "village-2"):
        enter(Place(code=code, known_on=KNOWN_ON, name="Sinhung", kind="settlement"), by=everybody)
    enter(box("box-3", number="3", label="Sinhung"), by=everybody)
    client.force_login(custodian)
    page = client.get("/record/transfercase/box-3/").text
    assert "village-1" in page
    assert "village-2" in page
    assert client.post("/register/cases/box-3/place", {"place": "village-2", "why": ""}).status_code == 422
    client.post("/register/cases/box-3/place", {"place": "village-2", "why": "The list of the giver names the county."})
    case = TransferCase.objects.get(pk="box-3")
    assert (case.label_place_id, case.label) == ("village-2", "Sinhung")


def test_a_number_of_a_box_stands_once_in_a_handover_and_is_taken_over_once(client, everybody, custodian, second):
    enter(document("paper"), by=everybody)
    keep(handover("return", giver_id="north", receiver_id="lab"), by=everybody)
    enter(box("box-5", number="5", handover_id="return"), by=everybody)
    client.force_login(custodian)
    page = client.get("/register/take-over/?handover=return").text
    assert 'value="north"' in page
    today = timezone.localdate().isoformat()
    form = {
        "handover": "return",
        "happened": today,
        "giver": "north",
        "receiver": "lab",
        "given_by": "G",
        "known_on": today,
        "case_kind": "box",
    }
    twice = client.post("/register/take-over/", {**form, "numbers": "5, 5", "n_things": "2"})
    assert (twice.status_code, "stands here twice" in twice.text) == (422, True)
    assert client.post("/register/take-over/", {**form, "numbers": "5, 6", "n_things": "2"}).status_code == 302
    assert set(TransferCase.objects.filter(handover="return").values_list("number", flat=True)) == {"5", "6"}
    again = client.post("/register/take-over/", {**form, "numbers": "5", "n_things": "1"})
    assert (again.status_code, "taken over before" in again.text) == (422, True)


def test_the_individual_of_a_bone_is_shown_to_nobody_who_may_not_see_cases(client, custodian, everybody):
    individual = enter(Individual(code="ind", known_on=KNOWN_ON, number="I-77", laboratory_id="lab"), by=everybody)
    row = Association(
        code="link",
        known_on=individual.known_on,
        specimen_id="femur",
        individual_id="ind",
        happened=parse_date("2018-08-10"),
        basis="refit",
        signed_by="everybody",
        reason="Fits.",
    )
    enter(row, by=everybody, action="association.signed")
    client.force_login(everybody)
    assert "I-77" in client.get("/record/specimen/femur/").text
    client.force_login(custodian)
    assert "I-77" not in client.get("/record/specimen/femur/").text


def test_a_line_with_a_contradiction_says_so_where_it_stands(client, custodian, everybody):
    Transfer.objects.bulk_create(
        [
            sending(
                "other",
                "north",
                "2018-09-01",
                code="odd",
                version_known_on=KNOWN_ON,
                recorded_at=timezone.now(),
                sent_by_user="a",
                received=parse_date("2018-09-01"),
                received_by="R",
                received_by_user="b",
                n_received=1,
            )
        ]
    )
    TransferItem.objects.create(
        code="odd-1",
        known_on=KNOWN_ON,
        version_known_on=KNOWN_ON,
        recorded_at=timezone.now(),
        transfer_id="odd",
        about="specimen:femur",
        under_way=False,
    )
    client.force_login(custodian)
    line = " ".join(client.get("/custody/specimen/femur/").text.split())
    assert "has gaps or contradictions" in line
    assert "This does not follow: it passed from Other, but it was then with Lab." in line


def test_a_handover_says_whether_its_containers_are_in_the_register(client, everybody, reader):
    enter(document("paper"), by=everybody)
    return_ = keep(handover("return", giver_id="north", receiver_id="lab"), by=everybody)
    keep(change(return_, "received", "2018-07-27", containers_low=2, containers_high=2), by=everybody)
    enter(box("box-5", number="5", handover_id="return"), by=everybody)
    client.force_login(reader)
    assert "2 stated, 1 in the register: they differ." in client.get("/record/handover/return/").text
    enter(box("box-6", number="6", handover_id="return"), by=everybody)
    assert "2 stated, 2 in the register. " in client.get("/record/handover/return/").text


def test_a_site_shows_what_became_of_it_and_what_was_found_and_packed(client, everybody, reader):
    found = {"known_on": KNOWN_ON, "site_id": "hill", "happened": parse_date("2018-07-05")}
    for row in (
        Site(code="hill", known_on=KNOWN_ON, name="Hill 12"),
        SiteChange(code="opened", known_on=KNOWN_ON, site_id="hill", kind="opened", happened=parse_date("2018-07-02")),
        Find(code="bag", bag="7", description="Long bone, two people?", **found),
        box("case-7", kind="case", number="HILL-7", find_id="bag"),
    ):
        enter(row, by=everybody)
    client.force_login(everybody)
    page = " ".join(client.get("/record/site/hill/").text.split())
    assert "<strong>Open</strong> since 2 July 2018" in page
    assert "sitechange/new?site=hill&amp;kind=nothing-found" in page
    assert "Bag 7" in page
    assert "transfer case HILL-7" in client.get("/record/find/bag/").text
    client.force_login(reader)
    assert "sitechange/new" not in client.get("/record/site/hill/").text
    assert "Hill 12" in client.get("/record/site/").text
