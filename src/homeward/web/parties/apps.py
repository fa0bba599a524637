"""The app of parties."""

from __future__ import annotations

from django.apps import AppConfig


class PartiesConfig(AppConfig):
    """Parties, their offices, and the people who held them."""

    name = "homeward.web.parties"
    verbose_name = "Parties"
