"""Writing the whole record into one file, whatever database it is in: every table, every original, every key."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import connection, models
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from homeward import __version__
from homeward.core.errors import InputError, Problem
from homeward.core.progress import Progress, no_progress
from homeward.web.bundle.backup_file import FORMAT, KEYS, MANIFEST, VERSION, table_path
from homeward.web.bundle.stored_values import encoder
from homeward.web.bundle.transaction import one_moment
from homeward.web.bundle.writing import Written, new_files
from homeward.web.config.storage import KEY_FILE_NAME
from homeward.web.journal.heads import KEY_NAME

LEFT_OUT = frozenset({"sessions.session", "search.indexed"})
"""Who is signed in right now, and the index for searching, which is made again from the journal."""
KEY_FILES = (KEY_FILE_NAME, KEY_NAME)
"""Without these, second factors cannot be used and heads of the journal cannot be signed as before."""
GROUP = 2_000
STEP = "Backing up rows"


@dataclass(frozen=True, slots=True)
class BackupResult:
    """What a backup holds: how many rows of each table, and which keys."""

    rows: Mapping[str, int]
    keys: tuple[str, ...]


def make_backup(file: Path, data: Path, *, progress: Progress = no_progress) -> BackupResult:
    """Write the record, as it is at one moment, into a new zip that only its owner can read.

    Parameters
    ----------
    file : Path
        The new file; its name ends in ``.zip``.
    data : Path
        The data folder, for the keys. A key that comes from the environment is not written.

    Raises
    ------
    InputError
        The file is there already, or cannot be written. Nothing was written.
    """
    if file.suffix.lower() != ".zip":
        raise InputError(Problem("A backup is a zip.", str(file), "Give it a name that ends in .zip."))
    with new_files(file) as files, one_moment():
        rows = _write_tables(files, progress)
        keys = _write_keys(files, data)
        content = {
            "format": FORMAT,
            "version": VERSION,
            "homeward": __version__,
            "made_at": timezone.now().isoformat(timespec="seconds"),
            "database": connection.vendor,
            "migrations": sorted(MigrationRecorder(connection).applied_migrations()),
            "rows": rows,
            "files": files.digests,
        }
        files.add(MANIFEST, (json.dumps(content, indent=1) + "\n").encode())
    return BackupResult(rows, keys)


def backed_up_models() -> dict[str, type[models.Model]]:
    """Return every model whose table is in a backup, by label; links from many to many have tables of their own."""
    found = {model._meta.label_lower: model for model in apps.get_models(include_auto_created=True)}
    return {
        label: model
        for label, model in found.items()
        if model._meta.managed and not model._meta.proxy and label not in LEFT_OUT
    }


def _write_tables(files: Written, progress: Progress) -> dict[str, int]:
    """Write every table, one row on each line."""
    tables = backed_up_models()
    total = sum(model._base_manager.count() for model in tables.values())
    written = dict.fromkeys(tables, 0)
    for label, model in tables.items():
        before = sum(written.values())
        with files.open(table_path(label)) as write:
            for n_rows, line in enumerate(_lines(model), start=1):
                write(line)
                written[label] = n_rows
                if n_rows % GROUP == 0:
                    progress(STEP, before + n_rows, total)
    return written


def _lines(model: type[models.Model]) -> Iterator[bytes]:
    """The rows of a table in the order of their keys, each as a line of JSON."""
    encoders = [(field.column, encoder(field)) for field in model._meta.concrete_fields]
    for values in _stored_rows(model):
        row = {column: encode(value) for (column, encode), value in zip(encoders, values, strict=True)}
        yield json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _stored_rows(model: type[models.Model]) -> Iterator[tuple[Any, ...]]:
    """The rows of a table; where one can be a whole file, one at a time."""
    fields = model._meta.concrete_fields
    has_files = any(isinstance(field, models.BinaryField) for field in fields)
    rows = model._base_manager.order_by("pk").values_list(*(field.attname for field in fields))
    return rows.iterator(chunk_size=1 if has_files else GROUP)


def _write_keys(files: Written, data: Path) -> tuple[str, ...]:
    """Write the keys that are kept in the data folder."""
    from_environment = {KEY_FILE_NAME} if os.environ.get("HOMEWARD_SECRET_KEY") else set()
    keys = tuple(name for name in KEY_FILES if name not in from_environment and (data / name).is_file())
    for name in keys:
        files.add(KEYS + name, (data / name).read_bytes())
    return keys
