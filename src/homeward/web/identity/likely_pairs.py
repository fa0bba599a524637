"""Pairs of the roll that look alike, as the last comparison found them. They decide nothing, and can be found again."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q


class LikelyPair(models.Model):
    """Two entries of the roll that may be one person, with what speaks for and against it.

    points: ten times the log10 of how much more often the features agree so in one person than in two.
    reasons: a feature a line: points, then words.
    """

    first = models.ForeignKey("roll.MissingPerson", on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey("roll.MissingPerson", on_delete=models.PROTECT, related_name="+")
    points = models.IntegerField()
    level = models.CharField(max_length=8)
    reasons = models.TextField()
    compared_at = models.DateTimeField()

    class Meta:
        """The smaller code first, each pair once; read from the most points down."""

        default_permissions = ()
        indexes = [models.Index(fields=["-points", "id"], name="likelypair_by_points")]
        constraints = [
            models.CheckConstraint(name="likelypair_of_two", condition=Q(first__lt=F("second"))),
            models.UniqueConstraint(fields=["first", "second"], name="likelypair_once"),
        ]

    def __str__(self) -> str:
        return f"{self.first_id}, {self.second_id}"
