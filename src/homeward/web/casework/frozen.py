"""What a line of evidence rests on, as it stood: versions and digests of rows, and what changed since."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError

from homeward.web.accounts.models import User
from homeward.web.casework.evidence import Evidence
from homeward.web.journal.access import visible
from homeward.web.journal.recorded import Recorded, canonical, nouns, snapshot


@dataclass(frozen=True, slots=True)
class FrozenRow:
    """A row as it stood when evidence was entered: its reference, version, and the SHA-256 of what it said."""

    reference: str
    version: int
    digest: str

    @property
    def line(self) -> str:
        """The row as one line of text."""
        return f"{self.reference} {self.version} {self.digest}"


@dataclass(frozen=True, slots=True)
class ChangedRow:
    """A row that is not as it was when evidence was entered."""

    reference: str
    version: int
    now_version: int
    withdrawn: bool


def content_digest(row: Recorded) -> str:
    """Return the SHA-256 of all that a row says."""
    return hashlib.sha256(canonical(snapshot(row)).encode()).hexdigest()


def freeze(references: Iterable[str], *, by: User) -> str:
    """Return rows as they stand now, a line each: reference, version, SHA-256.

    Raises
    ------
    ValidationError
        There is no such row that the user may see; names each.
    """
    wanted = list(dict.fromkeys(reference.strip() for reference in references if reference.strip()))
    found = _rows(wanted, by)
    unknown = [
        f"There is no {reference}. Look it up, and write noun:code." for reference in wanted if reference not in found
    ]
    if unknown:
        raise ValidationError({"sources": unknown})
    rows = (found[reference] for reference in wanted)
    return "\n".join(FrozenRow(row.reference, row.version, content_digest(row)).line for row in rows)


def digest_of(rests_on: str) -> str:
    """Return the one digest of frozen rows; empty where there are none."""
    return hashlib.sha256(rests_on.encode()).hexdigest() if rests_on else ""


def read_frozen(rests_on: str) -> list[FrozenRow]:
    """Return the rows that lines of text stand for."""
    parts = (line.split(" ") for line in rests_on.splitlines())
    return [FrozenRow(reference, int(version), digest) for reference, version, digest in parts]


def changed_since(evidence: Iterable[Evidence]) -> Mapping[str, list[ChangedRow]]:
    """Return which rows that evidence rests on changed since, by the code of the evidence; one question a noun."""
    frozen = {row.code: read_frozen(row.rests_on) for row in evidence}
    now = _present([one.reference for rows in frozen.values() for one in rows])
    return {
        code: [
            ChangedRow(one.reference, one.version, present.version, bool(present.withdrawn))
            for one in rows
            for present in [now[one.reference]]
            if content_digest(present) != one.digest
        ]
        for code, rows in frozen.items()
    }


def _rows(references: Iterable[str], by: User) -> dict[str, Recorded]:
    """The standing rows of some references that a user may see."""
    found: dict[str, Recorded] = {}
    for model, codes in _by_noun(references).items():
        rows = visible(by, model).filter(pk__in=codes, withdrawn="")
        found |= {row.reference: row for row in rows}
    return found


def _present(references: Iterable[str]) -> dict[str, Recorded]:
    """The rows of some references as they are now."""
    return {
        row.reference: row
        for model, codes in _by_noun(references).items()
        for row in model.objects.filter(pk__in=codes)
    }


def _by_noun(references: Iterable[str]) -> dict[type[Recorded], set[str]]:
    """Codes by the model of their noun; what names no noun is left out."""
    found: dict[type[Recorded], set[str]] = {}
    for reference in references:
        noun, _, code = reference.partition(":")
        if noun in nouns():
            found.setdefault(nouns()[noun], set()).add(code)
    return found
