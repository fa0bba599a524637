"""A record on PostgreSQL, prepared and served by the commands that people type."""

import os
import urllib.request
from collections.abc import Callable, Iterator

import psycopg
import pytest
from psycopg import sql
from tools.postgresql.server import NoServerError

from tests.database import postgresql_server
from tests.e2e.conftest import serving
from tests.examples import only_thorough

CREATE = "CREATE DATABASE {} ENCODING {} LOCALE_PROVIDER libc LOCALE 'C' TEMPLATE template0"


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    try:
        with postgresql_server() as address:
            yield address
    except NoServerError as error:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip(str(error))


@pytest.fixture
def new_database(server) -> Iterator[Callable[[str], str]]:
    """Return a function that creates a database with an encoding and returns its address; it is dropped afterwards."""
    names = []
    with psycopg.connect(server, autocommit=True) as connection:

        def create(encoding: str) -> str:
            name = f"homeward_e2e_{os.getpid()}_{len(names)}"
            connection.execute(sql.SQL(CREATE).format(sql.Identifier(name), sql.Literal(encoding)))
            names.append(name)
            return address_of(server, name)

        yield create
        for name in names:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def address_of(server: str, name: str) -> str:
    """The address of another database on a server."""
    return f"{server}{'&' if '?' in server else '?'}dbname={name}"


@only_thorough
def test_a_record_on_postgresql_is_prepared_and_served(homeward, new_database, tmp_path):
    folder, database = tmp_path / "data", new_database("UTF8")
    run = homeward(folder, database)
    for _ in range(2):
        prepared = run("init", "--no-example")
        assert prepared.returncode == 0, prepared.stderr
        assert "PostgreSQL database homeward_e2e" in prepared.stdout
    assert sorted(path.name for path in folder.iterdir()) == ["first-sign-in.txt", "secret-key.txt"]
    with serving(folder, database) as site, urllib.request.urlopen(f"{site}/") as page:
        assert page.url.startswith(f"{site}/account/sign-in/")
        assert 'type="password"' in page.read().decode()


def test_serving_an_empty_database_is_refused_in_plain_words(homeward, new_database, tmp_path):
    refused = homeward(tmp_path / "data", new_database("UTF8"))("serve")
    assert refused.returncode == 2
    assert "Run 'homeward init' first." in refused.stderr


def test_a_database_that_cannot_keep_every_script_is_refused_before_anything_is_written(
    homeward, new_database, tmp_path
):
    refused = homeward(tmp_path / "data", new_database("LATIN1"))("init")
    assert refused.returncode == 2
    assert "keeps text as LATIN1" in refused.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_database_that_does_not_exist_is_refused_before_anything_is_written(homeward, server, tmp_path):
    refused = homeward(tmp_path / "data", address_of(server, "nowhere"))("init")
    assert refused.returncode == 2
    assert 'database "nowhere" does not exist' in refused.stderr
    assert list(tmp_path.iterdir()) == []
