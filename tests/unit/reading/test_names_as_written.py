"""People, bodies and days as agencies and releases name them."""

import pytest

from tests.unit.reading.readings import read_text

BEFORE = (
    "The talks go on\n\nThe two sides have been quiet about the matter, and the families are used to that by now.\n\n"
)


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("The commission on missing people is headed by Kathryne Bomberger.", "Kathryne Bomberger"),
        ("Interpreter Sukhee Kim sat between the two generals for two hours.", "Sukhee Kim"),
        ("Prime Minister Hun Sen suspended the searches in September.", "Hun Sen"),
        ("On Sunday a general of the army, An Ik-san, met his counterpart.", "An Ik-san"),
        ("Remains of the last victim, Raju Yadav of Bihar, were not sent back.", "Raju Yadav"),
        ("The agreement was signed by the President of the Board of the Institute, Christos Eliades.", "Christos Eliades"),
        ("KUNA cited Rabie Adsani, the head of the Kuwaiti delegation at the commission that deals with prisoners of war and the missing.", "Rabie Adsani"),
    ],
)  # fmt: skip
def test_people_are_found_by_what_they_do(sentence, name):
    assert name in [one["name"] for one in read_text(BEFORE + sentence)["people"]]


@pytest.mark.parametrize("sentence", ["Lancaster ED-603 took off in the evening.", "Madam Chair, I am the niece of a man lost in Korea."])  # fmt: skip
def test_planes_and_forms_of_address_are_nobody(sentence):
    assert read_text(BEFORE + sentence)["people"] == []


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("Vietnam Veterans of America has collected documents since 1994.", "Vietnam Veterans of America"),
        ("She is the president of the Mothers of Srebrenica in Tuzla.", "Mothers of Srebrenica"),
        ("The Eighth Army withdrew from the north in December.", "Eighth Army"),
        ("A group from abroad, History Flight, Inc., told the agency of a grave.", "History Flight"),
        ("A team from Glasgow University surveyed the field in 2007.", "Glasgow University"),
        ("He flew with the 97th Bombardment Group over Slovenia.", "97th Bombardment Group"),
        ("In 1946 the 604th Quartermaster Graves Registration Company searched the island.", "604th Quartermaster Graves Registration Company"),
    ],
)  # fmt: skip
def test_bodies_are_found_by_how_they_are_named(sentence, name):
    assert name in [one["name"] for one in read_text(BEFORE + sentence)["parties"]]


def test_an_air_base_is_no_air_force():
    names = [
        one["name"] for one in read_text(BEFORE + "They went to the laboratory at Offutt Air Force Base.")["parties"]
    ]
    assert not any("Offutt" in name for name in names)


@pytest.mark.parametrize(
    ("sentence", "words", "edtf"),
    [
        ("They dug between March and November last year near the river.", "between March and November last year", "2017-03/2017-11"),
        ("The six who were named this April were the last for the moment.", "this April", "2018-04"),
        ("The ministry said the generals were now seeking a meeting Sunday about the boxes.", "Sunday", "2018-07-15"),
    ],
)  # fmt: skip
def test_days_are_resolved_by_the_year_and_by_what_is_still_wanted(sentence, words, edtf):
    dates = {one["text"]: one["edtf"] for one in read_text(BEFORE + sentence, "2018-07-13")["dates"]}
    assert dates[words] == edtf


def test_a_dateline_with_its_year_is_trusted_before_a_clock_years_later():
    text = (
        "Tuesday 9 April 2024, 21:14\n\nRemains of nine found at quarry\n\n3 min read\n\n"
        "RASKA, Serbia, November 18, 2020 - Forensic experts have found the remains of at least nine people at the quarry, the "
        "commissions of the two governments said on Wednesday.\n\nSamples will be sent to Tuzla. The search goes on."
    )
    found = read_text(text, None)["document"]["published"]
    assert (found["earliest"], found["latest"]) == ("2020-11-18", "2020-11-18")


@pytest.mark.parametrize(
    ("sentence", "low"),
    [("Sixteen Armenians and four Azerbaijanis had changed hands by noon.", [16, 4]), ("There were 23 Iranians among them.", [23])],
)  # fmt: skip
def test_members_of_a_people_are_counted(sentence, low):
    assert [one["low"] for one in read_text(BEFORE + sentence)["quantities"]] == low
