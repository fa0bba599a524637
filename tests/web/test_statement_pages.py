"""The page of a statement: who said it to whom and when, through whom it reached us, and who says otherwise."""

from datetime import date

import pytest

from homeward.web.accounts.actions import add_user
from homeward.web.accounts.roles import Role
from homeward.web.journal.keeping import amend
from homeward.web.sources.models import Document
from tests.web.conftest import PASSWORD
from tests.web.korean_claims import DULUTH, claims_of_june_2018
from tests.web.sourced_rows import Keeper, keeper_of_everything
from tests.web.test_page_safety import refused_markup

PASSAGE = "today already 200 got sent back"
START = DULUTH.index(PASSAGE)


@pytest.fixture
def june(officer):
    return claims_of_june_2018(officer)


@pytest.fixture
def keep(officer):
    return Keeper(officer)


@pytest.fixture
def page(client, reader, june):
    client.force_login(reader)
    return lambda address: client.get(address)


@pytest.fixture
def examiner(db):
    return add_user("examiner", Role.EXAMINER, PASSWORD)


def test_a_statement_says_who_in_which_office_to_whom_and_the_three_times(page, june):
    text = " ".join(page(june.no.get_absolute_url()).text.split())
    for said in (
        "Mike Pompeo",
        "Secretary of State",
        "denied",
        "a subcommittee of the Senate",
        "<dt>Said</dt><dd>27 June 2018</dd>",
        "<dt>Published</dt><dd>27 June 2018</dd>",
        "<dt>Known from</dt><dd>27 June 2018</dd>",
        "N: news of the time",
        "The United States has not yet physically received remains.",
    ):
        assert said in text
    assert "Director of the Central Intelligence Agency" not in text


def test_a_day_on_which_offices_changed_names_both(page, keep, june):
    document = Document.objects.get(pk="senate")
    said = keep.statement("then", document, "2018-04-26", "Sworn in.", speaker_id="pompeo")
    assert page(said.get_absolute_url()).context["claim"].offices == (
        "Director of the Central Intelligence Agency",
        "Secretary of State",
    )


def test_the_chain_is_told_from_the_speaker_to_the_document(page, keep):
    article = keep.document("wmn", "2018-07-12", "A general is wanted.", publisher="World Military News")
    said = keep.statement(
        "general-wanted",
        article,
        "2018-07-12",
        "North Korea wants a US general at the table.",
        speaker_described="an unnamed source with knowledge of the meeting",
        hedge="apparently",
        act="reported",
    )
    keep.passed_on(said, 2, "Sputnik", "quoted by")
    keep.passed_on(said, 1, "Yonhap News Agency", "told")
    shown = page(said.get_absolute_url())
    chain = shown.text[shown.text.index('<ol class="chain"') :]
    order = ["an unnamed source with knowledge", "Yonhap News Agency", "Sputnik", "World Military News", "</ol>"]
    assert sorted(order, key=chain.index) == order
    assert "apparently" in shown.text


def test_the_passage_is_one_click_away(page, june):
    address = f"/record/document/duluth/?passage={START}-{START + len(PASSAGE)}#passage"
    assert address in page(june.yes.get_absolute_url()).text


def test_beside_a_statement_stands_who_contradicts_it_and_in_what(page, june):
    for own, other in ((june.yes, june.no), (june.no, june.yes)):
        shown = page(own.get_absolute_url())
        (otherwise,) = shown.context["otherwise"]
        assert otherwise.claim.row == other
        assert [conflict.code for conflict, _ in otherwise.answers] == ["cf-05"]
        assert [about.row.reference for about in otherwise.says] == ["handover:k55"]
        assert refused_markup(shown.text) == []
    assert "Says that this has not happened:" in page(june.yes.get_absolute_url()).text


def test_who_had_not_spoken_by_then_does_not_contradict_yet(page, june):
    shown = page(f"{june.yes.get_absolute_url()}?known=2018-06-21")
    assert shown.context["otherwise"] == []
    assert "Nothing in the record, as it was known then, says otherwise." in " ".join(shown.text.split())
    assert page(f"{june.yes.get_absolute_url()}?known=&on=2018-06-21").context["otherwise"] == []


def test_who_gives_the_same_answer_does_not_contradict(page, keep, june):
    document = Document.objects.get(pk="duluth")
    same = keep.statement("same", document, "2018-06-20", "He said so too.", speaker_described="an aide")
    keep.position(june.conflict, "yes, 200", same)
    assert same not in [one.claim.row for one in page(june.yes.get_absolute_url()).context["otherwise"]]
    assert same in [one.claim.row for one in page(june.no.get_absolute_url()).context["otherwise"]]


def test_a_denial_of_an_earlier_day_can_stand_beside_the_report(page, keep):
    paper = keep.document("paper", "2018-08-01", None)
    keep.cited("event", "e", paper, name="The flight", kind="transport", happened="2018-07-27")
    early = keep.statement("not-yet", paper, "2018-07-18", "It has not happened.", speaker_described="x")
    late = keep.statement("done", paper, "2018-07-28", "It has happened.", speaker_described="y")
    again = keep.statement("never", paper, "2018-07-29", "It never happened.", speaker_described="z")
    for said, says in ((early, "not"), (late, "happened"), (again, "not")):
        keep.bearing(said, "event:e", says)
    otherwise = page(late.get_absolute_url()).context["otherwise"]
    assert [(one.claim.row.code, one.can_both_stand) for one in otherwise] == [("not-yet", True), ("never", False)]
    assert "Both can be true" in page(early.get_absolute_url()).text


@pytest.mark.parametrize(("says", "opposed"), [("in-part", True), ("planned", False), ("concerns", False)])
def test_only_what_says_the_opposite_contradicts(page, keep, june, says, opposed):
    paper = keep.document("paper", "2018-06-27", None)
    other = keep.statement("other", paper, "2018-06-27", "Something.", speaker_described="x")
    keep.bearing(other, "handover:k55", says)
    found = [one.claim.row.code for one in page(june.no.get_absolute_url()).context["otherwise"]]
    assert ("other" in found) == opposed


def test_what_a_statement_itself_bears_on_is_never_among_what_is_left_out(page, keep, june, monkeypatch):
    monkeypatch.setattr("homeward.web.sources.statement_page.MOST_ROWS", 4)
    paper = keep.document("paper", "2018-06-27", None)
    for number in range(6):
        other = keep.statement(f"a{number}", paper, "2018-06-27", f"No {number}.", speaker_described="x")
        keep.bearing(other, "handover:k55", "not")
        keep.position(june.conflict, f"no {number}", other)
    shown = page(june.yes.get_absolute_url())
    assert [one.row.reference for one in shown.context["about"]] == ["handover:k55"]
    assert 0 < len(shown.context["otherwise"]) < 7
    assert "More has been said of this than is shown here." in shown.text


def test_figures_in_a_statement_and_figures_that_contradict_it_are_shown(page, keep, june):
    series = keep.series("boxes", "Boxes", "box")
    paper = keep.document("paper", "2018-06-23", None)
    own = keep.figure("own", series, Document.objects.get(pk="duluth"), 200, "2018-06-20", statement=june.yes)
    other = keep.figure("other", series, paper, 0, "2018-06-20")
    conflict = keep.conflict("cf-06", "How many boxes?", date(2018, 6, 23))
    keep.position(conflict, "200", own)
    keep.position(conflict, "none", other)
    shown = page(june.yes.get_absolute_url())
    assert shown.context["figures"] == [own]
    assert other in [one.claim.row for one in shown.context["otherwise"]]
    assert own not in [one.claim.row for one in shown.context["otherwise"]]


def test_a_contradiction_in_a_document_of_limited_reach_is_not_there_for_others(client, page, june, examiner):
    keep = keeper_of_everything()
    letter = keep.document("letter", "2018-06-25", "No.", reach="family")
    said = keep.statement("family-said", letter, "2018-06-25", "A family says no.", speaker_described="a family")
    keep.bearing(said, "handover:k55", "not")
    keep.position(june.conflict, "no, say the family", said)
    address = june.yes.get_absolute_url()
    assert "family" not in page(address).text.lower()
    client.force_login(examiner)
    assert "A family says no." in page(address).text


def test_the_page_of_a_statement_asks_the_database_little_whatever_the_size(
    page, keep, june, officer, django_assert_max_num_queries
):
    series = keep.series("boxes", "Boxes", "box")
    for number in range(15):
        document = keep.document(f"d{number}", "2018-07-01", f"Text {number}.", publisher=f"P{number}")
        party = keep.party(f"p{number}")
        person = keep.person(f"who-{number}", f"Person {number}", ("Office", f"p{number}", "2010/.."))
        said = keep.statement(f"s{number}", document, "2018-06-30", "A claim.", speaker=person, party=party)
        keep.passed_on(said, 1, "An agency")
        keep.bearing(said, "handover:k55", "not")
        keep.position(june.conflict, f"answer {number}", said)
        one = keep.figure(f"f{number}", series, document, number, "2018-06-30", statement=june.yes)
        conflict = keep.conflict(f"cf-{number + 100}", "How many?", date(2018, 7, 1))
        keep.position(conflict, "a", one)
        keep.position(conflict, "b", keep.figure(f"g{number}", series, document, 99, "2018-06-30"))
        amend(said, {"claim": "Another claim."}, by=officer, why="w", read_version=1, known_on=date(2020, 1, 1))
    address = june.yes.get_absolute_url()
    with django_assert_max_num_queries(25):
        assert len(page(address).context["otherwise"]) == 31
    page(f"{address}?known=2018-12-31")
    with django_assert_max_num_queries(25):
        assert len(page(address).context["otherwise"]) == 31
