"""The command that estimates stature: what it prints and writes, and what it refuses."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest

from homeward.core.errors import InputError, Problem
from homeward.core.provenance import InputFile
from homeward.formats import osteometric
from homeward.osteology.specimens import Side, Specimens
from tests.unit.cli.documentation import documented
from tests.unit.osteology.known_people import CODES, made_reference


@dataclass(frozen=True)
class Measured:
    specimens: Specimens
    not_taken: dict[str, int]
    notes: tuple[str, ...]
    input: InputFile
    extra: dict[str, tuple[str, ...]]


@pytest.fixture(autouse=True)
def made_files(monkeypatch):
    """Readers that make bones up, so that these tests are about the command alone."""

    def read_specimens(path: Path) -> Measured:
        if path.name == "broken.csv":
            raise InputError(Problem("It has no column id.", str(path), "Add one."))
        lengths = np.diag([465.0, 385.0, 333.0])
        bones = Specimens(
            ("1", "2", "3"),
            ("femur", "tibia", "humerus"),
            (Side.LEFT,) * 3,
            CODES,
            np.where(lengths > 0, lengths, np.nan),
        )
        extra = {"Individual": ("A", "A", "")}
        return Measured(bones, {"zero": 2, "blank": 0}, (), InputFile(path.name, "0" * 64, 10), extra)

    def read_reference(paths: Sequence[Path]):
        if paths[0].name == "broken.ref":
            raise InputError(Problem("It has no column Side.", str(paths[0]), "Add one."))
        if paths[0].name == "unknown.ref":
            return replace(made_reference(120, 2), stature_cm=np.full(360, np.nan), name="unknown.ref")
        return replace(made_reference(120, 2), name="<b>made</b>.ref")

    monkeypatch.setattr(osteometric, "read_specimens", read_specimens)
    monkeypatch.setattr(osteometric, "read_reference", read_reference)


REFERENCE = ("--reference", "people.ref")
EQUATIONS = ("--equations", "trotter-gleser-1958", "--group", "white", "--sex", "m")
RECORD = ("--recorded", "178", "--rounding", "inch", "--population", "173.5", "6.5")


def estimated(homeward, *arguments):
    done = homeward("stature", "bones.csv", *arguments, "--json")
    assert (done.code, done.err) == (0, "")
    return json.loads(done.out)


def test_every_key_of_the_result_is_documented(homeward):
    result = estimated(homeward, *EQUATIONS, *RECORD)
    heading = "## `homeward stature`"
    assert set(result) == documented(heading)
    assert set(result["estimates"][0]) == documented(heading, "### `estimates`")
    assert set(result["set_aside"][0]) == documented(heading, "### `set_aside` bones")
    assert set(result["recorded"]) == documented(heading, "### `recorded`")
    assert set(result["policy"]) == documented(heading, "### `policy` of stature")
    assert set(result["case"]) == documented(heading, "### `case` of stature")


def test_bones_of_one_individual_are_used_together(homeward):
    result = estimated(homeward, *REFERENCE)
    assert [one["subject"] for one in result["estimates"]] == ["A", "A", "A", "3 (left humerus)"]
    joint = result["estimates"][2]
    assert joint["preferred"]
    assert [one["length_mm"] for one in joint["measurements"]] == [465.0, 385.0]
    assert len(joint["coefficients"]) == 3
    assert result["case"]["notes"] == ["Not taken as measurements: 2 cells (zero)."]


def test_all_bones_may_be_of_one_person(homeward):
    result = estimated(homeward, *REFERENCE, "--together", "--form", "sum")
    assert {one["subject"] for one in result["estimates"]} == {"all bones"}
    assert len(result["estimates"][-1]["coefficients"]) == 2


def test_measurements_can_be_chosen(homeward):
    result = estimated(homeward, *REFERENCE, "--measurement", "Fem_01")
    assert [one["measurements"][0]["code"] for one in result["estimates"]] == ["Fem_01"]


def test_a_record_gives_an_lr_and_the_table_and_report_show_it(homeward, tmp_path):
    done = homeward("stature", "bones.csv", *REFERENCE, *RECORD, "--out", tmp_path / "new")
    assert done.code == 0
    page = (tmp_path / "new" / "report.html").read_text(encoding="utf-8")
    result = json.loads((tmp_path / "new" / "result.json").read_text(encoding="utf-8"))
    best = result["estimates"][2]
    assert f"{best['log10_lr']:.2f}" in done.out
    assert f"{best['stature_cm']:.1f}" in done.out
    assert f"{best['stature_cm']:.1f} cm, between" in page
    assert page.count("<svg") == 2
    assert "http" not in page.replace("http://www.w3.org/2000/svg", "")
    assert "<script" not in page
    assert "<b>made" not in page


def test_a_list_of_people_may_stand_for_the_population(homeward, tmp_path):
    path = tmp_path / "list.csv"
    path.write_text("stature_cm\n" + "\n".join(map(str, range(160, 191))), encoding="utf-8")
    result = estimated(homeward, *EQUATIONS, "--recorded", "178", "--list", str(path))
    assert result["recorded"]["population_people"] == 31
    assert result["estimates"][0]["log10_lr"] is not None


def test_a_trotter_tibia_is_refused_in_words(homeward):
    done = homeward("stature", "bones.csv", *EQUATIONS)
    assert "was measured without its malleolus" in done.out
    her_way = estimated(homeward, *EQUATIONS, "--tibia-without-malleolus")
    assert her_way["set_aside"] == []
    assert her_way["estimates"][2]["equation"] == "1.26 (Fem_01 + Tib_01) + 67.09 ± 3.74 cm"


def test_a_correction_for_age_is_chosen_and_said(homeward):
    plain, corrected = (
        estimated(homeward, *REFERENCE, "--age", "60", *choice) for choice in ((), ("--age-correction", "galloway"))
    )
    assert corrected["estimates"][0]["age_loss_cm"] == pytest.approx(2.4)
    assert plain["estimates"][0]["stature_cm"] - corrected["estimates"][0]["stature_cm"] == pytest.approx(2.4)
    assert plain["case"]["notes"][-1] == "Nothing is taken off for age: no correction was chosen."
    assert corrected["policy"]["age_correction"] == "galloway"


def test_every_problem_is_reported_at_once_and_nothing_is_written(homeward, tmp_path):
    done = homeward(
        "stature", "broken.csv", "--reference", "broken.ref", "--level", "2", "--age-correction", "galloway",
        "--recorded", "70", "--recorded-sd", "-1", "--out", tmp_path / "new",
    )  # fmt: skip
    assert done.code == 2
    for words in ("no column id", "no column Side", "0.5 to 0.9999", "needs the age", "70 is no stature", "sd of -1"):
        assert words in done.err
    assert "the people that the bones could be of otherwise" in done.err
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "either from a reference or by published equations"),
        ((*REFERENCE, *EQUATIONS), "either from a reference or by published equations"),
        (("--equations", "trotter-gleser-1952"), "black f, black m, white f, white m"),
        (("--equations", "fully"), "There are no equations 'fully'"),
        ((*EQUATIONS, "--measurement", "Fem_01"), "chosen for a reference only"),
        ((*REFERENCE, "--population", "173", "6"), "Without a stature on record"),
        ((*REFERENCE, "--recorded", "178", "--population", "173", "0"), "describe no population"),
    ],
)
def test_what_does_not_go_together_is_refused(homeward, arguments, words):
    done = homeward("stature", "bones.csv", *arguments)
    assert done.code == 2
    assert words in done.err


def test_a_reference_without_statures_is_refused(homeward):
    done = homeward("stature", "broken.csv", "--reference", "unknown.ref")
    assert (done.code, done.out) == (2, "")
    assert "It has no column id." in done.err
    assert "unknown.ref" in done.err
    assert "Nobody in this reference has a stature." in done.err


def test_the_table_says_of_how_many_people_there_is_an_estimate(homeward):
    done = homeward("stature", "bones.csv", *REFERENCE, "--measurement", "Fem_01")
    assert "Stature of 1 person of 2" in done.out  # bones 1 and 2 are of one individual
