"""Text with values between commas, semicolons or tabs."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator

from homeward.core.errors import ProblemLog

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")


def csv_rows(text: str, file: str, log: ProblemLog) -> Iterator[tuple[int, list[str]]]:
    """Go through the rows of a text, each with the number of the line where it begins.

    Comma, semicolon or tab separate the values, whichever the first line that is not blank uses most. Where the text
    cannot be read as a table any further, that is noted in ``log`` and the rows end.
    """
    first = next((line for line in _lines(text) if line.strip()), "")
    reader = csv.reader(_lines(text), delimiter=max(",;\t", key=first.count), strict=True)
    line = 1
    try:
        for cells in reader:
            start, line = line, reader.line_num + 1
            yield start, cells
    except csv.Error as error:
        log.add(
            f"The table cannot be read from here on: {error}.",
            where=f"{file} line {reader.line_num}",
            fix="Check the quotes in this line; save the table again as CSV (UTF-8).",
        )


def _lines(text: str) -> Iterator[str]:
    """Go through the lines, each with its end; LF, CRLF and CR all end a line, nothing else does."""
    return (match[0] for match in _LINE.finditer(text))
