"""The app of the roll."""

from __future__ import annotations

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class RollConfig(AppConfig):
    """The book of the missing: people, where and when they were lost, their families and donors."""

    name = "homeward.web.roll"
    verbose_name = "The roll"

    def ready(self) -> None:
        """Hear of every line of the journal, and look after the keys of the search after migrations."""
        from homeward.web.journal.listeners import after_append
        from homeward.web.roll.search_keys import keep_keys, mend

        after_append(keep_keys)
        post_migrate.connect(mend, sender=self)
