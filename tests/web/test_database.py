"""The database that the address in the environment names, and what is wrong with an address."""

import sys

import pytest
from psycopg import IsolationLevel

from homeward.core.errors import InputError
from homeward.web.config.database import check_database, database_settings, record_place


@pytest.fixture
def settings_of(monkeypatch, tmp_path):
    """Return a function that returns the database settings for an address."""

    def read(address: str) -> dict[str, object]:
        monkeypatch.setenv("HOMEWARD_DATABASE", address)
        return database_settings(tmp_path)

    return read


@pytest.mark.parametrize("address", ["", "  "])
def test_without_an_address_the_database_is_a_file_in_the_data_folder(settings_of, tmp_path, address):
    settings = settings_of(address)
    assert settings["ENGINE"] == "django.db.backends.sqlite3"
    assert settings["NAME"] == tmp_path / "homeward.sqlite3"
    check_database()
    assert record_place(tmp_path) == str(tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("scheme", ["postgresql", "postgres"])
def test_every_part_of_an_address_becomes_a_setting(settings_of, scheme):
    settings = settings_of(f"{scheme}://clerk:p%40ss%2Fword%25@db.example:5433/record?sslmode=verify-full")
    parts = ("USER", "PASSWORD", "HOST", "PORT", "NAME")
    assert [settings[part] for part in parts] == ["clerk", "p@ss/word%", "db.example", "5433", "record"]
    assert settings["OPTIONS"]["sslmode"] == "verify-full"


def test_a_server_can_be_reached_through_its_socket(settings_of):
    settings = settings_of("postgresql://clerk@/record?host=%2Frun%2Fpostgresql")
    assert (settings["HOST"], settings["PORT"], settings["PASSWORD"]) == ("/run/postgresql", "", "")


def test_an_address_may_name_several_servers(settings_of):
    settings = settings_of("postgresql://a.example:5432,b.example:5433/record?target_session_attrs=read-write")
    assert (settings["HOST"], settings["PORT"]) == ("a.example,b.example", "5432,5433")


def test_connections_last_and_are_opened_again_when_the_server_closed_them(settings_of):
    settings = settings_of("postgresql://db.example/record")
    assert settings["CONN_MAX_AGE"] > 60
    assert settings["CONN_HEALTH_CHECKS"] is True


def test_who_waited_for_a_lock_sees_what_was_written_meanwhile(settings_of):
    options = settings_of("postgresql://db.example/record")["OPTIONS"]
    assert options["isolation_level"] == IsolationLevel.READ_COMMITTED


def test_a_server_that_does_not_answer_is_given_up_on(settings_of):
    assert settings_of("postgresql://db.example/record")["OPTIONS"]["connect_timeout"] == 10
    assert settings_of("postgresql://db.example/record?connect_timeout=3")["OPTIONS"]["connect_timeout"] == "3"


def test_a_question_is_answered_by_one_process_unless_the_address_says_otherwise(settings_of):
    plain = settings_of("postgresql://db.example/record")["OPTIONS"]["options"]
    assert plain == "-c max_parallel_workers_per_gather=0"
    own = settings_of("postgresql://db.example/record?options=-c%20max_parallel_workers_per_gather%3D2")["OPTIONS"]
    # Of two settings of one name the server takes the later.
    assert own["options"] == f"{plain} -c max_parallel_workers_per_gather=2"


@pytest.mark.parametrize(
    "address",
    [
        "record.sqlite3",
        "mysql://clerk:sesame@db.example/record",
        "host=db.example dbname=record password=sesame",
        "postgresql://clerk:sesame@db.example",
        "postgresql://clerk:sesame@db.example/",
        "postgresql://clerk:sesame@db.example:port/record",
        "postgresql://clerk:sesame@db.example/record?sslmod=require",
        "postgresql://clerk:open/sesame@db.example/record",
        "postgresql://clerk:5/sesame@db.example/record",
        "postgresql://clerk:open@sesame@db.example/record",
        "postgresql://clerk:open%sesame@db.example/record",
        "postgresql://clerk:sesame@[::1/record",
    ],
)
def test_a_wrong_address_is_refused_without_repeating_its_password(settings_of, address):
    with pytest.raises(InputError, match="not the address of a PostgreSQL database") as refused:
        settings_of(address)
    assert "sesame" not in str(refused.value)


def test_without_the_software_for_postgresql_it_is_said_what_to_install(settings_of, monkeypatch):
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(InputError, match=r"pip install 'homeward\[postgresql\]'"):
        settings_of("postgresql://db.example/record")


def test_a_server_that_cannot_be_reached_is_named_without_the_password(settings_of):
    settings_of("postgresql://clerk:sesame@127.0.0.1:1/record")
    with pytest.raises(InputError, match="cannot be opened") as refused:
        check_database()
    [problem] = refused.value.problems
    assert problem.where == "the PostgreSQL database record at 127.0.0.1:1"
    assert "sesame" not in str(refused.value)


def test_an_option_with_an_impossible_value_is_refused(settings_of):
    settings_of("postgresql://clerk:sesame@127.0.0.1:1/record?sslmode=perhaps")
    with pytest.raises(InputError, match="perhaps"):
        check_database()


def test_the_place_of_a_record_never_holds_the_password(settings_of, tmp_path):
    settings_of("postgresql://clerk:sesame@db.example:5433/record")
    assert record_place(tmp_path) == f"{tmp_path} and the PostgreSQL database record at db.example:5433"
