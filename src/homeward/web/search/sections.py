"""Which nouns are searched, where what is found is listed, and on whose page it is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Section:
    """Some nouns whose rows are listed together under one heading."""

    name: str
    heading: str
    nouns: tuple[str, ...]


SECTIONS = (
    Section("names", "Places, parties and people", ("place", "party", "person", "office")),
    Section("events", "Meetings, contacts, requests and events", ("meeting", "contact", "request", "event")),
    Section(
        "works",
        "Agreements, operations, deliveries and handovers",
        ("agreement", "commitment", "workinggroup", "operation", "delivery", "handover"),
    ),
    Section("questions", "Conflicts, series and counting rules", ("conflict", "series", "countingrule")),
    Section("documents", "Documents", ("document",)),
    Section("statements", "Statements", ("statement",)),
    Section("figures", "Figures", ("figure",)),
)
SECTION_OF = {noun: section.name for section in SECTIONS for noun in section.nouns}

PART_OF = {
    "placename": "place",
    "partyname": "party",
    "personname": "person",
    "tenure": "person",
    "meetingchange": "meeting",
    "requestchange": "request",
    "operationchange": "operation",
    "deliverychange": "delivery",
    "handoverchange": "handover",
    "proof": "commitment",
    "position": "conflict",
    "attribution": "statement",
    "involvement": "about",
}
"""Nouns that are read on the page of another row, with the column that names that row."""


def shown_row(noun: str, content: Mapping[str, Any]) -> tuple[str, str] | None:
    """Return noun and code of the row on whose page a row is read; ``None`` if it is not searched.

    Parameters
    ----------
    content : mapping
        What the row says, by column, as in the journal.
    """
    if noun in SECTION_OF:
        return noun, str(content["code"])
    if noun not in PART_OF:
        return None
    column = PART_OF[noun]
    shown_noun, _, code = content[column].partition(":") if column == "about" else (column, "", content[column])
    return (shown_noun, code) if shown_noun in SECTION_OF else None
