"""Reading measured bones: what is taken, what is not, and what is refused with every problem at once."""

import gzip
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest
from openpyxl import Workbook

from homeward.core.errors import InputError
from homeward.formats.osteometric import check_any_measured, read_measured_reference, read_reference, read_specimens
from homeward.osteology.specimens import Side


@pytest.fixture
def file(tmp_path):
    def write(text: str, name: str = "bones.csv") -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write


@pytest.fixture
def workbook(tmp_path):
    def write(rows, name: str = "bones.xlsx", *further) -> Path:
        book = Workbook()
        for cells in rows:
            book.active.append(cells)
        for title, more in further:
            sheet = book.create_sheet(title)
            for cells in more:
                sheet.append(cells)
        book.save(tmp_path / name)
        return tmp_path / name

    return write


def problems_of(read, *arguments) -> list[str]:
    with pytest.raises(InputError) as caught:
        read(*arguments)
    return [str(problem) for problem in caught.value.problems]


def values_of(measured, code: str) -> list[float]:
    return measured.specimens.measurements_mm[:, measured.specimens.codes.index(code)].tolist()


# What is read


def test_the_columns_of_osteosort_are_read_whatever_their_case(file):
    text = "ID,side,ELEMENT,hum_01,Uln_01\na,Left,Humerus,297.5,\n1,RIGHT,humerus,301,\nI,left,Ulna,,NA\n"
    measured = read_specimens(file(text))
    bones = measured.specimens
    assert bones.ids == ("a", "1", "I")
    assert bones.elements == ("humerus", "humerus", "ulna")
    assert bones.sides == (Side.LEFT, Side.RIGHT, Side.LEFT)
    assert bones.codes == ("Hum_01",)
    np.testing.assert_array_equal(bones.measurements_mm, [[297.5], [301.0], [np.nan]])
    assert measured.not_taken == {"blank": 1, "zero": 0, "negative": 0, "text": 0, "date": 0}
    assert measured.notes == ()
    assert (measured.input.name, measured.input.n_bytes) == ("bones.csv", len(text))


@pytest.mark.parametrize(
    ("written", "element"),
    [
        ("Os_coxa", "os coxa"),
        ("OS COXAE", "os coxa"),
        ("innominate", "os coxa"),
        ("metacarpal_3", "metacarpal 3"),
        ("3rd Metacarpal", "metacarpal 3"),
        ("MC3", "metacarpal 3"),
        ("Metatarsal IV", "metatarsal 4"),
        ("medial cuneiform", "cuneiform 1"),
        ("femora", "femur"),
    ],
)
def test_elements_are_known_by_their_spellings(file, written, element):
    assert read_specimens(file(f"id,side,element\n1,l,{written}\n")).specimens.elements == (element,)


def test_a_side_in_the_name_of_the_element_counts(file):
    measured = read_specimens(file("id,side,element\n1,,Left femur\n2,right,R. femur\n"))
    assert measured.specimens.sides == (Side.LEFT, Side.RIGHT)


def test_a_side_that_could_not_be_told_is_kept_as_unknown_and_unpaired_bones_are_axial(file):
    measured = read_specimens(file("id,side,element\n1,,rib\n2,?,rib\n3,,sacrum\n4,unknown,atlas\n"))
    assert measured.specimens.sides == (Side.UNKNOWN, Side.UNKNOWN, Side.AXIAL, Side.AXIAL)
    assert measured.specimens.elements[3] == "cervical vertebra 1"


def test_a_tidy_table_is_gathered_into_bones(file):
    text = "id;side;measurement;value_mm;box\nx;left;Hum_01;330,5;B1\nx;left;Hum_02;;B1\nx;right;Hum_01;332;B2\n"
    measured = read_specimens(file(text))
    assert measured.specimens.ids == ("x", "x")
    assert measured.specimens.elements == ("humerus", "humerus")
    assert values_of(measured, "Hum_01") == [330.5, 332.0]
    assert measured.not_taken["blank"] == 1
    assert measured.specimens.groups == ("B1", "B2")


def test_further_columns_are_kept_and_the_first_known_one_is_the_group(file):
    measured = read_specimens(file("id,side,element,Zone,Site,Box,pair\n1,left,rib,shaft,S,7,\n2,left,rib,,S,8,1\n"))
    assert measured.extra == {"Zone": ("shaft", ""), "Site": ("S", "S"), "Box": ("7", "8"), "pair": ("", "1")}
    assert measured.specimens.groups == ("7", "8")
    assert measured.notes == ("bones.csv: there is no column of measurements.",)


def test_compressed_files_and_workbooks_hold_the_same_bones_as_text(file, workbook, tmp_path):
    text = "id,Side,Element,Hum_01,Hum_02\n1,left,humerus,330,61.25\n2,right,humerus,,60\n"
    compressed = tmp_path / "bones.ref.gz"
    compressed.write_bytes(gzip.compress(text.encode()))
    header = ["id", "Side", "Element", "Hum_01", "Hum_02"]
    sheet = workbook([header, [1, "left", "humerus", 330, 61.25], [], [2, "right", "humerus", None, 60.0]])
    plain = read_specimens(file(text))
    for path in (compressed, sheet):
        measured = read_specimens(path)
        np.testing.assert_array_equal(measured.specimens.measurements_mm, plain.specimens.measurements_mm)
        assert measured.specimens.ids == ("1", "2")
        assert measured.not_taken == plain.not_taken


def test_only_the_first_sheet_of_a_workbook_is_read_and_that_is_said(workbook):
    rows = [["id", "side", "element", "Hum_01"], ["1", "left", "humerus", 330]]
    measured = read_specimens(workbook(rows, "bones.xlsx", ("Teeth", [["id", "tooth"], [1, 11]]), ("Empty", [])))
    assert measured.notes == (
        "bones.xlsx: only the first sheet that holds anything was read, 'Sheet'; not read: Teeth.",
    )


# What is not taken


def test_what_is_no_measurement_is_counted_by_reason_and_words_are_named(file):
    header = "id,side,element,Hum_01,Hum_02,Hum_03,Hum_04,Hum_05\n"
    measured = read_specimens(file(header + "1,left,humerus,0,-62,NA,broken,\n2,left,humerus,330,,n/a,0.0,~19\n"))
    assert measured.not_taken == {"blank": 4, "zero": 2, "negative": 1, "text": 2, "date": 0}
    assert measured.notes == (
        "bones.csv line 2, column Hum_02: '-62' is a negative number. It was not taken; "
        "write a number or leave it blank.",
        "bones.csv line 2, column Hum_04: 'broken' is no number. It was not taken; write a number or leave it blank.",
        "bones.csv line 3, column Hum_05: '~19' is no number. It was not taken; write a number or leave it blank.",
    )


def test_blank_cells_under_other_bones_do_not_count(file):
    assert read_specimens(file("id,side,element,Hum_01,Fem_01\n1,left,humerus,330,\n")).not_taken["blank"] == 0


def test_a_number_that_a_spreadsheet_turned_into_a_date_is_not_taken(workbook):
    path = workbook([["id", "side", "element", "Hum_04"], [1, "left", "humerus", datetime(2026, 5, 12)]])
    measured = read_specimens(path)
    assert measured.not_taken["date"] == 1
    assert "bones.xlsx row 2, column Hum_04: '2026-05-12T00:00:00' is a date" in measured.notes[0]


def test_many_words_are_counted_after_the_first_twenty(file):
    rows = "".join(f"{i},left,humerus,lost\n" for i in range(25))
    notes = read_specimens(file("id,side,element,Hum_01\n" + rows)).notes
    assert len(notes) == 21
    assert notes[-1] == "bones.csv: 5 further cells hold no positive number."


# Units and slips


def test_a_humerus_of_3310_mm_is_a_slip_and_the_likely_value_is_said(file):
    rows = "1,left,humerus,3310,62\n2,left,humerus,331,62\n"
    measured = read_specimens(file("id,side,element,Hum_01,Hum_02\n" + rows))
    assert values_of(measured, "Hum_01") == [3310.0, 331.0]
    (note,) = measured.notes
    assert note.startswith("bones.csv line 2, column Hum_01: 3310 mm is outside what adults have, 193.")
    assert "; 331 would be plausible. Check it for a slip, a wrong column or a wrong unit" in note


@pytest.mark.parametrize(("divided_by", "unit"), [(10, "centimetres"), (1000, "metres")])
def test_columns_in_another_unit_are_recognised_turned_into_millimetres_and_said(file, divided_by, unit):
    lengths = ((331.0, 465.0), (320.0, 451.0), (345.0, 480.0))
    rows = [f"{i},left,humerus,{hum / divided_by},\n{i},left,femur,,{fem}\n" for i, (hum, fem) in enumerate(lengths)]
    measured = read_specimens(file("id,side,element,Hum_01,Fem_01\n" + "".join(rows)))
    taken = measured.specimens.measurements_mm[measured.specimens.taken]
    np.testing.assert_allclose(taken, np.ravel(lengths))
    assert measured.notes == (f"bones.csv: taken to be in {unit} and turned into millimetres: Hum_01.",)


def test_one_bone_measured_in_centimetres_is_recognised(file):
    text = "id,side,element,Hum_01,Hum_02,Hum_03\n1,left,humerus,331,62,48\n7,left,humerus,33.5,6.1,4.9\n"
    measured = read_specimens(file(text))
    np.testing.assert_allclose(measured.specimens.measurements_mm[1], [335.0, 61.0, 49.0])
    assert measured.notes == ("bones.csv: taken to be in centimetres and turned into millimetres: line 3.",)


def test_a_file_in_centimetres_is_turned_as_a_whole_with_measurements_of_which_no_range_is_known(file):
    text = "id,side,element,Hum_01,Hum_02,Cra_01,Man_10\n1,left,humerus,33.1,6.2,,\n2,left,humerus,32.0,6.0,,\n"
    measured = read_specimens(file(text + "3,,cranium,,,18.0,\n4,,mandible,,,,121\n"))
    assert values_of(measured, "Cra_01")[2] == pytest.approx(180.0)
    assert values_of(measured, "Man_10")[3] == 121.0
    assert measured.notes == (
        "bones.csv: taken to be in centimetres and turned into millimetres: Cra_01, Hum_01, Hum_02.",
    )


def test_one_value_alone_is_never_taken_for_another_unit(file):
    measured = read_specimens(file("id,side,element,Hum_01\n1,left,humerus,33.1\n"))
    assert values_of(measured, "Hum_01") == [33.1]
    assert "331 would be plausible" in measured.notes[0]


def test_bones_of_children_are_not_taken_for_another_unit(file):
    measured = read_specimens(file("id,side,element,Fem_01\n1,left,femur,75\n2,left,femur,190\n3,right,femur,191\n"))
    assert values_of(measured, "Fem_01") == [75.0, 190.0, 191.0]
    assert len(measured.notes) == 3


def test_a_tidy_table_may_say_centimetres_in_its_header(file):
    measured = read_specimens(file("id,side,measurement,value_cm\n1,left,Hum_01,33.1\n"))
    assert values_of(measured, "Hum_01") == [331.0]
    assert measured.notes == ("bones.csv: values are turned from centimetres into millimetres.",)


# What is refused


def test_all_problems_of_the_columns_are_said_at_once(file):
    assert problems_of(read_specimens, file("ident,Hum_99,Hum_01,HUM_01\n")) == [
        "bones.csv, first line: There is no measurement 'Hum_99'. Write a code of the catalogue, such as Hum_09, "
        "or rename the column if it is no measurement.",
        "bones.csv, first line: Two columns mean the same: 'Hum_01' and 'HUM_01'. Keep one of them, or rename one.",
        "bones.csv, first line: There is no column 'id'. Add one: a name for each bone.",
        "bones.csv, first line: There is no column 'side'. Add one: left, right, or unknown.",
        "bones.csv, first line: There is no column 'element'. Add one: the name of the bone, such as humerus.",
    ]


def test_all_problems_of_the_rows_are_said_at_once_with_row_and_remedy(file):
    rows = (
        "1,left,humerus,330,\n"
        "1,Left,Humerus,331,\n"
        "2,lft,humerus,330,\n"
        "3,left,humrus,330,\n"
        "4,left,humrus,330,\n"
        ",left,humerus,330,\n"
        "5,left,humerus,330,24\n"
        "6,axial,humerus,330,\n"
        "7,left,sacrum,,\n"
        "8,right,left humerus,,\n"
    )
    assert problems_of(read_specimens, file("id,side,element,Hum_01,Uln_11\n" + rows)) == [
        "bones.csv line 2 and bones.csv line 3: Bone 1 (humerus, left) is given twice. Keep one row for each bone, and "
        "give fragments and further bones ids of their own.",
        "bones.csv line 7: The row names no bone. Give each bone an id; fragments have their own.",
        "bones.csv line 8, column Uln_11: Uln_11 belongs to the ulna, but bone 5 is a humerus. Correct the element, or "
        "move the value to its column.",
        "bones.csv line 9: The humerus is never axial. Write left or right, or unknown if it cannot be told.",
        "bones.csv line 10: There is no left sacrum. Leave the side blank; if a part of one side is there, say so as "
        "a zone.",
        "bones.csv line 11: The side is right, but the element is 'left humerus'. Correct one of them.",
        "bones.csv line 4: There is no side 'lft'. Write a name of the catalogue, such as left, right, unknown.",
        "bones.csv line 5, and 1 more: There is no element 'humrus'. Write a name of the catalogue, such as humerus.",
    ]


def test_all_problems_of_a_tidy_table_are_said_at_once(file):
    rows = "1,left,humerus,Hum_01,330\n1,left,humerus,Hum_01,331\n1,left,humerus,Hum_1,60\n1,left,femur,Hum_02,60\n"
    problems = problems_of(read_specimens, file("id,side,element,measurement,value_mm\n" + rows))
    assert [problem.split(": ")[1].split(". ")[0] for problem in problems] == [
        "Hum_01 of bone 1 (humerus, left) is given twice",
        "Hum_02 belongs to the humerus, but bone 1 is a femur",
        "There is no measurement 'Hum_1'",
    ]


def test_a_tidy_table_without_values_or_with_columns_of_measurements_is_refused(file):
    (missing,) = problems_of(read_specimens, file("id,side,element,measurement\n"))
    assert "There is no column 'value_mm'" in missing
    (mixed,) = problems_of(read_specimens, file("id,side,measurement,value_mm,Hum_01\n"))
    assert "columns for measurements besides" in mixed


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "The table is empty."),
        (b"\n,,\n", "The table is empty."),
        (b"id,side,element\n1,left,rib,7\n", "line 2: There are more values here than the table has columns, 3."),
        (b"\x1f\x8bnonsense", "The compressed file cannot be read"),
        (gzip.compress(b"id,side,element\n", mtime=0)[:-9], "The compressed file cannot be read"),
        (b"\xd0\xcf\x11\xe0old", "the old Excel form"),
        (b"PK\x03\x04nonsense", "This is no Excel workbook"),
        (b"id,side,element\n1,left,\xe9\n", "not UTF-8"),
    ],
)
def test_files_that_are_no_table_are_refused(tmp_path, content, said):
    path = tmp_path / "bones.csv"
    path.write_bytes(content)
    assert said in problems_of(read_specimens, path)[0]


def test_a_file_that_is_not_there_is_refused(tmp_path):
    assert "There is no file 'none.csv'." in problems_of(read_specimens, tmp_path / "none.csv")[0]


# References

HEADER = "id,Side,Element,Stature,Sex,Ancestry,Hum_01,Uln_01\n"


def test_a_reference_knows_stature_sex_and_ancestry_of_its_people(file):
    text = HEADER + "9,left,humerus,174.2,m,W,331,NA\n9,right,humerus,174.2,M,W,333,NA\n10,left,ulna,NA,f,JAP,NA,240\n"
    sample = read_reference([file(text, "known.ref")])
    assert sample.persons == sample.specimens.ids == ("9", "9", "10")
    assert sample.sexes == ("m", "m", "f")
    assert sample.ancestries == ("W", "W", "JAP")
    np.testing.assert_array_equal(sample.stature_cm, [174.2, 174.2, np.nan])
    assert sample.name == "known.ref"
    assert "SHA-256" in sample.source


def test_several_files_are_joined_and_bones_in_both_taken_once_with_all_measurements(file):
    both = file("id,Side,Element,Sex,Hum_01\n9,left,humerus,m,331\n11,left,humerus,f,300\n", "both.ref")
    more = file("id,Side,Element,Sex,Stature,Hum_01,Hum_02\n9,left,humerus,,175,331,62\n", "more.ref")
    read = read_measured_reference([both, more])
    assert read.sample.persons == ("9", "11")
    np.testing.assert_array_equal(read.sample.specimens.measurements_mm, [[331.0, 62.0], [300.0, np.nan]])
    assert read.sample.sexes == ("m", "f")
    np.testing.assert_array_equal(read.sample.stature_cm, [175.0, np.nan])
    assert read.notes == ("Bones that are in several files, each taken once: 1.",)
    assert [one.name for one in read.inputs] == ["both.ref", "more.ref"]


def test_files_that_differ_about_a_person_are_refused_with_all_differences(file):
    one = file(HEADER + "9,left,humerus,174,m,W,331,\n9,left,ulna,,,,,250\n", "one.ref")
    two = file(HEADER + "9,left,humerus,174,m,W,341,\n9,right,ulna,174,f,,,250\n", "two.ref")
    problems = problems_of(read_reference, [one, two])
    assert [problem.split(": ", 1)[1].split(". ")[0] for problem in problems] == [
        "Bone 9 (humerus, left) has different values of Hum_01 in two files",
        "Person 9 has the sex 'm' and 'f'",
    ]


def test_problems_of_all_reference_files_are_said_at_once(file):
    one = file("id,side,element,Sex\n1,left,humrus,m\n", "one.ref")
    two = file("id,element\n", "two.ref")
    problems = problems_of(read_reference, [one, two])
    assert [problem.split(" ")[0].rstrip(",") for problem in problems] == ["one.ref", "two.ref"]


def test_a_reference_bone_needs_a_side_and_its_person_a_known_sex_and_a_stature_that_is_a_number(file):
    text = HEADER + "1,,humerus,tall,x,,331,\n"
    problems = problems_of(read_reference, [file(text, "one.ref")])
    assert [problem.split(": ")[1].split(". ")[0] for problem in problems] == [
        "Bone 1 (humerus, unknown) has no side",
        "'x' is no sex",
        "'tall' is no stature",
    ]


@pytest.mark.parametrize(("stature", "unit"), [("1.75", "metres"), ("1750", "millimetres"), ("68.9", "inches")])
def test_statures_in_another_unit_are_recognised(file, stature, unit):
    read = read_measured_reference([file(HEADER + f"1,left,humerus,{stature},m,W,331,\n", "one.ref")])
    assert read.sample.stature_cm[0] == pytest.approx(175.0, abs=0.01)
    assert f"Statures were taken to be in {unit}" in read.notes[0]


def test_a_stature_that_few_adults_have_is_named(file):
    rows = "1,left,humerus,175,m,W,331,\n2,left,humerus,17.6,m,W,331,\n"
    read = read_measured_reference([file(HEADER + rows, "one.ref")])
    assert read.notes == ("People with a stature that few adults have, used as it is: 2 (17.6 cm).",)


def test_a_reference_of_no_file_is_refused():
    assert problems_of(read_reference, []) == ["reference: No reference was named. Name one or several files."]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("id,side,element,Hum_01\n", "There is no bone in the table."),
        ("id,side,element,box\n1,left,humerus,A\n", "There is no measurement of any bone in it."),
        ("id,side,element,Hum_01\n1,left,humerus,0\n", "There is no measurement of any bone in it."),
    ],
)
def test_a_file_that_gives_nothing_to_measure_by_is_refused_where_measurements_are_needed(file, text, expected):
    (problem,) = problems_of(check_any_measured, read_specimens(file(text)))
    assert expected in problem
