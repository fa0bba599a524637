"""What pages held out showed to be missing: where the day of publication stands, and what was begun, stopped, sent, asked."""

import pytest

from homeward.reading.json_document import reading_document
from homeward.reading.read import read_document
from tests.unit.reading.readings import read_text

BODY = (
    "<p>The two commissions met in the border town on Wednesday and went through the list of graves, the ministry said "
    "in a statement that was handed to reporters.</p><p>Nothing was said of the archives, though they had been promised."
    "</p><p>Families waited outside the gate for most of the morning and were let in only after the talks.</p>"
)


def published_of(html: str) -> tuple[str | None, str | None, str]:
    page = reading_document(read_document(f"<html><body>{html}</body></html>".encode(), "page.html"))
    found = page["document"]["published"]
    return found["earliest"], found["latest"], found["basis"]


@pytest.mark.parametrize(
    ("line", "first", "last"),
    [
        ("<div class='x'>March 2016</div>", "2016-03-01", "2016-03-31"),
        ("<div class='by'>By A. Writer</div><div class='on'>May 4, 2016</div>", "2016-05-04", "2016-05-04"),
        ("<ul><li>Published: 04.05.2016.</li></ul>", "2016-05-04", "2016-05-04"),
        ("<p>Namsan Newsdesk</p><p>2018.07.14 16:20</p>", "2018-07-14", "2018-07-14"),
    ],
)
def test_a_date_between_the_headline_and_the_first_paragraph_is_that_of_the_page(line, first, last):
    head = "<div class='now'>Sunday, November 3, 2024</div><p>This site uses a secure connection to its readers.</p>"
    html = f"{head}<h1>Commissions meet about the graves of the war</h1>{line}{BODY}"
    assert published_of(html) == (first, last, "dateline")


def test_many_dated_lines_are_no_trouble():
    lines = "".join(f"<div>12 July 20{number % 30:02}</div>" for number in range(20_000))
    assert published_of(f"<h1>Commissions meet about the graves of the war</h1>{lines}{BODY}")[2] != "dateline"


def test_a_clock_that_the_text_contradicts_is_not_trusted_and_next_week_says_when_it_was_written():
    text = (
        "Monday 8 April 2024, 21:14\n\nNorth to give back remains, official says\n\n3 min read\n\n"
        "North Korea is to give back remains next week, a U.S. official said on Tuesday after a round of talks.\n\n"
        "They would be flown out on July 27, the official said. It was President Donald Trump who had spoken of it after "
        "the June 12 summit in Singapore with Kim Jong Un."
    )
    found = read_text(text, None)["document"]["published"]
    assert (found["earliest"], found["latest"], found["basis"]) == ("2018-07-17", "2018-07-18", "text")


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("The plan provides for a small team to enter the country in January.", "January", "2019-01"),
        ("By the end of September diggers would begin at three new places.", "the end of September", "2018-09"),
        ("She has led the museum since the spring of 2009. He met her there on 4 February.", "4 February", "2018-02-04"),
        ("An accord was signed on 3 May 2009.\nA day earlier, a member took issue with the cost.", "A day earlier", "2018-07-12"),
    ],
)  # fmt: skip
def test_days_to_come_and_days_beside_an_old_year(text, words, expected):
    dates = {date["text"]: date["edtf"] for date in read_text(text)["dates"]}
    assert (dates[words] or "").startswith(expected)


@pytest.mark.parametrize(
    ("sentence", "kind", "polarity"),
    [
        ("The third season was cut short when the border was closed.", None, None),
        ("The excavation was cut short by two weeks when the river rose.", "operation-suspended", "happened"),
        ("Volunteers have been digging on the hillside since April.", "operation-begun", "happened"),
        ("In March they took out nine more.", "operation-result", "happened"),
        ("The survey team searched four wells, and 31 locations were checked in June.", "operation-result", "happened"),
        ("The first twelve coffins were released to their families on Monday.", "handover", "happened"),
        ("The army said that Chile had handed over no bodies on Saturday.", "handover", "denied"),
        ("Not one page of the archive has been delivered.", "delivery", "denied"),
        ("The embassy turned over two boxes of documents at the airport.", "delivery", "happened"),
        ("The fifth session of the talks was not held.", "meeting-missed", "happened"),
        ("There is to be a hearing on the matter on 11 August.", "meeting-scheduled", "planned"),
        ("The widow had written to three presidents by then.", "contact", "happened"),
        ("By the following winter the laboratory had matched 90.", "identification", "happened"),
        ("Some 8,000 men have yet to be found.", None, None),
        ("He is the fourth man from the grave to be identified.", None, None),
    ],
)  # fmt: skip
def test_what_was_done_in_further_words(sentence, kind, polarity):
    found = [(event["kind"], event["polarity"]) for event in read_text(sentence)["events"]]
    assert (kind, polarity) in found if kind else not {"operation-result", "identification"} & {one for one, _ in found}


@pytest.mark.parametrize(
    "sentence",
    [
        "Congress added $20 million for the search in the past year.",
        "The widow recalled over coffee in her kitchen.",
        "The union has promised a further 2.6 million until the end of this year.",
    ],
)
def test_what_is_no_speech(sentence):
    assert read_text(sentence)["statements"] == []


def test_a_day_of_the_month_is_ahead_where_it_is_planned_and_goes_on_from_days_not_from_last_month():
    text = (
        "Generals of the two sides will sit down together on the 15th at Panmunjom, the ministry confirmed on the 14th. "
        "The leaders had agreed on it last month. Officials had been expected on the 12th but did not turn up."
    )
    found = read_text(text, "2018-07-14")
    assert [date["edtf"] for date in found["dates"]] == ["2018-07-15", "2018-07-14", "2018-06", "2018-07-12"]
    kinds = [(event["kind"], event["polarity"]) for event in found["events"]]
    assert {("meeting-scheduled", "planned"), ("meeting-missed", "happened")} <= set(kinds)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("WASHINGTON — Army Pfc. Delbert A. Hostetler, 22, of Goshen, Indiana, killed during the war, was accounted for on "
         "May 4, 2018, the agency announced today.", [("identification", "happened")]),
        ("To identify them, scientists used dental and anthropological analysis.", []),
        ("He gave the number, an official said on condition that he not be named.", []),
        ("Our embassy raised the matter with the Foreign Ministry in November 2016.", [("request", "happened")]),
        ("My officials were in touch with their counterparts in Washington last week.", [("contact", "happened")]),
        ("The Ministry replied in March that it had no objection.", [("contact", "happened")]),
        ("It follows an agreement which Argentina and Britain signed in Geneva in March.", [("agreement", "happened")]),
        ("The remains of two airmen were flown from Da Nang to Hawaii on May 12.", [("handover", "happened")]),
        ("He is dead, so you cannot ask him.", []),
    ],
)  # fmt: skip
def test_more_ways_in_which_pages_tell_what_happened(text, expected):
    events = read_text(text)["events"]
    assert [(event["kind"], event["polarity"]) for event in events if event["kind"] != "statement-made"] == expected


def test_people_with_arabic_names_are_found_and_named_again_by_the_last_of_them():
    text = (
        "“My mother irons a shirt,” said Bader al-Mutairi, whose brother was taken near Karbala. Rabea al-Adsani led the "
        "team for fourteen years. Al-Mutairi has waited for thirty, and al-Adsani knows it."
    )
    found = read_text(text)
    assert [person["name"] for person in found["people"]] == ["Bader al-Mutairi", "Rabea al-Adsani"]
    assert [len(person["mentions"]) for person in found["people"]] == [2, 2]
    assert [place["name"] for place in found["places"]] == ["Karbala"]
