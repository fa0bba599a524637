"""The app of searching."""

from __future__ import annotations

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class SearchConfig(AppConfig):
    """Searching: an index that is kept up with the journal."""

    name = "homeward.web.search"
    verbose_name = "Search"

    def ready(self) -> None:
        """Hear of every line of the journal, and look after the index whenever the database was changed."""
        from homeward.web.journal.listeners import after_append
        from homeward.web.search.indexing import index_lines, mend

        after_append(index_lines)
        post_migrate.connect(mend, sender=self)
