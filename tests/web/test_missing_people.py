"""Missing people: what is decided about them, by whom; their pages; and how many stand where."""

import hashlib
import re
from datetime import date

import pytest
from django.core.exceptions import ValidationError

from homeward.web.accounts.actions import add_user
from homeward.web.accounts.roles import Role
from homeward.web.casework.models import Identification, IdentificationChange, Individual
from homeward.web.engagement.standing import history_of
from homeward.web.journal.access import visible
from homeward.web.journal.keeping import amend, enter, withdraw
from homeward.web.journal.knowledge import NOW, AsOf
from homeward.web.journal.models import Entry
from homeward.web.journal.reader import Reader
from homeward.web.journal.recorded import nouns
from homeward.web.roll.models import Calamity, Incident, MissingPerson, Status
from homeward.web.roll.statistics import WHAT_COUNTS, digest_of, statistic_of
from tests.web.conftest import PASSWORD
from tests.web.roll_rows import KNOWN, enter_roll, lose, number_of


@pytest.fixture
def keeper(everybody):
    enter_roll(everybody)
    lose("person", "Adam Example", by=everybody, incident_id="battle", last_seen="1950-12-01")
    return everybody


def decide(missing, kind, happened, *, by, known_on=KNOWN, code="", **columns):
    row = Status(
        code=code or f"{missing}-{kind}", missing_id=missing, kind=kind, happened=happened, known_on=known_on, **columns
    )
    return enter(row, by=by)


def identify(missing, *, by, steps=("proposed", "submitted", "signed")):
    """An identification in force, taken so far, and the status that rests on it."""
    known = {"known_on": date(1990, 1, 1)}
    enter(Individual(code=f"i-{missing}", number=f"I-{missing}", laboratory_id="army", **known), by=by)
    row = Identification(
        code=f"id-{missing}", individual_id=f"i-{missing}", missing_id=missing, prepared_by="somebody",
        signed_by="examiner", signed_digest="0" * 64, in_force=True, **known,
    )  # fmt: skip
    parts = [
        IdentificationChange(
            code=f"{kind}-{missing}", identification_id=row.code, kind=kind, happened="1990-01-02", order=order,
            user="somebody", **known,
        )
        for order, kind in enumerate(steps)
    ]  # fmt: skip
    enter(row, by=by, action="identification.made-for-a-test", parts=parts)
    status = Status(
        code=f"{missing}-accounted", missing_id=missing, kind="accounted", happened="1990-01-02",
        identification_id=row.code, **known,
    )  # fmt: skip
    return enter(status, by=by, action="status.made-for-a-test")


@pytest.mark.parametrize(
    ("columns", "complaint"),
    [
        ({"born": "1951", "last_seen": "1950"}, "before they were born"),
        ({"incident_id": "flood-loss"}, "is no part of A war"),
    ],
)
def test_a_person_is_not_lost_before_birth_or_in_another_war(keeper, columns, complaint):
    enter(Calamity(code="flood", name="Flood", kind="disaster", happened="1960", known_on=KNOWN), by=keeper)
    flood = {"calamity_id": "flood", "kind": "disaster", "happened": "1960"}
    enter(Incident(code="flood-loss", name="Bridge", known_on=KNOWN, **flood), by=keeper)
    with pytest.raises(ValidationError, match=complaint):
        lose("new", "New", by=keeper, **columns)


def test_a_status_from_before_the_loss_is_refused(keeper):
    with pytest.raises(ValidationError, match="from before the loss"):
        decide("person", "returned", "1950-11", by=keeper)


def test_a_report_made_in_error_needs_a_second_person_and_grounds(client, keeper):
    client.force_login(keeper)
    typed = {"happened": "1960", "known_on": "2001-01-01", "order": "0", "note": "Seen alive by the consul."}
    address = "/roll/person/status/false-report"
    before = Entry.objects.count()
    for wrong, complaint in [
        ({}, "Say who checked"),
        ({"reviewer": "Everybody"}, "A second person checks this"),
        ({"reviewer": "B. Second", "note": ""}, "needs its grounds"),
    ]:
        response = client.post(address, {**typed, **wrong})
        assert (response.status_code, complaint in response.text) == (422, True), complaint
    assert Entry.objects.count() == before
    assert client.get(address).status_code == 200
    assert client.post(address, {**typed, "reviewer": "B. Second"}).url == "/record/missingperson/person/"
    assert Entry.objects.latest("number").action == "status.false-report"
    assert "reported in error" in client.get("/record/missingperson/person/").text.casefold()
    assert client.post("/roll/person/status/reopened", {**typed, "happened": "1961"}).status_code == 302
    assert history_of(MissingPerson.objects.get(), Reader(keeper)).state == "unaccounted"


def test_no_way_around_the_second_person_is_left_open(client, keeper):
    client.force_login(keeper)
    said = {"code": "seen", "kind": "false-report", "happened": "1960", "note": "Seen alive by the consul.", "order": 0}
    general = client.post(
        "/record/status/new", {**said, "missing": "person", "known_on": "2001-01-01", "reviewer": "everybody"}
    )
    assert (general.status_code, "A second person checks this" in general.text) == (422, True)
    of_person = {**said, "missing_id": "person", "known_on": KNOWN}
    with pytest.raises(ValidationError, match="A second person checks this"):
        enter(Status(**of_person, reviewer="EVERYBODY"), by=keeper)
    assert not Status.objects.filter(kind="false-report").exists()
    checked = enter(Status(**of_person, reviewer="B. Second"), by=keeper)
    with pytest.raises(ValidationError, match="A second person checks this"):
        amend(checked, {"reviewer": "everybody"}, by=keeper, why="Copied wrongly.", read_version=1)
    assert amend(checked, {"note": "Seen by two."}, by=keeper, why="Read again.", read_version=1).version == 2


def test_only_who_keeps_the_roll_decides_and_only_what_is_possible(client, keeper, reader, outsider):
    for user, status in ((outsider, 404), (reader, 403)):
        client.force_login(user)
        assert client.get("/roll/person/status/returned").status_code == status
    client.force_login(keeper)
    assert [client.get(f"/roll/{path}").status_code for path in ("person/status/dead", "nobody/status/returned")] == [
        404
    ] * 2
    assert client.get("/roll/person/status/duplicate").status_code == 404
    typed = {"happened": "1960", "known_on": "2001-01-01", "order": "0", "note": "No."}
    response = client.post("/roll/person/status/reopened", typed)
    assert (response.status_code, "cannot be &#x27;reopened&#x27;" in response.text) == (422, True)


def test_one_number_was_given_to_two_people_by_two_issuers_and_in_two_periods(client, keeper, reader):
    lose("second", "Second Person", by=keeper)
    number_of("person", "RA 11", by=keeper, used="1942/1945")
    number_of("second", "RA 11", by=keeper, used="1950/1953")
    number_of("second", "RA 11", by=keeper, issuer="navy")
    client.force_login(reader)
    assert [hit.person.code for hit in client.get("/roll/?q=ra11").context["hits"]] == ["person", "second"]
    text = client.get("/record/missingperson/second/").text
    assert ("Navy" in text, "1950 to 1953" in text) == (True, True)


def test_the_pages_of_a_person_an_incident_and_a_war_say_what_is_known(
    client, keeper, reader, django_assert_max_num_queries
):
    amend(Incident.objects.get(), {"uncertainty_km": "2.5", "n_lost": 12}, by=keeper, why="report", read_version=1)
    client.force_login(reader)
    with django_assert_max_num_queries(35):
        text = client.get("/record/missingperson/person/").text
    for words in (
        "Unaccounted for",
        "Night of the retreat",
        "within 2.5 km",
        "Changjin reservoir",
        "no authority is named",
    ):
        assert words in text, words
    assert "Record a decision" not in text
    with django_assert_max_num_queries(35):
        text = client.get("/record/incident/battle/").text
    assert ("11 of them are not on the roll" in text, "Adam Example" in text) == (True, True)
    with django_assert_max_num_queries(25):
        assert "Night of the retreat" in client.get("/record/calamity/war/").text
    client.force_login(keeper)
    assert "/roll/person/status/false-report" in client.get("/record/missingperson/person/").text


def counts(scope, user, as_of=NOW):
    return {count.state: count.number for count in statistic_of(scope, Reader(user, as_of)).counts}


def test_a_statistic_counts_each_person_once_by_the_last_change_as_of_both_times(keeper):
    lose("second", "B", by=keeper)
    lose("third", "C", by=keeper, status="")
    decide("person", "returned", "1953-05", by=keeper, known_on=date(1960, 1, 1))
    decide("second", "accounted", "1954-02-03T09:00", by=keeper, order=1, code="morning")
    decide("second", "reopened", "1954-02-03T17:00", by=keeper, order=1, code="evening", note="Another man.")
    wrong = decide("third", "unaccounted", "1950-12", by=keeper)
    withdraw(wrong, by=keeper, why="of another", known_on=date(1970, 1, 1))
    war = Calamity.objects.get()
    assert counts(war, keeper) == {"returned": 1, "unaccounted": 1, "": 1}
    assert counts(war, keeper, AsOf(known=date(1959, 1, 1))) == {"unaccounted": 3}
    assert counts(war, keeper, AsOf(on=date(1952, 1, 1))) == {"unaccounted": 2, "": 1}
    assert counts(war, keeper, AsOf(known=date(1954, 1, 1))) == {}
    assert counts(Incident.objects.get(), keeper) == {"returned": 1}


def test_a_person_who_was_moved_to_another_war_later_is_counted_where_they_were_then(keeper):
    enter(Calamity(code="flood", name="Flood", kind="disaster", happened="1950", known_on=KNOWN), by=keeper)
    moved = lose("moved", "Moved", by=keeper)
    amend(moved, {"calamity": "flood"}, by=keeper, why="paper", read_version=1, known_on=date(1980, 1, 1))
    flood = Calamity.objects.get(pk="flood")
    assert (counts(flood, keeper), counts(flood, keeper, AsOf(known=date(1979, 1, 1)))) == ({"unaccounted": 1}, {})
    assert counts(Calamity.objects.get(pk="war"), keeper, AsOf(known=date(1979, 1, 1))) == {"unaccounted": 2}


def test_the_digest_is_that_of_the_list_which_can_be_downloaded(client, keeper, reader):
    lose("second", "=B", by=keeper)
    client.force_login(reader)
    page = client.get("/roll/statistics/calamity/war/")
    digest = hashlib.sha256(b"person\nsecond\n").hexdigest()
    assert page.text.count(digest) == 3  # of the one status, of all in the table, and below it
    assert digest_of(["second", "person"]) == digest
    assert "Each person of the scope is counted once" in page.text
    table = client.get("/roll/statistics/calamity/war/list.csv").text
    assert table == "code,name,status\nperson,Adam Example,unaccounted for\nsecond,'=B,unaccounted for\n"
    assert client.get("/roll/statistics/family/war/").status_code == 404


def test_an_identification_that_is_not_announced_counts_nowhere_for_who_may_not_see_it(client, keeper, reader):
    identify("person", by=keeper)
    war = Calamity.objects.get()
    examiner = add_user("examiner", Role.EXAMINER, PASSWORD)
    assert counts(war, examiner) == {"accounted": 1}
    assert counts(war, reader) == {"unaccounted": 1}
    client.force_login(reader)
    for address in (
        "/record/missingperson/person/", "/roll/?q=adam", "/roll/?status=accounted", "/record/calamity/war/",
        "/record/incident/battle/", "/roll/statistics/calamity/war/", "/roll/statistics/calamity/war/list.csv",
    ):  # fmt: skip
        text = client.get(address).text
        assert "ccounted for" not in text.replace("naccounted for", "").replace('value="accounted"', "").replace(
            ">accounted for</option>", ""
        ), address
        assert "id-person" not in text, address
    assert not client.get("/roll/?status=accounted").context["hits"]
    announced = IdentificationChange(
        code="announced",
        identification_id="id-person",
        kind="told",
        happened="1990-01-03",
        user="l",
        known_on=date(1990, 1, 3),
    )
    enter(announced, by=keeper, action="identification.told")
    assert counts(war, reader) == {"unaccounted": 1}
    announced = IdentificationChange(
        code="shown",
        identification_id="id-person",
        kind="announced",
        happened="1990-01-04",
        user="l",
        known_on=date(1990, 1, 4),
    )
    enter(announced, by=keeper, action="identification.announced")
    assert counts(war, reader) == {"accounted": 1}
    assert [hit.person.code for hit in client.get("/roll/?status=accounted").context["hits"]] == ["person"]


def test_a_statistic_depends_on_nothing_but_what_it_is_kept_by(db):
    tables = {nouns()[noun]._meta.db_table for noun in WHAT_COUNTS}
    for role in Role:
        user = add_user(f"one-{role.name}", role, PASSWORD)
        for model in (MissingPerson, Status):
            asked = set(re.findall(r'(?:FROM|JOIN) "(\w+)"', str(visible(user, model).query)))
            assert asked <= tables, (role, model, asked - tables)
