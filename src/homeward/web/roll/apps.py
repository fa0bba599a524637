"""The app of the roll."""

from __future__ import annotations

from django.apps import AppConfig


class RollConfig(AppConfig):
    """The book of the missing: people, where and when they were lost, their families and donors."""

    name = "homeward.web.roll"
    verbose_name = "The roll"
