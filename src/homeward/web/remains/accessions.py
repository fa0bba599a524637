"""Transfer cases as they came, what a first look found in them, and what was signed for when they were opened."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from homeward.web.journal.book import InBook
from homeward.web.journal.fields import PartialDateField, earliest, latest, link, text_block, text_line
from homeward.web.journal.recorded import Recorded

KEEP = "remains.keep_remains"


class CaseKind(models.TextChoices):
    """What sort of container it is."""

    BOX = "box", "box"
    CASE = "case", "transfer case"
    COFFIN = "coffin", "coffin"
    BAG = "bag", "bag"


class TransferCase(InBook):
    """A container in which remains came: no set of remains, no individual, no person accounted for."""

    kind = models.CharField(max_length=6, choices=CaseKind)
    number = text_line("Its number, as it is written on it.", longest=80)
    handover = link("engagement.Handover", "The handover in which it came.", required=False, related="transfer_cases")
    find = link(
        "recovery.Find",
        "The find that it holds, where our own team packed it.",
        required=False,
        related="transfer_cases",
    )
    received = PartialDateField(help_text="When it was taken over.")
    received_earliest = earliest("received")
    received_latest = latest("received")
    received_by = link("parties.Party", "Who took it over first.", related="cases_received")
    label = text_block("The label, exactly as it is written. A label is not a location.", required=False)
    label_place = link(
        "places.Place", "The place that the label means, if that was decided.", required=False, related="labelled_cases"
    )
    seal = text_line("Seal as it came; empty if it had none.", required=False, longest=80)
    stated_contents = text_block("What the giver says is in it.", required=False)
    stated_individuals = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="How many people the giver says it holds."
    )

    keep_permission = KEEP

    class Meta(InBook.Meta):
        """A number stands on one container of a handover."""

        permissions = [("keep_remains", "May enter and amend containers, accessions, bones and samples")]
        constraints = [
            *Recorded.Meta.constraints,
            models.UniqueConstraint(
                fields=["handover", "number"],
                condition=Q(withdrawn="", handover__isnull=False),
                name="transfercase_number_once",
                violation_error_message="Another container of this handover has this number. "
                "If both really do, add what tells them apart, such as 12 (second).",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"


class Finding(models.TextChoices):
    """What a first look says of what is in a container."""

    HUMAN = "human", "human"
    ANIMAL = "animal", "not human"
    MIXED = "mixed", "human and not human"
    UNDECIDED = "undecided", "not decided"


class FieldReview(InBook):
    """A first look into a container, before it travels. An estimate, never a count of people."""

    transfer_case = link("remains.TransferCase", related="reviews")
    happened = PartialDateField(help_text="When.")
    happened_earliest = earliest("happened")
    happened_latest = latest("happened")
    reviewer = text_line("Who looked.", longest=150)
    party = link("parties.Party", "For whom.", required=False)
    finding = models.CharField(max_length=9, choices=Finding)
    individuals_low = models.PositiveSmallIntegerField(null=True, blank=True, help_text="At least so many people.")
    individuals_high = models.PositiveSmallIntegerField(null=True, blank=True, help_text="At most so many.")
    note = text_block(required=False)

    keep_permission = KEEP
    fixed_fields = frozenset({"transfer_case"})

    class Meta(InBook.Meta):
        """A range is in order."""

        constraints = [
            *Recorded.Meta.constraints,
            models.CheckConstraint(
                name="fieldreview_range_in_order",
                condition=Q(individuals_low=None, individuals_high=None)
                | Q(individuals_low__lte=F("individuals_high")),
                violation_error_message="Give both ends of the estimate, the lower one first, or neither.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_finding_display()}, {self.happened.words}"


class Accession(InBook):
    """A container, or a lot of remains, signed for by a laboratory and opened. What was in it is counted once."""

    number = text_line("The laboratory's number.", longest=80)
    laboratory = link("parties.Party", related="accessions")
    transfer_case = link("remains.TransferCase", required=False, related="accessions")
    opened = PartialDateField(help_text="When it was opened.")
    opened_earliest = earliest("opened")
    opened_latest = latest("opened")
    opened_by = text_line("Who opened it.", longest=150)
    witness = text_line("Who was there.", required=False, longest=150)
    seal_as_found = text_line("Seal as it was found.", required=False, longest=80)
    n_items = models.PositiveIntegerField(
        "items counted",
        null=True,
        blank=True,
        help_text="Bones, fragments, effects and lots of other matter, when it was opened.",
    )
    inventoried = models.BooleanField(
        "inventory complete", default=False, help_text="Whether every item that was counted has its own row."
    )
    note = text_block(required=False)

    keep_permission = KEEP
    action_fields = frozenset({"inventoried"})

    class Meta(InBook.Meta):
        """A laboratory uses a number once; a complete inventory has a count; nobody is their own witness."""

        constraints = [
            *Recorded.Meta.constraints,
            models.UniqueConstraint(
                fields=["laboratory", "number"],
                condition=Q(withdrawn=""),
                name="accession_number_once",
                violation_error_message="The laboratory has another accession of this number.",
            ),
            models.UniqueConstraint(
                fields=["transfer_case"],
                condition=Q(withdrawn="", transfer_case__isnull=False),
                name="accession_of_case_once",
                violation_error_message="This container was opened before, under another accession.",
            ),
            models.CheckConstraint(
                name="accession_inventory_has_a_count",
                condition=Q(inventoried=False) | Q(n_items__isnull=False),
                violation_error_message="Say how many items were counted.",
            ),
            models.CheckConstraint(
                name="accession_witnessed_by_another",
                condition=Q(witness="") | ~Q(witness=F("opened_by")),
                violation_error_message="Two people open a container: the witness is somebody else.",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class EffectKind(models.TextChoices):
    """What sort of thing lay with the remains."""

    TAG = "tag", "identity tag"
    CLOTHING = "clothing", "clothing, buttons, boots"
    EQUIPMENT = "equipment", "equipment"
    PERSONAL = "personal", "personal effect"
    ANIMAL = "animal", "animal bone"
    OTHER = "other", "other matter"


class Effect(InBook):
    """Something that came with remains and is not human bone. It supports an identification and never proves one."""

    accession = link("remains.Accession", related="effects")
    kind = models.CharField(max_length=9, choices=EffectKind)
    designator = text_line("Its number within the accession.", longest=80)
    description = text_block()
    inscription = text_line("What is written on it, exactly.", required=False)
    n_items = models.PositiveSmallIntegerField("items", default=1)

    keep_permission = KEEP
    fixed_fields = frozenset({"accession"})

    class Meta(InBook.Meta):
        """A designator is used once in an accession."""

        constraints = [
            *Recorded.Meta.constraints,
            models.UniqueConstraint(
                fields=["accession", "designator"],
                condition=Q(withdrawn=""),
                name="effect_designator_once",
                violation_error_message="Another effect of this accession has this number.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.designator}"
