"""Partial dates: what each form can mean, what is refused, and how it reads."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homeward.core.dates import NotADate, day, local_day, parse_date


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "words"),
    [
        ("2018", date(2018, 1, 1), date(2018, 12, 31), "2018"),
        ("2018-07", date(2018, 7, 1), date(2018, 7, 31), "July 2018"),
        ("2020-02", date(2020, 2, 1), date(2020, 2, 29), "February 2020"),
        ("2018-07-12", date(2018, 7, 12), date(2018, 7, 12), "12 July 2018"),
        ("2018-07-XX", date(2018, 7, 1), date(2018, 7, 31), "July 2018"),
        ("2018-XX-XX", date(2018, 1, 1), date(2018, 12, 31), "2018"),
        ("199X", date(1990, 1, 1), date(1999, 12, 31), "1990s"),
        ("19XX", date(1900, 1, 1), date(1999, 12, 31), "1900s"),
        ("2018-07-12~", date(2018, 7, 12), date(2018, 7, 12), "about 12 July 2018"),
        ("1994?", date(1994, 1, 1), date(1994, 12, 31), "perhaps 1994"),
        ("1994%", date(1994, 1, 1), date(1994, 12, 31), "perhaps about 1994"),
        ("1996/2005", date(1996, 1, 1), date(2005, 12, 31), "1996 to 2005"),
        ("../2005", date.min, date(2005, 12, 31), "until 2005"),
        ("1953-07-27/..", date(1953, 7, 27), date.max, "since 27 July 1953"),
        (
            "[2018-07-12..2018-07-14]",
            date(2018, 7, 12),
            date(2018, 7, 14),
            "between 12 July 2018 and 14 July 2018",
        ),
        ("2018-24", date(2018, 12, 1), date(2019, 2, 28), "winter 2018"),
        ("2018-21", date(2018, 3, 1), date(2018, 5, 31), "spring 2018"),
        ("1954-09-01T09:30", date(1954, 9, 1), date(1954, 9, 1), "1 September 1954, 09:30"),
        ("2018-07-12T09:30+09:00", date(2018, 7, 12), date(2018, 7, 12), "12 July 2018, 09:30 UTC+09:00"),
        ("2018-08-01[Pacific/Honolulu]", date(2018, 8, 1), date(2018, 8, 1), "1 August 2018 (Honolulu time)"),
    ],
)
def test_a_date_means_no_more_and_no_less_than_it_says(text, earliest, latest, words):
    found = parse_date(text)
    assert (found.earliest, found.latest, found.words, str(found)) == (earliest, latest, words, text)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "empty"),
        ("12 July 2018", "not a date"),
        ("2018-7-12", "not a date"),
        ("٢٠١٨", "not a date"),
        ("2018-02-30", "not in the calendar"),
        ("2018-13", "not in the calendar"),
        ("2018-07-12T25:00", "not in the calendar"),
        ("0000", "not in the calendar"),
        ("2005/1996", "ends before it begins"),
        ("../..", "open on both sides"),
        ("2018/", "missing"),
        ("199X-07", "month of an unknown year"),
        ("2018-XX-12", "day of an unknown month"),
        ("2018-21-03", "has no day"),
        ("2018[Asia/Pyongyang-ri]", "no time zone"),
    ],
)
def test_what_is_not_a_date_is_refused_with_the_reason_and_the_remedy(text, complaint):
    with pytest.raises(NotADate) as refused:
        parse_date(text)
    assert complaint in refused.value.what
    assert refused.value.fix


@given(st.text(max_size=20))
def test_any_text_is_a_date_or_is_refused(text):
    try:
        found = parse_date(text)
    except NotADate:
        return
    assert found.earliest <= found.latest
    assert found.words


@given(st.dates(min_value=date(1000, 1, 1)))
def test_a_day_is_itself(value):
    assert parse_date(value.isoformat()) == day(value)
    assert day(value).is_day


def test_two_dates_overlap_when_both_can_mean_the_same_day():
    assert parse_date("2018-07").overlaps(parse_date("2018-07-12"))
    assert not parse_date("2018-07-12").overlaps(parse_date("2018-07-13/2018-07-15"))


def test_a_time_of_day_orders_what_happened_on_one_day():
    noon, evening = parse_date("2018-07-12T12:00"), parse_date("2018-07-12T18:00")
    assert sorted([evening, noon], key=lambda found: found.sort_key) == [noon, evening]


def test_a_time_zone_is_not_taken_for_a_time_of_day():
    assert parse_date("2018-08-01[Asia/Tokyo]").sort_key == parse_date("2018-08-01").sort_key


def test_one_instant_is_two_days_in_two_places():
    ceremony = datetime(2018, 8, 1, 20, tzinfo=UTC)
    assert local_day(ceremony, "Pacific/Honolulu") == date(2018, 8, 1)
    assert local_day(ceremony, "Asia/Seoul") == date(2018, 8, 2)
