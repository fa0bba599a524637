"""The command that says whether a family is informative: what it prints, what it writes, what it refuses."""

from __future__ import annotations

import json
import re

import pytest

from tests.unit.cli.documentation import documented
from tests.unit.formats.case_texts import FOLDER, KINSHIP, write_texts

FEW = ("--simulations", 300)


@pytest.fixture
def toy(tmp_path):
    return write_texts(tmp_path / "toy", FOLDER)


@pytest.fixture
def paternity(tmp_path):
    return write_texts(tmp_path / "paternity", KINSHIP)


def test_power_prints_one_json_object_with_exactly_the_documented_keys(homeward, toy, paternity):
    of_family = json.loads(homeward("power", toy, *FEW, "--json").out)
    of_pedigrees = json.loads(homeward("power", paternity, *FEW, "--json").out)
    command = "## `homeward power`"
    assert set(of_family) == set(of_pedigrees) == documented(command)
    assert set(of_family["settings"]) == documented(command, "### `settings` of power")
    (missing,) = of_family["missing"]
    assert set(missing) == documented(command, "### `missing` of power")
    figures = documented(command, "### Figures of power")
    assert set(missing["present"]) == figures
    assert set(missing["next"][0]) == figures | {"relatives"}
    assert set(of_pedigrees["comparison"]) == figures | documented(command, "### `comparison` of power")
    assert set(missing["present"]["loci"][0]) == documented(command, "### `loci` of power")


def test_every_untyped_relative_is_tried_and_the_most_informative_comes_first(homeward, toy):
    (missing,) = json.loads(homeward("power", toy, *FEW, "--json").out)["missing"]
    assert missing["typed"] == ["Son"]
    assert [of["relatives"] for of in missing["next"]] == [["Wife"], ["Aunt"]]
    wife, aunt = missing["next"]
    assert wife["expected_log10_lr"] > missing["present"]["expected_log10_lr"]
    # Nobody in this family is joined to the aunt.
    assert aunt["expected_log10_lr"] == pytest.approx(missing["present"]["expected_log10_lr"])


def test_several_named_relatives_are_also_worked_out_together(homeward, toy):
    done = homeward("power", toy, *FEW, "--next", "Wife", "--next", "Aunt", "--json")
    (missing,) = json.loads(done.out)["missing"]
    assert ["Wife", "Aunt"] in [of["relatives"] for of in missing["next"]]


def test_the_same_seed_gives_the_same_object(homeward, toy):
    first, second, other = (homeward("power", toy, *FEW, "--json", "--seed", seed).out for seed in (3, 3, 4))
    assert first == second != other


def test_power_prints_tables_and_advice(homeward, toy, paternity):
    done = homeward("power", toy, *FEW)
    assert done.code == 0
    assert "Lost of family F1; typed: Son" in done.out
    assert "Sample Wife next" in done.out
    assert "Most probable genotypes of Lost" in done.out
    assert "If Father is true" in homeward("power", paternity, *FEW).out


def test_a_stranger_of_the_same_subpopulation_is_harder_to_tell_apart(homeward, toy):
    plain, related = (json.loads(homeward("power", toy, *FEW, "--theta", t, "--json").out) for t in (0, 0.1))
    assert (plain["theta"], related["theta"], related["population"]) == (0, 0.1, None)
    expected = [of["missing"][0]["present"]["expected_log10_lr"] for of in (plain, related)]
    assert expected[0] > expected[1] > 0


def test_out_writes_a_page_that_loads_nothing_and_the_json_object(homeward, toy, paternity, tmp_path):
    for case in (toy, paternity):
        done = homeward("power", case, *FEW, "--out", tmp_path / "out")
        assert "Written" in done.out
        page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
        assert page.count("<h1>") == 1
        assert not re.search(r"<script|\bstyle=|\bon\w+=|src=|@import|url\((?!#)", page)
        assert page.count("<svg") > 2
        assert json.loads((tmp_path / "out" / "result.json").read_text(encoding="utf-8"))["settings"]["seed"] == 1


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--missing", "Nobody"), "no missing person 'Nobody'"),
        (("--next", "Nobody"), "'Nobody' is in none of the families"),
        (("--next", "Son"), "typed at every locus already"),
        (("--next", "Lost"), "missing and cannot be sampled"),
        (("--typed", "Wife"), "--typed says nothing to a case that compares no pedigrees"),
        (("--dropout", 1), "outside [0, 1)"),
        (("--threshold", "inf"), "no number that a log10 LR can reach"),
    ],
)
def test_what_cannot_be_is_refused_with_a_remedy(homeward, toy, options, said):
    done = homeward("power", toy, *FEW, *options)
    assert done.code == 2
    assert said in done.err
    assert "Remedy" in done.err


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--missing", "Man"), "--missing says nothing to a case that compares pedigrees"),
        (("--typed", "Nobody"), "'Nobody' is not in the pedigree Father"),
    ],
)
def test_a_comparison_refuses_what_is_not_its_own(homeward, paternity, options, said):
    done = homeward("power", paternity, *FEW, *options)
    assert (done.code, said in done.err) == (2, True)


def test_a_family_that_contradicts_itself_is_left_out_with_a_note_or_refused_by_name(homeward, tmp_path):
    people = FOLDER["people.csv"] + "F2,Boy,Gone,Mum,male,reference\nF2,Gone,,,,missing\nF2,Mum,,,female,reference\n"
    profiles = FOLDER["profiles.csv"] + "Boy,L1,9,9\nBoy,L2,5,5\nMum,L1,10,10\nMum,L2,5,5\n"
    loci = "locus,chromosome,mutation_model,mutation_rate\nL1,3,none,\nL2,,none,\n"
    texts = FOLDER | {"people.csv": people, "profiles.csv": profiles, "loci.csv": loci}
    case = write_texts(tmp_path / "case", texts)
    done = homeward("power", case, *FEW)
    assert done.code == 0
    assert "Gone is left out: The profiles that are there are impossible at L1" in done.out
    assert homeward("power", case, *FEW, "--missing", "Gone").code == 2
