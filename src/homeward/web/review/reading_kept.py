"""Reading the kept original of a document, and keeping what was drafted from it."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from homeward import __version__
from homeward.core.errors import InputError
from homeward.reading.documents.opening import open_document
from homeward.reading.json_document import reading_document
from homeward.reading.read import read_opened
from homeward.web.accounts.models import User
from homeward.web.journal.chain import queue
from homeward.web.journal.keeping import require
from homeward.web.review.known_names import names_of_record
from homeward.web.review.models import Draft, DraftKind, Reading
from homeward.web.sources.documents import ENTER, Document, Original
from homeward.web.sources.passages import find_passage

LONGEST_READ = 400_000
"""Characters of a text that is read while somebody waits for the page, in about ten seconds."""
LONGEST_WHOLE = 2_000_000
"""Characters of a file, all that stands around its text included, that is opened to look for its text."""
NOT_REVIEWED = frozenset({"figure-announced", "statement-made"})
"""Events that say no more than the figure or the statement that is drafted from the same words."""

_DIVISIONS = {"pdf": "Page", "docx": "Paragraph"}
_KINDS = {"statements": DraftKind.STATEMENT, "quantities": DraftKind.FIGURE, "events": DraftKind.EVENT}


@dataclass(frozen=True, slots=True)
class _Found:
    """A draft as it was just read."""

    kind: DraftKind
    identity: str
    span: tuple[int, int]
    payload: Mapping[str, Any]


def read_original(document: Document, *, by: User) -> Reading:
    """Read the original of a document and keep the drafts; what was read before by this version is left as it is.

    After a change of the reader, or of the document's date, it is read anew: drafts that were decided keep what was
    decided, the others become what the new reading says.

    Raises
    ------
    PermissionDenied
        The user may not enter sources.
    ValidationError
        Nothing of the document is kept, or nothing in it can be read.
    """
    require(by, ENTER)
    if document.original_id is None:
        raise ValidationError("There is no file of this document to read. Enter the document with its file.")
    before = Reading.objects.filter(document=document.code).first()
    if before is not None and _is_of_now(before, document):
        return before
    original = Original.objects.get(pk=document.original_id)
    read = _read(original, document)
    with transaction.atomic():
        queue()
        reading = Reading.objects.select_for_update().filter(document=document.code).first()
        if reading is not None and _is_of_now(reading, document):
            return reading
        reading = reading or Reading(document=document)
        reading.original_id = original.digest
        reading.reader_version, reading.published = __version__, document.published.text
        reading.text, reading.notes = read["document"]["text"], read["notes"]
        reading.read_at, reading.read_by = timezone.now(), by
        reading.save()
        _keep(reading, list(_found_in(read)))
    return reading


def _is_of_now(reading: Reading, document: Document) -> bool:
    """Whether reading again would give the same."""
    return (reading.original_id, reading.reader_version, reading.published) == (
        document.original_id,
        __version__,
        document.published.text,
    )


def _read(original: Original, document: Document) -> dict[str, Any]:
    """What the reader makes of the bytes."""
    try:
        if len(original.text) > LONGEST_WHOLE:
            raise _too_long(len(original.text))
        opened = open_document(bytes(original.content), original.name)
        if len(opened.text) > LONGEST_READ:
            raise _too_long(len(opened.text))
        lexicon = names_of_record().lexicon()
        reading = read_opened(opened, original.name, original.digest, given=document.published, lexicon=lexicon)
    except InputError as error:
        raise ValidationError([f"{problem.what} {problem.fix}" for problem in error.problems]) from error
    return reading_document(reading)


def _too_long(length: int) -> ValidationError:
    return ValidationError(
        f"This text has {length:,} characters; up to {LONGEST_READ:,} are read here. "
        "Divide the document, or read it with 'homeward read'."
    )


def _found_in(read: Mapping[str, Any]) -> Iterator[_Found]:
    """The drafts to be reviewed, in the order of the text, each with what its ids lead to."""
    drafted = [
        (kind, one) for name, kind in _KINDS.items() for one in read[name] if one.get("kind") not in NOT_REVIEWED
    ]
    drafted.sort(key=lambda pair: (pair[1]["span"][0], -pair[1]["span"][1], pair[0] != DraftKind.STATEMENT))
    identities = _identities(drafted)
    by_id = {one["id"]: one for name in ("dates", "people", "parties", "places") for one in read[name]}
    for kind, one in drafted:
        start, end = one["span"]
        payload = {
            **_with_references(one, by_id),
            "figures": [identities[name] for name in _counted(one) if name in identities],
            "locator": _locator(start, read["document"]),
        }
        yield _Found(kind, identities[one["id"]], (start, end), payload)


def _identities(drafted: Iterable[tuple[DraftKind, Mapping[str, Any]]]) -> dict[str, str]:
    """What each draft is known by in every reading, by its id in this one."""
    times: Counter[str] = Counter()
    found = {}
    for kind, one in drafted:
        said = f"{kind}\n{one.get('kind', '')}\n{one['text']}"
        times[said] += 1
        found[one["id"]] = hashlib.sha256(f"{said}\n{times[said]}".encode()).hexdigest()
    return found


def _counted(one: Mapping[str, Any]) -> list[str]:
    """The ids of the quantities of an event, the one that counts what it is about first."""
    count = one.get("roles", {}).get("count", {}).get("id")
    return list(dict.fromkeys(filter(None, [count, *one.get("quantities", [])])))


def _locator(start: int, document: Mapping[str, Any]) -> str:
    """The page or the paragraph where words stand, in files that are divided so."""
    name = _DIVISIONS.get(document["format"])
    number = next((first for _, end, first, _ in document["source"] if start < end), None)
    return f"{name} {number}" if name and number is not None else ""


def _with_references(one: Mapping[str, Any], by_id: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """A draft with the dates, people, parties and places that it names by their ids."""
    roles = {name: {**role, **_named(role["id"], by_id)} for name, role in one.get("roles", {}).items()}
    named = {
        "speaker_named": _named(one.get("speaker_id"), by_id),
        "place_named": _named(one.get("place"), by_id),
        "date_edtf": by_id.get(one.get("date") or one.get("as_of") or "", {}).get("edtf"),
    }
    return {**one, **named, **({"roles": roles} if roles else {})}


def _named(name: str | None, by_id: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """What is known of a person, party or place; empty if it is none."""
    found = by_id.get(name or "")
    what = {"p": "person", "y": "party", "l": "place"}.get((name or " ")[0])
    if found is None or what is None:
        return {}
    party = next((one for one in by_id.values() if "mentions" in one and one["name"] == found.get("party")), None)
    of_party = party["known"] if party is not None and party["id"].startswith("y") else None
    return {"what": what, "name": found["name"], "known": found["known"], "of_party": of_party}


def _keep(reading: Reading, found: Iterable[_Found]) -> None:
    """Keep the drafts of a reading; what was decided about those of an earlier one stays."""
    before = {draft.identity: draft for draft in reading.drafts.select_for_update()}
    new: list[Draft] = []
    changed: list[Draft] = []
    for one in found:
        draft = before.pop(one.identity, None)
        if draft is None:
            new.append(Draft(reading=reading, identity=one.identity, kind=one.kind, payload=dict(one.payload)))
            new[-1].start, new[-1].end = one.span
            continue
        draft.start, draft.end = one.span
        draft.payload = dict(one.payload) if draft.is_open else _told_at(draft.payload, one.payload.get("passages"))
        changed.append(draft)
    for draft in before.values():
        # Steps hold on to drafts that were decided once, even if that was undone.
        if draft.is_open and not draft.steps.exists():
            draft.delete()
        else:
            draft.start, draft.end = find_passage(str(draft), reading.text) or (None, None)
            draft.payload = _told_at(draft.payload, [])
            changed.append(draft)
    Draft.objects.bulk_create(new)
    Draft.objects.bulk_update(changed, ["start", "end", "payload"])


def _told_at(payload: dict[str, Any], passages: Any) -> dict[str, Any]:
    """What a draft says, with the places of a newer text that tell of it."""
    return {**payload, "passages": passages} if "passages" in payload else payload
