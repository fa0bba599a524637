"""Reviewing a second document about a matter: what it adds, where it disagrees, and what its numbers become."""

from datetime import date

import pytest

from homeward.web.accounts.actions import add_user
from homeward.web.accounts.roles import Role
from homeward.web.engagement.brief import brief_on
from homeward.web.engagement.models import Event
from homeward.web.journal.knowledge import AsOf
from homeward.web.journal.models import Entry
from homeward.web.journal.reader import Reader
from homeward.web.journal.verification import verify_record
from homeward.web.parties.models import Party
from homeward.web.review.models import Draft, Step
from homeward.web.review.reading_kept import read_original
from homeward.web.sources.models import Citation, Document, Figure, Statement
from tests.web.conftest import PASSWORD
from tests.web.sourced_rows import keeper_of_everything

TEXT = """SEOUL, July 13, 2018 (Harbour Wire) - North Korean officers did not come to a meeting with the United Nations Command at Panmunjom on July 12, 2018, officials said.

The United Nations Command waited for hours. On July 12, 2018, the North Korean officers did not come to the meeting with the United Nations Command.

On July 2, 2018, the laboratory in Hawaii identified 10 US soldiers from the boxes. The laboratory has identified 49 US soldiers.

Joint operations in North Korea recovered 229 sets of remains from 1996 to 2005. The diggers at Hill 303 recovered 3 bodies on July 3, 2018.

A North Korean delegation met with officers of the United Nations Command at Panmunjom on July 9, 2018.

North Korean officials called the United Nations Command on July 6, 2018, by telephone.

North Korea delivered 50 boxes to the Joint Security Area on June 23, 2018.

Mike Pompeo said on July 11 that the North Koreans had returned the remains of 200 soldiers. Mike Pompeo said on July 10 that North Korea did not agree to return remains of soldiers.

Exactly 7,000 US service members are unaccounted for from the Korean War.
"""  # noqa: E501 - as the reader wraps paragraphs by their width
REVIEW = "/documents/second/review/"

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def kept(rows_for_several_tests):
    """A document that was read, and what an earlier one had told of the same matter."""
    with rows_for_several_tests():
        keep = keeper_of_everything()
        for code, name in (("us", "United States"), ("dprk", "North Korea"), ("unc", "United Nations Command")):
            keep.party(code, name=name)
        keep.person("pompeo", "Mike Pompeo")
        first = keep.document("first", "2018-07-12", "It was told before.")
        rows_of_the_books(keep, first)
        keep.statement("returned", first, "2018-07-11", "Remains of 200 soldiers were returned.", speaker_id="pompeo")
        agreed = "North Korea agrees to return the remains of soldiers."
        keep.statement("agreed", first, "2018-07-10", agreed, speaker_id="pompeo")
        missing = keep.series("missing", "US service members unaccounted for from the Korean War")
        keep.figure("missing-before", missing, first, 7697, "2018-07-12")
        keep.series("identified", "US soldiers identified from the boxes", "identified", "US, boxes")
        found = keep.series("found", "Remains recovered by joint operations", "set", "Joint operations, North Korea")
        keep.figure("found-before", found, first, 220, "1996/2005", about="operation:joint")
        keep.series("bodies", "Bodies recovered by diggers", "body", "Hill 303")
        keep.document("second", "2018-07-13", TEXT)
        read_original(Document.objects.get(pk="second"), by=keep.by)
        yield keep


def rows_of_the_books(keep, first):
    """A meeting that was missed, one that was missed on the day of which the text says that it was held, deliveries."""
    known = {"known_on": date(2018, 7, 12)}
    for meeting, day in (("talks", "2018-07-12"), ("line", "2018-07-09")):
        keep.cited("meeting", meeting, first, name=f"Meeting {meeting}")
        for kind, happened, said in (("announced", "2018-07-01", {"scheduled": day}), ("missed", day, {})):
            row = {"meeting_id": meeting, "kind": kind, "happened": happened, "by_id": "dprk"}
            keep.cited("meetingchange", f"{meeting}-{kind}", first, **row, **said, **known)
    keep.cited("operation", "joint", first, name="Joint operations in North Korea")
    for kind, happened in (("begun", "1996-07"), ("completed", "2005")):
        row = {"operation_id": "joint", "kind": kind, "happened": happened}
        keep.cited("operationchange", f"joint-{kind}", first, **row, **known)
    keep.cited("delivery", "cases", first, name="Cases", thing="cases", sender_id="us", receiver_id="dprk")
    called = {"sender_id": "dprk", "receiver_id": "unc", "happened": "2018-07-06"}
    keep.cited("contact", "call", first, name="A call", kind="call", **called)
    moved = {"delivery_id": "cases", "kind": "moved", "happened": "2018-06-23", "by_id": "us"}
    keep.cited("deliverychange", "cases-moved", first, quantity_low=100, quantity_high=100, **moved, **known)


@pytest.fixture
def page(client, kept):
    client.force_login(kept.by)
    return client


def draft(words: str, kind: str) -> Draft:
    return next(one for one in Draft.objects.filter(kind=kind, reading__document="second") if words in str(one))


def address(words: str, action: str, kind: str = "event") -> str:
    return f"{REVIEW}{draft(words, kind).public_id}/{action}"


def shown(page, words: str, kind: str = "event"):
    return next(one for one in page.get(REVIEW).context["drafts"] if one.draft == draft(words, kind))


def test_an_identification_becomes_an_event_with_its_citation_and_its_figure_once(page):
    lines = Entry.objects.count()
    assert page.post(address("identified 10", "accept")).status_code == 302
    event, figure = Event.objects.get(), Figure.objects.get(document="second")
    assert (event.kind, event.name, str(event.happened)) == (
        "identification",
        "10 US soldiers identified",
        "2018-07-02",
    )
    citation = Citation.objects.get(about=event.reference)
    assert Document.objects.get(pk="second").text[citation.passage_start : citation.passage_end] == citation.passage
    assert (figure.series_id, figure.low, figure.scope, str(figure.counted)) == (
        "identified",
        10,
        "US, boxes",
        "2018-07-02",
    )
    assert figure.about == event.reference
    assert draft("10 US soldiers", "figure").row == figure.reference
    assert (Entry.objects.count(), Step.objects.count()) == (lines + 3, 2)
    page.post(address("identified 10", "accept"))
    page.post(address("10 US soldiers", "accept", "figure"))
    assert (Entry.objects.count(), Step.objects.count()) == (lines + 3, 2)
    assert verify_record().findings == ()


def test_undoing_an_identification_opens_its_number_too(page):
    page.post(address("identified 10", "accept"))
    page.post(address("identified 10", "undo"))
    assert {row.withdrawn != "" for row in (Event.objects.get(), Figure.objects.get(document="second"))} == {True}
    assert draft("identified 10", "event").is_open
    assert draft("10 US soldiers", "figure").is_open
    page.post(address("identified 10", "accept"))
    assert Event.objects.filter(withdrawn="").count() == 1
    assert verify_record().findings == ()


def test_a_number_that_was_taken_before_is_not_entered_again_with_its_event(page):
    page.post(address("10 US soldiers", "accept", "figure"))
    page.post(address("identified 10", "accept"))
    assert Figure.objects.filter(document="second").count() == 1
    assert Event.objects.exists()


def test_an_identification_without_a_date_asks_for_it(page):
    assert shown(page, "has identified 49").lacking == ["Happened"]
    assert page.post(address("has identified 49", "accept")).status_code == 422
    assert not Event.objects.exists()


def test_whoever_keeps_no_events_does_not_accept_them(client, kept):
    client.force_login(add_user("historian", Role.HISTORIAN, PASSWORD))
    assert client.post(address("identified 10", "accept")).status_code == 403
    assert draft("identified 10", "event").is_open


@pytest.mark.parametrize("kind", ["event", "figure"])
def test_what_an_operation_found_becomes_one_figure_about_it_from_either_draft(page, kind):
    page.post(address("229 sets", "accept", kind))
    figure = Figure.objects.get(document="second")
    assert (figure.series_id, figure.about, str(figure.counted)) == ("found", "operation:joint", "1996/2005")
    assert figure.scope == "Joint operations, North Korea"
    assert {draft("229 sets", one).row for one in ("event", "figure")} == {figure.reference}
    page.post(address("229 sets", "undo", "event"))
    assert draft("229 sets", "event").is_open
    assert draft("229 sets", "figure").is_open


def test_a_result_is_entered_only_about_an_operation_of_the_record(page):
    assert shown(page, "3 bodies").lacking == ["about"]
    response = page.post(address("3 bodies", "accept"))
    assert response.status_code == 422
    assert "It must be in the record first." in response.text
    typed = {name: response.context["form"][name].value() or "" for name in response.context["form"].fields}
    page.post(address("3 bodies", "correct"), {**typed, "about": "operation:joint"})
    assert Figure.objects.get(document="second").about == "operation:joint"
    assert draft("3 bodies", "event").state == "corrected"
    assert draft("3 bodies", "figure").state == "accepted"


def test_every_passage_that_tells_of_an_event_is_marked_shown_and_cited(page):
    one = shown(page, "did not come")
    assert [words for _, words in one.also_told] == [
        "On July 12, 2018, the North Korean officers did not come to the meeting with the United Nations Command."
    ]
    marks = [mark for piece in page.get(REVIEW).context["marked"].before for mark in piece.ending]
    assert sum(mark.number == one.number for mark in marks) == 2
    text = page.get(REVIEW).text
    assert f'href="#told-{one.number}-{one.also_told[0][0]}"' in text
    assert f'id="told-{one.number}-{one.also_told[0][0]}"' in text
    page.post(address("did not come", "link"), {"about": "meeting:talks"})
    passages = Citation.objects.filter(about="meeting:talks", document="second").values_list("passage", flat=True)
    assert sorted(passages) == sorted([str(one.draft), one.also_told[0][1]])


@pytest.mark.parametrize(
    ("words", "kind", "relation", "reason"),
    [
        ("did not come", "event", "agrees", "The same parties: DPRK."),
        ("by telephone", "event", "agrees", "The same parties: DPRK, UNC."),
        ("A North Korean delegation", "event", "disagrees", "If it is one meeting, both cannot be of one day."),
        ("delivered 50", "event", "differs", "By US there, by DPRK here."),
        ("identified 10", "event", "adds", ""),
        ("the remains of 200", "statement", "agrees", "4 of the 4 words"),
        ("did not agree", "statement", "disagrees", "One of the two denies what the other says."),
        ("7,000", "figure", "adds", "They were counted as of different days: 13 July 2018, and 12 July 2018."),
        ("229", "figure", "differs", "They need not be of the same day: 1996 to 2005, and 1996 to 2005."),
    ],
)
def test_a_draft_is_compared_with_the_record_by_what_it_means(page, words, kind, relation, reason):
    one = shown(page, words, kind)
    assert one.standing == relation
    assert not reason or reason in " ".join(one.beside[0].reasons)
    clashes = relation in ("disagrees", "differs")
    assert bool(one.beside and one.beside[0].conflict) == clashes
    if clashes:
        assert page.get(one.beside[0].conflict).context["form"]["about"].value()


def test_what_a_document_tells_more_of_an_event_is_named(page):
    assert [held.adds for held in shown(page, "by telephone").beside] == [[]]
    held = shown(page, "did not come").beside[0]
    assert (held.relation_words, held.adds) == ("Agrees, and adds", ["It names who: UNC."])


def test_the_page_counts_what_the_document_adds_and_where_it_disagrees(page):
    sorts = {name: [str(one.draft) for one in found] for name, _, found in page.get(REVIEW).context["standings"]}
    assert list(sorts) == ["disagrees", "differs", "agrees", "adds"]
    assert len(sorts["disagrees"]) == 2
    page.post(address("did not agree", "reject", "statement"), {"why": "Misread."})
    sorts = {name: len(found) for name, _, found in page.get(REVIEW).context["standings"]}
    assert sorts["disagrees"] == 1


def test_what_was_accepted_stands_in_the_brief_with_its_numbered_source_and_its_verdict(page, kept):
    page.post(address("7,000", "accept", "figure"))
    first = Document.objects.get(pk="first")
    kept.cited("handover", "july", first, name="A handover", kind="turnover", giver_id="dprk", receiver_id="us")
    offered = {"handover_id": "july", "kind": "offered", "happened": "2018-07-10", "known_on": date(2018, 7, 12)}
    kept.cited("handoverchange", "july-offered", first, **offered)
    page.post(address("the remains of 200", "link", "statement"), {"about": "handover:july", "says": "happened"})
    question = kept.conflict("back", "Are they back?", date(2018, 7, 13), about="handover:july")
    kept.position(question, "Yes", Statement.objects.get(document="second"))
    kept.position(question, "No", Statement.objects.get(pk="agreed"))
    then = Reader(kept.by, AsOf(date(2018, 7, 20), date(2018, 7, 20)))
    brief = brief_on(then.get(Party, "us"), then)
    codes = {source.number: source.code for source in brief.sources}
    figure = next(line for line in brief.figures if "unaccounted" in line.name)
    assert (figure.value, [codes[number] for number in figure.sources]) == ("7,000", ["second"])
    answer = next(one for line in brief.said for one in line.answers if one.answer == "Yes")
    assert [codes[number] for number in answer.sources] == ["second"]
    assert answer.verdict == "the books show otherwise"


def test_an_identification_of_that_day_is_offered_to_be_linked_to(page):
    page.post(address("identified 10", "accept"))
    event = Event.objects.get()
    other = draft("3 bodies", "event")
    other.payload = {**other.payload, "date_edtf": "2018-07-02"}
    other.save()
    assert f'value="{event.reference}"' in page.get(address("3 bodies", "link")).text


def test_comparing_twenty_drafts_takes_as_many_questions_as_a_few_do(page, django_assert_max_num_queries):
    with django_assert_max_num_queries(40):  # as the page of a short document, in the tests beside these
        assert len(page.get(REVIEW).context["drafts"]) > 15
