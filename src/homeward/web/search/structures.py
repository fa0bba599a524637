"""What each database adds to the index table so that words are found in it quickly.

SQLite: a full-text table (FTS5) over the columns, kept up with them by triggers. PostgreSQL: a column with the words
and their places (``tsvector``) and two indexes on it (GIN), one of them of what is said now. Neither divides text by
rules of its own: words come folded.
"""

from __future__ import annotations

from django.db import connection
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

TABLE, WORDS, WORDS_NOW = "search_indexed", "search_words", "search_words_now"

_ADD = f"INSERT INTO {WORDS} (rowid, section, words) VALUES (NEW.id, NEW.section, NEW.words)"  # noqa: S608
_REMOVE = f"INSERT INTO {WORDS} ({WORDS}, rowid, section, words) VALUES ('delete', OLD.id, OLD.section, OLD.words)"  # noqa: S608
_TRIGGERS = {
    f"{TABLE}_added": f"AFTER INSERT ON {TABLE} BEGIN {_ADD}; END",
    f"{TABLE}_removed": f"AFTER DELETE ON {TABLE} BEGIN {_REMOVE}; END",
    f"{TABLE}_changed": f"AFTER UPDATE OF section, words ON {TABLE} BEGIN {_REMOVE}; {_ADD}; END",
}
_FTS5 = (
    f"CREATE VIRTUAL TABLE IF NOT EXISTS {WORDS} USING fts5("
    # The tokenizer 'ascii' takes every character beyond ASCII for a letter: words end at spaces and nowhere else.
    f"section, words, content='{TABLE}', content_rowid='id', tokenize='ascii', columnsize=0)"
)
_TSVECTOR = (
    "CREATE OR REPLACE FUNCTION search_places_of(words text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS "
    "$$ SELECT coalesce(string_agg(quote_literal(word) || ':' || place, ' '), '')::tsvector "
    "FROM unnest(string_to_array(words, ' ')) WITH ORDINALITY AS found (word, place) WHERE word <> '' $$",
    f"ALTER TABLE {TABLE} ADD COLUMN IF NOT EXISTS word_places tsvector "
    "GENERATED ALWAYS AS (search_places_of(words)) STORED",
    f"CREATE INDEX IF NOT EXISTS {WORDS} ON {TABLE} USING gin (word_places)",
)
_INDEX_NOW = f"CREATE INDEX {WORDS_NOW} ON {TABLE} USING gin (word_places) WHERE known_until IS NULL"
"""Most ask what is said now, and versions said before are the greater part of the table."""


def install(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Create them, as a step of a migration."""
    for statement in _TSVECTOR if editor.connection.vendor == "postgresql" else (_FTS5, *_creation()):
        editor.execute(statement, params=None)


def remove(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Drop them, for undoing the migration."""
    if editor.connection.vendor == "postgresql":
        statements = [
            f"ALTER TABLE {TABLE} DROP COLUMN IF EXISTS word_places",
            "DROP FUNCTION IF EXISTS search_places_of(text)",
        ]
    else:
        statements = [*_removal(), f"DROP TABLE IF EXISTS {WORDS}"]
    for statement in statements:
        editor.execute(statement, params=None)


def install_now(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Create the index of what is said now, as a step of a migration; SQLite reads the last places first anyway."""
    if editor.connection.vendor == "postgresql":
        editor.execute(_INDEX_NOW, params=None)


def remove_now(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Drop it, for undoing the migration."""
    if editor.connection.vendor == "postgresql":
        editor.execute(f"DROP INDEX {WORDS_NOW}", params=None)


def are_whole() -> bool:
    """Return whether everything is there: where SQLite builds a table anew, it loses the triggers on it."""
    if connection.vendor == "postgresql":
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [TABLE])
        return {name for (name,) in cursor.fetchall()} >= set(_TRIGGERS)


def empty() -> None:
    """Take everything out of the index, faster than row by row; put back what is missing of it."""
    if connection.vendor == "postgresql":
        statements = [f"DELETE FROM {TABLE}"]  # noqa: S608 - not TRUNCATE, which keeps readers waiting
    else:
        clear = [f"DELETE FROM {TABLE}", f"INSERT INTO {WORDS} ({WORDS}) VALUES ('delete-all')"]  # noqa: S608
        statements = [*_removal(), _FTS5, *clear, *_creation()]
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _creation() -> list[str]:
    """Statements that create the triggers of SQLite."""
    return [f"CREATE TRIGGER {name} {event}" for name, event in _TRIGGERS.items()]


def _removal() -> list[str]:
    """Statements that drop them."""
    return [f"DROP TRIGGER IF EXISTS {name}" for name in _TRIGGERS]
