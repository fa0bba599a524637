"""Create the roles as groups: DNA analysts see and add analyses, readers see them."""

from __future__ import annotations

from typing import Any

from django.db import migrations

ROLES = {"DNA analyst": ("view_analysis", "add_analysis"), "Reader": ("view_analysis",)}
PERMISSION_NAMES = {"view_analysis": "Can view analysis", "add_analysis": "Can add analysis"}


def create_roles(apps: Any, schema_editor: Any) -> None:
    """Create each group with its permissions, which Django itself would create only after all migrations."""
    groups = apps.get_model("auth", "Group").objects
    permissions = apps.get_model("auth", "Permission").objects
    content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="casework", model="analysis"
    )
    for role, codenames in ROLES.items():
        group, _ = groups.get_or_create(name=role)
        for codename in codenames:
            permission, _ = permissions.get_or_create(
                content_type=content_type, codename=codename, defaults={"name": PERMISSION_NAMES[codename]}
            )
            group.permissions.add(permission)


class Migration(migrations.Migration):
    """Adds rows only; undoing it leaves the groups, as users may be in them."""

    dependencies = [
        ("casework", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(create_roles, migrations.RunPython.noop)]
