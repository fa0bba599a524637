"""Dates that are told from other dates, worded in rarer ways, or whose year the story tells."""

import pytest

from tests.unit.reading.readings import read_text


def dates_of(text: str, published: str | None = "2018-07-13") -> list[tuple[str, str | None]]:
    return [(date["text"], date["edtf"]) for date in read_text(text, published)["dates"]]


@pytest.mark.parametrize(
    ("sentence", "words", "edtf"),
    [
        ("He was lost on 12 Jul 50 near the river, the card says.", "12 Jul 50", "1950-07-12"),
        (
            "The trucks came between 3 August and 9 October 1954.",
            "between 3 August and 9 October 1954",
            "1954-08-03/1954-10-09",
        ),
        ("He fell on the third of March, 1951, in the snow.", "the third of March, 1951", "1951-03-03"),
        ("Late in March 1951 the column was cut off there.", "Late in March 1951", "1951-03-21/1951-03-31"),
        ("They opened 40 graves in the first four months of 2016.", "the first four months of 2016", "2016-01/2016-04"),
        ("Most of the pits were dug in the 80s by soldiers.", "the 80s", "198X"),
        ("It was fought on June 2 and 3 in 1951 on that ridge.", "June 2", "1951-06-02"),
    ],
)
def test_a_date_is_read_in_every_usual_order(sentence, words, edtf):
    assert (words, edtf) in dates_of(sentence, None)


@pytest.mark.parametrize(
    ("sentence", "words", "edtf"),
    [
        ("It is ten years this month since the last box came.", "ten years this month", "2008-07"),
        ("Divers found two more of them over the weekend.", "over the weekend", "2018-07-07/2018-07-08"),
        ("So far this year four of them have a name again.", "So far this year", "2018-01-01/2018-07-13"),
        ("As of May 31, of this year, none had been opened.", "May 31, of this year", "2018-05-31"),
        ("It was decided in May last year by both of them.", "May last year", "2017-05"),
        ("The work goes on in the coming fiscal year, they say.", "coming fiscal year", "2018-10-01/2019-09-30"),
        ("Late last year a farmer brought a ring to the post.", "Late last year", "2017-09-01/2017-12-31"),
        ("The last shot was heard on November 20 near the post.", "November 20", "2017-11-20"),
        ("They landed with the boxes on the 9th, and nobody slept.", "the 9th", "2018-07-09"),
    ],
)
def test_a_date_is_counted_from_the_publication(sentence, words, edtf):
    assert (words, edtf) in dates_of(sentence)


@pytest.mark.parametrize(
    ("text", "words", "edtf"),
    [
        ("A plan was signed on Oct. 20, 2011. Teams were to return the following spring.", "the following spring", "2012-21"),
        ("The camp closed in May 1952, but most had left it the October before.", "the October before", "1951-10"),
        ("The search began in June 2004. The report came on the 24th of that month.", "the 24th of that month", "2004-06-24"),
        ("He joined in May 1951 and was killed in October that year.", "October that year", "1951-10"),
        ("They met on June 12, 2007.\nEight days later nobody wanted to remember it.", "Eight days later", "2007-06-20"),
        ("He was hit near the reservoir in 1950.\nNobody wrote.\nHe was reported missing on 26 November of the cold.", "26 November", "1950-11-26"),
        ("He was lost Sept. 17, 1965, and identified March 1 at the laboratory.", "March 1", "2018-03-01"),
    ],
)  # fmt: skip
def test_a_date_is_told_from_the_one_before(text, words, edtf):
    assert (words, edtf) in dates_of(text)


def test_a_story_that_has_dropped_its_year_keeps_it_into_the_next_paragraph():
    text = (
        "The ledger was begun in the autumn of 1954. Its first page bears the date Sept. 1 and a name.\n"
        "By Sept. 21 he had filled it."
    )
    assert [edtf for _, edtf in dates_of(text)][1:3] == ["1954-09-01", "1954-09-21"]


def test_years_and_days_joined_by_and_are_two_dates():
    assert [edtf for _, edtf in dates_of("Graves were opened in 2003, 2004 and 2007 on that hill.")] == [
        "2003",
        "2004",
        "2007",
    ]
    assert [edtf for _, edtf in dates_of("Flights came on Feb. 7 and March 28, 2015, to the base.")] == [
        "2018-02-07",
        "2015-03-28",
    ]


def test_a_year_after_the_publication_is_not_told_as_past():
    text = "The war ended 75 years ago this month. Five years later the country was at war again."
    assert ("Five years later", "1948-01-01/1948-12-31") in dates_of(text)


def test_a_day_of_the_week_that_can_be_two_days_stays_open():
    text = (
        "Officers met on Wednesday, April 11, at the bridge after a visit that began on April 8, 2007.\n\n"
        "A service will be held on Friday, and they had spoken on Tuesday."
    )
    reading = read_text(text, None)
    assert (reading["document"]["published"]["earliest"], reading["document"]["published"]["latest"]) == (
        "2007-04-11",
        "2007-04-16",
    )
    found = {date["text"]: date["edtf"] for date in reading["dates"]}
    assert found["Tuesday"] == "2007-04-10"
    assert found["Friday"] is None


def test_a_dateline_takes_the_year_in_which_the_day_of_the_week_of_its_lead_falls():
    text = "GENEVA, March 8 (Wire) - Talks on the missing will go on, the committee said on Tuesday.\n\nBoth sides had last met in January 2015 in the same house."
    assert read_text(text, None)["document"]["published"]["earliest"] == "2016-03-08"


def test_a_line_that_is_only_a_date_is_that_of_the_text():
    text = "A team has come to the islands to open the graves of the unknown soldiers.\n03 June 2017\nThe rest of the team is expected to join it in the coming weeks, it said."
    published = read_text(text, None)["document"]["published"]
    assert (published["earliest"], published["basis"]) == ("2017-06-03", "dateline")
