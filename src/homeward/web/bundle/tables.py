"""The tables of a bundle: CSV as in RFC 4180, UTF-8, one row of the record on each line of a noun's file."""

from __future__ import annotations

import csv
import difflib
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import IO, NoReturn

from homeward.core.errors import InputError, Problem, ProblemLog
from homeward.web.bundle.columns import VERSION_KNOWN_ON, columns, file_name
from homeward.web.bundle.reading import Files
from homeward.web.journal.recorded import Recorded

MAX_ROW_BYTES = 16 * 2**20
"""No row is longer; one that is has an opening quote without a closing one."""

csv.field_size_limit(MAX_ROW_BYTES)  # the module's own limit, of 128 KiB, is less than a long text may have

Cells = list[str]


@dataclass(slots=True)
class Table:
    """One table as it was found.

    header: the columns in their order; ``None`` for one that is not understood. Empty if the rows cannot be used.
    lines: on which line each code stands.
    is_whole: whether every row could be read, so that what is not here stands nowhere in the bundle.
    """

    model: type[Recorded]
    header: list[str | None] = field(default_factory=list)
    lines: dict[str, int] = field(default_factory=dict)
    is_whole: bool = False

    @property
    def path(self) -> str:
        """The name of its file."""
        return file_name(self.model.noun())

    def rows(self, files: Files) -> Iterator[tuple[int, dict[str, str]]]:
        """Return the rows that can be read, each with its line and its cells by column; one row for each code."""
        if not self.header:
            return
        # What stops the reading of a table was noted when it was surveyed.
        with suppress(InputError), files.open(self.path) as file:
            records = _records(file, self.path)
            next(records)
            for line, cells in records:
                if len(cells) != len(self.header):
                    continue
                row = {name: cell for name, cell in zip(self.header, cells, strict=True) if name is not None}
                if self.lines.get(row["code"]) == line:
                    yield line, row


def survey(model: type[Recorded], files: Files, problems: ProblemLog) -> Table:
    """Return what the table of a noun holds: columns and codes. What is wrong with its form goes to ``problems``."""
    table = Table(model)
    with problems.collecting(), files.open(table.path) as file:
        records = _records(file, table.path)
        _, names = next(records, (1, []))
        header = _header(model, names, table.path, problems)
        if "code" not in header:
            return table
        fits = _note_codes(table, records, header, problems)
        if all(column.name in header for column in columns(model) if column.required):
            table.header, table.is_whole = header, fits
    return table


def _note_codes(
    table: Table, records: Iterator[tuple[int, Cells]], header: Sequence[str | None], problems: ProblemLog
) -> bool:
    """Note on which line each code stands; return whether every row fits the first line."""
    place = header.index("code")
    fits = True
    for line, cells in records:
        if len(cells) != len(header):
            fits = False
            problems.add(
                f"This row has {len(cells)} cells; the first line has {len(header)} columns.",
                where=f"{table.path} line {line}",
                fix="Look for a missing comma, or for a comma in a cell that is not in quotes.",
            )
            continue
        first = table.lines.setdefault(cells[place], line)
        if first != line:
            problems.add(
                f"The code {cells[place]!r} stands on line {first} already.",
                where=f"{table.path} line {line}, column code",
                fix="Give each row its own code.",
            )
    return fits


def _records(file: IO[bytes], path: str) -> Iterator[tuple[int, Cells]]:
    """The rows of a CSV file, each with the line it begins on; lines without anything are passed over."""
    lines = _Lines(file, path)
    reader = csv.reader(lines, strict=True)
    while True:
        lines.n_bytes = 0
        first = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise InputError(
                Problem(
                    what=f"From here on this is not CSV: {error}.",
                    where=f"{path} line {first}",
                    fix='Put a cell that holds commas, quotes or line breaks in "quotes", and double each " within it.',
                )
            ) from error
        if cells:
            yield first, cells


class _Lines:
    """The lines of a file as text, for a row at a time; neither a line nor a row can fill the memory."""

    def __init__(self, file: IO[bytes], path: str) -> None:
        self._file, self._path = file, path
        self._number = 0
        self.n_bytes = 0  # taken since the row began

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self._file.readline(MAX_ROW_BYTES + 1)
        if not line:
            raise StopIteration
        self._number += 1
        self.n_bytes += len(line)
        if self.n_bytes > MAX_ROW_BYTES:
            self._refuse(f"This row is longer than {MAX_ROW_BYTES // 2**20} MiB.", 'Look for a " that is not closed.')
        try:
            return line.decode("utf-8-sig" if self._number == 1 else "utf-8")
        except UnicodeDecodeError as error:
            self._refuse(f"This is not UTF-8: {error.reason}.", "Save the file again with the encoding 'UTF-8'.", error)

    def _refuse(self, what: str, fix: str, cause: Exception | None = None) -> NoReturn:
        """Stop at this line."""
        raise InputError(Problem(what, f"{self._path} line {self._number}", fix)) from cause


def _header(model: type[Recorded], names: Sequence[str], path: str, problems: ProblemLog) -> list[str | None]:
    """The columns of a table, checked: known, each once, none missing that must be there."""
    known = {column.name: column for column in columns(model)}
    understood = [*known, VERSION_KNOWN_ON]
    where = f"{path} line 1"
    if len(names) == 1 and ("code;" in names[0] or "code\t" in names[0]):
        problems.add("The columns are not separated by commas.", where=where, fix="Save the table with commas.")
        return []
    header: list[str | None] = []
    for name in names:
        if name not in understood:
            near = difflib.get_close_matches(name, understood, 1)
            fix = f"Perhaps it is {near[0]!r}. " if near else ""
            problems.add(
                f"There is no column {name!r} here.", where=where, fix=f"{fix}Possible: {', '.join(understood)}."
            )
        elif name in header:
            problems.add(f"The column {name!r} stands here twice.", where=where, fix="Keep one of them.")
        header.append(name if name in understood and name not in header else None)
    for name, column in known.items():
        if column.required and name not in header:
            problems.add(f"The column {name!r} is missing.", where=where, fix="Add it.")
    return header
