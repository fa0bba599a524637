"""Keeps the groups in step with the table of roles: after every migration each role has exactly its permissions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.apps import AppConfig, apps
from django.contrib.auth import get_permission_codename
from django.contrib.auth.models import Group, Permission
from django.core.checks import CheckMessage, Error
from django.db import transaction

from homeward.web.accounts.roles import ROLE_PERMISSIONS


def synchronise_roles(*, using: str) -> None:
    """Make a group of each role and give it the permissions of the table that exist, and no others."""
    with transaction.atomic(using=using):
        existing: dict[str, list[Permission]] = {}
        for permission in Permission.objects.using(using).select_related("content_type"):
            existing.setdefault(f"{permission.content_type.app_label}.{permission.codename}", []).append(permission)
        for role, names in ROLE_PERMISSIONS.items():
            group, _ = Group.objects.using(using).get_or_create(name=role.value)
            group.permissions.set([permission for name in names for permission in existing.get(name, [])])


def synchronise_after_migrations(sender: AppConfig, *, using: str, **_: Any) -> None:
    """Synchronise once, after the last app, when every app has its permissions."""
    with_models = [config for config in apps.get_app_configs() if config.models_module is not None]
    if sender.label == with_models[-1].label:
        synchronise_roles(using=using)


def check_role_permissions(app_configs: Iterable[AppConfig] | None, **_: Any) -> list[CheckMessage]:
    """Report every permission in the table that its app, where it is installed, does not define."""
    names = sorted(frozenset().union(*ROLE_PERMISSIONS.values()))
    return [
        Error(
            f"The table of roles names the permission {name}, which no model defines.",
            hint="Correct ROLE_PERMISSIONS, or add the permission to the Meta of its model.",
            id="accounts.E001",
        )
        for name in names
        if _is_missing(*name.split("."))
    ]


def _is_missing(app_label: str, codename: str) -> bool:
    """Whether an installed app lacks a permission that the table names."""
    if app_label not in apps.app_configs:
        return False
    defined: set[str] = set()
    for model in apps.get_app_config(app_label).get_models():
        defined.update(get_permission_codename(action, model._meta) for action in model._meta.default_permissions)
        defined.update(name for name, _ in model._meta.permissions)
    return codename not in defined
