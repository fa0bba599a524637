"""PFIF 1.4, the People Finder Interchange Format: records of people who are sought, and notes on them.

Source: PFIF 1.4 specification, 29 May 2012 (zesty.ca/pfif/1.4).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from homeward.core.errors import ProblemLog
from homeward.formats.pfif_nodes import Node, all_nodes, read_nodes
from homeward.formats.source_text import read_bytes

NAMESPACE = "http://zesty.ca/pfif/1.4"
ANY_VERSION = re.compile(r"http://zesty\.ca/pfif/(?P<version>[0-9.]+)")
PERSON_FIELDS = (
    *("person_record_id", "entry_date", "expiry_date", "author_name", "author_email", "author_phone", "source_name"),
    *("source_date", "source_url", "full_name", "given_name", "family_name", "alternate_names", "description", "sex"),
    *("date_of_birth", "age", "home_street", "home_neighborhood", "home_city", "home_state", "home_postal_code"),
    *("home_country", "photo_url", "profile_urls"),
)
NOTE_FIELDS = (
    *("note_record_id", "person_record_id", "linked_person_record_id", "entry_date", "author_name", "author_email"),
    *("author_phone", "source_date", "author_made_contact", "status", "email_of_found_person"),
    *("phone_of_found_person", "last_known_location", "text", "photo_url"),
)
MANDATORY = {
    "person": ("person_record_id", "source_date", "full_name"),
    "note": ("note_record_id", "author_name", "source_date", "text"),
}
KEPT_WHEN_EXPIRED = ("person_record_id", "entry_date", "expiry_date", "source_date")
"""What is left of the record of a person that has expired."""

_ID = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?/\S(?:.*\S)?")
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]+)?Z")
_BIRTH = re.compile(r"[0-9]{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?)?")
_FORMS: Mapping[str, tuple[re.Pattern[str], str]] = {
    **dict.fromkeys(
        ("person_record_id", "note_record_id", "linked_person_record_id"),
        (_ID, "Write it as domain/local-id, such as example.org/p-17."),
    ),
    **dict.fromkeys(
        ("entry_date", "expiry_date", "source_date"), (_MOMENT, "Write it as 2010-01-16T02:07:57Z, in universal time.")
    ),
    "sex": (re.compile("female|male|other"), "Write female, male or other, or leave it out."),
    "date_of_birth": (_BIRTH, "Write it as YYYY, YYYY-MM or YYYY-MM-DD."),
    "age": (re.compile("[0-9]{1,3}(?:-[0-9]{1,3})?"), "Write a number of years, or a range such as 30-40."),
    "author_made_contact": (re.compile("true|false"), "Write true or false."),
    "status": (
        re.compile("information_sought|is_note_author|believed_alive|believed_missing|believed_dead"),
        "Write information_sought, is_note_author, believed_alive, believed_missing or believed_dead.",
    ),
    **dict.fromkeys(
        ("source_url", "photo_url"), (re.compile(r"https?://\S+"), "Write a whole address, with http:// or https://.")
    ),
}


@dataclass(frozen=True, slots=True)
class PfifRecord:
    """A person or a note: the text of each field of PFIF, and every other element as it came.

    line: where it begins in the file; 0 for one that was not read.
    """

    kind: str
    fields: Mapping[str, str]
    others: tuple[Node, ...] = ()
    line: int = 0

    @property
    def id(self) -> str:
        """The id that the record keeps wherever it is copied."""
        return self.fields.get(f"{self.kind}_record_id", "")

    @property
    def is_placeholder(self) -> bool:
        """Whether it is only what is left of an expired record."""
        return "expiry_date" in self.fields and not self.others and self.fields.keys() <= set(KEPT_WHEN_EXPIRED)

    def has_expired(self, now: datetime) -> bool:
        """Return whether its content must no longer be shown or passed on."""
        expiry = self.fields.get("expiry_date")
        return expiry is not None and _moment(expiry) < now

    def as_of(self, now: datetime) -> PfifRecord:
        """Return the record as it may be passed on: a placeholder if it has expired."""
        if self.kind != "person" or not self.has_expired(now):
            return self
        return replace(
            self, fields={name: self.fields[name] for name in KEPT_WHEN_EXPIRED if name in self.fields}, others=()
        )


@dataclass(frozen=True, slots=True)
class PfifFile:
    """What a file holds: people, and notes on these or on others. Notes on expired people are left out."""

    people: tuple[PfifRecord, ...]
    notes: tuple[PfifRecord, ...]

    def as_of(self, now: datetime) -> PfifFile:
        """Return what may be passed on at a moment."""
        expired = {person.id for person in self.people if person.has_expired(now)}
        notes = (note for note in self.notes if note.fields.get("person_record_id") not in expired)
        return PfifFile(tuple(person.as_of(now) for person in self.people), tuple(notes))


def read_pfif(path: Path) -> PfifFile:
    """Return what a PFIF 1.4 file holds: a document of its own, or records in a feed (Atom, RSS).

    Raises
    ------
    InputError
        It is no XML that is safe to read, or records are not as PFIF says: every problem, with its line.
    """
    content, _ = read_bytes(path)
    return parse_pfif(content, path.name)


def parse_pfif(content: bytes, name: str) -> PfifFile:
    """Return what the content of a PFIF file holds; ``name`` is what to call it in a problem. As `read_pfif`."""
    log = ProblemLog()
    people: list[PfifRecord] = []
    notes: list[PfifRecord] = []
    nodes = all_nodes(read_nodes(content, name))
    for node in nodes:
        if node.namespace != NAMESPACE:
            continue
        if node.name == "person":
            person = _record("person", node, name, log)
            people.append(person)
            notes += [_note(child, name, log, person.id) for child in node.children if _is(child, "note")]
    inside = {id(child) for node in nodes if _is(node, "person") for child in node.children}
    notes += [_note(node, name, log, "") for node in nodes if _is(node, "note") and id(node) not in inside]
    _check_versions(nodes, name, log)
    if not log and not people and not notes:
        log.add("The file holds no person and no note.", where=name, fix=f"PFIF 1.4 has them in {NAMESPACE}.")
    _check_once(people, name, log)
    _check_once(notes, name, log)
    log.raise_if_any()
    return PfifFile(tuple(people), tuple(notes))


def _is(node: Node, name: str) -> bool:
    """Whether an element is one of PFIF with a name."""
    return node.namespace == NAMESPACE and node.name == name


def _note(node: Node, file: str, log: ProblemLog, person: str) -> PfifRecord:
    """A note; one that stands in a person is about that person."""
    note = _record("note", node, file, log)
    about = note.fields.get("person_record_id", "")
    where = f"{file} line {node.line}, note {note.id}"
    if person and about and about != person:
        log.add(f"The note stands in the person {person} and is about {about}.", where=where, fix="Correct either id.")
    elif not person and not about:
        log.add("The note does not say about whom it is.", where=where, fix="Add its person_record_id.")
    return replace(note, fields={**note.fields, "person_record_id": about or person})


def _record(kind: str, node: Node, file: str, log: ProblemLog) -> PfifRecord:
    """A record with its fields checked; every problem goes to the log."""
    known = PERSON_FIELDS if kind == "person" else NOTE_FIELDS
    fields: dict[str, str] = {}
    others: list[Node] = []
    for child in node.children:
        where = f"{file} line {child.line}, {child.name}"
        if kind == "person" and _is(child, "note"):
            continue
        if child.namespace != NAMESPACE or child.name not in known or child.children:
            others.append(child)
        elif child.name in fields:
            log.add(f"The {kind} has this field twice.", where=where, fix="Leave one of the two out.")
        elif text := child.text.strip():
            fields[child.name] = text
            _check_form(child.name, text, where, log)
    record = PfifRecord(kind, fields, tuple(others), node.line)
    if not (kind == "person" and record.is_placeholder):
        for name in MANDATORY[kind]:
            if name not in fields:
                log.add(f"The {kind} has no {name}.", where=f"{file} line {node.line}", fix="PFIF 1.4 requires it.")
    return record


def _check_form(name: str, text: str, where: str, log: ProblemLog) -> None:
    """Note a text that is not of the form of its field."""
    form = _FORMS.get(name)
    if form is not None and not form[0].fullmatch(text):
        log.add(f"{text[:100]!r} is not possible here.", where=where, fix=form[1])
    elif name.endswith("_date") and not _is_moment(text):
        log.add(f"There is no such moment as {text}.", where=where, fix="Correct the day or the time.")


def _is_moment(text: str) -> bool:
    """Whether a text of the form of a moment is one of the calendar."""
    try:
        _moment(text)
    except ValueError:
        return False
    return True


def _moment(text: str) -> datetime:
    """The moment that a text of the right form means."""
    return datetime.fromisoformat(text.removesuffix("Z")).replace(tzinfo=UTC)


def _check_versions(nodes: Iterable[Node], file: str, log: ProblemLog) -> None:
    """Note records of another version of PFIF, once for each."""
    seen = set()
    for node in nodes:
        found = ANY_VERSION.fullmatch(node.namespace)
        if found and node.namespace != NAMESPACE and node.namespace not in seen:
            seen.add(node.namespace)
            what = f"This is PFIF {found['version']}."
            log.add(what, where=f"{file} line {node.line}", fix="Ask the sender for PFIF 1.4.")


def _check_once(records: Iterable[PfifRecord], file: str, log: ProblemLog) -> None:
    """Note ids that two records have."""
    first: dict[str, int] = {}
    for record in records:
        if record.id in first:
            what = f"The id {record.id} is that of the {record.kind} on line {first[record.id]} too."
            log.add(what, where=f"{file} line {record.line}", fix="Every record has an id of its own.")
        elif record.id:
            first[record.id] = record.line
