"""The tables of a case folder: which there are, their columns, their rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from homeward.core.errors import ProblemLog
from homeward.formats.numbers import parse_number, parse_whole
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


_SEXES = ("", "female_", "male_")
_MODEL = ("mutation_model", "mutation_rate", "step_ratio", "microvariant_rate")

TABLES = {
    "frequencies": Columns(("locus", "allele", "frequency"), ("population",)),
    "loci": Columns(
        ("locus",),
        (
            "chromosome",
            *(f"{sex}{parameter}" for sex in _SEXES for parameter in _MODEL),
            *("dropout_probability", "database_size", "minimum_frequency", "silent_frequency"),
        ),
    ),
    "mutation_matrices": Columns(("locus", "sex", "from", "to", "probability")),
    "people": Columns(("family", "person"), ("father", "mother", "sex", "role", "twins", "inbreeding")),
    "samples": Columns(("sample",), ("sex", "remains_group", "site", "dropout", "dropin")),
    "profiles": Columns(("owner", "locus", "allele1", "allele2"), ("family", "dropout", "dropin")),
}


WHOLE_NUMBERS = frozenset({"database_size"})
NUMBERS = WHOLE_NUMBERS | {
    *("frequency", "minimum_frequency", "silent_frequency"),
    *("probability", "dropout", "dropin", "dropout_probability", "inbreeding"),
    *(f"{sex}{rate}" for sex in _SEXES for rate in _MODEL[1:]),
}
"""The columns that hold numbers; all others hold text, alleles among them."""

_PARAMETER_WORDS = {
    "model": "mutation_model",
    "rate": "mutation_rate",
    "range": "step_ratio",
    "rate2": "microvariant_rate",
}
_SEXED_WORDS = _PARAMETER_WORDS | {column: column for column in _PARAMETER_WORDS.values()}

OTHER_WORDS = {
    "group": "remains_group",
    "twin": "twins",
    "drop_out": "dropout",
    "drop_in": "dropin",
    "null_frequency": "silent_frequency",
    **_PARAMETER_WORDS,
    **{f"{sex}_{word}": f"{sex}_{column}" for sex in ("female", "male") for word, column in _SEXED_WORDS.items()},
    **{f"{word}_{sex}": f"{sex}_{column}" for sex in ("female", "male") for word, column in _SEXED_WORDS.items()},
}
"""Words that other programs use for a column."""


class SharedTexts(dict[str, str]):
    """Texts without the blanks around them; equal ones are one object, for the sake of memory."""

    def __missing__(self, text: str) -> str:
        self[text] = stripped = text.strip()
        return self.setdefault(stripped, stripped)


@dataclass(frozen=True, slots=True)
class Table:
    """A table as read: text by column, blank where nothing is given.

    file: the file that it came from, or that it would have come from.
    columns: the values of each column that the table has, all of one length.
    numbers: for each row, the number of its line or row in the file.
    counted_in: what the numbers count: "line" in text, "row" in Parquet.
    """

    file: str
    columns: Mapping[str, Sequence[str]]
    numbers: Sequence[int]
    counted_in: str = "line"

    def __len__(self) -> int:
        return len(self.numbers)

    def __iter__(self) -> Iterator[Row]:
        return map(self.row, range(len(self)))

    def row(self, index: int) -> Row:
        """Return one row."""
        return Row(self, index)

    def column(self, name: str) -> Sequence[str]:
        """Return the values of a column, blank ones if the table does not have it."""
        return self.columns.get(name) or [""] * len(self)

    def where(self, index: int) -> str:
        """Return where a row stands: file and line."""
        return f"{self.file} {self.counted_in} {self.numbers[index]}"


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table; a column that the table does not have is blank."""

    table: Table
    index: int

    def __getitem__(self, column: str) -> str:
        values = self.table.columns.get(column)
        return values[self.index] if values else ""

    @property
    def where(self) -> str:
        """Where the row stands: file and line."""
        return self.table.where(self.index)

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


def column_of(heading: str) -> str:
    """Return the column that a heading means: case and blanks do not matter, and a few other words are understood."""
    column = "_".join(heading.lower().replace("-", " ").replace("_", " ").split())
    return OTHER_WORDS.get(column, column)


def check_header(header: Sequence[str], name: str, where: str, log: ProblemLog) -> bool:
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
