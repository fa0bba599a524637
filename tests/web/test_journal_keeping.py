"""Entering, amending and withdrawing: together with the line or not at all, and nothing that others wrote is lost."""

import json
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from homeward.core.dates import parse_date
from homeward.web.accounts.actions import add_user
from homeward.web.accounts.roles import Role
from homeward.web.engagement.models import Meeting
from homeward.web.journal.keeping import ChangedMeanwhile, amend, enter, withdraw
from homeward.web.journal.models import Entry
from homeward.web.journal.recorded import nouns
from homeward.web.journal.verification import verify_record
from homeward.web.parties.models import Party
from homeward.web.places.models import Place
from homeward.web.sources.models import Citation, Conflict, Original, Statement
from tests.web.conftest import PASSWORD
from tests.web.record_rows import KNOWN_ON, change, citation, document, enter_ground, keep, meeting, party


@pytest.fixture
def talks(officer) -> Meeting:
    """A meeting, as somebody read it."""
    enter_ground(officer)
    return keep(meeting("talks", purpose="Remains"), by=officer)


@pytest.fixture
def colleague(db):
    return add_user("colleague", Role.ENGAGEMENT_OFFICER, PASSWORD)


def line() -> Entry:
    last = Entry.objects.last()
    assert last is not None
    return last


def nothing_was_written_by(action) -> None:
    def everything() -> list[object]:
        return [list(model.objects.values_list()) for model in nouns().values()] + [list(Entry.objects.values_list())]

    before = everything()
    action()
    assert everything() == before
    assert verify_record().holds


def test_what_was_entered_is_in_the_journal_in_full(officer):
    before = line()
    enter(party("north", description="The one above."), by=officer, why="Needed for the talks.")
    entered = line()
    assert (entered.number, entered.previous) == (before.number + 1, before.digest)
    assert (entered.by, entered.by_name, entered.action) == (officer, "officer", "party.entered")
    assert (entered.noun, entered.code, entered.version, entered.known_on) == ("party", "north", 1, KNOWN_ON)
    assert (entered.before, entered.why) == ("", "Needed for the talks.")
    assert json.loads(entered.after) == {
        "code": "north",
        "known_on": "2018-07-01",
        "withdrawn": "",
        "name": "North",
        "short_name": "North",
        "kind": "government",
        "part_of": None,
        "existed": None,
        "description": "The one above.",
    }


def test_a_row_and_its_parts_each_have_a_line(talks, officer):
    announced = change(talks, "announced", "2018-07-01")
    enter(announced, by=officer, parts=[citation(announced)])
    assert list(Entry.objects.values_list("action", flat=True))[-2:] == ["meetingchange.entered", "citation.entered"]


def test_what_was_amended_is_in_the_journal_with_what_it_was(talks, officer):
    amended = amend(talks, {"name": "The talks"}, by=officer, why="Misspelt.", read_version=1)
    assert (amended.version, line().version, line().action) == (2, 2, "meeting.amended")
    assert json.loads(line().before) == {"name": "Talks (talks)"}
    assert json.loads(line().after)["name"] == "The talks"
    assert line().at == amended.recorded_at


def test_a_withdrawn_row_stays_with_its_reason(talks, officer):
    withdrawn = withdraw(talks, by=officer, why="A rumour.")
    assert (withdrawn.withdrawn, withdrawn.stands) == ("A rumour.", False)
    assert (line().action, line().known_on) == ("meeting.withdrawn", timezone.localdate())


def test_an_amendment_that_changes_nothing_writes_nothing(talks, officer):
    nothing_was_written_by(lambda: amend(talks, {"name": talks.name}, by=officer, why="Again.", read_version=1))


@pytest.mark.parametrize(("typed", "kept"), [("38.50", "38.5"), ("38.5", "38.5"), ("-0.0", "0")])
def test_the_same_number_written_otherwise_is_no_change(officer, typed, kept):
    place = enter(
        Place(code="p", known_on=KNOWN_ON, name="P", kind="site", latitude=kept, longitude="1", uncertainty_km="1"),
        by=officer,
    )
    nothing_was_written_by(lambda: amend(place, {"latitude": typed}, by=officer, why="Again.", read_version=1))


def test_the_line_ends_of_a_browser_are_no_change(talks, officer):
    noted = amend(talks, {"purpose": "One\r\nTwo"}, by=officer, why="More.", read_version=1)
    assert noted.purpose == "One\nTwo"
    nothing_was_written_by(lambda: amend(noted, {"purpose": "One\r\nTwo"}, by=officer, why="Again.", read_version=2))


def test_what_follows_from_a_change_is_in_its_line_too(officer):
    enter_ground(officer)
    Original.objects.create(
        digest="d" * 64,
        name="x",
        media_type="text/plain",
        size=1,
        content=b"x",
        text="First words. Second words.",
        text_digest="",
        kept_at=timezone.now(),
    )
    enter(document("kept", holding="original", original_id="d" * 64), by=officer)
    said = enter(
        Statement(
            code="said",
            known_on=KNOWN_ON,
            document_id="kept",
            passage="First words",
            party_id="north",
            said=parse_date("2018-06"),
            claim="Words.",
            grade="N",
        ),
        by=officer,
    )
    amended = amend(said, {"passage": "Second words"}, by=officer, why="Miscopied.", read_version=1)
    assert (amended.passage_start, amended.passage_end) == (13, 25)
    assert set(json.loads(line().before)) == {"passage", "passage_start", "passage_end"}
    assert json.loads(line().after)["passage_start"] == 13


def test_a_link_to_an_account_is_kept_by_its_name(officer, reader):
    conflict = enter(Conflict(code="c", known_on=KNOWN_ON, question="How many?"), by=officer)
    amended = amend(conflict, {"owner": reader}, by=officer, why="Handed on.", read_version=1, action="conflict.given")
    assert json.loads(line().after)["owner"] == "reader"
    assert amended.owner == reader


def test_changes_of_different_columns_are_both_kept(talks, officer, colleague):
    amend(talks, {"name": "The talks"}, by=officer, why="Better.", read_version=1)
    both = amend(talks, {"name": talks.name, "purpose": "Bones"}, by=colleague, why="Better.", read_version=1)
    assert (both.name, both.purpose, both.version) == ("The talks", "Bones", 3)


def test_a_change_of_the_same_column_is_stopped_and_shown(talks, officer, colleague):
    amend(talks, {"name": "The talks"}, by=officer, why="Better.", read_version=1)
    with pytest.raises(ChangedMeanwhile, match=r"meeting:talks was changed by officer") as stopped:
        amend(talks, {"name": "Their talks", "purpose": "Bones"}, by=colleague, why="Better.", read_version=1)
    [theirs] = stopped.value.changes
    assert (theirs.name, theirs.label, theirs.was, theirs.now) == ("name", "name", "Talks (talks)", "The talks")
    assert stopped.value.row.version == 2


def test_the_same_change_made_twice_is_made_once(talks, officer, colleague):
    amend(talks, {"name": "The talks"}, by=officer, why="Better.", read_version=1)
    nothing_was_written_by(lambda: amend(talks, {"name": "The talks"}, by=colleague, why="Better.", read_version=1))


def test_a_change_that_was_undone_stands_in_nobodys_way(talks, officer, colleague):
    amend(talks, {"name": "The talks"}, by=officer, why="Better.", read_version=1)
    amend(talks, {"name": "Talks (talks)"}, by=officer, why="Worse.", read_version=2)
    assert amend(talks, {"name": "Their talks"}, by=colleague, why="Better.", read_version=1).name == "Their talks"


def test_a_row_withdrawn_meanwhile_is_not_withdrawn_again_for_another_reason(talks, officer, colleague):
    withdraw(talks, by=officer, why="A rumour.")
    with pytest.raises(ChangedMeanwhile):
        withdraw(talks, by=colleague, why="A hoax.")


@pytest.mark.parametrize(
    "changes",
    [
        {"name": ""},
        {"name": "x" * 301},
        {"place_id": "nowhere"},
        {"code": "other"},
        {"known_on": date(2018, 6, 1)},
    ],
)
def test_a_row_that_is_not_possible_is_refused_and_leaves_nothing(talks, officer, changes):
    columns = {name.removesuffix("_id"): value for name, value in changes.items()}

    def attempt() -> None:
        with pytest.raises(ValidationError):
            amend(talks, columns, by=officer, why="Why not.", read_version=1)

    nothing_was_written_by(attempt)


@pytest.mark.parametrize("why", ["", "  "])
def test_an_amendment_needs_a_reason(talks, officer, why):
    with pytest.raises(ValidationError, match="Say why"):
        amend(talks, {"name": "The talks"}, by=officer, why=why, read_version=1)


def test_a_row_is_refused_together_with_its_parts(talks, officer):
    def attempt() -> None:
        announced = change(talks, "announced", "2018-07-01")
        with pytest.raises(ValidationError):
            enter(announced, by=officer, parts=[citation(announced, "no-such-paper")])

    nothing_was_written_by(attempt)


def test_the_last_citation_of_a_change_cannot_be_withdrawn(talks, officer):
    keep(change(talks, "announced", "2018-07-01"), by=officer)
    with pytest.raises(ValidationError, match="rests on no source"):
        withdraw(Citation.objects.get(), by=officer, why="Wrong paper.")


def test_who_may_not_enter_leaves_nothing(talks, reader):
    def attempt() -> None:
        with pytest.raises(PermissionDenied):
            enter(party("west"), by=reader)
        with pytest.raises(PermissionDenied):
            amend(talks, {"name": "x"}, by=reader, why="x", read_version=1)
        with pytest.raises(PermissionDenied):
            withdraw(talks, by=reader, why="x")

    nothing_was_written_by(attempt)


def test_a_code_that_is_taken_is_refused(talks, officer):
    with pytest.raises(ValidationError, match="already exists"):
        enter(party("north"), by=officer)


def test_nothing_is_known_from_a_day_that_has_not_begun(talks, officer):
    future = timezone.localdate() + timedelta(days=3)
    with pytest.raises(ValidationError, match="has not begun"):
        enter(party("west", known_on=future), by=officer)
    with pytest.raises(ValidationError, match="has not begun"):
        amend(talks, {"name": "x"}, by=officer, why="x", read_version=1, known_on=future)


def test_a_new_version_is_not_known_before_the_one_that_it_amends(talks, officer):
    with pytest.raises(ValidationError, match="cannot be known earlier"):
        amend(talks, {"name": "x"}, by=officer, why="x", read_version=1, known_on=KNOWN_ON - timedelta(days=1))


@pytest.mark.parametrize("character", ["\x00", "\ud83d"])
def test_a_character_that_is_no_text_is_refused(talks, officer, character):
    with pytest.raises(ValidationError, match="is no text"):
        enter(party("west", description=f"West{character}"), by=officer)
    with pytest.raises(ValidationError, match="is no text"):
        amend(talks, {"name": "x"}, by=officer, why=f"x{character}", read_version=1)


def test_a_date_longer_than_its_column_is_refused(officer):
    long = "2018-08-01T00:00:00+09:00/2018-08-01T00:00:00+09:00[America/Argentina/ComodRivadavia]"
    with pytest.raises(ValidationError, match="at most 80 characters"):
        enter(party("west", existed=long), by=officer)


def test_every_script_and_sign_comes_back_as_it_was_written(officer):
    text = "판문점 \U0001f3f3 “quotes” \\ / \t <b> ' \" ü \u2028"
    enter(party("west", description=text), by=officer)
    assert Party.objects.get(pk="west").description == text
    assert json.loads(line().after)["description"] == text
    assert verify_record().holds
