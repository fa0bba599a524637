"""Individuals: specimens believed to be one person, the links that make them so, and what speaks against a link."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models
from django.db.models import F, Q

from homeward.web.journal.book import InBook
from homeward.web.journal.fields import PartialDateField, earliest, latest, link, text_block, text_line
from homeward.web.journal.recorded import Recorded

VIEW_CASES = "casework.view_cases"
KEEP_ASSOCIATIONS = "casework.keep_associations"


class Individual(InBook):
    """One unknown person, as far as bones were put together. Which bones they are follows from the associations."""

    number = text_line("What the individual is called, such as 2018-014-I-03.", longest=80)
    laboratory = link("parties.Party", related="individuals")
    note = text_block(required=False)

    keep_permission = KEEP_ASSOCIATIONS
    view_permission = VIEW_CASES

    class Meta(InBook.Meta):
        """A laboratory uses a number once. It names the permissions of casework on individuals."""

        permissions = [
            ("view_cases", "May see individuals, candidates and identifications before they are told"),
            ("keep_associations", "May put bones together into individuals, and take them apart"),
        ]
        constraints = [
            *Recorded.Meta.constraints,
            models.UniqueConstraint(
                fields=["laboratory", "number"],
                condition=Q(withdrawn=""),
                name="individual_number_once",
                violation_error_message="The laboratory has another individual of this number.",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @classmethod
    def problems_together(cls, codes: Iterable[str]) -> list[tuple[str, str, str]]:
        """Return the withdrawn individuals that specimens belong to still."""
        held = Association.objects.filter(individual__in=list(codes), withdrawn="").exclude(individual__withdrawn="")
        return [
            (code, "This individual was withdrawn, and specimens belong to it still.", "Dissociate them first.")
            for code in sorted(set(held.values_list("individual_id", flat=True)))
        ]


class Basis(models.TextChoices):
    """On what grounds bones are put together or told apart."""

    REFIT = "refit", "fragments fit together"
    ARTICULATION = "articulation", "bones of one joint fit"
    PAIR = "pair", "left and right match"
    OSTEOMETRY = "osteometry", "measurements"
    MORPHOLOGY = "morphology", "shape and development"
    TAPHONOMY = "taphonomy", "condition and colour"
    CONTEXT = "context", "found together"
    STR = "str", "autosomal STR"
    Y_STR = "y-str", "Y-STR"
    MT = "mt", "mitochondrial DNA"
    ISOTOPES = "isotopes", "isotopes"
    DENTAL = "dental", "teeth"
    DUPLICATE = "duplicate", "the same element twice"


class Association(InBook):
    """A specimen is taken to belong to an individual: signed, with its grounds. Withdrawn, it is dissociated."""

    specimen = link("remains.Specimen", related="associations")
    individual = link("casework.Individual", related="associations")
    happened = PartialDateField(help_text="When it was decided.")
    happened_earliest = earliest("happened")
    happened_latest = latest("happened")
    basis = models.CharField(max_length=12, choices=Basis)
    signed_by = text_line("User who signed it.", longest=150)
    reason = text_block("Grounds, with the statistic or the place to look it up.")
    despite = text_block("What spoke against it and why it was made all the same.", required=False)

    by_action_only = True
    keep_permission = KEEP_ASSOCIATIONS
    view_permission = VIEW_CASES
    fixed_fields = frozenset({"specimen", "individual", "signed_by"})
    action_fields = frozenset({"signed_by"})

    class Meta(InBook.Meta):
        """No specimen is in two individuals."""

        constraints = [
            *Recorded.Meta.constraints,
            models.UniqueConstraint(
                fields=["specimen"],
                condition=Q(withdrawn=""),
                name="association_one_individual",
                violation_error_message="This specimen belongs to an individual already. Dissociate it there first.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_basis_display()}, signed by {self.signed_by}"

    @classmethod
    def problems_together(cls, codes: Iterable[str]) -> list[tuple[str, str, str]]:
        """Return what cannot be in the individuals that these specimens are taken to belong to.

        Asked of the associations that stand: one of several specimens that contradict each other can always be taken
        out, even where the rest still do.
        """
        from homeward.web.casework.contradictory import contradicted

        return contradicted(codes)

    def depends_on(self) -> Iterable[tuple[type[Recorded], str]]:
        """It is a part of what makes its individual."""
        return [(Individual, self.individual_id)]


class Exclusion(InBook):
    """Two specimens are not of one person, and why."""

    first = link("remains.Specimen", related="+")
    second = link("remains.Specimen", related="+")
    happened = PartialDateField(help_text="When it was decided.")
    happened_earliest = earliest("happened")
    happened_latest = latest("happened")
    basis = models.CharField(max_length=12, choices=Basis)
    signed_by = text_line("User who signed it.", longest=150)
    reason = text_block("Grounds, with the statistic.")

    by_action_only = True
    keep_permission = KEEP_ASSOCIATIONS
    view_permission = VIEW_CASES
    fixed_fields = frozenset({"first", "second"})
    action_fields = frozenset({"signed_by"})

    class Meta(InBook.Meta):
        """The smaller code first, so that a pair is excluded once on the same grounds."""

        constraints = [
            *Recorded.Meta.constraints,
            models.CheckConstraint(name="exclusion_of_two", condition=Q(first__lt=F("second"))),
            models.UniqueConstraint(
                fields=["first", "second", "basis"],
                condition=Q(withdrawn=""),
                name="exclusion_once",
                violation_error_message="These two are excluded on these grounds already.",
            ),
        ]

    def __str__(self) -> str:
        return f"not one person: {self.get_basis_display()}"
