"""The tables of a case folder: CSV files with a header."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from homeward.core.errors import ProblemLog
from homeward.core.provenance import InputFile
from homeward.formats.numbers import parse_number, parse_whole
from homeward.formats.source_text import read_source
from homeward.genetics.pedigree import Sex

SEXES = {
    **{"male": Sex.MALE, "m": Sex.MALE, "female": Sex.FEMALE, "f": Sex.FEMALE},
    **{"unknown": Sex.UNKNOWN, "u": Sex.UNKNOWN, "": Sex.UNKNOWN},
}


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns that a table must have, and those that it may have."""

    required: tuple[str, ...]
    optional: tuple[str, ...] = ()

    @property
    def known(self) -> tuple[str, ...]:
        """All of them."""
        return self.required + self.optional


TABLES = {
    "frequencies.csv": Columns(("locus", "allele", "frequency")),
    "loci.csv": Columns(
        ("locus",),
        (
            "chromosome",
            *(
                f"{sex}{parameter}"
                for sex in ("", "female_", "male_")
                for parameter in ("mutation_model", "mutation_rate", "step_ratio", "microvariant_rate")
            ),
            *("dropout_probability", "database_size", "minimum_frequency"),
        ),
    ),
    "mutation_matrices.csv": Columns(("locus", "sex", "from", "to", "probability")),
    "people.csv": Columns(("family", "person"), ("father", "mother", "sex", "role")),
    "samples.csv": Columns(("sample",), ("sex", "remains_group", "site", "dropout")),
    "profiles.csv": Columns(("owner", "locus", "allele1", "allele2"), ("family", "dropout")),
}


_PARAMETER_WORDS = {
    "model": "mutation_model",
    "rate": "mutation_rate",
    "range": "step_ratio",
    "rate2": "microvariant_rate",
}
_SEXED_WORDS = _PARAMETER_WORDS | {column: column for column in _PARAMETER_WORDS.values()}

OTHER_WORDS = {
    "group": "remains_group",
    **_PARAMETER_WORDS,
    **{f"{sex}_{word}": f"{sex}_{column}" for sex in ("female", "male") for word, column in _SEXED_WORDS.items()},
    **{f"{word}_{sex}": f"{sex}_{column}" for sex in ("female", "male") for word, column in _SEXED_WORDS.items()},
}
"""Words that other programs use for a column."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table; a column that the table does not have is blank."""

    values: dict[str, str]
    where: str

    def __getitem__(self, column: str) -> str:
        return self.values.get(column, "")

    def named(self, column: str, log: ProblemLog) -> str:
        """Return a value that may not be blank; a blank one is noted."""
        if not self[column]:
            log.add(f"The {column} is blank.", where=self.where, fix=f"Fill in the {column}, or remove the line.")
        return self[column]

    def probability(self, column: str, log: ProblemLog, *, default: float, below_one: bool = False) -> float | None:
        """Return a probability, the default where it is blank, or None where it cannot be used (noted)."""
        if not self[column]:
            return default
        value = self.number(column, log)
        if value is None:
            return None
        if not 0.0 <= value <= 1.0 or (below_one and value == 1.0):
            log.add(
                f"The {column} {value:g} is outside [0, 1{')' if below_one else ']'}.",
                where=self.where,
                fix="Give a probability; percentages must be divided by 100.",
            )
            return None
        return value

    def number(self, column: str, log: ProblemLog) -> float | None:
        """Return a number, or None where it cannot be read (noted)."""
        value = parse_number(self[column])
        if value is None:
            log.add(
                f"The {column} '{self[column][:60]}' is not a number.",
                where=self.where,
                fix="Write it with digits, such as 0.001 or 1e-6.",
            )
        return value

    def whole(self, column: str, log: ProblemLog) -> int | None:
        """Return a whole number above zero, or None where it is blank or cannot be read (noted)."""
        if not self[column]:
            return None
        value = parse_whole(self[column])
        if value is None or value <= 0:
            log.add(
                f"The {column} '{self[column][:60]}' is not a whole number above zero.",
                where=self.where,
                fix="Write it with digits only, or leave it blank.",
            )
            return None
        return value

    def sex(self, log: ProblemLog) -> Sex:
        """Return the sex; one that is not known is noted."""
        sex = SEXES.get(self["sex"].lower())
        if sex is None:
            log.add(
                f"The sex '{self['sex'][:60]}' is not known.", where=self.where, fix="Write male, female or unknown."
            )
            return Sex.UNKNOWN
        return sex


def read_table(folder: Path, name: str, log: ProblemLog, inputs: list[InputFile]) -> list[Row]:
    """Return the rows of a table; what is wrong with the file as a table is noted in ``log``.

    Comma, semicolon or tab separate the values, whichever the header uses; blank lines are passed over.
    """
    rows: list[Row] = []
    with log.collecting():
        source = read_source(folder / name)
        inputs.append(source.input)
        rows.extend(_rows(source.text, name, log))
    return rows


def _rows(text: str, name: str, log: ProblemLog) -> list[Row]:
    """Return the rows below the header."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    separator = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    header: list[str] | None = None
    rows: list[Row] = []
    line = 1
    try:
        for cells in reader:
            where, line = f"{name} line {line}", reader.line_num + 1
            values = [cell.strip() for cell in cells]
            if not any(values):
                continue
            if header is None:
                header = _without_trailing_blanks([_column(value) for value in values])
                if not _check_header(header, name, where, log):
                    return []
            elif any(values[len(header) :]):
                _refuse_extra(values, header, name, where, log)
            else:
                rows.append(Row(dict(zip(header, values, strict=False)), where))
    except csv.Error as error:
        log.add(
            f"The table cannot be read from here on: {error}.",
            where=f"{name} line {reader.line_num}",
            fix="Check the quotes in this line; save the table again as CSV (UTF-8).",
        )
    if header is None:
        log.add("The table is empty.", where=name, fix=f"Begin with the line: {','.join(TABLES[name].known)}")
    return rows


def _column(heading: str) -> str:
    """Return the column that a heading means: case and blanks do not matter, and a few other words are understood."""
    column = "_".join(heading.lower().replace("-", " ").replace("_", " ").split())
    return OTHER_WORDS.get(column, column)


def _without_trailing_blanks(values: Sequence[str]) -> list[str]:
    """Return the values without blank ones at the end, which spreadsheets leave where a column was emptied."""
    n = max((i for i, value in enumerate(values, start=1) if value), default=0)
    return list(values[:n])


def _check_header(header: Sequence[str], name: str, where: str, log: ProblemLog) -> bool:
    """Note columns that are not known, listed twice or missing; return whether the table can be read."""
    columns = TABLES[name]
    n_problems = len(log.problems)
    known = ", ".join(columns.known)
    for column in dict.fromkeys(header):
        if not column:
            log.add(
                f"Column {header.index(column) + 1} has no name.",
                where=where,
                fix=f"Name it, or remove it. Known are: {known}.",
            )
        elif column not in columns.known:
            log.add(
                f"The column '{column[:60]}' is not known.",
                where=where,
                fix=f"Remove or rename it. Known are: {known}.",
            )
        elif header.count(column) > 1:
            log.add(f"The column '{column}' is there twice.", where=where, fix="Keep one of the two.")
    for column in columns.required:
        if column not in header:
            log.add(f"The column '{column}' is missing.", where=where, fix=f"Add it. Known are: {known}.")
    return len(log.problems) == n_problems


def _refuse_extra(values: Sequence[str], header: Sequence[str], name: str, where: str, log: ProblemLog) -> None:
    """Note a line with more values than columns."""
    what = f"The line has {len(values)} values, but the table has {len(header)} columns."
    fix = "Remove the extra value, or put double quotes around a value that holds the separator."
    if name == "profiles.csv":
        what += " A genotype has two alleles."
        fix = "Keep the two alleles of this owner, written as 9.3, or leave the locus out of the profile."
    log.add(what, where=f"{where}, {', '.join(values[:2])}", fix=fix)
