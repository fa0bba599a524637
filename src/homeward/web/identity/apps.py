"""The app of identifiers."""

from __future__ import annotations

from django.apps import AppConfig


class IdentityConfig(AppConfig):
    """Numbers that things and people are known by, and what was merged, split and renumbered."""

    name = "homeward.web.identity"
    verbose_name = "Identity"
