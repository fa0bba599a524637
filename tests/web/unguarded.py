"""Doing what the database refuses, as somebody could who has its password."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.test import TransactionTestCase

from homeward.web.journal.guards import GUARDS
from homeward.web.journal.models import Queue


@contextmanager
def unguarded() -> Iterator[CursorWrapper]:
    """Drop the triggers of the append-only tables, give a cursor, and put the triggers back."""
    connection.check_constraints()  # PostgreSQL drops no trigger while others wait for the end of the transaction
    with connection.cursor() as cursor:
        for guard in GUARDS:
            for statement in guard.removal(connection.vendor):
                cursor.execute(statement)
        yield cursor
        connection.check_constraints()
        for guard in GUARDS:
            for statement in (*guard.removal(connection.vendor), *guard.creation(connection.vendor)):
                cursor.execute(statement)


def attack(statement: str, *parameters: object) -> int:
    """Run one statement behind the application's back; return how many rows it changed."""
    with unguarded() as cursor:
        cursor.execute(statement, parameters)
        return cursor.rowcount


@contextmanager
def flushing_unguarded() -> Iterator[None]:
    """Let Django empty all tables after a test on real transactions, which the triggers would refuse."""
    teardown = TransactionTestCase._fixture_teardown

    def teardown_unguarded(test_case: TransactionTestCase) -> None:
        with unguarded():
            teardown(test_case)
        Queue.objects.get_or_create(pk=1)

    TransactionTestCase._fixture_teardown = teardown_unguarded
    yield
    TransactionTestCase._fixture_teardown = teardown
