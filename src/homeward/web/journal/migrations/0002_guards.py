from __future__ import annotations

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from homeward.web.journal.guards import JOURNAL


def add_the_end_of_the_journal(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Add the one row that writers queue for."""
    apps.get_model("journal", "Queue").objects.using(editor.connection.alias).get_or_create(pk=1)


class Migration(migrations.Migration):

    dependencies = [("journal", "0001_initial")]

    operations = [
        migrations.RunPython(add_the_end_of_the_journal, migrations.RunPython.noop),
        JOURNAL.operation(),
    ]
