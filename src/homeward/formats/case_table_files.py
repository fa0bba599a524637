"""Which file holds which table of a case folder."""

from __future__ import annotations

from pathlib import Path

from homeward.core.errors import ProblemLog
from homeward.core.provenance import InputFile
from homeward.formats.case_csv import parse_csv
from homeward.formats.case_tables import TABLES, Table
from homeward.formats.source_text import read_bytes, read_source

TABLE_FILES = tuple(f"{name}{suffix}" for name in TABLES for suffix in (".csv", ".parquet"))
"""The names that the file of a table may have."""


def read_table(folder: Path, name: str, log: ProblemLog, inputs: list[InputFile], *, required: bool) -> Table:
    """Return a table from its CSV or Parquet file; what is wrong with the file as a table is noted in ``log``.

    A table that is not there is empty, and a problem if it is required.
    """
    path, other = folder / f"{name}.csv", folder / f"{name}.parquet"
    if path.exists() and other.exists():
        log.add(
            f"There are both {path.name} and {other.name}.",
            where=str(folder),
            fix="Keep one of the two: a table is read from one file.",
        )
    elif other.exists():
        path = other
    table = Table(path.name, {}, ())
    if not required and not path.exists():
        return table
    with log.collecting():
        if path is other:
            from homeward.formats.case_parquet import parse_parquet

            content, described = read_bytes(path)
            inputs.append(described)
            table = parse_parquet(content, name, path.name, log)
        else:
            source = read_source(path)
            inputs.append(source.input)
            table = parse_csv(source.text, name, path.name, log)
    return table
