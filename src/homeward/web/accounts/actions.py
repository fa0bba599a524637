"""What changes accounts. Every change goes through ``account_change``, which ends in one place."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum

from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import transaction

from homeward.core.errors import InputError, Problem
from homeward.web.accounts.models import User
from homeward.web.accounts.roles import Role
from homeward.web.journal.chain import Line, append
from homeward.web.journal.recorded import canonical

EASY_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # nothing that is mistaken for another on paper


class Change(StrEnum):
    """What was done to an account."""

    ADDED = "account added"
    PASSWORD_REPLACED = "password replaced"  # noqa: S105 - these are words, not secrets
    ROLES_REPLACED = "roles replaced"
    CLOSED = "account closed"
    REOPENED = "account opened again"
    AUTHENTICATOR_APP_ADDED = "authenticator app added"
    AUTHENTICATOR_APP_REMOVED = "authenticator app removed"
    PASSKEY_ADDED = "passkey added"
    PASSKEY_RENAMED = "passkey renamed"
    PASSKEY_REMOVED = "passkey removed"
    RECOVERY_CODES_REPLACED = "recovery codes replaced"
    SECOND_FACTORS_REMOVED = "all second factors removed"
    TOKEN_CREATED = "API token created"  # noqa: S105
    TOKEN_REVOKED = "API token revoked"  # noqa: S105


@contextmanager
def account_change(user: User, change: Change, *, by: User | None, detail: str = "") -> Iterator[None]:
    """Make one change of one account: all of it or nothing, and written down as its last step.

    Parameters
    ----------
    user : User
        Whose account is changed; saved by the end of the block if it is a new one.
    change : Change
        What is done.
    by : User or None
        Who does it; None for whoever works at the command line of the server.
    detail : str
        What else should be known of it; nothing secret.
    """
    with transaction.atomic():
        User.objects.select_for_update().filter(pk=user.pk).first()  # one change of one account at a time
        yield
        _write_down(user, change, by=by, detail=detail)


def generate_password() -> str:
    """Return a random password of 20 letters and digits (99 bits), in four groups that can be typed from paper."""
    return "-".join("".join(secrets.choice(EASY_LETTERS) for _ in range(5)) for _ in range(4))


def find_user(name: str) -> User:
    """Return the user of a name.

    Raises
    ------
    InputError
        There is no such user.
    """
    user = User.objects.filter(username=User.normalize_username(name)).first()
    if user is None:
        raise InputError(
            Problem(what="There is no user of this name.", where=f"user {name}", fix="Check the spelling.")
        )
    return user


def add_user(name: str, role: Role | Sequence[Role], password: str, *, by: User | None = None) -> User:
    """Add a user with one role or several.

    Raises
    ------
    InputError
        The name is taken or cannot be a user name.
    """
    roles = [role] if isinstance(role, Role) else list(role)
    user = User(username=User.normalize_username(name), is_staff=Role.ADMINISTRATOR in roles)
    user.set_password(password)
    with account_change(user, Change.ADDED, by=by, detail=", ".join(roles)):
        try:
            user.full_clean()
        except ValidationError as error:
            raise InputError(
                *(
                    Problem(what=sentence, where=f"user {name}", fix="Choose another name.")
                    for sentence in error.messages
                )
            ) from error
        user.save()
        user.groups.set(_groups_of(roles))
    return user


def replace_password(name: str, password: str, *, by: User | None = None) -> User:
    """Give a user another password; whoever is signed in as this user is signed out.

    Raises
    ------
    InputError
        There is no such user.
    """
    user = find_user(name)
    with account_change(user, Change.PASSWORD_REPLACED, by=by):
        user.set_password(password)
        user.save(update_fields=["password"])
    return user


def replace_roles(name: str, roles: Sequence[Role], *, by: User | None = None) -> User:
    """Give a user these roles and no others.

    Raises
    ------
    InputError
        There is no such user.
    """
    user = find_user(name)
    with account_change(user, Change.ROLES_REPLACED, by=by, detail=", ".join(roles)):
        user.groups.set(_groups_of(roles))
        user.is_staff = Role.ADMINISTRATOR in roles
        user.save(update_fields=["is_staff"])
    return user


def set_active(name: str, active: bool, *, by: User | None = None) -> User:
    """Close the account of a user, who can then no longer sign in and whose tokens stop working, or open it again.

    Raises
    ------
    InputError
        There is no such user.
    """
    user = find_user(name)
    with account_change(user, Change.REOPENED if active else Change.CLOSED, by=by):
        user.is_active = active
        user.save(update_fields=["is_active"])
    return user


def remove_second_factors(name: str, *, by: User | None = None) -> User:
    """Remove authenticator app, passkeys and recovery codes of a user, who then signs in by password alone.

    Raises
    ------
    InputError
        There is no such user.
    """
    user = find_user(name)
    with account_change(user, Change.SECOND_FACTORS_REMOVED, by=by):
        Authenticator.objects.filter(user=user).delete()
    return user


def _write_down(user: User, change: Change, *, by: User | None, detail: str) -> None:
    """The last step of every change of an account, inside its transaction: its line in the journal."""
    after = canonical({"change": change.value, "detail": detail, "public_id": str(user.public_id)})
    append([Line(f"user.{change.value.replace(' ', '-').lower()}", "user", user.get_username(), after=after)], by=by)


def _groups_of(roles: Sequence[Role]) -> list[Group]:
    """The groups of some roles."""
    groups = list(Group.objects.filter(name__in=[role.value for role in roles]))
    assert len(groups) == len(set(roles)), "Every role is a group once the migrations have run."  # noqa: S101
    return groups
