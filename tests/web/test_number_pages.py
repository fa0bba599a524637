"""The pages of numbers: what a number leads to, who sees it, and the forms that merge, split, renumber and undo."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from homeward.web.casework.models import Individual
from homeward.web.identity.models import Identifier, Succession
from homeward.web.identity.succession_actions import merge, renumber
from homeward.web.journal.keeping import enter
from homeward.web.remains.models import Accession, Specimen
from tests.web.identity_rows import KNOWN_ON, decided, enter_missing, enter_register, enter_war, made_of
from tests.web.test_page_safety import refused_markup

pytestmark = pytest.mark.django_db
WHY = {"happened": "2018-08-01", "decided_by": "Board", "reason": "Read anew."}


@pytest.fixture
def keeper(everybody, client):
    enter_register(everybody)
    client.force_login(everybody)
    return everybody


@pytest.fixture
def asked(client):
    return lambda number: client.get("/numbers/", {"q": number}, follow=True)


def test_a_number_in_any_spacing_and_case_a_code_and_a_scanned_address_lead_to_the_row(keeper, asked):
    pages = {
        "2018 - 12": "/record/accession/acc-2018-12/",
        "2018.12 i01": None,
        "2018-12-i-01": "/record/individual/i1/",
        "2018-12 / 3": "/record/specimen/b3/",
        "B3": "/record/specimen/b3/",
        "https://example.org/record/specimen/b3/": "/record/specimen/b3/",
    }
    for number, address in pages.items():
        page = asked(number)
        if address:
            assert page.redirect_chain[-1][0] == address, number
        else:
            assert page.redirect_chain[-1][0] == "/record/individual/i1/"
    assert "has or had the number" in asked("no such").text
    assert asked("\0 ;--").status_code == 200
    assert asked("9" * 5000).status_code == 200


def test_an_old_number_says_step_by_step_what_became_of_it_and_so_does_the_page_of_what_ended(keeper, asked, client):
    first, second = Accession.objects.order_by("code")
    renumber(second, "2018-15", decided("2018-08-01", "The log has 15."), by=keeper)
    second.refresh_from_db()
    merge([second], first, decided("2018-09-02", "One box."), by=keeper)
    page = asked("2018-14").text
    assert refused_markup(page) == []
    told = " ".join(page.split())
    assert "was renumbered, 1 August 2018, decided by Board of three: The log has 15." in told
    assert 'was merged, 2 September 2018, into <a href="/record/accession/acc-2018-12/">2018-12</a>' in told
    assert told.index("was renumbered") < told.index("was merged")
    ended = client.get("/record/accession/acc-2018-14/").text
    assert "This goes on as" in ended
    assert "<del>2018-14</del>" in ended
    assert refused_markup(ended) == []


def test_several_things_with_one_number_are_listed_with_issuer_and_period(keeper, asked):
    for code, about, used in (("n1", "specimen:b1", "1950/1953"), ("n2", "specimen:b2", "1954/1990")):
        row = Identifier(
            code=code, known_on=KNOWN_ON, about=about, kind="exhibit", issuer_id="lab", value="E-7", used=used
        )
        enter(row, by=keeper)
    page = " ".join(asked("e7").text.split())
    assert "E-7 of Lab, 1950 to 1953" in page
    assert "E-7 of Lab, 1954 to 1990" in page


def test_a_reader_is_told_nothing_of_individuals_by_number_code_or_event(keeper, reader, client):
    individual = Individual.objects.get()
    renumber(individual, "2018-12-I-77", decided(), by=keeper)
    event = Succession.objects.get()
    identifier = Identifier.objects.get()
    client.force_login(reader)
    for number in ("2018-12-I-01", "2018-12-I-77", "i1", event.code, identifier.code):
        page = client.get("/numbers/", {"q": number})
        assert "has or had the number" in page.text, number
    for address in (
        f"/record/succession/{event.code}/",
        f"/numbers/undo/{event.code}/",
        "/numbers/individual/i1/split",
    ):
        assert client.get(address).status_code == 404, address
    assert event.code not in client.get("/record/succession/").text
    assert client.get("/numbers/accession/acc-2018-12/merge").status_code == 403


def test_strangers_and_people_without_a_role_learn_nothing(keeper, outsider, client):
    addresses = ["/numbers/?q=2018-12", "/numbers/accession/acc-2018-12/renumber", "/roll/duplicates/"]
    client.force_login(outsider)
    assert [client.get(address).status_code for address in addresses] == [404, 404, 404]
    client.logout()
    assert [client.get(address).status_code for address in addresses] == [302, 302, 302]


def test_the_forms_split_undo_merge_and_renumber_and_keep_what_was_typed_where_they_cannot(keeper, client):
    split = "/numbers/individual/i1/split"
    page = client.post(split, {**WHY, "reason": "", "to-b1": "2018-12-I-02"})
    assert page.status_code == 422
    assert 'value="2018-12-I-02"' in page.text
    assert client.get(split).status_code == 200
    assert not Succession.objects.exists()
    assert client.post(split, {**WHY, "to-b1": "2018-12-I-02"}).status_code == 302
    event = Succession.objects.get()
    new = Individual.objects.get(number="2018-12-I-02")
    assert made_of()["b1"][0] == new.code
    shown = client.get(f"/record/individual/{new.code}/").text
    assert f"/numbers/undo/{event.code}/" in shown
    assert client.post(f"/numbers/undo/{event.code}/", {"reason": "Wrong."}).status_code == 302
    assert made_of()["b1"][0] == "i1"
    assert client.post(f"/numbers/undo/{event.code}/", {"reason": "Wrong."}).status_code == 404
    merged = {**WHY, "others": "2018-14\n", "goes_on": "on"}
    assert "There is no accession 99" in client.post(
        "/numbers/accession/acc-2018-12/merge", {**merged, "others": "99"}
    ).text.replace("&#x27;", "'")
    assert client.post("/numbers/accession/acc-2018-12/merge", merged).status_code == 302
    renumbered = {**WHY, "replaced": "", "number": "2018-12 A"}
    assert client.post("/numbers/accession/acc-2018-12/renumber", renumbered).status_code == 302
    assert Accession.objects.get(pk="acc-2018-12").number == "2018-12 A"


def test_one_number_cannot_be_given_to_two_things_in_overlapping_periods(keeper):
    def number(code, about, used, **columns):
        row = Identifier(
            code=code, known_on=KNOWN_ON, about=about, kind="seal", issuer_id="lab", value="S 1", used=used, **columns
        )
        return enter(row, by=keeper)

    number("a", "specimen:b1", "1950/1953")
    with pytest.raises(ValidationError, match="in the same period"):
        number("b", "specimen:b2", "1953/1960")
    number("c", "specimen:b2", "1954/1960")
    number("d", "specimen:b3", "1951", status="erroneous", reason="Misread.")
    with pytest.raises(ValidationError, match="in the same period"):
        number("e", "specimen:b4", None)
    number("f", "specimen:b1", "1952")


def test_a_look_up_and_a_block_of_many_rows_take_few_queries(keeper, asked, client):
    for n in range(1, 7):
        enter(Identifier(code=f"x{n}", known_on=KNOWN_ON, about=f"specimen:b{n}", kind="other", value="Q-1"), by=keeper)
    enter_war(keeper)
    enter_missing("m", "Adam", by=keeper)
    with CaptureQueriesContext(
        connection,
    ) as few:
        assert asked("q1").text.count("another number") == 6
    assert len(few) < 25
    with CaptureQueriesContext(connection) as page:
        client.get("/record/specimen/b1/")
    assert len(page) < 25
    assert Specimen.objects.count() == 6
