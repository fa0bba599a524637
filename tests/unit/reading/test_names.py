"""People, parties and places: merged mentions, offices, the record's codes, unseen names, other spellings."""

import pytest

from tests.unit.reading.readings import one, read_text


def words(reading, draft):
    return [reading["document"]["text"][start:end] for start, end in draft["mentions"]]


def test_mentions_of_one_person_become_one_draft():
    reading = read_text(
        "US Secretary of State Mike Pompeo flew to Seoul on Monday. Pompeo met nobody there. The secretary then left for Tokyo."
    )
    person = one(reading["people"], known="pompeo")
    assert words(reading, person) == ["Mike Pompeo", "Pompeo", "The secretary"]
    assert person["office"] == "US Secretary of State"
    assert person["party"] == "United States"


@pytest.mark.parametrize(
    ("sentence", "name", "office"),
    [
        ("Col. Harold Stone waited at the bridge for them.", "Harold Stone", "Col."),
        ("Rita Amsel, director of the laboratory, signed the form.", "Rita Amsel", "director of the laboratory"),
        ("Ministry spokeswoman Irene Novak spoke to the press.", "Irene Novak", "Ministry spokeswoman"),
        ("The envoy spoke with Pak Yong-su about the graves.", "Pak Yong-su", None),
        ("Sgt. 1st Class Walter B. Quill was lost that winter.", "Walter B. Quill", "Sgt. 1st Class"),
        ("The coach was Edwin Marsh, 86, of Toledo, Ohio.", "Edwin Marsh", None),
    ],
)
def test_a_person_on_no_list_is_told_by_title_name_or_turn_of_phrase(sentence, name, office):
    person = one(read_text(sentence)["people"], name=name)
    assert person["known"] is None
    assert person["office"] == office


def test_adjectives_and_short_forms_are_mentions_of_a_country():
    reading = read_text(
        "North Korean officials did not come. The North gave no reason, and Pyongyang said nothing at all."
    )
    assert words(reading, one(reading["parties"], known="dprk")) == ["North Korean", "The North", "Pyongyang"]


def test_the_pronoun_us_is_not_a_country():
    assert read_text("They told us nothing about it and let us wait all day.")["parties"] == []


def test_a_country_is_a_place_where_something_is_in_it():
    reading = read_text("Teams worked in North Korea for nine years without a break.")
    assert [place["known"] for place in reading["places"]] == ["north-korea"]
    assert reading["parties"] == []


def test_a_war_is_no_country():
    assert read_text("He served in the Vietnam War and came home unhurt.")["parties"] == []


def test_two_koreas_named_together_are_two_parties():
    parties = read_text("They met at the border between North and South Korea again.")["parties"]
    assert {party["known"] for party in parties} == {"dprk", "rok"}


@pytest.mark.parametrize(
    ("sentence", "code"),
    [
        ("The boxes came through P'anmunjŏm in the morning.", "panmunjom"),
        ("The boxes came through Panmunjeom in the morning.", "panmunjom"),
        ("The boxes came through 판문점 in the morning.", "panmunjom"),
        ("His label reads Sinheung-ri and nothing else at all.", "sinhung-ri"),
        ("The fight was near the Jangjin Reservoir that winter.", "chosin"),
    ],
)
def test_a_place_is_known_in_every_spelling(sentence, code):
    assert [place["known"] for place in read_text(sentence)["places"]] == [code]


@pytest.mark.parametrize("spelling", ["Kim Jong Un", "Kim Jong-un", "Kim Chŏng-ŭn", "김정은"])
def test_a_person_is_known_in_every_spelling(spelling):
    people = read_text(f"On that day {spelling} spoke to the general at length.")["people"]
    assert [person["known"] for person in people] == ["kim-jong-un"]


def test_an_organisation_on_no_list_is_told_by_its_last_word():
    party = one(
        read_text("She works for the Lakeside Memory Foundation in the north.")["parties"],
        name="Lakeside Memory Foundation",
    )
    assert party["kind"] == "non-profit"


def test_an_agency_is_known_by_name_and_acronym():
    reading = read_text("The Defense POW/MIA Accounting Agency (DPAA) sent officials. DPAA had no comment on the rest.")
    assert len(one(reading["parties"], known="dpaa")["mentions"]) == 3


def test_of_two_people_of_one_name_the_relative_is_not_meant_later():
    reading = read_text(
        "When John Alder was nine, the news came. His father, Lt. William Alder, was lost. Alder still waits for him."
    )
    assert words(reading, one(reading["people"], name="John Alder")) == ["John Alder", "Alder"]


def test_a_ministry_in_small_letters_is_a_party():
    reading = read_text("The Lao foreign ministry answered, and the ministry of justice did not.")
    assert [party["name"] for party in reading["parties"] if party["kind"] == "ministry"] == [
        "Lao foreign ministry",
        "ministry of justice",
    ]
