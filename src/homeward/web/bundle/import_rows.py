"""Bringing in rows that were read from somebody's file: by the rules of a bundle, told by the lines of that file."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import IO

from homeward import __version__
from homeward.core.errors import InputError, Problem
from homeward.core.progress import Progress, no_progress
from homeward.web.accounts.models import User
from homeward.web.bundle.cells import shielded
from homeward.web.bundle.columns import file_name
from homeward.web.bundle.importing import ImportResult, import_files
from homeward.web.bundle.manifest import NAME, Manifest, manifest_text
from homeward.web.bundle.reading import Files
from homeward.web.bundle.surveying import Bundle
from homeward.web.journal.keeping import require

_PLACE = re.compile(r"(?P<noun>[a-z]+)\.csv line (?P<line>[0-9]+)(?P<rest>.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A row to be brought in.

    where: the place in the source that it was read from, such as ``profiles.xlsx line 12``.
    values: text by column, ``code`` and ``known_on`` among them. A column that no row of the noun names is left alone.
    """

    where: str
    values: Mapping[str, str]


def import_rows(
    tables: Mapping[str, Sequence[SourceRow]],
    *,
    by: User,
    why: str,
    title: str,
    dry_run: bool = False,
    progress: Progress = no_progress,
) -> ImportResult:
    """Bring rows of several nouns into the record: all of them, or none; the same rows twice change nothing.

    Parameters
    ----------
    tables : mapping
        The rows of each noun.
    by : User
        Needs to be allowed to see and to keep each of the nouns.
    title : str
        What the journal calls the source.
    dry_run : bool
        Check everything, and keep nothing.

    Raises
    ------
    PermissionDenied
        The user may not keep one of the nouns, or only an action of its own may enter it.
    InputError
        Something is not possible: every problem, at its place in the source. Nothing was written.
    """
    places: dict[tuple[str, int], str] = {}
    contents = {file_name(noun): _table(noun, rows, places) for noun, rows in tables.items() if rows}
    digests = {path: hashlib.sha256(content).hexdigest() for path, content in contents.items()}
    manifest = Manifest(title, synthetic=False, files=digests)
    contents[NAME] = manifest_text(manifest, homeward=__version__, exported_at="").encode()
    files = Files(title, {path: len(content) for path, content in contents.items()}, _opener(contents))
    try:
        return import_files(files, by=by, why=why, allow=_allow, dry_run=dry_run, progress=progress)
    except InputError as error:
        raise InputError(*(_at_source(problem, places) for problem in error.problems)) from error


def _allow(bundle: Bundle, user: User) -> None:
    """Make sure that a user may keep what is brought in."""
    for table in bundle.tables.values():
        require(user, table.model.view_permission)
        require(user, table.model.keep_permission)
        assert not table.model.by_action_only, f"{table.model.noun()} is entered by actions only."  # noqa: S101


def _table(noun: str, rows: Sequence[SourceRow], places: dict[tuple[str, int], str]) -> bytes:
    """The rows of a noun as the table of a bundle; notes which place of the source each of its lines is."""
    names = list(dict.fromkeys(name for row in rows for name in row.values))
    text = io.StringIO(newline="")
    table = csv.writer(text, lineterminator="\n")
    table.writerow(names)
    line = 2
    for row in rows:
        cells = [shielded(row.values.get(name, "")) for name in names]
        places[noun, line] = row.where
        table.writerow(cells)
        line += 1 + sum(cell.count("\n") for cell in cells)
    return text.getvalue().encode()


def _opener(contents: Mapping[str, bytes]) -> Callable[[str], IO[bytes]]:
    """What opens the files that are only in memory."""
    return lambda path: io.BytesIO(contents[path])


def _at_source(problem: Problem, places: Mapping[tuple[str, int], str]) -> Problem:
    """A problem of a table as a problem of the source."""
    found = _PLACE.fullmatch(problem.where)
    if found is None or (place := places.get((found["noun"], int(found["line"])))) is None:
        return problem
    return Problem(what=problem.what, where=f"{place}{found['rest']}", fix=problem.fix)
