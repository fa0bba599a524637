"""Who held which office when, as far as it helps to tell the time of a text.

Presidents of both Koreas' counterparts and the secretaries of the United States, by the days on which they took and left
office.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.resources import files

from homeward.reading.drafts import PersonDraft
from homeward.reading.romanisation import plain_letters

OTHER_WORDS = {
    "secretary of defense": r"secretary of defen[sc]e|defen[sc]e secretary",
    "president": r"(?<!vice )president",
    "leader": r"leader|ruler|dictator",
}


@dataclass(frozen=True, slots=True)
class Tenure:
    """An office held by somebody; ``held_to`` is ``None`` where it had not ended."""

    name: str
    family: str
    office: str
    held_from: date
    held_to: date | None


@lru_cache(maxsize=1)
def tenures() -> tuple[Tenure, ...]:
    """Return the tenures that are known."""
    rows = csv.DictReader(io.StringIO(files(__package__ or "").joinpath("tenures.csv").read_text("utf-8")))
    return tuple(
        Tenure(
            row["name"], row["family"], row["office"], date.fromisoformat(row["held_from"]),
            date.fromisoformat(row["held_to"]) if row["held_to"] else None,
        )
        for row in rows
    )  # fmt: skip


def tenures_of(person: PersonDraft) -> list[Tenure]:
    """Return the tenures that a person's name and office fit; none for somebody who is called "former"."""
    office = (person.office or "").lower()
    if not office or re.search(r"\b(?:former|ex|late|then|elect|candidate)\b", office):
        return []
    name = plain_letters(person.name).replace(".", "").split()
    found = []
    for one in tenures():
        words = plain_letters(one.name).replace(".", "").split()
        same = (
            name == words
            or (words[0] == name[0] and words[-1] == name[-1])
            or (len(name) == 1 and name[0] == one.family.lower())
        )
        if same and re.search(OTHER_WORDS.get(one.office, re.escape(one.office)), office):
            found.append(one)
    return found
