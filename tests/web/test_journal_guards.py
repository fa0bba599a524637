"""The database itself refuses to change or remove a line of the journal or a kept original."""

import hashlib

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from homeward.web.journal.guards import GUARDS, JOURNAL
from homeward.web.journal.models import Entry, Queue
from homeward.web.sources.models import Original
from tests.web.record_rows import enter_ground

ATTEMPTS = [
    "UPDATE journal_entry SET why = 'x' WHERE number = 1",
    "UPDATE journal_entry SET number = 9 WHERE number = 1",
    "DELETE FROM journal_entry WHERE number = 1",
    "DELETE FROM journal_entry",
    "UPDATE sources_original SET content = ''",
    "UPDATE sources_original SET kept_at = '2018-07-12'",
    "DELETE FROM sources_original",
]
REPLACEMENTS = [
    "REPLACE INTO journal_entry SELECT * FROM journal_entry WHERE number = 1",
    "INSERT OR REPLACE INTO journal_entry SELECT 99, at, by_name, action, noun, code, version, known_on, before, "
    "after, why, previous, digest, by_id FROM journal_entry WHERE number = 1",
    "UPDATE OR REPLACE journal_entry SET number = 2 WHERE number = 1",
    "REPLACE INTO sources_original SELECT * FROM sources_original",
]
TRUNCATIONS = [
    "TRUNCATE journal_entry",
    "TRUNCATE accounts_user CASCADE",
    "TRUNCATE sources_original CASCADE",
    "INSERT INTO sources_original SELECT * FROM sources_original ON CONFLICT (digest) DO UPDATE SET name = 'x'",
]


@pytest.fixture
def kept(officer):
    """Lines in the journal, and an original."""
    enter_ground(officer)
    digest = hashlib.sha256(b"").hexdigest()
    Original(
        digest=digest,
        name="x",
        media_type="text/plain",
        size=0,
        content=b"",
        text_digest=digest,
        kept_at=timezone.now(),
    ).save(force_insert=True)


def contents() -> tuple[list[object], ...]:
    return list(Entry.objects.values_list()), list(Original.objects.values_list("digest", "name", "kept_at"))


def assert_refused(statement: str) -> None:
    connection.check_constraints()  # or PostgreSQL refuses for another reason
    before = contents()
    with pytest.raises(IntegrityError, match="never changed and never removed"), transaction.atomic():
        connection.cursor().execute(statement)
    assert contents() == before


@pytest.mark.parametrize("statement", ATTEMPTS)
def test_the_database_refuses(kept, statement):
    assert_refused(statement)


@pytest.mark.parametrize("statement", REPLACEMENTS)
def test_sqlite_refuses_to_put_one_row_in_the_place_of_another(kept, statement):
    if connection.vendor != "sqlite":
        pytest.skip("Only SQLite has such statements.")
    assert_refused(statement)


@pytest.mark.parametrize("statement", TRUNCATIONS)
def test_postgresql_refuses_to_empty_or_to_overwrite(kept, statement):
    if connection.vendor != "postgresql":
        pytest.skip("Only PostgreSQL has such statements.")
    assert_refused(statement)


def test_the_application_cannot_change_a_line_either(kept):
    line = Entry.objects.get(number=1)
    line.why = "x"
    with pytest.raises(IntegrityError), transaction.atomic():
        line.save()
    with pytest.raises(IntegrityError), transaction.atomic():
        line.delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        Entry.objects.all().delete()


def test_every_trigger_stands_after_all_migrations(db):
    assert [guard.missing() for guard in GUARDS] == [[], []]


def test_a_trigger_that_was_lost_is_put_back_by_the_next_migration(kept):
    connection.check_constraints()
    with connection.cursor() as cursor:
        cursor.execute(JOURNAL.removal(connection.vendor)[0])
    assert JOURNAL.missing() == ["journal_entry_no_update"]
    call_command("migrate", verbosity=0)
    assert JOURNAL.missing() == []
    assert_refused(ATTEMPTS[0])


def test_there_is_one_end_of_the_journal_to_queue_for(db):
    assert Queue.objects.get().pk == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        Queue.objects.create(pk=2)
