"""The talks on the return of remains, June to July 2018, told source by source: each row is known from its source."""

from datetime import date

from homeward.web.accounts.models import User
from homeward.web.engagement.models import Commitment, Involvement, Proof
from homeward.web.journal.keeping import enter
from homeward.web.sources.models import Bearing
from tests.web.sourced_rows import Keeper

SINGAPORE = "Both sides commit to recovering remains, including the immediate repatriation of those already identified."
DULUTH = "At a rally on Wednesday the President said that 200 had been sent back that day."
CASES = "US Forces Korea moved 100 wooden cases to the Joint Security Area on Saturday."
SET = "The Secretary of State said that a meeting was set for 12 July and could slip by a day or two."
WAITED = "An American party waited at Panmunjom on Thursday; no delegation of the North came."
GENERALS = "After a call at midday the North proposed talks between generals on Sunday 15 July."
UNCONFIRMED = "The North had never publicly confirmed the date of 12 July."
TALKS = "Talks between generals were held on Sunday, the first since 2009."
DATE = "Up to 55 sets of remains are to be handed over on 27 July, an official said."
FLOWN = "A transport aircraft flew 55 boxes from Wonsan to Osan on Friday."


class July2018:
    """Enters the story in somebody's name."""

    def __init__(self, by: User) -> None:
        self.by = by
        self.keep = Keeper(by)
        self.parties()
        self.agreement()
        self.claim_and_cases()
        self.meeting()
        self.handover()

    def parties(self) -> None:
        self.keep.party("us", name="United States", short_name="US")
        self.keep.party("dprk", name="Democratic People's Republic of Korea", short_name="DPRK")
        self.keep.party("dpaa", name="Defense POW/MIA Accounting Agency", short_name="DPAA", part_of_id="us")

    def agreement(self) -> None:
        text = self.keep.document("joint-statement", "2018-06-12", SINGAPORE, kind="agreement", grade="P")
        known = {"known_on": date(2018, 6, 12)}
        self.keep.cited(
            "agreement", "singapore", text, name="Joint statement", kind="joint-statement", happened="2018-06-12"
        )
        for party in ("us", "dprk"):
            self.involve("agreement:singapore", party, "signatory", **known)
        commitment = Commitment(
            code="singapore.4", agreement_id="singapore", number=4, name="Return of remains", text=SINGAPORE, **known
        )
        enter(commitment, by=self.by)

    def claim_and_cases(self) -> None:
        rally = self.keep.document("rally", "2018-06-21", DULUTH)
        self.claim = self.keep.statement(
            "sent-back",
            rally,
            "2018-06-20",
            "200 were sent back today.",
            speaker=self.keep.person("president", "The President"),
            party_id="us",
            passage="200 had been sent back that day",
        )
        moved = self.keep.document("cases", "2018-06-23", CASES)
        about = {"thing": "wooden cases", "sender_id": "us"}
        self.keep.cited("delivery", "wooden-cases", moved, name="Cases for the return of remains", **about)
        hundred = {"quantity_low": 100, "quantity_high": 100}
        self.change("delivery", "wooden-cases", "moved", "2018-06-23", moved, "100 wooden cases", by_id="us", **hundred)
        self.prove("delivery:wooden-cases", "scheduled", date(2018, 6, 23))

    def meeting(self) -> None:
        announced = self.keep.document("announced", "2018-07-07", SET, grade="P")
        self.keep.cited("meeting", "talks", announced, name="Talks on remains")
        first = {"by_id": "us", "scheduled": "2018-07-12"}
        self.change("meeting", "talks", "announced", "2018-07-07", announced, "a meeting was set for 12 July", **first)
        self.prove("meeting:talks", "scheduled", date(2018, 7, 7))
        absent = self.keep.document("absent", "2018-07-12", WAITED)
        self.change("meeting", "talks", "missed", "2018-07-12", absent, "no delegation of the North came", by_id="dprk")
        self.involve("meetingchange:talks-missed", "dpaa", "waited", known_on=date(2018, 7, 12))
        call = self.keep.document("call", "2018-07-12", GENERALS)
        sides = {"sender_id": "us", "receiver_id": "dprk", "meeting_id": "talks"}
        self.keep.cited("contact", "call", call, name="Call at midday", kind="call", happened="2018-07-12", **sides)
        second = {"by_id": "dprk", "scheduled": "2018-07-15", "level": "general", "order": 1}
        self.change("meeting", "talks", "moved", "2018-07-12", call, "talks between generals on Sunday", **second)
        radio = self.keep.document("radio", "2018-07-13", UNCONFIRMED)
        said = self.keep.statement("never-confirmed", radio, "2018-07-13", "The North never confirmed.", party_id="us")
        self.keep.bearing(said, "meeting:talks", "concerns")
        held = self.keep.document("held", "2018-07-15", TALKS, grade="P")
        self.change("meeting", "talks", "held", "2018-07-15", held, "held on Sunday", level="general")

    def handover(self) -> None:
        planned = self.keep.document("planned", "2018-07-17", DATE)
        sides = {"giver_id": "dprk", "receiver_id": "us", "commitment_id": "singapore.4"}
        self.keep.cited("handover", "k55", planned, name="Return of 55 boxes", kind="turnover", **sides)
        expected = {"scheduled": "2018-07-27", "containers_low": 50, "containers_high": 55, "container": "cases"}
        self.change("handover", "k55", "scheduled", "2018-07-16", planned, "on 27 July", **expected)
        flown = self.keep.document("flown", "2018-07-27", FLOWN)
        boxes = {"containers_low": 55, "containers_high": 55, "container": "boxes"}
        self.change("handover", "k55", "received", "2018-07-27", flown, "flew 55 boxes", **boxes)
        self.prove("handover:k55", "in-part", date(2018, 7, 17))
        bearing = Bearing(code="claims-k55", statement=self.claim, about="handover:k55", says="happened")
        bearing.known_on = date(2018, 7, 17)
        enter(bearing, by=self.by)
        series = self.keep.series("k55-boxes", "Boxes handed over", "box", "27 July 2018")
        self.keep.figure("boxes", series, flown, 55, "2018-07-27", about="handover:k55")
        people = self.keep.series("k55-people", "Individuals in the boxes", "individual", "27 July 2018")
        count = {"about": "handover:k55", "qualifier": "about"}
        self.keep.figure("people", people, flown, 250, "2018-07-27", **count)

    def change(self, noun: str, code: str, kind: str, happened: str, document, passage: str, **said) -> None:
        """Enter a change of a thing, known from the day its document came out."""
        row = {noun + "_id": code, "kind": kind, "happened": happened, **said}
        self.keep.cited(f"{noun}change", f"{code}-{kind}", document, passage, **row)

    def involve(self, about: str, party: str, role: str, **known) -> None:
        code = f"{about.replace(':', '-')}-{party}"
        enter(Involvement(code=code, about=about, party_id=party, role=role, **known), by=self.by)

    def prove(self, about: str, shows: str, known_on: date) -> None:
        code = f"proof-{about.replace(':', '-')}-{shows}"
        row = Proof(code=code, commitment_id="singapore.4", about=about, shows=shows, known_on=known_on)
        enter(row, by=self.by)
