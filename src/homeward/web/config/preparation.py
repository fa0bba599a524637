"""Preparing a record: its database and its first user."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

from homeward.core import garbage
from homeward.core.errors import InputError, Problem
from homeward.web.accounts.actions import add_user, generate_password
from homeward.web.accounts.models import User
from homeward.web.accounts.roles import Role
from homeward.web.config.database import record_place
from homeward.web.config.storage import DATABASE_NAME, secret_key, write_private

FIRST_USER, SECOND_USER = "analyst", "examiner"
"""Two people, as nobody signs what they prepared; the second only comes with the worked examples."""
ROLES = {
    FIRST_USER: (
        Role.ADMINISTRATOR,
        Role.ENGAGEMENT_OFFICER,
        Role.HISTORIAN,
        Role.EVIDENCE_CUSTODIAN,
        Role.ANTHROPOLOGIST,
        Role.DNA_ANALYST,
    ),
    SECOND_USER: (Role.EXAMINER, Role.FAMILY_LIAISON, Role.EVIDENCE_CUSTODIAN, Role.ANTHROPOLOGIST),
}
"""What the two need to try everything; further users get one role each."""
SIGN_IN_FILES = {FIRST_USER: "first-sign-in.txt", SECOND_USER: "second-sign-in.txt"}


@dataclass(frozen=True, slots=True)
class FirstSignIn:
    """How one of the first users can sign in.

    file: holds the first password; None once that password was changed.
    new_password: only when the user was created just now.
    """

    file: Path | None
    new_password: str | None = None


def migrate() -> None:
    """Bring the database to the form that this version of the software needs."""
    with garbage.searched_later():  # Django renders thousands of models on the way
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


def prepare_user(folder: Path, name: str) -> FirstSignIn:
    """Create one of the first users unless it is there; the generated password is kept in a file for its owner only."""
    if User.objects.filter(username=name).exists():
        return first_sign_in(folder, name)
    password = generate_password()
    file = folder / SIGN_IN_FILES[name]
    with transaction.atomic():
        add_user(name, ROLES[name], password)
        write_private(file, f"name: {name}\npassword: {password}\n")
    return FirstSignIn(file=file, new_password=password)


def first_sign_in(folder: Path, name: str) -> FirstSignIn:
    """Return whether a first password is still in use; its file is removed once it is not."""
    file = folder / SIGN_IN_FILES[name]
    if not file.is_file():
        return FirstSignIn(file=None)
    password = file.read_text(encoding="utf-8").splitlines()[1].removeprefix("password: ")
    user = User.objects.filter(username=name).first()
    if user is not None and user.check_password(password):
        return FirstSignIn(file=file)
    file.unlink()
    return FirstSignIn(file=None)


def _has_database(folder: Path) -> bool:
    """Whether there is a database to look into; looking for one in SQLite would create it."""
    return connection.vendor != "sqlite" or (folder / DATABASE_NAME).is_file()
