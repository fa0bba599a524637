"""The app of the Django admin, with our site instead of its own."""

from __future__ import annotations

from django.contrib.admin.apps import AdminConfig


class Administration(AdminConfig):
    """Pages for administrators: accounts to be given out, and every row to be looked at."""

    default_site = "homeward.web.config.admin_site.RecordAdminSite"
