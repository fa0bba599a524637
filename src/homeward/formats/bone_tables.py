"""Tables about bones as CSV text: rows by column name."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from homeward.core.errors import ProblemLog
from homeward.core.provenance import InputFile
from homeward.formats.source_text import read_source


@dataclass(frozen=True, slots=True)
class TableRow:
    """One line of a table; a column that the table lacks reads as blank."""

    where: str
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


@dataclass(frozen=True, slots=True)
class BoneTable:
    """A table: its columns in lower case with underscores, its lines, and the file."""

    columns: tuple[str, ...]
    rows: tuple[TableRow, ...]
    input: InputFile


def read_table(
    path: Path, required: Sequence[str], log: ProblemLog, alike: Mapping[str, str] | None = None
) -> BoneTable:
    """Return a table; what is wrong with it as a table is noted in ``log``, and such lines are left out.

    Comma, semicolon or tab separate the values, whichever the header uses. Blank lines are passed over.

    Parameters
    ----------
    path : Path
        A UTF-8 text file.
    required : sequence of str
        Columns that must be there.
    log : ProblemLog
        Gets the problems.
    alike : mapping
        Other names of columns.

    Raises
    ------
    InputError
        The file cannot be read as text.
    """
    source = read_source(path)
    lines = source.lines()
    first = next((line for line in lines if line.strip()), "")
    reader = csv.reader(io.StringIO("\n".join(lines)), delimiter=max(",;\t", key=first.count), strict=True)
    columns: list[str] = []
    rows = []
    try:
        for cells in reader:
            values = [cell.strip() for cell in cells]
            where = f"{source.name} line {reader.line_num}"
            if not any(values):
                continue
            if not columns:
                names = ["_".join(value.casefold().replace("-", " ").split()) for value in values]
                columns = [(alike or {}).get(name, name) for name in names]
                _check_columns(columns, required, where, log)
            elif any(values[len(columns) :]):
                what = f"The line has {len(values)} values, but the table has {len(columns)} columns."
                log.add(what, where=where, fix="Put double quotes around a value that holds the separator.")
            else:
                rows.append(TableRow(where, dict(zip(columns, values, strict=False))))
    except csv.Error as error:
        fix = "Check the quotes in this line; save the table again as CSV (UTF-8)."
        log.add(
            f"The table cannot be read from here on: {error}.", where=f"{source.name} line {reader.line_num}", fix=fix
        )
    if not columns:
        log.add("The table is empty.", where=source.name, fix=f"Begin with the line: {','.join(required)}")
    return BoneTable(tuple(column for column in columns if column), tuple(rows), source.input)


def _check_columns(columns: Sequence[str], required: Sequence[str], where: str, log: ProblemLog) -> None:
    for name in required:
        if name not in columns:
            log.add(f"There is no column '{name}'.", where=where, fix=f"The table needs: {', '.join(required)}.")
    for name in sorted({name for name in columns if name and columns.count(name) > 1}):
        log.add(f"The column '{name}' is there more than once.", where=where, fix="Keep one of them.")
