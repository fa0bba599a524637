"""Families as pedigrees, who is to be told, what they were told, and who gave a reference sample."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from homeward.web.journal.book import InBook
from homeward.web.journal.fields import PartialDateField, earliest, latest, link, text_block, text_line
from homeward.web.journal.recorded import Recorded
from homeward.web.roll.pedigree_rules import READ, pedigree_problems
from homeward.web.roll.people import Sex

VIEW_FAMILIES = "roll.view_families"
KEEP_FAMILIES = "roll.keep_families"


class OfFamily(InBook):
    """A row that only those see whose work is with families or with their samples."""

    keep_permission = KEEP_FAMILIES
    view_permission = VIEW_FAMILIES

    class Meta(InBook.Meta):
        """The constraints of every row."""

        abstract = True


class Family(OfFamily):
    """The family of one or several missing people, as a pedigree of relatives."""

    name = text_line("What the file is called, such as the family name and the town.")
    liaison = text_line("User name of the liaison officer.", required=False, longest=150)
    note = text_block(required=False)

    class Meta(OfFamily.Meta):
        """It names the permissions for families."""

        verbose_name_plural = "families"
        indexes = [
            *Recorded.Meta.indexes,
            models.Index(fields=["name", "code", "withdrawn", "known_on"], name="family_by_name"),
            models.Index(fields=["liaison", "name", "code"], name="family_by_liaison"),
        ]
        permissions = [
            ("view_families", "May see families, next of kin and donors"),
            ("keep_families", "May enter and amend families, next of kin and donors"),
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def problems_together(cls, codes: Iterable[str]) -> list[tuple[str, str, str]]:
        """Return what is not possible in these pedigrees."""
        families: dict[str, list[Relative]] = {}
        asked = Relative.objects.filter(family__in=list(codes), withdrawn="").order_by("code")
        for relative in asked.only(*READ):
            families.setdefault(relative.family_id, []).append(relative)
        return [problem for relatives in families.values() for problem in pedigree_problems(relatives)]


class Living(models.TextChoices):
    """Whether somebody is alive."""

    YES = "yes", "alive"
    NO = "no", "dead"
    UNKNOWN = "unknown", "not known"


class Relative(OfFamily):
    """One person of a pedigree. A missing person is in it too, and names the line of the roll."""

    family = link("roll.Family", related="relatives")
    name = text_line("Name, or what is known, such as 'mother of the missing'.")
    sex = models.CharField(max_length=7, choices=Sex, default=Sex.UNKNOWN)
    born = PartialDateField(null=True, blank=True)
    born_earliest = earliest("born")
    born_latest = latest("born")
    living = models.CharField(max_length=7, choices=Living, default=Living.UNKNOWN)
    father = link("roll.Relative", required=False, related="children_of_father")
    mother = link("roll.Relative", required=False, related="children_of_mother")
    missing = link(
        "roll.MissingPerson",
        "The line of the roll, if this is a missing person.",
        required=False,
        related="in_pedigrees",
    )
    told_relation = text_line("Relation to the missing as it was told, such as 'sister'.", required=False, longest=80)
    twin_of = link("roll.Relative", "A twin who is in the pedigree already.", required=False, related="twins")
    identical = models.BooleanField(
        null=True, blank=True, help_text="Of twins: whether they are identical; not known if left open."
    )
    despite = text_line("Why it stands though it is unlikely, such as a parent of under twelve.", required=False)

    fixed_fields = frozenset({"family"})

    class Meta(OfFamily.Meta):
        """Nobody is their own parent or twin, or has one person as father and mother."""

        constraints = [
            *Recorded.Meta.constraints,
            models.CheckConstraint(
                name="relative_not_own_parent",
                condition=(Q(father=None) | ~Q(father=F("code"))) & (Q(mother=None) | ~Q(mother=F("code"))),
                violation_error_message="Nobody is their own parent.",
            ),
            models.CheckConstraint(
                name="relative_two_parents",
                condition=Q(father=None) | Q(mother=None) | ~Q(father=F("mother")),
                violation_error_message="Father and mother are two people.",
            ),
            models.CheckConstraint(
                name="relative_twin_of_another",
                condition=(Q(twin_of=None) & Q(identical=None)) | (Q(twin_of__isnull=False) & ~Q(twin_of=F("code"))),
                violation_error_message="Name the other twin; only of twins it is said whether they are identical.",
            ),
            models.UniqueConstraint(
                fields=["family", "missing"],
                condition=Q(missing__isnull=False, withdrawn=""),
                name="relative_missing_once",
                violation_error_message="This missing person is in the pedigree already.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def depends_on(self) -> Iterable[tuple[type[Recorded], str]]:
        """A relative is a part of a pedigree."""
        return [(Family, self.family_id)]


class NextOfKin(OfFamily):
    """Who is to be told first and directs what happens to the remains, and how to reach them."""

    missing = link("roll.MissingPerson", related="next_of_kin")
    relative = link("roll.Relative", related="next_of_kin_of")
    position = models.PositiveSmallIntegerField("position in the order of who decides", default=1)
    address = text_block(required=False)
    telephone = text_line(required=False, longest=80)
    email = models.EmailField(blank=True)
    language = text_line("In which language to write and speak.", required=False, longest=60)
    wishes = text_block("How they wish to be told, and by whom; what they do not wish.", required=False)

    fixed_fields = frozenset({"missing", "relative"})

    class Meta(OfFamily.Meta):
        """One person at each place of the order."""

        verbose_name = "next of kin"
        verbose_name_plural = "next of kin"
        constraints = [
            *Recorded.Meta.constraints,
            models.UniqueConstraint(
                fields=["missing", "position"],
                condition=Q(withdrawn=""),
                name="nextofkin_position_once",
                violation_error_message="Somebody else stands at this place of the order.",
            ),
        ]

    def __str__(self) -> str:
        return f"next of kin {self.position}"


class ContactKind(models.TextChoices):
    """How a family was spoken to."""

    VISIT = "visit", "visit"
    CALL = "call", "telephone call"
    LETTER = "letter", "letter"
    EMAIL = "email", "e-mail"
    MEETING = "meeting", "meeting of families"


class FamilyContact(OfFamily):
    """Something that was said or written to a family, or that they said.

    due: the family is owed a call on this day, unless there was a later contact.
    """

    family = link("roll.Family", related="contacts")
    relative = link("roll.Relative", "With whom.", required=False, related="contacts")
    happened = PartialDateField(help_text="When.")
    happened_earliest = earliest("happened")
    happened_latest = latest("happened")
    kind = models.CharField(max_length=7, choices=ContactKind)
    reached = models.BooleanField(default=True, help_text="Whether somebody was reached.")
    spoken_by = text_line("Who spoke or wrote for us.", longest=150)
    note = text_block("What was said.")
    due = models.DateField("call again on", null=True, blank=True)

    fixed_fields = frozenset({"family"})

    class Meta(OfFamily.Meta):
        """Nothing of its own."""

        verbose_name = "contact with a family"
        verbose_name_plural = "contacts with families"
        indexes = [
            *Recorded.Meta.indexes,
            models.Index(fields=["family", "happened_earliest"], name="familycontact_of_family"),
            models.Index(fields=["due", "code"], name="familycontact_by_due"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.happened.words}"


class ConsentScope(models.TextChoices):
    """What a donor agreed to."""

    THIS_PERSON = "this-person", "search for the named missing person only"
    ANY_MISSING = "any-missing", "search for any missing relative"
    OTHER_BODIES = "other-bodies", "search, also by the organisations that are named"


class Donor(OfFamily):
    """A relative who gave a reference sample, and what they agreed to. Without consent a profile is not searched."""

    relative = link("roll.Relative", related="donations")
    number = text_line("Number of the kit or reference.", required=False, longest=120)
    collected = PartialDateField(null=True, blank=True, help_text="When the sample was taken.")
    scope = models.CharField(max_length=12, choices=ConsentScope)
    shared_with = text_line("Organisations that may use it too.", required=False)
    consented = PartialDateField(help_text="When consent was given.")
    consent_ended = PartialDateField(null=True, blank=True, help_text="When consent was taken back.")
    consent_ended_earliest = earliest("consent_ended")

    fixed_fields = frozenset({"relative"})

    class Meta(OfFamily.Meta):
        """Nothing of its own."""

    def __str__(self) -> str:
        return self.number or f"donor {self.code}"

    def clean(self) -> None:
        """Consent ends after it was given."""
        if self.consent_ended and self.consented and self.consent_ended.latest < self.consented.earliest:
            raise ValidationError({"consent_ended": "Consent was taken back before it was given."})

    def may_be_searched(self, on: date) -> bool:
        """Return whether the profile may be searched on a day: from consent on, until it was taken back."""
        if self.consented.earliest > on:
            return False
        return self.consent_ended is None or self.consent_ended.earliest > on
