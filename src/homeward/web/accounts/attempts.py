"""The limit on attempts to sign in, kept in the database so that it holds for all server processes together."""

from __future__ import annotations

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from homeward.web.accounts.models import SignInAttempt, UsedCode, User

MAX_ATTEMPTS = 10
ATTEMPT_WINDOW = timedelta(minutes=15)
CODE_LIFETIME = timedelta(minutes=2)  # a code of an authenticator app is valid for 90 seconds at most

TOO_MANY_ATTEMPTS = "There were too many failed attempts for this name. Please wait 15 minutes, then try again."


def claim_attempt(name: str, address: str) -> bool:
    """Count one attempt at a password before it is tried; return False if there have been too many.

    The limit is per name and address, so that nobody can lock another person out from elsewhere.
    """
    attempt = SignInAttempt(name=_attempt_name(name), address=address, step=SignInAttempt.Step.PASSWORD)
    return _claim(attempt, address=address)


def claim_code_attempt(user: User) -> bool:
    """Count one attempt at the second factor before it is tried; return False if there have been too many.

    Whoever gets this far knows the password, so the limit holds for the account, from wherever the attempts come.
    """
    return _claim(SignInAttempt(name=_attempt_name(user.username), step=SignInAttempt.Step.SECOND_FACTOR))


def forget_attempts(user: User, address: str) -> None:
    """Start counting afresh once somebody has proved to be this user."""
    attempts = SignInAttempt.objects.filter(name=_attempt_name(user.username))
    attempts.filter(address=address, step=SignInAttempt.Step.PASSWORD).delete()
    attempts.filter(step=SignInAttempt.Step.SECOND_FACTOR).delete()


def use_up_code(user: User, code: str) -> bool:
    """Mark a code of an authenticator app as used; return False if it was used before."""
    now = timezone.now()
    UsedCode.objects.filter(at__lt=now - CODE_LIFETIME).delete()
    try:
        with transaction.atomic():
            UsedCode.objects.create(user=user, code=code, at=now)
    except IntegrityError:
        return False
    return True


def _claim(attempt: SignInAttempt, **further: str) -> bool:
    """Write the attempt down, then count: of many at the same moment, no more than the limit can pass."""
    attempt.at = timezone.now()
    SignInAttempt.objects.filter(at__lt=attempt.at - ATTEMPT_WINDOW).delete()
    attempt.save()
    if SignInAttempt.objects.filter(name=attempt.name, step=attempt.step, **further).count() > MAX_ATTEMPTS:
        attempt.delete()
        return False
    return True


def _attempt_name(name: str) -> str:
    """The form under which attempts for one account are counted together."""
    return User.normalize_username(name).casefold()[:150]
