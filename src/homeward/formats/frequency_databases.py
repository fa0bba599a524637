"""Frequency databases in the files of laboratories: tidy tables, allelic ladders, lists of loci, Familias files."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from typing import Final

import numpy as np

from homeward.core.errors import ProblemLog
from homeward.formats.familias_reader import read_familias
from homeward.formats.frequency_rules import is_repeat_number
from homeward.formats.numbers import parse_number
from homeward.formats.sheets import GZIP, OLD_OFFICE, PARQUET, ZIP, Sheet, read_sheet
from homeward.formats.source_text import decode_text, read_bytes
from homeward.genetics.databases.frequencies import FrequencyDatabase, LocusFrequencies
from homeward.genetics.panel import SUM_TOLERANCE

_COLUMNS: Final = {
    "locus": ("locus", "marker", "system"),
    "allele": ("allele",),
    "frequency": ("frequency", "freq", "probability"),
    "count": ("count", "observed"),
    "population": ("population", "database", "group"),
}
"""Columns of a tidy table and the names that they go by."""

_NOT_ALLELES: Final = frozenset({"n", "2n", "total", "sum"})
"""First cells of rows of a ladder that hold no frequencies."""

_LIST_SEPARATOR: Final = re.compile(r"\t+|\s*[;,]\s+|\s{2,}|(?<=\d)\s(?=[\d.,]+$)|;")
"""What stands between an allele and its frequency in a list; "Penta D" stays one name."""

BEGIN: Final = "population,locus,allele,frequency"


@dataclass(frozen=True, slots=True)
class FrequencyFile:
    """What a file holds: one database for each population, and what was decided on reading, in sentences."""

    databases: tuple[FrequencyDatabase, ...]
    notes: tuple[str, ...]


@dataclass(slots=True)
class _LocusEntries:
    """Values of one locus as read: allele to number, whether they are counts and all readable, where it begins."""

    where: str
    counted: bool
    readable: bool = True
    values: dict[str, float] = field(default_factory=dict)


_Drafts = dict[str, dict[str, _LocusEntries]]
"""Population to locus to what was read."""


def read_frequency_databases(path: Path) -> FrequencyFile:
    """Return the frequency databases in a file.

    Three forms are known by their first line, as text, Excel or Parquet, and a Familias file by its ending ``.fam``:

    - tidy: columns ``locus``, ``allele`` and ``frequency`` or ``count``, and perhaps ``population``;
    - ladder: a column of alleles and one column for each locus, as in spreadsheets of the pedsuite and of STRmix;
    - list: the name of a locus alone on a line, then lines of allele and frequency, as Familias exports them.

    Whole numbers in a ladder or list whose column sums to more than 1.5 are counts.

    Parameters
    ----------
    path : Path
        The file.

    Raises
    ------
    InputError
        The file cannot be read, a number is no frequency, an allele is listed twice, or the frequencies of a locus do
        not sum to one to within ``SUM_TOLERANCE``; every problem is listed.
    """
    if path.suffix.lower() == ".fam":
        return _from_familias(path)
    log = ProblemLog()
    notes: list[str] = []
    lines = _list_lines(path)
    if lines is not None:
        drafts = _read_list(lines, path.name, log)
    else:
        sheet = read_sheet(path, log, begin=BEGIN)
        notes += sheet.notes
        columns = _tidy_columns(sheet.header)
        drafts = _read_ladder(sheet, log) if columns is None else _read_tidy(sheet, columns, log)
    databases = tuple(
        _of_file(path, path.stem, population, loci) for population, loci in _settled(drafts, log, notes).items()
    )
    if not databases and not log:
        log.add("There are no frequencies in this file.", where=path.name, fix=f"Begin with the line: {BEGIN}")
    log.raise_if_any()
    _note_identical(databases, notes)
    return FrequencyFile(databases, tuple(notes))


def _from_familias(path: Path) -> FrequencyFile:
    """Return the database of a Familias file, with or without people in it."""
    case = read_familias(path)
    loci = {
        locus.name: LocusFrequencies(locus.alleles, locus.frequencies, locus.database_size) for locus in case.panel.loci
    }
    name = case.panel.database or path.stem
    return FrequencyFile((_of_file(path, name, "", loci),), ())


def _of_file(path: Path, name: str, population: str, loci: Mapping[str, LocusFrequencies]) -> FrequencyDatabase:
    """Return a database that a file holds, about which nothing else is known."""
    return FrequencyDatabase(name, population, f"File {path.name}.", "As its owner says.", None, loci)


def _tidy_columns(header: Sequence[str]) -> dict[str, int] | None:
    """Return the position of each column of a tidy table, or None if the header is of another form."""
    names = [name.casefold() for name in header]
    found = {column: names.index(word) for column, words in _COLUMNS.items() for word in words if word in names}
    return found if {"locus", "allele"} <= found.keys() and ("frequency" in found or "count" in found) else None


def _read_tidy(sheet: Sheet, columns: Mapping[str, int], log: ProblemLog) -> _Drafts:
    """Return what stands in a table with one line for each allele."""
    drafts: _Drafts = {}
    counted = "count" in columns
    value_column = columns["count" if counted else "frequency"]
    for number, cells in sheet.rows:
        where = sheet.where(number)
        locus, allele = (cells[columns[name]].strip() for name in ("locus", "allele"))
        population = cells[columns["population"]].strip() if "population" in columns else ""
        if not locus or not allele:
            log.add("There is no locus or no allele.", where=where, fix="Fill in both, or remove the line.")
            continue
        entries = drafts.setdefault(population, {}).setdefault(locus, _LocusEntries(where, counted))
        _enter(entries, allele, cells[value_column], f"{where}, locus {locus}, allele {allele}", log)
    return drafts


def _read_ladder(sheet: Sheet, log: ProblemLog) -> _Drafts:
    """Return what stands in a table with one line for each allele and one column for each locus; blanks are absent."""
    loci = {name: _LocusEntries(f"{sheet.file}, locus {name}", counted=False) for name in sheet.header[1:] if name}
    if len(loci) < len(sheet.header) - 1:
        log.add("A locus is named twice or not at all.", where=sheet.file, fix="Give every column its own locus.")
    for number, cells in sheet.rows:
        allele = cells[0].strip()
        if allele.casefold() in _NOT_ALLELES:
            continue
        for name, text in zip(sheet.header[1:], cells[1:], strict=True):
            if name and text.strip() not in ("", "0", "-"):
                at = f"{sheet.where(number)}, locus {name}, allele {allele}"
                _enter(loci[name], allele, text, at, log)
    return _with_counts({"": {name: entries for name, entries in loci.items() if entries.values}})


def _list_lines(path: Path) -> list[str] | None:
    """Return the lines of a text whose first one is a single name, or None if it is a table of another form."""
    content, _ = read_bytes(path)
    if content.startswith((ZIP, PARQUET, GZIP, OLD_OFFICE)):
        return None
    lines = decode_text(content, path.name).splitlines()
    first = next((line for line in lines if line.strip()), "")
    return lines if first and not any(separator in first for separator in ",;\t") else None


def _read_list(lines: Sequence[str], file: str, log: ProblemLog) -> _Drafts:
    """Return what stands in a list: the name of a locus alone on a line, then lines of allele and frequency."""
    loci: dict[str, _LocusEntries] = {}
    current: _LocusEntries | None = None
    name = ""
    for number, line in enumerate(lines, start=1):
        where = f"{file} line {number}"
        cells = _LIST_SEPARATOR.split(line.strip())
        if len(cells) == 2 and current is not None:
            _enter(current, cells[0], cells[1], f"{where}, locus {name}, allele {cells[0]}", log)
        elif line.strip() and len(cells) == 1:
            name = cells[0]
            if name in loci:
                log.add(f"The locus {name} is listed twice.", where=where, fix="Keep one of the two.")
            current = loci[name] = _LocusEntries(where, counted=False)
        elif line.strip():
            what = f"Expected an allele and its frequency but found '{line.strip()[:60]}'."
            log.add(what, where=where, fix="Write the name of a locus alone on a line, its alleles below it.")
    return _with_counts({"": loci})


def _enter(entries: _LocusEntries, allele: str, text: str, where: str, log: ProblemLog) -> None:
    """Take one number, or note what is wrong with it."""
    value = parse_number(text.strip())
    if value is None or value < 0 or (entries.counted and value != int(value)):
        entries.readable = False
        what = f"'{text.strip()[:40]}' is not a {'count' if entries.counted else 'frequency'}."
        log.add(what, where=where, fix="Give a number of 0 or more.")
    elif allele in entries.values:
        entries.readable = False
        log.add(f"Allele {allele} is listed twice.", where=where, fix="Keep one line for each allele.")
    elif value > 0:
        entries.values[allele] = value


def _with_counts(drafts: _Drafts) -> _Drafts:
    """Mark the loci whose numbers are whole and far more than one in sum: they are counts."""
    for loci in drafts.values():
        for entries in loci.values():
            values = entries.values.values()
            entries.counted = sum(values) > 1.5 and all(value == int(value) for value in values)
    return drafts


def _settled(drafts: _Drafts, log: ProblemLog, notes: list[str]) -> dict[str, dict[str, LocusFrequencies]]:
    """Return the frequencies of every locus, alleles in order of their repeats."""
    settled: dict[str, dict[str, LocusFrequencies]] = {}
    for population, loci in drafts.items():
        for name, entries in loci.items():
            total = sum(entries.values.values())
            if not entries.readable:
                continue
            if not entries.values:
                log.add(f"There are no frequencies of {name}.", where=entries.where, fix="Add them, or leave it out.")
                continue
            if not entries.counted and abs(total - 1.0) > SUM_TOLERANCE:
                percent = abs(total - 100.0) < 100 * SUM_TOLERANCE
                fix = "Divide percentages by 100." if percent else "Complete the table, or add a rest allele."
                what = f"The frequencies of {name} sum to {total:.6g}, not to 1."
                log.add(what, where=entries.where, fix=fix)
            alleles = sorted(entries.values, key=_by_repeats)
            unusual = [allele for allele in alleles if not is_repeat_number(allele)]
            if unusual and len(unusual) < len(alleles):
                at = f"{name}, {population}" if population else name
                notes.append(f"{at}: {', '.join(unusual)}: no number of repeats, so no stepwise model can be used.")
            numbers = np.array([entries.values[allele] for allele in alleles])
            settled.setdefault(population, {})[name] = LocusFrequencies(
                tuple(alleles), numbers / total if entries.counted else numbers, int(total) if entries.counted else None
            )
    return settled


def _by_repeats(allele: str) -> tuple[bool, float, str]:
    """Sort numbers of repeats by size, other names behind them by letter."""
    is_number = is_repeat_number(allele)
    return not is_number, float(allele) if is_number else 0.0, allele


def _note_identical(databases: Sequence[FrequencyDatabase], notes: list[str]) -> None:
    """Say where two populations are the same at every locus, which is a slip in making the file."""
    for one, other in combinations(databases, 2):
        if _plain(one) == _plain(other):
            notes.append(
                f"The populations {one.population} and {other.population} are the same at every locus: check the file."
            )


def _plain(database: FrequencyDatabase) -> dict[str, dict[str, float]]:
    return {
        name: dict(zip(locus.alleles, locus.frequencies.tolist(), strict=True)) for name, locus in database.loci.items()
    }
