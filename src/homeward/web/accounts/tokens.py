"""API tokens: made, shown once, recognised, revoked."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.utils import timezone

from homeward.core.errors import InputError, Problem, ProblemLog
from homeward.web.accounts.actions import Change, account_change
from homeward.web.accounts.models import ApiToken, User

DEFAULT_DAYS = 90
MAX_DAYS = 365
MAX_NAME_LENGTH = 100
MARK = "homeward_"  # so that people and scanners for leaked secrets know what they see
PREFIX_LENGTH = len(MARK) + 6
LAST_USE_PRECISION = timedelta(minutes=1)


def create_token(
    owner: User,
    name: str,
    *,
    days: int = DEFAULT_DAYS,
    scope: ApiToken.Scope = ApiToken.Scope.READ,
    by: User | None = None,
) -> tuple[ApiToken, str]:
    """Make a token and return it with its secret text, which is kept nowhere.

    Parameters
    ----------
    owner : User
        Whose permissions the token has, within its scope.
    name : str
        What it is for, in the words of its owner.
    days : int
        How long it works, 1 to 365.
    scope : ApiToken.Scope
        Whether it may only read, or change things too.
    by : User or None
        Who makes it; None for the command line.

    Raises
    ------
    InputError
        The name is empty or too long, or the days are out of range.
    """
    name = name.strip()
    problems = ProblemLog()
    if not 0 < len(name) <= MAX_NAME_LENGTH:
        problems.add(
            f"The name of a token has 1 to {MAX_NAME_LENGTH} characters.", where="name", fix="Say what it is for."
        )
    if not 1 <= days <= MAX_DAYS:
        problems.add(f"A token works for 1 to {MAX_DAYS} days, not {days}.", where="days", fix="Choose fewer days.")
    problems.raise_if_any()
    raw = MARK + secrets.token_urlsafe(32)
    now = timezone.now()
    with account_change(owner, Change.TOKEN_CREATED, by=by, detail=f"{name}, {scope.label}, {days} days"):
        token = ApiToken.objects.create(
            owner=owner,
            name=name,
            scope=scope,
            digest=_digest(raw),
            prefix=raw[:PREFIX_LENGTH],
            created_at=now,
            expires_at=now + timedelta(days=days),
        )
    return token, raw


def revoke_token(token: ApiToken, *, by: User) -> ApiToken:
    """Make a token useless from now on.

    Raises
    ------
    PermissionDenied
        It is somebody else's.
    InputError
        It was revoked before.
    """
    if by != token.owner:
        raise PermissionDenied("A token is revoked by its owner.")
    with account_change(by, Change.TOKEN_REVOKED, by=by, detail=token.name):
        token = ApiToken.objects.select_for_update().get(pk=token.pk)
        if token.revoked_at is not None:
            raise InputError(
                Problem(what="This token was revoked before.", where=token.name, fix="Nothing is left to do.")
            )
        token.revoked_at = timezone.now()
        token.save(update_fields=["revoked_at"])
    return token


def user_of_token(raw: str) -> tuple[User, ApiToken] | None:
    """Return the owner and the token of a secret text, or None if it does not, or no longer, open anything.

    The text is looked up by its digest, so how long that takes tells nothing about any token.
    """
    token = ApiToken.objects.select_related("owner").filter(digest=_digest(raw)).first()
    now = timezone.now()
    if token is None or not token.is_usable(now) or not token.owner.is_active:
        return None
    # Noted once a minute at most, so that reading does not turn into writing.
    unnoted = Q(last_used_at=None) | Q(last_used_at__lt=now - LAST_USE_PRECISION)
    if ApiToken.objects.filter(unnoted, pk=token.pk).update(last_used_at=now):
        token.last_used_at = now
    return token.owner, token


def _digest(raw: str) -> str:
    """SHA-256 of a token; a slow hash is for passwords that can be guessed, which 256 random bits cannot."""
    return hashlib.sha256(raw.encode(errors="replace")).hexdigest()
