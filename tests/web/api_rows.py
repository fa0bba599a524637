"""One row of every noun as a program sends it, each after those that it points to."""

import json
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.web.book_rows import BOOK_OTHERWISE, BOOK_ROWS, CONSENSUS

KNOWN = "2018-07-20"
TEXT = b"The talks were to be held on Thursday. The other side did not come."

CHANGE = {"known_on": KNOWN, "happened": "2018-07-12", "by": "giver"}
SOURCE = {"citations": [{"document": "report", "passage": "The other side did not come."}]}

ROWS: dict[str, dict[str, Any]] = {
    "place": {
        "code": "village",
        "name": "Village",
        "kind": "settlement",
        "latitude": "37.95600",
        "longitude": "126.677",
        "uncertainty_km": "0.5",
        "country": "KP",
    },
    "placename": {"code": "village-name", "place": "village", "text": "판문점", "script": "Hang", "kind": "own"},
    "party": {"code": "giver", "name": "The giving party", "short_name": "Giver", "kind": "command"},
    "partyname": {"code": "giver-name", "party": "giver", "text": "G", "kind": "acronym"},
    "person": {"code": "speaker", "name": "A. Speaker"},
    "personname": {"code": "speaker-name", "person": "speaker", "text": "Speaker, A.", "kind": "as-written"},
    "office": {"code": "secretary", "party": "giver", "name": "Secretary"},
    "tenure": {"code": "speaker-secretary", "person": "speaker", "office": "secretary", "held": "2017/.."},
    "conflict": {"code": "were-they-there", "question": "Were they there?"},
    "document": {
        "code": "report",
        "kind": "article",
        "headline": "No show",
        "publisher": "Daily",
        "published": "2018-07-12",
        "grade": "N",
        "holding": "original",
    },
    "statement": {
        "code": "no-show",
        "document": "report",
        "speaker": "speaker",
        "said": "2018-07-12",
        "grade": "N",
        "claim": "They did not come.",
        "passage": "The other side did not come.",
    },
    "series": {"code": "unaccounted", "name": "Unaccounted for", "unit": "unaccounted", "scope": "Korean War"},
    "countingrule": {"code": "rule", "name": "Rule", "text": "Everybody whose remains were not identified."},
    "figure": {
        "code": "nearly-8000",
        "document": "report",
        "series": "unaccounted",
        "low": "7699",
        "high": "7702.5",
        "qualifier": "between",
        "unit": "unaccounted",
        "scope": "Korean War",
        "counted": "2018",
        "grade": "N",
    },
    "position": {"code": "no", "conflict": "were-they-there", "answer": "no", "statement": "no-show"},
    "citation": {"code": "village-cited", "about": "place:village", "document": "report"},
    "attribution": {"code": "told", "statement": "no-show", "position": 1, "who": "Daily", "how": "told"},
    "bearing": {"code": "about-village", "statement": "no-show", "about": "place:village"},
    "meeting": {"code": "talks", "name": "Talks", "place": "village"},
    "meetingchange": {
        "code": "talks-announced",
        "meeting": "talks",
        "kind": "announced",
        "scheduled": "2018-07-15",
        **CHANGE,
        **SOURCE,
    },
    "contact": {
        "code": "call",
        "kind": "call",
        "name": "A call",
        "sender": "giver",
        "receiver": "receiver",
        "happened": "2018-07-12~",
        **SOURCE,
    },
    "request": {"code": "request", "name": "A request", "sender": "giver", "receiver": "receiver"},
    "requestchange": {"code": "request-made", "request": "request", "kind": "made", **CHANGE, **SOURCE},
    "agreement": {"code": "accord", "name": "Accord", "kind": "arrangement", "happened": "2018-06", **SOURCE},
    "commitment": {"code": "accord-1", "agreement": "accord", "number": 1, "name": "Return", "text": "To return them."},
    "proof": {"code": "accord-1-begun", "commitment": "accord-1", "about": "meeting:talks", "shows": "begun"},
    "workinggroup": {"code": "group", "name": "Group", "happened": "199X", **SOURCE},
    "operation": {"code": "search", "name": "Search", "place": "village"},
    "operationchange": {"code": "search-begun", "operation": "search", "kind": "begun", **CHANGE, **SOURCE},
    "handover": {"code": "return", "name": "Return", "kind": "turnover", "giver": "giver", "receiver": "receiver"},
    "delivery": {"code": "cases", "name": "Cases", "thing": "wooden cases", "sender": "receiver", "handover": "return"},
    "deliverychange": {
        "code": "cases-moved",
        "delivery": "cases",
        "kind": "moved",
        "quantity_low": 100,
        "quantity_high": 100,
        **CHANGE,
        **SOURCE,
    },
    "handoverchange": {
        "code": "return-received",
        "handover": "return",
        "kind": "received",
        "containers_low": 55,
        "containers_high": 55,
        **CHANGE,
        **SOURCE,
    },
    "event": {
        "code": "ceremony",
        "name": "Ceremony",
        "kind": "ceremony",
        "happened": "2018-08-01[Pacific/Honolulu]",
        **SOURCE,
    },
    "involvement": {"code": "giver-at-talks", "about": "meeting:talks", "party": "giver"},
    **BOOK_ROWS,
}
"""By noun; the second party, that several of them point to, is entered beside."""

OTHERWISE = {
    "statement": {"claim": "They stayed away."},
    "involvement": {"role": "host"},
    "bearing": {"says": "not"},
    "tenure": {"held": "2016/.."},
    "conflict": {"question": "Were they there at all?"},
    "position": {"answer": "not at all"},
    "attribution": {"who": "Somebody else"},
    **{noun: {"text": "Other"} for noun in ("placename", "partyname", "personname")},
    **{noun: {"note": "Other"} for noun in ("document", "figure", "citation", "proof")},
    **{noun: {"note": "Other"} for noun in ROWS if noun.endswith("change")},
    **BOOK_OTHERWISE,
}
"""What a row is changed to, by noun; the others are given another name."""

SECOND_PARTY = {"code": "receiver", "name": "The receiving party", "short_name": "Receiver", "kind": "agency"}


def sent(noun: str) -> dict[str, Any]:
    """The row of a noun as it is sent."""
    return {"known_on": KNOWN, **ROWS[noun]}


def post(client: Client, address: str, body: Any, **headers: str) -> Any:
    return client.post(f"/api/v1/{address}", json.dumps(body), content_type="application/json", headers=headers)


def patch(client: Client, address: str, body: Any, **headers: str) -> Any:
    return client.patch(f"/api/v1/{address}", json.dumps(body), content_type="application/json", headers=headers)


def post_document(client: Client, body: Any, content: bytes | None = TEXT, name: str = "report.txt") -> Any:
    form = {"row": json.dumps(body)}
    return client.post(
        "/api/v1/document", form if content is None else {**form, "file": SimpleUploadedFile(name, content)}
    )


def enter_every_noun(client: Client) -> dict[str, Any]:
    """Enter a row of every noun, and return the answers by noun."""
    answers: dict[str, Any] = {}
    for noun in ROWS:
        answers[noun] = post_document(client, sent(noun)) if noun == "document" else post(client, noun, sent(noun))
        if noun == "party":
            assert post(client, noun, {"known_on": KNOWN, **SECOND_PARTY}).status_code == 201
        if noun == "profile":
            assert post(client, noun, {"known_on": KNOWN, **CONSENSUS}).status_code == 201
    return answers


def read(client: Client, address: str = "", **asked: Any) -> Any:
    response = client.get(f"/api/v1/{address}", asked)
    assert response.status_code == 200, response.text
    return response.json()


def problems(response: Any, status: int) -> dict[str, str]:
    """What was refused, by where it stands."""
    assert response.status_code == status, response.text
    found = response.json()["problems"]
    assert all(problem["what"] and problem["where"] and problem["fix"] for problem in found)
    return {problem["where"]: problem["what"] for problem in found}
