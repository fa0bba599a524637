"""Several populations and inbred founders in a case folder."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from tests.unit.formats.case_texts import KINSHIP, assert_same_case, what_went_wrong, write_texts

from homeward.core.errors import InputError
from homeward.formats.case_folder_reader import read_case_folder
from homeward.formats.case_folder_writer import write_case_folder
from homeward.formats.familias_writer import write_familias
from homeward.formats.frequency_rules import FrequencyPolicy, MinimumRule
from homeward.genetics.case import Case

FREQUENCIES = """locus,allele,frequency,population
L1,9,0.4,Inland
L1,10,0.6,Inland
L1,10,0.3,Islands
L1,9,0.5,Islands
L1,11,0.2,Islands
"""
TEXTS: Mapping[str, str] = {
    "case.toml": 'title = "Two"\nkind = "kinship"\n[populations]\nreference = "Islands"\ntheta = { Inland = 0.01 }\n',
    "frequencies.csv": FREQUENCIES,
    "people.csv": "family,person,father,sex,inbreeding\nFather,Man,,m,0.125\nFather,Child,Man,f,\n"
    "Unrelated,Man,,m,0.125\nUnrelated,Child,,f,\n",
    "profiles.csv": "owner,locus,allele1,allele2\nMan,L1,9,10\nChild,L1,10,10\n",
}
Read = Callable[..., Case]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def read_texts(changes: Mapping[str, str] | None = None, policy: FrequencyPolicy | None = None) -> Case:
        folder = write_texts(tmp_path / "case", TEXTS, changes)
        return read_case_folder(folder, frequencies=policy or FrequencyPolicy())

    return read_texts


@pytest.fixture
def refuse(read: Read) -> Callable[..., str]:
    def problems(changes: Mapping[str, str]) -> str:
        with pytest.raises(InputError) as caught:
            read(changes)
        return what_went_wrong(caught.value)

    return problems


def test_the_reference_comes_first_and_is_the_panel_of_the_case(read: Read) -> None:
    case = read()
    assert [(one.name, one.panel.theta) for one in case.populations] == [("Islands", 0.0), ("Inland", 0.01)]
    assert (case.population, case.panel.database) == ("Islands", "Islands")
    assert case.panel.loci[0].alleles == ("10", "9", "11")
    assert case.populations[1].panel.loci[0].alleles == ("9", "10")
    assert "Frequencies of 2 populations" in case.notes[-1]


def test_an_allele_that_one_population_lacks_gets_the_minimum_of_that_population(read: Read) -> None:
    changes = {
        "profiles.csv": TEXTS["profiles.csv"].replace("Child,L1,10,10", "Child,L1,10,11"),
        "case.toml": TEXTS["case.toml"] + "database_size = { Inland = 95, Islands = 1000 }\n",
    }
    case = read(changes, FrequencyPolicy(MinimumRule.FIVE_COPIES))
    assert case.panel.loci[0].frequencies.tolist() == [0.3, 0.5, 0.2]
    inland = case.populations[1].panel.loci[0]
    assert inland.alleles == ("9", "10", "11")
    assert inland.frequencies[2] == pytest.approx((5 / 95) / (1 + 5 / 95))
    assert any(note.startswith("Population Inland: Locus L1: allele 11 had no frequency") for note in case.notes)


def test_without_a_rule_it_is_refused_with_the_name_of_the_population(refuse: Callable[..., str]) -> None:
    changes = {"profiles.csv": TEXTS["profiles.csv"].replace("Child,L1,10,10", "Child,L1,10,11")}
    assert "Population Inland: Allele 11 has no frequency at locus L1." in refuse(changes)


def test_a_written_case_reads_the_same(read: Read, tmp_path: Path) -> None:
    case = read()
    write_case_folder(case, tmp_path / "out")
    again = read_case_folder(tmp_path / "out")
    assert_same_case(case, again)
    assert [one.name for one in again.populations] == [one.name for one in case.populations]
    for one, other in zip(case.populations, again.populations, strict=True):
        assert one.panel.theta == other.panel.theta
        assert one.panel.loci[0].frequencies.tolist() == other.panel.loci[0].frequencies.tolist()
    assert [h.pedigree.founder_inbreeding.tolist() for h in again.hypotheses] == [[0.125, 0.0, 0.0], [0.125, 0.0]]


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("frequencies.csv", "L1,9,0.4,Inland", "L1,9,0.4,", "1 lines name no population"),
        (
            "frequencies.csv",
            "L1,11,0.2,Islands",
            "L1,11,0.2,Islands\nL2,8,1,Islands",
            "Inland has no frequencies of L2",
        ),
        ("case.toml", '"Islands"', '"Iceland"', "There is no population 'Iceland'"),
        ("case.toml", "Inland = 0.01", "Inland = 1.5", "Theta 1.5 is not a number in [0, 1)"),
        ("case.toml", "{ Inland = 0.01 }", "0.01", "The theta is not given by population."),
        ("case.toml", "reference", "refrence", "'refrence' of populations is not known"),
        ("case.toml", 'title = "Two"', 'database = "One"', "one database ('One') but several populations"),
        ("people.csv", "Father,Man,,m,0.125", "Father,Man,,m,1.5", "inbreeding coefficient 1.5 is outside [0, 1]"),
        ("people.csv", "Father,Child,Man,f,", "Father,Child,Man,f,0.1", "'Child' has a parent in the pedigree"),
        ("people.csv", "Father,Man,,m,0.125", "Father,Man,,m,much", "The inbreeding 'much' is not a number"),
    ],
)
def test_what_does_not_fit_is_named(refuse: Callable[..., str], file: str, old: str, new: str, said: str) -> None:
    assert said in refuse({file: TEXTS[file].replace(old, new)})


def test_settings_of_populations_need_populations(tmp_path: Path) -> None:
    texts = KINSHIP | {"case.toml": KINSHIP["case.toml"] + '\n[populations]\nreference = "A"\n'}
    with pytest.raises(InputError, match="has no population in any line"):
        read_case_folder(write_texts(tmp_path / "case", texts))


def test_a_familias_file_takes_neither_populations_nor_inbreeding(read: Read, tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        write_familias(read(), tmp_path / "out.fam")
    said = what_went_wrong(caught.value)
    assert "one population, not several (Islands, Inland)" in said
    assert "inbreeding of founders (Man)" in said
