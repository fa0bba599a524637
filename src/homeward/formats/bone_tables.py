"""Tables about bones, as CSV, Excel or Parquet: rows by column name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from homeward.core.errors import ProblemLog
from homeward.core.provenance import InputFile
from homeward.formats.sheets import Sheet, read_sheet


@dataclass(frozen=True, slots=True)
class TableRow:
    """One line of a table; a column that the table lacks reads as blank."""

    where: str
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


@dataclass(frozen=True, slots=True)
class BoneTable:
    """A table: its columns in lower case with underscores, its lines, the file, and what in it was not read."""

    columns: tuple[str, ...]
    rows: tuple[TableRow, ...]
    input: InputFile
    notes: tuple[str, ...]


def read_table(
    path: Path, required: Sequence[str], log: ProblemLog, alike: Mapping[str, str] | None = None
) -> BoneTable:
    """Return a table; what is wrong with it as a table is noted in ``log``, and such lines are left out.

    Blank lines are passed over. Without all required columns no line is read: every one would be wrong.

    Parameters
    ----------
    path : Path
        CSV (comma, semicolon or tab, also compressed with gzip), an Excel workbook or Parquet.
    required : sequence of str
        Columns that must be there.
    log : ProblemLog
        Gets the problems.
    alike : mapping
        Other names of columns.

    Raises
    ------
    InputError
        The file cannot be read, is empty, or is of another kind.
    """
    sheet = read_sheet(path, log, begin=",".join(required))
    names = ["_".join(title.casefold().replace("-", " ").split()) for title in sheet.header]
    columns = [(alike or {}).get(name, name) for name in names]
    rows: list[TableRow] = []
    if _has_columns(columns, required, sheet, log):
        for number, cells in sheet.rows:
            values = (cell.strip() for cell in cells)
            rows.append(TableRow(sheet.where(number), dict(zip(columns, values, strict=True))))
    return BoneTable(tuple(column for column in columns if column), tuple(rows), sheet.input, sheet.notes)


def _has_columns(columns: Sequence[str], required: Sequence[str], sheet: Sheet, log: ProblemLog) -> bool:
    """Whether all required columns are there; those that are not, and those there more than once, are noted."""
    where = f"{sheet.file}, first {sheet.counted_in}"
    missing = [name for name in required if name not in columns]
    for name in missing:
        log.add(f"There is no column '{name}'.", where=where, fix=f"The table needs: {', '.join(required)}.")
    for name in sorted({name for name in columns if name and columns.count(name) > 1}):
        log.add(f"The column '{name}' is there more than once.", where=where, fix="Keep one of them.")
    return not missing
