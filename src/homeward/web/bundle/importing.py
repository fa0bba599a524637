"""Reading a bundle into the record: all of it or nothing, and the same bundle twice changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from homeward.core.errors import ProblemLog
from homeward.core.progress import Progress, no_progress
from homeward.web.accounts.models import User
from homeward.web.bundle.imported import Counts, imported_line, was_imported
from homeward.web.bundle.manifest import bundle_digest
from homeward.web.bundle.problems import BundleProblems
from homeward.web.bundle.putting import Put, TableWriter
from homeward.web.bundle.reading import Files, files_at
from homeward.web.bundle.rows import Draft, Known, RowReader
from homeward.web.bundle.surveying import Bundle, file_digests, look_at
from homeward.web.bundle.tables import Table
from homeward.web.bundle.together import Histories
from homeward.web.journal.chain import Line, append, queue
from homeward.web.journal.keeping import require
from homeward.web.sources.documents import Original
from homeward.web.sources.originals import MAX_BYTES, kept_line, new_original

PERMISSION = "journal.import_record"
IMPORT_DECISIONS = "journal.import_decisions"
"""What importing rows needs that are otherwise only made by actions of their own, such as signatures."""
GROUP = 500
"""How many rows are checked and written together."""


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What an import did: what became of the rows of each noun, and how many originals were kept for the first time."""

    title: str
    digest: str
    counts: Mapping[str, Counts]
    originals: int


def import_bundle(path: Path, *, by: User, why: str = "", progress: Progress = no_progress) -> ImportResult:
    """Bring the rows and originals of a bundle into the record.

    A row that the record does not have is entered. One that says the same, or what the record once said and has amended
    since, is left alone. Any other is amended.

    Parameters
    ----------
    path : Path
        The folder or the zip.
    by : User
        Needs ``journal.import_record``, and nothing else.
    why : str
        Reason, for the journal; required if a row of the record is amended.

    Raises
    ------
    PermissionDenied
        The user may not import bundles.
    InputError
        Something in the bundle is not possible; every problem is listed. Nothing was written.
    """
    require(by, PERMISSION)
    with files_at(path) as files:
        return import_files(files, by=by, why=why, allow=_allow, progress=progress)


def import_files(
    files: Files,
    *,
    by: User,
    why: str,
    allow: Callable[[Bundle, User], None],
    dry_run: bool = False,
    progress: Progress = no_progress,
) -> ImportResult:
    """Bring the files of a bundle into the record, as `import_bundle` does.

    allow: raises PermissionDenied if the user may not bring in such a bundle.
    dry_run: check everything, and keep nothing.
    """
    problems = BundleProblems()
    bundle = look_at(files, problems, progress)
    allow(bundle, by)
    with transaction.atomic():
        queue()
        work = _Import(bundle, why, problems, progress, by)
        append(work.lines(), by=by, at=work.at)
        if dry_run:
            transaction.set_rollback(True)
    return ImportResult(bundle.manifest.title, bundle.digest, work.counts, work.n_originals)


def _allow(bundle: Bundle, user: User) -> None:
    """Make sure that a user may see what a bundle holds, and may bring in what others decided and signed."""
    for table in (table for table in bundle.tables.values() if table.lines):
        require(user, table.model.view_permission)
        if table.model.by_action_only:
            require(user, IMPORT_DECISIONS)


def already_imported(path: Path) -> bool:
    """Return whether the very rows and originals of a bundle were imported into this record before.

    Raises
    ------
    InputError
        The files cannot be read.
    """
    problems = BundleProblems()
    with files_at(path) as files:
        digests = file_digests(files, problems, no_progress)
    problems.raise_if_any()
    return was_imported(bundle_digest(digests))


class _Import:
    """One import, in its transaction: what was written so far, and what is wrong."""

    def __init__(self, bundle: Bundle, why: str, problems: ProblemLog, progress: Progress, by: User) -> None:
        self.bundle, self.why, self.problems, self.progress = bundle, why, problems, progress
        self.at = timezone.now()
        self.known = Known(bundle.tables, bundle.originals, by)
        self.histories = Histories(bundle.tables)
        self.counts: dict[str, Counts] = {}
        self.n_originals = self.n_rows = 0

    def lines(self) -> Iterator[Line]:
        """Write everything, and return the lines of the journal as they are due.

        Raises
        ------
        InputError
            Something is not possible.
        """
        yield from self._keep_originals()
        for noun, table in self.bundle.tables.items():
            yield from self._put_table(noun, table)
        self._note_unnamed_originals()
        if self.bundle.is_whole:
            self.histories.check(self.problems)
        self.problems.raise_if_any()
        if not was_imported(self.bundle.digest):
            yield imported_line(self.bundle.manifest, self.bundle.digest, self.counts, self.why)

    def _keep_originals(self) -> Iterator[Line]:
        """Keep the originals that the record does not have."""
        kept = set(Original.objects.values_list("digest", flat=True))
        for done, (path, digest) in enumerate(self.bundle.originals.items(), start=1):
            if digest not in kept:
                with self.problems.collecting():
                    content = self.bundle.files.read(path, MAX_BYTES)
                    try:
                        original = new_original(content, path)
                    except ValidationError as error:
                        self.problems.add(" ".join(error.messages), where=path, fix="Leave it out of the bundle.")
                        continue
                    original.save(force_insert=True)
                    kept.add(original.digest)
                    self.n_originals += 1
                    yield kept_line(original, self.why)
            self.progress("Keeping originals", done, len(self.bundle.originals))

    def _put_table(self, noun: str, table: Table) -> Iterator[Line]:
        """Put the rows of one table into the record."""
        writer = TableWriter(table.model, why=self.why, at=self.at, problems=self.problems)
        self.counts[noun] = writer.counts
        reader = RowReader(table, self.known, self.problems)
        rows = table.rows(self.bundle.files)
        while group := list(islice(rows, GROUP)):
            drafts: list[Draft] = []
            for line, cells in group:
                draft = reader.read(line, cells)
                if draft is None or self.histories.rest_on_refused(table.model, cells):
                    self.histories.refuse(table.model, cells)
                else:
                    drafts.append(draft)
            yield from self._written(writer, writer.put(drafts, self.known.in_record[noun]))
            self.n_rows += len(group)
            self.progress("Importing rows", self.n_rows, self.bundle.n_rows)
        yield from self._written(writer, writer.finish())

    def _written(self, writer: TableWriter, puts: Iterable[Put]) -> Iterator[Line]:
        """The lines of rows that were written; what they are a part of is checked at the end."""
        for put in puts:
            self.histories.note(put.row)
            yield put.line(self.why)
        for draft in writer.refused:
            self.histories.refuse(writer.model, draft.cells)
        writer.refused.clear()

    def _note_unnamed_originals(self) -> None:
        """Refuse files that no document names: whoever put them there meant something by it."""
        for path in self.bundle.originals.keys() - self.known.named_originals:
            self.problems.add(
                "No document of the bundle names this file.",
                where=path,
                fix="Write its path into the column 'original' of document.csv, or remove it.",
            )
