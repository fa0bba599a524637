"""The app of user accounts."""

from __future__ import annotations

from django.apps import AppConfig
from django.core.checks import register
from django.db.models.signals import post_migrate


class AccountsConfig(AppConfig):
    """Users, their roles, their second factors and tokens, and signing in."""

    name = "homeward.web.accounts"
    verbose_name = "Accounts"

    def ready(self) -> None:
        """Keep the roles in step with their table after every migration, and check the table."""
        from homeward.web.accounts.permissions_sync import check_role_permissions, synchronise_after_migrations

        post_migrate.connect(synchronise_after_migrations, dispatch_uid="homeward-roles")
        register(check_role_permissions)
