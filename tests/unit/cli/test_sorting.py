"""The command that sorts bones: what it prints and writes, and what it refuses."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl
import pytest

from homeward.core.errors import InputError, Problem
from homeward.core.provenance import InputFile
from homeward.formats import osteometric
from homeward.osteology.specimens import Specimens
from tests.unit.cli.documentation import documented
from tests.unit.osteology.sorting.made_bones import made_people, made_reference

KEYS = ("a", "b", "method", "measurements", "n_reference", "statistic", "df", "p_value", "excluded", "log10_lr")


@dataclass(frozen=True)
class Measured:
    specimens: Specimens
    not_taken: dict[str, int]
    notes: tuple[str, ...]
    input: InputFile


@pytest.fixture(autouse=True)
def made_files(monkeypatch):
    """Readers that make bones up, so that these tests are about the command alone."""

    def read_specimens(path: Path) -> Measured:
        if path.name == "broken.csv":
            raise InputError(Problem("It has no column id.", str(path), "Add one."))
        bones = made_people(6, 1, missing=0.2)[1]
        return Measured(bones, {"zero": 2}, ("Units are millimetres.",), InputFile(path.name, "0" * 64, 10))

    def read_reference(paths: Sequence[Path]):
        if paths[0].name == "broken.ref":
            raise InputError(Problem("It has no column Side.", str(paths[0]), "Add one."))
        return made_reference(40, 2)

    monkeypatch.setattr(osteometric, "read_specimens", read_specimens)
    monkeypatch.setattr(osteometric, "read_reference", read_reference)


def sorted_bones(homeward, *arguments):
    done = homeward("sort", "bones.csv", "--reference", "people.ref", "--json", *arguments)
    assert (done.code, done.err) == (0, "")
    return json.loads(done.out)


def test_every_key_of_the_result_is_documented(homeward):
    result = sorted_bones(homeward)
    assert set(result) == documented("## `homeward sort`")
    assert set(result["pairs"][0]) == documented("## `homeward sort`", "### `pairs` of bones")
    assert set(KEYS) <= set(result["pairs"][0])
    assert set(result["set_aside"][0]) == documented("## `homeward sort`", "### `set_aside` of bones")
    assert set(result["comparisons"][0]) == documented("## `homeward sort`", "### `comparisons`")
    explained = sorted_bones(homeward, "--pair", "P1:humerus:left", "P1:humerus:right")
    further = documented("## `homeward sort`", "### A pair explained")
    assert set(explained["pairs"][0]) == set(result["pairs"][0]) | further


def test_methods_and_thresholds_are_chosen_and_printed_with_the_result(homeward):
    result = sorted_bones(homeward, "--method", "pair", "--alpha", "0.05", "--absolute", "--keep", "not-excluded")
    assert {pair["method"] for pair in result["pairs"]} == {"pair"}
    assert not any(pair["excluded"] for pair in result["pairs"])
    assert all(pair["p_value"] > 0.05 for pair in result["pairs"])
    assert result["policy"]["alpha"] == 0.05
    assert result["policy"]["version"].endswith(", changed")
    assert sum(one["not_excluded"] for one in result["comparisons"]) == len(result["pairs"])


def test_an_f_has_two_degrees_of_freedom(homeward):
    pair = sorted_bones(homeward, "--method", "multivariate")["pairs"][0]
    assert pair["df"] == [len(pair["measurements"]), pair["n_reference"] - len(pair["measurements"])]


def test_a_report_explains_a_pair_with_a_plot(homeward, tmp_path):
    names = ("--pair", "P1:humerus:left", "P1:humerus:right")
    done = homeward("sort", "bones.csv", "--reference", "people.ref", *names, "--out", tmp_path / "out")
    assert done.code == 0
    assert "Cannot be excluded" in done.out
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert page.count("<svg") == 1
    assert "P1 (left humerus)" in page
    assert json.loads((tmp_path / "out" / "result.json").read_text(encoding="utf-8"))["pairs"]


@pytest.mark.parametrize("arguments", [(), ("--pair", "P1:humerus:left", "P2:ulna:left")])
def test_nothing_is_ever_called_a_match(homeward, tmp_path, arguments):
    done = homeward("sort", "bones.csv", "--reference", "people.ref", *arguments, "--out", tmp_path)
    assert "match" not in (done.out + (tmp_path / "report.html").read_text(encoding="utf-8")).lower()
    assert "annot be excluded" in done.out


def test_bones_left_out_of_the_reference_are_named_in_the_notes(homeward):
    result = sorted_bones(homeward, "--left-out", "P3:humerus:left")
    assert "Left out of the reference: P3:humerus:left." in result["case"]["notes"]
    assert "2 measurements were not taken: zero." in result["case"]["notes"]


def test_pairs_are_written_as_parquet_and_not_listed(homeward, tmp_path):
    listed = sorted_bones(homeward)
    result = sorted_bones(homeward, "--parquet", tmp_path / "pairs")
    assert result["pairs"] == []
    assert result["comparisons"] == listed["comparisons"]
    rows = pl.read_parquet(tmp_path / "pairs" / "*.parquet").to_dicts()
    for row in rows:
        row |= {"measurements": row["measurements"].split(), "df": int(row["df"])}
    assert rows == listed["pairs"]
    again = homeward("sort", "bones.csv", "--reference", "people.ref", "--parquet", tmp_path / "pairs")
    assert again.code == 2
    assert "There is something in this folder." in again.err


def test_all_problems_are_said_at_once(homeward):
    done = homeward("sort", "broken.csv", "--reference", "broken.ref", "--alpha", "2")
    assert done.code == 2
    assert "3 problems" in done.err


def test_bones_that_are_not_there_are_both_named(homeward):
    done = homeward("sort", "bones.csv", "--reference", "people.ref", "--pair", "X1", "P1")
    assert done.code == 2
    assert "There is no such specimen." in done.err
    assert "4 specimens have this id." in done.err
