"""The command that makes a synthetic case: what it writes, prints and refuses."""

import csv
import json

import numpy as np
import pytest

from homeward import __version__
from homeward.core.errors import InputError, Problem
from homeward.formats import case_folder_writer
from homeward.formats.reading import read_case
from homeward.genetics.simulation.options import SimulationOptions
from homeward.genetics.simulation.simulated_case import simulate_case
from tests.unit.cli.documentation import documented

SIZE = ("--missing", 30, "--samples", 20)


def files(folder):
    return {path.relative_to(folder): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_case_folder_reads_back_as_the_case_that_was_simulated(homeward, tmp_path):
    done = homeward("simulate", tmp_path / "case", *SIZE, "--population", "US Asian")
    assert (done.code, done.err) == (0, "")
    assert "30 missing persons in" in done.out
    assert "case-truth.csv" in done.out
    made = simulate_case(SimulationOptions(missing=30, samples=20, population="US Asian")).case
    read = read_case(tmp_path / "case")
    assert read.synthetic
    assert (read.title, read.description, read.source) == (made.title, made.description, made.source)
    assert read.missing_ids == made.missing_ids
    assert read.panel.names == made.panel.names
    for one, other in zip(read.panel.loci, made.panel.loci, strict=True):
        assert (one.alleles, one.female_mutation, one.male_mutation) == (
            other.alleles,
            other.female_mutation,
            other.male_mutation,
        )
        assert np.array_equal(one.frequencies, other.frequencies)
    pairs = [(read.samples, made.samples)]
    for one, other in zip(read.families, made.families, strict=True):
        assert np.array_equal(one.pedigree.parents, other.pedigree.parents)
        pairs.append((one.profiles, other.profiles))
    for one, other in pairs:
        assert one.ids == other.ids
        assert np.array_equal(one.sex, other.sex)
        assert np.array_equal(one.alleles, other.alleles)
        assert np.array_equal(one.dropout, other.dropout)


def test_the_truth_has_a_line_for_each_sample_and_for_each_missing_person_of_whom_there_is_none(homeward, tmp_path):
    homeward("simulate", tmp_path / "case", *SIZE)
    case, truth = read_case(tmp_path / "case"), rows(tmp_path / "case-truth.csv")
    samples, unfound = [row for row in truth if row["sample"]], [row for row in truth if not row["sample"]]
    assert tuple(row["sample"] for row in samples) == case.samples.ids
    assert sum(not row["missing"] for row in samples) == 4
    assert {row["missing"] for row in truth if row["missing"]} == set(case.missing_ids)
    assert not {row["missing"] for row in unfound} & {row["missing"] for row in samples}
    family_of = {person.id: family.id for family in case.families for person in family.missing}
    for row in truth:
        assert row["family"] == family_of.get(row["missing"], "")
        assert bool(row["structure"]) == bool(row["n_donors"]) == bool(row["missing"])
        assert row["person"] == row["missing"] or row["person"].startswith("X")
    for row in samples:
        position = case.samples.position(row["sample"])
        assert int(row["n_loci"]) == case.samples.typed[position].sum()
        assert (row["degraded"] == "yes") == bool(case.samples.dropout[position].any())
    assert {value for row in unfound for value in (row["degraded"], row["n_loci"], row["n_dropped"])} == {""}


def test_the_same_seed_writes_the_same_files_byte_for_byte(homeward, tmp_path):
    for name, seed in (("one", 5), ("two", 5), ("three", 6)):
        (tmp_path / name).mkdir()
        homeward("simulate", tmp_path / name / "case", *SIZE, "--seed", seed)
    one, two, three = (files(tmp_path / name) for name in ("one", "two", "three"))
    assert len(one) == 7
    assert one == two
    assert one != three


def test_json_prints_one_object_with_exactly_the_documented_keys(homeward, tmp_path):
    truth = tmp_path / "known.csv"
    done = homeward("simulate", tmp_path / "case", *SIZE, "--truth", truth, "--json")
    document = json.loads(done.out)
    assert set(document) == documented("## `homeward simulate`")
    assert document["homeward"] == __version__
    assert (document["missing"], document["samples"], document["loci"]) == (30, 20, 24)
    assert (document["written"], document["truth"]) == (str(tmp_path / "case"), str(truth))
    assert truth.exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["case", "known.csv"]


def test_all_problems_are_told_at_once_and_nothing_is_written(homeward, tmp_path):
    (tmp_path / "case").mkdir()
    (tmp_path / "case" / "note.txt").write_text("mine")
    (tmp_path / "truth.csv").write_text("mine")
    before = files(tmp_path)
    done = homeward(
        *("simulate", tmp_path / "case", "--missing", 0, "--samples", 10, "--mutation", "sometimes"),
        *("--degraded", 1.5, "--truth", tmp_path / "truth.csv"),
    )
    assert (done.code, done.out) == (2, "")
    assert "5 problems; nothing was written." in done.err
    for told in ("--missing", "Write one of: none, stepwise.", "1.5 is outside [0, 1].", "case\n", "truth.csv\n"):
        assert told in done.err
    assert files(tmp_path) == before


@pytest.mark.parametrize(
    ("out", "truth", "told"),
    [
        ("case", "case/truth.csv", "inside the case folder"),
        ("nowhere/case", "truth.csv", "There is no such folder"),
        ("case", "nowhere/truth.csv", "There is no such folder"),
    ],
)
def test_a_place_that_cannot_be_used_is_refused_before_anything_is_computed(
    homeward, tmp_path, monkeypatch, out, truth, told
):
    monkeypatch.chdir(tmp_path)
    done = homeward("simulate", out, "--missing", 1_000_000, "--samples", 1, "--truth", truth)
    assert done.code == 2
    assert told in done.err
    assert not list(tmp_path.iterdir())


def test_neither_file_is_left_if_the_other_cannot_be_written(homeward, tmp_path, monkeypatch):
    def full(case, folder, *, parquet):
        raise InputError(Problem("Nothing could be written here: No space left.", str(folder), "Make room."))

    monkeypatch.setattr(case_folder_writer, "write_case_folder", full)
    done = homeward("simulate", tmp_path / "case", *SIZE)
    assert done.code == 2
    assert "No space left" in done.err
    assert not list(tmp_path.iterdir())


def test_the_tables_can_be_parquet(homeward, tmp_path):
    arguments = ["--missing", "12", "--samples", "10"]
    homeward("simulate", tmp_path / "csv", *arguments)
    homeward("simulate", tmp_path / "parquet", *arguments, "--parquet")
    assert {path.suffix for path in (tmp_path / "parquet").iterdir()} == {".parquet", ".toml"}
    in_csv, in_parquet = (read_case(tmp_path / name) for name in ("csv", "parquet"))
    assert (in_csv.samples.alleles == in_parquet.samples.alleles).all()
    assert in_csv.missing_ids == in_parquet.missing_ids
