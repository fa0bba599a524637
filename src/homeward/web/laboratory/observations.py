"""What is measured and seen on bones and teeth."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q

from homeward.osteology.catalogue import measurements
from homeward.web.journal.book import InBook
from homeward.web.journal.fields import PartialDateField, earliest, latest, link, text_block, text_line
from homeward.web.journal.recorded import Recorded
from homeward.web.remains.accessions import KEEP


class Measurement(InBook):
    """One osteometric measurement of one specimen."""

    specimen = link("remains.Specimen", related="measurements")
    measure = text_line("Code of the measurement, as in docs/bone-files.md, such as Fem_01.", longest=20)
    value = models.DecimalField(
        max_digits=7,
        decimal_places=2,
        validators=[MinValueValidator(0)],
        help_text="In the unit of the measurement: millimetres or degrees.",
    )
    measured_by = text_line(longest=150)

    keep_permission = KEEP
    fixed_fields = frozenset({"specimen", "measure"})

    class Meta(InBook.Meta):
        """One person measures a thing once; a repeat by another person is a row of its own."""

        constraints = [
            *Recorded.Meta.constraints,
            models.UniqueConstraint(
                fields=["specimen", "measure", "measured_by"],
                condition=Q(withdrawn=""),
                name="measurement_once",
                violation_error_message="This person measured this before. Amend that row, or name who measured again.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure}: {self.value}"

    def clean(self) -> None:
        """The measurement is one of the catalogue, and one of this bone."""
        known = measurements().get(self.measure)
        if known is None:
            raise ValidationError({"measure": f"{self.measure!r} is no measurement of the catalogue."})
        if self.specimen_id and known.element != self.specimen.element:
            raise ValidationError(
                {"measure": f"{self.measure} is measured on a {known.element}, not on a {self.specimen.element}."}
            )


class DentalChart(InBook):
    """Teeth, before death or after it, in the notation of the source."""

    missing = link("roll.MissingPerson", "Whose teeth, in life.", required=False, related="dental_charts")
    specimen = link("remains.Specimen", "The jaw or teeth that were examined.", required=False, related="dental_charts")
    happened = PartialDateField(help_text="When it was charted.")
    happened_earliest = earliest("happened")
    happened_latest = latest("happened")
    chart = text_block("One tooth a line: number, then its state, as in docs/biological-profile.md.")
    notation = models.CharField(max_length=9, choices=[("fdi", "FDI"), ("universal", "Universal")])
    charted_by = text_line(longest=150)

    keep_permission = KEEP
    fixed_fields = frozenset({"missing", "specimen"})

    class Meta(InBook.Meta):
        """It is of a person before, or of a specimen after."""

        constraints = [
            *Recorded.Meta.constraints,
            models.CheckConstraint(
                name="dentalchart_of_one",
                condition=Q(missing__isnull=False, specimen=None) | Q(missing=None, specimen__isnull=False),
                violation_error_message="A chart is of a missing person or of a specimen, not of both.",
            ),
        ]

    def __str__(self) -> str:
        return f"teeth, {self.happened.words}"
