"""Tables of inventories, pairs and evidence."""

from __future__ import annotations

import gzip
import math

import polars as pl
import pytest
from openpyxl import Workbook

from homeward.core.errors import InputError
from homeward.formats.bone_evidence import pairs_in_columns, read_evidence, read_pairs
from homeward.formats.inventory_file import read_inventory
from homeward.osteology.inventory import WHOLE, AgeClass, references
from homeward.osteology.specimens import Side

INVENTORY = """id;Element;Side;Zone;Age class;box;individual
1;Humerus;L;1+2;Adult;A;I
1;humerus;right;whole;;B;I
2;femur;;;child;B;
3;cranium;;;;A;

4;hand_phalanx;r;3;;A;
"""


def written(folder, name, text):
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def inventory(tmp_path):
    return read_inventory(written(tmp_path, "inventory.csv", INVENTORY)).inventory


def problems(call):
    with pytest.raises(InputError) as caught:
        call()
    return "\n".join(map(str, caught.value.problems))


def test_an_inventory_is_read_with_words_of_many_kinds(inventory):
    assert inventory.elements == ("humerus", "humerus", "femur", "cranium", "hand phalanx")
    assert inventory.sides == (Side.LEFT, Side.RIGHT, Side.UNKNOWN, Side.AXIAL, Side.RIGHT)
    assert inventory.zones == (frozenset("12"), frozenset({WHOLE}), frozenset(), frozenset(), frozenset("3"))
    assert inventory.age_classes[:3] == (AgeClass.ADULT, AgeClass.UNKNOWN, AgeClass.SUBADULT)
    assert inventory.columns == {"box": ("A", "B", "B", "A", "A"), "individual": ("I", "I", "", "", "")}
    assert references(inventory)[1:3] == ("1:humerus:right", "2")


def test_every_mistake_in_an_inventory_is_said_at_once(tmp_path):
    text = (
        "id,element,side,age_class\n1,femur,port,\n,femur,left,old\n2,,left,\n3,tibia,left,,x\n4,rib,l,\n4,rib,left,\n"
    )
    said = problems(lambda: read_inventory(written(tmp_path, "bad.csv", text)))
    assert "bad.csv line 2, 1: 'port' is no side." in said
    assert "bad.csv line 3: The line has no id." in said
    assert "'old' is no age class." in said
    assert "bad.csv line 4: The line has no element." in said
    assert "line 5: There are more values here than the table has columns, 4." in said
    assert "specimen 4 (left rib): This bone is given 2 times." in said


def test_an_inventory_can_be_a_workbook_or_compressed(tmp_path):
    book = Workbook()
    for cells in (["id", "element", "side", "box"], [1, "femur", "left", 7], [2, "femur", "right", None]):
        book.active.append(cells)
    book.create_sheet("Teeth").append(["id", "tooth"])
    book.save(tmp_path / "bones.xlsx")
    read = read_inventory(tmp_path / "bones.xlsx")
    assert (read.inventory.ids, read.inventory.columns["box"]) == (("1", "2"), ("7", ""))
    assert "not read: Teeth" in read.notes[0]
    (tmp_path / "bones.csv.gz").write_bytes(gzip.compress(b"id,element,side\n1,femur,left\n"))
    assert read_inventory(tmp_path / "bones.csv.gz").inventory.ids == ("1",)


def test_lines_are_not_judged_where_columns_are_missing(tmp_path, inventory):
    said = problems(lambda: read_evidence([written(tmp_path, "a.csv", "first,second\n1,2\n2,3\n")], inventory))
    assert said.count("There is no column") == said.count("\n") + 1 == 3


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "The table is empty."),
        ("id,element,side\n", "There is no bone in the table."),
        ("name,side,side\n1,left,left\n", "There is no column 'element'."),
        ("id,element,side,side\n1,femur,left,left\n", "The column 'side' is there more than once."),
        ('id,element,side\n"1,femur,left\n', "The table cannot be read from here on"),
    ],
)
def test_what_is_no_inventory_is_refused(tmp_path, text, expected):
    assert expected in problems(lambda: read_inventory(written(tmp_path, "bad.csv", text)))


def test_pairs_are_read_by_id_and_side(tmp_path, inventory):
    found = read_pairs(written(tmp_path, "pairs.csv", "left,right\n1,1\n"), inventory)
    assert found.pairs == ((0, 1),)
    said = problems(lambda: read_pairs(written(tmp_path, "bad.csv", "a,b\n9,1\n2,1\n"), inventory))
    assert "bad.csv line 2: There is no specimen '9'." in said
    assert "bad.csv line 3: '2' is no left bone: it is femur, side unknown." in said


def test_pairs_can_stand_in_a_column_of_the_inventory(tmp_path, inventory):
    assert pairs_in_columns(inventory).pairs == ((0, 1),)
    text = "id,element,side,pair\na,femur,right,x\nb,femur,left,x\nc,femur,left,\n"
    assert pairs_in_columns(read_inventory(written(tmp_path, "i.csv", text)).inventory).pairs == ((1, 0),)
    text += "d,tibia,left,y\ne,femur,right,y\n"
    other = read_inventory(written(tmp_path, "i.csv", text)).inventory
    assert "Pair 'y' is not one left and one right bone" in problems(lambda: pairs_in_columns(other))


def test_an_individual_in_pieces_makes_no_pair(tmp_path):
    text = "id,element,side,individual\na,femur,left,I\nb,femur,left,I\nc,femur,right,I\n"
    found = pairs_in_columns(read_inventory(written(tmp_path, "i.csv", text)).inventory)
    assert found.pairs == ()
    assert "1 times" in found.notes[1]


def test_without_such_columns_nothing_is_said_of_pairs(tmp_path):
    found = pairs_in_columns(read_inventory(written(tmp_path, "i.csv", "id,element,side\na,femur,l\n")).inventory)
    assert found.pairs is None


def test_evidence_is_read_from_several_tables(tmp_path, inventory):
    first = written(
        tmp_path, "a.csv", "a,a_side,b,log10_lr,method\n1,left,2,-0.5,regression\n1:humerus:right,,2,must,\n"
    )
    second = written(tmp_path, "b.csv", "a\tb\tlog10_lr\treason\n2\t3\tcannot\tanother haplotype\n")
    evidence, inputs, notes = read_evidence([first, second], inventory)
    assert [(one.a, one.b, one.kind, one.log10_lr) for one in evidence] == [
        (0, 2, "regression", -0.5),
        (1, 2, "evidence", math.inf),
        (2, 3, "evidence", -math.inf),
    ]
    assert (evidence[2].reason, evidence[2].where) == ("another haplotype", "b.csv line 2")
    assert ([one.name for one in inputs], notes) == (["a.csv", "b.csv"], ())


def test_every_mistake_in_all_tables_of_evidence_is_said_at_once(tmp_path, inventory):
    first = written(tmp_path, "a.csv", "a,b,log10_lr\n1,2,3\n2,3,high\n2,2,1\n2,3,\n")
    said = problems(lambda: read_evidence([first, written(tmp_path, "b.csv", "a,b\n")], inventory))
    assert "a.csv line 2: '1' could be several specimens: left humerus, right humerus." in said
    assert "'high' is no log10 LR." in said
    assert "compared with itself" in said
    assert "The log10 LR is blank." in said
    assert "b.csv, first line: There is no column 'log10_lr'." in said


def test_evidence_may_be_a_folder_of_pairs_as_sorting_writes_them(tmp_path, inventory):
    folder = tmp_path / "pairs"
    folder.mkdir()
    with_names = {"a": ["1"], "a_element": ["humerus"], "a_side": ["left"], "b": ["2"], "b_element": ["femur"]}
    for number, value in ((1, 0.75), (2, -1.0)):
        rest = {"b_side": ["unknown"], "method": ["regression"], "excluded": [False], "log10_lr": [value]}
        pl.DataFrame(with_names | rest).write_parquet(folder / f"part-{number}.parquet")
    evidence, inputs, _ = read_evidence([folder], inventory)
    assert [(one.a, one.b, one.kind, one.log10_lr) for one in evidence] == [
        (0, 2, "regression", 0.75),
        (0, 2, "regression", -1.0),
    ]
    assert [one.where for one in evidence] == ["part-1.parquet row 1", "part-2.parquet row 1"]
    assert len(inputs) == 2


def test_a_folder_without_pairs_is_refused(tmp_path, inventory):
    assert "no Parquet file in this folder" in problems(lambda: read_evidence([tmp_path], inventory))
