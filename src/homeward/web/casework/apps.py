"""The app of analyses, individuals and identifications."""

from __future__ import annotations

from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    """Analyses, and the entries between the two books."""

    name = "homeward.web.casework"
    verbose_name = "Casework"

    def ready(self) -> None:
        """Have the balance of the books proved whenever the record is verified."""
        from homeward.web.casework.balance import balance
        from homeward.web.casework.individuals import VIEW_CASES
        from homeward.web.journal.further_checks import check_too

        check_too("balance", balance, permission=VIEW_CASES)
