"""The app of user accounts."""

from __future__ import annotations

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Users, their roles, and signing in."""

    name = "homeward.web.accounts"
    verbose_name = "Accounts"
