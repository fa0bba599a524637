"""The Korean War record that comes with the software, walked through as its users would."""

import json
import re
from datetime import date
from pathlib import Path

from django.test import TestCase, override_settings

import homeward
from homeward.reports.brief import brief_document, brief_pdf
from homeward.web.accounts.actions import add_user
from homeward.web.accounts.roles import Role
from homeward.web.bundle.importing import import_bundle
from homeward.web.engagement.brief import brief_on, party_called
from homeward.web.engagement.models import Handover, Meeting, MeetingChange
from homeward.web.journal.knowledge import AsOf
from homeward.web.journal.reader import Reader
from homeward.web.journal.recorded import nouns
from homeward.web.journal.verification import verify_record
from homeward.web.sources.models import Conflict, Figure, Position
from tests.examples import examples
from tests.web.conftest import PASSWORD

BUNDLE = Path(homeward.__file__).parent / "examples" / "korean_war_record"
SAMPLE = 4
"""Of long lists of rows, every so many pages are opened."""


@override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"])
class WorkedRecord(TestCase):
    """Each test reads the record as imported."""

    @classmethod
    def setUpTestData(cls):
        historian = add_user("historian", [Role.HISTORIAN, Role.ENGAGEMENT_OFFICER], PASSWORD)
        cls.historian = historian
        cls.result = import_bundle(BUNDLE, by=historian, why="For this test.")

    def setUp(self):
        self.client.force_login(self.historian)

    def known(self, day: str, on: str = "") -> Reader:
        return Reader(self.historian, AsOf(date.fromisoformat(on or day), date.fromisoformat(day)))

    def text(self, address: str) -> str:
        response = self.client.get(address)
        assert response.status_code == 200, f"{address}: {response.status_code}"
        return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.text))

    def test_nothing_in_it_is_altered_or_impossible(self):
        result = verify_record()
        assert [str(finding) for finding in result.findings] == []

    def test_importing_it_again_changes_nothing(self):
        again = import_bundle(BUNDLE, by=self.historian, why="Once more.")
        assert sum(counts.entered + counts.amended for counts in again.counts.values()) == 0

    def test_the_meeting_of_july_2018_stands_right_on_each_day(self):
        stood = {
            "2018-07-06": ("", None, (), ()),
            "2018-07-07": ("planned", "2018-07-12", ("us",), ()),
            "2018-07-11": ("planned", "2018-07-12", ("us",), ()),
            "2018-07-12": ("planned", "2018-07-15", ("dprk",), ("dprk",)),
            "2018-07-14": ("planned", "2018-07-15", ("dprk",), ("dprk",)),
            "2018-07-15": ("held", "2018-07-15", ("dprk",), ("dprk",)),
        }
        for day, expected in stood.items():
            reader = self.known(day)
            changes = reader.known(reader.rows(MeetingChange).filter(meeting="panmunjom-2018-07-12"))
            standings = Meeting.standings([change for change in changes if change.happened.earliest <= reader.as_of.on])
            assert standings[1] == []
            now = standings[0][-1][1] if standings[0] else None
            found = (
                (now.state, now.scheduled.earliest.isoformat(), now.agreed_by, now.missed_by)
                if now
                else ("", None, (), ())
            )
            assert found == expected, day

    def test_its_page_shows_that_the_first_date_was_announced_by_one_side_only(self):
        text = self.text("/record/meeting/panmunjom-2018-07-12/?on=2018-07-11&known=2018-07-11").casefold()
        assert "one side only" in text
        assert "missed" not in text.replace("when it missed", "")
        text = self.text("/record/meeting/panmunjom-2018-07-12/?on=2018-07-13&known=2018-07-13")
        assert "Missed by DPRK" in text
        assert "15 July 2018" in text
        assert "general-officer level" in text

    def test_had_remains_been_handed_over_on_20_june_2018(self):
        text = self.text("/record/conflict/cf-05/?on=&known=")
        assert "yes, 200" in text
        assert "Donald Trump" in text
        assert "not yet physically received" in text
        assert "Mike Pompeo" in text
        assert "The book of handovers shows none" in text
        assert "received 27 July 2018" in text
        for known_from in ("24 June 2018", "27 June 2018", "27 July 2018"):
            assert known_from in text

    def test_before_the_secretary_of_state_spoke_only_the_yes_was_known(self):
        reader = self.known("2018-06-26")
        positions = reader.known(reader.rows(Position).filter(conflict="cf-05"))
        assert {position.statement_id for position in positions} == {"trump-2018-06-21", "trump-2018-06-23"}
        assert reader.get(Conflict, "cf-05") is None

    def test_every_answer_to_a_conflict_is_kept_with_what_it_rests_on(self):
        for conflict in Conflict.objects.all():
            positions = list(conflict.positions.all())
            assert len(positions) >= 2, conflict.code
            for position in positions:
                claim = position.statement or position.figure
                assert claim.document.text, f"{position.code} has no text to be found in"
                assert claim.passage, f"{claim.code} has no passage"

    def test_published_totals_differ_by_rule_and_date_and_the_page_says_so(self):
        text = self.text("/record/series/unaccounted-for-korea/?on=&known=")
        for value in ("7,699", "7,740", "7,544", "nearly 8,000", "nearly 7,500"):
            assert value in text
        for reason in (
            "Accounted for since 1982",
            "Accounted for since 29 March 1973",
            "They were counted as of different days",
        ):
            assert reason in text

    def test_from_point_four_to_the_handover_and_back(self):
        commitment = self.client.get("/record/commitment/singapore-2018.4/?on=&known=").text
        assert "/record/handover/k55/" in commitment
        handover = self.client.get("/record/handover/k55/").text
        assert "/record/commitment/singapore-2018.4/" in handover
        assert "/record/agreement/singapore-2018/" in commitment

    def test_a_speech_does_not_move_the_commitment_and_the_handover_does(self):
        for day, state in {
            "2018-06-30": "scheduled",
            "2018-07-26": "scheduled",
            "2018-07-28": "fulfilled in part",
            "2019-06-01": "suspended, after being fulfilled in part",
        }.items():
            reader = self.known(day)
            brief = brief_on(party_called("DPRK", reader), reader)
            line = next(line for line in brief.commitments if line.number == 4)
            assert line.state == state, (day, line.state, line.reason)

    def test_the_brief_of_13_july_2018_tells_what_was_known_then(self):
        reader = self.known("2018-07-13")
        brief = brief_on(party_called("dprk", reader), reader)
        assert [(line.when, line.level) for line in brief.next_meetings] == [("15 July 2018", "general-officer level")]
        assert (brief.past_meetings[0].when, brief.past_meetings[0].became) == ("12 July 2018", "Missed by DPRK")
        said = next(line for line in brief.said if "20 June" in line.question)
        assert "nothing was received" in said.books
        assert "27 July 2018" not in json.dumps(brief_document(brief))
        assert {line.name for line in brief.requests} >= {"A general at the table"}
        cited = {
            number for line in (*brief.commitments, *brief.past_meetings, *brief.figures) for number in line.sources
        }
        assert cited <= {source.number for source in brief.sources}

    def test_the_brief_is_a_pdf_of_two_pages(self):
        for day in ("2018-07-13", "2018-07-28", "2025-12-31"):
            reader = self.known(day)
            pdf = brief_pdf(brief_on(party_called("dprk", reader), reader))
            assert pdf.startswith(b"%PDF-")
            assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 2, day

    def test_what_the_article_tells_has_a_home(self):
        homes = {
            "figure": {"229", "6", "8,000"},
            "party": {"dprk", "us", "dpaa", "bloomberg", "yonhap", "stars-and-stripes"},
        }
        document = "sputnik-2018-07"
        from_article = Figure.objects.filter(document__code__startswith=document)
        found = {f"{figure.low:,.0f}" for figure in from_article}
        assert homes["figure"] <= found, found
        assert homes["party"] <= set(nouns()["party"].objects.values_list("code", flat=True))

    def test_every_page_opens_today_and_as_of_july_2018(self):
        for times in ("?on=&known=", "?on=2018-07-13&known=2018-07-13"):
            assert self.client.get(f"/timeline/{times}").status_code == 200
            for noun, model in nouns().items():
                codes = list(model.objects.order_by("code").values_list("code", flat=True))
                assert self.client.get(f"/record/{noun}/", follow=True).status_code == 200
                for code in codes[:: SAMPLE if len(codes) > SAMPLE * 3 else 1][: examples(15, 2)]:
                    status = self.client.get(f"/record/{noun}/{code}/").status_code
                    assert status in ((200, 404) if "2018" in times else (200,)), f"/record/{noun}/{code}/{times}"

    def test_no_handover_is_in_the_books_on_speech_alone(self):
        reader = self.known("2018-07-26")
        handover = reader.get(Handover, "k55")
        changes = reader.known(reader.rows(nouns()["handoverchange"]).filter(handover=handover))
        assert Handover.trace(changes)[0][-1].state == "scheduled"
