"""The journal for those who may read it: what changed, in words, and nothing of what they may not see."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from homeward.core.dates import parse_date
from homeward.web.accounts.actions import add_user
from homeward.web.accounts.roles import Role
from homeward.web.journal.chain import Line, append
from homeward.web.journal.history import Sought, history_of, journal_page
from homeward.web.journal.keeping import amend, enter, withdraw
from homeward.web.journal.models import Entry
from tests.web.conftest import PASSWORD
from tests.web.record_rows import change, document, enter_ground, keep, meeting, party, request
from tests.web.unguarded import attack


@pytest.fixture
def examiner(db):
    """Somebody who may see every document."""
    return add_user("examiner", Role.EXAMINER, PASSWORD)


@pytest.fixture
def talks(officer):
    enter_ground(officer)
    return keep(meeting("talks"), by=officer)


def changes(line) -> dict[str, tuple[str, str]]:
    return {each.label: (each.before, each.after) for each in line.changes}


def test_the_history_of_a_row_is_told_newest_first(talks, officer):
    amend(talks, {"name": "The talks"}, by=officer, why="Better.", read_version=1)
    amended, entered = history_of(officer, "meeting", "talks")
    assert [amended.entry.action, entered.entry.action] == ["meeting.amended", "meeting.entered"]
    assert changes(amended) == {"name": ("Talks (talks)", "The talks")}
    assert changes(entered) == {"known from": ("", "1 July 2018"), "name": ("", "Talks (talks)")}


def test_dates_choices_and_links_are_told_in_words(talks, officer):
    keep(change(talks, "announced", "2018-07-01"), by=officer)
    announced = talks.changes.get()
    amend(
        announced,
        {"happened": "2018-06~", "level": "general", "by": "south"},
        by=officer,
        why="Misread.",
        read_version=1,
    )
    assert changes(history_of(officer, "meetingchange", announced.code)[0]) == {
        "happened": ("1 July 2018", "about June 2018"),
        "level": ("", "general-officer level"),
        "by": ("North", "South"),
    }


def test_a_link_to_a_row_is_told_by_its_title(talks, officer):
    [_, line] = [keep(request("bones"), by=officer), history_of(officer, "request", "bones")[0]]
    assert changes(line)["sender"] == ("", "North")


def test_a_withdrawal_is_told_with_its_reason(talks, officer):
    withdraw(talks, by=officer, why="A rumour.")
    assert changes(history_of(officer, "meeting", "talks")[0]) == {"withdrawn": ("", "A rumour.")}


def test_a_line_about_a_document_that_one_may_not_see_is_withheld(talks, officer, examiner):
    enter(document("letter", reach="family", headline="A mother writes"), by=officer)
    withheld = journal_page(officer).lines[0]
    assert (withheld.withheld, withheld.changes) == (True, ())
    shown = journal_page(examiner).lines[0]
    assert (shown.withheld, changes(shown)["headline"]) == (False, ("", "A mother writes"))


def test_what_was_taken_from_such_a_document_is_withheld_too(talks, officer, examiner):
    sees_both = add_user("examining-officer", [Role.ENGAGEMENT_OFFICER, Role.EXAMINER], PASSWORD)
    enter(document("letter", reach="genetic"), by=officer)
    keep(request("bones"), by=officer)
    announced = change(talks, "announced", "2018-07-01")
    keep(announced, by=sees_both, source="letter")
    lines = {line.entry.noun: line for line in journal_page(officer).lines[:2]}
    assert (lines["citation"].withheld, lines["meetingchange"].withheld) == (True, False)
    assert not any(line.withheld for line in journal_page(examiner).lines[:2])


def test_an_original_is_withheld_with_its_document(officer, examiner):
    append([Line("original.kept", "original", "d" * 64, after='{"name": "letter.pdf"}')], by=officer)
    assert journal_page(officer).lines[0].withheld


def test_lines_about_accounts_are_for_those_who_may_see_accounts(officer, reader):
    administrator = add_user("chief", Role.ADMINISTRATOR, PASSWORD)
    about = {line.entry.code: line.withheld for line in journal_page(officer).lines if line.entry.noun == "user"}
    assert about == {"chief": True, "officer": False, "reader": True}
    assert not any(line.withheld for line in journal_page(administrator).lines)


def test_lines_about_analyses_are_for_those_who_may_see_analyses(officer, examiner, analysis):
    assert [line.withheld for line in history_of(officer, "analysis", str(analysis.public_id))] == [True]
    assert [line.withheld for line in history_of(examiner, "analysis", str(analysis.public_id))] == [False]


def test_a_row_that_was_removed_is_still_told_of(officer):
    keep(party("west"), by=officer)
    attack("DELETE FROM parties_party")
    assert changes(history_of(officer, "party", "west")[0])["name"] == ("", "West")


def test_pages_follow_one_another_without_gap_or_repetition(talks, officer):
    keep(change(talks, "announced", "2018-07-01"), by=officer)
    seen, before = [], None
    while True:
        page = journal_page(officer, before_number=before, size=2)
        seen += [line.entry.number for line in page.lines]
        before = page.before_number
        if before is None:
            break
    assert seen == list(range(Entry.objects.count(), 0, -1))


@pytest.fixture
def week(officer, reader):
    """Three lines on each of three days, by two people."""
    for day in (10, 11, 12):
        for noun, by in (("spring", officer), ("well", officer), ("well", reader)):
            append([Line(f"{noun}.dug", noun, f"{noun}-{day}-{by}")], by=by, at=datetime(2031, 7, day, 12, tzinfo=UTC))


def found(user, **sought) -> list[str]:
    return [line.entry.code for line in journal_page(user, sought=Sought(**sought)).lines]


def test_lines_can_be_asked_for_by_noun_and_writer(week, officer):
    assert found(officer, noun="well", by="reader") == ["well-12-reader", "well-11-reader", "well-10-reader"]


def test_lines_can_be_asked_for_by_action(week, officer):
    assert found(officer, action="spring.dug") == ["spring-12-officer", "spring-11-officer", "spring-10-officer"]


def test_lines_can_be_asked_for_by_what_they_are_about(week, officer):
    assert found(officer, noun="spring", code="spring-11-officer") == ["spring-11-officer"]


def test_lines_can_be_asked_for_by_day(week, officer):
    day = date(2031, 7, 11)
    assert found(officer, first_day=day, last_day=day) == ["well-11-reader", "well-11-officer", "spring-11-officer"]


def test_lines_can_be_asked_for_since_a_day_without_end(week, officer):
    assert len(found(officer, noun="well", first_day=date(2031, 7, 12), last_day=date.max)) == 2
    assert len(found(officer, noun="well", first_day=date.min, last_day=date.max)) == 6


def test_a_number_beyond_any_journal_is_answered(week, officer):
    assert journal_page(officer, before_number=10**30).lines != ()


def test_a_time_in_which_nothing_was_written_has_no_lines(week, officer):
    assert found(officer, first_day=date(2031, 7, 13)) == []
    assert found(officer, last_day=date(2001, 1, 1)) == []


def test_who_may_not_read_the_journal_gets_nothing_of_it(reader, week):
    with pytest.raises(PermissionDenied):
        journal_page(reader)
    with pytest.raises(PermissionDenied):
        history_of(reader, "party", "north")


def test_a_page_asks_no_question_per_line(talks, officer):
    with CaptureQueriesContext(connection) as few:
        journal_page(officer)
    for number in range(20):
        keep(
            party(f"party-{number}", existed=parse_date("1950/.."), known_on=date(2018, 7, 1) + timedelta(number)),
            by=officer,
        )
    with CaptureQueriesContext(connection) as many:
        journal_page(officer)
    assert len(many) <= len(few)
