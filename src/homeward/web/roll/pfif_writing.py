"""Writing the roll as PFIF 1.4: what a user may see, and never families, contacts or what was not announced."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path

from homeward.core.errors import InputError, Problem
from homeward.formats.atomic import write_file
from homeward.formats.pfif import PfifFile, PfifRecord
from homeward.formats.pfif_writer import pfif_text
from homeward.web.accounts.models import User
from homeward.web.casework.identifications import IdentificationChange, IdentificationStep
from homeward.web.engagement.histories import in_order
from homeward.web.identity.identifiers import Identifier, IdentifierKind
from homeward.web.journal.keeping import require
from homeward.web.journal.reader import Reader
from homeward.web.roll.people import MissingName, MissingPerson, Status, StatusKind

EXPORT = "journal.export_record"
NOTED: dict[str, str] = {
    StatusKind.UNACCOUNTED: "believed_missing",
    StatusKind.REOPENED: "believed_missing",
    StatusKind.NON_RECOVERABLE: "believed_missing",
    StatusKind.RETURNED: "believed_alive",
    StatusKind.ACCOUNTED: "believed_dead",
}
"""The nearest that PFIF has to a status of the roll; it has no word for an identification."""

_DOMAIN = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?")
_BIRTH = re.compile(r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?")


def write_roll(path: Path, *, domain: str, by: User) -> int:
    """Write the people of the roll that a user may see to a new file; return how many.

    Parameters
    ----------
    domain : str
        What the ids of people begin with who have no record id from elsewhere.

    Raises
    ------
    PermissionDenied
        The user may not export the record.
    InputError
        There is such a file, it cannot be written, or the domain is none.
    """
    require(by, EXPORT)
    if not _DOMAIN.fullmatch(domain):
        raise InputError(Problem(f"{domain!r} is no domain.", "--domain", "Write one such as example.org."))
    if path.exists():
        raise InputError(Problem("There is such a file already.", str(path), "Name a new file."))
    file = roll_as_pfif(Reader(by), domain)
    write_file(path, pfif_text(file, now=datetime.now(UTC)))
    return len(file.people)


def roll_as_pfif(reader: Reader, domain: str) -> PfifFile:
    """Return the people of the roll as a reader sees them, each with a note of how they stand."""
    people = reader.known(reader.rows(MissingPerson).order_by("code"))
    ids = _ids(people, reader, domain)
    names: dict[str, list[str]] = {}
    for name in reader.known(reader.rows(MissingName).order_by("code")):
        names.setdefault(name.missing_id, []).append(name.text)
    statuses: dict[str, list[Status]] = {}
    for status in _told_statuses(reader):
        statuses.setdefault(status.missing_id, []).append(status)
    notes = [_note(in_order(statuses[person.code])[-1], ids, domain) for person in people if statuses.get(person.code)]
    records = [_person(person, names.get(person.code, ()), ids[person.code]) for person in people]
    return PfifFile(tuple(records), tuple(notes))


def _told_statuses(reader: Reader) -> list[Status]:
    """The statuses that may be told outside: whoever reads them, none that rests on what was not announced."""
    announced = IdentificationChange.objects.filter(kind=IdentificationStep.ANNOUNCED, withdrawn="")
    told = set(announced.values_list("identification", flat=True))
    known = reader.known(reader.rows(Status))
    return [status for status in known if status.identification_id is None or status.identification_id in told]


def _ids(people: Iterable[MissingPerson], reader: Reader, domain: str) -> dict[str, str]:
    """The record id of each person: the one that it came with, or one made of its code."""
    rows = reader.rows(Identifier).filter(kind=IdentifierKind.EXCHANGE, about__startswith="missingperson:")
    came = {row.about.partition(":")[2]: row.value for row in reader.known(rows.order_by("-code"))}
    return {person.code: came.get(person.code, f"{domain}/{person.code}") for person in people}


def _person(row: MissingPerson, names: Iterable[str], record_id: str) -> PfifRecord:
    """A person as a record."""
    born = row.born.text if row.born is not None and _BIRTH.fullmatch(row.born.text) else ""
    fields = {
        "person_record_id": record_id,
        "entry_date": f"{row.recorded_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "source_date": _moment(row.known_on),
        "full_name": row.name,
        "family_name": row.family_name,
        "alternate_names": "\n".join(names),
        "description": row.features,
        "sex": row.sex if row.sex in ("male", "female") else "",
        "date_of_birth": born,
    }
    return PfifRecord("person", {name: value for name, value in fields.items() if value})


def _note(status: Status, ids: dict[str, str], domain: str) -> PfifRecord:
    """How a person stands, as a note; a duplicate is linked with the entry that stays."""
    fields = {
        "note_record_id": f"{domain}/{status.code}",
        "person_record_id": ids[status.missing_id],
        "linked_person_record_id": ids.get(status.duplicate_of_id or "", ""),
        "author_name": domain,
        "source_date": _moment(status.version_known_on),
        "status": NOTED.get(status.kind, ""),
        "text": status.get_kind_display(),
    }
    return PfifRecord("note", {name: value for name, value in fields.items() if value})


def _moment(day: date) -> str:
    """The beginning of a day as PFIF writes it."""
    return f"{day.isoformat()}T00:00:00Z"
