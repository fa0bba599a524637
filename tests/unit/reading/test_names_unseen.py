"""People, parties and places that are on no list, told by the form of a name and by what stands around it."""

import pytest

from tests.unit.reading.readings import one, read_text


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("Both have agreed to it, said Skender Morinaj, who heads the delegation.", "Skender Morinaj"),
        ("Zdravka Ilkova, 74, told reporters that she had waited for him.", "Zdravka Ilkova"),
        ("Despoina Makri, whose father was lost there, heard of it on the radio.", "Despoina Makri"),
        ("Vice Minister of Civil Affairs Dou Yupei spoke at the grave.", "Dou Yupei"),
        ("The remains of No Gwan-su were carried down the hill.", "No Gwan-su"),
        ("A spokeswoman, Nguyen Thi Hanh, said that records were wanted.", "Nguyen Thi Hanh"),
        ("Superintendent Ragnhild Fosse counted them on the quay.", "Ragnhild Fosse"),
        ("He succeeded his compatriot Wim van der Meer in the chair.", "Wim van der Meer"),
        ("The minister, Warren Tolhurst MP, will open the wall of names.", "Warren Tolhurst"),
        ("Her brother Tybalt, a private, died in the camp that spring.", "Tybalt"),
        ("He remembers a Chinese major by the name of Liu at the gate.", "Liu"),
        ("UN Member Aurelio Brancatti stressed the need for more rooms.", "Aurelio Brancatti"),
    ],
)
def test_a_person_is_told_by_form_kin_office_and_speech(sentence, name):
    assert [person["name"] for person in read_text(sentence)["people"]] == [name]


def test_the_second_of_two_is_a_person_too():
    reading = read_text("It was led by Ambassadors Julian Corvane and Federigo Tasso at the gate.")
    assert [person["name"] for person in reading["people"]] == ["Julian Corvane", "Federigo Tasso"]


def test_short_forms_of_given_names_are_one_person():
    reading = read_text("Thomas Ferrand flew there in May. Tom Ferrand saw the boxes, and Ferrand wrote it down.")
    assert len(one(reading["people"], name="Thomas Ferrand")["mentions"]) == 3


def test_a_speaker_of_a_transcript_is_one_person_in_all_turns():
    text = "Q: How many have a name by now?\nMR. LINDQUIST: Six of them so far.\nQ: And of the others?\nMR. LINDQUIST: We do not know."
    person = one(read_text(text)["people"], name="Lindquist")
    assert len(person["mentions"]) == 2


@pytest.mark.parametrize(
    "sentence",
    [
        "It is part of the System of Truth, Justice, Reparation and Memory there.",
        "They told the daily Dnevni Vjesnik that it would rain on that day.",
        "By Theodora Lunt\nNobody knew on that day what the boxes held.",
        "He wrote to the Vice Minister of Civil Affairs about the grave.",
    ],
)
def test_lists_newspapers_writers_and_offices_are_no_people(sentence):
    assert read_text(sentence)["people"] == []


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("It was done by the Bureau for the Search of Missing Fishermen of Moravia.", "Bureau for the Search of Missing Fishermen of Moravia"),
        ("He asked the daily Dnevni Vjesnik to print the list of names.", "Dnevni Vjesnik"),
        ("He had served in the 2d Engineer Combat Battalion that winter.", "2d Engineer Combat Battalion"),
        ("The Joint Naming Board met in the old school on the hill.", "Joint Naming Board"),
    ],
)  # fmt: skip
def test_an_organisation_is_told_by_words_and_numbers_in_its_name(sentence, name):
    assert name in [party["name"] for party in read_text(sentence)["parties"]]


def test_the_short_form_in_brackets_is_a_mention():
    reading = read_text("The Regional Recovery Unit (RRU) began in May. By June the RRU had opened four graves.")
    party = one(reading["parties"], name="Regional Recovery Unit")
    assert [reading["document"]["text"][a:b] for a, b in party["mentions"]] == ["Regional Recovery Unit", "RRU", "RRU"]


@pytest.mark.parametrize(
    ("sentence", "wrong"),
    [
        ("South Korea has named a man whom the Army's 7th Division had lost.", "United States Army"),
        ("The Azerbaijan Army and the American soldiers met at the gate.", "United States Army"),
        ("He fell ill on a ship in the South China Sea in the spring.", "China"),
    ],
)
def test_other_armies_and_seas_are_not_the_known_ones(sentence, wrong):
    assert wrong not in [party["name"] for party in read_text(sentence)["parties"]]


@pytest.mark.parametrize(
    ("sentence", "places"),
    [
        ("They dug on Mount Varn for the men of the two companies.", ["Mount Varn"]),
        ("Bodies came from the Drovna and Karelsk regions last week.", ["Drovna", "Karelsk"]),
        ("Teams dug in the villages of Bellamo, Karavo and Lapisto.", ["Bellamo", "Karavo", "Lapisto"]),
        ("He came from Missoula, Mont., and had worked on the railway.", ["Missoula"]),
        ("It was told by Margaret Lindley of Nashby in the kitchen.", ["Nashby"]),
        ("The boxes crossed the line near Anju, North Korea.", ["Anju", "North Korea"]),
    ],
)
def test_a_place_is_told_by_its_kind_its_state_and_who_comes_from_it(sentence, places):
    assert [place["name"] for place in read_text(sentence)["places"]] == places


def test_the_town_of_a_dateline_is_a_place():
    reading = read_text("TROMSVIK, Norway, July 12 (Wire) - Divers went down to the car deck again today.")
    assert "Tromsvik" in [place["name"] for place in reading["places"]]


@pytest.mark.parametrize(
    "sentence",
    [
        "The Truman Library holds the papers of the men who were there.",
        "Old Baldy fell in March, and they held the next ridge until the end.",
        "They drove past Five Points and Mill Creek to the old cemetery.",
    ],
)
def test_buildings_hills_and_roads_are_no_people(sentence):
    assert read_text(sentence)["people"] == []
