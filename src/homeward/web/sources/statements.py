"""Statements: who said what, as reported where, through whom."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from homeward.core.dates import PartialDate
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
from homeward.web.sources.documents import ENTER, WITHDRAW, FromDocument, Grade


class Act(models.TextChoices):
    """What somebody did by saying it."""

    ASSERTED = "asserted", "said"
    DENIED = "denied", "denied"
    PROMISED = "promised", "promised"
    ANNOUNCED = "announced", "announced"
    ESTIMATED = "estimated", "estimated"
    EXPECTED = "expected", "expected"
    ASKED = "asked", "asked"
    REPORTED = "reported", "reported"


class Statement(FromDocument):
    """Something that somebody said, or is reported to have said. It is kept whether or not it is true."""

    speaker = link("parties.Person", "Who said it, if that is known.", required=False, related="statements")
    party = link("parties.Party", "For whom, or which party said it.", required=False, related="statements")
    speaker_described = text_line(
        "The speaker as the document puts it, such as 'a source with knowledge'.", required=False
    )
    hearer = text_line("To whom it was said.", required=False)
    said = PartialDateField(help_text="When it was said.")
    said_earliest = earliest("said")
    said_latest = latest("said")
    place = link("places.Place", "Where it was said.", required=False)
    act = models.CharField(max_length=10, choices=Act, default=Act.ASSERTED)
    hedge = text_line("Words that weaken it, such as 'apparently'.", required=False, longest=120)
    claim = text_block("What was said, in plain words of this record.")
    grade = models.CharField(max_length=1, choices=Grade)

    keep_permission = ENTER
    withdraw_permission = WITHDRAW
    fixed_fields = frozenset({"document", "speaker", "party"})

    class Meta(FromDocument.Meta):
        """Somebody said it; found by speaker, by party and by date."""

        indexes = [*Recorded.Meta.indexes, models.Index(fields=["said_earliest", "code"], name="statement_by_date")]
        constraints = [
            *Recorded.Meta.constraints,
            models.CheckConstraint(
                name="statement_has_a_speaker",
                condition=Q(speaker__isnull=False) | Q(party__isnull=False) | ~Q(speaker_described=""),
                violation_error_message="Say who said it: a person, a party, or the speaker as the document puts it.",
            ),
        ]

    def __str__(self) -> str:
        return self.claim

    def clean(self) -> None:
        """Refuse words that were published before they were said.

        Raises
        ------
        ValidationError
            The date is later than the document's, or the passage is not in the document.
        """
        super().clean()
        # A form that could not read the date leaves what was typed here, and says so itself.
        was_read = isinstance(self.said, PartialDate)
        if self.document_id and was_read and self.said.earliest > self.document.published.latest:
            raise ValidationError(
                {"said": f"This is later than the document that reports it, of {self.document.published.words}."}
            )


class Attribution(Recorded):
    """One link of the chain through which a statement reached the document; the first is nearest to the speaker."""

    statement = link("sources.Statement", related="chain")
    position = models.PositiveSmallIntegerField(help_text="1 for the link nearest to the speaker.")
    who = text_line("Who passed it on, such as Yonhap News Agency.")
    party = link("parties.Party", required=False)
    how = text_line("How, such as 'told', 'quoted by'.", longest=60)

    keep_permission = ENTER
    withdraw_permission = WITHDRAW
    fixed_fields = frozenset({"statement"})

    class Meta(Recorded.Meta):
        """One link at each position."""

        ordering = ["statement", "position"]
        constraints = [
            *Recorded.Meta.constraints,
            models.UniqueConstraint(
                fields=["statement", "position"],
                condition=Q(withdrawn=""),
                name="attribution_one_at_each_position",
                violation_error_message="There is already a link at this position.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.how} {self.who}"


class Says(models.TextChoices):
    """What a statement says of an event."""

    HAPPENED = "happened", "says that it happened"
    IN_PART = "in-part", "says that it happened in part, or is happening"
    NOT = "not", "says that it has not happened"
    PLANNED = "planned", "says that it is planned"
    CONCERNS = "concerns", "concerns it"


class Bearing(Recorded):
    """What a statement is about, and what it says of it."""

    statement = link("sources.Statement", related="bearings")
    about = ReferenceField(help_text="The row that it is about, as noun:code.", db_index=True)
    says = models.CharField(max_length=8, choices=Says, default=Says.CONCERNS)

    keep_permission = ENTER
    withdraw_permission = WITHDRAW
    fixed_fields = frozenset({"statement", "about"})

    class Meta(Recorded.Meta):
        """A statement bears on a row in one way."""

        constraints = [
            *Recorded.Meta.constraints,
            models.UniqueConstraint(
                fields=["statement", "about"],
                condition=Q(withdrawn=""),
                name="bearing_said_once",
                violation_error_message="What this statement says of that row is already in the record.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_says_display()}: {self.about}"
