"""Users, attempts to sign in as one, codes that were used up, and tokens for programs."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Self

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from homeward.web.accounts.roles import Role

SYSTEM = "homeward"
"""Who acts where no user does: a command on the machine that holds the record. No user has this name."""


class User(AbstractUser):
    """Somebody who may sign in. What they may see follows from their groups."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    def clean(self) -> None:
        """Keep the journal clear: nobody signs its lines with the name of the system."""
        super().clean()
        if self.username.casefold() == SYSTEM:
            raise ValidationError(f"Lines of the journal that nobody wrote are signed {SYSTEM}: no user has this name.")

    @property
    def roles(self) -> list[Role]:
        """The roles that the user holds, in the order of the table of roles."""
        held = {group.name for group in self.groups.all()}
        return [role for role in Role if role.value in held]


class SignInAttempt(models.Model):
    """An attempt to sign in that has not succeeded: the name as typed, in lower case, and where it came from."""

    class Step(models.TextChoices):
        """What was asked for."""

        PASSWORD = "password", "the password"
        SECOND_FACTOR = "second factor", "the second factor"

    name = models.CharField(max_length=150)
    address = models.CharField(max_length=45)
    step = models.TextField(choices=Step, default=Step.PASSWORD)
    at = models.DateTimeField()

    class Meta:
        """Found by name and address; cleared by age."""

        default_permissions = ()
        indexes = [
            models.Index(fields=["name", "address"], name="attempt_by_name_and_address"),
            models.Index(fields=["at"], name="attempt_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.name} from {self.address} at {self.at:%Y-%m-%d %H:%M}"


class UsedCode(models.Model):
    """A code of an authenticator app that was accepted; kept until it would no longer be valid anyway."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="used_codes")
    code = models.CharField(max_length=16)
    at = models.DateTimeField()

    class Meta:
        """A code is accepted once, whatever the number of server processes."""

        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["user", "code"], name="code_used_once")]

    def __str__(self) -> str:
        return f"a code of {self.user} used at {self.at:%Y-%m-%d %H:%M}"


class ApiTokenQuerySet(models.QuerySet["ApiToken"]):
    """Tokens, and which of them still work."""

    def usable(self) -> Self:
        """Return the tokens that were not revoked and have not expired."""
        return self.filter(revoked_at=None, expires_at__gt=timezone.now())


class ApiToken(models.Model):
    """What a program shows instead of a password; it may do what its owner may, within its scope.

    Only a digest is kept, so nobody can read a token back from the record.
    """

    class Scope(models.TextChoices):
        """How much of what the owner may do the token may do."""

        READ = "read", "read only"
        READ_AND_WRITE = "read-and-write", "read and change"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="api_tokens")
    name = models.CharField(max_length=100)
    scope = models.TextField(choices=Scope, default=Scope.READ)
    digest = models.CharField(max_length=64, unique=True)  # SHA-256, hexadecimal
    prefix = models.CharField(max_length=20)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        """The newest first; every token expires."""

        ordering = ["-created_at", "-pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(name="token_expires_after_it_was_made", condition=Q(expires_at__gt=F("created_at"))),
            models.CheckConstraint(name="token_scope_is_known", condition=Q(scope__in=["read", "read-and-write"])),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"

    @property
    def may_write(self) -> bool:
        """Whether the token may change anything."""
        return self.scope == self.Scope.READ_AND_WRITE

    def is_usable(self, now: datetime) -> bool:
        """Whether the token works at a moment."""
        return self.revoked_at is None and now < self.expires_at
