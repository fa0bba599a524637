"""The timeline: what is on it, in which order, page by page, as of two times, for everybody and for one party."""

import random
from datetime import date, timedelta

import pytest

from homeward.core.dates import parse_date
from homeward.web.engagement import timeline_lines
from homeward.web.engagement.models import Event, Involvement
from homeward.web.engagement.timeline import latest_moments, timeline
from homeward.web.engagement.timeline_lines import LINES, WITHOUT_STATEMENTS, Scope
from homeward.web.engagement.timeline_window import Edge, Window
from homeward.web.journal.keeping import amend, enter, withdraw
from homeward.web.journal.knowledge import AsOf
from homeward.web.journal.reader import Reader
from homeward.web.places.models import Place
from homeward.web.sources.models import Statement
from tests.web.july_2018 import July2018
from tests.web.record_rows import KNOWN_ON, change, enter_ground, handover, keep, meeting, party


@pytest.fixture
def ground(officer):
    enter_ground(officer)


@pytest.fixture
def happen(officer, ground):
    """Return a function that enters an event of a day."""

    def enter_event(code: str, day: str, **columns) -> Event:
        about = {"name": f"Event {code}", "kind": "visit", "happened": parse_date(day), "known_on": KNOWN_ON}
        return keep(Event(code=code, **{**about, **columns}), by=officer)

    return enter_event


def codes(found) -> list[str]:
    return [moment.row.code for moment in found.moments]


def test_things_stand_in_the_order_in_which_they_happened(reader, happen):
    for code, day in (("c", "2018"), ("a", "2018-07-12"), ("b", "1996-07"), ("d", "2018-07-12T09:00+09:00")):
        happen(code, day)
    found = timeline(Reader(reader))
    assert codes(found) == ["b", "c", "a", "d"]
    assert found.years == [1996, 2018]
    assert [year for year, _ in found.by_year] == [1996, 2018]


def test_every_page_taken_together_holds_everything_once_in_both_directions(reader, happen):
    chance = random.Random(7)
    days = [date(2000, 1, 1) + timedelta(days=chance.randrange(12)) for _ in range(60)]
    for number, day in enumerate(days):
        happen(f"e{number}", day.isoformat())
    forwards, backwards = [], []
    window = Window(after=Edge(date(1999, 1, 1)))
    while window:
        found = timeline(Reader(reader), window=window, size=4)
        forwards += codes(found)
        window = Window(after=found.later) if found.later else None
    window = Window()
    while window:
        found = timeline(Reader(reader), window=window, size=4)
        backwards = [*codes(found), *backwards]
        window = Window(before=found.earlier) if found.earlier else None
    assert sorted(forwards) == sorted(backwards) == sorted(f"e{number}" for number in range(60))
    on_days = dict(zip((f"e{number}" for number in range(60)), days, strict=True))
    assert [on_days[code] for code in forwards] == sorted(days)


def test_a_day_is_not_cut_in_two_where_it_fits_a_page(reader, happen):
    for code, day in (("a", "2018-07-01"), ("b", "2018-07-01"), ("c", "2018-07-02"), ("d", "2018-07-02")):
        happen(code, day)
    found = timeline(Reader(reader), size=3)
    assert codes(found) == ["c", "d"]
    assert codes(timeline(Reader(reader), window=Window(before=found.earlier), size=3)) == ["a", "b"]


def test_only_what_had_happened_by_the_day_is_shown(reader, happen):
    happen("before", "2018-07-12")
    happen("after", "2018-07-13")
    assert codes(timeline(Reader(reader, AsOf(on=date(2018, 7, 12))))) == ["before"]


def test_only_what_was_known_is_shown(reader, happen):
    happen("known", "2018-07-02", known_on=date(2018, 7, 10))
    happen("later", "2018-07-01", known_on=date(2018, 7, 11))
    assert codes(timeline(Reader(reader, AsOf(known=date(2018, 7, 10))))) == ["known"]


def test_a_date_that_was_put_right_later_stands_where_it_stood_then(officer, reader, happen):
    for number in range(5):
        happen(f"between-{number}", f"2018-07-{10 + number}")
    wrong = happen("moved", "2018-07-01")
    changes = {"happened": parse_date("2018-07-20")}
    amend(wrong, changes, by=officer, why="Another paper.", read_version=1, known_on=date(2018, 8, 1))
    assert codes(timeline(Reader(reader), size=2)) == ["between-4", "moved"]
    then = Reader(reader, AsOf(known=date(2018, 7, 31)))
    assert codes(timeline(then, size=2)) == ["between-3", "between-4"]
    assert codes(timeline(then, window=Window(after=Edge(date(2018, 1, 1))), size=2)) == ["moved", "between-0"]


def test_what_was_withdrawn_later_is_shown_to_whoever_reads_what_was_known_before(officer, reader, happen):
    wrong = happen("wrong", "2018-07-01")
    withdraw(wrong, by=officer, why="A misprint.", known_on=date(2018, 8, 1))
    assert codes(timeline(Reader(reader))) == []
    assert codes(timeline(Reader(reader, AsOf(known=date(2018, 7, 31))))) == ["wrong"]


def test_statements_are_shown_only_when_they_are_asked_for(client, officer, reader, ground):
    about = {"said": parse_date("2018-07-01"), "claim": "It is done.", "party_id": "north", "grade": "N"}
    enter(Statement(code="claim", document_id="paper", known_on=KNOWN_ON, **about), by=officer)
    client.force_login(reader)
    assert "It is done." not in client.get("/timeline/").text
    assert "It is done." in client.get("/timeline/?kind=statement").text


def test_a_kind_that_is_not_chosen_is_left_out(client, officer, reader, happen):
    happen("visit", "2018-07-01")
    talks = keep(meeting("talks"), by=officer)
    keep(change(talks, "held", "2018-07-02"), by=officer)
    client.force_login(reader)
    page = client.get("/timeline/?kind=meeting").text
    assert "Talks (talks)" in page
    assert "Event visit" not in page


def test_the_year_list_goes_to_the_first_thing_of_a_year(client, reader, happen):
    for code, day in (("a", "1996-07-01"), ("b", "2007-04-11"), ("c", "2018-07-27")):
        happen(code, day)
    client.force_login(reader)
    assert "from=2007" in client.get("/timeline/").text
    page = client.get("/timeline/?from=2007").text
    assert "Event a" not in page
    assert "Event b" in page
    assert 'rel="prev"' in page
    assert 'rel="prev"' not in client.get("/timeline/?from=1996").text


@pytest.mark.parametrize(
    "query",
    [
        "after=yesterday",
        "before=2018-07-12~x:%00",
        "from=0000",
        "from=99999",
        "from=²³",
        "kind=nothing",
        "after=2018-13-45~a:b",
        "before=9999-12-31~a:b",
    ],
)
def test_an_address_that_makes_no_sense_shows_the_last_page(client, reader, happen, query):
    happen("a", "2018-07-01")
    client.force_login(reader)
    answer = client.get(f"/timeline/?{query}")
    assert answer.status_code == 200
    assert "Event a" in answer.text


def test_a_handover_that_is_scheduled_is_still_to_come_until_it_is_received(officer, reader, ground):
    boxes = keep(handover("boxes"), by=officer)
    day = {"scheduled": parse_date("2018-07-27"), "containers_low": 50, "containers_high": 55}
    keep(change(boxes, "scheduled", "2018-07-16", **day), by=officer)
    keep(change(boxes, "received", "2018-07-27"), by=officer)
    ahead = timeline(Reader(reader, AsOf(on=date(2018, 7, 20)))).to_come
    assert [one.words for one in ahead] == ["27 July 2018: 50 to 55 containers"]
    assert not timeline(Reader(reader, AsOf(on=date(2018, 7, 27)))).ahead


@pytest.fixture
def of_parties(officer, happen) -> set[str]:
    """Enter one thing for each way in which it can concern the north's army; return their codes."""
    for row in (party("army", part_of_id="north"), party("others")):
        enter(row, by=officer)
    own = keep(meeting("own"), by=officer)
    keep(change(own, "announced", "2018-07-01", by_id="army"), by=officer)
    keep(change(own, "confirmed", "2018-07-02", by_id="south"), by=officer)
    invited = keep(meeting("invited"), by=officer)
    keep(change(invited, "held", "2018-07-03", by_id="south"), by=officer)
    involve = {"party_id": "army", "known_on": KNOWN_ON}
    enter(Involvement(code="i1", about="meeting:invited", **involve), by=officer)
    given = keep(handover("given", giver_id="army"), by=officer)
    keep(change(given, "received", "2018-07-04", by_id="south"), by=officer)
    happen("attended", "2018-07-05")
    enter(Involvement(code="i2", about="event:attended", **involve), by=officer)
    strange = keep(meeting("strange"), by=officer)
    keep(change(strange, "held", "2018-07-06", by_id="others"), by=officer)
    happen("alone", "2018-07-07")
    return {"own-2018-07-01-announced", "own-2018-07-02-confirmed", "invited-2018-07-03-held"} | {
        "given-2018-07-04-received",
        "attended",
    }


@pytest.mark.parametrize("few", [2000, 0])
def test_a_party_is_shown_what_it_did_received_or_had_to_do_with(reader, of_parties, monkeypatch, few):
    monkeypatch.setattr(timeline_lines, "FEW", few)
    scope = Scope.of_parties(frozenset({"army"}), Reader(reader))
    assert (scope.involved is None) == (few == 0)
    assert set(codes(timeline(Reader(reader), scope))) == of_parties
    assert set(codes(latest_moments(Reader(reader), scope))) == of_parties


def test_a_party_is_shown_what_its_parts_did(client, reader, of_parties):
    client.force_login(reader)
    page = client.get("/timeline/party/north/").text
    assert "Event attended" in page
    assert "Talks (strange)" not in page


def test_a_place_is_shown_what_happened_in_it_and_in_its_parts(client, officer, reader, happen):
    known = {"kind": "site", "known_on": KNOWN_ON}
    enter(Place(code="zone", name="Zone", **known), by=officer)
    enter(Place(code="house", name="House", part_of_id="zone", **known), by=officer)
    happen("inside", "2018-07-01", place_id="house")
    happen("elsewhere", "2018-07-01")
    client.force_login(reader)
    page = client.get("/timeline/place/zone/").text
    assert "Event inside" in page
    assert "Event elsewhere" not in page
    assert "Event inside" in client.get("/record/place/zone/").text


def test_without_a_role_there_is_no_timeline(client, outsider, ground):
    client.force_login(outsider)
    for address in ("/timeline/", "/timeline/party/north/", "/timeline/place/zone/"):
        assert client.get(address).status_code == 404


def test_a_party_that_is_not_there_has_no_timeline(client, reader, ground):
    client.force_login(reader)
    assert client.get("/timeline/party/nobody/").status_code == 404
    assert client.get("/timeline/party/north/", {"known": "1950-01-01"}).status_code == 404


@pytest.mark.parametrize("query", [{}, {"on": "2018-07-13", "known": "2018-07-13"}, {"from": "2018"}])
def test_the_timeline_takes_few_queries_however_much_happened(
    client, officer, reader, django_assert_max_num_queries, query
):
    July2018(officer)
    for number in range(12):
        talks = keep(meeting(f"m{number}"), by=officer, source="announced")
        keep(change(talks, "announced", f"2018-06-{number + 1:02}", by_id="us"), by=officer, source="announced")
        keep(change(talks, "missed", "2018-07-01", by_id="dprk"), by=officer, source="announced")
    client.force_login(reader)
    every_kind = {**query, "kind": list(LINES)}
    for address in ("/timeline/", "/timeline/party/us/"):
        with django_assert_max_num_queries(30):
            assert client.get(address, every_kind).status_code == 200


def test_statements_are_the_one_kind_that_is_off_by_default():
    assert set(LINES) - set(WITHOUT_STATEMENTS) == {"statement"}
