"""The app of the laboratory."""

from __future__ import annotations

from django.apps import AppConfig


class LaboratoryConfig(AppConfig):
    """What the laboratory measured and typed."""

    name = "homeward.web.laboratory"
    verbose_name = "Laboratory"
