"""The command that compares everyone with everyone: what it prints, writes and refuses."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import partial
from pathlib import Path

import duckdb
import numpy as np
import polars as pl
import pytest
from rich.console import Console

from homeward import __version__
from homeward.cli import progress, screening
from homeward.core.errors import InputError, Problem
from homeward.examples import WORKED_CASE
from homeward.formats.case_folder_writer import write_case_folder
from homeward.formats.reading import read_case
from homeward.genetics.case import Case, Family
from homeward.genetics.panel import Panel
from homeward.genetics.profiles import Profiles, choose_profiles
from homeward.genetics.screening.store import TableStore
from homeward.identification.runners import ClusterError
from homeward.identification.screen import screen
from homeward.reports.screen_table import screen_document
from tests.families import case, family, locus, pedigree, profiles
from tests.unit.cli.documentation import documented

PANEL = Panel(tuple(locus(f"L{i}", {"9": 0.2, "10": 0.3, "11": 0.5}) for i in range(1, 10)))
SAME = "9/10 " * 7
DOCUMENTATION = Path(__file__).parents[3] / "docs"


def mother(name: str, genotypes: str) -> Family:
    members = pedigree(f"{name} = {name}-father + {name}-mother")
    return family(f"family of {name}", members, PANEL, {f"{name}-mother": genotypes}, [name])


def samples(**genotypes: str) -> Profiles:
    return profiles(tuple(genotypes), PANEL, genotypes)


@pytest.fixture
def written(tmp_path):
    """Write a case and return its folder."""

    def write(*families: Family, samples: Profiles, elimination: Profiles | None = None) -> Path:
        made = case(PANEL, samples, *families)
        write_case_folder(made if elimination is None else replace(made, elimination=elimination), tmp_path / "case")
        return tmp_path / "case"

    return write


@pytest.fixture
def with_staff(written) -> Path:
    return written(
        mother("M", "9/10 " * 9),
        samples=samples(S1="9/9 " * 9, S2="11/11 " * 9, S3="9/10 " * 9),
        elimination=profiles(("Analyst",), PANEL, {"Analyst": "11/11 " * 9}),
    )


def test_the_candidates_of_the_worked_case_are_printed_with_what_they_mean(homeward):
    done = homeward("screen", WORKED_CASE)
    assert (done.code, done.err) == (0, "")
    assert "7 samples compared with 5 missing persons: 35 pairs, 7 candidates." in done.out
    lines = [" ".join(line.split()) for line in done.out.splitlines()]
    assert "Sample Missing Family log10 LR If true Loci Inconsistent Rank Weakest locus" in lines
    best, *_, last = [line for line in lines if line.startswith(("R-0", "G-0"))]
    assert best == "R-01 A-3 A 17.45 18.80 22 0 1 D22S1045 0.01"
    assert last.startswith("R-06 C-3 C 3.58 3.74 22 0 1")
    assert "E-1: No blood relative has given a profile. A sample of one is needed." in lines
    assert "Note: Samples R-03, R-07 are taken as one individual, the remains group G-03." in lines
    assert "Kept: the 20 best of each side, from a log10 LR of 2.00." in done.out
    assert "Candidates are no conclusions" in done.out


def test_screen_prints_one_json_object_with_exactly_the_documented_keys(homeward):
    done = homeward("screen", WORKED_CASE, "--json")
    assert (done.code, done.err) == (0, "")
    document = json.loads(done.out)
    assert set(document) == documented("## `homeward screen`")
    assert set(document["case"]) == documented("### `case`")
    own = documented("## `homeward screen`", "### `policy` of a screen")
    assert set(document["policy"]) == documented("### `policy`") | own
    assert {key for row in document["candidates"] for key in row} == documented(
        "## `homeward screen`", "### `candidates`"
    )
    assert {key for one in document["set_aside"] for key in one} == documented(
        "## `homeward screen`", "### `set_aside`"
    )
    assert (document["homeward"], document["against"], document["matches"]) == (__version__, "families", [])
    assert (document["samples"], document["subjects"], document["pairs"]) == (7, 5, 35)
    assert [(row["sample"], row["missing"], row["rank"]) for row in document["candidates"]] == [
        ("R-01", "A-3", 1),
        ("R-01", "A-4", 2),
        ("R-02", "B-1", 1),
        ("G-03", "D-11", 1),
        ("R-05", "A-3", 1),
        ("R-05", "A-4", 2),
        ("R-06", "C-3", 1),
    ]
    assert document == json.loads(json.dumps(screen_document(screen(read_case(WORKED_CASE)))))


def test_screen_resolve_and_explain_give_one_pair_one_lr(homeward):
    screened = json.loads(homeward("screen", WORKED_CASE, "--json", "--min-log10-lr", "-1000").out)["candidates"]
    resolved = json.loads(homeward("resolve", WORKED_CASE, "--json").out)["pairwise"]
    lr_of = {(pair["sample"], pair["missing"]): pair for pair in resolved}
    assert len(screened) == 35
    for row in screened:
        pair = lr_of[row["sample"], row["missing"]]
        # Alleles that nobody shows are merged differently with one sample than with all: rounding only.
        assert row["log10_lr"] == pytest.approx(pair["log10_lr"], rel=1e-12, abs=1e-12)
        assert (row["inconsistencies"], row["loci"]) == (pair["inconsistencies"], pair["loci"])
    for sample, missing in (("R-06", "C-3"), ("R-02", "B-1"), ("R-01", "A-4")):
        explained = json.loads(homeward("explain", WORKED_CASE, sample, missing, "--json").out)
        (row,) = [row for row in screened if (row["sample"], row["missing"]) == (sample, missing)]
        assert row["log10_lr"] == pytest.approx(explained["log10_lr"], rel=1e-12)
        weakest = min((at for at in explained["loci"] if at["compared"]), key=lambda at: at["log10_lr"])
        assert row["weakest_locus"] == weakest["locus"]
        assert row["weakest_log10_lr"] == pytest.approx(weakest["log10_lr"], rel=1e-12, abs=1e-12)


def test_samples_of_kin_are_found(homeward):
    document = json.loads(homeward("screen", WORKED_CASE, "--against", "kin", "--json").out)
    (match,) = document["matches"]
    assert (match["sample"], match["other"], match["relation"]) == ("R-01", "R-05", "full siblings")
    assert {*match} == documented("## `homeward screen`", "### `matches`")
    # Each two samples once, as siblings and as parent and child.
    assert (document["samples"], document["subjects"], document["pairs"]) == (7, 14, 42)
    assert document["candidates"] == []


def test_samples_of_one_person_are_found_once(homeward, written):
    folder = written(
        mother("M", "9/10 " * 9),
        samples=samples(S1="9/9 " * 9, S2="10/11 " * 9, S3="9/9 " * 9, S4="- " + "9/9 " * 8),
    )
    document = json.loads(homeward("screen", folder, "--against", "samples", "--json").out)
    # 1 / 0.2^2 at each of nine loci, or of the eight that both show.
    assert [(m["sample"], m["other"], m["loci"], m["log10_lr"]) for m in document["matches"]] == [
        ("S1", "S3", 9, pytest.approx(9 * np.log10(25.0), rel=1e-12)),
        ("S1", "S4", 8, pytest.approx(8 * np.log10(25.0), rel=1e-12)),
        ("S3", "S4", 8, pytest.approx(8 * np.log10(25.0), rel=1e-12)),
    ]
    assert {match["relation"] for match in document["matches"]} == {"same person"}
    assert document["pairs"] == 6
    assert (
        "4 samples compared with 4 samples: 6 pairs, 3 candidates."
        in homeward("screen", folder, "--against", "samples").out
    )


def test_samples_of_staff_are_found(homeward, with_staff):
    document = json.loads(homeward("screen", with_staff, "--against", "staff", "--json").out)
    (match,) = document["matches"]
    assert (match["sample"], match["other"], match["relation"]) == ("S2", "Analyst", "same person")
    assert match["log10_lr"] == pytest.approx(9 * np.log10(4.0), rel=1e-12)
    assert (
        "3 samples compared with 1 member of staff: 3 pairs, 1 candidate."
        in homeward("screen", with_staff, "--against", "staff").out
    )


@pytest.mark.parametrize("against", ["families", "samples", "kin", "staff"])
def test_the_parquet_file_holds_what_the_json_says(against, homeward, with_staff, tmp_path):
    out = tmp_path / "result.parquet"
    options = ("--against", against, "--min-log10-lr", "-inf", "--max-inconsistencies", 9, "--json")
    done = homeward("screen", with_staff, *options, "--out", out)
    assert (done.code, done.err) == (0, "")
    document = json.loads(done.out)
    rows = document["candidates"] or document["matches"]
    assert rows
    told = pl.read_parquet(out)
    assert [*map(as_json, told.to_dicts())] == rows
    with duckdb.connect() as connection:
        found = connection.execute("SELECT * FROM read_parquet(?)", [str(out)])
        columns = [column[0] for column in found.description]
        assert [as_json(dict(zip(columns, row, strict=True))) for row in found.fetchall()] == rows
        query = "SELECT decode(value) FROM parquet_kv_metadata(?) WHERE decode(key) = 'homeward'"
        ((about,),) = connection.execute(query, [str(out)]).fetchall()
    metadata = pl.read_parquet_metadata(out)["homeward"]
    assert about == metadata
    assert json.loads(metadata) == {k: v for k, v in document.items() if k not in ("candidates", "matches")}
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("result")] == ["result.parquet"]


def as_json(row: dict[str, object]) -> dict[str, object]:
    infinite = {float("-inf"): "-Infinity", float("inf"): "Infinity"}
    return {key: infinite.get(value, value) if isinstance(value, float) else value for key, value in row.items()}


def test_a_result_without_candidates_has_all_its_columns(homeward, with_staff, tmp_path):
    out = tmp_path / "result.parquet"
    done = homeward("screen", with_staff, "--min-log10-lr", "90", "--out", out)
    assert done.code == 0
    assert "no candidates" in done.out
    assert f"Written: {out}" in done.out
    empty = pl.read_parquet(out)
    assert len(empty) == 0
    assert set(empty.columns) == documented("## `homeward screen`", "### `candidates`")


@pytest.mark.parametrize("against", ["families", "samples"])
def test_the_page_on_screening_describes_every_column(against, homeward, with_staff, tmp_path):
    out = tmp_path / "result.parquet"
    homeward("screen", with_staff, "--against", against, "--out", out)
    page = (DOCUMENTATION / "screening.md").read_text(encoding="utf-8")
    table = page[page.index("| column | meaning |") :].split("\n\n")[0]
    assert [name for name in pl.read_parquet_schema(out) if f"`{name}`" not in table] == []


def test_a_pair_that_is_there_for_the_sake_of_one_side_only_has_no_place_on_the_other(homeward, written):
    folder = written(
        mother("M", "9/10 " * 9), mother("N", "9/9 " * 9), samples=samples(S1="9/9 " * 9, S2="9/11 " * 9, S3="9/9 " * 9)
    )
    options = ("--json", "--top", 1, "--min-log10-lr", "-inf")
    rows = json.loads(homeward("screen", folder, *options).out)["candidates"]
    assert [(row["sample"], row["missing"], row["rank"], row["rank_for_missing"]) for row in rows] == [
        ("S1", "N", 1, 1),
        ("S1", "M", None, 1),
        ("S2", "N", 1, None),
        ("S3", "N", 1, None),
    ]
    assert homeward("screen", folder, *options[1:]).out.count(" - ") >= 1


def test_a_pair_without_a_common_locus_says_so(homeward, written):
    folder = written(mother("M", "9/10 " + "- " * 8), samples=samples(S1="- " + "9/9 " * 8))
    (row,) = json.loads(homeward("screen", folder, "--json", "--min-log10-lr", "-inf").out)["candidates"]
    assert (row["loci"], row["log10_lr"], row["weakest_locus"], row["weakest_log10_lr"]) == (0, 0.0, None, None)


def test_a_narrow_terminal_shows_all_but_the_weakest_locus(homeward, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    done = homeward("screen", WORKED_CASE)
    assert "If true Loci Inconsistent Rank" in done.out
    assert "Weakest" not in done.out
    assert "…" not in done.out


def test_names_with_brackets_are_printed_as_they_are(homeward, written):
    odd = profiles(("[red]S1",), PANEL, {"[red]S1": "9/9 " * 9})
    done = homeward("screen", written(mother("[bold]M", "9/10 " * 9), samples=odd))
    assert "[red]S1" in done.out
    assert "[bold]M" in done.out


def test_progress_is_drawn_where_somebody_is_watching(homeward, monkeypatch):
    monkeypatch.setattr(progress, "Console", partial(Console, force_terminal=True))
    done = homeward("screen", WORKED_CASE, "--json")
    assert "Comparing 7 samples" in done.err
    assert "Working out candidates exactly" in done.err
    assert json.loads(done.out)["pairs"] == 35


# What is not compared


def test_a_sample_with_too_few_loci_is_set_aside_with_the_reason(homeward, written):
    folder = written(mother("M", "9/10 " * 9), samples=samples(S1="9/9 " * 9, S2="9/9 9/9 " + "- " * 7))
    document = json.loads(homeward("screen", folder, "--json").out)
    assert document["set_aside"] == [{"id": "S2", "reason": "2 loci typed; a comparison needs 8 (--min-loci)."}]
    assert document["samples"] == 1
    assert {row["sample"] for row in document["candidates"]} == {"S1"}
    again = json.loads(homeward("screen", folder, "--json", "--min-loci", 2, "--min-log10-lr", 0).out)
    assert again["set_aside"] == []
    assert {row["sample"] for row in again["candidates"]} == {"S1", "S2"}


def test_the_loci_that_both_have_are_counted_for_each_pair(homeward, written):
    folder = written(
        mother("M", "9/10 " * 5 + "- - - -"), mother("N", "- - - " + "9/9 " * 6), samples=samples(S1="- " + "9/9 " * 8)
    )
    rows = json.loads(homeward("screen", folder, "--json", "--min-log10-lr", "-inf").out)["candidates"]
    assert {row["missing"]: row["loci"] for row in rows} == {"M": 4, "N": 6}


def test_families_that_can_tell_nothing_are_listed_and_not_scored_as_zero(homeward, written):
    wife = family("wife", pedigree("C = H + W"), PANEL, {"W": "9/10 " * 9}, ["H"])
    folder = written(mother("M", "9/10 " * 9), wife, samples=samples(S1="9/9 " * 9))
    document = json.loads(homeward("screen", folder, "--json", "--min-log10-lr", "-inf").out)
    assert document["set_aside"] == [
        {"id": "H", "reason": "No blood relative has given a profile. A sample of one is needed."}
    ]
    assert {row["missing"] for row in document["candidates"]} == {"M"}
    assert document["subjects"] == 1


def test_somebody_reached_through_another_missing_person_only_is_listed_with_the_way(homeward, written):
    # H is missing, and so is his child K, whose other grandparents' side has a typed aunt.
    members = pedigree("K = H + W; W = X + Y; A = X + Y")
    joined = family("joined", members, PANEL, {"A": "9/10 " * 9}, ["H", "K"])
    folder = written(joined, samples=samples(S1="9/9 " * 9))
    document = json.loads(homeward("screen", folder, "--json", "--min-log10-lr", "-inf").out)
    (aside,) = document["set_aside"]
    assert aside["id"] == "H"
    assert "only other missing persons (K) join this one to typed relatives" in aside["reason"]
    assert "'homeward resolve' weighs them together" in aside["reason"]
    assert {row["missing"] for row in document["candidates"]} == {"K"}


def test_a_family_that_contradicts_itself_is_listed_with_its_loci_and_takes_nobodys_place(homeward, written):
    members = pedigree("M = A + B; C = M + W; D = C + E")
    contradicted = family("odd", members, PANEL, {"C": "9/9 9/9 " + SAME, "D": "10/10 10/10 " + SAME}, ["M"])
    folder = written(contradicted, mother("N", "9/10 " * 9), samples=samples(S1="9/9 " * 9, S2="9/10 " * 9))
    done = homeward("screen", folder, "--json", "--min-log10-lr", "-inf", "--top", 1)
    assert done.code == 0
    document = json.loads(done.out)
    (aside,) = document["set_aside"]
    assert aside["id"] == "M"
    assert aside["reason"].startswith("The relatives' own profiles contradict the pedigree at L1, L2.")
    assert document["subjects"] == 1
    assert [(row["sample"], row["missing"], row["rank"]) for row in document["candidates"]] == [
        ("S1", "N", 1),
        ("S2", "N", 1),
    ]


def test_a_case_in_which_every_family_contradicts_itself_has_no_candidates(homeward, written):
    members = pedigree("M = A + B; C = M + W; D = C + E")
    contradicted = family("odd", members, PANEL, {"C": "9/9 9/9 " + SAME, "D": "10/10 10/10 " + SAME}, ["M"])
    document = json.loads(homeward("screen", written(contradicted, samples=samples(S1="9/9 " * 9)), "--json").out)
    assert (document["candidates"], document["subjects"], document["pairs"]) == ([], 0, 0)


def test_pairs_that_are_ruled_out_are_not_listed_even_without_a_threshold(homeward, written):
    folder = written(
        mother("M", "9/10 " * 9),
        mother("N", "11/11 " * 9),
        samples=samples(S1="9/9 " * 9, S2="9/9 " * 6 + "11/11 " * 3),
    )
    rows = json.loads(homeward("screen", folder, "--json", "--min-log10-lr", "-inf").out)["candidates"]
    assert [(row["sample"], row["missing"]) for row in rows] == [("S1", "M")]
    more = homeward("screen", folder, "--json", "--min-log10-lr", "-inf", "--max-inconsistencies", 3)
    rows = json.loads(more.out)["candidates"]
    assert [(row["sample"], row["missing"], row["inconsistencies"]) for row in rows] == [("S1", "M", 0), ("S2", "M", 3)]
    assert rows[1]["log10_lr"] == "-Infinity"
    # (1 / (2 * 0.2)) at six loci, and the fixed price of a locus that needs a mutation at three.
    assert rows[1]["order_log10_lr"] == pytest.approx(6 * np.log10(2.5) - 3 * 3.0, rel=1e-12)


# What is refused


def test_all_problems_of_the_options_are_told_at_once_and_nothing_is_written(homeward, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    options = ("--min-log10-lr", "nan", "--out", "nowhere/result.csv", "--tables", tmp_path)
    done = homeward("screen", WORKED_CASE, *options)
    assert (done.code, done.out) == (2, "")
    assert "4 problems; nothing was written." in done.err
    for told in (
        "This is no number that a log10 LR can reach.",
        "Give it a name that ends in .parquet.",
        "--out nowhere/result.csv\n    There is no such folder.",
        "There is a folder of this name.",
    ):
        assert told in done.err
    assert not list(tmp_path.iterdir())


def test_a_card_and_a_cluster_that_there_are_not_are_told_at_once(homeward, monkeypatch, tmp_path):
    def refuse(name: str):
        raise InputError(Problem(f"There is no {name}.", f"--{name}", "Do without."))

    monkeypatch.setattr("homeward.genetics.screening.devices.find_device", refuse)
    monkeypatch.setattr("homeward.identification.runners.connect_to_dask", refuse)
    options = ("--device", "cuda", "--dask", "tcp://127.0.0.1:1", "--out", tmp_path / "result.parquet")
    done = homeward("screen", WORKED_CASE, *options)
    assert (done.code, done.out) == (2, "")
    assert "There is no cuda." in done.err
    assert "There is no tcp://127.0.0.1:1." in done.err
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "options", [("--top", "0"), ("--against", "everybody"), ("--device", "abacus"), ("--min-log10-lr", "many")]
)
def test_a_choice_that_there_is_not_is_refused(options, homeward):
    done = homeward("screen", WORKED_CASE, *options)
    assert (done.code, done.out) == (2, "")
    assert options[0] in done.err


@pytest.mark.parametrize(
    ("of", "against", "told"),
    [
        ("no samples", "families", "There are no samples to compare."),
        ("no samples", "samples", "There are no samples to compare."),
        ("one sample", "samples", "There is only one sample."),
        ("one sample", "kin", "There is only one sample."),
        ("no missing", "families", "No family has a missing person."),
        ("no staff", "staff", "There are no elimination profiles."),
    ],
)
def test_a_case_with_nothing_to_compare_is_refused(of, against, told, monkeypatch, homeward):
    whole = read_case(WORKED_CASE)
    changed: dict[str, Case] = {
        "no samples": replace(whole, samples=choose_profiles(whole.samples, np.empty(0, np.intp)), sample_members=()),
        "one sample": replace(
            whole, samples=choose_profiles(whole.samples, np.array([0])), sample_members=whole.sample_members[:1]
        ),
        "no missing": replace(whole, families=tuple(replace(family, missing=()) for family in whole.families)),
        "no staff": whole,
    }
    monkeypatch.setattr(screening, "read_content", lambda *arguments: changed[of])
    done = homeward("screen", WORKED_CASE, "--against", against)
    assert (done.code, done.out) == (2, "")
    assert told in done.err
    assert "Worked case (synthetic)" in done.err


def test_a_cluster_that_cannot_do_the_work_is_told_in_plain_words(homeward, monkeypatch, tmp_path):
    def fail(*_arguments, **_options):
        raise ClusterError("One block of work ended several workers.")

    monkeypatch.setattr("homeward.identification.screen.screen", fail)
    out = tmp_path / "result.parquet"
    done = homeward("screen", WORKED_CASE, "--out", out)
    assert (done.code, done.out, done.err) == (3, "", "One block of work ended several workers.\n")
    assert not out.exists()


# Options that must not change the result


def test_tables_that_are_kept_change_nothing(homeward, tmp_path):
    plain = homeward("screen", WORKED_CASE, "--json").out
    tables = tmp_path / "tables.sqlite"
    for _ in range(2):
        assert homeward("screen", WORKED_CASE, "--json", "--tables", tables).out == plain
    assert tables.exists()


def test_workers_in_other_folders_find_the_same_tables(homeward, tmp_path, monkeypatch):
    opened = []

    def noted(path: Path) -> TableStore:
        opened.append(path)
        return TableStore(path)

    monkeypatch.setattr("homeward.genetics.screening.store.TableStore", noted)
    monkeypatch.chdir(tmp_path)
    assert homeward("screen", WORKED_CASE, "--tables", "tables.sqlite").code == 0
    assert opened == [tmp_path / "tables.sqlite"]


def test_a_file_that_holds_no_tables_is_refused(homeward, tmp_path):
    tables = tmp_path / "letter.txt"
    tables.write_text("Dear Sir or Madam, " * 100)
    done = homeward("screen", WORKED_CASE, "--tables", tables, "--out", tmp_path / "result.parquet")
    assert (done.code, done.out) == (2, "")
    assert "The kept tables cannot be used" in done.err
    assert not (tmp_path / "result.parquet").exists()


def test_the_command_explains_itself(homeward):
    done = homeward("screen", "--help")
    assert done.code == 0
    for option in ("--against", "--top", "--min-log10-lr", "--out", "--tables", "--device", "--dask", "--min-loci"):
        assert option in done.out
