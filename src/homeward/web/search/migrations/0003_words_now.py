from django.db import migrations

from homeward.web.search.structures import install_now, remove_now


class Migration(migrations.Migration):

    dependencies = [("search", "0002_full_text")]

    operations = [migrations.RunPython(install_now, remove_now)]
