"""What was noticed on comparing profiles: that one may be contaminated, exchanged, or of somebody else."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q


class SuspicionKind(models.TextChoices):
    """What was noticed."""

    STAFF = "staff", "same as a member of staff: contamination suspected"
    SAME = "same", "same profile in unrelated specimens or people"
    REPEAT = "repeat", "typings of one sample differ"
    SEX = "sex", "amelogenin and recorded sex differ"
    FAMILY = "family", "does not fit its family"


class Suspicion(models.Model):
    """Something that speaks against a profile. It follows from the record and is found again whenever that changes.

    A profile with an open suspicion is compared with nobody. Who clears it says why; the journal holds the same.
    """

    profile = models.ForeignKey("laboratory.Profile", on_delete=models.PROTECT, related_name="suspicions")
    other = models.ForeignKey("laboratory.Profile", on_delete=models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=6, choices=SuspicionKind)
    words = models.CharField(max_length=300)
    found_at = models.DateTimeField(auto_now_add=True)
    cleared = models.CharField(max_length=300, blank=True)
    cleared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        """The latest first; each thing once."""

        ordering = ["-found_at", "-pk"]
        default_permissions = ()
        indexes = [models.Index(fields=["cleared", "-found_at", "-id"], name="suspicion_open_first")]
        constraints = [
            models.UniqueConstraint(
                fields=["profile", "other", "kind"], condition=Q(cleared=""), name="suspicion_once"
            ),
            models.CheckConstraint(
                name="suspicion_cleared_by_somebody",
                condition=Q(cleared="", cleared_by=None) | (~Q(cleared="") & Q(cleared_by__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return self.words
