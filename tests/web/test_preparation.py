"""Preparing a record: safe settings, complete migrations, the first user."""

import stat

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from homeward.core.errors import InputError
from homeward.web.accounts.actions import add_user, generate_password, replace_password
from homeward.web.accounts.models import User
from homeward.web.accounts.roles import Role
from homeward.web.casework.models import Analysis
from homeward.web.config import preparation, storage
from homeward.web.config.examples import record_examples
from homeward.web.journal.models import Entry
from homeward.web.journal.verification import verify_record
from homeward.web.sources.models import Document

pytestmark = pytest.mark.django_db


def mode(path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_the_checks_for_deployment_find_nothing(capsys):
    call_command("check", deploy=True, fail_level="WARNING")


def test_migrations_are_complete():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_every_role_is_a_group():
    assert {group.name for group in Group.objects.all()} == {role.value for role in Role}


def test_only_analysts_may_add_analyses():
    assert [group.name for group in Group.objects.filter(permissions__codename="add_analysis")] == ["DNA analyst"]


def test_foreign_keys_are_enforced():
    switch = {"sqlite": ("PRAGMA foreign_keys", 1), "postgresql": ("SHOW session_replication_role", "origin")}
    question, enforced = switch[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(question)
        assert cursor.fetchone() == (enforced,)


def test_the_secret_key_is_made_once_and_is_private(tmp_path, monkeypatch):
    monkeypatch.delenv("HOMEWARD_SECRET_KEY")
    folder = tmp_path / "data"
    assert storage.secret_key(folder) == ""
    storage.prepare_folder(folder)
    key = storage.secret_key(folder)
    storage.prepare_folder(folder)
    assert storage.secret_key(folder) == key
    assert len(key) > 50
    assert (mode(folder), mode(folder / storage.KEY_FILE_NAME)) == (0o700, 0o600)


def test_the_first_password_is_shown_once_and_kept_in_a_private_file(tmp_path):
    first = preparation.prepare_user(tmp_path, "analyst")
    assert User.objects.get(username="analyst").check_password(first.new_password)
    assert first.new_password in first.file.read_text()
    assert mode(first.file) == 0o600
    again = preparation.prepare_user(tmp_path, "analyst")
    assert again.new_password is None
    assert again.file == first.file
    assert User.objects.get(username="analyst").check_password(first.new_password)


def test_the_file_goes_once_the_first_password_was_changed(tmp_path):
    first = preparation.prepare_user(tmp_path, "analyst")
    replace_password("analyst", generate_password())
    assert preparation.prepare_user(tmp_path, "analyst") == preparation.FirstSignIn(file=None)
    assert not first.file.exists()


def test_no_user_is_made_if_the_password_cannot_be_kept(tmp_path):
    with pytest.raises(OSError, match="no-such-folder"):
        preparation.prepare_user(tmp_path / "no-such-folder", "analyst")
    assert not User.objects.exists()


def test_the_worked_examples_are_recorded_once_and_verify(tmp_path):
    preparation.prepare_user(tmp_path, "analyst")
    titles = record_examples()
    assert Analysis.objects.get().synthetic
    assert Document.objects.count() > 100
    n_lines = Entry.objects.count()
    assert record_examples() == titles
    assert Entry.objects.count() == n_lines
    assert verify_record().findings == ()


def test_the_worked_examples_are_not_recorded_as_somebody_without_the_roles(tmp_path):
    preparation.prepare_user(tmp_path, "analyst")
    User.objects.get(username="analyst").groups.clear()
    with pytest.raises(InputError, match="--no-example"):
        record_examples()


@pytest.fixture
def prepared_folder(tmp_path):
    """The folder of a record whose database is that of the tests."""
    (tmp_path / storage.DATABASE_NAME).touch()
    preparation.check_prepared(tmp_path)
    return tmp_path


@pytest.mark.skipif(connection.vendor != "sqlite", reason="Only the database of SQLite is a file.")
def test_a_record_without_its_database_file_is_refused(prepared_folder):
    (prepared_folder / storage.DATABASE_NAME).unlink()
    with pytest.raises(InputError, match="Run 'homeward init' first"):
        preparation.check_prepared(prepared_folder)


def test_a_record_without_its_key_is_refused(prepared_folder, monkeypatch):
    monkeypatch.delenv("HOMEWARD_SECRET_KEY")
    with pytest.raises(InputError, match="Run 'homeward init' first"):
        preparation.check_prepared(prepared_folder)


def test_a_record_with_an_empty_database_is_refused(prepared_folder):
    MigrationRecorder(connection).flush()
    with pytest.raises(InputError, match="Run 'homeward init' first"):
        preparation.check_prepared(prepared_folder)


def test_a_record_of_an_earlier_version_is_refused(prepared_folder):
    MigrationRecorder(connection).record_unapplied(*MigrationLoader(connection).graph.leaf_nodes("casework")[0])
    with pytest.raises(InputError, match="prepared by an earlier version"):
        preparation.check_prepared(prepared_folder)


@pytest.mark.parametrize("name", ["reader", "two words", "", "homeward", "Homeward"])
def test_a_name_that_is_taken_kept_for_the_system_or_impossible_is_refused(reader, name):
    with pytest.raises(InputError, match="Choose another name"):
        add_user(name, Role.READER, generate_password())
    assert User.objects.count() == 1


def test_a_new_password_for_nobody_is_refused():
    with pytest.raises(InputError, match="no user of this name"):
        replace_password("nobody", generate_password())
