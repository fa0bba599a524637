"""Figures: counted claims, each with its unit, its scope, its date and its counting rule."""

from __future__ import annotations

from decimal import Decimal

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q

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

LARGEST = Decimal("9999999999999.99")
"""SQLite keeps 15 digits of a number, of which two are decimals."""


class Unit(models.TextChoices):
    """What was counted. None of them is another: a box is not a set of remains is not an individual."""

    BOX = "box", "boxes, cases or caskets"
    SET = "set", "sets of remains"
    BODY = "body", "bodies"
    INDIVIDUAL = "individual", "individuals"
    IDENTIFIED = "identified", "people identified"
    ACCOUNTED = "accounted", "people accounted for"
    UNACCOUNTED = "unaccounted", "people unaccounted for"
    CAPTIVE = "captive", "people held captive"
    GRAVE = "grave", "graves"
    OPERATION = "operation", "operations"
    PEOPLE = "people", "people"
    PERCENT = "percent", "per cent"
    DOLLARS = "dollars", "US dollars"
    THING = "thing", "things"


class Qualifier(models.TextChoices):
    """How exact the source says the figure is."""

    EXACT = "exact", "exactly"
    ABOUT = "about", "about"
    NEARLY = "nearly", "nearly"
    MORE = "more", "more than"
    AT_LEAST = "at-least", "at least"
    UP_TO = "up-to", "up to"
    BETWEEN = "between", "between"


class CountingRule(Recorded):
    """What is counted and from when; two totals by two rules differ without either being wrong."""

    name = text_line()
    text = text_block("The rule in full, as its author states it.")
    edition = text_line("Version of the rule, where it has changed.", required=False, longest=60)
    in_force = PartialDateField(null=True, blank=True, help_text="When it was used.")
    party = link("parties.Party", "Whose rule it is.", required=False)

    keep_permission = ENTER
    withdraw_permission = WITHDRAW

    class Meta(Recorded.Meta):
        """Nothing of its own."""

    def __str__(self) -> str:
        return self.name


class Series(Recorded):
    """Figures that answer one question, at different dates and by different people."""

    name = text_line("The question, such as 'US personnel unaccounted for from the Korean War'.")
    unit = models.CharField(max_length=12, choices=Unit)
    scope = text_line("Whom or what it covers.")
    note = text_block(required=False)

    keep_permission = ENTER
    withdraw_permission = WITHDRAW

    class Meta(Recorded.Meta):
        """Nothing of its own."""

        verbose_name_plural = "series"

    def __str__(self) -> str:
        return self.name


class Figure(FromDocument):
    """A number that somebody published. It means nothing without its unit, scope and date."""

    series = link("sources.Series", related="figures")
    statement = link("sources.Statement", "The statement that it is a part of.", required=False, related="figures")
    asserter = link("parties.Party", "Who vouches for it.", required=False)
    low = models.DecimalField(
        max_digits=16,
        decimal_places=2,
        validators=[MaxValueValidator(LARGEST)],
        help_text="The value, or the lower end of a range.",
    )
    high = models.DecimalField(
        max_digits=16,
        decimal_places=2,
        validators=[MaxValueValidator(LARGEST)],
        help_text="The same again, or the upper end of a range.",
    )
    qualifier = models.CharField(max_length=8, choices=Qualifier, default=Qualifier.EXACT)
    unit = models.CharField(max_length=12, choices=Unit)
    scope = text_line("Whom or what it covers: side, war, area, years.")
    counted = PartialDateField(help_text="The date as of which it was counted.")
    counted_earliest = earliest("counted")
    counted_latest = latest("counted")
    rule = link("sources.CountingRule", "Empty where the source does not say how it counted.", required=False)
    about = ReferenceField(
        blank=True, help_text="The handover, operation or other row that it counts, as noun:code.", db_index=True
    )
    grade = models.CharField(max_length=1, choices=Grade)
    note = text_block(required=False)

    keep_permission = ENTER
    withdraw_permission = WITHDRAW
    fixed_fields = frozenset({"document", "series"})

    class Meta(FromDocument.Meta):
        """A range is in order; found by series and date."""

        indexes = [
            *Recorded.Meta.indexes,
            models.Index(fields=["series", "counted_earliest"], name="figure_by_series_and_date"),
        ]
        constraints = [
            *Recorded.Meta.constraints,
            models.CheckConstraint(
                name="figure_range_in_order",
                condition=Q(low__lte=F("high")) & Q(low__gte=0),
                violation_error_message="The lower end of a figure is not below zero and not above the upper end.",
            ),
            models.CheckConstraint(
                name="figure_has_unit_and_scope",
                condition=~Q(unit="") & ~Q(scope=""),
                violation_error_message="A figure needs a unit and a scope.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.words} {self.get_unit_display()}"

    @property
    def words(self) -> str:
        """The value as the source put it: 'nearly 8,000', '50 to 55'."""
        low, high = (f"{value:,.2f}".removesuffix(".00") for value in (self.low, self.high))
        if self.low != self.high:
            return f"{low} to {high}"
        return low if self.qualifier == Qualifier.EXACT else f"{self.get_qualifier_display()} {low}"
