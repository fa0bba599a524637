"""Making a record from a backup, in the database that the settings name, which must be empty."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.core.management import call_command
from django.core.management.color import no_style
from django.db import DatabaseError, connection, models, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import StateApps

from homeward.core import garbage
from homeward.core.errors import InputError, Problem
from homeward.core.progress import Progress, no_progress
from homeward.web.bundle.backup_file import Backup, table_path
from homeward.web.bundle.stored_values import decoder
from homeward.web.journal.inserting import insert_values
from homeward.web.journal.verification import VerifyResult, verify_record

GROUP = 2_000
MOST_LISTED = 200
STEP = "Restoring rows"

_OTHER = "Use another backup, or the Homeward that made this one."


@dataclass(frozen=True, slots=True)
class RestoreResult:
    """What was restored: how many rows of each table, and what verifying the record said."""

    rows: Mapping[str, int]
    verified: VerifyResult


def restore_record(backup: Backup, *, progress: Progress = no_progress) -> RestoreResult:
    """Make the tables as they were, fill them, bring them up to date, and verify the record.

    On PostgreSQL that is one transaction. On SQLite the folder of the database must be one that is thrown away if this
    fails.

    Raises
    ------
    InputError
        There is a record here already, the backup is from a later version, it cannot be read, or what it holds does
        not agree with its journal.
    """
    if connection.introspection.table_names():
        raise InputError(
            Problem(
                what="There is something in this database already.",
                where=str(connection.settings_dict["NAME"]),
                fix="Restore into a new folder, or into an empty database.",
            )
        )
    with _all_or_nothing():
        tables = _tables_as_they_were(backup)
        with transaction.atomic():
            _fill(tables, backup, progress)
        call_command("migrate", verbosity=0, interactive=False)
        verified = verify_record(progress=progress)
        if not verified.holds:
            raise InputError(*verified.findings[:MOST_LISTED])
    return RestoreResult(backup.rows, verified)


@contextmanager
def _all_or_nothing() -> Iterator[None]:
    """One transaction where tables can be made in one."""
    if connection.vendor != "postgresql":
        yield
        return
    with transaction.atomic():
        _check_links("IMMEDIATE")  # a table with links that wait to be checked cannot be changed
        yield


def _check_links(when: str) -> None:
    """Say when PostgreSQL checks links: at each statement, or at the end."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SET CONSTRAINTS ALL {when}")


def _tables_as_they_were(backup: Backup) -> StateApps:
    """Make the tables as the software had them that wrote the backup; return their models as they were."""
    executor = MigrationExecutor(connection)
    unknown = [migration for migration in backup.migrations if migration not in executor.loader.graph.nodes]
    if unknown:
        raise InputError(
            Problem(
                what=f"The backup was made by Homeward {backup.homeward}, which this version does not know.",
                where=", ".join(".".join(migration) for migration in unknown),
                fix="Install that version or a later one.",
            )
        )
    last = _last_of_each_app(executor, backup.migrations)
    with garbage.searched_later():  # Django renders thousands of models on the way
        executor.migrate(last)
    return MigrationExecutor(connection).loader.project_state(last).apps


def _last_of_each_app(executor: MigrationExecutor, migrations: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """The migrations that no other one of the same app builds on."""
    applied = set(migrations)
    nodes = executor.loader.graph.node_map
    return [
        migration
        for migration in sorted(applied)
        if not any(child.key in applied and child.key[0] == migration[0] for child in nodes[migration].children)
    ]


def _fill(apps: StateApps, backup: Backup, progress: Progress) -> None:
    """Put every row where it was, and nothing else."""
    tables = {model._meta.label_lower: model for model in apps.get_models(include_auto_created=True)}
    for label in backup.rows.keys() - tables.keys():
        raise InputError(Problem("There is no such table in the version that made the backup.", label, _OTHER))
    _check_links("DEFERRED")
    with connection.cursor() as cursor:
        for label in backup.rows:  # migrations put rows into some tables
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(tables[label]._meta.db_table)}")  # noqa: S608
    done = 0
    for label, n_rows in backup.rows.items():
        for group in _stored_groups(tables[label], label, backup):
            insert_values(tables[label], group)
            done += len(group)
            n_rows -= len(group)
            progress(STEP, done, sum(backup.rows.values()))
        if n_rows:
            raise InputError(Problem("This table has not the number of rows that the manifest says.", label, _OTHER))
    _reset_sequences([tables[label] for label in backup.rows])
    try:
        connection.check_constraints()
    except DatabaseError as error:
        raise InputError(Problem(f"A row points to one that is not there: {error}", "tables", _OTHER)) from error
    _check_links("IMMEDIATE")


def _stored_groups(model: type[models.Model], label: str, backup: Backup) -> Iterator[list[list[Any]]]:
    """The rows of a table as the database takes them, some at a time; where one can be a whole file, one by one."""
    fields = model._meta.concrete_fields
    decoders = [(field, decoder(field)) for field in fields]
    size = 1 if any(isinstance(field, models.BinaryField) for field in fields) else GROUP
    with backup.files.open(table_path(label)) as lines:
        while group := list(islice(lines, size)):
            rows = [json.loads(line) for line in group]
            yield [
                [field.get_db_prep_save(decode(row[field.column]), connection) for field, decode in decoders]
                for row in rows
            ]


def _reset_sequences(tables: list[type[models.Model]]) -> None:
    """Make the database count on after the highest number of each table."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), tables):
            cursor.execute(statement)
