"""What the record said on each day of July 2018, and the way from a promise to the boxes and back."""

from datetime import date
from html.parser import HTMLParser

import pytest

from homeward.web.accounts.actions import add_user
from homeward.web.accounts.roles import Role
from homeward.web.engagement.commitments import commitment_standings
from homeward.web.engagement.meetings import Meeting
from homeward.web.engagement.models import Commitment
from homeward.web.engagement.standing import histories
from homeward.web.journal.knowledge import AsOf
from homeward.web.journal.reader import Reader
from tests.web.conftest import PASSWORD
from tests.web.july_2018 import July2018

MEETING = "/record/meeting/talks/"


class Links(HTMLParser):
    """The links of a page, by their text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: dict[str, str] = {}
        self._address, self._text = "", ""
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        if tag == "a":
            self._address, self._text = dict(attrs).get("href", ""), ""

    def handle_data(self, data):
        self._text += data

    def handle_endtag(self, tag):
        if tag == "a":
            self.found.setdefault(" ".join(self._text.split()), self._address)


@pytest.fixture(scope="module")
def story(rows_for_several_tests):
    with rows_for_several_tests():
        yield July2018(add_user("officer", Role.ENGAGEMENT_OFFICER, PASSWORD))


@pytest.fixture
def page_on(client, reader, story):
    """Return a function that returns a page as it was on a day, from what was known on it or on another."""
    client.force_login(reader)

    def page(address: str, on: str, known: str | None = None) -> str:
        answer = client.get(address, {"on": on, "known": on if known is None else known})
        return " ".join(answer.text.split())

    return page


def standing_on(reader, day: str):
    """Where the meeting stood on a day, from what was known on it."""
    as_of = AsOf(date.fromisoformat(day), date.fromisoformat(day))
    history = histories(Meeting, ["talks"], Reader(reader, as_of)).get("talks")
    return Meeting.standings(history.changes)[0][-1][1] if history else None


def test_before_it_was_announced_nothing_is_known_of_the_meeting(page_on):
    assert "Not known on 6 July 2018" in page_on(MEETING, "2018-07-06")


@pytest.mark.parametrize(
    ("on", "known", "sentence"),
    [
        ("2018-07-07", "2018-07-07", "Planned for 12 July 2018: announced by one side only, US."),
        ("2018-07-11", "2018-07-11", "Planned for 12 July 2018: announced by one side only, US."),
        ("2018-07-12", "2018-07-11", "Planned for 12 July 2018: announced by one side only, US."),
        (
            "2018-07-12",
            "2018-07-12",
            "Planned for 15 July 2018, general-officer level: announced by one side only, DPRK.",
        ),
        (
            "2018-07-13",
            "2018-07-13",
            "Planned for 15 July 2018, general-officer level: announced by one side only, DPRK.",
        ),
        ("2018-07-15", "2018-07-15", "Held on 15 July 2018, general-officer level."),
        ("2018-07-16", "2018-07-16", "Held on 15 July 2018, general-officer level."),
        (
            "2018-07-14",
            "2018-07-27",
            "Planned for 15 July 2018, general-officer level: announced by one side only, DPRK.",
        ),
    ],
)
def test_the_page_says_where_the_meeting_stood_on_the_day(page_on, on, known, sentence):
    assert sentence in page_on(MEETING, on, known)


def test_on_the_day_after_the_record_knows_who_missed_it_and_to_when_it_was_moved(reader, story):
    standing = standing_on(reader, "2018-07-13")
    assert standing.missed_by == ("dprk",)
    assert standing.scheduled.text == "2018-07-15"
    assert [day.text for day in standing.earlier] == ["2018-07-12"]
    assert standing.level == "general"
    assert standing_on(reader, "2018-07-15").state == "held"
    assert standing_on(reader, "2018-07-06") is None


@pytest.mark.parametrize("day", ["2018-07-12", "2018-07-13", "2018-07-27"])
def test_the_page_shows_that_the_missed_date_had_been_announced_by_one_side_only(page_on, day):
    page = page_on(MEETING, day)
    assert "<del>12 July 2018</del>" in page
    assert "US: <strong>one side only</strong>" in page
    assert "Missed by DPRK" in page


def test_the_page_shows_who_waited_and_what_each_change_rests_on(page_on):
    page = page_on(MEETING, "2018-07-13")
    assert "Came and waited" in page
    assert "DPAA" in page
    assert "<blockquote>no delegation of the North came</blockquote>" in page
    assert "/record/document/absent/?passage=" in page
    assert "The North never confirmed." in page
    assert "The North never confirmed." not in page_on(MEETING, "2018-07-12")


def test_a_missed_meeting_leads_to_its_new_date_on_the_timeline(page_on):
    on_the_13th = page_on("/timeline/", "2018-07-13")
    missed = on_the_13th[on_the_13th.index('id="meetingchange-talks-missed"') :]
    assert 'href="#mark-missed"' in missed
    assert "<strong>Missed by DPRK</strong>" in missed
    assert '<a href="#ahead-talks">15 July 2018, general-officer level</a>' in missed
    assert 'id="ahead-talks"' in on_the_13th
    on_the_16th = page_on("/timeline/", "2018-07-16")
    assert '<a href="#meetingchange-talks-held">15 July 2018, general-officer level</a>' in on_the_16th
    assert 'id="meetingchange-talks-held"' in on_the_16th
    assert 'id="ahead-talks"' not in on_the_16th


def test_the_timeline_shows_nothing_that_was_not_known_or_had_not_happened(page_on):
    before = page_on("/timeline/", "2018-07-11")
    assert "Missed by" not in before
    assert "Announced by one side only." in before
    assert "Still to come, as planned" in before
    unknown = page_on("/timeline/", "2018-07-27", "2018-07-11")
    assert "Missed by" not in unknown
    assert "Dates that have passed, and nothing is known of what became of them" in unknown


@pytest.mark.parametrize(
    ("day", "state"),
    [
        ("2018-06-13", "made"),
        ("2018-06-23", "scheduled"),
        ("2018-07-12", "scheduled"),
        ("2018-07-26", "scheduled"),
        ("2018-07-27", "in-part"),
    ],
)
def test_point_4_is_fulfilled_in_part_only_once_the_boxes_are_received(reader, story, day, state):
    as_of = AsOf(date.fromisoformat(day), date.fromisoformat(day))
    commitments = list(Commitment.objects.all())
    assert commitment_standings(commitments, Reader(reader, as_of))["singapore.4"].state == state


def test_from_point_4_one_comes_to_the_boxes_and_back(client, reader, story):
    client.force_login(reader)

    def follow(text: str, page: str) -> str:
        address = Links(page).found[text].partition("#")[0]
        answer = client.get(address)
        assert answer.status_code == 200
        return answer.text

    agreement = client.get("/record/agreement/singapore/").text
    commitment = follow("Return of remains", agreement)
    assert "Fulfilled in part" in commitment
    handover = follow("Return of 55 boxes", commitment)
    assert "Received: 55 boxes" in handover
    boxes = follow("55", handover[handover.index("What was counted") :])
    assert "boxes, cases or caskets" in boxes
    back = follow("Joint statement, point 4", handover)
    assert "singapore.4" in back
    assert "What was committed to" in follow("Joint statement", back)


def test_the_handover_page_puts_the_claim_beside_the_book(page_on):
    page = page_on("/record/handover/k55/", "2018-07-27")
    claim = page[page.index("200 were sent back today.") :]
    assert "<strong>The book shows otherwise.</strong> By 20 June 2018: nothing." in claim
