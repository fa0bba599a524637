"""The journal's own table, and the one row that writers queue for."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from homeward.web.journal.fields import MAX_CODE
from homeward.web.journal.recorded import Recorded

__all__ = ["Entry", "Queue", "Recorded"]

GENESIS = "0" * 64
"""What the first line names as the line before it."""


class Entry(models.Model):
    """One line: who changed what, when, from what to what, and why.

    Lines are numbered without gaps and each holds the digest of the line before it, so that no line can be altered,
    removed or put between others without every later digest failing. The database refuses to update or delete a line.
    """

    number = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    by_name = models.CharField(max_length=150)
    action = models.CharField(max_length=60)
    noun = models.CharField(max_length=40)
    code = models.CharField(max_length=MAX_CODE + 60)
    version = models.PositiveIntegerField(null=True)
    known_on = models.DateField(null=True)
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)
    why = models.TextField(blank=True)
    previous = models.CharField(max_length=64, unique=True)
    digest = models.CharField(max_length=64, unique=True)

    class Meta:
        """Found by row, noun, writer, action and moment; the permissions are those of the record as a whole."""

        default_permissions = ()
        verbose_name_plural = "entries"
        ordering = ["number"]
        indexes = [
            models.Index(fields=["noun", "code", "number"], name="entry_by_row"),
            models.Index(fields=["noun", "number"], name="entry_by_noun"),
            models.Index(fields=["by_name", "number"], name="entry_by_writer"),
            models.Index(fields=["action", "number"], name="entry_by_action"),
            models.Index(fields=["at", "number"], name="entry_by_moment"),
        ]
        constraints = [models.CheckConstraint(name="entry_numbered_from_one", condition=Q(number__gte=1))]
        permissions = [
            ("view_record", "May read the record"),
            ("view_journal", "May read the journal"),
            ("verify_record", "May verify the record and export the head of the journal"),
            ("export_record", "May export the record"),
            ("import_record", "May import a bundle"),
            ("import_decisions", "May import decisions and signatures that others made elsewhere"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.action} {self.noun}:{self.code}"


class Queue(models.Model):
    """The single row that a writer locks before it reads the end of the chain: lines are written one by one."""

    id = models.SmallIntegerField(primary_key=True, default=1)

    class Meta:
        """There is only ever one."""

        default_permissions = ()
        constraints = [models.CheckConstraint(name="queue_is_one", condition=Q(id=1))]

    def __str__(self) -> str:
        return "the end of the journal"
