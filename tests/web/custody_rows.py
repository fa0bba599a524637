"""A small register: two laboratories, a handover of two boxes, bones and a sample in the first; all of it made up."""

from datetime import date
from typing import Any

from homeward.core.dates import parse_date
from homeward.web.accounts.models import User
from homeward.web.journal.keeping import enter
from homeward.web.parties.models import Party
from homeward.web.remains.models import Accession, Effect, Sample, SampleStep, Specimen, Store, Transfer, TransferCase
from tests.web.record_rows import party

KNOWN_ON = date(2018, 7, 27)


def register(by: User) -> None:
    """Enter boxes 1 and 2 that north gave to lab; box 1 was opened, and two bones and a button are in the inventory."""
    for row in (
        *(party(code) for code in ("north", "lab", "other")),
        box("box-1", number="1"),
        box("box-2", number="2"),
        Accession(
            code="acc",
            known_on=KNOWN_ON,
            number="2018-1",
            laboratory_id="lab",
            transfer_case_id="box-1",
            opened=parse_date("2018-08-02"),
            opened_by="C. Custodian",
            witness="W. Witness",
            n_items=3,
        ),
        bone("femur", "1", "femur"),
        bone("tibia", "2", "tibia"),
        Effect(code="button", known_on=KNOWN_ON, accession_id="acc", kind="clothing", designator="E1", description="."),
        Sample(code="cut", known_on=KNOWN_ON, specimen_id="femur", number="01A", purpose="DNA"),
        SampleStep(code="cut-1", known_on=KNOWN_ON, sample_id="cut", kind="cut", happened=parse_date("2018-08-05")),
        Store(code="shelf", known_on=KNOWN_ON, holder_id="lab", name="Shelf 1"),
        Store(code="safe", known_on=KNOWN_ON, holder_id="lab", name="Safe"),
    ):
        enter(row, by=by)


def box(code: str, **columns: Any) -> TransferCase:
    return TransferCase(
        **{
            "code": code,
            "known_on": KNOWN_ON,
            "kind": "box",
            "received": parse_date("2018-07-27"),
            "received_by_id": "lab",
            **columns,
        }
    )


def bone(code: str, designator: str, element: str, **columns: Any) -> Specimen:
    return Specimen(
        **{
            "code": code,
            "known_on": KNOWN_ON,
            "accession_id": "acc",
            "designator": designator,
            "element": element,
            "side": "left",
            "completeness": "complete",
            "inventoried_by": "A. Anthropologist",
            **columns,
        }
    )


def sending(giver: str, receiver: str, day: str, **columns: Any) -> Transfer:
    return Transfer(
        **{
            "known_on": KNOWN_ON,
            "kind": "handover",
            "happened": parse_date(day),
            "giver": Party.objects.get(pk=giver),
            "receiver": Party.objects.get(pk=receiver),
            "given_by": f"Somebody of {giver}",
            "n_things": 1,
            **columns,
        }
    )
