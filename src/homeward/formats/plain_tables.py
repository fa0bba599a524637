"""Small tables as CSV: a header, and rows with the numbers of their lines."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from homeward.core.errors import InputError, Problem, ProblemLog
from homeward.core.provenance import InputFile
from homeward.formats.source_text import read_source


@dataclass(frozen=True, slots=True)
class PlainTable:
    """One table. header: names of the columns. rows: values of each line that is not blank. lines: their numbers."""

    name: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    lines: tuple[int, ...]
    input: InputFile


def read_plain_table(path: Path) -> PlainTable:
    """Return the table in a file; comma, semicolon or tab separate the values, whichever the header uses.

    Raises
    ------
    InputError
        The file cannot be read, has no header, names a column twice, or has lines with too few or too many values; all
        of them are listed.
    """
    source = read_source(path)
    lines = source.lines()
    first = next((line for line in lines if line.strip()), "")
    reader = csv.reader(lines, delimiter=max(",;\t", key=first.count), strict=True)
    log = ProblemLog()
    header: tuple[str, ...] | None = None
    rows: list[tuple[str, ...]] = []
    numbers: list[int] = []
    try:
        for cells in reader:
            values = tuple(cell.strip() for cell in cells)
            where = f"{source.name} line {reader.line_num}"
            if not any(values):
                continue
            if header is None:
                header = values
                for name in {one for one in header if header.count(one) > 1}:
                    log.add(f"The column '{name}' is there twice.", where=where, fix="Remove or rename one of them.")
            elif len(values) != len(header):
                what = f"The line has {len(values)} values, but the table has {len(header)} columns."
                log.add(what, where=where, fix="Correct the line.")
            else:
                rows.append(values)
                numbers.append(reader.line_num)
    except csv.Error as error:
        fix = "Check the quotes in this line; save the table again as CSV (UTF-8)."
        log.add(f"The table cannot be read: {error}.", where=f"{source.name} line {reader.line_num}", fix=fix)
    log.raise_if_any()
    if header is None:
        raise InputError(Problem("The table is empty.", source.name, "Begin with a line of column names."))
    return PlainTable(source.name, header, tuple(rows), tuple(numbers), source.input)
