from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from tests.unit.formats.case_texts import DVI, FOLDER, KINSHIP, assert_same_case, what_went_wrong, write_texts

from homeward.core.errors import InputError
from homeward.formats.case_folder_reader import read_case_folder
from homeward.formats.case_folder_writer import write_case_folder
from homeward.formats.familias_reader import read_familias
from homeward.formats.familias_writer import write_familias
from homeward.genetics.case import Case
from homeward.genetics.pedigree import Sex
from homeward.genetics.profiles import make_profiles
from homeward.identification.resolve import resolve

STAFF = {
    "people.csv": FOLDER["people.csv"] + ",Analyst 1,,,f,elimination\n,Driver,,,,Elimination\n",
    "profiles.csv": FOLDER["profiles.csv"].replace("allele2\n", "allele2,family,dropout\n")
    + "Analyst 1,L1,10,9,,\nAnalyst 1,L2,5,5,,\nDriver,L1,9,9.3,,0.1\n",
}


def with_lines(people: str = "", profiles: str = "") -> dict[str, str]:
    return {"people.csv": STAFF["people.csv"] + people, "profiles.csv": STAFF["profiles.csv"] + profiles}


def read(folder: Path, changes: Mapping[str, str], texts: Mapping[str, str] = FOLDER) -> Case:
    return read_case_folder(write_texts(folder / "case", texts, changes))


def problems(folder: Path, changes: Mapping[str, str], texts: Mapping[str, str] = FOLDER) -> str:
    with pytest.raises(InputError) as caught:
        read(folder, changes, texts)
    return what_went_wrong(caught.value)


def test_elimination_profiles_are_read_in_file_order_and_belong_to_no_family(tmp_path: Path) -> None:
    case = read(tmp_path, STAFF)
    assert case.elimination.ids == ("Analyst 1", "Driver")
    assert case.elimination.sex.tolist() == [Sex.FEMALE, Sex.UNKNOWN]
    assert case.elimination.genotype(0, 0, case.panel) == ("9", "10")
    assert case.elimination.genotype(1, 1, case.panel) is None
    assert case.elimination.dropout.tolist() == [[0, 0], [0.1, 0]]
    assert [family.id for family in case.families] == ["F1"]
    assert case.samples.ids == ("S1", "S2")


def test_a_case_without_elimination_profiles_has_an_empty_table_of_them(tmp_path: Path) -> None:
    case = read(tmp_path, {})
    assert case.elimination.alleles.shape == (0, 2, 2)
    assert replace(case, elimination=make_profiles((), 0)).elimination.dropout.shape == (0, 2)


def test_elimination_profiles_take_no_part_in_an_identification(tmp_path: Path) -> None:
    changes = {"case.toml": FOLDER["case.toml"] + "[options]\nmin_loci = 1\n"}
    without = resolve(read(tmp_path, changes))
    with_staff = resolve(read(tmp_path, STAFF | changes))
    assert np.array_equal(without.pairwise.log10_lr, with_staff.pairwise.log10_lr)


def test_elimination_profiles_come_out_as_they_went_in(tmp_path: Path) -> None:
    case = read(tmp_path, STAFF)
    write_case_folder(case, tmp_path / "out")
    assert_same_case(read_case_folder(tmp_path / "out"), case)
    assert ",Analyst 1,,,female,elimination\n" in (tmp_path / "out" / "people.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("people", "profiles", "said"),
    [
        (",Cook,,,,elimination\n", "", "people.csv line 8, person Cook: 'Cook' has the role elimination but is typed"),
        (",S1,,,,elimination\n", "", "people.csv line 8, person S1: 'S1' is an elimination profile and a sample"),
        (",Son,,,,elimination\n", "", "people.csv line 8, person Son: 'Son' is an elimination profile and a person"),
        (",Driver,,,,elimination\n", "", "line 8, person Driver: 'Driver' is listed twice"),
        ("F1,Cook,,,,elimination\n", "", "'Cook' gave an elimination profile, but the family is 'F1'"),
        (",Cook,Wife,Lost,,elimination\n", "", "'Cook' gave an elimination profile, but the mother is 'Lost'"),
        (",Cook,,,man,elimination\n", "", "The sex 'man' is not known"),
        (",,,,f,elimination\n", "", "line 8: The person is blank"),
        (",Cook,,,f,staff\n", "", "line 8: The family is blank"),
        (",Cook,,,f,staff\n", "", "line 8, person Cook: The role 'staff' is not known"),
        ("F1,Cook,,,f,staff\n", "", "Write reference, missing, none or elimination."),
        ("", "Driver,L1,9,9,,\n", "line 10, Driver, locus L1: Driver has a second line for locus L1"),
        ("", "Driver,L1,9,9,F1,\n", "line 10, owner Driver: 'Driver' is not in family 'F1'"),
        ("", "Driver,L2,5,77,,\n", "line 10, Driver, locus L2: Allele 77 has no frequency"),
    ],
)
def test_an_elimination_profile_that_cannot_be_used_is_refused(
    tmp_path: Path, people: str, profiles: str, said: str
) -> None:
    assert said in problems(tmp_path, with_lines(people, profiles))


def test_an_elimination_profile_named_as_a_remains_group_is_refused(tmp_path: Path) -> None:
    changes = with_lines() | {"samples.csv": "sample,remains_group\nS1,Driver\nS2,\n"}
    assert "'Driver' is an elimination profile and a sample or remains group" in problems(tmp_path, changes)


def test_a_kinship_case_takes_no_elimination_profiles(tmp_path: Path) -> None:
    changes = {
        "people.csv": KINSHIP["people.csv"].replace("sex\n", "sex,role\n") + ",X,,,,elimination\n",
        "profiles.csv": KINSHIP["profiles.csv"] + "X,L1,9,9\n",
    }
    assert "people.csv line 6, person X: There are no samples to compare" in problems(tmp_path, changes, KINSHIP)


def test_a_familias_file_is_refused_for_a_case_with_elimination_profiles(tmp_path: Path) -> None:
    (tmp_path / "a.fam").write_text(DVI, encoding="utf-8")
    case = read_familias(tmp_path / "a.fam")
    staff = make_profiles(("Driver", "Cook"), len(case.panel))
    with pytest.raises(InputError, match=r"elimination profiles \(Driver, Cook\)"):
        write_familias(replace(case, elimination=staff), tmp_path / "b.fam")
    assert not (tmp_path / "b.fam").exists()


def test_elimination_profiles_that_could_not_be_read_again_are_not_written(tmp_path: Path) -> None:
    case = read(tmp_path, {})
    staff = make_profiles(("Cook", "Son", "S2"), len(case.panel))
    with pytest.raises(InputError) as caught:
        write_case_folder(replace(case, elimination=staff), tmp_path / "out")
    said = what_went_wrong(caught.value)
    assert "elimination profile Cook: The profile is empty." in said
    assert "'Son' is an elimination profile and a person in a family" in said
    assert "'S2' is an elimination profile and a sample" in said
