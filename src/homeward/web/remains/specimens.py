"""Bones and fragments, and the samples that are cut from them."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q

from homeward.osteology.catalogue import elements
from homeward.web.engagement.histories import Change, Changing, Machine
from homeward.web.journal.book import InBook
from homeward.web.journal.fields import link, text_block, text_line
from homeward.web.journal.recorded import Recorded
from homeward.web.remains.accessions import KEEP, Accession


class Side(models.TextChoices):
    """The side of the body."""

    LEFT = "left", "left"
    RIGHT = "right", "right"
    MIDDLE = "middle", "middle"
    UNKNOWN = "unknown", "not told"


class Completeness(models.TextChoices):
    """How much of the element is there."""

    COMPLETE = "complete", "complete"
    MOST = "most", "more than three quarters"
    HALF = "half", "half to three quarters"
    PART = "part", "a quarter to a half"
    FRAGMENT = "fragment", "less than a quarter"


class Condition(models.TextChoices):
    """How well it is preserved."""

    GOOD = "good", "good"
    FAIR = "fair", "fair"
    POOR = "poor", "poor"
    BURNT = "burnt", "burnt"


class Specimen(InBook):
    """A bone or a fragment of one, as it lies on the table."""

    accession = link("remains.Accession", related="specimens")
    provenance_1 = text_line("First part of where it lay, such as the grave or box.", required=False, longest=80)
    provenance_2 = text_line("Second part, such as the X-number.", required=False, longest=80)
    designator = text_line("Its number within that.", longest=80)
    element = text_line("Name of the bone, as in 'homeward inventory': femur, rib, cranium.", longest=60)
    side = models.CharField(max_length=7, choices=Side, default=Side.UNKNOWN)
    completeness = models.CharField(max_length=8, choices=Completeness)
    zones = text_line(
        "Zones of the bone that are there, separated by spaces; empty if not recorded.", required=False, longest=200
    )
    condition = models.CharField(max_length=5, choices=Condition, blank=True)
    age_stage = text_line("What it shows of age, such as 'head fused'.", required=False, longest=120)
    n_fragments = models.PositiveSmallIntegerField("fragments", default=1)
    inventoried_by = text_line("Who described it.", longest=150)
    note = text_block("Pathology, trauma, anomalies, taphonomy.", required=False)

    keep_permission = KEEP
    fixed_fields = frozenset({"accession"})

    class Meta(InBook.Meta):
        """The four parts of a designation are used once."""

        indexes = [*Recorded.Meta.indexes, models.Index(fields=["element", "side", "code"], name="specimen_by_element")]
        constraints = [
            *Recorded.Meta.constraints,
            models.UniqueConstraint(
                fields=["accession", "provenance_1", "provenance_2", "designator"],
                condition=Q(withdrawn=""),
                name="specimen_designation_once",
                violation_error_message="Another specimen of this accession has this designation.",
            ),
        ]

    def __str__(self) -> str:
        return " · ".join(part for part in (self.provenance_1, self.provenance_2, self.designator) if part)

    def clean(self) -> None:
        """The element is one that the catalogue knows, on a side that it has."""
        element = elements().get(self.element)
        if element is None:
            raise ValidationError(
                {"element": f"{self.element!r} is no bone of the catalogue. Write it as in docs/bone-files.md."}
            )
        if not element.paired and self.side in {Side.LEFT, Side.RIGHT}:
            raise ValidationError({"side": f"There is only one {self.element}, in the middle of the body."})
        if element.paired and self.side == Side.MIDDLE:
            raise ValidationError({"side": f"A {self.element} is left or right, or not told."})

    @classmethod
    def problems_together(cls, codes: Iterable[str]) -> list[tuple[str, str, str]]:
        """Return the withdrawn bones that belong to an individual still."""
        gone = cls.objects.filter(pk__in=list(codes), associations__withdrawn="").exclude(withdrawn="")
        what = "This bone was withdrawn, and belongs to an individual still."
        return [
            (code, what, "Have it taken out of the individual first.")
            for code in gone.order_by("pk").values_list("pk", flat=True).distinct()
        ]

    def depends_on(self) -> Iterable[tuple[type[Recorded], str]]:
        """The count of its accession covers it."""
        return [(Accession, self.accession_id)]


class SampleStepKind(models.TextChoices):
    """What can happen to a sample."""

    PLANNED = "planned", "planned"
    CUT = "cut", "cut"
    SENT = "sent", "sent"
    RECEIVED = "received", "received"
    EXTRACTED = "extracted", "extracted"
    REPORTED = "reported", "reported"
    FAILED = "failed", "failed"
    USED_UP = "used-up", "used up"
    RETURNED = "returned", "returned"


AFTER_EXTRACTION = {
    "extracted": "extracted",
    "reported": "reported",
    "failed": "failed",
    "used-up": "used-up",
    "returned": "returned",
}


class Sample(Changing, InBook):
    """What is cut from a specimen for the laboratory. A resample is a sample of its own."""

    specimen = link("remains.Specimen", related="samples")
    number = text_line("Its number, such as 01A.", longest=80)
    mass_g = models.DecimalField(
        "mass in grams", max_digits=6, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    purpose = text_line("What it is for: DNA, isotopes, dating.", longest=80)
    cut_by = text_line(required=False, longest=150)
    note = text_block(required=False)

    keep_permission = KEEP
    fixed_fields = frozenset({"specimen"})
    change = "remains.SampleStep"
    machine = Machine(
        steps={
            "": {"planned": "planned", "cut": "cut"},
            "planned": {"cut": "cut"},
            "cut": {"sent": "sent", "extracted": "extracted", "returned": "returned", "used-up": "used-up"},
            "sent": {"received": "received", "returned": "returned"},
            "received": AFTER_EXTRACTION,
            "extracted": AFTER_EXTRACTION,
            "reported": AFTER_EXTRACTION,
            "failed": AFTER_EXTRACTION,
            "used-up": {"reported": "reported", "failed": "failed"},
            "returned": {"sent": "sent", "used-up": "used-up"},
        },
        labels={
            "planned": "planned",
            "cut": "cut",
            "sent": "on its way to the laboratory",
            "received": "in the laboratory",
            "extracted": "extracted",
            "reported": "reported",
            "failed": "failed",
            "used-up": "used up",
            "returned": "returned",
        },
    )

    class Meta(InBook.Meta):
        """A number is used once on a specimen."""

        constraints = [
            *Recorded.Meta.constraints,
            models.UniqueConstraint(
                fields=["specimen", "number"],
                condition=Q(withdrawn=""),
                name="sample_number_once",
                violation_error_message="Another sample of this specimen has this number.",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class SampleStep(Change, InBook):
    """Something that happened to a sample."""

    sample = link("remains.Sample", related="changes")
    kind = models.CharField(max_length=9, choices=SampleStepKind)

    keep_permission = KEEP
    subject = "sample"
    needs_citation = False
    fixed_fields = frozenset({"sample", "kind"})

    class Meta(Change.Meta):
        """Nothing of its own."""

        constraints = [*Recorded.Meta.constraints]
