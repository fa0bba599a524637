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
NOT_REVIEWED = frozenset({"figure-announced", "statement-made"})
"""Events that say no more than the figure or the statement that is drafted from the same words."""

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
    content = bytes(original.content)
    try:
        opened = open_document(content, original.name)
        length = len(opened.text)
        if length > LONGEST_READ:
            raise ValidationError(
                f"This text has {length:,} characters; up to {LONGEST_READ:,} are read here. "
                "Divide the document, or read it with 'homeward read'."
            )
        lexicon = names_of_record().lexicon()
        reading = read_opened(opened, original.name, original.digest, given=document.published, lexicon=lexicon)
    except InputError as error:
        raise ValidationError([f"{problem.what} {problem.fix}" for problem in error.problems]) from error
    return reading_document(reading)


def _found_in(read: Mapping[str, Any]) -> Iterator[_Found]:
    """The drafts to be reviewed, in the order of the text, each with what its ids lead to."""
    by_id = {one["id"]: one for name in ("dates", "people", "parties", "places") for one in read[name]}
    times: Counter[str] = Counter()
    drafted = [
        (kind, one) for name, kind in _KINDS.items() for one in read[name] if one.get("kind") not in NOT_REVIEWED
    ]
    drafted.sort(key=lambda pair: (pair[1]["span"][0], -pair[1]["span"][1], pair[0] != DraftKind.STATEMENT))
    for kind, one in drafted:
        said = f"{kind}\n{one.get('kind', '')}\n{one['text']}"
        times[said] += 1
        identity = hashlib.sha256(f"{said}\n{times[said]}".encode()).hexdigest()
        start, end = one["span"]
        yield _Found(kind, identity, (start, end), _with_references(one, by_id))


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
        if draft.is_open:
            draft.payload = dict(one.payload)
        changed.append(draft)
    for draft in before.values():
        # Steps hold on to drafts that were decided once, even if that was undone.
        if draft.is_open and not draft.steps.exists():
            draft.delete()
        else:
            draft.start, draft.end = find_passage(str(draft), reading.text) or (None, None)
            changed.append(draft)
    Draft.objects.bulk_create(new)
    Draft.objects.bulk_update(changed, ["start", "end", "payload"])
