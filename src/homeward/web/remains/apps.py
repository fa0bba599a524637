"""The app of the register."""

from __future__ import annotations

from django.apps import AppConfig


class RemainsConfig(AppConfig):
    """The book of the remains: transfer cases, accessions, bones, samples, and who held them when."""

    name = "homeward.web.remains"
    verbose_name = "The register"
