"""Tables as text: CSV, also compressed, Excel workbooks and Parquet."""

from __future__ import annotations

import gzip
import io
import warnings
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree.ElementTree import ParseError

from homeward.core.errors import InputError, Problem, ProblemLog
from homeward.core.provenance import InputFile
from homeward.formats.case_parquet import read_frame
from homeward.formats.csv_text import csv_rows
from homeward.formats.source_text import MAX_BYTES, decode_text, read_bytes

if TYPE_CHECKING:
    from openpyxl.workbook.workbook import Workbook

GZIP, ZIP, OLD_OFFICE, PARQUET = b"\x1f\x8b", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"PAR1"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table as text.

    file: what to call it in a problem. counted_in: "line" in text, "row" in a workbook.
    header: names of the columns.
    rows: number in the file and cells of each row that holds anything, all of one length; they can be gone through
        once, and problems of the table are noted on the way.
    notes: what else is in the file and was not read.
    """

    file: str
    counted_in: str
    header: tuple[str, ...]
    rows: Iterator[tuple[int, Sequence[str]]]
    notes: tuple[str, ...]
    input: InputFile

    def where(self, number: int, column: int | None = None) -> str:
        """Return where a row or a cell stands."""
        row = f"{self.file} {self.counted_in} {number}"
        return row if column is None else f"{row}, column {self.header[column]}"


def read_sheet(path: Path, log: ProblemLog, *, begin: str = "id,Side,Element,Hum_01") -> Sheet:
    """Return the table in a file; what kind of file it is is seen from its first bytes, not from its name.

    Cells may have blanks around them, those of the header have none.

    Parameters
    ----------
    path : Path
        The file.
    log : ProblemLog
        Gets what is found wrong with the table while its rows are gone through.
    begin : str
        How such a table begins, for whoever gave an empty one.

    Raises
    ------
    InputError
        The file cannot be read, is empty, or is of another kind.
    """
    content, described = read_bytes(path)
    notes: tuple[str, ...] = ()
    if content.startswith(OLD_OFFICE):
        what = "This is a workbook in the old Excel form, or one with a password."
        raise InputError(Problem(what, path.name, "Save it again as .xlsx or as CSV (UTF-8), without a password."))
    if content.startswith(ZIP):
        found, notes = _workbook_rows(content, path.name)
        rows: Iterator[tuple[int, list[str]]] = iter(found)
        counted_in = "row"
    elif content.startswith(PARQUET):
        rows, counted_in = _parquet_rows(content, path.name), "row"
    else:
        if content.startswith(GZIP):
            content = _decompressed(content, path.name)
        rows = csv_rows(decode_text(content, path.name), path.name, log)
        counted_in = "line"
    for _, cells in rows:
        header = _trimmed(cells)
        if header:
            break
    else:
        what, fix = "The table is empty.", f"Begin with the line: {begin}"
        raise InputError(*log.problems, Problem(what, path.name, fix))
    body = _body(rows, len(header), f"{path.name} {counted_in}", log)
    return Sheet(path.name, counted_in, header, body, notes, described)


def _body(
    rows: Iterable[tuple[int, list[str]]], n_columns: int, where: str, log: ProblemLog
) -> Iterator[tuple[int, list[str]]]:
    """Go through the rows below the header that hold anything."""
    for number, cells in rows:
        further = cells[n_columns:]
        if any(map(str.strip, further)):
            log.add(
                f"There are more values here than the table has columns, {n_columns}.",
                where=f"{where} {number}",
                fix="Remove the extra value, or put double quotes around a value that holds the separator.",
            )
        elif any(cells) and any(map(str.strip, cells)):
            yield number, cells[:n_columns] + [""] * (n_columns - len(cells))


def _trimmed(cells: Sequence[str]) -> tuple[str, ...]:
    """Leave out blanks around cells, and blank cells at the end."""
    bare = [cell.strip() for cell in cells]
    return tuple(bare[: max((i for i, cell in enumerate(bare, start=1) if cell), default=0)])


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


def _parquet_rows(content: bytes, name: str) -> Iterator[tuple[int, list[str]]]:
    """Return the names of the columns and then the rows, which are counted without them; read at once."""
    frame = read_frame(content, name)
    body = ((number, [_cell_text(value) for value in values]) for number, values in enumerate(frame.iter_rows(), 1))
    return chain([(0, frame.columns)], body)


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
    return [(number, cells) for number, cells in as_text if any(map(str.strip, cells))]


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
