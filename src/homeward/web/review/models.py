"""Readings of documents, the drafts they gave, and what was done with each draft.

None of these is a row of the record: a draft says nothing about the world until somebody accepts it, and what it then
becomes is a row like any other.
"""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse


class Reading(models.Model):
    """The newest reading of the original of a document, with the clean text in which its drafts have their places."""

    document = models.OneToOneField("sources.Document", on_delete=models.PROTECT, related_name="reading")
    original = models.ForeignKey("sources.Original", on_delete=models.PROTECT, related_name="+")
    reader_version = models.CharField(max_length=40)
    published = models.CharField(max_length=120, help_text="When the document was published, as it was read with.")
    text = models.TextField(blank=True)
    notes = models.JSONField(default=list)
    read_at = models.DateTimeField()
    read_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        """No permissions of its own: those of entering sources hold."""

        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.document_id}, read by {self.reader_version}"

    def get_absolute_url(self) -> str:
        """Where its drafts are reviewed."""
        return reverse("review:drafts", args=[self.document_id])


class DraftKind(models.TextChoices):
    """What a draft proposes."""

    STATEMENT = "statement", "statement"
    FIGURE = "figure", "figure"
    EVENT = "event", "event"


class DraftState(models.TextChoices):
    """What became of a draft."""

    OPEN = "open", "open"
    ACCEPTED = "accepted", "accepted"
    CORRECTED = "corrected", "accepted with corrections"
    LINKED = "linked", "linked"
    REJECTED = "rejected", "rejected"


TAKEN = (DraftState.ACCEPTED, DraftState.CORRECTED, DraftState.LINKED)
"""The states in which a draft became rows of the record."""


class Draft(models.Model):
    """Something that a document seems to say, and what became of it.

    identity: of what is said where, so that another version of the reader finds the same draft again.
    start, end: its words in the text of the reading; empty where a newer reading no longer has them.
    payload: the draft as JSON, as `docs/reading.md` documents it, with what its ids lead to.
    row, parts: references to the rows that it became, the main one first.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    reading = models.ForeignKey(Reading, on_delete=models.PROTECT, related_name="drafts")
    kind = models.CharField(max_length=9, choices=DraftKind)
    identity = models.CharField(max_length=64)
    start = models.PositiveIntegerField(null=True)
    end = models.PositiveIntegerField(null=True)
    payload = models.JSONField()
    state = models.CharField(max_length=9, choices=DraftState, default=DraftState.OPEN)
    row = models.CharField(max_length=200, blank=True)
    parts = models.JSONField(default=list)

    class Meta:
        """One draft of an identity; a row where, and only where, the draft was taken into the record."""

        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["reading", "identity"], name="draft_of_one_identity"),
            models.CheckConstraint(
                name="draft_taken_has_a_row",
                condition=Q(state__in=["open", "rejected"], row="")
                | (Q(state__in=["accepted", "corrected", "linked"]) & ~Q(row="")),
            ),
        ]

    def __str__(self) -> str:
        return str(self.payload.get("text", ""))

    @property
    def is_open(self) -> bool:
        """Whether nothing was decided yet."""
        return self.state == DraftState.OPEN

    @property
    def is_taken(self) -> bool:
        """Whether it became rows of the record."""
        return self.state in TAKEN

    @property
    def span(self) -> tuple[int, int] | None:
        """Where its words stand in the text of the reading."""
        return (self.start, self.end) if self.start is not None and self.end is not None else None

    @property
    def other_spans(self) -> list[tuple[int, int]]:
        """Where else in the text of the reading the same event is told of."""
        spans = ((start, end) for start, end in self.payload.get("passages") or ())
        return [span for span in spans if span != self.span]

    @property
    def also_told(self) -> list[str]:
        """The words that stand there."""
        return [self.reading.text[slice(*span)] for span in self.other_spans]

    def said(self, key: str) -> Any:
        """Return a value of the draft, ``None`` if it has none."""
        return self.payload.get(key)


class Step(models.Model):
    """Something that somebody did with a draft. Steps are added and never changed."""

    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="steps")
    state = models.CharField(max_length=9, choices=DraftState, help_text="To which state it led.")
    row = models.CharField(max_length=200, blank=True)
    why = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        """In the order in which they were done."""

        default_permissions = ()
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.draft}: {self.state}"
