"""The pages of meetings, agreements, operations, deliveries, handovers, parties and people."""

from datetime import date

import pytest

from homeward.core.dates import parse_date
from homeward.web.accounts.actions import add_user
from homeward.web.accounts.models import User
from homeward.web.accounts.roles import Role
from homeward.web.engagement.models import Proof
from homeward.web.journal.keeping import enter
from homeward.web.parties.models import Party, PartyName
from homeward.web.sources.models import Bearing
from tests.web.conftest import PASSWORD
from tests.web.july_2018 import July2018
from tests.web.record_rows import KNOWN_ON, change, delivery, enter_ground, keep, meeting, operation, request

MOST_QUERIES = 25


@pytest.fixture
def ground(officer):
    enter_ground(officer)


@pytest.fixture
def page_of(client, reader):
    """Return a function that returns the page of a row, without line breaks."""
    client.force_login(reader)

    def page(address: str, **query: str) -> str:
        answer = client.get(address, query)
        assert answer.status_code == 200
        return " ".join(answer.text.split())

    return page


def test_a_date_that_both_sides_announced_is_agreed(officer, page_of, ground):
    talks = keep(meeting("talks"), by=officer)
    day = parse_date("2030-01-01")
    keep(change(talks, "announced", "2018-07-01", by_id="north", scheduled=day), by=officer)
    keep(change(talks, "confirmed", "2018-07-02", by_id="south"), by=officer)
    assert "Planned for 1 January 2030: agreed by both sides, North and South." in page_of("/record/meeting/talks/")


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("missed", "Missed by North on 12 July 2018."),
        ("declined", "Declined. It had been set for 12 July 2018."),
        ("cancelled", "Cancelled. It had been set for 12 July 2018."),
        ("held", "Held on 12 July 2018."),
    ],
)
def test_a_meeting_says_what_became_of_it(officer, page_of, ground, kind, words):
    talks = keep(meeting("talks"), by=officer)
    day = parse_date("2018-07-12")
    keep(change(talks, "announced", "2018-07-01", scheduled=day), by=officer)
    keep(change(talks, kind, "2018-07-12"), by=officer)
    page = page_of("/record/meeting/talks/")
    assert words in page
    assert ("<del>12 July 2018</del>" in page) == (kind != "held")


def test_a_date_that_passed_without_news_says_so(officer, page_of, ground):
    talks = keep(meeting("talks"), by=officer)
    keep(change(talks, "announced", "2018-07-01", scheduled=parse_date("2018-07-12")), by=officer)
    note = "This date has passed, and nothing is known of what became of it."
    assert note in page_of("/record/meeting/talks/")
    assert note not in page_of("/record/meeting/talks/", on="2018-07-12", known="")


def test_what_may_follow_can_be_recorded_by_whoever_may_keep_it_and_only_today(client, officer, reader, ground):
    talks = keep(meeting("talks"), by=officer)
    keep(change(talks, "announced", "2018-07-01"), by=officer)
    address = "/record/meeting/talks/"
    form = "/record/meetingchange/new?meeting=talks&amp;kind=missed"
    client.force_login(officer)
    page = client.get(address).text
    assert form in page
    assert client.get(form.replace("&amp;", "&")).status_code == 200
    assert "kind=announced" in page
    assert form not in client.get(address, {"on": "2018-07-01", "known": ""}).text
    client.get(address, {"on": "", "known": ""})
    client.force_login(reader)
    assert form not in client.get(address).text


def test_a_change_whose_forerunner_was_not_known_is_still_shown(officer, page_of, ground):
    talks = keep(meeting("talks"), by=officer)
    keep(change(talks, "announced", "2018-07-01", known_on=date(2018, 7, 20)), by=officer)
    keep(change(talks, "missed", "2018-07-12", known_on=date(2018, 7, 12)), by=officer)
    page = page_of("/record/meeting/talks/", on="", known="2018-07-13")
    assert "Missed by North" in page
    assert "What came before this was not known then." in page


def test_a_delivery_shows_planned_moved_and_used_as_different_counts(officer, page_of, ground):
    cases = keep(delivery("cases"), by=officer)
    for kind, day, number in (("planned", "2018-06-20", 215), ("moved", "2018-06-23", 100), ("used", "2018-07-27", 55)):
        keep(change(cases, kind, day, quantity_low=number, quantity_high=number), by=officer)
    page = page_of("/record/delivery/cases/")
    counts = page[page.index("Four different counts") : page.index("What happened, and who says so")]
    assert [counts.index(number) for number in (">215<", ">100<", ">55<")] == sorted(
        counts.index(number) for number in (">215<", ">100<", ">55<")
    )
    assert "Nothing in the book" in counts  # nobody recorded that they were taken over


def test_a_handover_keeps_each_unit_apart(officer, page_of):
    July2018(officer)
    page = page_of("/record/handover/k55/")
    counted = page[page.index("What was counted") :]
    assert counted.index("Boxes, cases or caskets") < counted.index(">55</a>") < counted.index("Individuals")
    assert "about 250" in counted


def test_an_operation_says_by_whom_and_why_it_was_suspended(officer, page_of, ground):
    season = keep(operation("season"), by=officer)
    keep(change(season, "begun", "1996-07"), by=officer)
    keep(change(season, "suspended", "2005-05-25", by_id="south", reason="Security could not be assured."), by=officer)
    assert "Suspended by South: Security could not be assured" in page_of("/record/operation/season/")


def test_an_agreement_shows_where_its_points_stood_on_the_day(officer, page_of):
    July2018(officer)
    address = "/record/agreement/singapore/"
    assert "Scheduled" in page_of(address, on="2018-07-20", known="")
    assert "Fulfilled in part" in page_of(address, on="2018-07-27", known="")
    assert "Made, nothing shown" in page_of(address, on="2018-06-12", known="")


def test_the_lists_say_where_things_stand(officer, page_of):
    July2018(officer)
    assert "fulfilled in part" in page_of("/record/agreement/")
    ledger = page_of("/record/handover/")
    assert "<span>27 July 2018</span>" in ledger
    assert "DPRK to US" in ledger
    assert "55 boxes" in ledger
    assert "Individuals: about 250" in ledger
    assert "held" in page_of("/record/meeting/")


def test_a_party_shows_its_names_parts_offices_and_open_requests(officer, page_of):
    story = July2018(officer)
    name = PartyName(code="n", party_id="dprk", text="조선", script="Hang", kind="own", known_on=KNOWN_ON)
    enter(name, by=officer)
    story.keep.person("kim", "Kim Jong Un", ("Chairman", "dprk", "2016/2021"), ("First Secretary", "dprk", "2012/2016"))
    asked = request("ask", sender_id="us", receiver_id="dprk")
    settled = request("settled", sender_id="us", receiver_id="dprk")
    for row, kinds in ((asked, ("made",)), (settled, ("made", "granted"))):
        keep(row, by=officer, source="planned")
        for number, kind in enumerate(kinds):
            keep(change(row, kind, f"2018-07-0{number + 1}", by_id="us"), by=officer, source="planned")
    page = page_of("/record/party/dprk/", on="2018-07-13", known="")
    assert "조선" in page
    assert "Request (ask)" in page
    assert "Request (settled)" not in page[page.index("Open requests") : page.index("Agreements</h2>")]
    assert "Joint statement" in page
    offices = page[page.index("Offices and who held them") :]
    assert offices.index("in office then") > offices.index("Chairman")
    assert offices.count("in office") == 1
    assert "DPAA" in page_of("/record/party/us/")


def test_parties_are_listed_by_kind(officer, page_of, ground):
    enter(
        Party(code="army", name="Army", short_name="Army", kind="forces", known_on=KNOWN_ON, part_of_id="north"),
        by=officer,
    )
    page = page_of("/record/party/")
    assert page.index("<h2>Armed forces</h2>") < page.index(">Army<") < page.index("<h2>Government</h2>")


def test_a_person_shows_what_they_said_by_the_day(officer, page_of):
    July2018(officer)
    assert "200 were sent back today." in page_of("/record/person/president/", on="2018-06-20", known="")
    assert "200 were sent back today." not in page_of("/record/person/president/", on="2018-06-19", known="")


@pytest.fixture(scope="class")
def story(rows_for_several_tests):
    """July 2018, and much more of everything that its pages list."""
    with rows_for_several_tests():
        much_happened(add_user("writer", Role.ENGAGEMENT_OFFICER, PASSWORD))
        yield


def much_happened(by: User) -> None:
    story = July2018(by)
    keep = story.keep
    paper = keep.document("more", "2018-07-13", "More of it.")
    keep.cited("workinggroup", "group", paper, name="Group", happened="2018-07-07", agreement_id="singapore")
    keep.cited("operation", "programme", paper, name="Programme", agreement_id="singapore")
    for number in range(6):
        said = keep.statement(f"s{number}", paper, "2018-07-13", f"Claim {number}", speaker=story.claim.speaker)
        for about in ("meeting:talks", "handover:k55", "commitment:singapore.4", "delivery:wooden-cases"):
            code = f"b{number}-{about.replace(':', '-')}"
            bearing = Bearing(code=code, statement=said, about=about, says="not", known_on=said.known_on)
            enter(bearing, by=by)
        happened = {"kind": "visit", "happened": "2018-07-12"}
        keep.cited("event", f"e{number}", paper, name=f"Event {number}", about="meeting:talks", **happened)
        sides = {"sender_id": "us", "receiver_id": "dprk"}
        keep.cited(
            "contact", f"c{number}", paper, name="Call", kind="call", happened="2018-07-12", meeting_id="talks", **sides
        )
        keep.cited("delivery", f"d{number}", paper, name="Flags", thing="flags", sender_id="us", handover_id="k55")
        keep.cited("request", f"r{number}", paper, name="Request", **sides)
        made = {"kind": "made", "happened": "2018-07-12"}
        keep.cited("requestchange", f"rc{number}", paper, request_id=f"r{number}", by_id="us", **made)
        keep.cited("operation", f"o{number}", paper, name="Season", part_of_id="programme")
        begun = {"kind": "begun", "happened": "2018-07-12"}
        keep.cited("operationchange", f"oc{number}", paper, operation_id=f"o{number}", by_id="us", **begun)
        proof = {"commitment_id": "singapore.4", "known_on": date(2018, 7, 13)}
        enter(Proof(code=f"p{number}", about=f"operation:o{number}", shows="begun", **proof), by=by)
        keep.party(f"party{number}")
        story.involve("meeting:talks", f"party{number}", "participant", known_on=date(2018, 7, 13))


@pytest.mark.usefixtures("story")
class TestMuchHappened:
    @pytest.mark.parametrize(
        "address",
        [
            "meeting/talks",
            "agreement/singapore",
            "commitment/singapore.4",
            "operation/programme",
            "operation/o1",
            "delivery/wooden-cases",
            "handover/k55",
            "contact/call",
            "request/r1",
            "workinggroup/group",
            "event/e1",
            "party/us",
            "person/president",
            "meeting",
            "agreement",
            "operation",
            "handover",
            "request",
            "party",
        ],
    )
    @pytest.mark.parametrize("query", [{}, {"on": "2018-07-27", "known": "2018-07-27"}])
    def test_no_page_takes_more_queries_where_there_is_more_on_it(
        self, client, reader, django_assert_max_num_queries, address, query
    ):
        client.force_login(reader)
        client.get("/record/", query)  # the two times are kept for the session
        with django_assert_max_num_queries(MOST_QUERIES):
            assert client.get(f"/record/{address}/").status_code == 200
