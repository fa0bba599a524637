"""Bundles that are not possible: every problem is named with its place, and nothing is written."""

import os
import shutil
import signal
import subprocess
import sys

import pytest

from homeward.core.errors import InputError
from homeward.web.accounts.actions import add_user
from homeward.web.accounts.roles import Role
from homeward.web.bundle.importing import import_bundle
from homeward.web.journal.models import Entry
from homeward.web.journal.recorded import nouns
from homeward.web.sources.models import Original
from tests.examples import only_thorough
from tests.web.bundles import EXAMPLE, PAGE, PAGE_PATH, changed, write_bundle
from tests.web.conftest import PASSWORD


@pytest.fixture
def historian(db):
    return add_user("historian", Role.HISTORIAN, PASSWORD)


@pytest.fixture
def refused(historian, tmp_path):
    """Return a function that imports a bundle, makes sure that nothing was written, and returns the problems."""

    def problems(tables=EXAMPLE, *, why="", folder=None, **files):
        folder = folder or write_bundle(tmp_path / "refused", tables, **files)
        lines, rows = Entry.objects.count(), _n_rows()
        with pytest.raises(InputError) as error:
            import_bundle(folder, by=historian, why=why)
        assert (Entry.objects.count(), _n_rows()) == (lines, rows)
        return [(problem.where, problem.what) for problem in error.value.problems]

    return problems


def _n_rows():
    return Original.objects.count() + sum(model.objects.count() for model in nouns().values())


def with_rows(noun, *rows):
    return {**EXAMPLE, noun: [*EXAMPLE.get(noun, []), *rows]}


@pytest.mark.parametrize(
    ("tables", "where", "what"),
    [
        (changed("party", "south", kind="kingdom"), "party.csv line 3, column kind", "not one of the words"),
        (changed("party", "south", name=""), "party.csv line 3, column name", "empty"),
        (changed("party", "south", part_of="east"), "party.csv line 3, column part_of", "There is no party 'east'"),
        (changed("party", "south", description="a\0b"), "party.csv line 3, column description", "U+0000"),
        (changed("party", "south", description="a\x07b"), "party.csv line 3, column description", "U+0007"),
        (changed("party", "south", known_on="2999-01-01"), "party.csv line 3, column known_on", "has not begun"),
        (
            changed("figure", "fifty-five", about="meeting:x"),
            "figure.csv line 2, column about",
            "There is no meeting 'x'",
        ),
        (changed("figure", "fifty-five", about="x"), "figure.csv line 2, column about", "does not name a row"),
        (changed("figure", "fifty-five", low="56"), "figure.csv line 2", "The lower end of a figure"),
        (
            changed("figure", "fifty-five", high="10000000000000"),
            "figure.csv line 2, column high",
            "less than or equal to 9999999999999.99",
        ),
        (changed("place", "panmunjom", latitude=""), "place.csv line 2", "Give latitude, longitude"),
        (changed("document", "paper", holding="none"), "document.csv line 2", "Say what is kept"),
        (changed("statement", "will-meet", passage="x"), "statement.csv line 2, column passage", "not in paper"),
        (
            changed("statement", "will-meet", said="2019"),
            "statement.csv line 2, column said",
            "later than the document",
        ),
        (
            changed("meetingchange", "talks-3", kind="declined"),
            "meetingchange.csv line 4, talks-3",
            "cannot be 'declined'",
        ),
        (changed("meetingchange", "talks-2", by=""), "meetingchange.csv line 3", "Say which party"),
        (
            changed("place", "panmunjom", version_known_on="2018-08-01"),
            "place.csv line 2, column version_known_on",
            "new",
        ),
        (with_rows("party", EXAMPLE["party"][0]), "party.csv line 4, column code", "stands on line 2 already"),
        (
            with_rows("conflict", {"code": "c", "question": "How many?", "owner": "nobody"}),
            "conflict.csv line 2, column owner",
            "There is no user 'nobody'",
        ),
        (
            with_rows("bearing", {**EXAMPLE["bearing"][0], "code": "again"}),
            "bearing.csv line 3",
            "already in the record",
        ),
        (
            with_rows(
                "meetingchange", {"code": "talks-4", "meeting": "talks", "kind": "held", "happened": "2018-07-15"}
            ),
            "meetingchange.csv line 5, talks-4",
            "rests on no source",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_row_that_is_not_possible_is_named(refused, tables, where, what):
    found = refused(tables)
    assert [problem[0] for problem in found] == [where]
    assert what in found[0][1]


def test_all_problems_of_all_tables_are_listed_at_once(refused):
    tables = {
        **changed("party", "south", kind="kingdom", name=""),
        "place": [{"code": "panmunjom", "name": "Panmunjom", "kind": "site", "latitude": "37.9"}],
        "series": [{"code": "Boxes", "name": "Boxes", "unit": "box", "scope": "all", "colour": "red"}],
        "meetings": [{"code": "talks", "name": "Talks"}],
        "handover": [{"code": "h", "name": "H", "kind": "turnover", "giver": "north", "receiver": "north"}],
    }
    found = dict(refused(tables))
    assert found.keys() >= {
        "party.csv line 3, column kind",
        "party.csv line 3, column name",
        "place.csv line 2",
        "series.csv line 1",
        "series.csv line 2, column code",
        "meetings.csv",
        "figure.csv line 2, column series",
        "handover.csv line 2",
    }


def test_two_hundred_problems_are_listed_and_the_rest_counted(refused):
    parties = [{"code": f"p-{number}", "name": "", "short_name": "P", "kind": "agency"} for number in range(300)]
    found = refused({**EXAMPLE, "party": [*EXAMPLE["party"], *parties]})
    assert len(found) == 201
    assert found[-1] == ("not listed here", "100 more problems were found.")


def test_a_history_that_lacks_a_refused_row_is_not_judged(refused):
    found = refused(changed("meetingchange", "talks-1", happened="2018-02-30"))
    assert [where for where, _ in found] == ["meetingchange.csv line 2, column happened"]


def test_what_rests_on_a_refused_document_is_not_judged(refused):
    found = refused(changed("document", "paper", grade="Z"))
    assert [where for where, _ in found] == ["document.csv line 2, column grade"]


@pytest.mark.parametrize(
    ("name", "cell", "what"),
    [
        ("document", "letter", "This cannot be amended"),
        ("known_on", "2018-07-17", "This cannot be amended"),
        ("version_known_on", "2018-07-01", "The version in the record is known from 2018-07-16"),
    ],
)
def test_what_an_amendment_may_not_do_a_bundle_may_not_either(refused, historian, tmp_path, name, cell, what):
    import_bundle(write_bundle(tmp_path / "before"), by=historian)
    later = changed("statement", "will-meet", claim="They met.", **{name: cell})
    found = refused(later, why="Again.")
    assert [where for where, _ in found] == [f"statement.csv line 2, column {name}"]
    assert what in found[0][1]


def test_the_same_bytes_as_two_documents_are_refused(refused):
    tables = changed("document", "letter", holding="original", original="originals/copy.html")
    found = refused(tables, files={PAGE_PATH: PAGE, "originals/copy.html": PAGE})
    assert found == [("document.csv line 3", "This file is already in the record, under another document.")]


def test_a_document_whose_file_is_not_there_is_refused(refused):
    found = refused(changed("document", "paper", original="originals/talk.html"))
    assert found[0] == (
        "document.csv line 2, column original",
        "There is no file 'originals/talk.html' in the bundle.",
    )


def test_an_original_that_no_document_names_is_refused(refused):
    found = refused(files={PAGE_PATH: PAGE, "originals/more.txt": b"more"})
    assert found == [("originals/more.txt", "No document of the bundle names this file.")]


def test_an_original_that_is_too_large_is_refused(refused):
    found = refused(files={PAGE_PATH: b"<p>meet at Panmunjom</p>" * 1_000_000})
    assert found == [(PAGE_PATH, "The file has more than 20 MiB.")]


@pytest.mark.parametrize(
    ("text", "where", "what"),
    [
        ("code;known_on;name\n", "person.csv line 1", "not separated by commas"),
        ("code,known_on,name,namme\n", "person.csv line 1", "no column 'namme'"),
        ("code,known_on,name,name\n", "person.csv line 1", "stands here twice"),
        ("code,known_on\nx,2018-01-01\n", "person.csv line 1", "The column 'name' is missing"),
        ("", "person.csv line 1", "The column 'code' is missing"),
        ("code,known_on,name\nspeaker,2018-01-01\n", "person.csv line 2", "2 cells; the first line has 3"),
        ('code,known_on,name\n\nx,2018-01-01,"A "B\n', "person.csv line 3", "this is not CSV"),
        ('code,known_on,name\nx,2018-01-01,"A', "person.csv line 2", "this is not CSV"),
        ("code,known_on,name\nx,2018-01-01,\udcff\n", "person.csv line 2", "not UTF-8"),
    ],
)
def test_a_table_of_another_form_is_named(refused, tmp_path, text, where, what):
    folder = write_bundle(tmp_path / "form")
    (folder / "person.csv").write_bytes(text.encode(errors="surrogateescape"))
    found = [problem for problem in refused(folder=folder) if problem[0] == where]
    assert any(what in problem[1] for problem in found)


def test_a_row_that_never_ends_does_not_fill_the_memory(refused, tmp_path, monkeypatch):
    monkeypatch.setattr("homeward.web.bundle.tables.MAX_ROW_BYTES", 10_000)
    folder = write_bundle(tmp_path / "endless")
    (folder / "person.csv").write_text('code,known_on,name\nspeaker,2018-01-01,"' + "x\n" * 10_000)
    assert any("longer than" in what for where, what in refused(folder=folder) if where.startswith("person.csv"))


@pytest.mark.parametrize(
    ("manifest", "what"),
    [
        ({"format": "homeward-case"}, "does not say"),
        ({"version": 2}, "version 2"),
        ({"title": " "}, "no title"),
        ({"synthetic": "yes"}, "neither true nor false"),
        ({"files": ["a"]}, "not a list of paths"),
        ({"files": {}}, "does not list this file"),
    ],
)
def test_a_manifest_that_says_something_else_is_refused(refused, manifest, what):
    assert any(what in problem[1] for problem in refused(manifest=manifest))


def test_a_manifest_that_is_no_json_is_refused(refused, tmp_path):
    folder = write_bundle(tmp_path / "deep")
    (folder / "manifest.json").write_text("[" * 100_000)
    assert refused(folder=folder)[0][0] == "manifest.json"


KILLED = """
import os, signal, sys
from pathlib import Path
import django
django.setup()
from homeward.web.accounts.models import User
from homeward.web.bundle.importing import import_bundle

def kill(step, done, total):
    if step == "Importing rows" and done > total / 2:
        os.kill(os.getpid(), signal.SIGKILL)

import_bundle(Path(sys.argv[1]), by=User.objects.get(username="analyst"), progress=kill if sys.argv[2:] else print)
"""


@only_thorough
def test_a_process_that_is_killed_while_it_imports_leaves_nothing_half_done(prepared_folder, tmp_path):
    people = [{"code": f"person-{number}", "name": "X"} for number in range(300)]
    bundle = write_bundle(tmp_path / "bundle", {**EXAMPLE, "person": [*EXAMPLE["person"], *people]})
    data = shutil.copytree(prepared_folder, tmp_path / "data")
    others = {name: value for name, value in os.environ.items() if not name.startswith("HOMEWARD_")}
    environment = {
        **others,
        "HOMEWARD_DATA": str(data),
        "DJANGO_SETTINGS_MODULE": "homeward.web.config.settings",
    }

    def run(*command):
        return subprocess.run([sys.executable, *command], env=environment, capture_output=True, text=True, timeout=120)

    def homeward(*arguments):
        return run("-c", "from homeward.cli.main import run; run()", *arguments)

    before = homeward("export-record", str(tmp_path / "before"), "--as", "analyst", "--json").stdout
    assert run("-c", KILLED, str(bundle), "kill").returncode == -signal.SIGKILL
    verified = homeward("verify")
    assert verified.returncode == 0, verified.stdout
    after = homeward("export-record", str(tmp_path / "after"), "--as", "analyst", "--json").stdout
    assert after == before.replace("before", "after")
    assert run("-c", KILLED, str(bundle)).returncode == 0
    assert homeward("verify").returncode == 0
