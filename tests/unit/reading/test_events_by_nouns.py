"""Events told by nouns, by counts that stand for what was named before, and with subjects far from their verbs."""

import pytest

from tests.unit.reading.readings import one, read_text, roles


def told(text):
    return [(event["kind"], event["polarity"]) for event in read_text(text)["events"]]


@pytest.mark.parametrize(
    ("sentence", "event"),
    [
        ("Envoys praised Monday's talks at Panmunjom as useful to both of them.", ("meeting-held", "happened")),
        ("There was a short meeting of the two commissions in the spring.", ("meeting-held", "happened")),
        ("After four days of negotiations the two delegations went home.", ("meeting-held", "happened")),
        ("The agency announced the identification of 14 sailors from the wreck.", ("identification", "happened")),
        ("The institute reported 31 new identifications to the families in May.", ("identification", "happened")),
        ("Years of digging resulted in the recovery of 40 bodies from the pit.", ("operation-result", "happened")),
        ("The accord led to the return of the remains of 17 airmen to their families.", ("handover", "happened")),
        ("Both armies carried out another exchange at the bridge on Sunday.", ("handover", "happened")),
        ("The two sides held a joint ceremony on repatriating the remains of 12 men.", ("handover", "happened")),
        ("Exhumations took place on both sides of the river that summer.", ("operation-result", "happened")),
        ("The search has been at a standstill since the floods of last year.", ("operation-suspended", "happened")),
        ("Ankara gave the committee permission to dig at five more places.", ("agreement", "happened")),
        ("The widow has written to every minister of defence since 1993.", ("contact", "happened")),
        ("They informed the command by telephone that nobody would come.", ("contact", "happened")),
        ("A mass grave was found behind the quarry in the spring of 2014.", ("operation-result", "happened")),
        ("The pit was searched for two weeks in vain by a team from the capital.", ("operation-result", "happened")),
        ("The laboratory confirmed the identity of the two men from their teeth.", ("identification", "happened")),
        ("The bones turned out to be those of a gunner from Ohio.", ("identification", "happened")),
        ("The commission convened in Nicosia on 3 June with all its members.", ("meeting-held", "happened")),
        ("The ministers will not meet on Sunday as they had wished.", ("meeting-scheduled", "denied")),
        ("Families pleaded with the minister to go on with the search.", ("request", "happened")),
        ("The two generals signed a protocol on the exchange of bodies.", ("agreement", "happened")),
        ("Both armies swapped 60 bodies near the crossing on Saturday.", ("handover", "happened")),
        ("Relatives were given the remains of three men in the capital.", ("handover", "happened")),
        ("Archaeologists broke ground at the site of the camp in May.", ("operation-begun", "happened")),
        ("The dig behind the church yielded the bones of two people.", ("operation-result", "happened")),
        ("The searches were shelved after the test of a missile in March.", ("operation-suspended", "happened")),
    ],
)  # fmt: skip
def test_a_noun_with_its_day_or_its_count_tells_of_an_event(sentence, event):
    assert event in told(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "They came to discuss the return of the remains of 17 airmen.",
        "Families hope for the identification of more than 300 men.",
        "Before the meeting on Sunday nobody would say a word about it.",
        "The remains may have been taken to a landfill by mistake.",
        "The judgment call on the part of the office was a hard one.",
        "It is a pressing humanitarian issue for both of the governments.",
        "The plane brought trucks and other equipment that nobody wanted.",
        "Handing over a box takes ten minutes, and opening it ten years.",
        "Talk of the return of remains was brought to the forefront again.",
        "He met his wife in Toledo in 1951, and the court found the men guilty.",
    ],
)
def test_what_is_sought_or_only_possible_is_no_event_that_happened(sentence):
    kinds = {kind for kind, polarity in told(sentence) if polarity == "happened"}
    assert not kinds & {"handover", "identification", "meeting-held", "request"}


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("The North gave up 200 bodies on Monday. On Tuesday it handed over 123 more.", ("handover", "happened")),
        ("Sixty caskets stood there. The laboratory has exhumed 50 of them since.", ("operation-result", "happened")),
        ("Ten joint operations were agreed. The first was to begin in the spring.", ("operation-begun", "planned")),
        ("The two sides were to meet on July 12. They did so on July 15.", ("meeting-held", "happened")),
        ("The searches went on for ten years. The Pentagon ended that in 2005.", ("operation-suspended", "happened")),
    ],
)
def test_a_count_or_a_pronoun_stands_for_what_was_told_of_before(text, event):
    assert event == told(text)[-1]


@pytest.mark.parametrize(
    ("sentence", "kind", "thing"),
    [
        ("A session in Geneva at which the maps were to be shown has been called off.", "meeting-cancelled", "A session"),
        ("A round of talks between the sides, planned for May 12, has been postponed.", "meeting-moved", "A round of talks"),
        ("The next meeting of the two sides' secretaries is set for Thursday.", "meeting-scheduled", "The next meeting of the two sides' secretaries"),
        ("Nine bodies found over the weekend were brought to the island.", "handover", "Nine bodies found"),
        ("A meeting of the United States, Vietnam and Laos took place in Vientiane.", "meeting-held", "A meeting of the United States"),
    ],
)  # fmt: skip
def test_the_subject_is_found_at_the_beginning_of_the_clause(sentence, kind, thing):
    assert roles(one(read_text(sentence)["events"], kind=kind))["thing"] == thing


def test_a_receiver_and_a_day_can_stand_before_the_thing():
    event = one(read_text("Seoul will hand over to China on Friday the remains of 88 soldiers.")["events"])
    assert (roles(event)["thing"], event["polarity"]) == ("the remains of 88 soldiers", "planned")


def test_what_a_page_counts_itself_is_a_figure_of_nobody():
    figure = one(read_text("Some 1,590 Americans are still unaccounted for from that war.")["events"])
    assert (figure["kind"], set(roles(figure))) == ("figure-announced", {"count"})


@pytest.mark.parametrize(
    ("sentence", "place"),
    [
        ("At Bangkok, after long talks, the two sides signed an agreement on searches.", "Bangkok"),
        ("A meeting in Bangkok at which maps were to be shown has been called off.", "Bangkok"),
    ],
)
def test_the_place_can_lead_the_sentence_or_belong_to_the_thing(sentence, place):
    reading = read_text(sentence)
    places = {one["id"]: one["name"] for one in reading["places"]}
    assert place in [places.get(event["place"]) for event in reading["events"]]


@pytest.mark.parametrize(
    ("sentence", "event"),
    [
        ("It is not true that the boxes were sent back to the North.", ("handover", "denied")),
        ("Reports that the bodies had been handed over were wrong.", ("handover", "denied")),
        ("The exchange, planned for Friday, did not take place.", ("handover", "denied")),
        ("There has been no meeting of the two sides since 2019.", ("meeting-held", "denied")),
        ("The North is said to have handed over 12 boxes of bones.", ("handover", "claimed")),
        ("Nobody came to the talks in Minsk on the second day.", ("meeting-missed", "happened")),
    ],
)
def test_what_is_untrue_or_only_said_did_not_happen(sentence, event):
    assert event in told(sentence)
