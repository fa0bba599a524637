"""What is written of measured bones is read again as it was."""

import numpy as np
import pytest

from homeward.formats.osteometric import read_reference, read_specimens
from homeward.formats.osteometric_writer import osteosort_csv, reference_csv, tidy_csv
from homeward.osteology.reference import ReferenceSample
from homeward.osteology.specimens import Side, Specimens

BONES = Specimens(
    ids=("a", "1", "x,y"),
    elements=("humerus", "os coxa", "cervical vertebra 1"),
    sides=(Side.LEFT, Side.RIGHT, Side.AXIAL),
    codes=("Cer1_01", "Hum_01", "Hum_02", "Osc_17"),
    measurements_mm=np.array(
        [[np.nan, 331.25, 62, np.nan], [np.nan, np.nan, np.nan, 1 / 3 + 57], [22.5, np.nan, np.nan, np.nan]]
    ),
    groups=("box 1", "", "box 2"),
)


def same(read: Specimens, written: Specimens) -> None:
    assert (read.ids, read.elements, read.sides, read.codes) == (
        *(written.ids, written.elements, written.sides),
        written.codes,
    )
    np.testing.assert_array_equal(read.measurements_mm, written.measurements_mm)


@pytest.mark.parametrize("form", [osteosort_csv, tidy_csv])
def test_bones_come_out_of_a_file_as_they_went_in(tmp_path, form):
    (tmp_path / "bones.csv").write_bytes(form(BONES))
    same(read_specimens(tmp_path / "bones.csv").specimens, BONES)


def test_a_case_file_is_written_as_osteosort_writes_its_own():
    lines = osteosort_csv(BONES).decode().splitlines()
    assert lines[0] == "id,Side,Element,Cer1_01,Hum_01,Hum_02,Osc_17"
    assert lines[1] == "a,Left,Humerus,,331.25,62,"
    assert lines[2].startswith("1,Right,Os_coxa,,,,57.333")


def test_a_tidy_table_has_a_line_for_each_value_and_keeps_the_groups(tmp_path):
    lines = tidy_csv(BONES).decode().splitlines()
    assert lines[:2] == ["id,side,element,measurement,value_mm,group", "a,left,humerus,Hum_01,331.25,box 1"]
    assert len(lines) == 5
    (tmp_path / "bones.csv").write_bytes(tidy_csv(BONES))
    assert read_specimens(tmp_path / "bones.csv").specimens.groups == BONES.groups


def test_a_reference_comes_out_of_a_file_as_it_went_in(tmp_path):
    bones = Specimens(
        ("7", "8"), ("humerus", "os coxa"), (Side.LEFT, Side.RIGHT), BONES.codes[1:], BONES.measurements_mm[:2, 1:]
    )
    known = ReferenceSample("Made", "made", ("7", "8"), bones, np.array([174.5, np.nan]), ("m", ""), ("W", ""))
    (tmp_path / "known.ref").write_bytes(reference_csv(known))
    read = read_reference([tmp_path / "known.ref"])
    same(read.specimens, bones)
    np.testing.assert_array_equal(read.stature_cm, known.stature_cm)
    assert (read.persons, read.sexes, read.ancestries) == (known.persons, known.sexes, known.ancestries)
