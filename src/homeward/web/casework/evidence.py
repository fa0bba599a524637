"""The argument of an identification: frozen lines of evidence, alternatives, and the review of each item."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import F, Q

from homeward.web.casework.identifications import PREPARE, REVIEW, Identification
from homeward.web.casework.individuals import VIEW_CASES
from homeward.web.journal.book import InBook
from homeward.web.journal.fields import link, text_block, text_line
from homeward.web.journal.recorded import Recorded


def log10_lr_column(help_text: str) -> models.DecimalField[Any, Any]:
    """Return a column for a log10 likelihood ratio, to four decimals; an exclusion has no number."""
    return models.DecimalField("log10 LR", max_digits=10, decimal_places=4, null=True, blank=True, help_text=help_text)


class OfCase(InBook):
    """A row of the argument: only those who work on cases see it."""

    keep_permission = PREPARE
    view_permission = VIEW_CASES

    class Meta(InBook.Meta):
        """The constraints of every row."""

        abstract = True


class Line(models.TextChoices):
    """What sort of evidence it is."""

    STR = "str", "autosomal STR"
    Y_STR = "y-str", "Y-STR"
    MT = "mt", "mitochondrial DNA"
    SNP = "snp", "SNP"
    SEX = "sex", "sex"
    AGE = "age", "age at death"
    STATURE = "stature", "stature"
    DENTAL = "dental", "teeth"
    RADIOGRAPH = "radiograph", "radiograph"
    TRAUMA = "trauma", "healed injuries and anomalies"
    EFFECTS = "effects", "material evidence"
    CIRCUMSTANCES = "circumstances", "place and date of loss"


class Direction(models.TextChoices):
    """Which way it points."""

    FOR = "for", "for"
    AGAINST = "against", "against"
    NEUTRAL = "neutral", "neutral"
    MISSING = "missing", "not to be had"


class Evidence(OfCase):
    """One line of evidence, with the version of what it was computed from, so that it can be computed again."""

    identification = link("casework.Identification", related="evidence")
    line = models.CharField(max_length=13, choices=Line)
    direction = models.CharField(max_length=7, choices=Direction)
    log10_lr = log10_lr_column("Where it is a likelihood ratio: H1, this person, on top.")
    statement = text_block("What it shows, in words, with what it rests on.")
    sources = text_block("Rows and documents that it rests on, one noun:code a line.", required=False)
    analysis = text_line("Digest of the recorded analysis.", required=False, longest=64)
    software = text_line("Software and version.", required=False, longest=80)
    rests_on = text_block(
        "The same rows as they stood when it was entered: reference, version and SHA-256, one a line.", required=False
    )
    frozen = text_line("SHA-256 of those lines.", required=False, longest=64)
    entered_by = text_line("User who entered it, and who does not review it.", longest=150)

    by_action_only = True
    fixed_fields = frozenset({"identification", "line", "entered_by"})
    action_fields = frozenset(
        {"direction", "log10_lr", "statement", "sources", "analysis", "software", "rests_on", "frozen", "entered_by"}
    )

    class Meta(OfCase.Meta):
        """What cannot be had has no ratio."""

        verbose_name = "line of evidence"
        verbose_name_plural = "lines of evidence"
        constraints = [
            *Recorded.Meta.constraints,
            models.CheckConstraint(
                name="evidence_missing_without_ratio",
                condition=~Q(direction="missing") | Q(log10_lr=None),
                violation_error_message="Evidence that is not to be had has no likelihood ratio.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_line_display()}: {self.get_direction_display()}"

    def depends_on(self) -> Iterable[tuple[type[Recorded], str]]:
        """It is a part of its identification."""
        return [(Identification, self.identification_id)]


class Alternative(OfCase):
    """Another missing person who was considered, and why it is not that one."""

    identification = link("casework.Identification", related="alternatives")
    missing = link("roll.MissingPerson", related="+")
    log10_lr = log10_lr_column("Of this person against an unrelated one, where it was worked out.")
    reason = text_block("Why this is not the person.")

    by_action_only = True
    fixed_fields = frozenset({"identification", "missing", "reason", "log10_lr"})

    class Meta(OfCase.Meta):
        """Each once."""

        constraints = [
            *Recorded.Meta.constraints,
            models.UniqueConstraint(
                fields=["identification", "missing"],
                condition=Q(withdrawn=""),
                name="alternative_once",
                violation_error_message="This person was considered already.",
            ),
        ]

    def __str__(self) -> str:
        return f"considered: {self.missing_id}"

    def depends_on(self) -> Iterable[tuple[type[Recorded], str]]:
        """It is a part of its identification."""
        return [(Identification, self.identification_id)]


class Opinion(models.TextChoices):
    """What a reviewer says of one item."""

    AGREE = "agree", "agrees"
    DISAGREE = "disagree", "disagrees"
    SEND_BACK = "send-back", "sends back"


class Answer(models.TextChoices):
    """What the preparer did with a comment."""

    ACCEPTED = "accepted", "accepted"
    REJECTED = "rejected", "rejected"


class ReviewItem(OfCase):
    """What one reviewer says of one line of evidence in the version that was read, and what came of it."""

    evidence = link("casework.Evidence", related="reviews")
    reviewer = text_line("User who reviewed it.", longest=150)
    evidence_version = models.PositiveIntegerField("version reviewed")
    opinion = models.CharField(max_length=9, choices=Opinion)
    comment = text_block("Required unless the reviewer agrees.", required=False)
    answer = models.CharField(max_length=8, choices=Answer, blank=True)
    answered_by = text_line("User who answered.", required=False, longest=150)
    answer_text = text_block("What was done, or why not.", required=False)

    by_action_only = True
    keep_permission = REVIEW
    fixed_fields = frozenset({"evidence", "reviewer", "evidence_version", "opinion", "comment"})
    action_fields = frozenset({"reviewer", "evidence_version", "answer", "answered_by", "answer_text"})

    class Meta(OfCase.Meta):
        """A comment where the reviewer does not agree; an answer is whole and by another than the reviewer."""

        constraints = [
            *Recorded.Meta.constraints,
            models.CheckConstraint(
                name="reviewitem_says_why",
                condition=Q(opinion="agree") | ~Q(comment=""),
                violation_error_message="Say what you do not agree with, or what is to be done.",
            ),
            models.CheckConstraint(
                name="reviewitem_answer_whole",
                condition=Q(answer="", answered_by="", answer_text="")
                | (~Q(answer="") & ~Q(answered_by="") & ~Q(answer_text="")),
                violation_error_message="Accept the comment or reject it, and say what was done or why not.",
            ),
            models.CheckConstraint(
                name="reviewitem_answered_by_another",
                condition=~Q(answered_by=F("reviewer")),
                violation_error_message="The reviewer does not answer their own comment.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reviewer} {self.get_opinion_display()}"

    def depends_on(self) -> Iterable[tuple[type[Recorded], str]]:
        """It is a part of the argument."""
        return [(Evidence, self.evidence_id)]
