import django.core.validators
import django.db.models.deletion
import homeward.web.journal.creation
import homeward.web.journal.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('engagement', '0002_indexes'),
        ('parties', '0001_initial'),
        ('places', '0001_initial'),
        ('roll', '0000_people'),
    ]

    operations = [
        homeward.web.journal.creation.Together(
            operations=[
                migrations.CreateModel(
                    name='Site',
                    fields=[
                        ('code', models.CharField(help_text='Short name that never changes; other rows and the addresses of pages use it.', max_length=100, primary_key=True, serialize=False, validators=[django.core.validators.RegexValidator('\\A[a-z0-9]+(?:[-.][a-z0-9]+)*\\Z', 'A code is made of lower-case letters, digits, hyphens and points, such as panmunjom-2018-07-12.')])),
                        ('known_on', models.DateField(help_text='The day from which this counts as known: when its source came out, or today.', verbose_name='known from')),
                        ('version', models.PositiveIntegerField(default=1, editable=False)),
                        ('version_known_on', models.DateField(editable=False)),
                        ('recorded_at', models.DateTimeField(editable=False)),
                        ('withdrawn', models.CharField(blank=True, editable=False, max_length=300)),
                        ('made_up', models.BooleanField(default=False, help_text='Whether this was invented, for an example or for training.', verbose_name='made up')),
                        ('name', models.CharField(help_text='Name or number of the site.', max_length=300)),
                        ('place', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='sites', to='places.place')),
                        ('place_as_written', models.CharField(blank=True, help_text='How the source calls the place.', max_length=300)),
                        ('latitude', models.DecimalField(blank=True, decimal_places=5, help_text='Degrees north, WGS 84.', max_digits=8, null=True, validators=[django.core.validators.MinValueValidator(-90), django.core.validators.MaxValueValidator(90)])),
                        ('longitude', models.DecimalField(blank=True, decimal_places=5, help_text='Degrees east, WGS 84.', max_digits=8, null=True, validators=[django.core.validators.MinValueValidator(-180), django.core.validators.MaxValueValidator(180)])),
                        ('uncertainty_m', models.PositiveIntegerField(blank=True, help_text='The site lies within this many metres of the coordinates.', null=True, verbose_name='uncertainty in metres')),
                        ('incident', models.ForeignKey(blank=True, help_text='The loss that it is thought to belong to.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='sites', to='roll.incident')),
                        ('description', models.TextField(blank=True)),
                    ],
                    options={
                        'ordering': ['code'],
                        'permissions': [('keep_recovery', 'May enter and amend sites and finds')],
                        'abstract': False,
                        'default_permissions': (),
                        'constraints': [models.CheckConstraint(condition=models.Q(('version_known_on__gte', models.F('known_on')), ('version__gte', 1)), name='site_known_in_order'), models.CheckConstraint(condition=models.Q(models.Q(('latitude', None), ('longitude', None), ('uncertainty_m', None)), models.Q(('latitude__isnull', False), ('longitude__isnull', False), ('uncertainty_m__isnull', False)), _connector='OR'), name='site_whole_coordinates', violation_error_message='Give latitude, longitude and their uncertainty, or none of the three.')],
                        'indexes': [],
                    },
                ),
                migrations.CreateModel(
                    name='SiteChange',
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
                        ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='recovery.site')),
                        ('kind', models.CharField(choices=[('reported', 'reported'), ('surveyed', 'surveyed'), ('recommended', 'recommended for excavation'), ('opened', 'opened'), ('closed', 'closed'), ('nothing-found', 'closed with nothing found'), ('revisit', 'to be visited again')], max_length=13)),
                    ],
                    options={
                        'ordering': ['code'],
                        'abstract': False,
                        'default_permissions': (),
                        'constraints': [models.CheckConstraint(condition=models.Q(('version_known_on__gte', models.F('known_on')), ('version__gte', 1)), name='sitechange_known_in_order')],
                        'indexes': [],
                    },
                ),
                migrations.CreateModel(
                    name='Find',
                    fields=[
                        ('code', models.CharField(help_text='Short name that never changes; other rows and the addresses of pages use it.', max_length=100, primary_key=True, serialize=False, validators=[django.core.validators.RegexValidator('\\A[a-z0-9]+(?:[-.][a-z0-9]+)*\\Z', 'A code is made of lower-case letters, digits, hyphens and points, such as panmunjom-2018-07-12.')])),
                        ('known_on', models.DateField(help_text='The day from which this counts as known: when its source came out, or today.', verbose_name='known from')),
                        ('version', models.PositiveIntegerField(default=1, editable=False)),
                        ('version_known_on', models.DateField(editable=False)),
                        ('recorded_at', models.DateTimeField(editable=False)),
                        ('withdrawn', models.CharField(blank=True, editable=False, max_length=300)),
                        ('made_up', models.BooleanField(default=False, help_text='Whether this was invented, for an example or for training.', verbose_name='made up')),
                        ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='finds', to='recovery.site')),
                        ('operation', models.ForeignKey(blank=True, help_text='The operation that found it.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='finds', to='engagement.operation')),
                        ('happened', homeward.web.journal.fields.PartialDateField(help_text='When it was found.', max_length=80)),
                        ('happened_earliest', homeward.web.journal.fields.Bound(editable=False, end='earliest', null=True, of='happened')),
                        ('happened_latest', homeward.web.journal.fields.Bound(editable=False, end='latest', null=True, of='happened')),
                        ('unit', models.CharField(blank=True, help_text='Grid square, layer or context.', max_length=80)),
                        ('bag', models.CharField(help_text='Number of the bag.', max_length=80)),
                        ('description', models.TextField(help_text='What was found, as it was written down on the spot.')),
                        ('found_by', models.CharField(blank=True, help_text='Who found it.', max_length=150)),
                    ],
                    options={
                        'ordering': ['code'],
                        'abstract': False,
                        'default_permissions': (),
                        'constraints': [models.CheckConstraint(condition=models.Q(('version_known_on__gte', models.F('known_on')), ('version__gte', 1)), name='find_known_in_order'), models.UniqueConstraint(condition=models.Q(('withdrawn', '')), fields=('site', 'bag'), name='find_bag_once', violation_error_message='This number stands on another bag of the same site.')],
                        'indexes': [],
                    },
                ),
            ],
        ),
    ]
