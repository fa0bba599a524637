"""Genotypes from what a notebook holds: dictionaries, rows, data frames, files."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from homeward.core.errors import InputError, Problem, ProblemLog
from homeward.formats.sheets import read_sheet
from homeward.genetics.alleles import UNKNOWN_ALLELE

Alleles = tuple[str, ...]
"""Two names of alleles, the second "?" where it could not be read; or one, of a man at an X-linked locus."""

Typings = dict[str, dict[str, Alleles]]
"""Person to locus to alleles; loci that were not typed are left out."""

PERSON_COLUMNS: Final = ("person", "owner", "id", "name", "sample")
LOCUS_COLUMNS: Final = ("locus", "marker", "system")
ALLELE_COLUMNS: Final = (("allele1", "allele2"), ("allele_1", "allele_2"), ("allele 1", "allele 2"))
OTHER_COLUMNS: Final = frozenset({"sex", "father", "mother", "family", "role", "note"})
"""Columns of people that hold no genotypes."""

_UNTYPED = frozenset({"", "-", "na", "nan", "none", "null"})
_BETWEEN = re.compile(r"\s*[/,;|]\s*|\s+")
_ONE_OF_TWO = re.compile(r"(?P<locus>.+?)[ _.](?P<which>[12])")


def read_typings(data: object) -> Typings:
    """Return the genotypes of people.

    Parameters
    ----------
    data : mapping, iterable of mappings, data frame, or path
        - ``{"Anna": {"D3S1358": "15/16", "FGA": ("20", "22")}}``;
        - rows, as dictionaries, a Polars or pandas data frame, or a CSV, Excel or Parquet file by its path: tidy with
          ``person``, ``locus`` and ``genotype`` (or ``allele1`` and ``allele2``); or wide with ``person`` and a column
          for each locus (or two that end in 1 and 2).

        A genotype is two alleles with "/", a comma or a blank between them. "20/?" is one allele whose partner could
        not be read; nothing, None or NaN is untyped. A single allele is right for a man at an X-linked locus only.

    Raises
    ------
    InputError
        The data have none of these forms, or cells that are no genotypes; lists all problems.
    """
    log = ProblemLog()
    typings = _from_mapping(data, log) if isinstance(data, Mapping) else _from_rows(_rows(data, log), log)
    log.raise_if_any()
    if not any(typings.values()):
        fix = "Give for example {'Anna': {'D3S1358': '15/16'}}."
        raise InputError(Problem("There are no genotypes.", "profiles", fix))
    return typings


def _from_mapping(data: Mapping[Any, Any], log: ProblemLog) -> Typings:
    typings: Typings = {}
    for person, loci in data.items():
        if not isinstance(loci, Mapping):
            fix = "Give for each person the loci with their genotypes: {'D3S1358': '15/16'}."
            log.add("These are no genotypes by locus.", where=f"profile of {person}", fix=fix)
            continue
        for locus, value in loci.items():
            _enter(typings.setdefault(str(person), {}), str(person), str(locus), value, log)
    return typings


def _rows(data: object, log: ProblemLog) -> list[Mapping[str, Any]]:
    """Return the rows of a table, by column."""
    if isinstance(data, str | Path):
        sheet = read_sheet(Path(data), log, begin="person,locus,genotype")
        return [dict(zip(sheet.header, cells, strict=True)) for _, cells in sheet.rows]
    if hasattr(data, "to_dicts"):
        return list(data.to_dicts())
    if hasattr(data, "to_dict"):
        return list(data.to_dict("records"))
    rows = list(data) if isinstance(data, Iterable) else []
    if not rows or not all(isinstance(row, Mapping) for row in rows):
        fix = "Give a dictionary, rows as dictionaries, a data frame, or the path of a file."
        raise InputError(Problem(f"This {type(data).__name__} holds no profiles.", "profiles", fix))
    return rows


def _from_rows(rows: list[Mapping[str, Any]], log: ProblemLog) -> Typings:
    columns = {str(name).strip().casefold(): name for name in (rows[0] if rows else ())}
    person = next((columns[name] for name in PERSON_COLUMNS if name in columns), None)
    if person is None:
        fix = f"Call the column with the names of people '{PERSON_COLUMNS[0]}'."
        raise InputError(Problem(f"There is no column of people among {', '.join(columns)}.", "profiles", fix))
    locus = next((columns[name] for name in LOCUS_COLUMNS if name in columns), None)
    return _wide(rows, person, log) if locus is None else _tidy(rows, columns, person, locus, log)


def _tidy(
    rows: list[Mapping[str, Any]], columns: Mapping[str, str], person: str, locus: str, log: ProblemLog
) -> Typings:
    genotype = columns.get("genotype")
    pair = next((tuple(columns[n] for n in names) for names in ALLELE_COLUMNS if set(names) <= columns.keys()), None)
    if genotype is None and pair is None:
        fix = "Add a column 'genotype' (15/16), or two columns 'allele1' and 'allele2'."
        raise InputError(Problem("There is no column of genotypes.", "profiles", fix))
    typings: Typings = {}
    for row in rows:
        value = row[genotype] if genotype is not None else tuple(row[name] for name in pair or ())
        name = str(row[person])
        _enter(typings.setdefault(name, {}), name, str(row[locus]).strip(), value, log)
    return typings


def _wide(rows: list[Mapping[str, Any]], person: str, log: ProblemLog) -> Typings:
    columns = [name for name in rows[0] if name != person and str(name).strip().casefold() not in OTHER_COLUMNS]
    pairs: dict[str, dict[str, str]] = {}
    for column in columns:
        if (match := _ONE_OF_TWO.fullmatch(str(column))) is not None:
            pairs.setdefault(match["locus"], {})[match["which"]] = column
    pairs = {locus: which for locus, which in pairs.items() if len(which) == 2}
    paired = {column for which in pairs.values() for column in which.values()}
    typings: Typings = {}
    for row in rows:
        name = str(row[person])
        typing = typings.setdefault(name, {})
        for column in columns:
            if column not in paired:
                _enter(typing, name, str(column).strip(), row[column], log)
        for locus, which in pairs.items():
            _enter(typing, name, locus.strip(), (row[which["1"]], row[which["2"]]), log)
    return typings


def _enter(typing: dict[str, Alleles], person: str, locus: str, value: Any, log: ProblemLog) -> None:
    """Take one genotype, or note what is wrong with it."""
    where = f"profile of {person}, locus {locus}"
    alleles = _alleles(value)
    if alleles is None:
        fix = "Write two alleles, such as 15/16; 16/16 for a homozygote, 16/? where the other could not be read."
        log.add(f"'{value}' is no genotype.", where=where, fix=fix)
    elif locus in typing and alleles and typing[locus] != alleles:
        listed = ["/".join(one) for one in (typing[locus], alleles)]
        log.add(f"There are two genotypes: {listed[0]} and {listed[1]}.", where=where, fix="Keep one of them.")
    elif alleles:
        typing[locus] = alleles


def _alleles(value: Any) -> Alleles | None:
    """Return alleles in text as they are sorted, none if untyped, None if it is no genotype."""
    parts = list(value) if isinstance(value, tuple | list) else _BETWEEN.split(_text(value))
    names = [_text(part) for part in parts]
    read = [name for name in names if name.casefold() not in _UNTYPED and name != UNKNOWN_ALLELE]
    if not read:
        return ()
    if len(names) > 2:
        return None
    if len(names) == 2 and len(read) == 1:
        return (*read, UNKNOWN_ALLELE) if UNKNOWN_ALLELE in names else None
    return tuple(sorted(read))


def _text(value: Any) -> str:
    """Return an allele as text: a number as its repeats."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    if isinstance(value, float):
        return f"{value:g}"
    return str(value).strip()
