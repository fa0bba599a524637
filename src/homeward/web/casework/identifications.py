"""Identifications: the double entry between an individual of the register and a person of the roll."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from homeward.web.accounts.models import User
from homeward.web.casework.individuals import VIEW_CASES
from homeward.web.engagement.histories import Change, Changing, Machine
from homeward.web.journal.book import InBook
from homeward.web.journal.fields import link, text_block, text_line
from homeward.web.journal.recorded import Recorded
from homeward.web.roll.families import VIEW_FAMILIES

PREPARE = "casework.prepare_identification"
REVIEW = "casework.review_identification"
SIGN = "casework.sign_identification"
TELL = "casework.tell_family"
ANNOUNCE = "casework.announce_identification"


class IdentificationStep(models.TextChoices):
    """What can happen to an identification, in this order."""

    PROPOSED = "proposed", "put forward"
    SUBMITTED = "submitted", "submitted for review"
    SENT_BACK = "sent-back", "sent back"
    SIGNED = "signed", "signed"
    TOLD = "told", "next of kin told"
    ANNOUNCED = "announced", "announced"
    RELEASED = "released", "remains released"
    BURIED = "buried", "buried"
    CLOSED = "closed", "closed: nothing is owed any more"
    DROPPED = "dropped", "dropped"
    RESCINDED = "rescinded", "rescinded"


AFTER_TELLING = {"announced": "announced", "released": "released", "buried": "buried", "rescinded": "rescinded"}


class Identification(Changing, InBook):
    """A candidate, and once it is signed the entry that closes a line of the roll against one of the register.

    in_force: from the signature until it is rescinded. Set by the actions only.
    """

    individual = link("casework.Individual", related="identifications")
    missing = link("roll.MissingPerson", related="identifications")
    prepared_by = text_line("User who put it forward.", longest=150)
    policy = text_line("The policy of thresholds under which it was judged, with its version.", required=False)
    conclusion = text_block(
        "What the evidence shows, taken together. Once announced, every reader sees it: name no relative here.",
        required=False,
    )
    signed_by = text_line("Examiner who signed it.", required=False, longest=150)
    signed_digest = text_line("SHA-256 of all that was signed.", required=False, longest=64)
    in_force = models.BooleanField(default=False)

    by_action_only = True
    keep_permission = PREPARE
    fixed_fields = frozenset({"individual", "missing", "prepared_by"})
    action_fields = frozenset({"prepared_by", "conclusion", "policy", "signed_by", "signed_digest", "in_force"})
    change = "casework.IdentificationChange"
    machine = Machine(
        steps={
            "": {"proposed": "proposed"},
            "proposed": {"submitted": "in-review", "dropped": "dropped"},
            "in-review": {"sent-back": "proposed", "signed": "signed", "dropped": "dropped"},
            "signed": {"told": "told", "rescinded": "rescinded"},
            "told": AFTER_TELLING,
            "announced": AFTER_TELLING,
            "released": AFTER_TELLING,
            "buried": {"announced": "buried", "closed": "closed", "rescinded": "rescinded"},
            "closed": {"rescinded": "rescinded"},
            "dropped": {"proposed": "proposed"},
            "rescinded": {},
        },
        labels={
            "proposed": "candidate",
            "in-review": "in review",
            "signed": "signed, family not yet told",
            "told": "family told",
            "announced": "announced",
            "released": "remains released",
            "buried": "buried",
            "closed": "closed",
            "dropped": "dropped",
            "rescinded": "rescinded",
        },
    )

    class Meta(InBook.Meta):
        """In force once for a person and once for an individual; who prepared it does not sign it."""

        permissions = [
            ("prepare_identification", "May put forward a candidate with its evidence"),
            ("review_identification", "May review the evidence of others"),
            ("sign_identification", "May sign an identification, and rescind one"),
            ("tell_family", "May record what the next of kin were told, and what they decided"),
            ("announce_identification", "May make an identification visible to everybody who reads the record"),
        ]
        constraints = [
            *Recorded.Meta.constraints,
            models.UniqueConstraint(
                fields=["missing"],
                condition=Q(in_force=True, withdrawn=""),
                name="identification_person_once",
                violation_error_message="This person is accounted for by another identification.",
            ),
            models.UniqueConstraint(
                fields=["individual"],
                condition=Q(in_force=True, withdrawn=""),
                name="identification_individual_once",
                violation_error_message="This individual is identified as another person.",
            ),
            models.CheckConstraint(
                name="identification_four_eyes",
                condition=Q(signed_by="") | ~Q(signed_by=F("prepared_by")),
                violation_error_message="Whoever put an identification forward cannot sign it.",
            ),
            models.CheckConstraint(
                name="identification_in_force_is_signed",
                condition=Q(in_force=False) | (~Q(signed_by="") & ~Q(signed_digest="")),
                violation_error_message="Only what was signed is in force.",
            ),
        ]

    def __str__(self) -> str:
        return f"identification {self.code}"

    @classmethod
    def hidden_from(cls, user: User | AnonymousUser) -> Q | None:
        """Hidden until announced; those who work on cases see all, those who tell families what was signed."""
        if user.has_perm(VIEW_CASES):
            return None
        return Q(signed_by="") if user.has_perm(VIEW_FAMILIES) else ~Q(_announced())

    @classmethod
    def unannounced(cls) -> models.QuerySet[Any]:
        """Return the keys of the identifications that were not announced."""
        return cls.objects.filter(~Q(_announced())).order_by().values("pk")


def _announced() -> Exists:
    """Whether an identification was announced."""
    steps = IdentificationChange.objects.filter(identification=OuterRef("pk"), kind="announced", withdrawn="")
    return Exists(steps)


class IdentificationChange(Change, InBook):
    """A step of an identification, with who took it."""

    identification = link("casework.Identification", related="changes")
    kind = models.CharField(max_length=10, choices=IdentificationStep)
    user = text_line("User who took the step.", longest=150)
    reason = text_block("Why: required for sending back, dropping and rescinding.", required=False)
    transfer = link(
        "remains.Transfer", "The transfer by which the remains were released.", required=False, related="releases"
    )

    by_action_only = True
    keep_permission = PREPARE
    subject = "identification"
    needs_citation = False
    fixed_fields = frozenset({"identification", "kind", "user", "transfer", "reason"})
    action_fields = frozenset({"kind", "user"})

    class Meta(Change.Meta):
        """A reason where a step undoes something."""

        constraints = [
            *Recorded.Meta.constraints,
            models.CheckConstraint(
                name="identificationchange_reason",
                condition=~Q(kind__in=["sent-back", "dropped", "rescinded"]) | ~Q(reason=""),
                violation_error_message="Say why.",
            ),
        ]

    @classmethod
    def hidden_from(cls, user: User | AnonymousUser) -> Q | None:
        """Hidden together with its identification; what was sent back, and why, is for those who work on cases."""
        hidden = hidden_with_identification(user)
        return None if hidden is None else hidden | Q(kind="sent-back")


def hidden_with_identification(user: User | AnonymousUser) -> Q | None:
    """Return the condition of the rows of a noun that are hidden because their identification is."""
    hidden = Identification.hidden_from(user)
    if hidden is None:
        return None
    return Q(identification__in=Identification.objects.filter(hidden).order_by().values("pk"))
