"""Two stories from the record of the Korean War, as small as they can be told: what was said of remains in June 2018,
and how many were published as unaccounted for.
"""

from dataclasses import dataclass
from datetime import date

from homeward.web.accounts.models import User
from homeward.web.engagement.models import Handover
from homeward.web.journal.keeping import enter
from homeward.web.sources.models import Conflict, Figure, Series, Statement
from tests.web.sourced_rows import Keeper

DULUTH = """At a rally in Duluth, Minnesota, on Wednesday the President spoke of the fallen.

"We got back our great fallen heroes, the remains. In fact today already 200 got sent back," he said.
"""
SENATE = """The Secretary of State spoke to a subcommittee of the Senate.

"We have not yet physically received them," he said of the remains, and was optimistic.
"""
HANDOVER = """A C-17 flew to Wonsan and brought 55 boxes to Osan on Friday.
"""


@dataclass
class June2018:
    """What was said, and the question."""

    yes: Statement
    no: Statement
    conflict: Conflict
    handover: Handover


def claims_of_june_2018(by: User) -> June2018:
    """Enter the President's yes, the Secretary of State's no, the conflict, and the handover of 27 July."""
    keep = Keeper(by)
    keep.party("us", name="United States", short_name="US")
    keep.party("dprk", name="Democratic People's Republic of Korea", short_name="DPRK")
    keep.party("kpa", name="Korean People's Army", short_name="KPA", kind="forces", part_of_id="dprk")
    president = keep.person("trump", "Donald Trump", ("President of the United States", "us", "2017-01-20/2021-01-20"))
    secretary = keep.person(
        "pompeo",
        "Mike Pompeo",
        ("Director of the Central Intelligence Agency", "us", "2017-01-23/2018-04-26"),
        ("Secretary of State", "us", "2018-04-26/2021-01-20"),
    )
    duluth = keep.document(
        "duluth", "2018-06-21", DULUTH, publisher="Straits Times", headline="North Korea to return war dead"
    )
    senate = keep.document("senate", "2018-06-27", SENATE, publisher="A news site", headline="Remains not received yet")
    book = keep.document(
        "transfer", "2018-07-27", HANDOVER, publisher="Stars and Stripes", headline="55 boxes reach Osan"
    )
    yes = keep.statement(
        "trump-sent-back",
        duluth,
        "2018-06-20",
        "Remains have come back; 200 were sent back today.",
        speaker=president,
        party_id="us",
        hearer="a rally in Duluth",
        passage="today already 200 got sent back",
    )
    no = keep.statement(
        "pompeo-not-received",
        senate,
        "2018-06-27",
        "The United States has not yet physically received remains.",
        speaker=secretary,
        party_id="us",
        act="denied",
        hearer="a subcommittee of the Senate",
        passage="We have not yet physically received them",
    )
    handover = enter(
        Handover(
            code="k55",
            name="Handover of 55 boxes",
            kind="turnover",
            giver_id="kpa",
            receiver_id="us",
            known_on=date(2018, 7, 27),
        ),
        by=by,
    )
    keep.cited(
        "handoverchange",
        "k55-received",
        book,
        "brought 55 boxes to Osan",
        handover=handover,
        kind="received",
        happened="2018-07-27",
        containers_low=55,
        containers_high=55,
        container="boxes",
    )
    keep.bearing(yes, "handover:k55", "happened")
    keep.bearing(no, "handover:k55", "not")
    conflict = keep.conflict(
        "cf-05",
        "Had remains been handed over on 20 June 2018?",
        date(2018, 6, 21),
        book="handovers",
        book_giver_id="dprk",
        book_receiver_id="us",
        book_from="2018-06-12",
        book_until="2018-06-27",
    )
    keep.position(conflict, "yes, 200", yes)
    keep.position(conflict, "not yet physically received", no)
    return June2018(yes, no, conflict, handover)


@dataclass
class Totals:
    """The series of those unaccounted for, and its figures by the name of the source."""

    series: Series
    figures: dict[str, Figure]


def totals_of_the_unaccounted_for(by: User) -> Totals:
    """Enter published totals of the unaccounted for, by two rules and in several roundings."""
    keep = Keeper(by)
    keep.party("dpaa", name="Defense POW/MIA Accounting Agency", short_name="DPAA", kind="agency")
    keep.party("dod", name="Department of Defense", short_name="DoD", kind="ministry")
    since_1982 = keep.rule("since-1982", "accounted for since 1982", party_id="dpaa", in_force="../2024")
    since_1973 = keep.rule("since-1973", "accounted for since 29 March 1973", party_id="dpaa", in_force="2025/..")
    series = keep.series("us-unaccounted", "US personnel unaccounted for from the Korean War")
    accounted = keep.series("us-accounted", "US personnel accounted for from the Korean War", "accounted")

    def sheet(code: str, day: str, **said: str):
        usual = {"kind": "fact-sheet", "grade": "P", "publisher": "DPAA"}
        return keep.document(code, day, f"Fact sheet of {day}.", **{**usual, **said})

    by_rule = {"asserter_id": "dpaa", "rule": since_1982}
    fs2017 = sheet("fs2017", "2017-07-27")
    fs2018 = sheet("fs2018", "2018-06-18")
    fs2022 = sheet("fs2022", "2022-04-01")
    article = keep.document(
        "wmn", "2018-07-12", "Nearly 8,000 American troops are still unaccounted for.", publisher="World Military News"
    )
    upi = keep.document("upi", "2018-06-23", "There are 7,702 missing.", publisher="UPI")
    dod = keep.document("dod-2025", "2025-06-30", None, grade="P", publisher="DoD")
    caption = keep.document("caption", "2021-05-31", None, kind="caption", grade="P", publisher="DVIDS")
    copy = keep.document("upi-copy", "2018-06-24", "They say that 7,702 are missing.", publisher="A blog", copy_of=upi)
    for code, value, document in (("a17", 416, fs2017), ("a18", 459, fs2018), ("a22", 612, fs2022)):
        keep.figure(code, accounted, document, value, document.published.text, scope=series.scope, **by_rule)
    figures = {
        "fs2017": keep.figure("u17", series, fs2017, 7740, "2017-07-27", **by_rule),
        "fs2018": keep.figure("u18", series, fs2018, 7699, "2018-06-18", **by_rule),
        "upi": keep.figure("u18-upi", series, upi, 7702, "2018-06-23", passage="7,702"),
        "copy": keep.figure("u18-copy", series, copy, 7702, "2018-06-24"),
        "article": keep.figure(
            "u18-nearly",
            series,
            article,
            8000,
            "2018-07-12",
            qualifier="nearly",
            asserter_id="dod",
            passage="Nearly 8,000 American troops are still unaccounted for",
        ),
        "caption": keep.figure("u21", series, caption, 7800, "2021-05-31", qualifier="more", asserter_id="dpaa"),
        "fs2022": keep.figure("u22", series, fs2022, 7544, "2022-04-01", **by_rule),
        "dod": keep.figure("u25", series, dod, 7500, "2025", qualifier="nearly", asserter_id="dod", rule=since_1973),
    }
    return Totals(series, figures)
