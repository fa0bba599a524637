import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Freeze what evidence rests on row by row, name who entered it, and the transfer of a release."""

    dependencies = [("casework", "0004_links"), ("remains", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="evidence",
            name="entered_by",
            field=models.CharField(
                default="", help_text="User who entered it, and who does not review it.", max_length=150
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="evidence",
            name="rests_on",
            field=models.TextField(
                blank=True,
                help_text="The same rows as they stood when it was entered: reference, version and SHA-256, "
                "one a line.",
            ),
        ),
        migrations.AddField(
            model_name="identificationchange",
            name="transfer",
            field=models.ForeignKey(
                blank=True,
                help_text="The transfer by which the remains were released.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="releases",
                to="remains.transfer",
            ),
        ),
        migrations.AlterField(
            model_name="identification",
            name="conclusion",
            field=models.TextField(
                blank=True,
                help_text="What the evidence shows, taken together. Once announced, every reader sees it: "
                "name no relative here.",
            ),
        ),
        migrations.AlterField(
            model_name="evidence",
            name="frozen",
            field=models.CharField(blank=True, help_text="SHA-256 of those lines.", max_length=64),
        ),
    ]
