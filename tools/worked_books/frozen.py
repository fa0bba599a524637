"""Rows of the tables as the record will have them: to freeze evidence, and to sign a case, before there is a record."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

from tools.worked_books.tables import Row, Tables

from homeward.web.bundle.cells import cell_reader
from homeward.web.casework.argument import Argument
from homeward.web.casework.frozen import FrozenRow, content_digest
from homeward.web.journal.recorded import Recorded, content_fields, links, nouns


def frozen(tables: Tables, references: Iterable[str]) -> dict[str, str]:
    """Return the columns of evidence that rests on some rows: which, and as they stand."""
    references = list(references)
    lines = [FrozenRow(one, 1, content_digest(as_row(tables, one))).line for one in references]
    rests_on = "\n".join(lines)
    digest = hashlib.sha256(rests_on.encode()).hexdigest()
    return {"sources": "\n".join(references), "rests_on": rests_on, "frozen": digest}


def signed_digest(tables: Tables, identification: str) -> str:
    """Return the SHA-256 of what an examiner signs: the whole argument of an identification."""
    case = as_row(tables, f"identification:{identification}")
    case.individual = as_row(tables, f"individual:{case.individual_id}")
    case.missing = as_row(tables, f"missingperson:{case.missing_id}")
    associations = sorted(_where(tables, "association", individual=case.individual_id), key=lambda row: row.pk)
    specimens = [as_row(tables, f"specimen:{one.specimen_id}") for one in associations]
    evidence = sorted(_where(tables, "evidence", identification=identification), key=lambda row: (row.line, row.pk))
    considered = sorted(_where(tables, "alternative", identification=identification), key=lambda row: row.pk)
    reviews = [item for one in evidence for item in _where(tables, "reviewitem", evidence=one.pk)]
    reviews.sort(key=lambda row: (row.evidence_id, row.pk))
    parts = (tuple(rows) for rows in (associations, specimens, evidence, considered, reviews))
    return Argument(case, *parts).digest


def as_row(tables: Tables, reference: str) -> Any:
    """Return a row of the tables as the record will have it."""
    noun, _, code = reference.partition(":")
    return _row(noun, next(row for row in tables.rows[noun] if row["code"] == code))


def _where(tables: Tables, noun: str, **columns: str) -> list[Any]:
    """The rows of a table that have these cells."""
    rows = tables.rows.get(noun, [])
    return [_row(noun, row) for row in rows if all(row.get(name) == cell for name, cell in columns.items())]


def _row(noun: str, cells: Row) -> Recorded:
    """A row from its cells, in its first version; what is not given is as it is usually."""
    model = nouns()[noun]
    row = model(version=1)
    for field in content_fields(model):
        if cell := cells.get(field.name, ""):
            setattr(row, field.attname, cell if field.name in links(model) else cell_reader(field)(cell))
    row.clean()  # brings profiles into the form in which they are kept
    return row
