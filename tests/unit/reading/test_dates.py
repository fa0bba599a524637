"""Dates of a text: how they are worded, and which days they mean."""

import pytest

from tests.unit.reading.readings import read_text


def dates_of(text: str, published: str | None = "2018-07-13") -> list[tuple[str, str | None]]:
    return [(date["text"], date["edtf"]) for date in read_text(text, published)["dates"]]


@pytest.mark.parametrize(
    ("sentence", "words", "edtf"),
    [
        ("The armistice was signed on July 27, 1953, at last.", "July 27, 1953", "1953-07-27"),
        ("The armistice was signed on 27 July 1953 at last.", "27 July 1953", "1953-07-27"),
        ("He was lost on Nov. 2, 1950 with his company.", "Nov. 2, 1950", "1950-11-02"),
        ("The list is of 2018-06-18 and not later.", "2018-06-18", "2018-06-18"),
        ("Teams worked there from 1996 to 2005 without rest.", "from 1996 to 2005", "1996/2005"),
        ("He was killed in the 1950 to 53 war up there.", "1950 to 53", "1950/1953"),
        ("He was killed in the 1950-53 war up there.", "1950-53", "1950/1953"),
        ("The boxes came in the early 1990s by truck.", "the early 1990s", "1990/1993"),
        ("The agreement was made in May 1996 after talks.", "May 1996", "1996-05"),
        ("They went north in the spring of 2007 again.", "spring of 2007", "2007-21"),
        ("In fiscal year 2019 the agency found 217 men.", "fiscal year 2019", "2018-10-01/2019-09-30"),
        (
            "Fighting went on from Nov. 28 to Dec. 2, 1950 there.",
            "from Nov. 28 to Dec. 2, 1950",
            "1950-11-28/1950-12-02",
        ),
        ("It happened during April 9-11, 2007 in the capital.", "April 9-11, 2007", "2007-04-09/2007-04-11"),
        ("The work lasted from April to October 2005 there.", "from April to October 2005", "2005-04/2005-10"),
        ("It was found in a grave on the 27th of July 1953 there.", "the 27th of July 1953", "1953-07-27"),
    ],
)
def test_a_date_with_its_year_needs_nothing_else(sentence, words, edtf):
    assert dates_of(sentence, None) == [(words, edtf)]


@pytest.mark.parametrize(
    ("sentence", "words", "edtf"),
    [
        ("Nobody came to the talks on Thursday, they said.", "Thursday", "2018-07-12"),
        ("The talks are now set for Sunday at the border.", "Sunday", "2018-07-15"),
        ("Talks have been rescheduled for July 15 at the border.", "July 15", "2018-07-15"),
        ("He said it at the June 12 summit with some pride.", "June 12", "2018-06-12"),
        ("He told senators in late June that none had come.", "late June", "2018-06-21/2018-06-30"),
        ("They met yesterday for two hours at the bridge.", "yesterday", "2018-07-12"),
        ("They met last week for two hours at the bridge.", "last week", "2018-07-01/2018-07-07"),
        ("They will meet again next month, he told reporters.", "next month", "2018-08"),
        ("The war ended 65 years ago this very month there.", "65 years ago", "1953~"),
        ("They met on December 20 for the last time there.", "December 20", "2017-12-20"),
        ("The meeting had been scheduled for July 12, he said.", "July 12", "2018-07-12"),
        ("It was signed earlier this month by both of them.", "earlier this month", "2018-07-01/2018-07-13"),
    ],
)
def test_a_relative_date_is_resolved_against_the_publication(sentence, words, edtf):
    assert (words, edtf) in dates_of(sentence)


def test_without_a_publication_date_nothing_is_invented():
    (date,) = read_text("Nobody came to the talks on Thursday, they said.", None)["dates"]
    assert (date["earliest"], date["latest"], date["edtf"], date["basis"]) == (None, None, None, "unresolved")


def test_a_story_of_the_past_takes_the_year_told_before():
    text = "On Sept. 1, 1954, the first 200 came across. On Oct. 12 another 78 were handed over there."
    drafts = read_text(text)["dates"]
    assert [date["edtf"] for date in drafts] == ["1954-09-01", "1954-10-12"]
    assert drafts[1]["basis"] == "near"
    assert drafts[1]["alternatives"] == ["2017-10-12"]


def test_the_next_day_is_counted_from_the_day_before_it_in_the_text():
    text = "He fell ill on Dec. 4, 1950. Two days later he died in the house where they kept him."
    assert ("Two days later", "1950-12-06") in dates_of(text)


@pytest.mark.parametrize(
    "sentence",
    [
        "The 86-year-old served three years in the 24th Infantry.",
        "It may march on, and they may yet agree to all of it.",
        "Some 1,950 soldiers came home to their families then.",
        "They held Hill 1282 and lost it again before dawn broke.",
    ],
)
def test_ages_durations_units_and_verbs_are_no_dates(sentence):
    assert dates_of(sentence) == []


def test_a_day_in_figures_that_can_be_read_two_ways_says_so():
    (date,) = read_text("The sheet was printed on 7/12/2018 by the office.")["dates"]
    assert date["edtf"] == "2018-07-12"
    assert date["alternatives"] == ["2018-12-07"]
    assert date["confidence"] < 0.7


def test_a_testimony_goes_on_in_the_year_that_it_tells_of():
    text = (
        "We were in the hills in late November 1950 and I had no boots.\nOn November 27 they came over the ridge at us.\n"
        "They took me on December 2. We walked until January, and I lost two toes on the way."
    )
    assert [edtf for _, edtf in dates_of(text, "1998-06-14")] == [
        "1950-11-21/1950-11-30",
        "1950-11-27",
        "1950-12-02",
        "1951-01",
    ]


def test_a_weekday_six_days_back_may_be_tomorrow_across_the_date_line():
    (date,) = read_text("The minister disputed it early Friday in the hotel.", "2019-02-28")["dates"]
    assert (date["edtf"], date["alternatives"]) == ("2019-02-22", ["2019-03-01"])
    assert date["confidence"] < 0.7
