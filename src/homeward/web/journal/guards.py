"""Database triggers that refuse to change or remove rows that must stay as they were written."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection, migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


class Guard:
    """The triggers that keep a table append-only: no update, no delete; no truncate where there is such a thing.

    unique : the columns of which no two rows have the same value. SQLite can be told to replace a row by a new one that
        agrees with it in one of these, without a delete that a trigger would see; that is refused too.
    """

    def __init__(self, table: str, unique: Sequence[str], sentence: str) -> None:
        self.table, self.unique, self.sentence = table, unique, sentence

    def install(self, apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
        """Create the triggers, as a step of a migration."""
        for statement in self.creation(editor.connection.vendor):
            editor.execute(statement, params=None)

    def remove(self, apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
        """Drop the triggers, for undoing the migration of an empty database."""
        for statement in self.removal(editor.connection.vendor):
            editor.execute(statement, params=None)

    def operation(self) -> migrations.RunPython:
        """Return the step of a migration that installs it."""
        return migrations.RunPython(self.install, self.remove)

    def creation(self, vendor: str) -> list[str]:
        """Return the statements that create the triggers on a database of a kind, such as ``sqlite``."""
        return _postgresql(self) if vendor == "postgresql" else _sqlite(self)

    def removal(self, vendor: str) -> list[str]:
        """Return the statements that drop the triggers."""
        on = f" ON {self.table}" if vendor == "postgresql" else ""
        return [f"DROP TRIGGER IF EXISTS {name}{on}" for name in self.triggers(vendor)]

    def triggers(self, vendor: str) -> list[str]:
        """Return the names of the triggers."""
        return [f"{self.table}_no_{event}" for event in ("update", "delete", _THIRD_EVENT[vendor])]

    def missing(self) -> list[str]:
        """Return the triggers that this database does not have, or has switched off."""
        vendor = connection.vendor
        with connection.cursor() as cursor:
            cursor.execute(_STANDING[vendor], [self.table])
            standing = {name for (name,) in cursor.fetchall()}
        return [name for name in self.triggers(vendor) if name not in standing]


JOURNAL = Guard(
    "journal_entry", ("number", "previous", "digest"), "A line of the journal is never changed and never removed."
)
ORIGINALS = Guard("sources_original", ("digest",), "A kept original is never changed and never removed.")
GUARDS = (JOURNAL, ORIGINALS)

_THIRD_EVENT = {"sqlite": "replace", "postgresql": "truncate"}
_STANDING = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE tgrelid = to_regclass(%s) AND tgenabled IN ('O', 'A')",
}


def restore_guards(**_: Any) -> None:
    """Put back missing triggers, after every migration: a table that SQLite had to build anew has lost them."""
    existing = set(connection.introspection.table_names())
    for guard in GUARDS:
        if guard.table in existing and guard.missing():
            with connection.cursor() as cursor:
                for statement in (*guard.removal(connection.vendor), *guard.creation(connection.vendor)):
                    cursor.execute(statement)


def _sqlite(guard: Guard) -> list[str]:
    """Three triggers that abort the statement."""
    same = " OR ".join(f"{column} = NEW.{column}" for column in guard.unique)
    return [
        f"CREATE TRIGGER {guard.table}_no_{event} BEFORE {statement} BEGIN SELECT RAISE(ABORT, '{guard.sentence}'); END"
        for event, statement in {
            "update": f"UPDATE ON {guard.table}",
            "delete": f"DELETE ON {guard.table}",
            "replace": f"INSERT ON {guard.table} WHEN EXISTS (SELECT 1 FROM {guard.table} WHERE {same})",  # noqa: S608
        }.items()
    ]


def _postgresql(guard: Guard) -> list[str]:
    """One function that raises, called by three triggers."""
    return [
        f"CREATE OR REPLACE FUNCTION {guard.table}_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{guard.sentence}' USING ERRCODE = 'integrity_constraint_violation'; END $$",
        *(
            f"CREATE TRIGGER {guard.table}_no_{event} BEFORE {event.upper()} ON {guard.table} "
            f"FOR EACH {'STATEMENT' if event == 'truncate' else 'ROW'} EXECUTE FUNCTION {guard.table}_refuse()"
            for event in ("update", "delete", "truncate")
        ),
    ]
