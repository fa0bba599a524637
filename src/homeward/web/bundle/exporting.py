"""Writing the record as a bundle: a table for each noun, the originals, and the manifest."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from django.utils import timezone

from homeward import __version__
from homeward.core.progress import Progress, no_progress
from homeward.web.accounts.models import User
from homeward.web.bundle.cells import write_cell
from homeward.web.bundle.columns import ORIGINAL, Column, columns, file_name
from homeward.web.bundle.imported import BUNDLE, IMPORTED
from homeward.web.bundle.manifest import NAME, ORIGINALS, SHOWN_DIGITS, Manifest, bundle_digest, manifest_text
from homeward.web.bundle.selecting import Selection
from homeward.web.bundle.transaction import one_moment
from homeward.web.bundle.writing import Written, new_files
from homeward.web.journal.keeping import require
from homeward.web.journal.knowledge import NOW, AsOf
from homeward.web.journal.looks import looked_at
from homeward.web.journal.models import Entry
from homeward.web.journal.recorded import Recorded, nouns
from homeward.web.sources.documents import Original
from homeward.web.sources.originals import plain_name

PERMISSION = "journal.export_record"
TITLE = "Homeward record"
STEP = "Exporting rows"
SHOWN_EVERY = 500


@dataclass(frozen=True, slots=True)
class ExportResult:
    """What an export wrote.

    rows: how many of each noun. left_out: how many rows were left out because they name rows that are not in the
    bundle. digest: that of the bundle, which an import notes in the journal.
    """

    title: str
    rows: Mapping[str, int]
    originals: int
    left_out: int
    digest: str


def export_bundle(
    destination: Path, *, by: User, as_of: AsOf = NOW, title: str = TITLE, progress: Progress = no_progress
) -> ExportResult:
    """Write what the record says, as far as a user may see it, into a folder, or a zip if the name ends in ``.zip``.

    Parameters
    ----------
    destination : Path
        A new or empty folder, or a new zip.
    by : User
        Needs ``journal.export_record``; rows and originals that this user may not see are left out.
    as_of : AsOf
        Which time to tell of. Without one, everything is written, withdrawn rows included.
    title : str
        For the manifest.

    Raises
    ------
    PermissionDenied
        The user may not export the record.
    InputError
        The destination is not free, or cannot be written to. Nothing was written.
    """
    require(by, PERMISSION)
    with new_files(destination) as files, one_moment():
        export = _Export(files, Selection(by, as_of), progress)
        for model in nouns().values():
            export.write_table(model)
        export.write_originals()
        digest = bundle_digest(files.digests)
        now = timezone.now().isoformat(timespec="seconds")
        manifest = Manifest(title, _is_synthetic(), files.digests)
        text = manifest_text(manifest, homeward=__version__, exported_at=now, on=as_of.on, known=as_of.known)
        files.add(NAME, text.encode())
    for noun, codes in export.codes.items():
        looked_at(noun, codes, by, "bundle")
    return ExportResult(title, export.rows, len(export.originals), export.selection.left_out, digest)


class _Export:
    """One export: what was written so far."""

    def __init__(self, files: Written, selection: Selection, progress: Progress) -> None:
        self.files, self.selection, self.progress = files, selection, progress
        self.names = dict(Original.objects.values_list("digest", "name"))
        self.originals: set[str] = set()
        self.rows: dict[str, int] = {}
        self.codes: dict[str, list[str]] = {}
        self.n_in_record = sum(model.objects.count() for model in nouns().values())

    def write_table(self, model: type[Recorded]) -> None:
        """Write the table of a noun."""
        before = sum(self.rows.values())
        codes = self.codes.setdefault(model.noun(), [])
        n_rows = 0
        with self.files.open(file_name(model.noun())) as write:
            table = csv.writer(_Encoder(write))
            table.writerow(column.name for column in columns(model))
            for row in self.selection.rows(model):
                table.writerow(self._cell(column, row) for column in columns(model))
                codes.append(row.code)
                n_rows += 1
                if n_rows % SHOWN_EVERY == 0:
                    self.progress(STEP, before + n_rows, self.n_in_record)
        self.rows[model.noun()] = n_rows

    def write_originals(self) -> None:
        """Write the originals that the tables name, one at a time."""
        for done, digest in enumerate(sorted(self.originals), start=1):
            content = Original.objects.values_list("content", flat=True).get(pk=digest)
            self.files.add(self._path(digest), bytes(content))
            self.progress("Exporting originals", done, len(self.originals))

    def _cell(self, column: Column, row: Recorded) -> str:
        """What a row says in a column; of an original, where it stands in the bundle."""
        value = getattr(row, column.attribute)
        if column.points_to != ORIGINAL or value is None:
            return write_cell(column.field, value)
        self.originals.add(value)
        return self._path(value)

    def _path(self, digest: str) -> str:
        """Where an original stands in the bundle."""
        return f"{ORIGINALS}{digest[:SHOWN_DIGITS]}/{plain_name(self.names[digest])}"


class _Encoder:
    """What a CSV writer writes to: text in, UTF-8 out."""

    def __init__(self, write: Callable[[bytes], None]) -> None:
        self._write = write

    def write(self, text: str) -> None:
        """Pass a line on."""
        self._write(text.encode())


def _is_synthetic() -> bool:
    """Whether made-up data was ever imported into this record: then what comes out of it is called made up."""
    imports = Entry.objects.filter(noun=BUNDLE, action=IMPORTED).values_list("after", flat=True)
    return any(json.loads(after).get("synthetic") for after in imports)
