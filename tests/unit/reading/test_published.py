"""The day of publication: what the page says, what its text lets one work out, and what is not trusted."""

from datetime import date

import pytest

from tests.unit.reading.readings import read_text

NO_SHOW = (
    "Officials of the North were a no-show at a scheduled Thursday meeting about the remains of soldiers.\n\n"
    "Though the meeting has been rescheduled for July 15, nobody was told until they had waited at the border.\n\n"
    "It became a point of the declaration between US President Donald Trump and Kim Jong Un at the June 12 summit in Singapore.\n\n"
    "US Secretary of State Mike Pompeo told lawmakers in late June that none had come home since then."
)


def published(text: str) -> dict:
    return read_text(text, None)["document"]["published"]


def test_a_story_without_a_date_is_placed_by_what_it_speaks_of():
    found = published(NO_SHOW)
    assert (found["earliest"], found["latest"], found["basis"]) == ("2018-07-12", "2018-07-15", "text")
    reasons = " ".join(found["reasons"])
    assert "Thursday" in reasons
    assert "Singapore summit" in reasons


def test_the_clock_in_the_head_of_a_page_is_not_the_day_of_its_story():
    found = published(f"17:15 GMT20 January 2021\nListen Live\n    Asia & Pacific\n    Get short URL\n\n{NO_SHOW}")
    assert (found["earliest"], found["latest"], found["basis"]) == ("2018-07-12", "2018-07-15", "text")
    assert any("20 January 2021" in reason and "not trusted" in reason for reason in found["reasons"])


def test_weekdays_follow_the_day_that_was_worked_out():
    reading = read_text(NO_SHOW, None)
    assert {d["text"]: d["edtf"] for d in reading["dates"]}["Thursday"] == "2018-07-12"


def test_a_date_under_the_headline_is_the_date():
    text = "Remains of soldiers arrive in Hawaii\nAug. 2, 2018\n\nA plane with 55 cases landed here on Wednesday, officials said."
    found = published(text)
    assert (found["earliest"], found["basis"]) == ("2018-08-02", "dateline")


def test_an_agency_dateline_without_a_year_takes_the_year_in_which_its_weekday_falls():
    text = (
        "SEOUL, July 13 (Yonhap) -- The North has proposed talks of generals for Sunday, a source said Friday.\n\n"
        "US Secretary of State Mike Pompeo had said the week before that both would meet."
    )
    found = published(text)
    assert (found["earliest"], found["latest"], found["basis"]) == ("2018-07-13", "2018-07-13", "dateline")
    assert date(2018, 7, 13).strftime("%A") == "Friday"


def test_a_text_that_names_only_the_past_gives_a_first_day_and_asks_for_the_rest():
    reading = read_text("In April 2007 six sets of remains were brought home from the north by a governor.", None)
    found = reading["document"]["published"]
    assert (found["earliest"], found["latest"]) == ("2007-04-01", None)


def test_a_text_that_tells_nothing_says_so():
    reading = read_text("Nobody came to the meeting at the bridge, and nobody called them about it.", None)
    assert reading["document"]["published"]["basis"] == "unknown"
    assert any("--published" in note for note in reading["notes"])


def test_a_given_date_is_taken():
    found = read_text(NO_SHOW, "2018-07-13")["document"]["published"]
    assert (found["earliest"], found["latest"], found["basis"]) == ("2018-07-13", "2018-07-13", "given")


def test_a_date_of_the_page_that_its_text_contradicts_is_doubted():
    text = f"Title: Nobody came\nPublished: 2016-03-01\n\n{NO_SHOW}"
    found = published(text)
    assert found["basis"] == "metadata"
    assert any("check the date" in reason for reason in found["reasons"])


@pytest.mark.parametrize("line", ["As of June 18, 2018", "June 18, 2018"])
def test_the_as_of_line_of_a_fact_sheet_is_its_date(line):
    text = f"Progress on accounting for the missing\n{line}\n\nMore than 7,600 Americans remain unaccounted for from that war."
    assert published(text)["earliest"] == "2018-06-18"
