"""Wars and disasters, and the incidents in which people were lost."""

from __future__ import annotations

from django.core.validators import MinValueValidator
from django.db import models

from homeward.web.journal.book import InBook
from homeward.web.journal.fields import PartialDateField, earliest, latest, link, text_block, text_line
from homeward.web.journal.recorded import Recorded

KEEP = "roll.keep_roll"


class CalamityKind(models.TextChoices):
    """What sort of calamity it is."""

    WAR = "war", "war"
    DISASTER = "disaster", "disaster"
    PERSECUTION = "persecution", "persecution or enforced disappearance"
    MIGRATION = "migration", "migration"


class Calamity(InBook):
    """A war or disaster in which people were lost. A *conflict* in this record is one between statements."""

    name = text_line("Such as Korean War.")
    kind = models.CharField(max_length=11, choices=CalamityKind)
    happened = PartialDateField(help_text="From when to when.")
    happened_earliest = earliest("happened")
    happened_latest = latest("happened")
    description = text_block(required=False)

    keep_permission = KEEP

    class Meta(InBook.Meta):
        """It names the permissions of the roll."""

        verbose_name = "war or disaster"
        verbose_name_plural = "wars and disasters"
        permissions = [("keep_roll", "May enter and amend the missing and how they were lost")]

    def __str__(self) -> str:
        return self.name


class IncidentKind(models.TextChoices):
    """How people were lost."""

    GROUND = "ground", "ground fighting"
    AIR = "air", "loss of an aircraft"
    SEA = "sea", "loss of a ship"
    CAPTIVITY = "captivity", "captivity or march"
    DISAPPEARANCE = "disappearance", "disappearance"
    DISASTER = "disaster", "disaster"
    OTHER = "other", "another way"


class Incident(InBook):
    """One loss: a battle on some days, an aircraft, a ship, a camp. Its place may be no better known than an area."""

    name = text_line("What it is called, such as the serial number of the aircraft or the place and the days.")
    calamity = link("roll.Calamity", related="incidents")
    kind = models.CharField(max_length=13, choices=IncidentKind)
    happened = PartialDateField(help_text="When it happened, as well as it is known.")
    happened_earliest = earliest("happened")
    happened_latest = latest("happened")
    place = link("places.Place", required=False, related="incidents")
    place_as_written = text_line("How the report calls the place, or its grid reference.", required=False)
    uncertainty_km = models.DecimalField(
        max_digits=6,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
        help_text="People were lost within this many kilometres of the place.",
    )
    n_lost = models.PositiveIntegerField(
        "people lost", null=True, blank=True, help_text="How many were lost in it, as far as that is known."
    )
    circumstances = text_block(required=False)

    keep_permission = KEEP

    class Meta(InBook.Meta):
        """Found by the day it happened."""

        verbose_name = "loss incident"
        indexes = [*Recorded.Meta.indexes, models.Index(fields=["happened_earliest", "code"], name="incident_by_date")]

    def __str__(self) -> str:
        return self.name
