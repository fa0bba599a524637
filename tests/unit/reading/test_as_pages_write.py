"""Turns of phrase that real pages use: agencies, releases of laboratories, fact sheets."""

import pytest

from tests.unit.reading.readings import edtf, one, read_text, roles


@pytest.mark.parametrize(
    ("sentence", "kind", "polarity"),
    [
        ("The team searched the island, but the sergeant’s remains were not identified.", "identification", "denied"),
        ("The North Koreans did not raise other issues or request anything in return.", "request", "denied"),
        ("We can no longer plan, coordinate, and conduct field operations in the north.", "operation-result", "denied"),
        ("They stressed that this does not mean the recovery efforts will resume.", "operation-begun", "denied"),
        ("The North is making promises to help the US restart the search for its dead.", "operation-begun", "planned"),
        ("They reached a deal to resume recovering the remains of American soldiers.", "operation-result", "planned"),
        ("The talks were set, but no officers of the North showed up at the border.", "meeting-missed", "happened"),
        ("The negotiations had begun at the border village on Sunday morning.", "meeting-held", "happened"),
        ("The two nations held their first general-officers’ meeting in nine years.", "meeting-held", "happened"),
        ("North Korea today turned over to American officials wooden coffins with bones.", "handover", "happened"),
        ("North Korea on Tuesday returned what it said were the remains of 33 soldiers.", "handover", "happened"),
        ("A repatriation ceremony for three sets of remains took place at the airport.", "handover", "happened"),
        ("The agency accounted for 203 formerly missing persons from past conflicts.", "identification", "happened"),
    ],
)  # fmt: skip
def test_what_happened_and_what_did_not(sentence, kind, polarity):
    assert (kind, polarity) in [(event["kind"], event["polarity"]) for event in read_text(sentence)["events"]]


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("The day marks the 65th anniversary of the signing of the armistice in the war.", "agreement"),
        ("Another 2,000 are among the Americans who never returned home from the war.", "handover"),
        ("The agency seeks to recover and identify soldiers missing from the war.", "request"),
        ("They would try to tie the return of the dead to other demands of theirs.", "request"),
        ("The laboratory had a budget request of $131M for the year ahead of it.", "request"),
        ("The pact covers teams that go there every year to recover remains.", "operation-result"),
        ("No date has been set for the return of the remains of the soldiers.", "meeting-scheduled"),
    ],
)  # fmt: skip
def test_words_that_only_name_an_event_tell_of_none(sentence, kind):
    assert kind not in [event["kind"] for event in read_text(sentence)["events"]]


def test_the_receiver_can_stand_before_the_thing():
    event = one(read_text("Their envoys handed over to the US side a set of remains.")["events"], kind="handover")
    assert (roles(event)["from"], roles(event)["thing"]) == ("Their envoys", "a set of remains")


def test_a_date_since_which_something_is_done_is_not_the_day_of_what_was_done():
    text = "South Korea has so far identified the remains of 216 soldiers since it launched the project in 2000."
    event = one(read_text(text)["events"], kind="identification")
    assert edtf(read_text(text), event) is None
    assert roles(event)["who"] == "South Korea"


def test_one_event_in_two_sentences_is_one_draft_with_both_passages():
    text = "North Korea handed over 55 boxes on July 27, 2018. The handover took place on July 27, 2018, at Wonsan."
    reading = read_text(text, "2018-08-02")
    event = one(reading["events"], kind="handover")
    passages = [reading["document"]["text"][start:end] for start, end in event["passages"]]
    assert [passage.split()[-1] for passage in passages] == ["2018.", "Wonsan."]


def test_handovers_by_two_sides_on_one_day_stay_two():
    text = (
        "North Korea handed over 55 boxes on July 27, 2018. Vietnam handed over two sets of remains on July 27, 2018."
    )
    assert [event["kind"] for event in read_text(text, "2018-08-02")["events"]].count("handover") == 2


def test_what_was_one_of_four_points_is_the_first_of_them():
    text = (
        "Talk of the return of remains came up after it became one of the four points made in the joint declaration "
        "between Donald Trump and Kim Jong Un. Other points included better relations and a lasting peace."
    )
    points = [point["text"] for point in one(read_text(text)["events"], kind="agreement")["points"]]
    assert points == ["the return of remains", "better relations", "a lasting peace"]


@pytest.mark.parametrize(
    ("sentence", "words", "low", "figure_unit"),
    [
        ("More than 7,700 troops are missing, with an estimated 5,300 believed to be in the north.", "an estimated 5,300", 5300, "unaccounted"),
        ("More than 36,000 U.S. troops died in the war and 7,702 are missing in action.", "More than 36,000 U.S. troops", 36000, "people"),
        ("About 200 sets come from the estimated 5,300 Americans missing there.", "the estimated 5,300 Americans", 5300, "unaccounted"),
        ("To date we have identified 14, with several others to follow.", "14", 14, "identified"),
        ("We cannot account for over 73,000 Americans who served in that war.", "over 73,000 Americans", 73000, "unaccounted"),
        ("They exhumed remains of 454 Bosnian Muslims in the village.", "remains of 454 Bosnian Muslims", 454, "individual"),
        ("Congress added $20M for work on the Korean War this year.", "$20M", 20_000_000, "dollars"),
    ],
)  # fmt: skip
def test_figures(sentence, words, low, figure_unit):
    found = one(read_text(sentence)["quantities"], text=words)
    assert (found["low"], found["figure_unit"]) == (low, figure_unit)


@pytest.mark.parametrize(
    "sentence",
    ["The side was led by a two-star general.", "It marked the 70th anniversary of the 24th Infantry's landing."],
)
def test_stars_and_ordinals_count_nothing(sentence):
    assert not read_text(sentence)["quantities"]


def test_figures_of_a_list_go_on_with_what_the_first_counts():
    text = "By conflict, 10 were accounted for from the Vietnam War, 37 from the Korean War."
    assert [(q["low"], q["figure_unit"]) for q in read_text(text)["quantities"]] == [
        (10, "accounted"),
        (37, "accounted"),
    ]


@pytest.mark.parametrize(
    ("sentence", "words", "date"),
    [
        ("They met on Sunday (July 15) at the border.", "Sunday (July 15)", "2018-07-15"),
        ("At their summit in June last year both signed.", "June last year", "2018-06"),
        ("It will be over by the end of the month, he said.", "the end of the month", "2019-07-21/2019-07-31"),
        ("The general pledged to turn over the remains of the six soldiers to the command on Wednesday.", "Wednesday", "2019-07-24"),
    ],
)  # fmt: skip
def test_dates(sentence, words, date):
    assert one(read_text(sentence, "2019-07-20")["dates"], text=words)["edtf"] == date


def test_a_day_with_its_day_of_the_week_tells_the_year():
    text = (
        "SEOUL (Reuters) - Officers met on the border on Sunday (July 15) to discuss the return of remains.\n\n"
        "It was agreed at a summit between US President Donald Trump and North Korean leader Kim Jong Un. "
        "US Secretary of State Mike Pompeo was there."
    )
    found = read_text(text, None)["document"]["published"]
    assert (found["earliest"], found["latest"]) == ("2018-07-15", "2018-07-20")


def test_a_dateline_whose_weekday_does_not_fit_the_only_year_left_is_not_trusted():
    text = (
        "SEOUL, Sept. 15 (Yonhap) -- The remains of another soldier were identified, the ministry said Friday.\n\n"
        "They were recovered in Pohang in 2005. A ceremony took place on Thursday."
    )
    assert read_text(text, None)["document"]["published"]["basis"] != "dateline"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Two sets were found, said Kelly K. McKeague, who heads the agency. McKeague was glad.", "Kelly McKeague"),
        (
            "The talks were led by Deputy Assistant Secretary of Defense James W. Wold, who came in May.",
            "James W. Wold",
        ),
        ("Navy Machinist’s Mate 1st Class Ulis C. Stone, 25, was accounted for last fall.", "Ulis C. Stone"),
    ],
)
def test_people(text, name):
    assert [person["name"] for person in read_text(text)["people"]] == [name]


@pytest.mark.parametrize(
    "text",
    [
        "The U. S. Army corporal was found. The U. S. teams went on with it.",
        "A guard stands in the village of Panmunjom. (AP Photo/David Guttenfelder, File)",
        "Remains were found, said the agency’s Chief Forensic Pathologist on Monday.",
        "The team included people from the Office of the Chairman of the Joint Chiefs of Staff.",
    ],
)
def test_initials_credits_and_offices_are_nobody(text):
    assert not read_text(text)["people"]


def test_a_ship_and_a_new_state_are_not_the_places_in_their_names():
    reading = read_text("He served on the USS Oklahoma. New Mexico Gov. Bill Richardson went there in 2007.")
    assert "Oklahoma" not in [place["name"] for place in reading["places"]]
    assert reading["people"][0]["party"] is None


@pytest.mark.parametrize(
    ("text", "speaker", "content"),
    [
        ("The official said Monday’s meeting was about the remains only.", "The official", "Monday’s meeting was about the remains only"),
        ("The Pentagon agency (DPAA), which works to find missing soldiers, said that it had heard nothing.", "The Pentagon agency", "it had heard nothing"),
        ("U.S. officials have since said that the North has 200 sets of remains.", "U.S. officials", "the North has 200 sets of remains"),
        ("After three days of talks in the capital, Bangkok, the Pentagon said on Friday that a deal was made.", "the Pentagon", "a deal was made"),
        ("According to Kristen Grow, the head of the project, about 250 men are among them.", "Kristen Grow", "about 250 men are among them"),
        ("U.S. officials told Yonhap Richardson was going to receive the remains.", "U.S. officials", "Richardson was going to receive the remains"),
    ],
)  # fmt: skip
def test_speech(text, speaker, content):
    found = one(read_text(text)["statements"], speaker=speaker)
    assert found["content"] == content


def test_the_ministry_is_the_one_named_before():
    reading = read_text("The defense ministry found him. He was killed in May 1950, according to the ministry.")
    assert one(reading["statements"], speaker="the ministry")["speaker_id"] == one(reading["parties"])["id"]


def test_a_line_that_says_when_it_was_posted_is_no_part_of_the_text():
    text = (
        "North Korea gave one dog tag\n\nWhen it handed over 55 boxes of bones it gave a single dog tag, an official says.\n\n"
        "Reuters · Posted: Jul 31, 2018 9:32 AM ET\n\nThe official said it will take years to identify the dead in them."
    )
    document = read_text(text, None)["document"]
    assert document["published"]["edtf"] == "2018-07-31"
    assert "Posted" not in document["text"]


def test_rows_of_a_fact_sheet_above_its_text_are_read():
    text = (
        "FACTSHEET | April 1, 2022\n\nKorean War: Total personnel unaccounted-for 7,544\nCompleted joint field operations: 61\n"
        "Total remains identified 612\n\nWhere the work stands\n\nThe teams of the agency went on with their work in the south."
    )
    assert [q["low"] for q in read_text(text, None)["quantities"]] == [7544, 61, 612]
