"""What tired people and spreadsheets do to files: each is accepted unchanged in meaning, or refused in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from tests.unit.formats.case_texts import DVI, FOLDER, what_went_wrong, write_texts

from homeward.core.errors import InputError
from homeward.formats.case_folder_writer import write_case_folder
from homeward.formats.frequency_rules import STRICT, FrequencyPolicy
from homeward.formats.reading import read_case

Refuse = Callable[..., str]
DENIED = PermissionError(13, "Permission denied")


@pytest.fixture
def refuse(tmp_path: Path) -> Refuse:
    def problems(changes: Mapping[str, str], frequencies: FrequencyPolicy = STRICT) -> str:
        with pytest.raises(InputError) as caught:
            read_case(write_texts(tmp_path / "case", FOLDER, changes), frequencies=frequencies)
        return what_went_wrong(caught.value)

    return problems


def with_allele(allele: str) -> dict[str, str]:
    return {"profiles.csv": FOLDER["profiles.csv"] + f'Wife,L1,9,"{allele}"\n'}


@pytest.mark.parametrize("blanks", [",,", ", ,\u00a0"])
def test_blank_columns_at_the_end_are_passed_over(tmp_path: Path, blanks: str) -> None:
    text = "".join(f"{line}{blanks}\n" for line in FOLDER["profiles.csv"].splitlines())
    case = read_case(write_texts(tmp_path / "case", FOLDER, {"profiles.csv": text}))
    assert case.samples.ids == ("S1", "S2")


def test_a_column_without_a_name_is_refused_by_its_number(refuse: Refuse) -> None:
    assert "Column 2 has no name" in refuse({"samples.csv": "sample,,sex\nS1,,male\n"})


@pytest.mark.parametrize("allele", ["OL", "X", "<9", ">30", "0", "-9", "9.0", "09", "9.33", "9. Mar"])
def test_the_minimum_frequency_is_not_given_to_what_is_no_repeat_number(refuse: Refuse, allele: str) -> None:
    problems = refuse(with_allele(allele), FrequencyPolicy(minimum=0.01))
    said = "says that an allele lies" if allele in ("OL", "<9", ">30") else "is not a repeat number"
    assert f"'{allele}' {said}" in problems
    assert "profiles.csv line 7, Wife, locus L1" in problems


@pytest.mark.parametrize("allele", ["8", "9.1", "17", "103"])
def test_the_minimum_frequency_is_given_to_a_repeat_number(tmp_path: Path, allele: str) -> None:
    folder = write_texts(tmp_path / "case", FOLDER, with_allele(allele))
    case = read_case(folder, frequencies=FrequencyPolicy(minimum=0.01))
    assert allele in case.panel.loci[0].alleles
    assert any(f"allele {allele} had no frequency" in note for note in case.notes)


def test_a_locus_without_repeat_numbers_takes_letters_at_the_minimum_frequency(tmp_path: Path) -> None:
    changes = {
        "frequencies.csv": FOLDER["frequencies.csv"] + "rs1,A,0.4\nrs1,C,0.6\n",
        "profiles.csv": FOLDER["profiles.csv"] + "Wife,rs1,A,T\n",
    }
    folder = write_texts(tmp_path / "case", FOLDER, changes)
    case = read_case(folder, frequencies=FrequencyPolicy(minimum=0.01))
    assert case.panel.loci[-1].alleles == ("A", "C", "T")


@pytest.mark.parametrize("name", ["l1", "L 1", "L-1", "L1\u200b"])
def test_a_locus_spelled_otherwise_is_refused_with_the_name_it_has(refuse: Refuse, name: str) -> None:
    assert f"Locus {name} is not in the panel. The panel has 'L1'." in refuse(
        {"profiles.csv": FOLDER["profiles.csv"] + f"Wife,{name},9,9\n"}
    )


def test_a_locus_spelled_otherwise_in_a_familias_file_is_refused_with_the_name_it_has(tmp_path: Path) -> None:
    path = tmp_path / "a.fam"
    path.write_text(DVI.replace("SystemName= L1", "SystemName= l1"), encoding="utf-8")
    with pytest.raises(InputError, match=r"not in the frequency database\. The panel has 'L1'"):
        read_case(path)


@pytest.mark.parametrize("name", ["profiles.csv", "case.toml"])
def test_bytes_of_value_zero_are_refused_with_their_line(refuse: Refuse, name: str) -> None:
    problems = refuse({name: FOLDER[name] + "\0"})
    line = FOLDER[name].count("\n") + 1
    assert f"{name} line {line}: The file holds bytes of value 0" in problems


def test_a_table_in_utf_16_is_refused_by_its_encoding_and_not_by_its_columns(refuse: Refuse) -> None:
    spaced = "".join(f"{character}\0" for character in FOLDER["samples.csv"])
    problems = refuse({"samples.csv": spaced})
    assert "UTF-16" in problems
    assert "column" not in problems


@pytest.mark.parametrize("value", ["[" * 5000 + "]" * 5000, "9" * 5000])
def test_settings_that_no_reader_can_hold_are_refused(refuse: Refuse, value: str) -> None:
    assert "too long or too deeply nested" in refuse({"case.toml": f"theta = {value}\n"})


def test_a_mutation_rate_outside_its_range_is_refused_with_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.fam"
    path.write_text(DVI.replace('"L1"\n0.001\n', '"L1"\n-0.001\n'), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_case(path)
    assert "a.fam, locus L1, female: The mutation rate -0.001 is outside [0, 1]" in what_went_wrong(caught.value)


def test_an_allele_without_frequency_names_its_locus_once(refuse: Refuse) -> None:
    problems = refuse(with_allele("17"))
    assert "profiles.csv line 7, Wife, locus L1: Allele 17 has no frequency at locus L1" in problems


def test_an_empty_familias_file_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "a.fam").write_text("", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_case(tmp_path / "a.fam")
    assert caught.value.problems[0].where == "a.fam"


def test_a_path_that_is_too_long_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="This path cannot be used"):
        read_case(tmp_path / ("x" * 300))


@pytest.mark.parametrize(
    ("method", "said"), [("is_dir", "This path cannot be used"), ("iterdir", "The folder cannot be read")]
)
def test_a_folder_that_may_not_be_read_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, method: str, said: str
) -> None:
    folder = write_texts(tmp_path / "case", FOLDER)

    def deny(_: Path) -> None:
        raise DENIED

    monkeypatch.setattr(Path, method, deny)
    with pytest.raises(InputError, match=f"{said}: Permission denied"):
        read_case(folder)


def test_a_place_that_may_not_be_looked_at_is_not_written_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    case = read_case(write_texts(tmp_path / "case", FOLDER))

    def deny(_: Path) -> bool:
        raise DENIED

    monkeypatch.setattr(Path, "exists", deny)
    with pytest.raises(InputError, match="Nothing could be written here: Permission denied"):
        write_case_folder(case, tmp_path / "out")
