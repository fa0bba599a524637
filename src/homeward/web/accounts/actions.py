"""What changes accounts: adding users, setting passwords, counting attempts to sign in."""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from homeward.core.errors import InputError, Problem
from homeward.web.accounts.models import SignInAttempt, User
from homeward.web.accounts.roles import Role

MAX_ATTEMPTS = 10
ATTEMPT_WINDOW = timedelta(minutes=15)
EASY_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # nothing that is mistaken for another on paper


def generate_password() -> str:
    """Return a random password of 20 letters and digits (99 bits), in four groups that can be typed from paper."""
    return "-".join("".join(secrets.choice(EASY_LETTERS) for _ in range(5)) for _ in range(4))


def add_user(name: str, role: Role, password: str) -> User:
    """Add a user with one role.

    Raises
    ------
    InputError
        The name is taken or cannot be a user name.
    """
    with transaction.atomic():
        user = User(username=User.normalize_username(name))
        user.set_password(password)
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
        user.groups.add(Group.objects.get(name=role.value))
    return user


def replace_password(name: str, password: str) -> User:
    """Give a user another password; whoever is signed in as this user is signed out.

    Raises
    ------
    InputError
        There is no such user.
    """
    with transaction.atomic():
        user = User.objects.select_for_update().filter(username=User.normalize_username(name)).first()
        if user is None:
            raise InputError(
                Problem(what="There is no user of this name.", where=f"user {name}", fix="Check the spelling.")
            )
        user.set_password(password)
        user.save(update_fields=["password"])
    return user


def claim_attempt(name: str, address: str) -> bool:
    """Count one attempt to sign in before it is tried; return False if there have been too many.

    Counting first means that many attempts at the same moment cannot slip through together.
    """
    now = timezone.now()
    with transaction.atomic():
        SignInAttempt.objects.filter(at__lt=now - ATTEMPT_WINDOW).delete()
        attempt = SignInAttempt(name=_attempt_name(name), address=address, at=now)
        if SignInAttempt.objects.filter(name=attempt.name, address=address).count() >= MAX_ATTEMPTS:
            return False
        attempt.save()
    return True


def forget_attempts(name: str, address: str) -> None:
    """Start counting afresh after a successful sign-in."""
    SignInAttempt.objects.filter(name=_attempt_name(name), address=address).delete()


def _attempt_name(name: str) -> str:
    """The form under which attempts for one account are counted together."""
    return User.normalize_username(name).casefold()[:150]
