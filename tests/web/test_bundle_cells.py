"""Cells of a bundle: any text there and back, nothing that a spreadsheet runs, nothing that is not what it seems."""

import csv
import io
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from homeward.web.bundle.cells import CellError, cell_reader, shielded, unshielded, write_cell
from homeward.web.bundle.columns import columns
from homeward.web.engagement.models import Meeting, MeetingChange
from homeward.web.journal.recorded import nouns, plain
from homeward.web.places.models import Place
from homeward.web.sources.models import Document, Position

any_text = st.text(st.characters(exclude_categories=["Cs"]))
kept_text = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\t\n"), min_size=1)
like_formulas = st.text(st.sampled_from("=+-@'\t\r\n a"))


@given(any_text | like_formulas)
@example("'=1+1")
@example("''")
def test_a_shielded_text_comes_back_and_begins_no_formula(text):
    cell = shielded(text)
    assert unshielded(cell) == text
    assert cell[:1] not in ("=", "+", "-", "@", "\t", "\r")


@given(st.lists(any_text | like_formulas, min_size=1))
def test_any_cells_come_back_through_a_file(texts):
    file = io.StringIO(newline="")
    csv.writer(file).writerow([shielded(text) for text in texts])
    file.seek(0)
    assert [[unshielded(cell) for cell in row] for row in csv.reader(file, strict=True)] == [texts]


@given(kept_text)
def test_a_text_comes_back_from_its_column(text):
    note = Place._meta.get_field("note")
    assert cell_reader(note)(write_cell(note, text)) == text


@given(st.decimals(-180, 180, places=5))
@example(Decimal("-157.95"))
@example(Decimal("-0"))
def test_a_negative_number_stays_a_number(degrees):
    longitude = Place._meta.get_field("longitude")
    cell = write_cell(longitude, degrees)
    assert not cell.startswith("'")
    assert plain(cell_reader(longitude)(cell)) == plain(degrees)


@pytest.mark.parametrize("value", [True, False])
def test_truths_are_written_as_words(value):
    preferred = Position._meta.get_field("preferred")
    assert cell_reader(preferred)(write_cell(preferred, value)) is value


def test_an_empty_cell_takes_the_usual_value_of_a_column_that_has_one():
    assert cell_reader(Document._meta.get_field("reach"))("") == "record"
    assert cell_reader(MeetingChange._meta.get_field("order"))("") == 0
    assert cell_reader(MeetingChange._meta.get_field("level"))("") == ""
    assert cell_reader(Place._meta.get_field("latitude"))("") is None


def test_line_ends_of_other_systems_become_those_of_the_record():
    assert cell_reader(Place._meta.get_field("note"))("one\r\ntwo") == "one\ntwo"


@pytest.mark.parametrize(
    ("model", "name", "cell", "what"),
    [
        (Place, "note", "a\0b", "control character"),
        (Place, "note", "a\x1b[31mb", "control character"),
        (Place, "name", "", "empty"),
        (Place, "kind", "castle", "not one of the words"),
        (Place, "latitude", "1e1", "not a number"),
        (Place, "latitude", "91", "less than or equal to 90"),
        (Place, "latitude", "37,95", "not a number"),
        (Place, "latitude", "NaN", "not a number"),
        (Place, "longitude", "'-157.95", "not a number"),
        (Place, "longitude", "1_0", "not a number"),
        (Place, "known_on", "yesterday", "date"),
        (Place, "code", "Not A Code", "lower-case letters"),
        (Place, "country", "KOR", "at most 2"),
        (Meeting, "name", "x" * 301, "at most 300"),
        (MeetingChange, "happened", "2018-13", "not in the calendar"),
        (MeetingChange, "order", "-1", "greater than or equal to 0"),
        (MeetingChange, "order", "1.5", "whole number"),
        (Position, "preferred", "maybe", "True or False"),
        (Document, "published", "", "empty"),
    ],
)
def test_a_cell_that_is_not_possible_says_why(model, name, cell, what):
    with pytest.raises(CellError, match=what) as refused:
        cell_reader(model._meta.get_field(name))(cell)
    assert refused.value.fix


@pytest.mark.parametrize("noun", sorted(nouns()))
def test_every_noun_has_a_table_with_a_code_and_a_day(noun):
    names = [column.name for column in columns(nouns()[noun])]
    assert names[:3] == ["code", "known_on", "withdrawn"]
    assert len(names) > 3
    assert not {"passage_start", "passage_end", "version", "recorded_at"} & set(names)
