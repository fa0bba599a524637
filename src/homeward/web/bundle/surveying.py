"""A first look at a bundle, before anything is written: its manifest, digests, files and the form of its tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from homeward.core.errors import InputError, ProblemLog
from homeward.core.progress import Progress
from homeward.web.bundle.columns import file_name
from homeward.web.bundle.manifest import MAX_BYTES, NAME, ORIGINALS, README, Manifest, bundle_digest, read_manifest
from homeward.web.bundle.reading import Files
from homeward.web.bundle.tables import Table, survey
from homeward.web.journal.recorded import nouns


@dataclass(frozen=True, slots=True)
class Bundle:
    """A bundle that was looked at.

    digest: of all its files. tables: by noun, each after those that it names. originals: digest of each by path.
    """

    files: Files
    manifest: Manifest
    digest: str
    tables: Mapping[str, Table]
    originals: Mapping[str, str]

    @property
    def n_rows(self) -> int:
        """How many rows its tables have."""
        return sum(len(table.lines) for table in self.tables.values())

    @property
    def is_whole(self) -> bool:
        """Whether every row of every table could be read."""
        return all(table.is_whole for table in self.tables.values())


def look_at(files: Files, problems: ProblemLog, progress: Progress) -> Bundle:
    """Return what the files of a bundle are. What is wrong with their form goes to ``problems``."""
    manifest = _manifest(files, problems)
    digests = file_digests(files, problems, progress)
    _check_digests(manifest, digests, problems)
    _check_names(files, problems)
    tables = {noun: survey(model, files, problems) for noun, model in nouns().items() if file_name(noun) in files.sizes}
    originals = {path: digest for path, digest in digests.items() if path.startswith(ORIGINALS)}
    return Bundle(files, manifest, bundle_digest(digests), tables, originals)


def file_digests(files: Files, problems: ProblemLog, progress: Progress) -> dict[str, str]:
    """Return the SHA-256 of every file but the manifest; files that cannot be read go to ``problems``."""
    digests: dict[str, str] = {}
    paths = sorted(path for path in files.sizes if path != NAME)
    for done, path in enumerate(paths, start=1):
        with problems.collecting():
            digests[path] = files.digest(path)
        progress("Checking files", done, len(paths))
    return digests


def _manifest(files: Files, problems: ProblemLog) -> Manifest:
    """What the manifest says."""
    if NAME not in files.sizes:
        deeper = [path for path in files.sizes if path.endswith(f"/{NAME}")]
        fix = f"It stands in {deeper[0]}: name that folder, or zip what is in it." if deeper else "Name a bundle."
        problems.add(f"There is no {NAME} here, so this is not a bundle.", where=files.place, fix=fix)
        problems.raise_if_any()
    try:
        return read_manifest(files.read(NAME, MAX_BYTES), problems)
    except InputError as error:
        problems.extend(error.problems)
        return Manifest("", synthetic=False)


def _check_digests(manifest: Manifest, digests: Mapping[str, str], problems: ProblemLog) -> None:
    """Compare the files with the list in the manifest, if it has one."""
    if manifest.files is None:
        return
    for path, digest in digests.items():
        if path not in manifest.files and path != README:
            problems.add("The manifest does not list this file.", where=path, fix='Add it to "files", or remove it.')
        elif manifest.files.get(path, digest) != digest:
            problems.add(
                "This file is not the one that the manifest lists: it has another SHA-256.",
                where=path,
                fix='Fetch the bundle again; if you changed the file yourself, correct "files" or leave it out.',
            )
    for path in manifest.files:
        if path not in digests:
            problems.add("The manifest lists this file, and it is not here.", where=path, fix="Fetch the bundle again.")


def _check_names(files: Files, problems: ProblemLog) -> None:
    """Refuse files that no import would look at: a slip in a name must not make a table disappear."""
    tables = {file_name(noun) for noun in nouns()}
    for path in files.sizes:
        if path not in tables | {NAME, README} and not path.startswith(ORIGINALS):
            problems.add(
                "There is no place for this file in a bundle.",
                where=path,
                fix=f"Remove it, or name it as one of the tables: {', '.join(sorted(tables))}.",
            )
    if tables.isdisjoint(files.sizes):
        problems.add("There is no table in this bundle.", where=files.place, fix="Add one, such as meeting.csv.")
