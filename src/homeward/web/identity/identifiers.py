"""Identifiers as others gave them: by whom, of which kind, from when to when, and whether they are still used."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from itertools import combinations

from django.db import models
from django.db.models import Count, Q

from homeward.web.journal.book import InBook
from homeward.web.journal.fields import PartialDateField, ReferenceField, earliest, latest, link, text_line
from homeward.web.journal.recorded import Recorded

KEEP = "identity.keep_identifiers"

Problem = tuple[str, str, str]


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
        indexes = [models.Index(fields=["code", "withdrawn", "known_on", "about"], name="identifier_shown")]
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

    @classmethod
    def problems_together(cls, codes: Iterable[str]) -> list[Problem]:
        """No issuer gave one number of a kind to two things at the same time."""
        return _given_twice(set(codes))


def compared(value: str) -> str:
    """Return a number as it is compared: its letters and digits, in lower case."""
    return "".join(character for character in value.casefold() if character.isalnum())


def _given_twice(codes: AbstractSet[str]) -> list[Problem]:
    """The numbers among these that something else had from the same issuer in an overlapping period."""
    claimed = Identifier.objects.filter(withdrawn="", issuer__isnull=False).exclude(status=IdentifierStatus.ERRONEOUS)
    values = claimed.filter(pk__in=codes).values_list("compared", flat=True)
    same = claimed.filter(compared__in=set(values)).values("issuer", "kind", "compared").order_by()
    several = same.annotate(n=Count("pk")).filter(n__gt=1).values_list("compared", flat=True)
    rivals: dict[tuple[str | None, str, str], list[Identifier]] = {}
    for row in claimed.filter(compared__in=set(several)).order_by("code"):
        rivals.setdefault((row.issuer_id, row.kind, row.compared), []).append(row)
    return [
        _had_by_two(first if first.code in codes else second)
        for rows in rivals.values()
        for first, second in combinations(rows, 2)
        if {first.code, second.code} & codes and first.about != second.about and _at_one_time(first, second)
    ]


def _at_one_time(first: Identifier, second: Identifier) -> bool:
    """Whether the periods overlap. A superseded number without a period was in use nobody knows when."""
    if any(one.used is None and one.status == IdentifierStatus.SUPERSEDED for one in (first, second)):
        return False
    return first.used is None or second.used is None or first.used.overlaps(second.used)


def _had_by_two(row: Identifier) -> Problem:
    """The problem of a number that two things have at once."""
    return (
        row.code,
        f"Its issuer gave the {row.get_kind_display()} {row.value} to something else in the same period.",
        "Give the period in which each had it, or mark one of the two as erroneous.",
    )
