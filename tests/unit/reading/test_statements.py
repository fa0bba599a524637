"""Who is reported to have said what: speaker, hearer, form, hedge, chain."""

import pytest

from tests.unit.reading.readings import edtf, one, read_text

FRAME = "Mike Pompeo and Yonhap and Bloomberg were named before in this text."


@pytest.mark.parametrize(
    ("sentence", "speaker", "verb", "content"),
    [
        ("Pompeo said that no boxes had come yet.", "Pompeo", "said", "no boxes had come yet"),
        ("Pompeo said Thursday no boxes had come yet.", "Pompeo", "said", "no boxes had come yet"),
        ("The new date was kept from them all day, Bloomberg reported.", "Bloomberg", "reported", "The new date was kept from them all day"),
        ("According to the Pentagon, nearly 8,000 men are missing.", "the Pentagon", "according to", "nearly 8,000 men are missing"),
        ("Nearly 8,000 men are missing, according to the Pentagon.", "the Pentagon", "according to", "Nearly 8,000 men are missing"),
        ("The talks, officials said, will go on next week.", "officials", "said", "The talks, officials said, will go on next week"),
        ("Col. Carl Dunn, a spokesman for the command, denied the report of the day before.", "Col. Carl Dunn", "denied", "the report of the day before"),
        ("In a statement, the ministry said the talks were useful.", "the ministry", "said", "the talks were useful"),
    ],
)  # fmt: skip
def test_reported_speech_has_speaker_verb_and_content(sentence, speaker, verb, content):
    statement = one(read_text(f"{FRAME} {sentence}")["statements"])
    assert (statement["speaker"], statement["verb"], statement["form"]) == (speaker, verb, "indirect")
    assert statement["content"] == content


@pytest.mark.parametrize(
    ("sentence", "speaker", "content"),
    [
        ('"We waited there all day," said Col. Harold Stone of the command.', "Col. Harold Stone of the command", "We waited there all day"),
        ("“We waited there all day,” Col. Harold Stone said.", "Col. Harold Stone", "We waited there all day"),
        ('Col. Harold Stone said: "We waited there all day."', "Col. Harold Stone", "We waited there all day."),
    ],
)  # fmt: skip
def test_words_in_quotation_marks_are_direct_speech(sentence, speaker, content):
    statement = one(read_text(sentence)["statements"])
    assert (statement["speaker"], statement["form"], statement["content"]) == (speaker, "direct", content)


def test_a_source_that_told_an_agency_makes_a_chain():
    reading = read_text("A source close to the talks told the Yonhap News Agency that the level had to be raised.")
    statement = one(reading["statements"])
    assert statement["hearer"] == "the Yonhap News Agency"
    assert statement["chain"] == ["A source close to the talks", "Yonhap News Agency"]
    assert statement["speaker_id"] is None


def test_the_outlet_is_the_press_named_before():
    reading = read_text('Yonhap carried it first. "They apparently want a general there," the source told the outlet.')
    statement = one(reading["statements"])
    assert statement["chain"] == ["the source", "Yonhap News Agency"]
    assert statement["hedge"] == "apparently"


def test_what_stands_inside_a_report_goes_through_its_chain():
    reading = read_text(
        "Mike Pompeo told Reuters that nothing had come, despite Donald Trump's claims that it had all been done."
    )
    claim = one(reading["statements"], verb="claims")
    assert claim["speaker"] == "Donald Trump"
    assert claim["chain"] == ["Donald Trump", "Mike Pompeo", "Reuters"]
    assert claim["hedge"] == "despite claims"


def test_a_report_that_cites_somebody_begins_its_chain_there():
    reading = read_text("Yonhap reported, citing a government official, that 215 caskets would cross the line.")
    assert one(reading["statements"])["chain"] == ["a government official", "Yonhap"]


def test_a_quotation_goes_on_with_its_speaker():
    reading = read_text(
        '"I am hopeful that it begins soon," Mike Pompeo told lawmakers in late June. "There is much work to do."'
    )
    first, second = reading["statements"]
    assert (second["speaker"], second["rule"]) == ("Mike Pompeo", "statement:quotation goes on")
    assert edtf(reading, first) == "2018-06-21/2018-06-30"


def test_he_is_the_one_who_spoke_before():
    reading = read_text("Col. Harold Stone said the wait was long. He added that nobody had called.")
    first, second = reading["statements"]
    assert second["speaker"] == "He"
    assert second["speaker_id"] == first["speaker_id"] == reading["people"][0]["id"]
    assert second["chain"] == ["Harold Stone"]


@pytest.mark.parametrize(
    "sentence",
    [
        'They hope to build a "lasting and stable peace" on the peninsula.',
        "The report was long and nobody at the table had read it.",
        "The law says nothing of this kind about the graves there.",
        "He was told to wait outside until the others were done.",
    ],
)
def test_names_in_marks_nouns_and_things_say_nothing(sentence):
    assert read_text(sentence)["statements"] == []


def test_what_people_were_told_by_nobody_in_particular_is_unsure():
    statement = one(read_text("Officials were told that the other side would not come.")["statements"])
    assert (statement["speaker"], statement["hearer"]) == (None, "Officials")
    assert statement["confidence"] <= 0.5


def test_the_dateline_is_no_part_of_what_was_said():
    text = "SEOUL, July 13 (Yonhap) -- North Korea wants talks of generals on Sunday, a government source said Friday."
    assert one(read_text(text)["statements"])["content"].startswith("North Korea wants")


@pytest.mark.parametrize(
    "sentence",
    [
        "A spokeswoman for the office, Maria Torres, said that nothing had come yet.",
        "“Nothing had come yet,” said a spokesman for the command, Colonel Carl Dunn.",
        "The secretary of state, Mike Pompeo, informed a committee that nothing had come yet.",
    ],
)
def test_a_speaker_named_after_the_office_is_the_person(sentence):
    reading = read_text(sentence)
    assert one(reading["statements"])["speaker_id"] == one(reading["people"])["id"]


def test_answers_that_begin_with_a_name_are_statements_of_that_person():
    text = "Robert Hale spoke of the winter of the war.\nQ: Where were you?\nHale: We were on the east side of the lake.\nQ: How long?\nHale: For five days, and then we walked out."
    assert [(s["speaker"], s["content"]) for s in read_text(text)["statements"]] == [
        ("Hale", "We were on the east side of the lake."),
        ("Hale", "For five days, and then we walked out."),
    ]


def test_he_is_the_unnamed_spokesman_who_spoke_before():
    reading = read_text(
        "Mike Pompeo left on Monday. A military spokesman said the cases were ready. He added that 158 more stood at the base."
    )
    second = reading["statements"][1]
    assert (second["speaker_id"], second["chain"]) == (None, ["A military spokesman"])


def test_somebody_who_asked_not_to_be_named_still_speaks():
    statement = one(
        read_text("An official who asked not to be named told Reuters that one tag had come along.")["statements"]
    )
    assert (statement["speaker"], statement["chain"]) == ("An official", ["An official", "Reuters"])


def test_what_follows_saying_is_said_by_the_subject():
    statement = one(
        read_text("The ministry stopped the searches in May 2005, saying that its people were not safe there.")[
            "statements"
        ]
    )
    assert (statement["speaker"], statement["content"]) == ("The ministry", "its people were not safe there")
