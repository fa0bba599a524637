"""The app of identifiers."""

from __future__ import annotations

from django.apps import AppConfig


class IdentityConfig(AppConfig):
    """Numbers that things and people are known by, and what was merged, split and renumbered."""

    name = "homeward.web.identity"
    verbose_name = "Identity"

    def ready(self) -> None:
        """Hear of every line of the journal, so that every number stays findable."""
        from homeward.web.identity.number_keys import index_numbers
        from homeward.web.journal.listeners import after_append

        after_append(index_numbers)
