"""Bringing people of a PFIF file into the roll. The file is kept whole, for those who work with families."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from homeward.core.dates import day, parse_date
from homeward.core.errors import InputError, Problem
from homeward.core.progress import Progress, no_progress
from homeward.formats.pfif import PfifRecord, parse_pfif
from homeward.formats.source_text import read_bytes
from homeward.web.accounts.models import User
from homeward.web.bundle.import_rows import SourceRow, import_rows
from homeward.web.bundle.imported import Counts
from homeward.web.identity.identifiers import Identifier, IdentifierKind, compared
from homeward.web.identity.rulings import rule, standing_ruling
from homeward.web.identity.succession_plans import Decision
from homeward.web.journal.access import visible
from homeward.web.journal.codes import CODE_LENGTH, LETTERS, opaque_code
from homeward.web.journal.recorded import snapshot
from homeward.web.pages.forms import free_code
from homeward.web.roll.people import MissingName, MissingPerson, RulingVerdict, Sex, Status
from homeward.web.roll.pfif_rows import PERSON_COLUMNS, day_of, other_names, person_values, reported_words
from homeward.web.sources.documents import Citation, Document, DocumentKind, Grade, Holding, Reach
from homeward.web.sources.originals import digest_of, enter_document

GROUP = 500


@dataclass(frozen=True, slots=True)
class PfifResult:
    """What became of a file: people entered, amended and found as they were; records that have expired; linked pairs.

    linked: pairs that notes say are one person and that are now left for somebody to decide.
    """

    entered: int
    amended: int
    unchanged: int
    expired: int
    linked: int


@dataclass(frozen=True, slots=True)
class _Source:
    """The file, its document, and when it was known."""

    name: str
    document: str
    calamity: str


@dataclass(slots=True)
class _Tables:
    """Rows to be brought in, by noun."""

    rows: dict[str, list[SourceRow]] = field(default_factory=dict)

    def add(self, noun: str, where: str, values: Mapping[str, str]) -> None:
        """Add a row."""
        self.rows.setdefault(noun, []).append(SourceRow(where, values))


def bring_in(
    path: Path,
    *,
    calamity: str,
    by: User,
    why: str = "",
    dry_run: bool = False,
    progress: Progress = no_progress,
) -> PfifResult:
    """Bring the people of a PFIF 1.4 file into the roll: all of them, or none; the same file twice changes nothing.

    An entry is found again by its record id, which is kept as a number of it. Names and contact data of authors stay
    in the file, which is kept as a document of limited reach. A status is entered as reported: nobody is accounted for
    by a file. Notes that link two records leave the pair to be decided, and merge nothing.

    Parameters
    ----------
    calamity : str
        Code of the war or disaster in which they were lost.

    Raises
    ------
    InputError
        Every problem of the file, with its line. Nothing was written.
    PermissionDenied
        The user may not keep the roll, its numbers, or sources.
    """
    content, _ = read_bytes(path)
    file = parse_pfif(content, path.name)
    now = datetime.now(UTC)
    people = [person for person in file.people if not person.has_expired(now) and not person.is_placeholder]
    if not people:
        return PfifResult(0, 0, 0, len(file.people), 0)
    with transaction.atomic():
        document = _document(content, path.name, people, by, why)
        codes = _codes(people)
        notes = _by_person(file.notes)
        tables = _tables(people, notes, codes, _Source(path.name, document.code, calamity))
        counts = Counts()
        if tables:
            result = import_rows(tables, by=by, why=why, title=path.name, progress=progress)
            counts = result.counts.get("missingperson", counts)
        linked = sum(_leave_to_decide(note, codes, path.name, by) for note in file.notes)
        transaction.set_rollback(dry_run)
    n_as_before = len(people) - counts.entered - counts.amended
    return PfifResult(counts.entered, counts.amended, n_as_before, len(file.people) - len(people), linked)


def _document(content: bytes, name: str, people: Sequence[PfifRecord], by: User, why: str) -> Document:
    """The document that the file is, entered if the record does not have it."""
    kept: Document | None = Document.objects.filter(original=digest_of(content), withdrawn="").first()
    if kept is not None:
        return kept
    written = max(day_of(person) for person in people)
    document = Document(
        code=free_code(Document, f"pfif-{written}-{name}"),
        known_on=timezone.localdate(),
        kind=DocumentKind.REPORT,
        headline=f"Records of people sought, {name}"[:300],
        publisher=people[0].id.partition("/")[0][:200],
        published=day(written),
        published_basis="Day of the newest record.",
        grade=Grade.UNCONFIRMED,
        holding=Holding.ORIGINAL,
        reach=Reach.FAMILY,
    )
    try:
        return enter_document(document, content, name, by=by, why=why, media_type="application/xml")
    except ValidationError as error:
        raise InputError(
            *(Problem(message, name, "Divide the file, or correct it.") for message in error.messages)
        ) from error


def _codes(people: Iterable[PfifRecord]) -> dict[str, str]:
    """The code of the entry of each record id; new ones are drawn by lot."""
    ids = [person.id for person in people]
    known: dict[str, str] = {}
    for start in range(0, len(ids), GROUP):
        group = ids[start : start + GROUP]
        rows = Identifier.objects.filter(
            compared__in={compared(one) for one in group}, kind=IdentifierKind.EXCHANGE, withdrawn=""
        )
        known |= {value: about.partition(":")[2] for value, about in rows.values_list("value", "about")}
        local = {one.partition("/")[2]: one for one in group if _is_own(one)}
        known |= {local[code]: code for code in MissingPerson.objects.filter(pk__in=local).values_list("pk", flat=True)}
    return {one: known.get(one) or opaque_code() for one in ids}


def _is_own(record_id: str) -> bool:
    """Whether a record id may be made of a code of this record, as in a file that it wrote."""
    local = record_id.partition("/")[2]
    return len(local) == CODE_LENGTH and set(local) <= set(LETTERS)


def _by_person(notes: Iterable[PfifRecord]) -> dict[str, list[PfifRecord]]:
    """Notes by the id of the person that they are about."""
    found: dict[str, list[PfifRecord]] = {}
    for note in notes:
        found.setdefault(note.fields["person_record_id"], []).append(note)
    return found


def _tables(
    people: Sequence[PfifRecord], notes: Mapping[str, Sequence[PfifRecord]], codes: Mapping[str, str], source: _Source
) -> dict[str, list[SourceRow]]:
    """The rows of all people, in the order of the file."""
    there = _There(codes.values())
    tables = _Tables()
    for person in people:
        _add_person(tables, person, notes.get(person.id, ()), codes[person.id], source, there)
    return tables.rows


class _There:
    """What the record has of the people of the file."""

    def __init__(self, codes: Iterable[str]) -> None:
        self.people: dict[str, MissingPerson] = {}
        self.names: dict[tuple[str, str], MissingName] = {}
        self.numbers: dict[tuple[str, str], Identifier] = {}
        self.with_status: dict[str, list[Status]] = {}
        self.citations: dict[tuple[str, str], Citation] = {}
        every = list(codes)
        for start in range(0, len(every), GROUP):
            self._read(every[start : start + GROUP])

    def _read(self, codes: Sequence[str]) -> None:
        """Read the rows of some people."""
        references = [f"missingperson:{code}" for code in codes]
        self.people |= MissingPerson.objects.in_bulk(codes)
        for name in MissingName.objects.filter(missing__in=codes, withdrawn=""):
            self.names[name.missing_id, name.text] = name
        for number in Identifier.objects.filter(about__in=references, kind=IdentifierKind.EXCHANGE, withdrawn=""):
            self.numbers[number.about, number.value] = number
        for status in Status.objects.filter(missing__in=codes, withdrawn=""):
            self.with_status.setdefault(status.missing_id, []).append(status)
        for citation in Citation.objects.filter(about__in=references, withdrawn=""):
            self.citations[citation.about, citation.document_id] = citation


def _add_person(
    tables: _Tables, person: PfifRecord, notes: Sequence[PfifRecord], code: str, source: _Source, there: _There
) -> None:
    """Add the rows of one person: the entry, its names, its record id, its status as reported, its source."""
    where, about = f"{source.name} line {person.line}", f"missingperson:{code}"
    written = day_of(person).isoformat()
    entry = there.people.get(code)
    stands = _as_it_stands(entry, written, source)
    values = {**stands, **person_values(person, notes)}
    if entry is None or values != stands:
        tables.add("missingperson", where, {"code": code, **values})
    for text in other_names(person):
        name = there.names.get((code, text))
        if name is None:
            tables.add(
                "missingname",
                where,
                {"code": opaque_code(), "known_on": written, "missing": code, "text": text, "kind": "as-written"},
            )
    if not _is_own(person.id) and (about, person.id) not in there.numbers:
        number = {"code": opaque_code(), "known_on": written, "about": about, "kind": "exchange", "value": person.id}
        tables.add("identifier", where, {**number, "status": "current"})
    if code not in there.with_status:
        status = {"code": opaque_code(), "known_on": written, "missing": code, "kind": "unaccounted"}
        tables.add("status", where, {**status, "happened": written, "note": reported_words(notes)})
    if (about, source.document) not in there.citations:
        today = timezone.localdate().isoformat()
        citation = {"code": free_code(Citation, f"{code}-in-{source.document}"), "known_on": today, "about": about}
        tables.add("citation", where, {**citation, "document": source.document})


def _as_it_stands(entry: MissingPerson | None, written: str, source: _Source) -> dict[str, str]:
    """What an entry says of the columns that a record can name: what the record leaves out stays as it is."""
    if entry is None:
        return {"known_on": written, "calamity": source.calamity, "sex": Sex.UNKNOWN}
    content = snapshot(entry)
    return {name: content[name] or "" for name in ("known_on", "calamity", *PERSON_COLUMNS)}


def _leave_to_decide(note: PfifRecord, codes: Mapping[str, str], name: str, by: User) -> bool:
    """Leave a pair that a note links for somebody to decide, unless it was ruled on; whether that was done."""
    linked = note.fields.get("linked_person_record_id")
    pair = [codes.get(record_id) for record_id in (note.fields["person_record_id"], linked or "")]
    if None in pair or pair[0] == pair[1]:
        return False
    first, second = (visible(by, MissingPerson).get(pk=code) for code in pair)
    if standing_ruling(first, second) is not None:
        return False
    decision = Decision(
        parse_date(day_of(note).isoformat()), f"note {note.id}", f"A note in {name} says that these are one person."
    )
    rule(first, second, RulingVerdict.UNDECIDED, decision, by=by)
    return True
