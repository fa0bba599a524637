import django.core.validators
import django.db.models.deletion
import homeward.web.journal.creation
import homeward.web.journal.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('parties', '0001_initial'),
    ]

    operations = [
        homeward.web.journal.creation.Together(
            operations=[
                migrations.CreateModel(
                    name='Identifier',
                    fields=[
                        ('code', models.CharField(help_text='Short name that never changes; other rows and the addresses of pages use it.', max_length=100, primary_key=True, serialize=False, validators=[django.core.validators.RegexValidator('\\A[a-z0-9]+(?:[-.][a-z0-9]+)*\\Z', 'A code is made of lower-case letters, digits, hyphens and points, such as panmunjom-2018-07-12.')])),
                        ('known_on', models.DateField(help_text='The day from which this counts as known: when its source came out, or today.', verbose_name='known from')),
                        ('version', models.PositiveIntegerField(default=1, editable=False)),
                        ('version_known_on', models.DateField(editable=False)),
                        ('recorded_at', models.DateTimeField(editable=False)),
                        ('withdrawn', models.CharField(blank=True, editable=False, max_length=300)),
                        ('made_up', models.BooleanField(default=False, help_text='Whether this was invented, for an example or for training.', verbose_name='made up')),
                        ('about', homeward.web.journal.fields.ReferenceField(db_index=True, help_text='The row that it stands for, as noun:code.', max_length=140)),
                        ('kind', models.CharField(choices=[('service', 'service number'), ('case', 'case or reference number'), ('civil', 'civil registration number'), ('container', 'number of a container'), ('accession', 'accession number'), ('specimen', 'specimen designator'), ('sample', 'sample number'), ('individual', 'number of an individual, such as an X-number'), ('seal', 'seal'), ('exhibit', 'exhibit number of a laboratory system'), ('exchange', 'record id of an exchange format'), ('other', 'another number')], max_length=10)),
                        ('issuer', models.ForeignKey(blank=True, help_text='Who gave it; empty where that is not known.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.party')),
                        ('value', models.CharField(help_text='The number exactly as it is written.', max_length=120)),
                        ('compared', models.CharField(blank=True, db_index=True, default='', editable=False, max_length=120)),
                        ('used', homeward.web.journal.fields.PartialDateField(blank=True, help_text='From when to when it was in use, if not always.', max_length=80, null=True)),
                        ('used_earliest', homeward.web.journal.fields.Bound(editable=False, end='earliest', null=True, of='used')),
                        ('used_latest', homeward.web.journal.fields.Bound(editable=False, end='latest', null=True, of='used')),
                        ('status', models.CharField(choices=[('current', 'current'), ('superseded', 'superseded: it was once in use'), ('erroneous', 'erroneous: it was given or written by mistake')], default='current', max_length=10)),
                        ('reason', models.CharField(blank=True, help_text='Why it is superseded or erroneous.', max_length=300)),
                    ],
                    options={
                        'ordering': ['code'],
                        'permissions': [('keep_identifiers', 'May enter numbers, and merge, split and renumber')],
                        'abstract': False,
                        'default_permissions': (),
                        'constraints': [models.CheckConstraint(condition=models.Q(('version_known_on__gte', models.F('known_on')), ('version__gte', 1)), name='identifier_known_in_order'), models.CheckConstraint(condition=models.Q(('status', 'current'), models.Q(('reason', ''), _negated=True), _connector='OR'), name='identifier_not_current_for_a_reason', violation_error_message='Say why this number is superseded or erroneous.'), models.UniqueConstraint(condition=models.Q(('issuer__isnull', False), ('status', 'current'), ('used', None), ('withdrawn', '')), fields=('issuer', 'kind', 'compared'), name='identifier_current_once', violation_error_message='This issuer has given this number to something else, and it is still in use. Give the period in which each had it, or mark the other one as superseded or erroneous.')],
                        'indexes': [],
                    },
                ),
                migrations.CreateModel(
                    name='Succession',
                    fields=[
                        ('code', models.CharField(help_text='Short name that never changes; other rows and the addresses of pages use it.', max_length=100, primary_key=True, serialize=False, validators=[django.core.validators.RegexValidator('\\A[a-z0-9]+(?:[-.][a-z0-9]+)*\\Z', 'A code is made of lower-case letters, digits, hyphens and points, such as panmunjom-2018-07-12.')])),
                        ('known_on', models.DateField(help_text='The day from which this counts as known: when its source came out, or today.', verbose_name='known from')),
                        ('version', models.PositiveIntegerField(default=1, editable=False)),
                        ('version_known_on', models.DateField(editable=False)),
                        ('recorded_at', models.DateTimeField(editable=False)),
                        ('withdrawn', models.CharField(blank=True, editable=False, max_length=300)),
                        ('made_up', models.BooleanField(default=False, help_text='Whether this was invented, for an example or for training.', verbose_name='made up')),
                        ('kind', models.CharField(choices=[('merged', 'merged: they turned out to be one'), ('split', 'split: it turned out to be several'), ('renumbered', 'renumbered')], max_length=10)),
                        ('happened', homeward.web.journal.fields.PartialDateField(help_text='When it was decided.', max_length=80)),
                        ('happened_earliest', homeward.web.journal.fields.Bound(editable=False, end='earliest', null=True, of='happened')),
                        ('happened_latest', homeward.web.journal.fields.Bound(editable=False, end='latest', null=True, of='happened')),
                        ('decided_by', models.CharField(help_text='Who decided it.', max_length=300)),
                        ('reason', models.TextField(help_text='On what grounds.')),
                    ],
                    options={
                        'ordering': ['code'],
                        'abstract': False,
                        'default_permissions': (),
                        'constraints': [models.CheckConstraint(condition=models.Q(('version_known_on__gte', models.F('known_on')), ('version__gte', 1)), name='succession_known_in_order')],
                        'indexes': [],
                    },
                ),
                migrations.CreateModel(
                    name='SuccessionPart',
                    fields=[
                        ('code', models.CharField(help_text='Short name that never changes; other rows and the addresses of pages use it.', max_length=100, primary_key=True, serialize=False, validators=[django.core.validators.RegexValidator('\\A[a-z0-9]+(?:[-.][a-z0-9]+)*\\Z', 'A code is made of lower-case letters, digits, hyphens and points, such as panmunjom-2018-07-12.')])),
                        ('known_on', models.DateField(help_text='The day from which this counts as known: when its source came out, or today.', verbose_name='known from')),
                        ('version', models.PositiveIntegerField(default=1, editable=False)),
                        ('version_known_on', models.DateField(editable=False)),
                        ('recorded_at', models.DateTimeField(editable=False)),
                        ('withdrawn', models.CharField(blank=True, editable=False, max_length=300)),
                        ('made_up', models.BooleanField(default=False, help_text='Whether this was invented, for an example or for training.', verbose_name='made up')),
                        ('succession', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='parts', to='identity.succession')),
                        ('side', models.CharField(choices=[('before', 'before'), ('after', 'after')], max_length=6)),
                        ('about', homeward.web.journal.fields.ReferenceField(db_index=True, help_text='The row, as noun:code.', max_length=140)),
                    ],
                    options={
                        'ordering': ['code'],
                        'abstract': False,
                        'default_permissions': (),
                        'constraints': [models.CheckConstraint(condition=models.Q(('version_known_on__gte', models.F('known_on')), ('version__gte', 1)), name='successionpart_known_in_order'), models.UniqueConstraint(fields=('succession', 'side', 'about'), name='successionpart_once')],
                        'indexes': [],
                    },
                ),
            ],
        ),
    ]
