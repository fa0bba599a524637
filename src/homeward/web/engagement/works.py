"""What is done on the ground: operations, deliveries, handovers; and other events that belong to the story."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from homeward.web.engagement.histories import Change, Changing, Machine
from homeward.web.engagement.meetings import KEEP
from homeward.web.journal.fields import PartialDateField, ReferenceField, earliest, latest, link, text_block, text_line
from homeward.web.journal.recorded import Recorded

KEEP_OPERATIONS = "engagement.keep_operations"
KEEP_HANDOVERS = "engagement.keep_handovers"


class OperationKind(models.TextChoices):
    """What can happen to an operation."""

    PLANNED = "planned", "planned"
    APPROVED = "approved", "approved"
    BEGUN = "begun", "begun"
    SUSPENDED = "suspended", "suspended"
    RESUMED = "resumed", "resumed"
    COMPLETED = "completed", "completed"
    CANCELLED = "cancelled", "cancelled"


BEFORE_WORK = {"begun": "under-way", "suspended": "suspended", "cancelled": "cancelled"}


class Operation(Changing):
    """A search or recovery, or a season of them. What it found is kept as figures about it."""

    name = text_line()
    place = link("places.Place", required=False, related="operations")
    agreement = link("engagement.Agreement", "The agreement that it rests on.", required=False, related="operations")
    part_of = link(
        "engagement.Operation", "The programme or season that it belongs to.", required=False, related="parts"
    )
    purpose = text_line(required=False)

    keep_permission = KEEP_OPERATIONS
    change = "engagement.OperationChange"
    machine = Machine(
        steps={
            "": {"planned": "planned", "approved": "approved", "begun": "under-way"},
            "planned": {"planned": "planned", "approved": "approved", **BEFORE_WORK},
            "approved": BEFORE_WORK,
            "under-way": {"suspended": "suspended", "completed": "completed"},
            "suspended": {"resumed": "under-way", "cancelled": "cancelled", "completed": "completed"},
            "completed": {},
            "cancelled": {"planned": "planned"},
        },
        labels={
            "planned": "planned",
            "approved": "approved",
            "under-way": "under way",
            "suspended": "suspended",
            "completed": "completed",
            "cancelled": "cancelled",
        },
    )

    class Meta(Changing.Meta):
        """Nothing of its own."""

    def __str__(self) -> str:
        return self.name


class OperationChange(Change):
    """Something that happened to an operation."""

    operation = link("engagement.Operation", related="changes")
    kind = models.CharField(max_length=10, choices=OperationKind)
    reason = text_line("Why, as the source says: required for a suspension.", required=False)

    keep_permission = KEEP_OPERATIONS
    subject = "operation"
    fixed_fields = frozenset({"operation", "kind"})

    class Meta(Change.Meta):
        """A suspension says by whom and why."""

        indexes = [
            *Recorded.Meta.indexes,
            models.Index(fields=["happened_earliest", "code"], name="operationchange_by_date"),
        ]
        constraints = [
            *Recorded.Meta.constraints,
            models.CheckConstraint(
                name="operationchange_suspended_by_whom_and_why",
                condition=~Q(kind="suspended") | (Q(by__isnull=False) & ~Q(reason="")),
                violation_error_message="Say who suspended it and why.",
            ),
        ]


class DeliveryKind(models.TextChoices):
    """What can happen to a delivery."""

    PLANNED = "planned", "planned"
    MOVED = "moved", "moved"
    RECEIVED = "received", "taken over"
    USED = "used", "used"
    RETURNED = "returned", "returned"
    CANCELLED = "cancelled", "cancelled"


ON_THE_WAY = {"moved": "moved", "received": "received", "used": "used", "returned": "returned"}


class Delivery(Changing):
    """Things brought for the work: cases, flags, supplies. Planned, moved and used are three different counts."""

    name = text_line("What was brought, in a few words.")
    thing = text_line("What is counted, such as 'wooden transfer cases'.")
    purpose = text_line(required=False)
    sender = link("parties.Party", related="deliveries_sent")
    receiver = link("parties.Party", required=False, related="deliveries_received")
    place = link("places.Place", "Where it was brought.", required=False, related="deliveries")
    handover = link("engagement.Handover", "The handover that it was for.", required=False, related="deliveries")

    keep_permission = KEEP_OPERATIONS
    change = "engagement.DeliveryChange"
    machine = Machine(
        steps={
            "": {"planned": "planned", "moved": "moved"},
            "planned": {"planned": "planned", "moved": "moved", "cancelled": "cancelled"},
            "moved": ON_THE_WAY,
            "received": {"used": "used", "returned": "returned"},
            "used": {"used": "used", "returned": "returned"},
            "returned": {},
            "cancelled": {"planned": "planned"},
        },
        labels={
            "planned": "planned",
            "moved": "moved",
            "received": "taken over",
            "used": "used",
            "returned": "returned",
            "cancelled": "cancelled",
        },
    )

    class Meta(Changing.Meta):
        """Nothing of its own."""

        verbose_name_plural = "deliveries"

    def __str__(self) -> str:
        return self.name


class DeliveryChange(Change):
    """Something that happened to a delivery, with how many it concerned."""

    delivery = link("engagement.Delivery", related="changes")
    kind = models.CharField(max_length=9, choices=DeliveryKind)
    quantity_low = models.PositiveIntegerField(null=True, blank=True, help_text="How many; the lower end of a range.")
    quantity_high = models.PositiveIntegerField(null=True, blank=True, help_text="The same, or the upper end.")
    place = link("places.Place", required=False)

    keep_permission = KEEP_OPERATIONS
    subject = "delivery"
    fixed_fields = frozenset({"delivery", "kind"})

    class Meta(Change.Meta):
        """A range is in order."""

        indexes = [
            *Recorded.Meta.indexes,
            models.Index(fields=["happened_earliest", "code"], name="deliverychange_by_date"),
        ]
        constraints = [
            *Recorded.Meta.constraints,
            models.CheckConstraint(
                name="deliverychange_range_in_order",
                condition=Q(quantity_low=None, quantity_high=None) | Q(quantity_low__lte=F("quantity_high")),
                violation_error_message="Give both ends of a quantity, the lower one first, or neither.",
            ),
        ]


class HandoverKind(models.TextChoices):
    """Where the remains come from."""

    TURNOVER = "turnover", "turned over by the other side"
    JOINT = "joint", "recovered by joint teams"
    EXCHANGE = "exchange", "exchange of the dead"
    THIRD = "third", "passed on to a third party"


class HandoverStep(models.TextChoices):
    """What can happen to a handover."""

    OFFERED = "offered", "offered"
    SCHEDULED = "scheduled", "scheduled"
    RECEIVED = "received", "received"
    CANCELLED = "cancelled", "cancelled"


class Handover(Changing):
    """Remains passing from one party to another. The boxes themselves, and who held them, are in the register."""

    name = text_line()
    kind = models.CharField(max_length=8, choices=HandoverKind)
    giver = link("parties.Party", related="handovers_given")
    receiver = link("parties.Party", related="handovers_received")
    place = link("places.Place", required=False, related="handovers")
    operation = link("engagement.Operation", "The operation that recovered them.", required=False, related="handovers")
    commitment = link("engagement.Commitment", "The commitment that it answers.", required=False, related="handovers")

    keep_permission = KEEP_HANDOVERS
    change = "engagement.HandoverChange"
    machine = Machine(
        steps={
            "": {"offered": "offered", "scheduled": "scheduled", "received": "received"},
            "offered": {"scheduled": "scheduled", "received": "received", "cancelled": "cancelled"},
            "scheduled": {"scheduled": "scheduled", "received": "received", "cancelled": "cancelled"},
            "received": {"received": "received"},
            "cancelled": {"offered": "offered", "scheduled": "scheduled"},
        },
        labels={
            "offered": "offered",
            "scheduled": "scheduled",
            "received": "received",
            "cancelled": "cancelled",
        },
    )

    class Meta(Changing.Meta):
        """Nobody hands remains over to themselves."""

        constraints = [
            *Recorded.Meta.constraints,
            models.CheckConstraint(
                name="handover_between_two",
                condition=~Q(giver=F("receiver")),
                violation_error_message="Giver and receiver are the same party.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class HandoverChange(Change):
    """A step of a handover. ``received`` is entered from custody papers, not from what was said about them."""

    handover = link("engagement.Handover", related="changes")
    kind = models.CharField(max_length=9, choices=HandoverStep)
    scheduled = PartialDateField(null=True, blank=True, help_text="For 'scheduled': the date that was set.")
    containers_low = models.PositiveIntegerField(null=True, blank=True, help_text="Boxes or cases; lower end.")
    containers_high = models.PositiveIntegerField(null=True, blank=True, help_text="The same, or the upper end.")
    container = text_line("What the remains were in, such as 'wooden boxes'.", required=False, longest=80)
    place = link("places.Place", required=False)

    keep_permission = KEEP_HANDOVERS
    subject = "handover"
    fixed_fields = frozenset({"handover", "kind"})

    class Meta(Change.Meta):
        """A range is in order."""

        indexes = [
            *Recorded.Meta.indexes,
            models.Index(fields=["happened_earliest", "code"], name="handoverchange_by_date"),
        ]
        constraints = [
            *Recorded.Meta.constraints,
            models.CheckConstraint(
                name="handoverchange_range_in_order",
                condition=Q(containers_low=None, containers_high=None) | Q(containers_low__lte=F("containers_high")),
                violation_error_message="Give both ends of a count, the lower one first, or neither.",
            ),
            models.CheckConstraint(
                name="handoverchange_schedules_a_date",
                condition=~Q(kind="scheduled") | Q(scheduled__isnull=False),
                violation_error_message="Say for which date it was set.",
            ),
        ]


class EventKind(models.TextChoices):
    """What sort of event it is."""

    WAR = "war", "war and fighting"
    LOSS = "loss", "loss of people"
    CEREMONY = "ceremony", "ceremony"
    TRANSPORT = "transport", "transport"
    EXAMINATION = "examination", "examination"
    IDENTIFICATION = "identification", "identification"
    BURIAL = "burial", "burial"
    DISINTERMENT = "disinterment", "disinterment"
    POLICY = "policy", "decision or policy"
    ORGANISATION = "organisation", "change of an organisation"
    PAYMENT = "payment", "payment"
    VISIT = "visit", "visit"
    PUBLICATION = "publication", "publication"


class Event(Recorded):
    """Something that happened and is none of the other nouns."""

    name = text_line()
    kind = models.CharField(max_length=14, choices=EventKind)
    happened = PartialDateField(help_text="When it happened.")
    happened_earliest = earliest("happened")
    happened_latest = latest("happened")
    place = link("places.Place", required=False, related="events")
    about = ReferenceField(blank=True, help_text="The row that it belongs to, as noun:code.", db_index=True)
    summary = text_block(required=False)

    keep_permission = KEEP
    needs_citation = True

    class Meta(Recorded.Meta):
        """Found by date."""

        indexes = [*Recorded.Meta.indexes, models.Index(fields=["happened_earliest", "code"], name="event_by_date")]

    def __str__(self) -> str:
        return self.name


class Role(models.TextChoices):
    """What somebody had to do with a thing."""

    PARTICIPANT = "participant", "took part"
    SIGNATORY = "signatory", "agreed to it"
    OBLIGED = "obliged", "is bound by it"
    HOST = "host", "host"
    OBSERVER = "observer", "observer"
    WAITED = "waited", "came and waited"
    MEDIATOR = "mediator", "mediator"
    SPOKE = "spoke", "spoke for a party"
    CONCERNED = "concerned", "is concerned"


class Involvement(Recorded):
    """A party, or a person for a party, had to do with a row of the record."""

    about = ReferenceField(help_text="The row, as noun:code.", db_index=True)
    party = link("parties.Party", related="involvements")
    person = link("parties.Person", required=False, related="involvements")
    role = models.CharField(max_length=11, choices=Role, default=Role.PARTICIPANT)

    keep_permission = KEEP
    fixed_fields = frozenset({"about", "party", "person"})

    class Meta(Recorded.Meta):
        """Asked of many rows at once: whether a party had to do with each."""

        indexes = [*Recorded.Meta.indexes, models.Index(fields=["about", "party"], name="involvement_of_party")]

    def __str__(self) -> str:
        return f"{self.party_id}: {self.get_role_display()}"
