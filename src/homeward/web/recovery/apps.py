"""The app of recovery."""

from __future__ import annotations

from django.apps import AppConfig


class RecoveryConfig(AppConfig):
    """Sites and what was found on them."""

    name = "homeward.web.recovery"
    verbose_name = "Recovery"
