"""Tables of a case folder as Parquet."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from homeward.core.errors import InputError, Problem, ProblemLog
from homeward.formats.case_tables import NUMBERS, WHOLE_NUMBERS, SharedTexts, Table, check_header, column_of

if TYPE_CHECKING:
    import polars as pl

MAX_ROWS = 50_000_000
"""Longer tables are refused before they are read: a few bytes of Parquet can say that a value is repeated for ever."""

_NAME = re.compile(r"-?\d+(\.\d)?", re.ASCII)


def parse_parquet(content: bytes, name: str, file: str, log: ProblemLog) -> Table:
    """Return the table in a Parquet file; what is wrong with its columns and values is noted in ``log``.

    Nulls and NaN are blank; rows that are blank throughout are passed over. Numbers in a column of text become the
    text of a whole number or of one with one decimal (9.3); any other is refused, as it may have been rounded.

    Parameters
    ----------
    content : bytes
        The content of the file.
    name, file : str
        Which table it is, such as "profiles", and what to call the file in a problem.
    log : ProblemLog
        Gets the problems.

    Raises
    ------
    InputError
        The file is no Parquet file, is damaged or too long.
    """
    frame = read_frame(content, file)
    header = [column_of(column) for column in frame.columns]
    if not check_header(header, name, file, log):
        return Table(file, {}, ())
    shared = SharedTexts()
    columns = {
        column: _texts(series, column, file, shared, log)
        for column, series in zip(header, frame.iter_columns(), strict=True)
    }
    filled = [i for i, values in enumerate(zip(*columns.values(), strict=True)) if any(values)]
    if len(filled) == len(frame):
        return Table(file, columns, range(1, len(frame) + 1), counted_in="row")
    columns = {column: [texts[i] for i in filled] for column, texts in columns.items()}
    return Table(file, columns, [i + 1 for i in filled], counted_in="row")


def format_parquet(columns: Mapping[str, Sequence[str]]) -> bytes:
    """Return a table, given by column, as Parquet: numbers as numbers, all else as text, blanks as nulls."""
    import polars as pl

    def values(column: str, texts: Iterable[str]) -> pl.Series:
        if column in WHOLE_NUMBERS:
            return pl.Series(column, [int(text) if text else None for text in texts], dtype=pl.Int64)
        if column in NUMBERS:
            return pl.Series(column, [float(text) if text else None for text in texts], dtype=pl.Float64)
        return pl.Series(column, [text or None for text in texts], dtype=pl.String)

    content = io.BytesIO()
    pl.DataFrame([values(column, texts) for column, texts in columns.items()]).write_parquet(content)
    return content.getvalue()


def read_frame(content: bytes, file: str) -> pl.DataFrame:
    """Return the table as it is in the file, once its length is known to be bearable."""
    import polars as pl

    try:
        n_rows = int(pl.scan_parquet(io.BytesIO(content)).select(pl.len()).collect().item())
        if n_rows <= MAX_ROWS:
            return pl.read_parquet(io.BytesIO(content))
    # A damaged file can also make Polars panic, which is no Exception.
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError) as error:
        raise InputError(
            Problem(
                what=f"This is not a Parquet file that can be read: {str(error).partition(chr(10))[0][:200]}.",
                where=file,
                fix="The file may be damaged: fetch or write it again, or save the table as CSV (UTF-8).",
            )
        ) from None
    raise InputError(
        Problem(
            what=f"The table has {n_rows:,} rows; at most {MAX_ROWS:,} can be read.",
            where=file,
            fix="Check that this is the right file; divide a larger case.",
        )
    )


def _texts(series: pl.Series, column: str, file: str, shared: SharedTexts, log: ProblemLog) -> list[str]:
    """Return the values of a column as text, blank for null; a type or a number that cannot be text is noted."""
    import polars as pl

    dtype = series.dtype
    if isinstance(dtype, pl.String | pl.Categorical | pl.Enum | pl.Null):
        texts = ["" if text is None else shared[text] for text in series.to_list()]
        _check_no_zeros(texts, column, file, log)
        return texts
    if not dtype.is_numeric():
        log.add(
            f"The column '{column}' is of type {dtype}, which holds neither text nor numbers.",
            where=file,
            fix="Save it as text (string) or, where it holds numbers, as numbers.",
        )
        return [""] * len(series)
    texts = [shared[_number_text(text)] for text in series.cast(pl.String).fill_null("").to_list()]
    if column not in NUMBERS:
        _check_names(texts, column, file, log)
    return texts


def _check_no_zeros(texts: Sequence[str], column: str, file: str, log: ProblemLog) -> None:
    """Note text with characters of value 0, which a CSV file could not hold."""
    wrong = {text for text in set(texts) if "\0" in text}
    if wrong:
        row = next(i for i, text in enumerate(texts, start=1) if text in wrong)
        log.add(f"The {column} holds a character of value 0.", where=f"{file} row {row}", fix="Remove it.")


def _number_text(text: str) -> str:
    """Return a number without zeros at its end; blank for NaN."""
    if text == "NaN":
        return ""
    return text.rstrip("0").rstrip(".") if "." in text and "e" not in text else text


def _check_names(texts: Sequence[str], column: str, file: str, log: ProblemLog) -> None:
    """Note numbers that stand for a name and have more than one decimal."""
    wrong = {text for text in set(texts) if text and not _NAME.fullmatch(text)}
    rows = [i for i, text in enumerate(texts) if text in wrong] if wrong else []
    if rows:
        log.add(
            f"The {column} is the number {texts[rows[0]]}, which may have been rounded"
            f"{f' ({len(rows):,} such rows)' if len(rows) > 1 else ''}.",
            where=f"{file} row {rows[0] + 1}",
            fix="Save this column as text (string), such as 9.3; numbers may have one decimal at most.",
        )
