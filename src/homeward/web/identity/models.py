"""Identifiers as others gave them, and the events by which one thing came to be another."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models
from django.db.models import Q

from homeward.web.journal.book import InBook
from homeward.web.journal.fields import PartialDateField, ReferenceField, earliest, latest, link, text_block, text_line
from homeward.web.journal.recorded import Recorded

KEEP = "identity.keep_identifiers"


class IdentifierKind(models.TextChoices):
    """What sort of number it is."""

    SERVICE = "service", "service number"
    CASE = "case", "case or reference number"
    CIVIL = "civil", "civil registration number"
    CONTAINER = "container", "number of a container"
    ACCESSION = "accession", "accession number"
    SPECIMEN = "specimen", "specimen designator"
    SAMPLE = "sample", "sample number"
    INDIVIDUAL = "individual", "number of an individual, such as an X-number"
    SEAL = "seal", "seal"
    EXHIBIT = "exhibit", "exhibit number of a laboratory system"
    EXCHANGE = "exchange", "record id of an exchange format"
    OTHER = "other", "another number"


class IdentifierStatus(models.TextChoices):
    """Whether the number is to be used."""

    CURRENT = "current", "current"
    SUPERSEDED = "superseded", "superseded: it was once in use"
    ERRONEOUS = "erroneous", "erroneous: it was given or written by mistake"


class Identifier(InBook):
    """One number by which somebody knows a row of the two books.

    An issuer gives a number of a kind once at a time: two rows can have had it one after the other, never together.
    """

    about = ReferenceField(help_text="The row that it stands for, as noun:code.", db_index=True)
    kind = models.CharField(max_length=10, choices=IdentifierKind)
    issuer = link("parties.Party", "Who gave it; empty where that is not known.", required=False)
    value = text_line("The number exactly as it is written.", longest=120)
    compared = models.CharField(max_length=120, blank=True, default="", editable=False, db_index=True)
    used = PartialDateField(null=True, blank=True, help_text="From when to when it was in use, if not always.")
    used_earliest = earliest("used")
    used_latest = latest("used")
    status = models.CharField(max_length=10, choices=IdentifierStatus, default=IdentifierStatus.CURRENT)
    reason = text_line("Why it is superseded or erroneous.", required=False)

    keep_permission = KEEP
    fixed_fields = frozenset({"about"})

    class Meta(InBook.Meta):
        """Current numbers are unique per issuer and kind; the periods of others are compared when rows are kept."""

        permissions = [("keep_identifiers", "May enter numbers, and merge, split and renumber")]
        constraints = [
            *Recorded.Meta.constraints,
            models.CheckConstraint(
                name="identifier_not_current_for_a_reason",
                condition=Q(status="current") | ~Q(reason=""),
                violation_error_message="Say why this number is superseded or erroneous.",
            ),
            models.UniqueConstraint(
                fields=["issuer", "kind", "compared"],
                condition=Q(status="current", withdrawn="", used=None, issuer__isnull=False),
                name="identifier_current_once",
                violation_error_message="This issuer has given this number to something else, and it is still in use. "
                "Give the period in which each had it, or mark the other one as superseded or erroneous.",
            ),
        ]

    def __str__(self) -> str:
        return self.value

    def clean(self) -> None:
        """Numbers are compared without spaces, signs and case: they are copied by hand from paper to paper."""
        self.compared = compared(self.value)


def compared(value: str) -> str:
    """Return a number as it is compared: its letters and digits, in lower case."""
    return "".join(character for character in value.casefold() if character.isalnum())


class SuccessionKind(models.TextChoices):
    """What happened to the identity of things."""

    MERGED = "merged", "merged: they turned out to be one"
    SPLIT = "split", "split: it turned out to be several"
    RENUMBERED = "renumbered", "renumbered"


class Succession(InBook):
    """Things of one noun became others: merged, split or renumbered. Withdrawn, it is undone."""

    kind = models.CharField(max_length=10, choices=SuccessionKind)
    happened = PartialDateField(help_text="When it was decided.")
    happened_earliest = earliest("happened")
    happened_latest = latest("happened")
    decided_by = text_line("Who decided it.")
    reason = text_block("On what grounds.")

    by_action_only = True
    keep_permission = KEEP
    fixed_fields = frozenset({"kind"})

    class Meta(InBook.Meta):
        """Nothing of its own."""

    def __str__(self) -> str:
        return f"{self.get_kind_display().partition(':')[0]}, {self.happened.words}"


class SuccessionSide(models.TextChoices):
    """Whether a thing was there before or came out of it."""

    BEFORE = "before", "before"
    AFTER = "after", "after"


class SuccessionPart(InBook):
    """One thing on one side of a succession. What stands on both sides lives on under its own code."""

    succession = link("identity.Succession", related="parts")
    side = models.CharField(max_length=6, choices=SuccessionSide)
    about = ReferenceField(help_text="The row, as noun:code.", db_index=True)

    by_action_only = True
    keep_permission = KEEP
    fixed_fields = frozenset({"succession", "side", "about"})

    class Meta(InBook.Meta):
        """A thing stands once on a side."""

        constraints = [
            *Recorded.Meta.constraints,
            models.UniqueConstraint(fields=["succession", "side", "about"], name="successionpart_once"),
        ]

    def __str__(self) -> str:
        return f"{self.get_side_display()}: {self.about}"

    def depends_on(self) -> Iterable[tuple[type[Recorded], str]]:
        """It is a part of its succession."""
        return [(Succession, self.succession_id)]
