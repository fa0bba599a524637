"""The whole reading: spans that hold, the same result each time, bytes of any kind, and a story like that of July 2018."""

import contextlib
import json

from hypothesis import given, settings
from hypothesis import strategies as st

from homeward.core.errors import InputError
from homeward.reading.json_document import reading_document
from homeward.reading.read import read_document
from tests.unit.reading.readings import one, read_text
from tests.unit.reading.test_published import NO_SHOW

KINDS = ("dates", "people", "parties", "places", "quantities", "statements", "events")
WORDS = st.sampled_from(
    [
        "Pompeo",
        "said",
        "that",
        '"the',
        "remains",
        "of",
        "229",
        "US",
        'soldiers"',
        "were",
        "handed",
        "over",
        ".",
        ",",
        ";",
        ":",
        "July",
        "15",
        "Thursday",
        "1996",
        "to",
        "2005",
        "North",
        "Korea",
        "told",
        "Yonhap",
        "met",
        "no",
        "not",
        "by",
        "at",
        "--",
        "(",
        ")",
        "“",
        "”",
        "'",
        "according",
        "claims",
        "that",
        "it",
        "had",
        "done",
        "so",
        "the",
        "four",
        "points",
        "summit",
        "in",
        "Singapore",
        "$28",
        "million",
        "55",
        "boxes",
        "last",
        "week",
        "\n",
        "\n\n",
        "<p>",
        "&amp;",
        "Gen.",
        "Lt.",
        "Col.",
        "김정은",
        "P'yŏngyang",
        "and",
        "who",
        "which",
        "of",
        "to",
        "from",
        "identified",
    ]
)


def check_spans(document: dict) -> None:
    """Every span lies in the text and has its words."""
    text = document["document"]["text"]

    def walk(value: object) -> None:
        if isinstance(value, dict):
            if "span" in value and "text" in value:
                start, end = value["span"]
                assert 0 <= start < end <= len(text)
                assert text[start:end] == value["text"]
            for inner in value.values():
                walk(inner)
        elif isinstance(value, list):
            for inner in value:
                walk(inner)

    for kind in KINDS:
        walk(document[kind])
        for draft in document[kind]:
            assert 0 <= draft["confidence"] <= 1
            assert draft["rule"]
            for start, end in draft.get("mentions", []):
                assert 0 <= start < end <= len(text)
    for statement in document["statements"]:
        start, end = statement["content_span"]
        assert text[start:end] == statement["content"]


@given(st.binary(max_size=400))
@settings(max_examples=30, deadline=None)
def test_bytes_of_any_kind_are_read_or_refused(content):
    with contextlib.suppress(InputError):
        check_spans(reading_document(read_document(content, "page")))


@given(st.lists(WORDS, min_size=8, max_size=60))
@settings(max_examples=30, deadline=None)
def test_words_in_any_order_give_spans_that_hold_and_the_same_result_twice(words):
    content = ("The officers waited there all day long for them. " + " ".join(words)).encode()
    try:
        first = reading_document(read_document(content, "page", given=None))
    except InputError:
        return
    check_spans(first)
    assert json.dumps(first) == json.dumps(reading_document(read_document(content, "page")))


def test_ids_are_unique_and_references_lead_somewhere():
    reading = read_text(NO_SHOW)
    ids = [draft["id"] for kind in KINDS for draft in reading[kind]]
    assert len(ids) == len(set(ids))
    for event in reading["events"]:
        for reference in (event["date"], event["place"], *event["according_to"], *event["quantities"]):
            assert reference is None or reference in ids
        assert all(role["id"] is None or role["id"] in ids for role in event["roles"].values())
    assert all(one_["speaker_id"] is None or one_["speaker_id"] in ids for one_ in reading["statements"])


STORY = """17:15 GMT20 January 2021
Listen Live
    Get short URL

    Officials of North Korea were a no-show at a scheduled Thursday meeting with US officers about the return of the fallen of the 1950 to 53 war.

    Though the session was rescheduled for July 15, the new date was kept from officials of the Defense POW/MIA Accounting Agency until they had been left waiting at the border between North and South Korea, Bloomberg reported.

    A source with knowledge of the talks told the Yonhap News Agency that after a call was made to North Korea, American officers were informed that the talks needed to be upgraded.

    "The North apparently wants a US general to sit at the table," the source told the outlet. "It is likely that generals of both will come to the meeting."

    The matter has been open since the fighting was halted by an armistice in 1953. According to the US Department of Defense, nearly 8,000 American troops are still unaccounted for.

    It came up again when it was made one of the four points of the joint declaration between US President Donald Trump and North Korean leader Kim Jong Un at their June 12 summit in Singapore.

    Other points included the denuclearization of the North, better relations and a joint effort for "a lasting and stable peace regime on the peninsula."

    To prepare for it, American officials have delivered wooden coffins and flags to Panmunjom, Stars and Stripes reported.

    US Secretary of State Mike Pompeo revealed to the Senate Appropriations Committee that North Korea had yet to begin the handover, despite Trump's claims that it had done so.

    "I am optimistic that we will have two opportunities," Pompeo told US lawmakers in late June. "There is a great deal of work with companies that have been at this before."

    According to Stars and Stripes, joint US-North Korean teams were able to recover the remains of 229 US soldiers from 1996 to 2005. The administration of former US President George W Bush called off the searches in 2005 over fears that its people were not safe.

    The last time a handover took place was in 2007, when former UN Ambassador Bill Richardson traveled to North Korea and brought home the remains of six soldiers.


Pompeo Urges the North to Follow the Path of Another
remains, soldiers, Kim Jong-un
Community standardsDiscussion
"""


def test_a_story_of_july_2018_gives_all_of_its_matters():
    reading = read_text(STORY, None)
    check_spans(reading)
    kinds = [(event["kind"], event["polarity"]) for event in reading["events"]]
    for expected in (
        ("meeting-missed", "happened"), ("meeting-moved", "happened"), ("contact", "happened"), ("level-raised", "planned"), ("request", "happened"),
        ("agreement", "happened"), ("figure-announced", "happened"), ("meeting-held", "happened"), ("delivery", "happened"), ("handover", "denied"),
        ("handover", "claimed"), ("operation-result", "happened"), ("operation-suspended", "happened"), ("handover", "happened"),
    ):  # fmt: skip
        assert expected in kinds, expected
    assert [(q["low"], q["unit"]) for q in reading["quantities"]] == [
        (8000, "person"),
        (4, "point"),
        (229, "remains"),
        (6, "remains"),
    ]
    published = reading["document"]["published"]
    assert (published["earliest"], published["latest"]) == ("2018-07-12", "2018-07-15")
    chains = [statement["chain"] for statement in reading["statements"]]
    assert ["Bloomberg"] in chains
    assert ["A source with knowledge of the talks", "Yonhap News Agency"] in chains
    assert chains.count(["the source", "Yonhap News Agency"]) == 2
    assert {person["known"] for person in reading["people"]} == {"trump", "kim-jong-un", "pompeo", "bush", "richardson"}
    assert one(reading["events"], kind="delivery")["roles"]["thing"]["text"] == "wooden coffins and flags"
