"""The app of sources."""

from __future__ import annotations

from django.apps import AppConfig


class SourcesConfig(AppConfig):
    """Documents and what they say: statements, figures, and where they contradict each other."""

    name = "homeward.web.sources"
    verbose_name = "Sources"
