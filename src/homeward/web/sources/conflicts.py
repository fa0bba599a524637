"""The register of conflicts: a question to which sources give different answers, all of them kept."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from homeward.web.journal.fields import PartialDateField, ReferenceField, link, text_block, text_line
from homeward.web.journal.recorded import Recorded

KEEP = "sources.keep_conflicts"


class ConflictState(models.TextChoices):
    """Where the work on a conflict stands."""

    OPEN = "open", "open"
    EXPLAINED = "explained", "explained: both can stand"
    DECIDED = "decided", "decided: one is preferred"
    UNRESOLVABLE = "unresolvable", "cannot be decided from what is known"


class BookCheck(models.TextChoices):
    """Which book can answer the question, whatever anybody said."""

    NONE = "", "none"
    HANDOVERS = "handovers", "the book of handovers, up to the date of the question"


class Conflict(Recorded):
    """A question, the answers that sources give to it, and who is to clear it up."""

    question = text_line()
    state = models.CharField(max_length=12, choices=ConflictState, default=ConflictState.OPEN)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        to_field="username",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="conflicts",
        help_text="Who is to clear it up.",
    )
    reason = text_block("The likely reason for the difference, or why one answer is preferred.", required=False)
    about = ReferenceField(blank=True, help_text="The row that it is about, as noun:code.", db_index=True)
    book = models.CharField(
        "book that can answer", max_length=10, choices=BookCheck, blank=True, default=BookCheck.NONE
    )
    book_giver = link("parties.Party", "For the book of handovers: who gives.", required=False)
    book_receiver = link("parties.Party", "For the book of handovers: who receives.", required=False)
    book_from = PartialDateField(null=True, blank=True, help_text="From when handovers count for the question.")
    book_until = PartialDateField(null=True, blank=True, help_text="Up to when.")

    keep_permission = KEEP
    action_fields = frozenset({"state", "owner"})

    class Meta(Recorded.Meta):
        """Every conflict but an open one has its reason; a check of the book names both sides and the last day."""

        constraints = [
            *Recorded.Meta.constraints,
            models.CheckConstraint(
                name="conflict_closed_with_reason",
                condition=Q(state="open") | ~Q(reason=""),
                violation_error_message="Say why: the reason for the difference, or why one answer is preferred.",
            ),
            models.CheckConstraint(
                name="conflict_check_is_whole",
                condition=Q(book="")
                | Q(book_giver__isnull=False, book_receiver__isnull=False, book_until__isnull=False),
                violation_error_message="A check of the book of handovers needs giver, receiver and last day.",
            ),
        ]

    def __str__(self) -> str:
        return self.question


class Position(Recorded):
    """One answer to the question of a conflict, and the statement or figure that gives it."""

    conflict = link("sources.Conflict", related="positions")
    answer = text_line("The answer in a few words, such as 'yes, 200'.")
    statement = link("sources.Statement", required=False, related="positions")
    figure = link("sources.Figure", required=False, related="positions")
    preferred = models.BooleanField(default=False, help_text="Whether this is the answer that was decided on.")

    keep_permission = KEEP
    fixed_fields = frozenset({"conflict", "statement", "figure"})
    action_fields = frozenset({"preferred"})

    class Meta(Recorded.Meta):
        """Either a statement or a figure gives it; one answer at most is preferred."""

        constraints = [
            *Recorded.Meta.constraints,
            models.CheckConstraint(
                name="position_has_one_ground",
                condition=Q(statement__isnull=False, figure=None) | Q(statement=None, figure__isnull=False),
                violation_error_message="An answer rests on one statement or on one figure.",
            ),
            models.UniqueConstraint(
                fields=["conflict"],
                condition=Q(preferred=True, withdrawn=""),
                name="position_one_preferred",
                violation_error_message="Another answer is already preferred.",
            ),
        ]

    def __str__(self) -> str:
        return self.answer
