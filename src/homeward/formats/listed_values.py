"""Reading what a list of people says of each: one column of numbers, such as statures or ages."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from homeward.core.errors import ProblemLog
from homeward.core.provenance import InputFile
from homeward.formats.numbers import parse_number
from homeward.formats.plain_tables import read_plain_table
from homeward.osteology.populations import ListedPopulation


@dataclass(frozen=True, slots=True)
class ListedValues:
    """A list as it was read. n_unknown: people whose value is blank. input: the file."""

    population: ListedPopulation
    n_unknown: int
    input: InputFile


def read_listed_values(path: Path, column: str, *, low: float, high: float) -> ListedValues:
    """Return the values of one column of a table, one person a line; a blank is a person whose value is not known.

    Parameters
    ----------
    column : str
        Such as "stature_cm".
    low, high : float
        Values outside this range are refused: they are typing errors or of another unit.

    Raises
    ------
    InputError
        The column is not there, a value is no number or out of range, or nobody has one; lists every line.
    """
    table = read_plain_table(path)
    log = ProblemLog()
    if column not in table.header:
        columns = ", ".join(table.header)
        log.add(f"There is no column '{column}'; there are {columns}.", where=table.name, fix="Rename the right one.")
    log.raise_if_any()
    place = table.header.index(column)
    values: list[float] = []
    n_unknown = 0
    for row, line in zip(table.rows, table.lines, strict=True):
        text = row[place]
        if not text:
            n_unknown += 1
            continue
        value = parse_number(text)
        if value is not None and low <= value <= high:
            values.append(value)
        else:
            log.add(
                f"'{text}' is not a number from {low:g} to {high:g}.",
                where=f"{table.name} line {line}, {column}",
                fix="Correct it, or leave it blank if it is not known.",
            )
    log.raise_if_any()
    return ListedValues(ListedPopulation(np.array(values)), n_unknown, table.input)
