"""Backing the record up and restoring it elsewhere, by the commands that people type."""

import hashlib
import json
import os
import shutil
import sqlite3
import stat
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest
from psycopg import sql
from tools.postgresql.server import NoServerError

from tests.commands import run_command
from tests.database import postgresql_server
from tests.examples import only_thorough
from tests.web.bundles import PAGE, PAGE_PATH, write_bundle

PARTY, PAPER = "party-of-this-test", "paper-of-this-test"
BUNDLE = {
    "party": [{"code": PARTY, "name": "Side of 판문점", "short_name": "N", "kind": "government"}],
    "document": [
        {
            "code": PAPER,
            "kind": "article",
            "headline": "Talks",
            "publisher": "The Daily",
            "published": "2018-07-16",
            "grade": "N",
            "holding": "original",
            "original": PAGE_PATH,
        }
    ],
}


def homeward(folder: Path, *arguments: object, database: str = "", **more: str) -> subprocess.CompletedProcess[str]:
    """Run a command on the record in a folder."""
    others = {name: value for name, value in os.environ.items() if not name.startswith(("HOMEWARD_", "DJANGO_"))}
    environment = {**others, "HOMEWARD_DATA": str(folder), "HOMEWARD_DATABASE": database, **more}
    return run_command(*arguments, environment=environment)


def done(*arguments: object, **options: str) -> str:
    """Run a command that must succeed; what it printed."""
    result = homeward(*arguments, **options)
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


@pytest.fixture(scope="module")
def record(tmp_path_factory, migrated_folder) -> Path:
    """A record with a bundle, a second user and a signed head, and without the worked examples."""
    folder = tmp_path_factory.mktemp("record")
    data = shutil.copytree(migrated_folder, folder / "data")
    done(data, "init", "--no-example")
    done(data, "user", "add", "historian", "--role", "historian")
    done(data, "import", write_bundle(folder / "bundle", BUNDLE, files={PAGE_PATH: PAGE}), "--as", "historian")
    done(data, "heads", "--out", folder / "head.json")
    return data


@pytest.fixture(scope="module")
def backup(record) -> Path:
    file = record.with_name("backup.zip")
    done(record, "backup", file)
    return file


@pytest.fixture(scope="module")
def restored(backup) -> Path:
    data = backup.with_name("restored")
    document = json.loads(done(data, "restore", backup, "--json"))
    assert set(document["keys"]) == {"journal-key.pem", "secret-key.txt"}
    files = document["rows"]["sources.original"] + document["rows"]["casework.analysisinput"]
    assert document["verified"]["originals"] == files == 1
    return data


@pytest.fixture(scope="module")
def worked_backup(tmp_path_factory, worked_folder) -> Path:
    """A backup of a record with its worked examples."""
    folder = tmp_path_factory.mktemp("worked")
    done(shutil.copytree(worked_folder / "data", folder / "data"), "backup", folder / "backup.zip")
    return folder / "backup.zip"


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
def new_database(server) -> Iterator[str]:
    """The address of an empty database, which is dropped afterwards."""
    name = f"homeward_restored_{os.getpid()}"
    with psycopg.connect(server, autocommit=True) as connection:
        create = "CREATE DATABASE {} ENCODING 'UTF8' LOCALE_PROVIDER libc LOCALE 'C' TEMPLATE template0"
        connection.execute(sql.SQL(create).format(sql.Identifier(name)))
        yield urlsplit(server)._replace(path=f"/{name}").geturl()
        connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def tables_of(file: Path) -> dict[str, list[Any]]:
    """What a backup holds, by file. PostgreSQL keeps the parts of a JSON value in an order of its own."""
    with zipfile.ZipFile(file) as archive:
        return {
            name: [json.loads(line) if name.endswith(".jsonl") else line for line in archive.read(name).splitlines()]
            for name in archive.namelist()
            if name != "manifest.json"
        }


def changed_zip(source: Path, target: Path, change: Callable[[str, bytes], bytes]) -> Path:
    """A zip with the same files, each as changed."""
    with zipfile.ZipFile(source) as before, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            after.writestr(name, change(name, before.read(name)))
    return target


def test_a_backup_is_one_file_that_only_its_owner_can_read(backup):
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    with zipfile.ZipFile(backup) as archive:
        manifest = json.loads(archive.read("manifest.json"))
    assert (manifest["format"], manifest["version"]) == ("homeward-backup", 1)
    assert (manifest["rows"]["parties.party"], manifest["rows"]["sources.original"]) == (1, 1)
    assert "sessions.session" not in manifest["rows"]
    assert "keys/secret-key.txt" in manifest["files"]


def test_a_restored_record_is_the_same_record(record, backup, restored, tmp_path):
    done(restored, "backup", tmp_path / "again.zip")
    assert tables_of(tmp_path / "again.zip") == tables_of(backup)
    for name in ("secret-key.txt", "journal-key.pem"):
        assert (restored / name).read_bytes() == (record / name).read_bytes()
        assert stat.S_IMODE((restored / name).stat().st_mode) == 0o600
    assert stat.S_IMODE(restored.stat().st_mode) == 0o700
    assert "its signature is good" in done(restored, "verify", "--head", record.with_name("head.json"))


def test_a_restored_record_can_be_worked_with(backup, restored, tmp_path):
    assert "Added rosa" in done(restored, "user", "add", "rosa", "--role", "reader")
    before = json.loads(done(restored, "backup", tmp_path / "before.zip", "--json"))
    exported = json.loads(done(restored, "export-record", tmp_path / "out", "--as", "historian", "--json"))
    imported = json.loads(done(restored, "import", tmp_path / "out", "--as", "historian", "--json"))
    assert imported["totals"] == {"entered": 0, "amended": 0, "unchanged": sum(exported["rows"].values()), "older": 0}
    assert imported["bundle"]["digest"] == exported["digest"]
    after = json.loads(done(restored, "backup", tmp_path / "after.zip", "--json"))
    assert after["rows"] == before["rows"] | {"journal.entry": before["rows"]["journal.entry"] + 1}
    done(restored, "verify")


@only_thorough
def test_a_record_moves_to_postgresql_and_back_without_any_change(worked_backup, new_database, tmp_path):
    before = tables_of(worked_backup)
    assert len(before["tables/engagement.meetingchange.jsonl"]) > 3
    assert len(before["tables/casework.analysis.jsonl"]) == 1
    restored = json.loads(done(tmp_path / "served", "restore", worked_backup, "--json", database=new_database))
    files = restored["rows"]["sources.original"] + restored["rows"]["casework.analysisinput"]
    assert restored["verified"]["originals"] == files > 1
    assert not (tmp_path / "served" / "homeward.sqlite3").exists()
    done(tmp_path / "served", "verify", database=new_database)
    done(tmp_path / "served", "backup", tmp_path / "served.zip", database=new_database)
    assert tables_of(tmp_path / "served.zip") == before
    done(tmp_path / "served", "user", "add", "rosa", "--role", "reader", database=new_database)  # numbers go on
    again = homeward(tmp_path / "other", "restore", worked_backup, database=new_database)
    assert again.returncode == 2
    assert "something in this database already" in again.stderr
    assert not (tmp_path / "other").exists()
    done(tmp_path / "back", "restore", tmp_path / "served.zip")
    done(tmp_path / "back", "backup", tmp_path / "back.zip")
    assert tables_of(tmp_path / "back.zip") == before


@only_thorough
def test_a_restore_that_fails_leaves_nothing_in_postgresql(backup, new_database, tmp_path):
    refused = homeward(tmp_path / "new", "restore", altered(backup, tmp_path / "altered.zip"), database=new_database)
    assert refused.returncode == 2
    assert not (tmp_path / "new").exists()
    with psycopg.connect(new_database) as connection:
        assert connection.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone() == (0,)


def altered(backup: Path, target: Path) -> Path:
    """A backup in which somebody changed what a party is called, with digests that hide it."""
    path = "tables/parties.party.jsonl"
    with zipfile.ZipFile(backup) as archive:
        table = archive.read(path).replace(b'"Side of ', b'"Friend of ')
        manifest = json.loads(archive.read("manifest.json"))
    manifest["files"][path] = hashlib.sha256(table).hexdigest()
    replaced = {path: table, "manifest.json": json.dumps(manifest).encode()}
    return changed_zip(backup, target, lambda name, content: replaced.get(name, content))


def test_what_does_not_agree_with_its_journal_is_not_restored(backup, tmp_path):
    refused = homeward(tmp_path / "new", "restore", altered(backup, tmp_path / "altered.zip"))
    assert refused.returncode == 2
    assert f"party:{PARTY}" in refused.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["altered.zip"]


def test_a_damaged_backup_is_not_restored(backup, tmp_path):
    path = "tables/parties.party.jsonl"
    changed_zip(backup, tmp_path / "bad.zip", lambda name, content: content[1:] if name == path else content)
    refused = homeward(tmp_path / "new", "restore", tmp_path / "bad.zip")
    assert refused.returncode == 2
    assert f"{path}\n    This file is not as it was written." in refused.stderr
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"format": "homeward-bundle"}, "This is no backup"),
        ({"version": 2}, "The backup is of version 2"),
        ({"migrations": [["journal", "9999_later"]]}, "which this version does not know"),
    ],
)
def test_a_backup_of_another_kind_or_time_is_not_restored(backup, tmp_path, change, says):
    def changed(name: str, content: bytes) -> bytes:
        return json.dumps({**json.loads(content), **change}).encode() if name == "manifest.json" else content

    refused = homeward(tmp_path / "new", "restore", changed_zip(backup, tmp_path / "other.zip", changed))
    assert refused.returncode == 2
    assert says in refused.stderr
    assert not (tmp_path / "new").exists()


@only_thorough
def test_a_backup_from_before_a_migration_is_brought_up_to_date(backup, tmp_path):
    """It is one as it was made before there were second factors: without their tables and migrations."""
    with zipfile.ZipFile(backup) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    manifest = json.loads(files["manifest.json"])
    for label in [label for label in manifest["rows"] if label.startswith("mfa.")]:
        del manifest["rows"][label], manifest["files"][f"tables/{label}.jsonl"], files[f"tables/{label}.jsonl"]
    manifest["migrations"] = [each for each in manifest["migrations"] if each[0] != "mfa"]
    files["manifest.json"] = json.dumps(manifest).encode()
    with zipfile.ZipFile(tmp_path / "before.zip", "w", zipfile.ZIP_DEFLATED) as before:
        for name, content in files.items():
            before.writestr(name, content)
    done(tmp_path / "new", "restore", tmp_path / "before.zip")
    now = json.loads(done(tmp_path / "new", "backup", tmp_path / "now.zip", "--json"))
    assert now["rows"]["mfa.authenticator"] == 0


def test_neither_a_backup_nor_a_record_is_overwritten(record, backup, tmp_path):
    before = backup.read_bytes()
    assert "something here already" in homeward(record, "backup", backup).stderr
    assert backup.read_bytes() == before
    assert "something here already" in homeward(record, "restore", backup).stderr
    done(record, "verify")
    assert "A backup is a zip" in homeward(record, "backup", tmp_path / "backup").stderr


@only_thorough
def test_a_key_from_the_environment_is_not_in_the_backup(record, tmp_path):
    key = "a key of sixty letters and more, which whoever runs the record keeps elsewhere"
    printed = done(record, "backup", tmp_path / "backup.zip", HOMEWARD_SECRET_KEY=key)
    assert "is not in the backup" in printed
    assert "keys/secret-key.txt" not in tables_of(tmp_path / "backup.zip")
    printed = done(tmp_path / "new", "restore", tmp_path / "backup.zip", HOMEWARD_SECRET_KEY=key)
    assert "The backup holds no secret key" in printed


def test_somebody_can_write_while_a_backup_is_made(record, tmp_path):
    """A backup holds a reader's view of SQLite, not its one lock for writing."""
    with closing(sqlite3.connect(record / "homeward.sqlite3", isolation_level=None, timeout=30)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        done(record, "backup", tmp_path / "backup.zip")
        writer.execute("ROLLBACK")


def test_bad_input_ends_with_2_and_every_problem(record, tmp_path):
    bundle = write_bundle(
        tmp_path / "bad", {"party": [{"code": "A", "name": "", "short_name": "A", "kind": "x"}]}, files={}
    )
    refused = homeward(record, "import", bundle, "--as", "historian")
    assert refused.returncode == 2
    assert refused.stderr.startswith("3 problems; nothing was written.")
    assert homeward(record, "import", bundle, "--as", "nobody").returncode == 2


def test_who_may_not_is_told_so(record, tmp_path):
    done(record, "user", "add", "reader", "--role", "reader")
    for command in ("import", "export-record"):
        refused = homeward(record, command, tmp_path / "bundle", "--as", "reader")
        assert refused.returncode == 2
        assert "which reader does not have" in refused.stderr
