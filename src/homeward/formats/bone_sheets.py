"""Sheets of measured bones as text: CSV, also compressed, and Excel workbooks."""

from __future__ import annotations

import gzip
import io
import warnings
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree.ElementTree import ParseError

from homeward.core.errors import InputError, Problem, ProblemLog
from homeward.core.provenance import InputFile
from homeward.formats.csv_text import csv_rows
from homeward.formats.source_text import MAX_BYTES, decode_text, read_bytes

if TYPE_CHECKING:
    from openpyxl.workbook.workbook import Workbook

GZIP, ZIP, OLD_OFFICE = b"\x1f\x8b", b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table as text, all rows of one length.

    file: what to call it in a problem. counted_in: "line" in text, "row" in a workbook.
    header: names of the columns. rows: number in the file and cells of each.
    notes: what else is in the file and was not read.
    """

    file: str
    counted_in: str
    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    notes: tuple[str, ...]
    input: InputFile

    def where(self, number: int, column: int | None = None) -> str:
        """Return where a row or a cell stands."""
        row = f"{self.file} {self.counted_in} {number}"
        return row if column is None else f"{row}, column {self.header[column]}"


def read_sheet(path: Path) -> Sheet:
    """Return the table in a file; what kind of file it is is seen from its first bytes, not from its name.

    Raises
    ------
    InputError
        The file cannot be read, is empty, has a value beside the last column, or is of another kind; lists them all.
    """
    content, described = read_bytes(path)
    log = ProblemLog()
    notes: tuple[str, ...] = ()
    if content.startswith(OLD_OFFICE):
        what = "This is a workbook in the old Excel form, or one with a password."
        raise InputError(Problem(what, path.name, "Save it again as .xlsx or as CSV (UTF-8), without a password."))
    if content.startswith(ZIP):
        rows, notes = _workbook_rows(content, path.name)
        counted_in = "row"
    else:
        if content.startswith(GZIP):
            content = _decompressed(content, path.name)
        rows = list(csv_rows(decode_text(content, path.name), path.name, log))
        counted_in = "line"
    filled = [(number, tuple(cell.strip() for cell in cells)) for number, cells in rows]
    filled = [(number, cells) for number, cells in filled if any(cells)]
    if not filled:
        log.add("The table is empty.", where=path.name, fix="Begin with the line: id,Side,Element,Hum_01")
        log.raise_if_any()
    header = _trimmed(filled[0][1])
    for number, cells in filled[1:]:
        if any(cells[len(header) :]):
            log.add(
                f"The {counted_in} has more values than the table has columns, {len(header)}.",
                where=f"{path.name} {counted_in} {number}",
                fix="Remove the extra value, or put double quotes around a value that holds the separator.",
            )
    log.raise_if_any()
    n = len(header)
    body = tuple((number, (*cells[:n], *("",) * (n - len(cells)))) for number, cells in filled[1:])
    return Sheet(path.name, counted_in, header, body, notes, described)


def _trimmed(cells: tuple[str, ...]) -> tuple[str, ...]:
    """Leave out blank cells at the end."""
    return cells[: max((i for i, cell in enumerate(cells, start=1) if cell), default=0)]


def _decompressed(content: bytes, name: str) -> bytes:
    """Return what a gzip file holds."""
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(content)) as stream:
            text = stream.read(MAX_BYTES + 1)
    except (OSError, EOFError, zlib.error) as error:
        what = f"The compressed file cannot be read: {error}."
        raise InputError(Problem(what, name, "The file is damaged or cut short: fetch it again.")) from error
    if len(text) > MAX_BYTES:
        _refuse_size(name)
    return text


def _workbook_rows(content: bytes, name: str) -> tuple[list[tuple[int, list[str]]], tuple[str, ...]]:
    """Return the rows of the first sheet that holds anything, and a note on further ones."""
    book = _opened(content, name)
    found: list[tuple[int, list[str]]] = []
    used = ""
    others = []
    for sheet in book.worksheets:
        sheet.reset_dimensions()
        rows = _filled(enumerate(sheet.iter_rows(values_only=True), start=1))
        if rows and not found:
            found, used = rows, sheet.title
        elif rows:
            others.append(sheet.title)
    book.close()
    note = f"{name}: only the first sheet that holds anything was read, '{used}'; not read: {', '.join(others)}."
    return found, (note,) if others else ()


def _opened(content: bytes, name: str) -> Workbook:
    """Return a workbook that is read row by row, with the values that its formulas had when it was saved."""
    # Loading this takes a quarter of a second, and few files are workbooks.
    from openpyxl import load_workbook

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > MAX_BYTES:
                _refuse_size(name)
        with warnings.catch_warnings():
            # About styles and other things that have no influence on values.
            warnings.simplefilter("ignore", UserWarning)
            return load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    except (zipfile.BadZipFile, zlib.error, KeyError, ValueError, TypeError, OSError, ParseError) as error:
        what = "This is no Excel workbook, or it is damaged."
        raise InputError(Problem(what, name, "Save the table again as .xlsx or as CSV (UTF-8).")) from error


def _filled(rows: Iterable[tuple[int, tuple[object, ...]]]) -> list[tuple[int, list[str]]]:
    """Return the rows that hold anything, as text."""
    as_text = ((number, [_cell_text(value) for value in values]) for number, values in rows)
    return [(number, cells) for number, cells in as_text if any(cells)]


def _cell_text(value: object) -> str:
    """Return the value of a cell as it would stand in a CSV file."""
    if value is None:
        return ""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value)


def _refuse_size(name: str) -> None:
    raise InputError(
        Problem(
            f"Decompressed, the file has more than {MAX_BYTES // 2**20} MiB, the most that can be read.",
            name,
            "Check that this is the right file; divide a larger one.",
        )
    )
