"""Which row of the books an event that a document tells of would become."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from homeward.core.dates import PartialDate
from homeward.web.review.counted import figure_columns, numbers_of
from homeward.web.review.draft_dates import told_date
from homeward.web.review.kinds import CHANGES, IDENTIFICATION, RESULT, TO_COME, Becomes
from homeward.web.review.models import Draft
from homeward.web.review.surroundings import Surroundings
from homeward.web.sources.documents import Document

CUSTODY = (
    "What was handed over is entered from custody papers, not from what was said about it. Link this to the handover, "
    "or accept the statement that tells of it."
)
CLAIMED = "The document does not say this in its own words, or denies it. Accept the statement that tells of it."
NO_NUMBER = (
    "The books keep what an operation found as a figure about it, and no number is given here. Link this to the "
    "operation, or reject it."
)
NO_NOUN = "The books have no row of this kind. Link it to the row that it is about, or reject it."
LONGEST_NAME = 300


@dataclass(frozen=True, slots=True)
class EventRow:
    """The row that an event would become.

    noun: empty where there is none, with the reason in ``instead``. figures: quantities that are entered with it as
    figures about it. same: quantities that become the same row. must: columns that must be filled though the form of
    the row would do without them.
    """

    noun: str = ""
    columns: dict[str, str] = field(default_factory=dict)
    instead: str = ""
    figures: Sequence[Draft] = ()
    same: Sequence[Draft] = ()
    must: frozenset[str] = frozenset()


LEVELS = {"general": "general", "working": "working", "minister": "ministers", "summit": "summit"}


def event_row(draft: Draft, document: Document, when: PartialDate, around: Surroundings) -> EventRow:
    """Return the row that an event would become."""
    kind, polarity = str(draft.said("kind")), draft.said("polarity")
    if kind == "handover" and not (polarity == "planned" and draft.said("date_edtf")):
        return EventRow(instead=CUSTODY)
    if polarity in ("denied", "claimed") or (polarity == "planned" and kind not in TO_COME | {"handover", "request"}):
        return EventRow(instead=CLAIMED)
    if kind == "handover":
        scheduled = Becomes("handover", "scheduled", doer="from", sets_date=True)
        return _change(draft, scheduled, document, when, around)
    if becomes := CHANGES.get(kind):
        return _change(draft, becomes, document, when, around)
    if kind in ("contact", "request", "agreement"):
        return EventRow(kind, _dealing(draft, kind, when, around))
    if kind == IDENTIFICATION:
        return EventRow("event", _identification(draft, around), figures=numbers_of(draft, around))
    if kind == RESULT:
        return _result(draft, when, around)
    return EventRow(instead=NO_NOUN)


def role_of(draft: Draft, name: str) -> dict[str, Any] | None:
    """Return who or what is in a role, if it is somebody or something with a name."""
    role: dict[str, Any] = (draft.said("roles") or {}).get(name) or {}
    return role if role.get("what") else None


def _change(draft: Draft, becomes: Becomes, document: Document, when: PartialDate, around: Surroundings) -> EventRow:
    """A change of a thing with a history."""
    columns = {
        becomes.subject: around.subject_of(draft, becomes.subject),
        "kind": becomes.kind,
        "happened": (document.published if becomes.sets_date else when).text,
        "by": around.party_of(role_of(draft, becomes.doer)),
    }
    if becomes.sets_date:
        columns["scheduled"] = when.text if draft.said("date_edtf") else ""
    if becomes.subject == "meeting":
        level = _words_of_role(draft, "level").casefold()
        columns["level"] = next((value for word, value in LEVELS.items() if word in level), "")
    if becomes.kind == "suspended":
        columns["reason"] = (draft.said("reason") or "")[:LONGEST_NAME]
    return EventRow(f"{becomes.subject}change", columns)


def _words_of_role(draft: Draft, name: str) -> str:
    """The words of the document that are in a role."""
    return str(((draft.said("roles") or {}).get(name) or {}).get("text", ""))


def _dealing(draft: Draft, kind: str, when: PartialDate, around: Surroundings) -> dict[str, str]:
    """A contact, a request or an agreement."""
    name = str(draft)[:LONGEST_NAME]
    if kind == "agreement":
        points = [point["text"] for point in draft.said("points") or []]
        place = around.code_of(draft.said("place_named"))
        return {"name": name, "happened": when.text, "place": place, "summary": "\n".join(points)}
    sides = {
        "sender": around.party_of(role_of(draft, "who")),
        "receiver": around.party_of(role_of(draft, "to") or role_of(draft, "with")),
    }
    if kind == "contact":
        return {"name": name, **sides, "happened": when.text, "content": str(draft)}
    return {"name": name, **sides, "text": str(draft)}


def _identification(draft: Draft, around: Surroundings) -> dict[str, str]:
    """An event of identification. Without a date in its words nobody knows when it was but that it was before."""
    when = told_date(draft)
    who = _words_of_role(draft, "thing") or _words_of_role(draft, "who")
    name = f"{who[:1].upper()}{who[1:]} identified" if who and "identif" in str(draft) else str(draft)
    return {
        "name": name[:LONGEST_NAME],
        "kind": "identification",
        "happened": when.text if when is not None else "",
        "place": around.code_of(draft.said("place_named")),
        "summary": str(draft),
    }


def _result(draft: Draft, when: PartialDate, around: Surroundings) -> EventRow:
    """What an operation found: a figure about it."""
    numbers = numbers_of(draft, around)
    if not numbers:
        return EventRow(instead=NO_NUMBER)
    columns = figure_columns(numbers[0], when, around)
    return EventRow("figure", columns, figures=numbers[1:], same=numbers[:1], must=frozenset({"about"}))
