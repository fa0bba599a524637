"""The commands that work on plain files: what they print, what they write, what they refuse."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import asdict
from functools import partial
from pathlib import Path

import pytest
from rich.console import Console

from homeward import __version__
from homeward.cli import progress
from homeward.core.errors import HomewardError
from homeward.examples import WORKED_CASE
from homeward.formats.reading import read_case
from homeward.identification.policy import Policy, SexUse
from homeward.identification.resolve import resolve
from homeward.reports.documents import resolve_document
from homeward.web.accounts.actions import add_user
from homeward.web.accounts.roles import Role
from homeward.web.casework.actions import record_analysis
from tests.unit.cli.documentation import documented
from tests.unit.formats.case_texts import DVI, FOLDER, KINSHIP, write_texts

HOMEWARD = Path(sys.executable).parent / "homeward"


@pytest.fixture
def toy(tmp_path) -> Path:
    return write_texts(tmp_path / "toy", FOLDER)


@pytest.fixture
def paternity(tmp_path) -> Path:
    return write_texts(tmp_path / "paternity", KINSHIP)


@pytest.fixture
def broken(tmp_path) -> Path:
    """Three mistakes in three files: each must be told at once."""
    changes = {
        "profiles.csv": FOLDER["profiles.csv"].replace("S1,L1,9,10", "S1,L1,9,77"),
        "people.csv": FOLDER["people.csv"].replace("Son,Lost", "Son,Wife"),
        "samples.csv": FOLDER["samples.csv"].replace("S2,f", "S2,q"),
    }
    return write_texts(tmp_path / "broken", FOLDER, changes)


def test_resolve_prints_one_json_object_with_exactly_the_documented_keys(homeward):
    done = homeward("resolve", WORKED_CASE, "--json")
    assert (done.code, done.err) == (0, "")
    document = json.loads(done.out)
    assert set(document) == documented("## `homeward resolve`")
    assert set(document["case"]) == documented("### `case`")
    assert set(document["policy"]) == documented("### `policy`")
    for part in ("pairwise", "posterior", "assignments", "conclusions"):
        assert {key for entry in document[part] for key in entry} == documented(
            "## `homeward resolve`", f"### `{part}`"
        )
    assert document["homeward"] == __version__
    assert (len(document["pairwise"]), len(document["posterior"]), len(document["conclusions"])) == (42, 49, 13)


def test_explain_prints_one_json_object_with_exactly_the_documented_keys(homeward):
    done = homeward("explain", WORKED_CASE, "R-06", "C-3", "--json")
    assert (done.code, done.err) == (0, "")
    document = json.loads(done.out)
    assert set(document) == documented("## `homeward explain`")
    assert {key for locus in document["loci"] for key in locus} == documented("## `homeward explain`", "Each locus:")
    assert set(document["pedigree"][0]) == {"id", "father", "mother", "sex"}
    assert document["log10_lr"] == pytest.approx(sum(locus["log10_lr"] for locus in document["loci"]), rel=1e-12)


def test_kinship_prints_one_json_object_with_exactly_the_documented_keys(homeward, paternity):
    done = homeward("kinship", paternity, "--json")
    assert (done.code, done.err) == (0, "")
    document = json.loads(done.out)
    assert set(document) == documented("## `homeward kinship`")
    assert set(document["hypotheses"][0]) == documented("## `homeward kinship`", "Each hypothesis:")
    assert set(document["loci"][0]) == {"locus", "log10_likelihood", "notes"}
    # The man 9/10 gives 9 with 1/2, the population with 0.25: LR 2; priors 1 : 3.
    assert 10 ** document["hypotheses"][0]["log10_lr"] == pytest.approx(2.0, rel=1e-12)
    assert document["hypotheses"][0]["posterior"] == pytest.approx(2 / 5, rel=1e-12)
    assert document["reference"] == "Unrelated"


LINKED = {
    "case.toml": 'kind = "kinship"\n',
    "linkage.csv": "locus1,locus2,rho\nL1,L2,0.1\n",
    "frequencies.csv": "locus,allele,frequency\nL1,9,0.25\nL1,10,0.75\nL2,9,0.25\nL2,10,0.75\n",
    "people.csv": "family,person,father,mother\nGrandfather,Old,,\nGrandfather,Father,Old,\nGrandfather,Young,Father,\n"
    "Unrelated,Old,,\nUnrelated,Young,,\n",
    "profiles.csv": "owner,locus,allele1,allele2\nOld,L1,9,9\nYoung,L1,10,10\nOld,L2,9,9\nYoung,L2,10,10\n",
}


@pytest.fixture
def linked(tmp_path) -> Path:
    return write_texts(tmp_path / "linked", LINKED)


def test_kinship_gives_the_lr_with_linkage_and_without(homeward, linked):
    document = json.loads(homeward("kinship", linked, "--json").out)
    (group,) = document["linkage_groups"]
    assert set(group) == documented("## `homeward kinship`", "Each linkage group:")
    assert (group["loci"], group["male_rho"], group["female_rho"]) == (["L1", "L2"], [0.1], [0.1])
    # Nothing is shared at either locus: (1 - rho) / 2 against 1/4.
    assert 10 ** group["log10_lr_linked"]["Grandfather"] == pytest.approx(0.45, rel=1e-12)
    assert 10 ** group["log10_lr_unlinked"]["Grandfather"] == pytest.approx(0.25, rel=1e-12)
    assert 10 ** document["hypotheses"][0]["log10_lr"] == pytest.approx(0.45, rel=1e-12)
    unlinked = json.loads(homeward("kinship", linked, "--json", "--linkage", "none").out)
    assert (unlinked["linkage"], unlinked["linkage_groups"]) == ("none", [])
    assert 10 ** unlinked["hypotheses"][0]["log10_lr"] == pytest.approx(0.25, rel=1e-12)


def test_kinship_prints_the_linked_loci_and_reports_them(homeward, linked, tmp_path):
    done = homeward("kinship", linked, "--out", tmp_path / "out")
    assert re.search(r"L1 - L2 │ 0\.100 +│ Grandfather │ +-0\.60 │ +-0\.35 ", done.out)
    report = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert "Linked loci" in report
    assert "-0.3468" in report


def test_a_genetic_map_without_linkage_is_refused(homeward, linked):
    done = homeward("kinship", linked, "--genetic-map", "decode")
    assert (done.code, done.out) == (2, "")
    assert "--linkage haldane or --linkage kosambi" in done.err


def test_resolve_prints_tables_with_reasons_and_the_policy(homeward):
    done = homeward("resolve", WORKED_CASE)
    assert (done.code, done.err) == (0, "")
    assert "Conclusions by sample" in done.out
    assert re.search(r"R-02 +│ identified +│ B-1 ", done.out)
    assert "R-01 and R-05 match A-3 and A-4 as a set" in done.out
    assert "The joint posterior is exact." in done.out
    assert f"Policy {Policy().version}:" in done.out


def test_explain_prints_the_pedigree_and_every_locus(homeward):
    done = homeward("explain", WORKED_CASE, "R-06", "C-3")
    assert (done.code, done.err) == (0, "")
    assert "missing; the sample's place: R-06" in done.out
    assert all(locus in done.out for locus in read_case(WORKED_CASE).panel.names)
    assert "Together: log10 LR 3.58; 22 loci compared" in done.out


def test_kinship_prints_the_pedigrees_and_their_reference(homeward, paternity):
    done = homeward("kinship", paternity)
    assert (done.code, done.err) == (0, "")
    assert re.search(r"Father +│ .*0\.30 │ +0\.25 │ +0\.4000", done.out)
    assert "LR against Unrelated, the last pedigree." in done.out


def test_out_writes_the_report_and_the_same_object_that_json_prints(homeward, tmp_path):
    out = tmp_path / "new" / "results"
    done = homeward("resolve", WORKED_CASE, "--json", "--out", out)
    assert done.code == 0
    assert sorted(path.name for path in out.iterdir()) == ["report.html", "result.json"]
    assert json.loads((out / "result.json").read_text(encoding="utf-8")) == json.loads(done.out)
    assert (out / "report.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_out_says_where_the_files_are(homeward, tmp_path):
    done = homeward("resolve", WORKED_CASE, "--out", tmp_path)
    assert f"Written: {tmp_path / 'report.html'} and {tmp_path / 'result.json'}" in done.out


def test_out_that_is_a_file_is_refused_with_a_remedy(homeward, tmp_path):
    (tmp_path / "taken").write_text("something else")
    done = homeward("resolve", WORKED_CASE, "--json", "--out", tmp_path / "taken")
    assert (done.code, done.out) == (2, "")
    assert "Name a folder that you may write to with --out." in done.err
    assert (tmp_path / "taken").read_text() == "something else"


@pytest.mark.parametrize(
    "command",
    [
        ["resolve", "CASE", "--out", "OUT"],
        ["resolve", "CASE", "--json", "--out", "OUT"],
        ["explain", "CASE", "S1", "Lost", "--json"],
        ["kinship", "CASE", "--json"],
        ["export", "CASE", "OUT"],
        ["export", "CASE", "OUT.fam"],
    ],
)
def test_bad_input_lists_every_problem_on_stderr_and_writes_nothing(command, homeward, broken, tmp_path):
    places = {"CASE": broken, "OUT": tmp_path / "out", "OUT.fam": tmp_path / "out.fam"}
    before = sorted(tmp_path.rglob("*"))
    done = homeward(*(places.get(word, word) for word in command))
    assert (done.code, done.out) == (2, "")
    assert "problems; nothing was written." in done.err.splitlines()[0]
    for file in ("profiles.csv", "people.csv", "samples.csv"):
        assert file in done.err
    assert done.err.count("Remedy: ") >= 3
    assert sorted(tmp_path.rglob("*")) == before


def test_a_folder_with_nothing_in_it_is_refused(homeward, tmp_path):
    done = homeward("resolve", tmp_path)
    assert (done.code, done.out) == (2, "")
    assert "Remedy: " in done.err


@pytest.mark.parametrize("name", ["nowhere.fam", "nowhere"])
def test_a_case_that_does_not_exist_is_refused(name, homeward, tmp_path):
    done = homeward("resolve", tmp_path / name)
    assert (done.code, done.out) == (2, "")
    assert name in done.err
    assert "Traceback" not in done.err


def test_names_that_do_not_exist_are_refused_together_with_those_that_do(homeward):
    done = homeward("explain", WORKED_CASE, "R-99", "Z-1", "--json")
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("2 problems; nothing was written.")
    assert "The samples are: R-01" in done.err
    assert "The missing persons are: A-3" in done.err


def test_a_case_of_competing_pedigrees_is_sent_to_kinship(homeward, paternity):
    done = homeward("resolve", paternity)
    assert (done.code, done.out) == (2, "")
    assert "'homeward kinship'" in " ".join(done.err.split())


def test_a_case_with_families_is_sent_to_resolve(homeward):
    done = homeward("kinship", WORKED_CASE)
    assert (done.code, done.out) == (2, "")
    assert "'homeward resolve'" in " ".join(done.err.split())


def test_too_few_candidates_are_refused(homeward):
    done = homeward("resolve", WORKED_CASE, "--candidates", "3", "--json")
    assert (done.code, done.out) == (2, "")
    assert "3 candidates are too few" in done.err


def test_the_options_are_the_policy_that_is_printed_with_the_result(homeward):
    options = {"--sex": "evidence", "--sex-error": 0.02, "--candidates": 500, "--min-loci": 12}
    words = [word for option in options.items() for word in option]
    policy = json.loads(homeward("resolve", WORKED_CASE, "--json", "--max-inconsistencies", 1, *words).out)["policy"]
    chosen = Policy(
        version=f"{Policy().version}, changed",
        sex=SexUse.EVIDENCE,
        sex_error=0.02,
        n_candidates=500,
        min_loci=12,
        max_inconsistencies=1,
    )
    assert policy == asdict(chosen)


def test_options_in_the_case_hold_unless_others_are_given(homeward, tmp_path):
    settings = FOLDER["case.toml"] + '\n[options]\nmin_loci = 2\nsex = "ignore"\n'
    folder = write_texts(tmp_path / "toy", FOLDER, {"case.toml": settings})
    own = json.loads(homeward("resolve", folder, "--json").out)["policy"]
    assert (own["min_loci"], own["sex"]) == (2, "ignore")
    given = json.loads(homeward("resolve", folder, "--json", "--min-loci", 3).out)["policy"]
    assert (given["min_loci"], given["sex"]) == (3, "ignore")


def test_an_option_that_is_not_known_is_refused(homeward, tmp_path):
    settings = FOLDER["case.toml"] + "\n[options]\nthreshold = 10000\n"
    done = homeward("resolve", write_texts(tmp_path / "toy", FOLDER, {"case.toml": settings}))
    assert (done.code, done.out) == (2, "")
    assert "The option 'threshold' is not known." in done.err


def test_export_writes_a_familias_file_that_gives_the_same_numbers(homeward, tmp_path):
    changes = {
        "loci.csv": FOLDER["loci.csv"].replace("L1,3,", "L1,,"),
        "samples.csv": FOLDER["samples.csv"].replace("0.1", ""),
    }
    toy = write_texts(tmp_path / "toy", FOLDER, changes)
    done = homeward("export", toy, tmp_path / "toy.fam")
    assert done.code == 0, done.err
    assert done.out == f"Written: {tmp_path / 'toy.fam'}\n"
    first = json.loads(homeward("resolve", toy, "--json").out)
    second = json.loads(homeward("resolve", tmp_path / "toy.fam", "--json").out)
    assert [p["log10_lr"] for p in second["pairwise"]] == pytest.approx([p["log10_lr"] for p in first["pairwise"]])


def test_export_refuses_what_a_familias_file_cannot_hold(homeward, toy, tmp_path):
    done = homeward("export", toy, tmp_path / "toy.fam")
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("1 problem; nothing was written.")
    assert not (tmp_path / "toy.fam").exists()


def test_export_writes_a_case_folder_that_gives_the_same_numbers(homeward, tmp_path):
    (tmp_path / "dvi.fam").write_text(DVI, encoding="utf-8")
    done = homeward("export", tmp_path / "dvi.fam", tmp_path / "folder")
    assert done.code == 0, done.err
    assert (tmp_path / "folder" / "case.toml").exists()
    first = json.loads(homeward("resolve", tmp_path / "dvi.fam", "--json").out)
    second = json.loads(homeward("resolve", tmp_path / "folder", "--json").out)
    assert [p["log10_lr"] for p in second["pairwise"]] == pytest.approx([p["log10_lr"] for p in first["pairwise"]])


def test_export_writes_parquet_that_gives_the_same_case(homeward, toy, tmp_path):
    done = homeward("export", toy, tmp_path / "out", "--parquet")
    assert (done.code, done.out) == (0, f"Written: {tmp_path / 'out'}\n"), done.err
    assert sorted(path.suffix for path in (tmp_path / "out").iterdir()) == [*[".parquet"] * 5, ".toml"]
    homeward("export", toy, tmp_path / "csv")
    homeward("export", tmp_path / "out", tmp_path / "csv again")
    for path in (tmp_path / "csv").iterdir():
        assert path.read_bytes() == (tmp_path / "csv again" / path.name).read_bytes()


def test_export_writes_no_familias_file_as_parquet(homeward, toy, tmp_path):
    done = homeward("export", toy, tmp_path / "toy.fam", "--parquet")
    assert (done.code, done.out) == (2, "")
    assert "A Familias file has no tables" in done.err


def test_names_with_brackets_are_printed_as_they_are(homeward, tmp_path):
    changes = {
        "case.toml": 'title = "[bold]Toy[/bold]"\n',
        "samples.csv": "sample,sex\n[red]S1,m\nS2,f\n",
        "profiles.csv": FOLDER["profiles.csv"].replace("S1,", "[red]S1,"),
    }
    done = homeward("resolve", write_texts(tmp_path / "odd", FOLDER, changes))
    assert done.code == 0, done.err
    assert "[bold]Toy[/bold]" in done.out
    assert "[red]S1" in done.out


def test_progress_is_drawn_only_where_somebody_is_watching(homeward, monkeypatch):
    assert homeward("resolve", WORKED_CASE).err == ""
    monkeypatch.setattr(progress, "Console", partial(Console, force_terminal=True))
    done = homeward("resolve", WORKED_CASE, "--json")
    assert "Comparing samples with missing persons" in done.err
    assert "Placing samples in families" in done.err
    assert set(json.loads(done.out)) == documented("## `homeward resolve`")


def test_an_unexpected_kind_of_failure_has_its_own_exit_code(homeward, monkeypatch):
    def fail(*_args, **_kwargs):
        raise HomewardError("This pedigree is too large to compute.")

    monkeypatch.setattr("homeward.identification.resolve.resolve", fail)
    done = homeward("resolve", WORKED_CASE)
    assert (done.code, done.out, done.err) == (3, "", "This pedigree is too large to compute.\n")


@pytest.mark.parametrize("command", ["resolve", "explain", "kinship", "export"])
def test_every_command_explains_itself(command, homeward):
    done = homeward(command, "--help")
    assert done.code == 0
    assert "CASE" in done.out


def test_help_lists_the_commands(homeward):
    done = homeward("--help")
    assert done.code == 0
    for command in ("resolve", "explain", "kinship", "export", "init", "serve", "user"):
        assert re.search(rf"\b{command}\b", done.out)


@pytest.mark.django_db
def test_one_case_gives_one_lr_on_the_command_line_in_the_library_and_in_the_record(homeward):
    printed = json.loads(homeward("resolve", WORKED_CASE, "--json").out)
    computed = resolve_document(resolve(read_case(WORKED_CASE)))
    analyst = add_user("analyst", Role.DNA_ANALYST, "barley-window-thirteen")
    analysis = record_analysis(WORKED_CASE, by=analyst)
    analysis.refresh_from_db()
    assert printed == computed == analysis.result
    one = json.loads(homeward("explain", WORKED_CASE, "R-06", "C-3", "--json").out)["log10_lr"]
    (pairing,) = [p for p in printed["pairwise"] if (p["sample"], p["missing"]) == ("R-06", "C-3")]
    # Unseen alleles are merged differently with one sample than with all: rounding only.
    assert one == pytest.approx(pairing["log10_lr"], rel=1e-12)


def installed(*arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run([HOMEWARD, *map(str, arguments)], capture_output=True, text=True, check=False)


def test_the_installed_command_prints_its_version():
    done = installed("--version")
    assert (done.returncode, done.stdout, done.stderr) == (0, f"homeward {__version__}\n", "")


def test_the_installed_command_exits_with_2_and_keeps_stdout_empty_on_bad_input(broken):
    done = installed("resolve", broken, "--json")
    assert (done.returncode, done.stdout) == (2, "")
    assert "nothing was written" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("arguments", "unwanted"),
    [
        (["--version"], {"django", "scipy", "jinja2", "numpy"}),
        (["explain", str(WORKED_CASE), "R-06", "C-3"], {"django", "scipy", "jinja2"}),
    ],
)
def test_starting_up_loads_nothing_that_the_command_does_not_need(arguments, unwanted):
    program = (
        "import sys; from homeward.cli.main import run\n"
        f"sys.argv = ['homeward', *{arguments!r}]\n"
        "try:\n    run()\nexcept SystemExit:\n    pass\n"
        "print('loaded:', *sorted({name.partition('.')[0] for name in sys.modules}))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    (loaded,) = [line for line in done.stdout.splitlines() if line.startswith("loaded:")]
    assert unwanted.isdisjoint(loaded.split())


def test_export_says_as_json_what_it_wrote(homeward, tmp_path):
    done = homeward("export", WORKED_CASE, tmp_path / "copy", "--json")
    assert json.loads(done.out) == {"homeward": __version__, "written": str(tmp_path / "copy")}
    assert (tmp_path / "copy" / "case.toml").exists()


def test_explain_and_kinship_write_their_report_and_result(homeward, paternity, tmp_path):
    for name, words in (("one", ("explain", WORKED_CASE, "R-06", "C-3")), ("two", ("kinship", paternity))):
        done = homeward(*words, "--json", "--out", tmp_path / name)
        assert done.code == 0, done.err
        assert json.loads((tmp_path / name / "result.json").read_text(encoding="utf-8")) == json.loads(done.out)
        assert (tmp_path / name / "report.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
