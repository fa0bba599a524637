"""Analyses as they were computed, the files they were computed from, and every look at them."""

from __future__ import annotations

import hashlib
import json
import uuid
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from homeward.web.accounts.models import User


class AnalysisQuerySet(models.QuerySet["Analysis"]):
    """Analyses, and who may see them."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Return the analyses that a user may see: all of them, or none."""
        return self if user.has_perm("casework.view_analysis") else self.none()


class Analysis(models.Model):
    """Who is who in one case, as one version of the software computed it under one policy.

    Nothing here is changed afterwards: result, report fragment and report page are those of that moment.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.TextField()
    synthetic = models.BooleanField()
    policy_version = models.TextField()
    software_version = models.TextField()
    # SHA-256 over the digests of all inputs, the software version and the policy version.
    record_digest = models.CharField(max_length=64)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="analyses")
    result = models.JSONField()
    report_fragment = models.TextField()
    report_page = models.TextField()

    objects = AnalysisQuerySet.as_manager()

    class Meta:
        """The newest first; each recorded once; seen and added, never changed."""

        ordering = ["-created_at", "-pk"]
        default_permissions = ("add", "view")
        verbose_name_plural = "analyses"
        constraints = [models.UniqueConstraint(fields=["record_digest"], name="analysis_recorded_once")]

    def __str__(self) -> str:
        return self.title

    @property
    def digests(self) -> dict[str, str]:
        """SHA-256 of the result and of both forms of the report, by column: the same on every database."""
        texts = {"result": _same_everywhere(self.result)}
        texts |= {"report_fragment": self.report_fragment, "report_page": self.report_page}
        return {column: hashlib.sha256(text.encode()).hexdigest() for column, text in texts.items()}


def _same_everywhere(result: Any) -> str:
    """A result as one text. PostgreSQL keeps its numbers as decimals: there 1e22 comes back whole, and no -0.0 does."""

    def number(text: str) -> float:
        return float(text) + 0.0

    numbers_as_floats = json.loads(json.dumps(result), parse_int=number, parse_float=number)
    return json.dumps(numbers_as_floats, sort_keys=True)


class AnalysisInput(models.Model):
    """One file that an analysis was computed from, byte for byte."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    analysis = models.ForeignKey(Analysis, on_delete=models.PROTECT, related_name="inputs")
    name = models.TextField()
    sha256 = models.CharField(max_length=64)
    n_bytes = models.PositiveBigIntegerField()
    content = models.BinaryField()

    class Meta:
        """By name; a name once per analysis."""

        ordering = ["name"]
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["analysis", "name"], name="analysis_input_name_once")]

    def __str__(self) -> str:
        return self.name


class AnalysisView(models.Model):
    """One look at an analysis: who, when, and at what."""

    class Part(models.TextChoices):
        """What was looked at."""

        PAGE = "page", "the page"
        RESULT = "result", "the result as JSON"
        REPORT = "report", "the report"
        INPUT = "input", "an input file"

    analysis = models.ForeignKey(Analysis, on_delete=models.PROTECT, related_name="views")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="analysis_views")
    at = models.DateTimeField(auto_now_add=True)
    part = models.TextField(choices=Part)

    class Meta:
        """The latest first."""

        ordering = ["-at", "-pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.by} saw {self.get_part_display()} of {self.analysis} at {self.at:%Y-%m-%d %H:%M}"
