"""Verifying the record: whatever is altered behind the application's back is found and named."""

import hashlib
import json

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from homeward.web.casework.models import Analysis
from homeward.web.journal.chain import DIGESTED, Line, append, line_digest
from homeward.web.journal.guards import JOURNAL
from homeward.web.journal.keeping import amend, withdraw
from homeward.web.journal.models import Entry
from homeward.web.journal.recorded import canonical
from homeward.web.journal.verification import VerifyResult, verify_record, verify_record_for
from homeward.web.sources.models import Original
from tests.web.record_rows import change, enter_ground, keep, meeting, party
from tests.web.unguarded import attack, unguarded


@pytest.fixture
def talks(officer):
    """A meeting that was announced, misspelt at first; the last of its lines tells of the name."""
    enter_ground(officer)
    talks = keep(meeting("talks", name="Taks"), by=officer)
    keep(change(talks, "announced", "2018-07-01", note="In a letter."), by=officer)
    return amend(talks, {"name": "Talks"}, by=officer, why="Misspelt.", read_version=1)


@pytest.fixture
def original(db):
    content, text = b"%PDF-1.7 the declaration", "The declaration"
    kept = Original(
        digest=hashlib.sha256(content).hexdigest(),
        name="declaration.pdf",
        media_type="application/pdf",
        size=len(content),
        content=content,
        text=text,
        text_digest=hashlib.sha256(text.encode()).hexdigest(),
        kept_at=timezone.now(),
    )
    kept.save(force_insert=True)
    said = {name: getattr(kept, name) for name in ("name", "media_type", "size", "digest", "text_digest")}
    append([Line("original.kept", "original", kept.digest, after=canonical(said))], by=None)
    return kept


def found(result: VerifyResult) -> list[tuple[str, str]]:
    return [(finding.where, finding.what) for finding in result.findings]


def the_one_finding(result: VerifyResult) -> tuple[str, str]:
    [finding] = found(result)
    return finding


def test_a_record_as_it_was_written_holds(talks, original):
    result = verify_record()
    assert found(result) == []
    assert (result.lines, result.rows, result.originals) == (Entry.objects.count(), 6, 1)
    assert (result.record, result.head) == (Entry.objects.first().digest, Entry.objects.last().digest)
    assert result.first_altered is None


def test_an_empty_record_holds(db):
    assert verify_record().holds


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("by_name", "somebody else"),
        ("action", "meeting.invented"),
        ("code", "other-talks"),
        ("version", 4),
        ("known_on", "2018-07-02"),
        ("at", "2018-07-02 10:00:00"),
        ("before", "{}"),
        ("after", "{}"),
        ("why", "No reason."),
    ],
)
def test_an_altered_line_is_named(talks, column, value):
    attack(f"UPDATE journal_entry SET {column} = %s WHERE number = 4", value)
    result = verify_record()
    assert result.first_altered == 4
    assert any("line 4 of the journal" in where and "altered" in what for where, what in found(result))


def test_of_several_altered_lines_the_first_is_told(talks):
    attack("UPDATE journal_entry SET why = 'x' WHERE number IN (3, 6)")
    assert verify_record().first_altered == 3


def test_an_altered_line_with_a_new_digest_breaks_the_chain_at_the_next(talks):
    line = Entry.objects.get(number=3)
    line.why = "Another reason."
    forged = line_digest([getattr(line, name) for name in DIGESTED])
    attack("UPDATE journal_entry SET why = %s, digest = %s WHERE number = 3", line.why, forged)
    result = verify_record()
    assert the_one_finding(result)[0] == "line 4 of the journal"
    assert "line 3 that stands here" in the_one_finding(result)[1]
    assert result.first_altered == 3


def test_two_lines_that_changed_places_are_both_named(talks):
    with unguarded() as cursor:
        for before, after in ((2, 99), (3, 2), (99, 3)):
            cursor.execute("UPDATE journal_entry SET number = %s WHERE number = %s", [after, before])
    places = {where for where, _ in found(verify_record())}
    assert {"line 2 of the journal", "line 3 of the journal"} <= places
    assert verify_record().first_altered in (1, 2)


def test_a_removed_line_leaves_a_gap_that_is_named(talks):
    attack("DELETE FROM journal_entry WHERE number = 3")
    result = verify_record()
    assert ("line 3 of the journal", "This line is missing: it was removed after it was written.") in found(result)
    assert result.first_altered == 3


def test_several_removed_lines_are_named_together(talks):
    attack("DELETE FROM journal_entry WHERE number IN (2, 3)")
    assert any("The lines from here to 3 are missing" in what for _, what in found(verify_record()))


def test_a_journal_without_its_beginning_is_no_journal(talks):
    with unguarded() as cursor:
        cursor.execute("DELETE FROM journal_entry WHERE number < 4")
        cursor.execute("UPDATE journal_entry SET number = number - 3 WHERE number > 3")
    assert any("not the first when it was written" in what for _, what in found(verify_record()))


def test_a_line_that_cannot_be_read_is_named_and_the_rest_of_the_chain_is_checked(talks):
    if connection.vendor != "sqlite":
        pytest.skip("Only SQLite lets a date be something else.")
    with unguarded() as cursor:
        cursor.execute("UPDATE journal_entry SET at = '2018-99-99 99:00:00' WHERE number = 2")
        cursor.execute("UPDATE journal_entry SET why = 'x' WHERE number = 6")
    result = verify_record()
    assert result.first_altered == 2
    places = [where for where, _ in found(result)]
    assert places == ["line 2 of the journal", "line 6 of the journal", "the record"]


def test_a_line_given_to_another_account_is_named(talks, reader):
    attack("UPDATE journal_entry SET by_id = %s WHERE number = 5", reader.pk)
    where, what = the_one_finding(verify_record())
    assert where == "line 5 of the journal"
    assert what == "officer wrote this line, but it is linked to the account of reader."


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("name", "Talks that never were"),
        ("purpose", "To settle everything"),
        ("version", 7),
        ("known_on", "2018-06-30"),
        ("recorded_at", "2018-07-02 10:00:00"),
        ("withdrawn", "It never was."),
    ],
)
def test_an_altered_row_is_named_with_its_column_and_the_line_that_tells_of_it(talks, column, value):
    attack(f"UPDATE engagement_meeting SET {column} = %s WHERE code = 'talks'", value)
    where, what = the_one_finding(verify_record())
    assert where == f"meeting:talks, line {Entry.objects.count()} of the journal"
    assert what == f"This row was altered outside the application: {column}."


def test_an_altered_link_and_an_altered_date_are_named_by_their_columns(talks):
    attack("UPDATE engagement_meetingchange SET by_id = 'south', happened = '2018-07-02'")
    _, what = the_one_finding(verify_record())
    assert what.endswith(": happened_earliest, happened_latest, happened, by.")


def test_a_day_to_sort_by_that_does_not_follow_from_the_date_is_named(talks):
    attack("UPDATE engagement_meetingchange SET happened_earliest = '2017-07-01'")
    assert the_one_finding(verify_record())[1].endswith(": happened_earliest.")


def test_a_row_that_cannot_be_read_is_named(talks):
    attack("UPDATE engagement_meetingchange SET happened = 'yesterday'")
    where, what = the_one_finding(verify_record())
    assert where.startswith("meetingchange:talks-2018-07-01-announced")
    assert what == "This row was altered outside the application: a column that cannot be read."


def test_an_altered_row_is_named_beside_many_others(talks, officer):
    for number in range(30):
        keep(meeting(f"other-{number:02}"), by=officer)
    attack("UPDATE engagement_meeting SET name = 'x' WHERE code IN ('other-07', 'other-21')")
    assert [where.split(",")[0] for where, _ in found(verify_record())] == ["meeting:other-07", "meeting:other-21"]


def test_a_row_put_back_to_an_earlier_version_is_named(talks):
    attack("UPDATE engagement_meeting SET name = 'Taks', version = 1")
    assert the_one_finding(verify_record())[1].endswith(": version, name.")


def test_a_removed_row_is_named_with_the_last_line_about_it(talks):
    with unguarded() as cursor:
        cursor.execute("DELETE FROM engagement_meetingchange")
        cursor.execute("DELETE FROM engagement_meeting")
    assert f"meeting:talks, line {Entry.objects.count()} of the journal" in [
        where for where, _ in found(verify_record())
    ]
    assert all("removed outside the application" in what for _, what in found(verify_record()))


def test_an_added_row_is_named(talks):
    attack(
        "INSERT INTO parties_person (code, known_on, version, version_known_on, recorded_at, withdrawn, name, "
        "family_name, description) "
        "VALUES ('somebody', '2018-07-01', 1, '2018-07-01', '2018-07-01 10:00:00', '', 'Somebody', '', '')"
    )
    where, what = the_one_finding(verify_record())
    assert where == "person:somebody"
    assert "added outside the application" in what


def test_a_withdrawn_row_holds(talks, officer):
    withdraw(talks.changes.get(), by=officer, why="A hoax.")
    assert verify_record().holds


def test_a_history_that_is_not_possible_is_found_even_where_the_journal_agrees(talks, officer, monkeypatch):
    with monkeypatch.context() as without_checks:
        without_checks.setattr("homeward.web.journal.keeping._check_together", lambda rows: None)
        keep(change(talks, "declined", "2018-07-02"), by=officer)
        keep(change(talks, "held", "2018-07-03"), by=officer)
    where, what = the_one_finding(verify_record())
    assert where == "talks-2018-07-03-held (meeting)"
    assert "it cannot be 'held'" in what


def test_a_replaced_original_is_named(original):
    attack("UPDATE sources_original SET content = %s", b"%PDF-1.7 another declaration")
    where, what = the_one_finding(verify_record())
    assert where == f"original:{original.digest} (declaration.pdf)"
    assert what.startswith("The bytes of this original were replaced")


def test_an_altered_text_of_an_original_is_named_even_with_a_new_digest(original):
    text = "Another declaration"
    digest = hashlib.sha256(text.encode()).hexdigest()
    attack("UPDATE sources_original SET text = %s, text_digest = %s", text, digest)
    assert "altered outside the application: text_digest" in the_one_finding(verify_record())[1]


def test_an_altered_text_of_an_original_is_named(original):
    attack("UPDATE sources_original SET text = 'Another declaration'")
    assert the_one_finding(verify_record())[1].startswith("The text of this original was altered")


def test_an_original_of_another_name_is_named(original):
    attack("UPDATE sources_original SET name = 'shopping-list.pdf'")
    assert "altered outside the application: name" in the_one_finding(verify_record())[1]


def test_a_removed_original_is_named(original):
    attack("DELETE FROM sources_original")
    assert (
        the_one_finding(verify_record())[0]
        == f"original:{original.digest}, line {Entry.objects.count()} of the journal"
    )


def test_an_original_that_the_journal_does_not_know_is_named(talks):
    content = b"bytes"
    digest = hashlib.sha256(content).hexdigest()
    Original(
        digest=digest,
        name="x",
        media_type="text/plain",
        size=5,
        content=content,
        text="bytes",
        text_digest=digest,
        kept_at=timezone.now(),
    ).save(force_insert=True)
    assert "added outside the application" in the_one_finding(verify_record())[1]


def test_the_files_of_an_analysis_hold(analysis):
    result = verify_record()
    assert (found(result), result.originals) == ([], analysis.inputs.count())


def test_a_replaced_file_of_an_analysis_is_named(analysis):
    attack("UPDATE casework_analysisinput SET content = %s WHERE name = 'people.csv'", b"others")
    where, what = the_one_finding(verify_record())
    assert where == f"analysis:{analysis.public_id} (Two loci, one family (synthetic))"
    assert what.startswith("The bytes of people.csv")


def test_a_file_of_an_analysis_replaced_with_its_digest_is_named(analysis):
    digest = hashlib.sha256(b"others").hexdigest()
    attack("UPDATE casework_analysisinput SET content = %s, sha256 = %s WHERE name = 'people.csv'", b"others", digest)
    assert the_one_finding(verify_record())[1] == "This analysis was altered outside the application: inputs."


@pytest.mark.parametrize(
    ("column", "value"), [("result", '{"changed": 1}'), ("report_fragment", "<p>x</p>"), ("report_page", "<p>x</p>")]
)
def test_an_altered_result_or_report_of_an_analysis_is_named(analysis, column, value):
    attack(f"UPDATE casework_analysis SET {column} = %s", value)
    where, what = the_one_finding(verify_record())
    assert where == f"analysis:{analysis.public_id} (Two loci, one family (synthetic))"
    assert what == f"This analysis was altered outside the application: {column}."


def test_numbers_of_a_result_that_databases_write_differently_have_one_digest():
    written, kept = Analysis(result={"a": [1e22, -0.0], "b": 2}), Analysis(result={"b": 2.0, "a": [10**22, 0]})
    assert written.digests == kept.digests
    assert written.digests != Analysis(result={"a": [1e22, 0.1], "b": 2}).digests


def test_a_removed_analysis_is_named(analysis):
    with unguarded() as cursor:
        cursor.execute("DELETE FROM casework_analysisinput")
        cursor.execute("DELETE FROM casework_analysis")
    assert the_one_finding(verify_record())[0] == f"analysis:{analysis.public_id}"


def test_a_missing_trigger_is_named(talks):
    on = " ON journal_entry" if connection.vendor == "postgresql" else ""
    with unguarded():
        pass
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER journal_entry_no_delete{on}")
        assert the_one_finding(verify_record())[0] == "table journal_entry"
        for statement in (*JOURNAL.removal(connection.vendor), *JOURNAL.creation(connection.vendor)):
            cursor.execute(statement)
    assert verify_record().holds


def test_a_column_that_came_into_being_after_a_line_was_written_is_not_an_alteration(officer):
    keep(party("north"), by=officer)
    line = Entry.objects.get(noun="party")
    older = {name: value for name, value in json.loads(line.after).items() if name not in ("description", "part_of")}
    attack("DELETE FROM journal_entry WHERE noun = 'party'")
    append([Line(line.action, "party", "north", 1, line.known_on, "", canonical(older))], by=officer, at=line.at)
    assert found(verify_record()) == []


def test_what_was_found_is_bounded(talks, monkeypatch):
    monkeypatch.setattr("homeward.web.journal.comparison.MOST_FINDINGS", 3)
    attack("UPDATE journal_entry SET why = 'x'")
    result = verify_record()
    assert (len(result.findings), result.not_told) == (3, Entry.objects.count() - 3)


def test_verifying_asks_no_question_per_row(talks, officer):
    with CaptureQueriesContext(connection) as few:
        verify_record()
    for number in range(40):
        keep(meeting(f"other-{number:02}"), by=officer)
    with CaptureQueriesContext(connection) as many:
        verify_record()
    assert len(many) == len(few)


def test_progress_is_told(talks, monkeypatch):
    monkeypatch.setattr("homeward.web.journal.verification.BATCH", 2)
    told = []
    verify_record(progress=lambda *step: told.append(step))
    assert ("Lines of the journal", 6, Entry.objects.count()) in told
    assert ("Rows of the record", 6, 6) in told


def test_verifying_needs_the_permission(officer, talks):
    with pytest.raises(PermissionDenied):
        verify_record_for(officer)
