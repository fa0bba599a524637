"""Sites where people may lie, and what was found there."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from homeward.web.engagement.histories import Change, Changing, Machine
from homeward.web.journal.book import InBook
from homeward.web.journal.fields import PartialDateField, earliest, latest, link, text_block, text_line
from homeward.web.journal.recorded import Recorded

KEEP = "recovery.keep_recovery"


class SiteStep(models.TextChoices):
    """What can happen to a site."""

    REPORTED = "reported", "reported"
    SURVEYED = "surveyed", "surveyed"
    RECOMMENDED = "recommended", "recommended for excavation"
    OPENED = "opened", "opened"
    CLOSED = "closed", "closed"
    NOTHING = "nothing-found", "closed with nothing found"
    REVISIT = "revisit", "to be visited again"


class Site(Changing, InBook):
    """A place on the ground where remains were found or are thought to be."""

    name = text_line("Name or number of the site.")
    place = link("places.Place", required=False, related="sites")
    place_as_written = text_line("How the source calls the place.", required=False)
    latitude = models.DecimalField(
        max_digits=8,
        decimal_places=5,
        null=True,
        blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
        help_text="Degrees north, WGS 84.",
    )
    longitude = models.DecimalField(
        max_digits=8,
        decimal_places=5,
        null=True,
        blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
        help_text="Degrees east, WGS 84.",
    )
    uncertainty_m = models.PositiveIntegerField(
        "uncertainty in metres",
        null=True,
        blank=True,
        help_text="The site lies within this many metres of the coordinates.",
    )
    incident = link("roll.Incident", "The loss that it is thought to belong to.", required=False, related="sites")
    description = text_block(required=False)

    keep_permission = KEEP
    change = "recovery.SiteChange"
    machine = Machine(
        steps={
            "": {"reported": "reported", "surveyed": "surveyed", "opened": "open"},
            "reported": {"surveyed": "surveyed", "opened": "open", "nothing-found": "closed"},
            "surveyed": {"recommended": "recommended", "opened": "open", "nothing-found": "closed", "closed": "closed"},
            "recommended": {"opened": "open", "closed": "closed"},
            "open": {"closed": "closed", "nothing-found": "closed", "revisit": "revisit"},
            "closed": {"revisit": "revisit"},
            "revisit": {"opened": "open", "closed": "closed"},
        },
        labels={
            "reported": "reported",
            "surveyed": "surveyed",
            "recommended": "recommended for excavation",
            "open": "open",
            "closed": "closed",
            "revisit": "to be visited again",
        },
    )

    class Meta(InBook.Meta):
        """Coordinates come with their uncertainty, or not at all."""

        permissions = [("keep_recovery", "May enter and amend sites and finds")]
        constraints = [
            *Recorded.Meta.constraints,
            models.CheckConstraint(
                name="site_whole_coordinates",
                condition=Q(latitude=None, longitude=None, uncertainty_m=None)
                | Q(latitude__isnull=False, longitude__isnull=False, uncertainty_m__isnull=False),
                violation_error_message="Give latitude, longitude and their uncertainty, or none of the three.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class SiteChange(Change, InBook):
    """Something that happened to a site."""

    site = link("recovery.Site", related="changes")
    kind = models.CharField(max_length=13, choices=SiteStep)

    keep_permission = KEEP
    subject = "site"
    needs_citation = False
    fixed_fields = frozenset({"site", "kind"})

    class Meta(Change.Meta):
        """Nothing of its own."""

        constraints = [*Recorded.Meta.constraints]


class Find(InBook):
    """Something that was found on a site, as it was bagged: what comes out of the bag is in the register."""

    site = link("recovery.Site", related="finds")
    operation = link("engagement.Operation", "The operation that found it.", required=False, related="finds")
    happened = PartialDateField(help_text="When it was found.")
    happened_earliest = earliest("happened")
    happened_latest = latest("happened")
    unit = text_line("Grid square, layer or context.", required=False, longest=80)
    bag = text_line("Number of the bag.", longest=80)
    description = text_block("What was found, as it was written down on the spot.")
    found_by = text_line("Who found it.", required=False, longest=150)

    keep_permission = KEEP

    class Meta(InBook.Meta):
        """A bag number is used once on a site."""

        constraints = [
            *Recorded.Meta.constraints,
            models.UniqueConstraint(
                fields=["site", "bag"],
                condition=Q(withdrawn=""),
                name="find_bag_once",
                violation_error_message="This number stands on another bag of the same site.",
            ),
        ]

    def __str__(self) -> str:
        return self.bag
