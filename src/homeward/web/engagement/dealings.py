"""What parties say to one another and agree: contacts, requests, agreements and their commitments, working groups."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from operator import or_

from django.db import models
from django.db.models import Q

from homeward.web.engagement.histories import Change, Changing, Machine
from homeward.web.engagement.meetings import KEEP
from homeward.web.journal.fields import (
    PartialDateField,
    ReferenceField,
    earliest,
    latest,
    link,
    text_block,
    text_line,
)
from homeward.web.journal.recorded import Recorded


class ContactKind(models.TextChoices):
    """How a side reached the other."""

    CALL = "call", "call"
    LETTER = "letter", "letter"
    MESSAGE = "message", "message"
    VISIT = "visit", "visit"


class Contact(Recorded):
    """A call, letter, message or visit."""

    kind = models.CharField(max_length=7, choices=ContactKind)
    name = text_line("What it was, in a few words.")
    sender = link(
        "parties.Party",
        "Who called, wrote or came; empty where no source says.",
        required=False,
        related="contacts_made",
    )
    receiver = link("parties.Party", "Who was called, written to or visited.", related="contacts_received")
    happened = PartialDateField(help_text="When it was.")
    happened_earliest = earliest("happened")
    happened_latest = latest("happened")
    meeting = link("engagement.Meeting", "The meeting that it was about.", required=False, related="contacts")
    content = text_block("What was said or written.", required=False)

    keep_permission = KEEP
    needs_citation = True

    class Meta(Recorded.Meta):
        """Found by date."""

        indexes = [*Recorded.Meta.indexes, models.Index(fields=["happened_earliest", "code"], name="contact_by_date")]

    def __str__(self) -> str:
        return self.name

    @property
    def between(self) -> str:
        """Who reached whom; the caller is left out where no source says who it was."""
        return f"{f'{self.sender.short_name} ' if self.sender_id else ''}to {self.receiver.short_name}"


class RequestKind(models.TextChoices):
    """What can become of a request."""

    MADE = "made", "made"
    REPEATED = "repeated", "made again"
    PARTLY_GRANTED = "partly-granted", "granted in part"
    GRANTED = "granted", "granted"
    REFUSED = "refused", "refused"
    WITHDRAWN = "withdrawn", "withdrawn by those who made it"
    LAPSED = "lapsed", "lapsed"


OPEN_REQUEST = {
    "repeated": "open",
    "partly-granted": "partly-granted",
    "granted": "granted",
    "refused": "refused",
    "withdrawn": "withdrawn",
    "lapsed": "lapsed",
}


class Request(Changing):
    """Something that one party asked of another."""

    name = text_line("What was asked for, in a few words.")
    sender = link("parties.Party", "Who asked.", related="requests_made")
    receiver = link("parties.Party", "Who was asked.", related="requests_received")
    text = text_block("The request in full.", required=False)

    keep_permission = KEEP
    change = "engagement.RequestChange"
    machine = Machine(
        steps={
            "": {"made": "open"},
            "open": OPEN_REQUEST,
            "partly-granted": OPEN_REQUEST,
            "refused": {"repeated": "open"},
            "lapsed": {"repeated": "open", "granted": "granted"},
            "granted": {},
            "withdrawn": {},
        },
        labels={
            "open": "open",
            "partly-granted": "granted in part",
            "granted": "granted",
            "refused": "refused",
            "withdrawn": "withdrawn",
            "lapsed": "lapsed",
        },
    )

    class Meta(Changing.Meta):
        """Nothing of its own."""

    def __str__(self) -> str:
        return self.name


class RequestChange(Change):
    """Something that happened to a request."""

    request = link("engagement.Request", related="changes")
    kind = models.CharField(max_length=14, choices=RequestKind)

    keep_permission = KEEP
    subject = "request"
    fixed_fields = frozenset({"request", "kind"})

    class Meta(Change.Meta):
        """Found by date."""

        indexes = [
            *Recorded.Meta.indexes,
            models.Index(fields=["happened_earliest", "code"], name="requestchange_by_date"),
        ]


class AgreementKind(models.TextChoices):
    """What sort of agreement it is."""

    JOINT_STATEMENT = "joint-statement", "joint statement or declaration"
    ARMISTICE = "armistice", "armistice"
    ARRANGEMENT = "arrangement", "arrangement or agreement"
    PLAN = "plan", "operations plan"
    MEMORANDUM = "memorandum", "memorandum of understanding or agreement"


class Agreement(Recorded):
    """A text that parties agreed on."""

    name = text_line()
    kind = models.CharField(max_length=15, choices=AgreementKind)
    happened = PartialDateField("agreed", help_text="When it was signed or agreed.")
    happened_earliest = earliest("happened")
    happened_latest = latest("happened")
    place = link("places.Place", required=False, related="agreements")
    meeting = link("engagement.Meeting", "The meeting at which it was agreed.", required=False, related="agreements")
    text = link("sources.Document", "The document that holds its text.", required=False)
    summary = text_block(required=False)

    keep_permission = KEEP
    needs_citation = True

    class Meta(Recorded.Meta):
        """Found by date."""

        indexes = [*Recorded.Meta.indexes, models.Index(fields=["happened_earliest", "code"], name="agreement_by_date")]

    def __str__(self) -> str:
        return self.name


class Commitment(Recorded):
    """One numbered point of an agreement. Its state is proven by what the books hold, never by what is said."""

    agreement = link("engagement.Agreement", related="commitments")
    number = models.PositiveSmallIntegerField()
    name = text_line("The point in a few words.")
    text = text_block("The point in full.")
    undefined = text_line(
        "What the text leaves undefined, such as what 'already identified' refers to.", required=False
    )

    keep_permission = KEEP
    fixed_fields = frozenset({"agreement"})

    class Meta(Recorded.Meta):
        """One commitment of each number."""

        ordering = ["agreement", "number"]
        constraints = [
            *Recorded.Meta.constraints,
            models.UniqueConstraint(
                fields=["agreement", "number"],
                condition=Q(withdrawn=""),
                name="commitment_numbered_once",
                violation_error_message="This agreement already has a point of this number.",
            ),
        ]

    def __str__(self) -> str:
        return f"Point {self.number}: {self.name}"


class Shows(models.TextChoices):
    """What an event in the books shows of a commitment."""

    SCHEDULED = "scheduled", "scheduled"
    BEGUN = "begun", "begun"
    IN_PART = "in-part", "fulfilled in part"
    FULFILLED = "fulfilled", "fulfilled"
    STALLED = "stalled", "stalled"
    SUSPENDED = "suspended", "suspended"


PROVING = ("meeting", "operation", "delivery", "handover")
"""The nouns that can prove something."""
FULFILLING = ("operation", "delivery", "handover")
"""The nouns that can prove that something was done."""


def _about_one_of(nouns: Iterable[str]) -> Q:
    """The reference leads to a row of one of these nouns."""
    return reduce(or_, (Q(about__startswith=f"{noun}:") for noun in nouns))


class Proof(Recorded):
    """A row of the books that shows where a commitment stands. A statement proves nothing and is refused."""

    commitment = link("engagement.Commitment", related="proofs")
    about = ReferenceField("row of the books", help_text="Meeting, operation, delivery or handover, as noun:code.")
    shows = models.CharField(max_length=9, choices=Shows)
    note = text_line(required=False)

    keep_permission = KEEP
    fixed_fields = frozenset({"commitment", "about"})

    class Meta(Recorded.Meta):
        """Only the books prove, and only what was received proves fulfilment."""

        constraints = [
            *Recorded.Meta.constraints,
            models.CheckConstraint(
                name="proof_rests_on_the_books",
                condition=_about_one_of(PROVING),
                violation_error_message="Only meetings, operations, deliveries and handovers show where a commitment "
                "stands. What somebody said of it is kept as a statement.",
            ),
            models.CheckConstraint(
                name="proof_of_fulfilment_is_a_deed",
                condition=~Q(shows__in=["in-part", "fulfilled"]) | _about_one_of(FULFILLING),
                violation_error_message="That something was fulfilled is shown by an operation, a delivery or a "
                "handover, not by a meeting.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_shows_display()}: {self.about}"

    def depends_on(self) -> Iterable[tuple[type[Recorded], str]]:
        """It is a part of the history of its commitment."""
        return [(Commitment, self.commitment_id)]


class WorkingGroup(Recorded):
    """A standing group in which parties work on a subject."""

    name = text_line()
    purpose = text_line(required=False)
    happened = PartialDateField("formed", help_text="When it was formed.")
    happened_earliest = earliest("happened")
    happened_latest = latest("happened")
    ended = PartialDateField(null=True, blank=True)
    agreement = link("engagement.Agreement", required=False, related="working_groups")

    keep_permission = KEEP
    needs_citation = True

    class Meta(Recorded.Meta):
        """Nothing of its own."""

    def __str__(self) -> str:
        return self.name
