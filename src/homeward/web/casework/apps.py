"""The app of recorded analyses."""

from __future__ import annotations

from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    """Analyses, their inputs and looks at them."""

    name = "homeward.web.casework"
    verbose_name = "Casework"
