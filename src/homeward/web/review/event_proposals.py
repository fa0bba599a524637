"""Which row of the books an event that a document tells of would become."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from homeward.core.dates import PartialDate
from homeward.web.review.models import Draft
from homeward.web.review.surroundings import Surroundings
from homeward.web.sources.documents import Document

CUSTODY = (
    "What was handed over is entered from custody papers, not from what was said about it. Link this to the handover, "
    "or accept the statement that tells of it."
)
CLAIMED = "The document does not say this in its own words, or denies it. Accept the statement that tells of it."
NO_NOUN = "The books have no row of this kind. Link it to the row that it is about, or reject it."
LONGEST_NAME = 300


@dataclass(frozen=True, slots=True)
class Becomes:
    """The change that an event is of the thing that it happened to.

    doer: the role of the party that did it. sets_date: whether the event's date is the one that was set, and not the
    day on which it was set.
    """

    subject: str
    kind: str
    doer: str = "who"
    sets_date: bool = False


CHANGES = {
    "meeting-scheduled": Becomes("meeting", "announced", sets_date=True),
    "meeting-held": Becomes("meeting", "held"),
    "meeting-missed": Becomes("meeting", "missed"),
    "meeting-moved": Becomes("meeting", "moved", sets_date=True),
    "meeting-cancelled": Becomes("meeting", "cancelled"),
    "level-raised": Becomes("meeting", "level-raised"),
    "operation-begun": Becomes("operation", "begun"),
    "operation-suspended": Becomes("operation", "suspended"),
    "delivery": Becomes("delivery", "moved", doer="from"),
}
TO_COME = frozenset({"meeting-scheduled", "meeting-moved", "level-raised", "meeting-cancelled"})
"""Events that are rows of the books even while what they are about is still to come."""
LEVELS = {"general": "general", "working": "working", "minister": "ministers", "summit": "summit"}


def event_columns(
    draft: Draft, document: Document, when: PartialDate, around: Surroundings
) -> tuple[str, dict[str, str], str]:
    """Return the noun of the row that an event would become, its columns, and why there is none if there is none."""
    kind, polarity = str(draft.said("kind")), draft.said("polarity")
    if kind == "handover" and not (polarity == "planned" and draft.said("date_edtf")):
        return "", {}, CUSTODY
    if polarity in ("denied", "claimed") or (polarity == "planned" and kind not in TO_COME | {"handover", "request"}):
        return "", {}, CLAIMED
    if kind == "handover":
        return _change(draft, Becomes("handover", "scheduled", doer="from", sets_date=True), document, when, around)
    if becomes := CHANGES.get(kind):
        return _change(draft, becomes, document, when, around)
    if kind in ("contact", "request", "agreement"):
        return kind, _dealing(draft, kind, when, around), ""
    return "", {}, NO_NOUN


def _change(
    draft: Draft, becomes: Becomes, document: Document, when: PartialDate, around: Surroundings
) -> tuple[str, dict[str, str], str]:
    """A change of a thing with a history."""
    columns = {
        becomes.subject: around.subject_of(draft, becomes.subject),
        "kind": becomes.kind,
        "happened": (document.published if becomes.sets_date else when).text,
        "by": around.party_of(_role(draft, becomes.doer)),
    }
    if becomes.sets_date:
        columns["scheduled"] = when.text if draft.said("date_edtf") else ""
    if becomes.subject == "meeting":
        level = ((draft.said("roles") or {}).get("level") or {}).get("text", "").casefold()
        columns["level"] = next((value for word, value in LEVELS.items() if word in level), "")
    if becomes.kind == "suspended":
        columns["reason"] = (draft.said("reason") or "")[:LONGEST_NAME]
    return f"{becomes.subject}change", columns, ""


def _role(draft: Draft, name: str) -> dict[str, Any] | None:
    """Who or what is in a role, if it is somebody or something with a name."""
    role: dict[str, Any] = (draft.said("roles") or {}).get(name) or {}
    return role if role.get("what") else None


def _dealing(draft: Draft, kind: str, when: PartialDate, around: Surroundings) -> dict[str, str]:
    """A contact, a request or an agreement."""
    name = str(draft)[:LONGEST_NAME]
    if kind == "agreement":
        points = [point["text"] for point in draft.said("points") or []]
        place = around.code_of(draft.said("place_named"))
        return {"name": name, "happened": when.text, "place": place, "summary": "\n".join(points)}
    sides = {
        "sender": around.party_of(_role(draft, "who")),
        "receiver": around.party_of(_role(draft, "to") or _role(draft, "with")),
    }
    if kind == "contact":
        return {"name": name, **sides, "happened": when.text, "content": str(draft)}
    return {"name": name, **sides, "text": str(draft)}
