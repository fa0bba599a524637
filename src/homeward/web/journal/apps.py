"""The app of the journal and of what every recorded row has."""

from __future__ import annotations

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class JournalConfig(AppConfig):
    """The journal."""

    name = "homeward.web.journal"
    verbose_name = "Journal"

    def ready(self) -> None:
        """Keep the triggers of the append-only tables in place."""
        from homeward.web.journal.guards import restore_guards

        post_migrate.connect(restore_guards, sender=self, dispatch_uid="homeward-guards")
