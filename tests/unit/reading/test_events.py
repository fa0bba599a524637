"""What is said to have happened: kind, roles, date, place, polarity, reason."""

import pytest

from tests.unit.reading.readings import edtf, one, read_text, roles


@pytest.mark.parametrize(
    ("sentence", "kind", "polarity"),
    [
        ("North Korean officials were a no-show at Thursday's meeting with US officials.", "meeting-missed", "happened"),
        ("The delegation failed to show up for a meeting at the truce village.", "meeting-missed", "happened"),
        ("American officers were left waiting at the border all morning.", "meeting-missed", "happened"),
        ("The meeting has been rescheduled for July 15 at the border.", "meeting-moved", "happened"),
        ("The two sides postponed the talks to the end of the month.", "meeting-moved", "happened"),
        ("The talks were called off by the North on short notice.", "meeting-cancelled", "happened"),
        ("The talks are scheduled for July 15 at the border.", "meeting-scheduled", "planned"),
        ("Generals of both sides will meet on Sunday at the border.", "meeting-scheduled", "planned"),
        ("The talks needed to be upgraded before anyone would come.", "level-raised", "planned"),
        ("American and North Korean officers met in Panmunjom on Monday.", "meeting-held", "happened"),
        ("The two sides held working-level talks in Bangkok on Thursday.", "meeting-held", "happened"),
        ("A call was made to North Korea around midday by the officers.", "contact", "happened"),
        ("The command sent a letter to the North Korean army last week.", "contact", "happened"),
        ("North Korea asked the United States for more time to get ready.", "request", "happened"),
        ("North Korea wants a US general to appear at the table.", "request", "happened"),
        ("In 1996 the two sides signed an agreement on joint searches.", "agreement", "happened"),
        ("They agreed to restart the work in the field next spring.", "agreement", "happened"),
        ("The fighting was halted by an armistice in 1953 after three years.", "agreement", "happened"),
        ("American officials have delivered wooden coffins and flags to Panmunjom.", "delivery", "happened"),
        ("Some 158 metal cases were moved to a base south of Seoul.", "delivery", "happened"),
        ("North Korea handed over 55 boxes of remains on July 27, 2018.", "handover", "happened"),
        ("Twelve sets of remains were returned to South Korea in 2012.", "handover", "happened"),
        ("In 2007 he brought home the remains of six soldiers by plane.", "handover", "happened"),
        ("North Korea had yet to begin the handover of anything at all.", "handover", "denied"),
        ("No remains have been returned since that day in the spring.", "handover", "denied"),
        ("North Korea will return the remains of 55 men on Friday.", "handover", "planned"),
        ("In 1996 the two sides began joint recovery operations in the north.", "operation-begun", "happened"),
        ("Joint teams were able to recover the remains of 229 US soldiers.", "operation-result", "happened"),
        ("The administration called off the searches in 2005 over fears for safety.", "operation-suspended", "happened"),
        ("The program was suspended in 2005 because of the nuclear crisis.", "operation-suspended", "happened"),
        ("Sgt. Walter Quill was identified in September from a clavicle.", "identification", "happened"),
        ("Army Cpl. Edwin Marsh, 19, of Toledo, Ohio, was accounted for on Jan. 22, 2018.", "identification", "happened"),
        ("Gen. Carl Dunn testified before the Senate last week on this.", "statement-made", "happened"),
        ("According to the Pentagon, nearly 8,000 men are still unaccounted for.", "figure-announced", "happened"),
    ],
)  # fmt: skip
def test_an_event_has_kind_and_polarity(sentence, kind, polarity):
    assert (kind, polarity) in [(event["kind"], event["polarity"]) for event in read_text(sentence)["events"]]


@pytest.mark.parametrize(
    "sentence",
    [
        "The return of remains has long been an issue between the two.",
        "They came to discuss the return of remains of the dead.",
        "He met fierce resistance on the ridge and met his death there.",
        "The soldier returned to duty after a week in the hospital.",
        "Military exercises were suspended in the summer of that year.",
        "The summit had no press corps, and the cold was terrible.",
    ],
)
def test_nouns_purposes_and_other_matters_are_no_events(sentence):
    assert read_text(sentence)["events"] == []


def test_a_missed_meeting_says_who_did_not_come_and_when():
    reading = read_text("North Korean officials were a no-show at a scheduled Thursday meeting with US officials.")
    event = one(reading["events"])
    assert roles(event)["who"] == "North Korean officials"
    assert roles(event)["with"] == "US officials"
    assert event["roles"]["who"]["id"] == one(reading["parties"], known="dprk")["id"]
    assert edtf(reading, event) == "2018-07-12"


def test_officers_left_waiting_are_the_other_side_of_the_meeting_missed_before():
    text = "The North was a no-show at Thursday's talks. It told nobody until American officers were left waiting at the border."
    assert [event["kind"] for event in read_text(text)["events"]] == ["meeting-missed"]


def test_a_moved_meeting_has_new_and_old_date():
    reading = read_text("The talks were postponed from July 12 to July 15 at the wish of the North.")
    event = one(reading["events"])
    assert edtf(reading, event) == "2018-07-15"
    assert roles(event)["old_date"] == "July 12"


def test_a_handover_says_what_by_whom_to_whom_where_and_when():
    reading = read_text(
        "On April 11, 2007 the North Korean army handed over six sets of remains to the United Nations Command at Panmunjom."
    )
    event = one(reading["events"])
    assert roles(event) == {
        "from": "the North Korean army",
        "thing": "six sets of remains",
        "to": "the United Nations Command",
        "count": "six sets of remains",
    }
    assert edtf(reading, event) == "2007-04-11"
    assert event["place"] == one(reading["places"], known="panmunjom")["id"]
    assert event["quantities"] == [reading["quantities"][0]["id"]]


def test_a_suspended_operation_says_by_whom_and_why():
    reading = read_text(
        "The administration of former US President George W Bush called off the searches in 2005 over fears that its people were not safe."
    )
    event = one(reading["events"])
    assert roles(event)["who"] == "The administration of former US President George W Bush"
    assert roles(event)["thing"] == "the searches"
    assert event["reason"] == "fears that its people were not safe"
    assert edtf(reading, event) == "2005"


def test_a_claim_that_it_was_done_is_a_claimed_event_beside_the_denied_one():
    reading = read_text(
        "Mike Pompeo revealed to a committee that North Korea had yet to begin the handover, despite Donald Trump's claims that it had done so."
    )
    assert [event["polarity"] for event in reading["events"] if event["kind"] == "handover"] == ["denied", "claimed"]


def test_an_event_inside_a_statement_names_the_statement():
    reading = read_text("Pyongyang has returned 200 sets of remains, Yonhap reported.")
    assert one(reading["events"], kind="handover")["according_to"] == [reading["statements"][0]["id"]]


def test_what_somebody_denies_did_not_happen():
    reading = read_text("Col. Carl Dunn denied that 215 caskets had crossed the border.")
    assert one(reading["events"], kind="delivery")["polarity"] == "denied"


def test_the_points_of_an_agreement_are_gathered_from_the_next_sentence():
    reading = read_text(
        "It is one of the four points of the joint declaration between Donald Trump and Kim Jong Un at their June 12 summit in Singapore. "
        "Other points included the denuclearization of the North, better relations and a joint effort for peace."
    )
    agreement = one(reading["events"], kind="agreement")
    assert [point["text"] for point in agreement["points"]] == [
        "the denuclearization of the North",
        "better relations",
        "a joint effort for peace",
    ]
    assert edtf(reading, agreement) == "2018-06-12"
    assert edtf(reading, one(reading["events"], kind="meeting-held")) == "2018-06-12"


def test_the_subject_is_found_across_an_apposition_and_another_verb():
    reading = read_text(
        "In 2007 Bill Richardson, the governor of New Mexico, traveled to Pyongyang and brought home six sets of remains."
    )
    event = one(reading["events"], kind="handover")
    assert roles(event)["who"] == "Bill Richardson"
    assert edtf(reading, event) == "2007"


def test_an_asked_party_and_what_it_is_asked_for_are_told_apart():
    reading = read_text("The United Nations Command asked the North Korean army for a meeting in March.")
    assert roles(one(reading["events"], kind="request")) == {
        "who": "The United Nations Command",
        "to": "the North Korean army",
        "thing": "a meeting",
    }


@pytest.mark.parametrize(
    ("sentence", "kind", "polarity"),
    [
        ("An officer suggested that generals should meet instead of them.", "level-raised", "happened"),
        ("The meeting did not take place because no answer was received.", "meeting-missed", "happened"),
        ("He gave six sets of remains to the delegation in that spring.", "handover", "happened"),
        ("The interior ministry handed over maps of two sites on 14 May 2018.", "delivery", "happened"),
        ("The agency has had no contact with the North Korean army since March.", "contact", "denied"),
        ("The United States had not yet physically received any of them.", "handover", "denied"),
        ("In that year the teams carried out four joint recovery operations.", "operation-result", "happened"),
        ("No meeting has been scheduled for the fall by either of them.", "meeting-scheduled", "denied"),
        ("The boxes that Pyongyang handed over on July 27, 2018 are here.", "handover", "happened"),
    ],
)
def test_further_turns_of_phrase_are_known(sentence, kind, polarity):
    assert (kind, polarity) in [(event["kind"], event["polarity"]) for event in read_text(sentence)["events"]]


def test_it_is_the_operation_that_the_sentence_before_told_of():
    text = "The second operation was to begin in October. It was postponed because of the weather up there."
    assert one(read_text(text)["events"], kind="operation-suspended")["reason"] == "the weather up there"


def test_questions_of_people_to_each_other_are_no_requests():
    assert read_text("“He asked me whether I was hopeful,” she said. Nobody asked us about it.")["events"] == []
