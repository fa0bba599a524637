"""The database that the tests run on: SQLite in memory, or with ``--database postgresql`` a real server.

The settings are read before any conftest.py, so this is a plugin of its own: ``-p tests.database``.
"""

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import pytest
from tools.postgresql.server import NoServerError, temporary_server

SERVER = "HOMEWARD_TEST_DATABASE"
FIXTURES = {"db", "transactional_db", "live_server"}


@contextmanager
def postgresql_server() -> Iterator[str]:
    """The address of the server in HOMEWARD_TEST_DATABASE, or of one that is started for as long as it is needed.

    Its user must be allowed to create databases; the database in the address is only a way in.
    """
    if address := os.environ.get(SERVER):
        yield address
        return
    with temporary_server() as address:
        yield address


def pytest_addoption(parser):
    parser.addoption(
        "--database",
        choices=("sqlite", "postgresql"),
        default="sqlite",
        help=f"run every test, on SQLite; or those that need a database, on PostgreSQL ({SERVER}, or a new server)",
    )


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(early_config):
    os.environ.pop("HOMEWARD_DATABASE", None)
    if early_config.known_args_namespace.database == "postgresql":
        servers = ExitStack()
        early_config.add_cleanup(servers.close)
        try:
            address = servers.enter_context(postgresql_server())
        except NoServerError as error:
            raise pytest.UsageError(f"{error}\nOr set {SERVER} to the address of a PostgreSQL server.") from error
        # Under xdist the workers inherit both: they share this server, each with a test database of its own.
        os.environ.update({SERVER: address, "HOMEWARD_DATABASE": address})
    return (yield)


def pytest_collection_modifyitems(config, items):
    if config.option.database == "postgresql":
        others = [item for item in items if not needs_database(item)]
        items[:] = [item for item in items if needs_database(item)]
        config.hook.pytest_deselected(items=others)


def needs_database(item: pytest.Item) -> bool:
    return item.get_closest_marker("django_db") is not None or not FIXTURES.isdisjoint(
        getattr(item, "fixturenames", ())
    )
