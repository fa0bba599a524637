"""The worked case: made again byte for byte, and resolved without contradicting the truth."""

from __future__ import annotations

import csv
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from homeward.examples import WORKED_CASE
from homeward.formats.reading import read_case
from homeward.identification.resolve import resolve
from homeward.identification.results import Resolution, Verdict

ROOT = Path(__file__).parent.parent
TRUTH = ROOT / "tests" / "golden" / "worked_case" / "truth.csv"


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def typed_loci() -> Counter[str]:
    return Counter(row["owner"] for row in table(WORKED_CASE / "profiles.csv"))


@pytest.fixture(scope="module")
def resolution() -> Resolution:
    return resolve(read_case(WORKED_CASE))


def about_missing(resolution: Resolution, missing: str) -> tuple[Verdict, str | None]:
    (conclusion,) = [c for c in resolution.conclusions if c.about == "missing" and c.missing == missing]
    return conclusion.verdict, conclusion.sample


def test_the_program_that_made_the_case_makes_it_again_byte_for_byte(tmp_path):
    maker = ROOT / "tools" / "worked_case" / "make.py"
    subprocess.run([sys.executable, maker, tmp_path / "case", tmp_path / "truth.csv"], check=True)
    made = {path.name: path.read_bytes() for path in (tmp_path / "case").iterdir()}
    assert made == {path.name: path.read_bytes() for path in WORKED_CASE.iterdir()}
    assert (tmp_path / "truth.csv").read_bytes() == TRUTH.read_bytes()


def test_the_frequencies_of_every_locus_sum_to_one():
    totals: Counter[str] = Counter()
    for row in table(WORKED_CASE / "frequencies.csv"):
        totals[row["locus"]] += float(row["frequency"])
    assert len(totals) == 22
    assert all(total == pytest.approx(1.0, abs=1e-14) for total in totals.values())


def test_the_degraded_sample_shows_a_heterozygote_as_homozygote(typed_loci):
    lost = [(row["sample"], row["loci_with_dropout"]) for row in table(TRUTH) if row["loci_with_dropout"]]
    assert lost == [("R-02", "D19S433")]
    assert typed_loci["R-02"] <= 13
    (seen,) = [
        row for row in table(WORKED_CASE / "profiles.csv") if (row["owner"], row["locus"]) == ("R-02", "D19S433")
    ]
    assert seen["allele1"] == seen["allele2"]


def test_the_case_folder_does_not_tell_the_truth():
    people = {row["person"] for row in table(WORKED_CASE / "people.csv")}
    for row in table(WORKED_CASE / "samples.csv"):
        assert people.isdisjoint(row.values())


def test_the_brothers_cannot_be_told_apart(resolution):
    symmetric = [c for c in resolution.conclusions if c.verdict is Verdict.SYMMETRIC]
    assert {c.sample if c.about == "sample" else c.missing for c in symmetric} == {"R-01", "R-05", "A-3", "A-4"}
    assert {(c.symmetric_samples, c.symmetric_missing) for c in symmetric} == {(("R-01", "R-05"), ("A-3", "A-4"))}


def test_the_father_is_identified_from_a_degraded_sample(resolution):
    assert about_missing(resolution, "B-1") == (Verdict.IDENTIFIED, "R-02")


def test_nephews_and_nieces_alone_leave_it_at_probable(resolution):
    assert about_missing(resolution, "C-3") == (Verdict.PROBABLE, "R-06")


def test_the_son_of_cousins_is_identified_from_two_samples_of_one_set_of_remains(resolution):
    verdict, sample = about_missing(resolution, "D-11")
    assert verdict is Verdict.IDENTIFIED
    row = resolution.case.samples.position(str(sample))
    assert resolution.case.sample_members[row] == ("R-03", "R-07")


def test_a_wife_alone_tells_nothing(resolution):
    assert about_missing(resolution, "E-1") == (Verdict.NOT_INFORMATIVE, None)


def test_nobody_is_named_for_the_remains_of_a_stranger(resolution):
    (conclusion,) = [c for c in resolution.conclusions if c.about == "sample" and c.sample == "R-04"]
    assert conclusion.verdict not in {Verdict.IDENTIFIED, Verdict.PROBABLE, Verdict.SYMMETRIC}
    assert conclusion.missing is None


def test_no_conclusion_contradicts_the_truth(resolution):
    truth = {row["sample"]: row["person"] for row in table(TRUTH)}
    members = dict(zip(resolution.case.samples.ids, resolution.case.sample_members, strict=True))
    named = [c for c in resolution.conclusions if c.sample is not None and c.missing is not None]
    assert {(sample, c.missing) for c in named for sample in members[c.sample]} <= set(truth.items())
