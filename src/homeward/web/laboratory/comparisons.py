"""Runs of the engine on what the record holds: which profiles went into them, and which candidates came out."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Comparison(models.Model):
    """One run of the engine on chosen samples and families. Its inputs and its result are those of the analysis.

    candidates: ranked pairs with their figures, as `homeward.web.laboratory.candidates` makes them.
    set_aside: what was asked for and not compared, and why.
    """

    analysis = models.OneToOneField("casework.Analysis", on_delete=models.PROTECT, related_name="comparison")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    candidates = models.JSONField()
    set_aside = models.JSONField()

    class Meta:
        """The newest first."""

        ordering = ["-at", "-pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.analysis)


class ComparedProfile(models.Model):
    """One profile that a comparison rests on, in the version that it had."""

    comparison = models.ForeignKey(Comparison, on_delete=models.PROTECT, related_name="profiles")
    profile = models.ForeignKey("laboratory.Profile", on_delete=models.PROTECT, related_name="compared")
    version = models.PositiveIntegerField()

    class Meta:
        """Each profile once."""

        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["comparison", "profile"], name="comparedprofile_once"),
        ]

    def __str__(self) -> str:
        return f"{self.profile_id}, version {self.version}"
