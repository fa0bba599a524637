"""Holidays against published calendars."""

from datetime import date

import pytest

from homeward.reading.holidays import easter, holiday
from tests.unit.reading.readings import one, read_text


@pytest.mark.parametrize(
    "day",
    ["1818-03-22", "1943-04-25", "1951-03-25", "1954-04-18", "2000-04-23", "2018-04-01", "2019-04-21", "2038-04-25"],
)
def test_easter_falls_where_the_tables_of_the_church_have_it(day):
    assert easter(int(day[:4])).isoformat() == day


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("thanksgiving", "2018-11-22"),
        ("labor-day", "2018-09-03"),
        ("recognition-day", "2018-09-21"),
        ("memorial-day", "2018-05-28"),
        ("memorial-day", "1950-05-30"),
        ("good-friday", "2018-03-30"),
    ],
)
def test_holidays_that_move_fall_where_the_calendar_has_them(name, day):
    assert holiday(name, int(day[:4])) == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("sentence", "words", "edtf"),
    [
        (
            "He was taken two days before Christmas in 1943 at the river.",
            "two days before Christmas in 1943",
            "1943-12-23",
        ),
        ("The stone was set on Memorial Day in the old cemetery.", "Memorial Day", "2018-05-28"),
        ("A letter had come last Thanksgiving from the office there.", "last Thanksgiving", "2017-11-23"),
    ],
)
def test_a_holiday_is_a_day(sentence, words, edtf):
    assert one(read_text(sentence)["dates"], text=words)["edtf"] == edtf


@pytest.mark.parametrize(
    "sentence", ["The Memorial Day parade went by the house.", "They light a candle each year on Veterans Day for him."]
)
def test_a_custom_is_no_date(sentence):
    assert not read_text(sentence)["dates"]
