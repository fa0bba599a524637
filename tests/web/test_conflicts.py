"""The page of a conflict: every answer side by side, and what the books show (walk 2); and the register."""

from datetime import date

import pytest

from homeward.web.accounts.actions import add_user
from homeward.web.accounts.roles import Role
from homeward.web.journal.keeping import amend
from homeward.web.sources.actions import decide, explain, take_on
from homeward.web.sources.models import Conflict, Position
from tests.web.conftest import PASSWORD
from tests.web.korean_claims import claims_of_june_2018
from tests.web.sourced_rows import Keeper, keeper_of_everything
from tests.web.test_page_safety import refused_markup

PAGE = "/record/conflict/cf-05/"


@pytest.fixture
def june(officer):
    return claims_of_june_2018(officer)


@pytest.fixture
def conflict(june):
    return june.conflict


@pytest.fixture
def historian(db):
    return add_user("historian", Role.HISTORIAN, PASSWORD)


@pytest.fixture
def page(client, reader, june):
    client.force_login(reader)
    return lambda address=PAGE: client.get(address)


def test_walk_2_yes_no_and_what_the_book_of_handovers_shows(page):
    """'Had remains been handed over on 20 June 2018?'"""
    shown = page()
    answers = [(one.position.answer, one.claim.who, one.claim.when.words) for one in shown.context["answers"]]
    assert answers == [
        ("yes, 200", "Donald Trump", "20 June 2018"),
        ("not yet physically received", "Mike Pompeo", "27 June 2018"),
    ]
    assert [one.claim.row.known_on for one in shown.context["answers"]] == [date(2018, 6, 21), date(2018, 6, 27)]
    assert "President of the United States" in shown.text
    assert "Secretary of State" in shown.text
    assert "Director of the Central Intelligence Agency" not in shown.text
    text = " ".join(shown.text.split())
    assert (
        "<strong>The book of handovers shows none</strong> from DPRK to US between 12 June 2018 and 27 June 2018"
        in text
    )
    assert "received 27 July 2018, 55 boxes; known from 27 July 2018." in text
    assert refused_markup(shown.text) == []


def test_walk_2_as_known_on_21_june_only_the_yes_is_there(page):
    shown = page(f"{PAGE}?known=2018-06-21")
    assert [one.position.answer for one in shown.context["answers"]] == ["yes, 200"]
    assert "Pompeo" not in shown.text
    assert "The book of handovers shows none" in shown.text
    assert "k55" not in shown.text
    assert page(f"{PAGE}?known=2018-06-20").status_code == 404


def test_walk_2_as_it_was_on_28_june_both_have_spoken_and_nothing_was_received(page):
    shown = page(f"{PAGE}?on=2018-06-28&known=")
    assert len(shown.context["answers"]) == 2
    assert shown.context["book"].after is None


def test_each_answer_leads_to_its_passage(page):
    shown = page()
    for answer in shown.context["answers"]:
        row = answer.claim.row
        address = f"{row.document.get_absolute_url()}?passage={row.passage_start}-{row.passage_end}#passage"
        assert address in shown.text
        assert f'<mark id="passage"><span class="cited">{row.passage}</span>' in page(address).text


def test_a_handover_within_the_time_is_shown_as_such(page, officer):
    keep = Keeper(officer)
    paper = keep.document("paper", "2018-06-20", "Received.")
    handover = {"kind": "turnover", "giver_id": "dprk", "receiver_id": "us", "name": "A box"}
    keep.cited("handover", "early", paper, **handover)
    keep.cited("handover", "rough", paper, **handover)
    keep.cited("handover", "offered", paper, **handover)
    for code, kind, happened in (
        ("early", "received", "2018-06-20"),
        ("rough", "received", "2018-06"),
        ("offered", "offered", "2018-06-19"),
    ):
        said = {"handover_id": code, "kind": kind, "happened": happened}
        keep.cited("handoverchange", f"{code}-step", paper, **said)
    book = page().context["book"]
    assert [one.handover.code for one in book.within] == ["early"]
    assert [one.handover.code for one in book.perhaps] == ["rough"]
    assert book.after.handover.code == "k55"


def test_handovers_between_others_do_not_count(page, officer):
    keep = Keeper(officer)
    keep.party("rok")
    paper = keep.document("paper", "2018-06-20", "Received.")
    keep.cited("handover", "other", paper, kind="third", giver_id="us", receiver_id="rok", name="On to Seoul")
    keep.cited("handoverchange", "other-step", paper, handover_id="other", kind="received", happened="2018-06-20")
    assert page().context["book"].within == ()


def test_a_conflict_that_no_book_answers_says_nothing_of_books(page, officer):
    Keeper(officer).conflict("cf-99", "Which walls?", date(2018, 7, 1))
    shown = page("/record/conflict/cf-99/")
    assert shown.context["book"] is None
    assert "What the books show" not in shown.text
    assert "No answer is on file" in shown.text


def test_answers_that_are_figures_say_why_they_differ(page, officer):
    keep = Keeper(officer)
    series = keep.series("s", "Boxes", "box")
    sheet = keep.document("sheet", "2018-07-01", "One or two.")
    conflict = keep.conflict("cf-06", "How many boxes?", date(2018, 7, 1))
    for value, unit in ((100, "box"), (215, "body")):
        keep.position(conflict, str(value), keep.figure(f"f{value}", series, sheet, value, "2018-06-23", unit=unit))
    assert "They count different things: boxes, cases or caskets, and bodies." in page("/record/conflict/cf-06/").text


def test_who_worked_on_it_is_shown_to_those_who_may_read_the_journal(client, page, conflict, officer):
    take_on(conflict, by=officer, read_version=1)
    explain(conflict, "They speak of different days.", by=officer, read_version=2)
    assert page().context["steps"] == []
    client.force_login(officer)
    assert [step.did for step in page().context["steps"]] == ["opened it", "took it on", "explained it"]
    assert "They speak of different days." in page().text
    then = page(f"{PAGE}?known=2018-07-01")
    assert [step.did for step in then.context["steps"]] == ["opened it"]
    assert then.context["row"].state == "open"


def test_the_preferred_answer_is_marked(page, conflict, officer):
    decide(conflict, Position.objects.first(), "Nothing was in custody.", by=officer, read_version=1)
    assert page().text.count("The preferred answer") == 1
    assert "The preferred answer" not in page(f"{PAGE}?known=2018-07-01").text


def test_an_answer_from_a_document_of_limited_reach_is_not_there_for_others(client, page, conflict, historian):
    keep = keeper_of_everything()
    letter = keep.document("letter", "2018-06-25", "A family wrote.", reach="family")
    said = keep.statement("family-said", letter, "2018-06-25", "A family asked.", speaker_described="a family")
    keep.position(conflict, "what the family said", said)
    assert "what the family said" not in page().text
    assert page("/conflicts/").context["rows"] == [(conflict, 2)]
    client.force_login(historian)
    assert "what the family said" in page().text


def test_html_in_questions_and_answers_stays_text(page, officer, june):
    keep = Keeper(officer)
    conflict = keep.conflict("cf-66", "<script>alert(1)</script>?", date(2018, 7, 1), reason="<img src=x>")
    keep.position(conflict, "<b>yes</b>", june.no)
    for address in ("/record/conflict/cf-66/", "/conflicts/", f"/record/statement/{june.yes.code}/"):
        text = page(address).text
        assert "<script>" not in text
        assert "<b>yes" not in text
        assert "<img" not in text


# The register


@pytest.fixture
def register(page, conflict, officer, historian):
    keep = Keeper(officer)
    keep.conflict("cf-06", "How many cases moved?", date(2018, 6, 23))
    keep.conflict("cf-07", "Who waited on 12 July?", date(2018, 7, 12))
    take_on(Conflict.objects.get(pk="cf-06"), by=historian, read_version=1)
    explain(Conflict.objects.get(pk="cf-07"), "Role lost in retelling.", by=officer, read_version=1)
    return page


def codes(response):
    return [row.code for row, _ in response.context["rows"]]


def test_the_register_lists_state_owner_and_number_of_answers(register):
    shown = register("/conflicts/")
    assert [(row.code, row.state, row.owner_id, count) for row, count in shown.context["rows"]] == [
        ("cf-05", "open", None, 2),
        ("cf-06", "open", "historian", 0),
        ("cf-07", "explained", None, 0),
    ]
    assert refused_markup(shown.text) == []


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("state=open", ["cf-05", "cf-06"]),
        ("state=explained", ["cf-07"]),
        ("owner=historian", ["cf-06"]),
        ("owner=(nobody)", ["cf-05", "cf-07"]),
        ("state=open&owner=(nobody)", ["cf-05"]),
        ("state=nonsense&owner=nobody-known", ["cf-05", "cf-06", "cf-07"]),
    ],
)
def test_the_register_is_narrowed_by_state_and_owner(register, query, found):
    assert codes(register(f"/conflicts/?{query}")) == found


def test_the_register_is_read_as_it_was_known(register):
    shown = register("/conflicts/?known=2018-07-12&state=open")
    assert codes(shown) == ["cf-05", "cf-06", "cf-07"]
    assert codes(register("/conflicts/?known=2018-06-22")) == ["cf-05"]


def test_the_list_that_every_noun_has_leads_to_the_register(register):
    response = register("/record/conflict/?state=open")
    assert (response.status_code, response["Location"]) == (302, "/conflicts/?state=open")


def test_strangers_find_no_register(client, outsider):
    client.force_login(outsider)
    assert client.get("/conflicts/").status_code == 404


# How much the database is asked


def test_the_page_asks_the_database_little_whatever_the_size(client, conflict, officer, django_assert_max_num_queries):
    keep = Keeper(officer)
    series = keep.series("s", "Boxes", "box")
    for number in range(20):
        document = keep.document(f"d{number}", "2018-07-01", f"Text {number}.", publisher=f"P{number}")
        party, rule = keep.party(f"p{number}"), keep.rule(f"r{number}", f"Rule {number}")
        person = keep.person(f"who-{number}", f"Person {number}", ("Office", f"p{number}", "2010/.."))
        said = keep.statement(f"s{number}", document, "2018-06-30", "A claim.", speaker=person, party=party)
        keep.passed_on(said, 1, "An agency")
        one = keep.figure(f"f{number}", series, document, number, "2018-06-30", asserter=party, rule=rule)
        keep.position(conflict, f"said {number}", said)
        keep.position(conflict, f"counted {number}", one)
        amend(one, {"note": "n"}, by=officer, why="w", read_version=1, known_on=date(2020, 1, 1))
        keep.conflict(f"cf-{number + 100}", "Another question?", date(2018, 7, 1))
    client.force_login(officer)
    with django_assert_max_num_queries(25):
        assert len(client.get(PAGE).context["answers"]) == 42
    client.get(f"{PAGE}?known=2018-12-31")  # kept in the session, which is written only now
    with django_assert_max_num_queries(25):
        assert len(client.get(PAGE).context["answers"]) == 42
    with django_assert_max_num_queries(25):
        assert len(client.get("/conflicts/?known=").context["rows"]) == 21
