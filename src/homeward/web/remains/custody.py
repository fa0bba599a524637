"""Custody: where things lie, and each passing from one holder to another."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import F, Q

from homeward.web.accounts.models import User
from homeward.web.journal.book import InBook
from homeward.web.journal.fields import PartialDateField, ReferenceField, earliest, latest, link, text_block, text_line
from homeward.web.journal.recorded import Recorded

KEEP = "remains.keep_custody"


class Store(InBook):
    """A room, a shelf or a box of a holder in which things lie."""

    holder = link("parties.Party", related="stores")
    name = text_line("Such as shelf 14 C.", longest=120)
    within = link("remains.Store", "The larger one that it is in.", required=False, related="inner")

    keep_permission = KEEP

    class Meta(InBook.Meta):
        """A name is used once in the same place."""

        permissions = [("keep_custody", "May send, receive and move what is in the register")]
        constraints = [
            *Recorded.Meta.constraints,
            models.UniqueConstraint(
                fields=["holder", "within", "name"],
                condition=Q(withdrawn=""),
                name="store_name_once",
                nulls_distinct=False,
                violation_error_message="There is such a place already.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class TransferKind(models.TextChoices):
    """What sort of passing it is."""

    TAKEOVER = "takeover", "first taken over"
    HANDOVER = "handover", "handed over"
    MOVE = "move", "moved within one holder"
    LOAN = "loan", "sent for examination"
    RETURN = "return", "returned"
    RELEASE = "release", "released to the family or another nation"


class Transfer(InBook):
    """Things pass from one holder to another. Who sends them and who receives them are two people.

    Until it is received the giver holds them, and still does once it was turned back. ``received_by_user`` is set by
    the action of whoever receives. ``order`` is its place among what was received on one day.
    """

    kind = models.CharField(max_length=8, choices=TransferKind)
    happened = PartialDateField(help_text="When they were given out of hand.")
    happened_earliest = earliest("happened")
    happened_latest = latest("happened")
    giver = link("parties.Party", related="transfers_given")
    receiver = link("parties.Party", related="transfers_received")
    given_by = text_line("Who handed them over, by name.", longest=150)
    received_by = text_line("Who took them, by name.", required=False, longest=150)
    store = link("remains.Store", "Where they are put.", required=False, related="transfers")
    seal = text_line("Seal put on for the way; empty if none.", required=False, longest=80)
    n_things = models.PositiveIntegerField(
        "things counted", help_text="Pieces given out of hand; what is packed inside one of them is not counted again."
    )
    sent_by_user = text_line("User who entered the sending.", longest=150)
    received = PartialDateField(null=True, blank=True, help_text="When they were received.")
    received_earliest = earliest("received")
    received_latest = latest("received")
    received_by_user = text_line("User who confirmed the receipt.", required=False, longest=150)
    n_received = models.PositiveIntegerField("things counted on receipt", null=True, blank=True)
    seal_intact = models.BooleanField("seal intact on receipt", null=True, blank=True)
    order = models.PositiveIntegerField(default=0, help_text="Order among what was received on the same day.")
    turned_back = PartialDateField(null=True, blank=True, help_text="When it was refused or called back.")
    turned_back_earliest = earliest("turned_back")
    turned_back_latest = latest("turned_back")
    turned_back_by_user = text_line("User who refused it or called it back.", required=False, longest=150)
    note = text_block("What differed on receipt, and why it was accepted; why it was turned back.", required=False)

    by_action_only = True
    keep_permission = KEEP
    fixed_fields = frozenset({"kind", "happened", "giver", "receiver", "n_things", "sent_by_user"})
    action_fields = frozenset(
        {
            "sent_by_user",
            "received",
            "received_by",
            "received_by_user",
            "n_received",
            "seal_intact",
            "n_things",
            "order",
            "turned_back",
            "turned_back_by_user",
        }
    )

    class Meta(InBook.Meta):
        """Two people for every passing between two holders; a move stays with one holder; a receipt is whole."""

        indexes = [
            *Recorded.Meta.indexes,
            models.Index(fields=["happened_earliest", "code"], name="transfer_by_date"),
            models.Index(fields=["received_earliest", "order"], name="transfer_by_receipt"),
            models.Index(fields=["kind", "code"], name="transfer_by_kind"),
        ]
        constraints = [
            *Recorded.Meta.constraints,
            models.CheckConstraint(
                name="transfer_move_within_one_holder",
                condition=Q(kind="move", giver=F("receiver")) | (~Q(kind="move") & ~Q(giver=F("receiver"))),
                violation_error_message="A move stays with one holder; everything else passes between two.",
            ),
            models.CheckConstraint(
                name="transfer_four_eyes",
                condition=Q(kind="move") | Q(received_by_user="") | ~Q(received_by_user=F("sent_by_user")),
                violation_error_message="Whoever sends cannot also receive: a second person confirms the receipt.",
            ),
            models.CheckConstraint(
                name="transfer_received_whole",
                condition=Q(received=None, received_by_user="", n_received=None)
                | (Q(received__isnull=False, n_received__isnull=False) & ~Q(received_by_user="") & ~Q(received_by="")),
                violation_error_message="Say who received, when, and how many things were counted.",
            ),
            models.CheckConstraint(
                name="transfer_received_or_turned_back",
                condition=Q(turned_back=None, turned_back_by_user="")
                | (Q(turned_back__isnull=False, received=None) & ~Q(turned_back_by_user="") & ~Q(note="")),
                violation_error_message="What was received cannot be turned back; say who turned it back, and why.",
            ),
            models.CheckConstraint(
                name="transfer_difference_explained",
                condition=Q(received=None) | ~Q(note="") | (Q(n_received=F("n_things")) & ~Q(seal_intact=False)),
                violation_error_message="The count or the seal differs from what was sent. Say what is different, "
                "and why it was accepted.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.happened.words}"

    @property
    def is_under_way(self) -> bool:
        """Whether nobody has received it, and nobody turned it back."""
        return self.received is None and self.turned_back is None

    @property
    def differs(self) -> bool:
        """Whether what was received is not what was sent."""
        return self.received is not None and (self.n_received != self.n_things or self.seal_intact is False)

    @classmethod
    def hidden_from(cls, user: User | AnonymousUser) -> Q | None:
        """A release to a family is hidden until the identification that it follows from is announced."""
        releases = _hidden_releases(user)
        return None if releases is None else Q(pk__in=releases)

    @classmethod
    def problems_together(cls, codes: Iterable[str]) -> list[tuple[str, str, str]]:
        """Return where things pass from somebody who does not hold them, or are not as many as were counted."""
        from homeward.web.remains.custody_check import problems_of_transfers

        return problems_of_transfers(list(codes))


class TransferItem(InBook):
    """One thing that passes: a container, an accession, a bone, a sample or an effect."""

    transfer = link("remains.Transfer", related="items")
    about = ReferenceField(help_text="The thing, as noun:code.", db_index=True)
    packed = models.BooleanField(
        default=False, help_text="Whether it goes along inside another thing of this transfer."
    )
    under_way = models.BooleanField(default=True)

    by_action_only = True
    keep_permission = KEEP
    fixed_fields = frozenset({"transfer", "about", "packed"})
    action_fields = frozenset({"under_way"})

    class Meta(InBook.Meta):
        """A thing is on one way at a time."""

        constraints = [
            *Recorded.Meta.constraints,
            models.UniqueConstraint(fields=["transfer", "about"], name="transferitem_once"),
            models.UniqueConstraint(
                fields=["about"],
                condition=Q(under_way=True, withdrawn=""),
                name="transferitem_on_one_way",
                violation_error_message="This is on its way in another transfer that nobody has received yet.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.about)

    @classmethod
    def hidden_from(cls, user: User | AnonymousUser) -> Q | None:
        """Hidden together with its transfer."""
        releases = _hidden_releases(user)
        return None if releases is None else Q(transfer__in=releases)

    def depends_on(self) -> Iterable[tuple[type[Recorded], str]]:
        """It is a part of its transfer."""
        return [(Transfer, self.transfer_id)]


SEE_RELEASES = (KEEP, "casework.view_cases", "roll.view_families")
"""Whoever has one of these sees what is released before it is announced: their work is the remains or the family."""


def _hidden_releases(user: User | AnonymousUser) -> models.QuerySet[Any, Any] | None:
    """The keys of the releases that a user may not see; ``None`` for those who see all."""
    from homeward.web.casework.unannounced import unannounced_releases

    return None if any(user.has_perm(permission) for permission in SEE_RELEASES) else unannounced_releases()
