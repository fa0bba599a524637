"""Speech without "X said that": around quotations, after colons, as cited, and what is held or wanted."""

import pytest

from tests.unit.reading.readings import one, read_text


def spoken(text):
    return [(statement["speaker"], statement["content"]) for statement in read_text(text)["statements"]]


@pytest.mark.parametrize(
    ("sentence", "speaker"),
    [
        ("“Nobody is up there,” the head of the search, Major Ilse Brandt, told Alpine Radio.", "Major Ilse Brandt"),
        ("“Nobody is up there,” Ilse Brandt, who led the search, said on Monday.", "Ilse Brandt"),
        ("“Nobody is up there,” the coordination centre said in the evening.", "the coordination centre"),
        ("“Nobody is up there,” Brandt said.", "Brandt"),
        ("A farmer from the valley was blunt: “Nobody is up there,”", "A farmer from the valley"),
    ],
)
def test_whoever_stands_beside_a_quotation_says_it(sentence, speaker):
    (said,) = spoken(sentence)
    assert said[1].startswith("Nobody is up there")
    assert said[0] in speaker


def test_both_halves_of_a_quotation_are_of_one_speaker():
    text = "“We will help you,” said Karl Lindner, the chairman, “but only you can open the archives.”"
    assert spoken(text) == [
        ("Karl Lindner", "We will help you"),
        ("Karl Lindner", "but only you can open the archives."),
    ]


def test_a_quotation_on_its_own_is_of_whom_the_paragraph_told():
    text = "Karl Lindner said the work would take years. “We have found 12 of 40.”"
    assert spoken(text)[1] == ("Karl Lindner", "We have found 12 of 40.")


@pytest.mark.parametrize(
    ("sentence", "speaker", "content"),
    [
        ("Six bodies came, the Harbour Wire cited minister Ana Duarte as saying.", "minister Ana Duarte", "Six bodies came"),
        ("As reported by Ana Duarte, the army returned six bodies.", "Ana Duarte", "the army returned six bodies."),
        ("Ana Duarte was quoted as saying that six bodies had come.", "Ana Duarte", "six bodies had come"),
        ("Ana Duarte accused the army of hiding six bodies.", "Ana Duarte", "hiding six bodies"),
        ("Ana Duarte described the exchange as a first step.", "Ana Duarte", "the exchange as a first step"),
        ("Ana Duarte expressed hope that the exchange would go on.", "Ana Duarte", "the exchange would go on"),
        ("Ana Duarte urged the army to open its archives.", "Ana Duarte", "the army to open its archives"),
        ("Ana Duarte promised at talks in May to open the archives.", "Ana Duarte", "to open the archives"),
        ("Ana Duarte said about 50 bodies were still to come.", "Ana Duarte", "about 50 bodies were still to come"),
        ("Ana Duarte said in a statement she was glad of it.", "Ana Duarte", "she was glad of it"),
        ("As Ana Duarte put it, “the boxes came without a word.”", "Ana Duarte", "the boxes came without a word."),
        ("Ana Duarte is convinced that the graves can be found.", "Ana Duarte", "the graves can be found"),
        ("“Where are all of them?” Ana Duarte asked.", "Ana Duarte", "Where are all of them?"),
        ("Six bodies, according to Ana Duarte, are still there.", "Ana Duarte", "Six bodies, according to Ana Duarte, are still there"),
        ("According to the Harbour Commission the whole of it cost two million dollars.", "the Harbour Commission", "the whole of it cost two million dollars"),
        ("The army denied a report by the union that six bodies had come.", "The army", "six bodies had come"),
    ],
)  # fmt: skip
def test_what_somebody_says_holds_or_wants_is_a_statement(sentence, speaker, content):
    assert (speaker, content) in spoken(sentence)


def test_two_verbs_that_and_joins_have_one_speaker():
    text = "Ana Duarte confirmed the number and said that a plane would land at nine."
    assert ("Ana Duarte", "a plane would land at nine") in spoken(text)


def test_it_is_the_body_that_spoke_before():
    reading = read_text("The Pentagon said two boxes had come. Two more would follow in May, it added.")
    first, second = reading["statements"]
    assert (second["speaker"], second["speaker_id"]) == ("The Pentagon", first["speaker_id"])


def test_he_is_no_woman_and_she_no_brother():
    text = (
        "Dora Finch, 88, remembers it. Her brother, Pfc. Warren Frost, never came home. “They wrote in 1949,” she said."
    )
    reading = read_text(text)
    people = {person["id"]: person["name"] for person in reading["people"]}
    assert people[one(reading["statements"], verb="said")["speaker_id"]] == "Dora Finch"


@pytest.mark.parametrize(
    "sentence",
    [
        "At a rally in Duluth, Minnesota, an expert report was read out.",
        "Reporters of the state media were there on the first day.",
    ],
)
def test_nouns_that_look_like_verbs_of_saying_say_nothing(sentence):
    assert spoken(sentence) == []


def test_an_answer_of_several_paragraphs_goes_on():
    text = "\n\n".join(
        (
            "Dr. Ida Moll: We opened all of the boxes.",
            "The bones are old.",
            "Q: When?",
            "Col. Jan Haas: We opened them in May.",
            "Moll: Yes, we opened all of them in the end.",
            "Haas: I saw it with my own eyes on the last day there.",
        )
    )
    assert ("Dr. Ida Moll", "The bones are old.") in spoken(text)
    assert ("Col. Jan Haas", "We opened them in May.") in spoken(text)
