"""Reviewing what was drafted from a document: accepted, corrected, linked, rejected and undone, each once."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from homeward.core.dates import parse_date
from homeward.web.accounts.actions import add_user
from homeward.web.accounts.roles import Role
from homeward.web.journal.keeping import amend
from homeward.web.journal.models import Entry
from homeward.web.journal.verification import verify_record
from homeward.web.review.actions import undo
from homeward.web.review.models import Draft, Reading, Step
from homeward.web.review.reading_kept import read_original
from homeward.web.sources.models import Attribution, Bearing, Citation, Document, Figure, Statement
from homeward.web.sources.originals import enter_document
from tests.web.conftest import PASSWORD
from tests.web.sourced_rows import Keeper, keeper_of_everything
from tests.web.test_page_safety import refused_markup

PAGE = """<html><head><title>Nobody came</title><script>alert(1)</script></head><body><article>
<h1>Nobody came to the talks</h1>
<p>SEOUL, July 12 (Harbour Wire) - North Korean officers did not come on Thursday to a meeting at Panmunjom,
Secretary of State Mike Pompeo said.</p>
<p>A source told the Yonhap News Agency that the North apparently wanted a general at the table.</p>
<p>About 7,700 US service members are unaccounted for from the Korean War, the Pentagon said on Wednesday.
The note ended with &lt;b onclick="x()"&gt;bold&lt;/b&gt; words, an official said.</p>
</article></body></html>"""
REVIEW = "/documents/nobody-came/review/"

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def kept(rows_for_several_tests):
    """A document that was read, and what the record held before of the same matter."""
    with rows_for_several_tests():
        keep = keeper_of_everything()
        for code, name in (("us", "United States"), ("dprk", "North Korea"), ("defense", "Department of Defense")):
            keep.party(code, name=name)
        keep.person("pompeo", "Mike Pompeo")
        series = keep.series("missing", "US service members unaccounted for from the Korean War", scope="US")
        sheet = keep.document("fact-sheet", "2018-07-13", "There were 7,697.")
        keep.figure("earlier", series, sheet, 7697, "2018-07-12", passage="7,697")
        keep.statement("came", sheet, "2018-07-12", "They did come.", speaker_id="pompeo")
        keep.cited("meeting", "talks", sheet, name="Talks on remains")
        for number, (kind, day) in enumerate((("announced", "2018-07-07"), ("missed", "2018-07-12"))):
            said = {"scheduled": "2018-07-12"} if kind == "announced" else {}
            known = {"known_on": date(2018, 7, 13)}
            row = {"meeting_id": "talks", "kind": kind, "happened": day, "by_id": "dprk"}
            keep.cited("meetingchange", f"talks-{number}", sheet, **row, **said, **known)
        entered = enter_document(
            Document(
                code="nobody-came",
                kind="article",
                headline="Nobody came to the talks",
                publisher="Harbour Wire",
                published="2018-07-12",
                grade="N",
                holding="copy",
                known_on=date(2018, 7, 12),
            ),
            PAGE.encode(),
            "page.html",
            by=keep.by,
        )
        read_original(Document.objects.get(pk=entered.pk), by=keep.by)
        yield keep


@pytest.fixture
def page(client, kept: Keeper):
    client.force_login(kept.by)
    return client


def draft(words: str, kind: str = "statement") -> Draft:
    return next(one for one in Draft.objects.filter(kind=kind) if words in str(one))


def address(words: str, action: str, kind: str = "statement") -> str:
    return f"{REVIEW}{draft(words, kind).public_id}/{action}"


def test_a_statement_is_accepted_as_it_was_drafted_with_its_passage_and_its_chain(page, kept):
    lines = Entry.objects.count()
    assert page.post(address("A source told", "accept")).status_code == 302
    row = Statement.objects.get(speaker_described="A source")
    assert (row.hedge, row.act, str(row.said)) == ("apparently", "asserted", "2018-07-12")
    text = Document.objects.get(pk="nobody-came").text
    assert text[row.passage_start : row.passage_end] == row.passage == str(draft("A source told"))
    assert [link.who for link in Attribution.objects.filter(statement=row)] == ["Yonhap News Agency"]
    assert (draft("A source").state, draft("A source").row) == ("accepted", row.reference)
    assert Entry.objects.count() == lines + 2
    assert verify_record().findings == ()


def test_a_repeat_changes_nothing(page):
    page.post(address("A source told", "accept"))
    lines, steps = Entry.objects.count(), Step.objects.count()
    assert page.post(address("A source told", "accept")).status_code == 302
    assert page.post(address("A source told", "correct"), {}).status_code == 302
    assert (Entry.objects.count(), Step.objects.count()) == (lines, steps)


def test_names_that_the_record_knows_are_links_and_others_are_words(page):
    page.post(address("Mike Pompeo", "accept"))
    page.post(address("the Pentagon", "accept"))
    assert Statement.objects.get(speaker="pompeo", document="nobody-came").speaker_described == ""
    assert Statement.objects.get(said="2018-07-11").speaker_described == "the Pentagon"


def test_a_figure_is_accepted_into_the_series_whose_words_it_shares(page):
    page.post(address("the Pentagon", "accept"))
    page.post(address("About 7,700", "accept", "figure"))
    figure = Figure.objects.get(document="nobody-came")
    assert (figure.series_id, figure.low, figure.qualifier, figure.unit) == ("missing", 7700, "about", "unaccounted")
    assert figure.statement_id == draft("the Pentagon").row.partition(":")[2]


def test_a_correction_is_entered_and_said_to_be_one(page):
    form = page.get(address("Mike Pompeo", "correct")).context["form"]
    typed = {name: form[name].value() or "" for name in form.fields}
    assert page.post(address("Mike Pompeo", "correct"), {**typed, "said": "12 July"}).status_code == 422
    assert page.post(address("Mike Pompeo", "correct"), {**typed, "said": "2018-07-11"}).status_code == 302
    assert str(Statement.objects.get(speaker="pompeo", document="nobody-came").said) == "2018-07-11"
    assert draft("Mike Pompeo").state == "corrected"


def test_words_that_are_not_in_the_original_are_refused(page):
    form = page.get(address("Mike Pompeo", "correct")).context["form"]
    typed = {name: form[name].value() or "" for name in form.fields}
    response = page.post(address("Mike Pompeo", "correct"), {**typed, "passage": "They all came."})
    assert response.status_code == 422
    assert "These words are not in nobody-came" in response.text
    assert draft("Mike Pompeo").is_open


def test_an_event_becomes_a_change_of_the_meeting_of_that_day_if_its_history_allows_it(page):
    response = page.post(address("did not come", "accept", "event"))
    assert response.status_code == 422
    assert "so it cannot be &#x27;missed&#x27;" in response.text
    assert 'value="talks"' in response.text
    assert draft("did not come", "event").is_open


def test_a_link_makes_a_statement_bear_on_a_row_and_an_event_a_citation_of_it(page):
    assert "Talks on remains" in page.get(address("did not come", "link", "event")).text
    page.post(address("did not come", "link", "event"), {"near": "meeting:talks"})
    citation = Citation.objects.get(document="nobody-came")
    assert (citation.about, draft("did not come", "event").row) == ("meeting:talks", citation.reference)
    page.post(address("Mike Pompeo", "link"), {"about": "meeting:talks", "says": "not"})
    bearing = Bearing.objects.get(about="meeting:talks")
    assert bearing.statement.speaker_id == "pompeo"
    assert page.post(address("A source", "link"), {"about": "meeting:none", "says": "not"}).status_code == 422


def test_undoing_withdraws_what_a_draft_became_through_the_journal(page, kept):
    page.post(address("A source told", "accept"))
    assert page.post(address("A source told", "undo")).status_code == 302
    assert Statement.objects.get(speaker_described="A source").withdrawn
    assert Attribution.objects.get().withdrawn
    assert draft("A source").is_open
    page.post(address("A source told", "accept"))
    assert Statement.objects.filter(speaker_described="A source", withdrawn="").count() == 1
    assert verify_record().findings == ()
    family = add_user("liaison", Role.FAMILY_LIAISON, PASSWORD)
    with pytest.raises(PermissionDenied):
        undo(draft("A source"), by=family)


def test_a_draft_is_rejected_with_a_reason_and_that_is_undone(page):
    assert page.post(address("A source told", "reject"), {"why": " "}).status_code == 422
    page.post(address("A source told", "reject"), {"why": "Hearsay."})
    page.post(address("A source told", "reject"), {"why": "Again."})
    assert (draft("A source").state, Step.objects.get().why) == ("rejected", "Hearsay.")
    page.post(address("A source told", "accept"))
    assert not Statement.objects.filter(document="nobody-came").exists()
    page.post(address("A source told", "undo"))
    assert draft("A source").is_open


def test_reading_again_changes_nothing_and_another_version_keeps_what_was_decided(page, kept, monkeypatch):
    page.post(address("A source told", "reject"), {"why": "Hearsay."})
    before = list(Draft.objects.order_by("pk").values())
    page.post(f"{REVIEW}read")
    assert list(Draft.objects.order_by("pk").values()) == before
    monkeypatch.setattr("homeward.web.review.reading_kept.__version__", "next")
    page.post(f"{REVIEW}read")
    assert Reading.objects.get().reader_version == "next"
    assert list(Draft.objects.order_by("pk").values()) == before


def test_a_document_of_another_date_is_read_with_that_date(page, kept):
    document = Document.objects.get(pk="nobody-came")
    changes = {"published": parse_date("2018-07-13")}
    amend(document, changes, by=kept.by, why="Dated wrongly.", read_version=1)
    page.post(f"{REVIEW}read")
    assert Reading.objects.get().published == "2018-07-13"


def test_the_page_says_what_the_record_holds_and_where_it_disagrees(page):
    text = page.get(REVIEW).text
    assert "They did come." in text
    assert "“about 7,700” covers 7,697: it is the rougher way to say it." in text.replace("\n", " ")
    assert "Talks on remains: missed" in text


def test_hostile_text_is_shown_as_text_alone(page):
    text = page.get(REVIEW).text
    assert "&lt;b onclick=" in text
    assert "alert(1)" not in text
    assert refused_markup(text) == []
    assert refused_markup(page.get(address("bold", "correct")).text) == []


def test_the_page_asks_the_database_as_often_for_many_drafts_as_for_few(page, django_assert_max_num_queries):
    with django_assert_max_num_queries(40):
        page.get(REVIEW)


@pytest.mark.parametrize("action", ["accept", "correct", "link", "reject", "undo"])
def test_a_reader_may_not_review_and_to_a_stranger_there_is_nothing(client, kept, reader, outsider, action):
    lines = Entry.objects.count()
    for user, status in ((reader, 403), (outsider, 404)):
        client.force_login(user)
        assert client.post(address("A source told", action), {"why": "No."}).status_code == status
        assert client.get(REVIEW).status_code == status
        assert client.post(f"{REVIEW}read").status_code == status
    assert (Entry.objects.count(), Step.objects.count()) == (lines, 0)


def test_what_changes_something_is_never_done_by_following_a_link(page):
    for action in ("accept", "reject", "undo"):
        assert page.get(address("A source told", action)).status_code == 405


def test_a_document_of_families_is_not_there_for_those_who_may_not_see_it(client, kept, officer):
    keep = kept.document("private", "2018-07-01", "An official said on Monday that two boxes came.", reach="family")
    read_original(Document.objects.get(pk=keep.pk), by=kept.by)
    client.force_login(officer)
    assert client.get("/documents/private/review/").status_code == 404


def test_a_text_that_is_too_long_or_cannot_be_read_is_said_to_be_so(page, kept, monkeypatch):
    monkeypatch.setattr("homeward.web.review.reading_kept.LONGEST_READ", 20)
    kept.document("novel", "2018-07-01", "An official said on Monday that two boxes came.")
    assert "up to 20 are read here" in page.post("/documents/novel/review/read").text
    kept.document("picture", "2018-07-01", "   ")
    response = page.post("/documents/picture/review/read")
    assert response.status_code == 422
    assert not Reading.objects.filter(document="picture").exists()


def test_what_the_record_has_already_is_not_accepted_by_one_key(page, kept):
    document = Document.objects.get(pk="nobody-came")
    kept.statement(
        "by-hand", document, "2018-07-12", "A general is wanted.", passage=str(draft("A source told")), party_id="us"
    )
    shown = {str(one.draft): one for one in page.get(REVIEW).context["drafts"] if one.draft.kind != "figure"}
    assert [
        one.is_held for words, one in shown.items() if words.startswith("A source") and not words.endswith(".")
    ] == [True]
    event = next(one for one in shown.values() if one.draft.said("kind") == "meeting-missed")
    assert (event.is_held, event.can_accept) == (True, False)


def test_what_was_received_is_never_proposed_from_what_was_said(kept, page):
    words = "North Korea handed over 55 boxes of remains to the United States on July 10, 2018, at Wonsan."
    entered = kept.document("handed-over", "2018-07-12", words)
    read_original(Document.objects.get(pk=entered.pk), by=kept.by)
    shown = page.get("/documents/handed-over/review/").context["drafts"]
    handover = next(one for one in shown if one.draft.said("kind") == "handover")
    assert "custody papers" in handover.proposal.instead
    assert not handover.can_accept
    assert page.post(f"/documents/handed-over/review/{handover.draft.public_id}/accept").status_code == 403


def test_figures_of_one_day_that_differ_offer_a_conflict_to_open(kept, page):
    entered = kept.document(
        "other-count", "2018-07-12", "Exactly 7,000 US service members are unaccounted for from the Korean War."
    )
    read_original(Document.objects.get(pk=entered.pk), by=kept.by)
    figure = next(
        one for one in page.get("/documents/other-count/review/").context["drafts"] if one.draft.kind == "figure"
    )
    assert figure.proposal.columns["series"] == "missing"
    earlier = figure.beside[0]
    assert earlier.relation == "disagrees"
    form = page.get(earlier.conflict).context["form"]
    assert form["question"].value() == "How many: US, 12 July 2018?"
    assert form["about"].value() == "series:missing"
