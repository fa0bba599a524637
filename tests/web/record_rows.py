"""Small rows of the record: in each as little as the record accepts, so that a test says only what it is about."""

from datetime import date
from typing import Any

from homeward.core.dates import parse_date
from homeward.web.accounts.models import User
from homeward.web.engagement.histories import Change, Changing
from homeward.web.engagement.models import (
    Delivery,
    DeliveryChange,
    Handover,
    HandoverChange,
    Meeting,
    MeetingChange,
    Operation,
    OperationChange,
    Request,
    RequestChange,
)
from homeward.web.journal.keeping import enter
from homeward.web.journal.recorded import Recorded, Row
from homeward.web.parties.models import Party
from homeward.web.sources.models import Citation, Document

KNOWN_ON = date(2018, 7, 1)
CHANGES: dict[type[Changing], type[Change]] = {
    Meeting: MeetingChange,
    Request: RequestChange,
    Operation: OperationChange,
    Delivery: DeliveryChange,
    Handover: HandoverChange,
}


def enter_ground(by: User) -> None:
    """Enter what other rows stand on: two parties, north and south, and a document, paper."""
    for row in (party("north"), party("south"), document("paper")):
        enter(row, by=by)


def keep(row: Row, *, by: User, why: str = "", source: str = "paper") -> Row:
    """Enter a row, with a citation of a document where it needs one."""
    return enter(row, by=by, why=why, parts=[citation(row, source)] if row.needs_citation else [])


def citation(row: Recorded, source: str = "paper", **columns: Any) -> Citation:
    return Citation(
        **{
            "code": f"{row.noun()}-{row.code}-in-{source}",
            "known_on": row.known_on,
            "about": row.reference,
            "document_id": source,
            **columns,
        }
    )


def party(code: str, **columns: Any) -> Party:
    name = code.capitalize()
    return Party(
        **{"code": code, "known_on": KNOWN_ON, "name": name, "short_name": name, "kind": "government", **columns}
    )


def document(code: str, **columns: Any) -> Document:
    return Document(
        **{
            "code": code,
            "known_on": KNOWN_ON,
            "kind": "article",
            "headline": f"What {code} says",
            "publisher": "The Daily",
            "published": parse_date("2018-07-01"),
            "grade": "N",
            "holding": "none",
            **columns,
        }
    )


def meeting(code: str, **columns: Any) -> Meeting:
    return Meeting(**{"code": code, "known_on": KNOWN_ON, "name": f"Talks ({code})", **columns})


def request(code: str, **columns: Any) -> Request:
    sides = {"sender_id": "north", "receiver_id": "south"}
    return Request(**{"code": code, "known_on": KNOWN_ON, "name": f"Request ({code})", **sides, **columns})


def operation(code: str, **columns: Any) -> Operation:
    return Operation(**{"code": code, "known_on": KNOWN_ON, "name": f"Season ({code})", **columns})


def delivery(code: str, **columns: Any) -> Delivery:
    about = {"name": f"Cases ({code})", "thing": "wooden cases", "sender_id": "south"}
    return Delivery(**{"code": code, "known_on": KNOWN_ON, **about, **columns})


def handover(code: str, **columns: Any) -> Handover:
    sides = {"giver_id": "north", "receiver_id": "south"}
    return Handover(
        **{"code": code, "known_on": KNOWN_ON, "name": f"Handover ({code})", "kind": "turnover", **sides, **columns}
    )


def change(subject: Changing, kind: str, happened: str, **columns: Any) -> Any:
    """A change of a meeting, request, operation, delivery or handover, with what its kind has to say.

    A date that it sets is the day on which it happened.
    """
    model = CHANGES[type(subject)]
    required = {
        "scheduled": kind in ("announced", "moved", "scheduled"),
        "by_id": True,
        "level": kind == "level-raised",
        "reason": kind == "suspended",
    }
    said = {"scheduled": parse_date(happened), "by_id": "north", "level": "general", "reason": "The rains came."}
    names = {field.attname for field in model._meta.concrete_fields}
    return model(
        **{
            "code": f"{subject.code}-{happened}-{kind}",
            "known_on": KNOWN_ON,
            f"{model.subject}_id": subject.code,
            "kind": kind,
            "happened": parse_date(happened),
            **{name: said[name] for name, needed in required.items() if needed and name in names},
            **columns,
        }
    )
