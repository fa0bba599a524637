"""Bringing a table of missing people into the record: all or nothing, known again by the numbers of its source."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from homeward.core.errors import InputError, Problem, ProblemLog
from homeward.core.progress import Progress, no_progress
from homeward.formats.sheets import Sheet, read_sheet
from homeward.web.accounts.models import User
from homeward.web.bundle.import_rows import SourceRow, import_rows
from homeward.web.bundle.importing import ImportResult
from homeward.web.identity.identifiers import KEEP as KEEP_IDENTIFIERS
from homeward.web.identity.identifiers import IdentifierKind
from homeward.web.journal.keeping import require
from homeward.web.journal.reader import Reader
from homeward.web.parties.models import Party
from homeward.web.roll.incidents import KEEP, Calamity
from homeward.web.roll.roll_lookup import look_up
from homeward.web.roll.roll_mapping import RollMapping, guessed, told
from homeward.web.roll.roll_rows import RollRows

BEGIN = "number,name,born,service,unit,date of loss,status"
"""How a table of missing people can begin."""


@dataclass(frozen=True, slots=True)
class RollImport:
    """What an import of a table did: how it was read, how many people it has, and what became of the rows."""

    mapping: RollMapping
    n_people: int
    result: ImportResult


def mapping_of(path: Path, mapping_file: Path | None = None) -> RollMapping:
    """Return how a table would be read: guessed from its header, and as a file corrects it.

    Raises
    ------
    InputError
        The table or the mapping cannot be read.
    """
    sheet = read_sheet(path, ProblemLog(), begin=BEGIN)
    return _mapping(sheet, mapping_file)


def import_roll(
    path: Path,
    *,
    by: User,
    why: str = "",
    mapping_file: Path | None = None,
    dry_run: bool = False,
    progress: Progress = no_progress,
) -> RollImport:
    """Bring the people of a table into the record, with names, numbers and statuses.

    Who has a number of the same issuer and kind in the record is that person: a row that says something new of them
    amends it. Nobody else is taken for the same person, however alike; look at likely duplicates afterwards.

    Parameters
    ----------
    path : Path
        CSV, Excel workbook or Parquet, with any names of columns.
    mapping_file : Path, optional
        TOML that says which column is what, where guesses are wrong.
    dry_run : bool
        Check everything, and keep nothing.

    Raises
    ------
    PermissionDenied
        The user may not keep the roll, or numbers.
    InputError
        Something is not possible; every problem is listed by line. Nothing was written.
    """
    for permission in (KEEP, KEEP_IDENTIFIERS):
        require(by, permission)
    log = ProblemLog()
    sheet = read_sheet(path, log, begin=BEGIN)
    mapping = _mapping(sheet, mapping_file)
    reader = Reader(by)
    _check_mapping(mapping, reader)
    rows = RollRows(mapping, look_up(mapping, reader), log, _calamity(mapping, reader))
    for number, cells in sheet.rows:
        rows.read(sheet.where(number), dict(zip(sheet.header, map(str.strip, cells), strict=True)))
    result = _brought_in(rows.tables, log, by=by, why=why, title=path.name, dry_run=dry_run, progress=progress)
    return RollImport(mapping, rows.n_people, result)


def _brought_in(
    tables: Mapping[str, Sequence[SourceRow]], log: ProblemLog, *, by: User, why: str, title: str, dry_run: bool,
    progress: Progress,
) -> ImportResult:  # fmt: skip
    """Bring in rows; where the table itself has problems, only look for what else is wrong, and tell all of it."""
    try:
        result = import_rows(tables, by=by, why=why, title=title, dry_run=dry_run or bool(log), progress=progress)
    except InputError as error:
        raise InputError(*_in_order([*log.problems, *error.problems])) from error
    if log:
        raise InputError(*_in_order(log.problems))
    return result


def _in_order(problems: Sequence[Problem]) -> Iterator[Problem]:
    """Problems by the line where they stand, each once."""
    return iter(sorted(dict.fromkeys(problems), key=lambda problem: [*_numbers(problem.where), problem.where]))


def _numbers(where: str) -> list[int]:
    """The line that a place names."""
    words = where.replace(",", " ").split()
    return [next((int(word) for word in words if word.isdigit()), 0)]


def _mapping(sheet: Sheet, mapping_file: Path | None) -> RollMapping:
    """The mapping of a table: guessed, and corrected by a file."""
    mapping = guessed(sheet.header)
    if mapping_file is not None:
        mapping = told(mapping_file, mapping, sheet.header)
    return mapping


def _check_mapping(mapping: RollMapping, reader: Reader) -> None:
    """Make sure that a mapping says what holds for all rows."""
    log = ProblemLog()
    if "number" not in mapping.columns:
        log.add("No column has the number by which the source knows each person.", where="mapping",
                fix='Name it: number = "..." under [columns].')  # fmt: skip
    if not {"name", "family_name"} & mapping.columns.keys():
        log.add("No column has the names.", where="mapping", fix='Name it: name = "..." under [columns].')
    if reader.get(Party, mapping.issuer) is None:
        log.add("The mapping does not say which party of the record gave the numbers.", where="mapping",
                fix='Write issuer = "CODE" with the code of a party.')  # fmt: skip
    if mapping.kind not in IdentifierKind.values:
        log.add(f"There is no kind of number {mapping.kind!r}.", where="mapping",
                fix=f"Use one of: {', '.join(IdentifierKind.values)}.")  # fmt: skip
    if _calamity(mapping, reader) is None:
        log.add("The mapping does not say in which war or disaster these people were lost.", where="mapping",
                fix='Write calamity = "CODE"; enter the war or disaster first.')  # fmt: skip
    log.raise_if_any()


def _calamity(mapping: RollMapping, reader: Reader) -> Calamity | None:
    """The war or disaster of a mapping."""
    return reader.get(Calamity, mapping.calamity)
