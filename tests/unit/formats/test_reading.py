from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.unit.formats.case_texts import DVI, FOLDER, write_texts

from homeward.core.errors import InputError
from homeward.formats.frequency_rules import FrequencyPolicy
from homeward.formats.numbers import parse_number, parse_whole
from homeward.formats.reading import read_case

GUIDE = Path(__file__).parents[3] / "docs" / "case-folder.md"


def test_a_file_is_read_as_familias_and_a_folder_as_a_case_folder(tmp_path: Path) -> None:
    (tmp_path / "a.fam").write_text(DVI, encoding="utf-8")
    assert read_case(tmp_path / "a.fam").samples.ids == ("V1",)
    assert read_case(write_texts(tmp_path / "case", FOLDER)).samples.ids == ("S1", "S2")


def test_nothing_at_the_path_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file or folder"):
        read_case(tmp_path / "none")


def test_the_example_in_the_guide_is_a_complete_case(tmp_path: Path) -> None:
    files = re.findall(r"^`([a-z_.]+)`\n```\w+\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    case = read_case(write_texts(tmp_path / "case", dict(files)))
    assert len(files) == 6
    assert case.synthetic
    assert case.missing_ids == ("Missing woman",)
    assert case.samples.ids == ("B-101",)


@pytest.mark.parametrize(
    ("text", "value"),
    [("0.5", 0.5), ("0,5", 0.5), ("1e-005", 1e-5), ("-1", -1.0), (".5", 0.5), ("5.", 5.0), ("1.2E+3", 1200.0)],
)
def test_numbers_are_read_whatever_the_locale(text: str, value: float) -> None:
    assert parse_number(text) == value


@pytest.mark.parametrize("text", ["", "nan", "inf", "1e999", "1 000", "1.000,5", "0x10", "1_0", "٣", "--1", "1" * 101])
def test_what_is_not_a_finite_number_is_not_read(text: str) -> None:
    assert parse_number(text) is None


@pytest.mark.parametrize(("text", "value"), [("12", 12), ("-1", -1), ("1.0", None), ("9" * 19, None), ("", None)])
def test_whole_numbers_are_read(text: str, value: int | None) -> None:
    assert parse_whole(text) == value


@pytest.mark.parametrize("minimum", [0.0, 1.0, -0.1, float("nan")])
def test_a_minimum_frequency_outside_its_range_is_refused(minimum: float) -> None:
    with pytest.raises(InputError, match="outside"):
        FrequencyPolicy(minimum=minimum)
