"""What a person of a PFIF file says in the words of the roll, without contact data of whoever wrote it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from homeward.formats.pfif import PfifRecord

PERSON_COLUMNS = ("name", "family_name", "sex", "born", "features", "note")
"""The columns of a missing person that a record can say something of."""
STATUS_WORDS = {
    "information_sought": "information sought",
    "is_note_author": "wrote the note",
    "believed_alive": "believed alive",
    "believed_missing": "believed missing",
    "believed_dead": "believed dead",
}


def day_of(record: PfifRecord) -> date:
    """Return the day on which a record was written at its source."""
    return date.fromisoformat(record.fields["source_date"][:10])


def person_values(record: PfifRecord, notes: Iterable[PfifRecord]) -> dict[str, str]:
    """Return the columns of a missing person that a record and the notes on it say; what it does not say is left out.

    A sex that is neither male nor female is unknown to the roll. An age is turned into years of birth.
    """
    fields = record.fields
    values = {
        "name": _lines(fields["full_name"])[0],
        "family_name": next(iter(_lines(fields.get("family_name", ""))), ""),
        "sex": fields.get("sex", "") if fields.get("sex") in ("male", "female") else "",
        "born": fields.get("date_of_birth") or _years_of_birth(record),
        "features": fields.get("description", ""),
        "note": "\n".join(_noted(record, notes)),
    }
    return {name: value for name, value in values.items() if value}


def other_names(record: PfifRecord) -> list[str]:
    """Return the other names of a person, each once."""
    names = [*_lines(record.fields["full_name"])[1:], *_lines(record.fields.get("alternate_names", ""))]
    return list(dict.fromkeys(names))


def reported_words(notes: Iterable[PfifRecord]) -> str:
    """Return what notes report of how a person stands. A report decides nothing; who wrote it stays in the file."""
    reported = sorted((day_of(note), STATUS_WORDS[note.fields["status"]]) for note in notes if "status" in note.fields)
    return "; ".join(f"reported {day:%-d %B %Y}: {words}" for day, words in reported)


def _noted(record: PfifRecord, notes: Iterable[PfifRecord]) -> Iterator[str]:
    """Home, without street, and where the person was seen last as notes have it."""
    home = [record.fields.get(f"home_{part}", "") for part in ("city", "state", "country")]
    if any(home):
        yield f"Home: {', '.join(part for part in home if part)}"
    for note in sorted(notes, key=day_of):
        if place := note.fields.get("last_known_location"):
            yield f"Last known to be at, as noted {day_of(note):%-d %B %Y}: {place}"


def _years_of_birth(record: PfifRecord) -> str:
    """The years in which somebody of an age on the day of the record can have been born."""
    age = record.fields.get("age")
    if age is None:
        return ""
    youngest, _, oldest = age.partition("-")
    year = day_of(record).year
    return f"{year - int(oldest or youngest) - 1:04}/{year - int(youngest):04}"


def _lines(text: str) -> list[str]:
    """The lines of a field that are not empty."""
    return [line.strip() for line in text.splitlines() if line.strip()]
