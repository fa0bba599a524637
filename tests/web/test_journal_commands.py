"""The commands verify and heads: what they print, and how they end."""

import json
import shutil

import pytest
from django.db import connection

from tests.web.record_programs import ProgramRecord, finished
from tests.web.writer import write

FOUND, BAD_INPUT = 1, 2


@pytest.fixture(scope="module")
def prepared_folder(prepared_folder, tmp_path_factory):
    """A record in SQLite in which a little was written."""
    folder = shutil.copytree(prepared_folder, tmp_path_factory.mktemp("written") / "record")
    finished(ProgramRecord(folder).start_writer("party", 3))
    return folder


@pytest.fixture
def record(program_record):
    """The same on the engine that is tested."""
    if connection.vendor == "postgresql":
        write("party", 3)
    return program_record


def test_verify_says_what_was_checked_and_that_all_is_as_it_was_written(record):
    lines = record.verified()["lines"]
    checked, balance, verdict = record.homeward("verify").splitlines()
    assert checked == f"Checked {lines} lines of the journal, 3 rows and 0 originals."
    assert balance.startswith("Balance: 0 people, 0 accounted for,")
    assert verdict == "Everything is as it was written."


def test_verify_names_what_was_altered_and_ends_with_one(record):
    record.attack("UPDATE parties_party SET name = 'x' WHERE code = 'party-001'")
    printed = record.homeward("verify", code=FOUND)
    assert "1 finding:" in printed
    assert "party:party-001, line" in printed
    assert "This row was altered outside the application: name." in printed


def test_verify_prints_one_json_object(record):
    record.attack("UPDATE journal_entry SET why = 'x' WHERE number = 2")
    result = json.loads(record.homeward("verify", "--json", code=FOUND))
    assert set(result) == {
        "homeward",
        "holds",
        "record",
        "lines",
        "head",
        "rows",
        "originals",
        "counts",
        "first_altered_line",
        "findings",
        "findings_not_told",
        "heads",
    }
    assert (result["holds"], result["first_altered_line"], result["heads"]) == (False, 2, [])
    assert set(result["findings"][0]) == {"what", "where", "fix"}


def test_a_head_that_was_kept_proves_that_nothing_was_rewritten(record, tmp_path):
    head, key = tmp_path / "head.json", tmp_path / "public.pem"
    printed = record.homeward("heads", "--out", head, "--public-key", key)
    assert f"The signed head is in {head}." in printed
    assert key.read_text() in printed
    finished(record.start_writer("later", 1))
    checked = record.homeward("verify", "--head", head, "--public-key", key)
    assert f"The head in {head} is line" in checked
    assert "Everything is as it was written." in checked


def test_a_head_finds_a_journal_cut_short_by_somebody_who_took_care(record, tmp_path):
    head = tmp_path / "head.json"
    record.homeward("heads", "--out", head)
    record.attack(
        "DELETE FROM journal_entry WHERE code = 'party-002'", "DELETE FROM parties_party WHERE code = 'party-002'"
    )
    assert "Everything is as it was written." in record.homeward("verify")
    assert "lines that were written are gone" in record.homeward("verify", "--head", head, code=FOUND)
    result = json.loads(record.homeward("verify", "--head", head, "--json", code=FOUND))
    [checked] = result["heads"]
    assert (checked["file"], checked["holds"], len(checked["findings"])) == (str(head), False, 1)
    assert result["holds"] is False


def test_a_head_is_one_json_object_and_signed_with_the_same_key_each_time(record):
    first, second = (json.loads(record.homeward("heads", "--json")) for _ in range(2))
    assert set(first) == {"homeward", "kind", "head", "public_key", "signature"}
    assert set(first["head"]) == {"record", "number", "digest", "at"}
    assert first == second
    assert first["head"]["number"] == record.verified()["lines"]


def test_an_older_head_is_not_written_over(record, tmp_path):
    (tmp_path / "head.json").write_text("an older head")
    refused = record.homeward("heads", "--out", tmp_path / "head.json", code=BAD_INPUT)
    assert "There is a file of this name already." in refused
    assert (tmp_path / "head.json").read_text() == "an older head"


def test_a_head_is_not_written_into_a_folder_that_is_not_there(record, tmp_path):
    assert "no folder" in record.homeward("heads", "--out", tmp_path / "no" / "head.json", code=BAD_INPUT)


@pytest.mark.parametrize("option", ["--head", "--public-key"])
def test_a_file_that_is_something_else_is_bad_input(record, tmp_path, option):
    (tmp_path / "note.txt").write_text("hello")
    assert "Remedy" in record.homeward("verify", option, tmp_path / "note.txt", code=BAD_INPUT)
