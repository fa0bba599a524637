"""What every test stands on: a data folder, a secret key and a database that are only for tests."""

import atexit
import gc
import os
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from homeward.web.config.storage import DATABASE_NAME
from tests.prepared import prepared_once

SECRET_KEY = "only for tests, and long enough that no check complains about it"
PREPARE_LIMIT_S = 120

_folder = tempfile.TemporaryDirectory(prefix="homeward-tests-")
atexit.register(_folder.cleanup)

# For the programs that tests start, and for what reads the environment while a test runs.
os.environ.update(HOMEWARD_DATA=_folder.name, HOMEWARD_SECRET_KEY=SECRET_KEY)
for name in ("HOMEWARD_HOSTS", "HOMEWARD_HTTPS"):
    os.environ.pop(name, None)

# pytest-django reads the settings before this file. The database is in memory or on a server (database.py), so nothing
# else needs the folder.
settings.SECRET_KEY = SECRET_KEY
# Every client of a test is a server of its own, and would look for all static files when it starts.
settings.WHITENOISE_AUTOREFRESH = True


def pytest_collection_finish() -> None:
    """Leave what was collected out of every later search for garbage: it stays to the end."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


@pytest.fixture(scope="session")
def migrated_folder(tmp_path_factory) -> Path:
    """A folder with a SQLite database that has every table and no user: all migrations, run once for all workers."""

    def prepare(folder: Path) -> None:
        folder.mkdir()
        subprocess.run(
            [sys.executable, "-m", "django", "migrate", "--verbosity=0", "--settings=homeward.web.config.settings"],
            env={**os.environ, "HOMEWARD_DATA": str(folder), "HOMEWARD_DATABASE": ""},
            check=True,
            timeout=PREPARE_LIMIT_S,
        )

    return prepared_once(tmp_path_factory, "migrated-record", prepare)


@pytest.fixture(scope="session")
def worked_folder(tmp_path_factory) -> Path:
    """A folder with what ``homeward init`` makes, in ``data``, and what it printed, in ``said.txt``; to be copied."""

    def prepare(folder: Path) -> None:
        done = subprocess.run(
            [Path(sys.executable).with_name("homeward"), "init", "--data", folder / "data"],
            env={name: value for name, value in os.environ.items() if not name.startswith(("HOMEWARD_", "DJANGO_"))},
            capture_output=True,
            text=True,
            timeout=PREPARE_LIMIT_S,
        )
        assert done.returncode == 0, done.stderr
        (folder / "said.txt").write_text(done.stdout)

    return prepared_once(tmp_path_factory, "worked-record", prepare)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings, request) -> Iterator[None]:
    """Begin with a copy of the migrated database in memory, in which pytest-django finds nothing left to migrate."""
    if connection.vendor != "sqlite":
        yield
        return
    file = request.getfixturevalue("migrated_folder") / DATABASE_NAME
    in_memory = connection.creation._get_test_db_name()
    with closing(sqlite3.connect(in_memory, uri=True)) as copy, closing(sqlite3.connect(file)) as migrated:
        migrated.backup(copy)
        yield
