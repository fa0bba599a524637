"""Places and their names."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from homeward.web.journal.fields import PartialDateField, link, text_block, text_line
from homeward.web.journal.recorded import Recorded
from homeward.web.places.names import WrittenName

KEEP = "places.keep_places"


class PlaceKind(models.TextChoices):
    """What sort of place it is."""

    COUNTRY = "country", "country"
    REGION = "region", "region or province"
    COUNTY = "county", "county or city area"
    SETTLEMENT = "settlement", "town or village"
    SITE = "site", "building or site"
    AIRFIELD = "airfield", "airfield"
    CEMETERY = "cemetery", "cemetery"
    CAMP = "camp", "prisoner-of-war camp"
    WATER = "water", "river, lake or reservoir"
    AREA = "area", "area of fighting"


class Place(Recorded):
    """A place on the ground. Two places of one name are two rows; one place with three names is one."""

    name = text_line("The name that this record uses.")
    kind = models.CharField(max_length=12, choices=PlaceKind)
    country = text_line("ISO 3166 code of the state that it lies in today, such as KP.", required=False, longest=2)
    part_of = link("places.Place", "The larger place that it lies in.", required=False, related="parts")
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
    uncertainty_km = models.DecimalField(
        max_digits=6,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
        help_text="The place lies within this many kilometres of the coordinates.",
    )
    existed = PartialDateField(null=True, blank=True, help_text="When it was there, if not always.")
    now = link("places.Place", "What has stood for it since it ended.", required=False, related="once")
    note = text_block("Where the coordinates come from; what it must not be mistaken for.", required=False)

    keep_permission = KEEP

    class Meta(Recorded.Meta):
        """A place has both coordinates and their uncertainty, or none of them."""

        permissions = [("keep_places", "May enter and amend places")]
        constraints = [
            *Recorded.Meta.constraints,
            models.CheckConstraint(
                name="place_whole_coordinates",
                condition=Q(latitude=None, longitude=None, uncertainty_km=None)
                | Q(latitude__isnull=False, longitude__isnull=False, uncertainty_km__isnull=False),
                violation_error_message="Give latitude, longitude and their uncertainty, or none of the three.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class PlaceName(WrittenName):
    """What a place is or was called."""

    place = link("places.Place", related="names")

    keep_permission = KEEP
    fixed_fields = frozenset({"place"})

    class Meta(WrittenName.Meta):
        """Nothing of its own."""

    def depends_on(self) -> Iterable[tuple[type[Recorded], str]]:
        """It is a part of its place."""
        return [(Place, self.place_id)]
