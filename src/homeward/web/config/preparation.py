"""Preparing a record: its database and its first user."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

from homeward.core.errors import InputError, Problem
from homeward.web.accounts.actions import add_user, generate_password
from homeward.web.accounts.models import User
from homeward.web.accounts.roles import Role
from homeward.web.config.database import record_place
from homeward.web.config.storage import DATABASE_NAME, FIRST_SIGN_IN_NAME, secret_key, write_private

FIRST_USER = "analyst"
FIRST_ROLES = (Role.ADMINISTRATOR, Role.ENGAGEMENT_OFFICER, Role.HISTORIAN, Role.DNA_ANALYST)
"""What one person needs to try everything; further users get one role each."""


@dataclass(frozen=True, slots=True)
class FirstSignIn:
    """How the first user can sign in.

    file: holds the first password; None once that password was changed.
    new_password: only when the user was created just now.
    """

    file: Path | None
    new_password: str | None = None


def migrate() -> None:
    """Bring the database to the form that this version of the software needs."""
    call_command("migrate", verbosity=0, interactive=False)


def check_prepared(folder: Path) -> None:
    """Make sure that the record in a folder can be used.

    Raises
    ------
    InputError
        The record was never prepared, or was prepared by another version.
    """
    executor = MigrationExecutor(connection) if secret_key(folder) and _has_database(folder) else None
    if executor is None or not executor.loader.applied_migrations:
        raise InputError(
            Problem(what="There is no record here yet.", where=record_place(folder), fix="Run 'homeward init' first.")
        )
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise InputError(
            Problem(
                what="This record was prepared by an earlier version of Homeward.",
                where=record_place(folder),
                fix="Run 'homeward init' to bring it up to date; nothing in it is lost.",
            )
        )


def prepare_first_user(folder: Path) -> FirstSignIn:
    """Create the first user unless there is one, with a generated password in a file that only its owner can read."""
    if User.objects.filter(username=FIRST_USER).exists():
        return first_sign_in(folder)
    password = generate_password()
    file = folder / FIRST_SIGN_IN_NAME
    with transaction.atomic():
        add_user(FIRST_USER, FIRST_ROLES, password)
        write_private(file, f"name: {FIRST_USER}\npassword: {password}\n")
    return FirstSignIn(file=file, new_password=password)


def first_sign_in(folder: Path) -> FirstSignIn:
    """Return whether the first password is still in use; its file is removed once it is not."""
    file = folder / FIRST_SIGN_IN_NAME
    if not file.is_file():
        return FirstSignIn(file=None)
    password = file.read_text(encoding="utf-8").splitlines()[1].removeprefix("password: ")
    user = User.objects.filter(username=FIRST_USER).first()
    if user is not None and user.check_password(password):
        return FirstSignIn(file=file)
    file.unlink()
    return FirstSignIn(file=None)


def _has_database(folder: Path) -> bool:
    """Whether there is a database to look into; looking for one in SQLite would create it."""
    return connection.vendor != "sqlite" or (folder / DATABASE_NAME).is_file()
