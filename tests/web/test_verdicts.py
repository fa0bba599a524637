"""Claims held against the books: agrees, contradicts, or not yet decidable, as of the day of the claim."""

from datetime import date
from pathlib import Path

import pytest
from django.test import TestCase, override_settings

import homeward
from homeward.web.accounts.actions import add_user
from homeward.web.accounts.roles import Role
from homeward.web.bundle.importing import import_bundle
from homeward.web.engagement.brief import brief_on, party_called
from homeward.web.engagement.verdicts import Verdict, claim_verdicts, judge_figures, judge_statements
from homeward.web.journal.knowledge import NOW, AsOf
from homeward.web.journal.reader import Reader
from homeward.web.sources.models import Figure, Statement
from tests.web.conftest import PASSWORD

BUNDLE = Path(homeward.__file__).parent / "examples" / "korean_war_record"


@override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"])
class Verdicts(TestCase):
    """On the Korean War record."""

    @classmethod
    def setUpTestData(cls):
        cls.historian = add_user("historian", [Role.HISTORIAN, Role.ENGAGEMENT_OFFICER], PASSWORD)
        import_bundle(BUNDLE, by=cls.historian, why="For this test.")

    def judgement(self, code, about, as_of=NOW):
        judged = judge_statements([Statement.objects.get(pk=code)], Reader(self.historian, as_of)).get(code, [])
        return next((one for one in judged if one.reference == about), None)

    def test_that_remains_had_been_returned_on_20_june_2018_contradicts_the_book_of_handovers(self):
        one = self.judgement("trump-2018-06-20", "handover:k55")
        assert one.verdict is Verdict.CONTRADICTS
        assert one.day == date(2018, 6, 20)
        assert [change.code for change in one.decided_by] == ["k55-offered"]
        assert "55 boxes" in one.later
        assert "27 July 2018" in one.later

    def test_that_none_had_been_received_on_27_june_2018_agrees(self):
        one = self.judgement("pompeo-2018-06-27", "handover:k55")
        assert one.verdict is Verdict.AGREES
        assert "Offered by DPRK" in one.books

    def test_that_they_had_been_received_agrees_once_the_book_has_them(self):
        one = self.judgement("white-house-2018-07-27", "handover:k55")
        assert (one.verdict, [change.code for change in one.decided_by]) == (Verdict.AGREES, ["k55-received"])

    def test_what_was_not_known_then_decides_nothing_then(self):
        known = AsOf(None, date(2018, 7, 1))
        assert self.judgement("trump-2018-06-20", "handover:k55", known).later == ""

    def test_a_no_show_is_decided_by_the_meeting_that_was_missed(self):
        one = self.judgement("article-no-show", "meeting:panmunjom-2018-07-12")
        assert one.verdict is Verdict.AGREES
        assert "Missed by DPRK" in one.books

    def test_a_date_that_had_been_set_agrees_with_the_claim_that_it_is_planned(self):
        one = self.judgement("article-rescheduled", "meeting:panmunjom-2018-07-12")
        assert one.verdict is Verdict.AGREES
        assert "15 July 2018" in one.books

    def test_a_commitment_is_judged_by_what_the_books_show_of_it(self):
        said = {
            "trump-2018-06-20": Verdict.CONTRADICTS,
            "pompeo-2018-06-27": Verdict.AGREES,
            "white-house-2018-07-27": Verdict.AGREES,
        }
        for code, verdict in said.items():
            assert self.judgement(code, "commitment:singapore-2018.4").verdict is verdict, code

    def test_what_may_have_been_said_before_or_after_the_deed_is_not_yet_decidable(self):
        assert self.judgement("cnn-july-12", "meeting:singapore-2018-06-12").verdict is Verdict.UNDECIDED

    def test_boxes_are_compared_with_the_containers_of_the_book_and_with_nothing_else(self):
        codes = ["k55-boxes", "k55-unsan", "k55-individuals-2024-08-14", "cases-yonhap-215", "cases-wooden-100"]
        judged = judge_figures(Figure.objects.filter(pk__in=codes), Reader(self.historian))
        assert {code: one.verdict for code, one in judged.items()} == {
            "k55-boxes": Verdict.AGREES,
            "k55-unsan": Verdict.UNDECIDED,
            "cases-yonhap-215": Verdict.CONTRADICTS,
            "cases-wooden-100": Verdict.AGREES,
        }

    def test_a_contradiction_weighs_more_than_an_agreement_in_the_verdict_on_a_whole_claim(self):
        claims = Statement.objects.filter(pk__in=["trump-2018-06-20", "pompeo-2018-06-27", "article-general-wanted"])
        assert claim_verdicts(claims, Reader(self.historian)) == {
            "statement:trump-2018-06-20": Verdict.CONTRADICTS,
            "statement:pompeo-2018-06-27": Verdict.AGREES,
        }

    def test_pages_and_the_brief_show_the_verdicts_beside_the_claims(self):
        self.client.force_login(self.historian)
        page = self.client.get(Statement.objects.get(pk="trump-2018-06-20").get_absolute_url()).text
        assert "The book shows otherwise." in page
        assert "Received: 55 boxes" in page
        assert "The books show otherwise" in self.client.get("/record/conflict/cf-05/").text
        reader = Reader(self.historian, AsOf(date(2018, 7, 13), date(2018, 7, 13)))
        brief = brief_on(party_called("dprk", reader), reader)
        answers = {answer.who: answer.verdict for line in brief.said for answer in line.answers}
        assert "the books show otherwise" in answers.values()
        assert "the books agree" in answers.values()


@pytest.mark.parametrize(
    ("low", "high", "qualifier", "agrees"),
    [
        (55, 55, "exact", True),
        (50, 55, "between", True),
        (60, 60, "exact", False),
        (20, 20, "exact", None),
        (50, 50, "about", True),
        (60, 60, "about", True),
        (70, 70, "about", False),
        (50, 50, "at-least", True),
        (56, 56, "at-least", False),
        (60, 60, "up-to", True),
    ],
)
def test_a_figure_fits_the_count_of_the_book_as_far_as_its_words_allow(low, high, qualifier, agrees):
    from homeward.web.engagement.counted_in_books import _agrees

    assert _agrees(Figure(low=low, high=high, qualifier=qualifier), 55, 55) is agrees
