"""Tables of a case folder as CSV text."""

from __future__ import annotations

import csv
import io
from array import array
from collections.abc import Mapping, Sequence
from typing import Literal

from homeward.core.errors import ProblemLog
from homeward.formats.case_tables import TABLES, SharedTexts, Table, check_header, column_of
from homeward.formats.csv_text import csv_rows


def parse_csv(text: str, name: str, file: str, log: ProblemLog) -> Table:
    """Return the table in a text; what is wrong with the text as a table is noted in ``log``.

    Comma, semicolon or tab separate the values, whichever the header uses; blank lines are passed over.

    Parameters
    ----------
    text : str
        The content of the file.
    name, file : str
        Which table it is, such as "profiles", and what to call the file in a problem.
    log : ProblemLog
        Gets the problems.
    """
    shared = SharedTexts()
    header: list[str] | None = None
    columns: list[list[str]] = []
    numbers = array("q")
    for line, cells in csv_rows(text, file, log):
        values = [shared[cell] for cell in cells]
        if not any(values):
            continue
        if header is None:
            header = _without_trailing_blanks([column_of(value) for value in values])
            if not check_header(header, name, f"{file} line {line}", log):
                return Table(file, {}, ())
            columns = [[] for _ in header]
        elif any(values[len(header) :]):
            _refuse_extra(values, header, name, f"{file} line {line}", log)
        else:
            values += [""] * (len(header) - len(values))
            numbers.append(line)
            for column, value in zip(columns, values, strict=False):
                column.append(value)
    if header is None:
        log.add("The table is empty.", where=file, fix=f"Begin with the line: {','.join(TABLES[name].known)}")
    return Table(file, dict(zip(header or (), columns, strict=True)), numbers)


def format_csv(columns: Mapping[str, Sequence[str]]) -> bytes:
    """Return a table, given by column, as CSV in UTF-8 with a header."""
    content = _formatted(columns, csv.QUOTE_MINIMAL)
    # A CR inside a value would end the line on reading, and older versions of the writer do not quote it by themselves.
    return _formatted(columns, csv.QUOTE_ALL) if b"\r" in content else content


def _formatted(columns: Mapping[str, Sequence[str]], quoting: Literal[0, 1]) -> bytes:
    """Return the table with quotes where needed or everywhere."""
    content = io.BytesIO()
    text = io.TextIOWrapper(content, encoding="utf-8", newline="", write_through=True)
    writer = csv.writer(text, lineterminator="\n", quoting=quoting)
    writer.writerow(columns)
    writer.writerows(zip(*columns.values(), strict=True))
    text.flush()
    return content.getvalue()


def _without_trailing_blanks(values: Sequence[str]) -> list[str]:
    """Return the values without blank ones at the end, which spreadsheets leave where a column was emptied."""
    n = max((i for i, value in enumerate(values, start=1) if value), default=0)
    return list(values[:n])


def _refuse_extra(values: Sequence[str], header: Sequence[str], name: str, where: str, log: ProblemLog) -> None:
    """Note a line with more values than columns."""
    what = f"The line has {len(values)} values, but the table has {len(header)} columns."
    fix = "Remove the extra value, or put double quotes around a value that holds the separator."
    if name == "profiles":
        what += " A genotype has two alleles."
        fix = "Keep the two alleles of this owner, written as 9.3, or leave the locus out of the profile."
    log.add(what, where=f"{where}, {', '.join(values[:2])}", fix=fix)
