"""Where a commitment stands follows from the books, from when they hold it, and from nothing that was said."""

from datetime import date

import pytest

from homeward.core.dates import parse_date
from homeward.web.engagement.commitments import commitment_standing, commitment_standings
from homeward.web.engagement.models import Agreement, Commitment, Proof
from homeward.web.journal.keeping import enter, withdraw
from homeward.web.journal.knowledge import AsOf
from homeward.web.journal.reader import Reader
from homeward.web.sources.models import Bearing, Statement
from tests.web.record_rows import KNOWN_ON, change, delivery, enter_ground, handover, keep, meeting, operation


@pytest.fixture
def promise(officer) -> Commitment:
    enter_ground(officer)
    known = {"known_on": KNOWN_ON}
    agreement = Agreement(code="pact", name="Pact", kind="arrangement", happened=parse_date("2018-06-12"), **known)
    keep(agreement, by=officer)
    return enter(
        Commitment(code="pact.1", agreement=agreement, number=1, name="Return", text="All of them.", **known),
        by=officer,
    )


@pytest.fixture
def prove(officer, promise):
    """Return a function that enters a thing with its changes, and that it shows something of the promise."""

    def enter_proof(thing, shows: str, *changes: tuple) -> Proof:
        if not type(thing).objects.filter(pk=thing.pk).exists():
            keep(thing, by=officer)
        for kind, happened, *columns in changes:
            keep(change(thing, kind, happened, **(columns[0] if columns else {})), by=officer)
        code = f"{thing.code}-shows-{shows}"
        return enter(
            Proof(code=code, commitment=promise, about=thing.reference, shows=shows, known_on=KNOWN_ON), by=officer
        )

    return enter_proof


@pytest.fixture
def standing(reader, promise):
    """Return a function that says where the promise stood on a day."""

    def on(day: str | None = None):
        as_of = AsOf(on=date.fromisoformat(day) if day else None)
        return commitment_standings([promise], Reader(reader, as_of))["pact.1"]

    return on


def test_a_commitment_of_which_the_books_hold_nothing_is_made_and_no_more(standing):
    assert standing().state == "made"
    assert standing().reason == "Nothing in the books shows that anything was done about it."


def test_what_somebody_says_of_it_changes_nothing(officer, promise, standing):
    said = Statement(
        code="done",
        document_id="paper",
        party_id="north",
        said=parse_date("2018-07-01"),
        claim="It is all done.",
        grade="P",
        known_on=KNOWN_ON,
    )
    enter(said, by=officer)
    bearing = Bearing(code="b", statement=said, about=promise.reference, says="happened", known_on=KNOWN_ON)
    enter(bearing, by=officer)
    assert standing().state == "made"


def test_a_handover_shows_fulfilment_only_from_the_day_on_which_it_was_received(prove, standing):
    prove(handover("boxes"), "in-part", ("scheduled", "2018-07-16"), ("received", "2018-07-27"))
    assert standing("2018-07-26").state == "made"
    assert "Handover (boxes) stands as scheduled." in standing("2018-07-26").reason
    assert standing("2018-07-27").state == "in-part"
    assert standing("2018-07-27").reason == "Handover (boxes): Received, 27 July 2018."


def test_a_meeting_that_was_missed_no_longer_shows_that_anything_is_scheduled(prove, standing):
    prove(meeting("talks"), "scheduled", ("announced", "2018-07-07"), ("missed", "2018-07-12"))
    assert standing("2018-07-11").state == "scheduled"
    after = standing("2018-07-12")
    assert after.state == "made"
    assert after.grounds[0].lapsed


def test_a_meeting_that_was_missed_and_moved_shows_it_again(prove, standing):
    changes = ("announced", "2018-07-07"), ("missed", "2018-07-12"), ("moved", "2018-07-12", {"order": 1})
    prove(meeting("talks"), "scheduled", *changes)
    assert standing("2018-07-12").state == "scheduled"
    assert standing("2018-07-12").ground.since == date(2018, 7, 12)


def test_an_operation_shows_that_it_was_begun_only_once_it_is_under_way(prove, standing):
    prove(operation("season"), "begun", ("planned", "2018-07-01"), ("begun", "2018-08-01"), ("suspended", "2018-09-01"))
    assert standing("2018-07-31").state == "made"
    assert standing("2018-08-01").state == "begun"
    assert standing("2018-09-01").state == "begun"


def test_moving_cases_does_not_show_that_anything_was_begun(prove, standing):
    prove(delivery("cases"), "begun", ("moved", "2018-06-23"), ("received", "2018-07-25"))
    assert standing("2018-07-24").state == "made"
    assert standing("2018-07-25").state == "begun"


def test_a_later_suspension_stands_beside_what_had_been_reached(prove, standing):
    prove(handover("boxes"), "in-part", ("received", "2018-07-27"))
    prove(operation("season"), "suspended", ("planned", "2018-07-15"), ("suspended", "2019-05-08"))
    assert standing("2019-05-07").state == "in-part"
    after = standing("2019-05-08")
    assert (after.state, after.reached) == ("suspended", "in-part")
    assert after.words == "suspended, after being fulfilled in part"


def test_progress_after_a_suspension_ends_it(prove, standing):
    prove(operation("season"), "suspended", ("planned", "2018-07-15"), ("suspended", "2018-08-01"))
    prove(handover("boxes"), "fulfilled", ("received", "2018-09-01"))
    assert standing("2018-08-01").state == "suspended"
    assert standing("2018-09-01").state == "fulfilled"


def test_something_that_is_scheduled_later_does_not_undo_what_was_fulfilled(prove, standing):
    prove(handover("boxes"), "in-part", ("received", "2018-07-27"))
    prove(meeting("talks"), "scheduled", ("announced", "2019-02-01"))
    assert standing().state == "in-part"


def test_a_proof_that_was_withdrawn_still_stands_for_whoever_reads_what_was_known_before(
    officer, reader, promise, prove
):
    proof = prove(handover("boxes"), "in-part", ("received", "2018-07-27"))
    withdraw(proof, by=officer, why="It answers another promise.", known_on=date(2018, 9, 1))

    def state(known: date | None) -> str:
        view = Reader(reader, AsOf(known=known))
        return commitment_standing(promise, view.known(view.rows(Proof)), view).state

    assert state(None) == "made"
    assert state(date(2018, 8, 31)) == "in-part"
