"""Writing lines at the end of the journal, each bound to the one before it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.db import connection
from django.utils import timezone

from homeward.web.accounts.models import SYSTEM, User
from homeward.web.journal.inserting import insert_rows
from homeward.web.journal.listeners import tell
from homeward.web.journal.models import GENESIS, Entry, Queue

BATCH = 2_000
DIGESTED = (
    "number",
    "at",
    "by_name",
    "action",
    "noun",
    "code",
    "version",
    "known_on",
    "before",
    "after",
    "why",
    "previous",
)
"""The columns of a line that its digest covers, in the order in which they are digested."""

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


@dataclass(frozen=True, slots=True)
class Line:
    """What is to be written: the action, the row by noun and code, its content before and after as JSON, and why."""

    action: str
    noun: str
    code: str
    version: int | None = None
    known_on: date | None = None
    before: str = ""
    after: str = ""
    why: str = ""


def line_digest(content: Sequence[Any]) -> str:
    """Return the SHA-256 that binds a line to its content and to the line before it, in hexadecimal.

    Parameters
    ----------
    content : sequence
        The values of the columns in `DIGESTED`, in that order.
    """
    number, at, *middle, known_on, before, after, why, previous = content
    moment = at.astimezone(UTC).isoformat(timespec="microseconds")
    day = None if known_on is None else known_on.isoformat()
    text = _encode([number, moment, *middle, day, before, after, why, previous])
    return hashlib.sha256(text.encode()).hexdigest()


def queue() -> None:
    """Wait until no other writer is at the end of the journal; held until the transaction ends.

    Every action calls this first, so that what it reads before it writes cannot change under it.
    """
    assert connection.in_atomic_block, "A line is written in the transaction of its change."  # noqa: S101
    Queue.objects.select_for_update().get(pk=1)


def append(lines: Iterable[Line], *, by: User | None, at: datetime | None = None) -> int:
    """Write lines at the end of the journal, in the transaction of the changes that they tell of; return how many."""
    queue()
    last = Entry.objects.order_by("-number").values_list("number", "digest").first()
    number, previous = last or (0, GENESIS)
    at = at or timezone.now()
    name = by.get_username() if by is not None else SYSTEM
    waiting: list[Entry] = []
    first = number
    for line in lines:
        number += 1
        entry = Entry(
            number=number,
            at=at,
            by=by,
            by_name=name,
            action=line.action,
            noun=line.noun,
            code=line.code,
            version=line.version,
            known_on=line.known_on,
            before=line.before,
            after=line.after,
            why=line.why,
            previous=previous,
        )
        entry.digest = previous = line_digest([getattr(entry, name) for name in DIGESTED])
        waiting.append(entry)
        if len(waiting) == BATCH:
            _write(waiting)
            waiting.clear()
    _write(waiting)
    return number - first


def _write(entries: list[Entry]) -> None:
    """Write lines, and tell those who keep something up with the record."""
    insert_rows(Entry, entries)
    tell(entries)
