"""The API: what it reads and writes, at which times, and how it refuses."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from homeward.core.dates import NotADate, parse_date
from homeward.web.api.columns import DATE_PATTERN
from homeward.web.journal.keeping import amend, withdraw
from homeward.web.journal.recorded import nouns
from tests.web.api_rows import patch, post_document, problems, read, sent
from tests.web.record_rows import change, enter_ground, keep, meeting

pytestmark = pytest.mark.django_db


@pytest.fixture
def api(client, officer) -> Client:
    """An engagement officer, who may write everything, signed in; two parties and a document are in the record."""
    enter_ground(officer)
    client.force_login(officer)
    return client


@pytest.fixture
def talks(api, officer):
    """The meeting of July 2018: announced by the north, missed, moved, and renamed later."""
    talks = keep(meeting("talks"), by=officer)
    for kind, happened, known in (
        ("announced", "2018-07-10", date(2018, 7, 10)),
        ("missed", "2018-07-12", date(2018, 7, 12)),
        ("moved", "2018-07-13", date(2018, 7, 16)),
    ):
        keep(change(talks, kind, happened, known_on=known, scheduled=parse_date(SET_FOR[kind])), by=officer)
    return amend(talks, {"name": "Talks on remains"}, by=officer, why="x", read_version=1, known_on=date(2018, 7, 20))


SET_FOR = {"announced": "2018-07-12", "missed": "2018-07-12", "moved": "2018-07-15"}


def test_every_noun_is_counted(api):
    counts = {noun["noun"]: noun["rows"] for noun in read(api)["nouns"]}
    assert set(counts) == set(nouns())
    assert (counts["party"], counts["document"], counts["meeting"]) == (2, 1, 0)


def test_it_is_said_what_whoever_asks_may_do(client, reader, everybody, talks):
    client.force_login(everybody)
    for said in read(client)["nouns"]:
        assert said["may_enter"] == said["may_withdraw"] == (not nouns()[said["noun"]].by_action_only)
    client.force_login(reader)
    assert not any(noun["may_enter"] or noun["may_withdraw"] for noun in read(client)["nouns"])


def test_the_parts_of_a_list_are_the_whole_list_in_the_order_of_codes(api, officer):
    codes = [f"talks-{number}" for number in range(7)]
    for code in reversed(codes):
        keep(meeting(code), by=officer)
    found, after = [], {}
    while True:
        part = read(api, "meeting", limit=2, **after)
        found += [row["code"] for row in part["rows"]]
        if found == codes[:4]:
            keep(meeting("talks-0-and-a-half"), by=officer)  # what is entered meanwhile moves nothing
        if part["next"] is None:
            break
        after = {"after": part["next"]}
    assert found == codes


def test_a_list_can_be_narrowed_by_links_and_by_references(api, talks):
    assert {row["code"] for row in read(api, "meetingchange", meeting="talks", by="south")["rows"]} == set()
    assert len(read(api, "meetingchange", meeting="talks", by="north")["rows"]) == 3
    about = "meetingchange:talks-2018-07-12-missed"
    assert [row["about"] for row in read(api, "citation", about=about)["rows"]] == [about]


def test_a_list_is_narrowed_by_what_a_row_said_then(api, officer, talks):
    missed = api.get("/api/v1/meetingchange/talks-2018-07-12-missed").json()["row"]
    body = {"by": "south", "why": "It was the other side.", "read_version": 1, "known_on": "2018-08-01"}
    assert patch(api, "meetingchange/talks-2018-07-12-missed", body).status_code == 200
    then, now = {"known": "2018-07-31"}, {}
    for asked, by in ((then, "north"), (now, "south")):
        found = [row["code"] for row in read(api, "meetingchange", by=by, **asked)["rows"]]
        assert missed["code"] in found
    assert missed["code"] not in [row["code"] for row in read(api, "meetingchange", by="south", **then)["rows"]]


@pytest.mark.parametrize(
    ("asked", "name", "states", "words"),
    [
        ({}, "Talks on remains", ["planned", "missed", "planned"], "announced by one side only"),
        ({"known": "2018-07-11"}, "Talks (talks)", ["planned"], "announced by one side only"),
        ({"known": "2018-07-13"}, "Talks (talks)", ["planned", "missed"], "missed"),
        ({"known": "2018-07-16", "on": "2018-07-12"}, "Talks (talks)", ["planned", "missed"], "missed"),
        ({"known": "2018"}, "Talks on remains", ["planned", "missed", "planned"], "announced by one side only"),
        ({"on": "2018-07-09"}, "Talks on remains", [], "nothing is known yet"),
    ],
)
def test_a_meeting_stands_as_it_was_known_and_so(api, talks, asked, name, states, words):
    found = read(api, "meeting/talks", **asked)
    assert found["row"]["name"] == name
    assert [step["state"] for step in found["states"]] == states
    assert (found["state"], found["standing"]["words"]) == (states[-1] if states else "", words)


def test_an_answer_says_for_which_times_it_was_made(api, talks):
    assert read(api, "meeting")["as_of"] == {"on": None, "known": None}
    asked = {"on": "2018-07", "known": "2018-07-13~"}
    times = {"on": "2018-07-31", "known": "2018-07-13"}
    for address in ("", "meeting", "meeting/talks", "meeting/talks/history"):
        assert read(api, address, **asked)["as_of"] == times


def test_what_begins_later_is_not_there_yet(api, talks):
    code = "talks-2018-07-13-moved"
    assert code in [row["code"] for row in read(api, "meetingchange", on="2018-07-13")["rows"]]
    assert code not in [row["code"] for row in read(api, "meetingchange", on="2018-07-12")["rows"]]
    assert "not in the record at the time" in str(problems(api.get(f"/api/v1/meetingchange/{code}?on=2018-07-12"), 404))


def test_a_withdrawn_row_is_gone_now_and_was_there_before(api, officer):
    withdraw(keep(meeting("talks"), by=officer), by=officer, why="Entered twice.")
    assert read(api, "meeting")["rows"] == []
    assert "no longer stands" in str(problems(api.get("/api/v1/meeting/talks"), 404))
    assert read(api, "meeting/talks", known="2018-07-13")["row"]["withdrawn"] == ""
    assert [line["action"] for line in read(api, "meeting/talks/history")["lines"]] == [
        "meeting.entered",
        "meeting.withdrawn",
    ]


def test_the_history_tells_every_version_and_comes_in_parts(api, talks):
    lines = read(api, "meeting/talks/history")["lines"]
    assert [line["before"] for line in lines] == [None, {"name": "Talks (talks)"}]
    assert [line["after"]["name"] for line in lines] == ["Talks (talks)", "Talks on remains"]
    first = read(api, "meeting/talks/history", limit=1)
    assert first["lines"] == lines[:1]
    assert read(api, "meeting/talks/history", limit=1, after=first["next"])["lines"] == lines[1:]
    assert read(api, "meeting/talks/history", known="2018-07-19")["lines"] == lines[:1]


def test_the_original_comes_back_byte_for_byte_and_is_never_shown_in_place(api):
    content = b"<script>alert(1)</script>\r\n"
    body = {**sent("document"), "holding": "copy"}
    assert post_document(api, body, content, "page.html").status_code == 201
    response = api.get("/api/v1/document/report/original")
    assert response.content == content
    assert response["Content-Disposition"] == 'attachment; filename="page.html"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "no file is kept" in str(problems(api.get("/api/v1/document/paper/original"), 404)).lower()


def test_an_answer_takes_as_few_queries_for_fifty_rows_as_for_five(api, officer):
    def queries(address: str) -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            read(api, address)
        return len(captured)

    addresses = ("", "meeting?limit=500", "meeting?known=2018-07-02&limit=500", "party/north")
    counts = []
    for numbers in (range(5), range(5, 50)):
        for number in numbers:
            row = keep(meeting(f"talks-{number}"), by=officer)
            amend(row, {"name": "Other"}, by=officer, why="x", read_version=1, known_on=date(2018, 8, 1))
        counts.append([queries(address) for address in addresses])
    assert counts[0] == counts[1]
    assert max(counts[0][1:]) <= 10


@pytest.mark.parametrize(
    ("asked", "where"),
    [
        ("knwon=2018", "knwon"),
        ("known=tomorrow", "known"),
        ("on=", "on"),
        ("on=2018&on=2019", "on"),
        ("limit=0", "limit"),
        ("limit=501", "limit"),
        ("after=A B", "after"),
        ("place=%00", "place"),
    ],
)
def test_a_question_that_is_not_understood_is_refused(api, asked, where):
    assert set(problems(api.get(f"/api/v1/meeting?{asked}"), 422)) == {where}


@given(
    st.from_regex(
        r"\[?[0-9]{3}[0-9X](-[0-9X]{2}){0,2}(T[0-9]{2}:[0-9]{2}Z?)?[?~%]?(/|\.\.)?(\.\.)?[0-9]{0,4}\]?"
        r"(\[Asia/Seoul\])?",
        fullmatch=True,
    )
)
def test_every_date_of_the_record_looks_as_the_description_says(text):
    try:
        parse_date(text)
    except NotADate:
        return
    assert re.fullmatch(DATE_PATTERN, text)


def test_an_error_of_ours_tells_nothing_of_what_it_was(api, monkeypatch, caplog):
    def fail(*_args, **_keywords):
        raise RuntimeError("a secret detail")

    monkeypatch.setattr("homeward.web.api.operations.page", fail)
    response = api.get("/api/v1/meeting")
    assert "Something went wrong on our side." in str(problems(response, 500))
    assert "a secret detail" not in response.text
    assert "a secret detail" in caplog.text
