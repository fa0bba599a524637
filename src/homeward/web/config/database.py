"""The database of the record: SQLite in the data folder, or PostgreSQL at the address in ``HOMEWARD_DATABASE``."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from homeward.core.errors import InputError, Problem
from homeward.web.config.storage import DATABASE_NAME

ADDRESS = "HOMEWARD_DATABASE"
OLDEST_POSTGRESQL = 14
CONNECT_LIMIT_S = 10
KEEP_CONNECTION_S = 600


def database_settings(folder: Path) -> dict[str, Any]:
    """Return what Django needs to know of the database of a record.

    Raises
    ------
    InputError
        The address is not one of a PostgreSQL database, or the software for PostgreSQL is not installed.
    """
    target = _target()
    return _postgresql_settings(target) if target else _sqlite_settings(folder)


def check_database() -> None:
    """Make sure that a PostgreSQL database can be used, before anything is written; SQLite needs nothing.

    Raises
    ------
    InputError
        The address is wrong, the server does not let us in, is too old, or cannot keep every script.
    """
    target = _target()
    if not target:
        return
    import psycopg
    from psycopg.conninfo import make_conninfo

    try:
        with psycopg.connect(make_conninfo("", **{"connect_timeout": str(CONNECT_LIMIT_S), **target})) as connection:
            version = connection.info.server_version // 10000
            encoding = connection.info.parameter_status("server_encoding")
    except psycopg.Error as error:
        raise InputError(
            Problem(
                what=f"The database cannot be opened: {' '.join(str(error).split())}.",
                where=_place(target),
                fix=f"Start the server, create the database, or correct {ADDRESS}.",
            )
        ) from None
    if version < OLDEST_POSTGRESQL:
        raise InputError(
            Problem(
                what=f"This is PostgreSQL {version}, which is too old.",
                where=_place(target),
                fix=f"Use PostgreSQL {OLDEST_POSTGRESQL} or newer.",
            )
        )
    if encoding != "UTF8":
        raise InputError(
            Problem(
                what=f"This database keeps text as {encoding}, which has no room for names in every script.",
                where=_place(target),
                fix="Create the database with ENCODING 'UTF8' and TEMPLATE template0.",
            )
        )


def record_place(folder: Path) -> str:
    """Return where a record is, to be read by people: its folder, and its database where that is elsewhere."""
    target = _target()
    return f"{folder} and {_place(target)}" if target else str(folder)


def _target() -> dict[str, str]:
    """The parts of the PostgreSQL address, by their names in libpq; empty for SQLite."""
    address = os.environ.get(ADDRESS, "").strip()
    if not address:
        return {}
    try:
        import psycopg
        from psycopg.conninfo import conninfo_to_dict
    except ImportError:
        raise InputError(
            Problem(
                what="The software for PostgreSQL is not installed.",
                where=ADDRESS,
                fix="Install it with: pip install 'homeward[postgresql]'",
            )
        ) from None
    try:
        parsed = conninfo_to_dict(address) if address.startswith(("postgresql://", "postgres://")) else {}
    except psycopg.ProgrammingError:
        parsed = {}
    target = {name: str(value) for name, value in parsed.items()}
    if not _is_complete(target):
        # The address is not repeated here, nor is any part of it: any part can be a piece of the password.
        raise InputError(
            Problem(
                what="This is not the address of a PostgreSQL database.",
                where=ADDRESS,
                fix="Write it as postgresql://user:password@host:port/name, "
                "and in the password %2F for /, %40 for @, %3A for : and %25 for %.",
            )
        )
    return target


def _is_complete(target: dict[str, str]) -> bool:
    """Whether an address names a database, and no part of its password was taken for something else."""
    name, host, ports = target.get("dbname", ""), target.get("host", ""), target.get("port", "")
    return (
        bool(name) and not set("@/") & set(name) and "@" not in host and not ports.replace(",", "").strip("0123456789")
    )


def _place(target: dict[str, str]) -> str:
    """A PostgreSQL database without the password."""
    place = ":".join(target[part] for part in ("host", "port") if target.get(part))
    return f"the PostgreSQL database {target['dbname']} at {place or 'the local server'}"


def _sqlite_settings(folder: Path) -> dict[str, Any]:
    """SQLite as several processes can use it at once."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": folder / DATABASE_NAME,
        "OPTIONS": {
            # Readers never wait for a writer, and a writer takes its lock at once instead of failing half-way.
            "init_command": "PRAGMA journal_mode=WAL;",
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
        },
    }


def _postgresql_settings(target: dict[str, str]) -> dict[str, Any]:
    """PostgreSQL, with one lasting connection for each thread that serves pages."""
    from psycopg import IsolationLevel

    named = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}
    others = {name: value for name, value in target.items() if name not in named.values()}
    return {
        "ENGINE": "django.db.backends.postgresql",
        **{setting: target.get(part, "") for setting, part in named.items()},
        # Whatever the server's own default: who waited for a lock has to see what was written meanwhile.
        "OPTIONS": {
            "connect_timeout": CONNECT_LIMIT_S,
            "isolation_level": IsolationLevel.READ_COMMITTED,
            **others,
            # Many readers ask small questions: more processes for one of them take the processors from the others.
            "options": f"-c max_parallel_workers_per_gather=0 {target.get('options', '')}".strip(),
        },
        "CONN_MAX_AGE": KEEP_CONNECTION_S,
        "CONN_HEALTH_CHECKS": True,  # a connection that the server closed meanwhile is opened again
    }
