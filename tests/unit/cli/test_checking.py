"""homeward check: what it prints and writes, and its exit codes."""

import json

import pytest
from typer.testing import CliRunner

from homeward.cli.main import app
from homeward.examples import WORKED_CASE
from homeward.formats.case_folder_writer import write_case_folder
from tests.planted import plant
from tests.unit.cli.documentation import documented


def run(*arguments):
    return CliRunner().invoke(app, ["check", *map(str, arguments)])


@pytest.fixture(scope="module")
def swapped(tmp_path_factory):
    folder = tmp_path_factory.mktemp("check") / "case"
    write_case_folder(plant("another father", 1, mutation="none", n_loci=8, n_families=1).case, folder)
    return folder


def test_a_sound_case_has_no_findings():
    done = run(WORKED_CASE, "--pairs", "--strict")
    assert done.exit_code == 0, done.output
    assert "Nothing was found" in done.output
    assert "first cousins" in done.output


def test_findings_are_shown_and_are_no_error_unless_strict(swapped, tmp_path):
    done = run(swapped, "--out", tmp_path / "out", "--strict")
    assert done.exit_code == 1
    assert "SERIOUS" in done.output
    assert "0F is not" in done.output
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert "What a single correction would explain" in page
    assert page.count("<h1>") == 1
    document = json.loads((tmp_path / "out" / "result.json").read_text(encoding="utf-8"))
    assert document["serious"] is True
    assert document["families"][0]["corrections"][0]["words"] == "0F is not the father of 0A"
    family, pair = document["families"][0], document["pairs"][0]
    assert set(document) == documented("## `homeward check`")
    assert set(document["settings"]) == documented("## `homeward check`", "### `settings`")
    assert set(document["findings"][0]) == documented("## `homeward check`", "### `findings`")
    assert set(family) == documented("## `homeward check`", "### `families`")
    assert set(family["errors"][0]) == documented("## `homeward check`", "### `errors`")
    assert set(family["sexes"][0]) == documented("## `homeward check`", "### `sexes`")
    assert set(family["corrections"][0]) == documented("## `homeward check`", "### `corrections`")
    assert set(pair) == documented("## `homeward check`", "### `pairs`")


def test_json_is_one_object_and_nothing_else():
    done = run(WORKED_CASE, "--json", "--family", "B")
    assert done.exit_code == 0
    document = json.loads(done.stdout)
    assert [family["family"] for family in document["families"]] == ["B"]


def test_a_family_that_is_not_there_is_an_error():
    done = run(WORKED_CASE, "--family", "Z")
    assert done.exit_code != 0
    assert "no family 'Z'" in str(done.exception)
