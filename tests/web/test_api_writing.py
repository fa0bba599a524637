"""Writing through the API: rows and their lines, what is refused, and what somebody else changed meanwhile."""

import json

import pytest
from django.test import Client

from homeward.web.accounts.actions import add_user
from homeward.web.accounts.models import User
from homeward.web.accounts.roles import Role
from homeward.web.journal.models import Entry
from homeward.web.journal.recorded import nouns
from homeward.web.journal.verification import verify_record
from homeward.web.sources.models import Statement
from homeward.web.sources.originals import enter_document
from tests.web.api_rows import (
    KNOWN,
    OTHERWISE,
    ROWS,
    enter_every_noun,
    patch,
    post,
    post_document,
    problems,
    read,
    sent,
)
from tests.web.conftest import PASSWORD
from tests.web.record_rows import change, document, enter_ground, keep, meeting

pytestmark = pytest.mark.django_db


@pytest.fixture
def api(client, officer) -> Client:
    """An engagement officer, who may write everything, signed in; two parties, a document and a meeting are there."""
    enter_ground(officer)
    keep(meeting("talks"), by=officer)
    client.force_login(officer)
    return client


def test_every_noun_is_entered_and_read_back_as_it_was_sent(client, everybody):
    client.force_login(everybody)
    answers = enter_every_noun(client)
    assert set(answers) == {noun for noun, model in nouns().items() if not model.by_action_only}
    for noun, answer in answers.items():
        assert answer.status_code == 201, answer.text
        row = answer.json()["row"]
        expected = {name: value for name, value in sent(noun).items() if name != "citations"}
        expected |= {"latitude": "37.956"} if noun == "place" else {}
        assert {name: row[name] for name in expected} == expected
        assert answer["Location"] == f"/api/v1/{noun}/{row['code']}"
        assert read(client, f"{noun}/{row['code']}")["row"] == row
        assert row in read(client, noun)["rows"]
    assert verify_record().holds


def test_every_noun_is_amended_and_withdrawn(client, everybody):
    client.force_login(everybody)
    enter_every_noun(client)
    for noun in reversed(ROWS):
        address, columns = f"{noun}/{ROWS[noun]['code']}", OTHERWISE.get(noun, {"name": "Other"})
        changed = patch(client, address, {**columns, "why": "Copied wrongly.", "read_version": 1})
        assert changed.status_code == 200, changed.text
        assert changed.json()["row"].items() >= columns.items()
        gone = post(client, f"{address}/withdraw", {"why": "A test."})
        assert gone.status_code == 200, gone.text
        assert gone.json()["row"]["withdrawn"] == "A test."
    assert verify_record().holds


def test_each_row_that_is_written_leaves_one_line(api):
    def lines_of(action) -> list[str]:
        before = Entry.objects.count()
        action()
        return [entry.action for entry in Entry.objects.order_by("number")[before:]]

    source = {"document": "paper"}
    new = {"code": "m", "name": "More talks", "known_on": KNOWN, "citations": [source, source], "why": "Announced."}
    assert lines_of(lambda: post(api, "meeting", new)) == ["meeting.entered", *["citation.entered"] * 2]
    changed = {"name": "Other talks", "why": "Renamed.", "read_version": 1}
    assert lines_of(lambda: patch(api, "meeting/m", changed)) == ["meeting.amended"]
    assert lines_of(lambda: patch(api, "meeting/m", {**changed, "read_version": 2})) == []
    assert lines_of(lambda: patch(api, "meeting/m", {**changed, "why": ""})) == []
    assert lines_of(lambda: post(api, "meeting", new)) == []
    assert lines_of(lambda: post_document(api, sent("document"))) == ["original.kept", "document.entered"]
    assert lines_of(lambda: post(api, "meeting/m/withdraw", {"why": "No."})) == ["meeting.withdrawn"]
    assert lines_of(lambda: post(api, "meeting/m/withdraw", {"why": "No."})) == []


def test_a_file_without_a_name_is_not_dropped_silently(api):
    form = {"row": json.dumps(sent("document")), "file": "The text of the document"}
    assert set(problems(api.post("/api/v1/document", form), 422)) == {"file"}


def test_a_code_is_made_up_where_none_is_given(api):
    answers = [post(api, "meeting", {"name": "General talks", "known_on": KNOWN}).json() for _ in range(2)]
    assert [answer["row"]["code"] for answer in answers] == ["general-talks", "general-talks-2"]


def test_all_that_is_wrong_with_the_form_is_said_at_once(api):
    body = {"kind": "skipped", "happened": "2018-02-30", "order": "1", "metting": "talks", "known_on": 20180707}
    found = problems(post(api, "meetingchange", body), 422)
    assert set(found) == {"kind", "happened", "order", "metting", "known_on", "meeting"}
    assert found["happened"] == "'2018-02-30' is not in the calendar."


def test_all_that_is_wrong_with_the_content_is_said_at_once(api):
    body = {**sent("place"), "latitude": "91", "longitude": "181", "part_of": "nowhere"}
    found = problems(post(api, "place", body), 422)
    assert set(found) == {"latitude", "longitude", "part_of"}
    assert found["part_of"] == "There is no place nowhere. Look it up first, or enter it before this."


def test_a_history_that_is_not_possible_is_refused(api):
    body = {"meeting": "talks", "kind": "cancelled", "happened": "2018-07-12", "known_on": KNOWN}
    refusal = post(api, "meetingchange", body)
    assert set(problems(refusal, 422)) == {"row"}
    assert "cannot be 'cancelled'" in refusal.text
    assert "rests on no source" in refusal.text


def test_the_second_of_two_changes_of_one_column_is_shown_the_first(api):
    ours = {"name": "Ours", "purpose": "Remains", "why": "x", "read_version": 1}
    colleague = add_user("colleague", Role.ENGAGEMENT_OFFICER, PASSWORD)
    other = Client()
    other.force_login(colleague)
    assert patch(other, "meeting/talks", {"name": "Theirs", "why": "y", "read_version": 1}).status_code == 200
    answer = patch(api, "meeting/talks", ours)
    assert "colleague changed this" in problems(answer, 409)["name"]
    clash = answer.json()
    assert (clash["changed_by"], clash["version"]) == ("colleague", 2)
    assert clash["changes"] == [{"column": "name", "was": "Talks (talks)", "now": "Theirs"}]
    assert read(api, "meeting/talks")["row"]["name"] == "Theirs"
    assert patch(api, "meeting/talks", {**ours, "read_version": clash["version"]}).json()["row"]["name"] == "Ours"


def test_changes_of_different_columns_are_both_kept(api):
    for body in ({"name": "Other"}, {"purpose": "Remains"}):
        assert patch(api, "meeting/talks", {**body, "why": "x", "read_version": 1}).status_code == 200
    row = read(api, "meeting/talks")["row"]
    assert (row["name"], row["purpose"], row["version"]) == ("Other", "Remains", 3)


@pytest.mark.parametrize(
    ("body", "where"),
    [
        ({"name": "x", "read_version": 9, "why": "x"}, "read_version"),
        ({"name": "x", "read_version": 1, "why": "x", "known_on": "2018-06-30"}, "row"),
        ({"name": "x", "read_version": 1, "why": "x", "known_on": "2999-01-01"}, "row"),
        ({"name": "", "read_version": 1, "why": "x"}, "name"),
        ({"name": "x", "read_version": 1}, "why"),
        ({"code": "other", "read_version": 1, "why": "x"}, "code"),
        ({"withdrawn": "x", "read_version": 1, "why": "x"}, "withdrawn"),
        ({"follows": "nothing", "read_version": 1, "why": "x"}, "follows"),
    ],
)
def test_an_amendment_that_cannot_be_is_refused(api, body, where):
    assert set(problems(patch(api, "meeting/talks", body), 422)) == {where}


def test_what_other_rows_depend_on_is_not_among_what_can_be_amended(api, officer):
    keep(change(meeting("talks"), "announced", "2018-07-12"), by=officer)
    body = {"meeting": "talks", "kind": "held", "read_version": 1, "why": "x"}
    assert set(problems(patch(api, "meetingchange/talks-2018-07-12-announced", body), 422)) == {"meeting", "kind"}


def test_the_same_file_is_not_kept_as_two_documents(api):
    assert post_document(api, sent("document")).status_code == 201
    found = problems(post_document(api, {**sent("document"), "code": "again"}), 422)
    assert "already in the record, as report" in found["original"]


def test_a_document_without_a_file_is_a_reference(api):
    answer = post_document(api, {**sent("document"), "holding": "none"}, content=None)
    assert (answer.status_code, answer.json()["row"]["original"]) == (201, None)
    assert set(problems(post_document(api, {**sent("document"), "code": "x"}, content=None), 422)) == {"row"}


def test_a_body_that_is_no_json_is_refused(api):
    for content in (b"", b"{", b"\xff", b"name=Talks"):
        response = api.post("/api/v1/meeting", content, content_type="application/json")
        assert response.status_code in {400, 422}
        assert response.json()["problems"]


def test_a_body_that_is_too_long_is_refused(api, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    assert problems(post(api, "meeting", {"name": "x" * 2000}), 413)


@pytest.mark.parametrize("character", ["\x00", "\ud800"])
def test_text_that_is_no_text_is_refused(api, character):
    body = {"name": f"Talks{character}", "purpose": character, "known_on": KNOWN}
    assert set(problems(post(api, "meeting", body), 422)) == {"name", "purpose"}


@pytest.fixture
def hidden(api, officer) -> str:
    """A document about families, which an engagement officer may not see, with a statement taken from it."""
    liaison = add_user("liaison", Role.FAMILY_LIAISON, PASSWORD)
    row = document("letter", reach="family", holding="original")
    enter_document(row, b"We never heard from him again.", "letter.txt", by=liaison)
    statement = Statement(
        code="never-heard",
        known_on=row.known_on,
        document=row,
        said=row.published,
        grade="P",
        claim="Nothing came.",
        speaker_described="A daughter",
    )
    keep(statement, by=liaison)
    return "letter"


@pytest.mark.parametrize(
    "address",
    [
        "document/letter",
        "document/letter/original",
        "document/letter/history",
        "statement/never-heard",
        "statement/never-heard/history",
    ],
)
def test_what_comes_from_a_hidden_document_is_as_if_it_were_not_there(api, hidden, address):
    noun, *rest = address.split("/", 2)
    nothing = "/".join([noun, "no-such-row", *rest[1:]])
    there, not_there = api.get(f"/api/v1/{address}"), api.get(f"/api/v1/{nothing}")
    assert problems(there, 404)
    assert there.text.replace(rest[0], "no-such-row") == not_there.text
    liaison = Client()
    liaison.force_login(User.objects.get(username="liaison"))
    assert liaison.get(f"/api/v1/{noun}").json()["rows"]
    assert not any(row["code"] == rest[0] for row in read(api, noun)["rows"])


@pytest.mark.parametrize("passage", ["We never heard from him again.", "Words that are not in it."])
def test_nothing_can_be_learned_of_a_hidden_document_by_citing_it(api, hidden, passage):
    body = {
        "document": "letter",
        "said": "2018-07-01",
        "grade": "P",
        "claim": "x",
        "passage": passage,
        "speaker_described": "x",
        "known_on": KNOWN,
    }
    found = problems(post(api, "statement", body), 422)
    assert found == {"document": "There is no document letter. Look it up first, or enter it before this."}
    source = {"citations": [{"document": "letter", "passage": passage}], "name": "Talks", "known_on": KNOWN}
    assert set(problems(post(api, "meeting", source), 422)) == {"citations.0.document"}
    about = {"about": "statement:never-heard", "document": "paper", "known_on": KNOWN}
    assert set(problems(post(api, "citation", about), 422)) == {"about"}
