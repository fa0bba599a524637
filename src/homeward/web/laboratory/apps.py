"""The app of the laboratory."""

from __future__ import annotations

from django.apps import AppConfig


class LaboratoryConfig(AppConfig):
    """What the laboratory measured and typed."""

    name = "homeward.web.laboratory"
    verbose_name = "Laboratory"

    def ready(self) -> None:
        """Have every look at a profile noted, and every new profile compared."""
        from homeward.web.journal.listeners import after_append
        from homeward.web.journal.looks import after_look
        from homeward.web.laboratory.looks import note_looks
        from homeward.web.laboratory.sentinel import compare_new_profiles

        after_look("profile", note_looks)
        after_append(compare_new_profiles)
