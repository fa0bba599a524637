"""The commands about frequency databases."""

import json

import pytest
from typer.testing import CliRunner

from homeward.cli.main import app
from homeward.core.errors import InputError
from homeward.formats.case_folder_reader import read_case_folder

runner = CliRunner()


def _run(*arguments):
    result = runner.invoke(app, ["database", *map(str, arguments)], catch_exceptions=False)
    assert result.exit_code == 0
    return result.stdout


def test_the_list_names_every_population_and_kit():
    document = json.loads(_run("list", "--json"))
    assert {"name": "NIST 1036", "population": "US Asian", "people": 97} in [
        {key: one[key] for key in ("name", "population", "people")} for one in document["databases"]
    ]
    assert len(document["kits"]["GlobalFiler"]) == 24
    assert "GlobalFiler" in _run("list")


def test_a_database_is_shown_with_its_source_and_frequencies():
    document = json.loads(_run("show", "japan 2015", "--locus", "TH01", "--json"))
    assert "Fujii" in document["source"]
    assert sum(document["frequencies"]["TH01"].values()) == pytest.approx(1)
    said = _run("show", "UK DNA-17", "--population", "Chinese", "--locus", "TH01")
    assert "Open Government Licence" in " ".join(said.split())


def test_a_panel_begins_a_case_folder_to_which_people_and_profiles_are_added(tmp_path):
    folder = tmp_path / "case"
    said = _run("panel", "NIST 1036", folder, "--population", "US Asian", "--kit", "NGM", "--mutation", "stepwise")
    assert "15 loci, NIST 1036, US Asian, 97 people" in said
    settings = (folder / "case.toml").read_text(encoding="utf-8")
    (folder / "case.toml").write_text(settings.replace('kind = "resolve"', 'kind = "kinship"'), encoding="utf-8")
    (folder / "people.csv").write_text("family,person\nH1,A\nH2,A\n", encoding="utf-8")
    (folder / "profiles.csv").write_text("owner,locus,allele1,allele2\nA,TH01,6,7\n", encoding="utf-8")
    case = read_case_folder(folder)
    assert len(case.panel) == 15
    assert case.panel.loci[0].male_mutation.mutates
    assert "AABB" in case.source


def test_a_file_of_ones_own_makes_a_panel_too(tmp_path):
    (tmp_path / "ours.csv").write_text("Allele,TH01,XYZ\n6,0.5,0.5\n7,0.5,0.5\n", encoding="utf-8")
    assert "2 loci, ours" in _run("panel", tmp_path / "ours.csv", tmp_path / "case")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("show", "nowhere.csv"), "no database and no file"),
        (("show", "NIST 1036"), "several populations"),
        (("show", "NIST 1036", "--population", "Elsewhere"), "no population"),
        (("show", "Japan 2015", "--locus", "DYS391"), "no locus"),
        (("panel", "Japan 2015", "CASE", "--kit", "PowerPlex Fusion"), "no frequencies of Penta"),
        (("panel", "Japan 2015", "CASE", "--mutation", "fast"), "no mutation model"),
        (("panel", "Norway 2013", "CASE", "--locus", "TH01", "--kit", "NGM"), "A kit and single loci"),
    ],
)
def test_what_is_not_there_is_named_with_what_is(tmp_path, arguments, words):
    arguments = [str(tmp_path / "case") if one == "CASE" else one for one in arguments]
    with pytest.raises(InputError, match=words):
        runner.invoke(app, ["database", *arguments], catch_exceptions=False)
    assert not (tmp_path / "case").exists()
