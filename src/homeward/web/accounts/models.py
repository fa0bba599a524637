"""Users, and failed attempts to sign in as one."""

from __future__ import annotations

import uuid

from django.contrib.auth.models import AbstractUser
from django.db import models


class User(AbstractUser):
    """Somebody who may sign in. What they may see follows from their groups."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)


class SignInAttempt(models.Model):
    """An attempt to sign in that has not succeeded: the name as typed, in lower case, and where it came from."""

    name = models.CharField(max_length=150)
    address = models.CharField(max_length=45)
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
