from django.db import migrations

from homeward.web.journal.guards import ORIGINALS


class Migration(migrations.Migration):

    dependencies = [("sources", "0001_initial")]

    operations = [ORIGINALS.operation()]
