"""What a backup file looks like, and opening one that nobody changed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from homeward.core.errors import InputError, Problem, ProblemLog
from homeward.core.progress import Progress, no_progress
from homeward.web.bundle.problems import BundleProblems
from homeward.web.bundle.reading import Files, Limits, files_at
from homeward.web.config.storage import write_private

FORMAT, VERSION, MANIFEST = "homeward-backup", 1, "manifest.json"
KEYS = "keys/"
MAX_MANIFEST_BYTES = 2**20
MAX_KEY_BYTES = 2**16
LIMITS = Limits(files=10_000, total=2**40, ratio=1_000)
"""A backup is written by Homeward and checked by its digests, so it may be larger than what others send."""


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was opened.

    made_at, homeward: when it was made, by which version. migrations: the state of the tables, as (app, name).
    rows: how many rows each table has, by the label of its model.
    """

    files: Files
    made_at: str
    homeward: str
    migrations: Sequence[tuple[str, str]]
    rows: Mapping[str, int]

    def write_keys(self, folder: Path) -> list[str]:
        """Write the keys that the backup holds into a data folder; return their names."""
        names = [path.removeprefix(KEYS) for path in self.files.sizes if path.startswith(KEYS)]
        for name in names:
            write_private(folder / name, self.files.read(KEYS + name, MAX_KEY_BYTES).decode("ascii"))
        return names


def table_path(label: str) -> str:
    """Return the name of the file of a table, by the label of its model, such as ``journal.entry``."""
    return f"tables/{label}.jsonl"


@contextmanager
def opened_backup(path: Path, *, progress: Progress = no_progress) -> Iterator[Backup]:
    """Open a backup whose every file has the digest that it was written with.

    Raises
    ------
    InputError
        It is none, it is of another version, or it is damaged.
    """
    problems = BundleProblems()
    with files_at(path, LIMITS) as files:
        content = _manifest(files)
        _check_files(files, content["files"], problems, progress)
        problems.raise_if_any()
        migrations = [(str(app), str(name)) for app, name in content["migrations"]]
        yield Backup(files, str(content["made_at"]), str(content["homeward"]), migrations, content["rows"])


def _manifest(files: Files) -> dict[str, Any]:
    """What the manifest says, if it is one of a backup."""
    try:
        content = json.loads(files.read(MANIFEST, MAX_MANIFEST_BYTES)) if MANIFEST in files.sizes else None
    except (ValueError, RecursionError):
        content = None
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise InputError(
            Problem("This is no backup of a record.", files.place, "Name a file that 'homeward backup' wrote.")
        )
    if content.get("version") != VERSION:
        raise InputError(
            Problem(
                what=f"The backup is of version {content.get('version')!r}; this Homeward reads version {VERSION}.",
                where=files.place,
                fix="Use the Homeward that made it.",
            )
        )
    return content


def _check_files(files: Files, listed: Mapping[str, str], problems: ProblemLog, progress: Progress) -> None:
    """Make sure that every file is there, as it was written, and no other."""
    for path in sorted(files.sizes.keys() ^ {*listed, MANIFEST}):
        problems.add("The manifest and the files do not agree on this one.", where=path, fix="Use another backup.")
    present = sorted(listed.keys() & files.sizes.keys())
    for done, path in enumerate(present, start=1):
        with problems.collecting():
            if files.digest(path) != listed[path]:
                problems.add("This file is not as it was written.", where=path, fix="Use another backup.")
        progress("Checking the backup", done, len(present))
