import django.core.validators
import django.db.models.deletion
import homeward.web.journal.creation
import homeward.web.journal.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('casework', '0003_double_entry'),
        ('parties', '0001_initial'),
        ('roll', '0000_people'),
    ]

    operations = [
        homeward.web.journal.creation.Together(
            operations=[
                migrations.CreateModel(
                    name='Status',
                    fields=[
                        ('code', models.CharField(help_text='Short name that never changes; other rows and the addresses of pages use it.', max_length=100, primary_key=True, serialize=False, validators=[django.core.validators.RegexValidator('\\A[a-z0-9]+(?:[-.][a-z0-9]+)*\\Z', 'A code is made of lower-case letters, digits, hyphens and points, such as panmunjom-2018-07-12.')])),
                        ('known_on', models.DateField(help_text='The day from which this counts as known: when its source came out, or today.', verbose_name='known from')),
                        ('version', models.PositiveIntegerField(default=1, editable=False)),
                        ('version_known_on', models.DateField(editable=False)),
                        ('recorded_at', models.DateTimeField(editable=False)),
                        ('withdrawn', models.CharField(blank=True, editable=False, max_length=300)),
                        ('happened', homeward.web.journal.fields.PartialDateField(help_text='When it happened.', max_length=80)),
                        ('happened_earliest', homeward.web.journal.fields.Bound(editable=False, end='earliest', null=True, of='happened')),
                        ('happened_latest', homeward.web.journal.fields.Bound(editable=False, end='latest', null=True, of='happened')),
                        ('order', models.PositiveSmallIntegerField(default=0, help_text='Order among changes of the same day.')),
                        ('by', models.ForeignKey(blank=True, help_text='Which party did it.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.party')),
                        ('note', models.TextField(blank=True)),
                        ('made_up', models.BooleanField(default=False, help_text='Whether this was invented, for an example or for training.', verbose_name='made up')),
                        ('missing', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='roll.missingperson')),
                        ('kind', models.CharField(choices=[('unaccounted', 'unaccounted for'), ('returned', 'returned alive'), ('accounted', 'accounted for'), ('non-recoverable', 'judged non-recoverable'), ('false-report', 'reported missing in error'), ('duplicate', 'the same person as another entry'), ('reopened', 'reopened')], max_length=15)),
                        ('identification', models.ForeignKey(blank=True, help_text='The identification that accounts for the person.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='statuses', to='casework.identification')),
                        ('duplicate_of', models.ForeignKey(blank=True, help_text='For a duplicate: the entry that stays.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='roll.missingperson')),
                    ],
                    options={
                        'verbose_name_plural': 'statuses',
                        'ordering': ['code'],
                        'abstract': False,
                        'default_permissions': (),
                        'indexes': [models.Index(fields=['missing', 'happened_earliest'], name='status_of_missing')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('version_known_on__gte', models.F('known_on')), ('version__gte', 1)), name='status_known_in_order'), models.CheckConstraint(condition=models.Q(models.Q(models.Q(('kind', 'duplicate'), _negated=True), ('duplicate_of', None)), models.Q(('duplicate_of__isnull', False), ('kind', 'duplicate'), models.Q(('duplicate_of', models.F('missing')), _negated=True)), _connector='OR'), name='status_duplicate_of_another', violation_error_message='Say of which other entry this is a duplicate, and only for a duplicate.')],
                    },
                ),
            ],
        ),
    ]
