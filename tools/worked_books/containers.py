"""Facts: the containers of the handovers, as far as public sources count them. Nothing here is made up."""

from __future__ import annotations

from dataclasses import dataclass

from tools.worked_books.tables import Tables

NOT_PUBLIC = "not in public sources"
NUMBERED_HERE = "Numbered in this record; what is written on the box is not public."


@dataclass(frozen=True, slots=True)
class Lot:
    """Containers that came together: handover and step of the Korean War record, how many, what, and when."""

    handover: str
    known_on: str
    received: str
    count: int
    kind: str
    stem: str


LOTS = (
    Lot("returns-1990-1992", "1991-06-24", "1991-06-24[Asia/Seoul]", 11, "coffin", "1991"),
    Lot("returns-1990-1992", "1993-12-15", "1990/1992", 35, "box", "1990-92"),
    Lot("returns-1993", "1993-12-15", "1993-12-14[Asia/Seoul]", 33, "coffin", "1993-12"),
    Lot("returns-1993", "1994-09-15", "1993", 115, "box", "1993"),
    Lot("returns-1994-09-13", "1994-09-15", "1994-09-13[Asia/Seoul]", 14, "box", "1994"),
    Lot("k55", "2018-07-27", "2018-07-27[Asia/Seoul]", 55, "box", "K55"),
)
"""As the rows of handoverchange.csv in the Korean War record count them, each there with its sources."""


def add_containers(tables: Tables) -> list[str]:
    """Add all containers; return the codes of those of 27 July 2018."""
    codes: list[str] = []
    for lot in LOTS:
        codes = [
            tables.add(
                "transfercase",
                lot.known_on,
                fact=True,
                kind=lot.kind,
                number=f"{lot.stem}, {number} of {lot.count}",
                handover=lot.handover,
                received=lot.received,
                received_by="unc" if lot.handover != "k55" else "us",
                stated_contents=NUMBERED_HERE,
            )
            for number in range(1, lot.count + 1)
        ]
    _add_way(tables, codes)
    return codes


def _add_way(tables: Tables, cases: list[str]) -> None:
    """The way of the boxes of 2018: taken over at Wonsan, handed to the laboratory in Hawaii."""
    ways = (
        ("takeover", "2018-07-27[Asia/Seoul]", "dprk", "us", "2018-07-27", "Taken on board at Kalma airport, Wonsan."),
        ("handover", "2018-08-01[Pacific/Honolulu]", "us", "dpaa", "2018-08-01", "Flown from Osan to Hickam."),
    )
    for kind, happened, giver, receiver, known_on, note in ways:
        transfer = tables.add(
            "transfer",
            known_on,
            fact=True,
            kind=kind,
            happened=happened,
            giver=giver,
            receiver=receiver,
            given_by=NOT_PUBLIC,
            received_by=NOT_PUBLIC,
            n_things=len(cases),
            sent_by_user="(published account of the giver)",
            received=happened,
            received_by_user="(published account of the receiver)",
            n_received=len(cases),
            note=note,
        )
        for case in cases:
            tables.add(
                "transferitem", known_on, fact=True, transfer=transfer, about=f"transfercase:{case}", under_way="false"
            )
