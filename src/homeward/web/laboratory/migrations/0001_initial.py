import django.core.validators
import django.db.models.deletion
import homeward.web.journal.creation
import homeward.web.journal.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('parties', '0001_initial'),
        ('remains', '0001_initial'),
        ('roll', '0000_people'),
    ]

    operations = [
        homeward.web.journal.creation.Together(
            operations=[
                migrations.CreateModel(
                    name='Measurement',
                    fields=[
                        ('code', models.CharField(help_text='Short name that never changes; other rows and the addresses of pages use it.', max_length=100, primary_key=True, serialize=False, validators=[django.core.validators.RegexValidator('\\A[a-z0-9]+(?:[-.][a-z0-9]+)*\\Z', 'A code is made of lower-case letters, digits, hyphens and points, such as panmunjom-2018-07-12.')])),
                        ('known_on', models.DateField(help_text='The day from which this counts as known: when its source came out, or today.', verbose_name='known from')),
                        ('version', models.PositiveIntegerField(default=1, editable=False)),
                        ('version_known_on', models.DateField(editable=False)),
                        ('recorded_at', models.DateTimeField(editable=False)),
                        ('withdrawn', models.CharField(blank=True, editable=False, max_length=300)),
                        ('made_up', models.BooleanField(default=False, help_text='Whether this was invented, for an example or for training.', verbose_name='made up')),
                        ('specimen', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='measurements', to='remains.specimen')),
                        ('measure', models.CharField(help_text='Code of the measurement, as in docs/bone-files.md, such as Fem_01.', max_length=20)),
                        ('value', models.DecimalField(decimal_places=2, help_text='In the unit of the measurement: millimetres or degrees.', max_digits=7, validators=[django.core.validators.MinValueValidator(0)])),
                        ('measured_by', models.CharField(max_length=150)),
                    ],
                    options={
                        'ordering': ['code'],
                        'abstract': False,
                        'default_permissions': (),
                        'constraints': [models.CheckConstraint(condition=models.Q(('version_known_on__gte', models.F('known_on')), ('version__gte', 1)), name='measurement_known_in_order'), models.UniqueConstraint(condition=models.Q(('withdrawn', '')), fields=('specimen', 'measure', 'measured_by'), name='measurement_once', violation_error_message='This person measured this before. Amend that row, or name who measured again.')],
                        'indexes': [],
                    },
                ),
                migrations.CreateModel(
                    name='DentalChart',
                    fields=[
                        ('code', models.CharField(help_text='Short name that never changes; other rows and the addresses of pages use it.', max_length=100, primary_key=True, serialize=False, validators=[django.core.validators.RegexValidator('\\A[a-z0-9]+(?:[-.][a-z0-9]+)*\\Z', 'A code is made of lower-case letters, digits, hyphens and points, such as panmunjom-2018-07-12.')])),
                        ('known_on', models.DateField(help_text='The day from which this counts as known: when its source came out, or today.', verbose_name='known from')),
                        ('version', models.PositiveIntegerField(default=1, editable=False)),
                        ('version_known_on', models.DateField(editable=False)),
                        ('recorded_at', models.DateTimeField(editable=False)),
                        ('withdrawn', models.CharField(blank=True, editable=False, max_length=300)),
                        ('made_up', models.BooleanField(default=False, help_text='Whether this was invented, for an example or for training.', verbose_name='made up')),
                        ('missing', models.ForeignKey(blank=True, help_text='Whose teeth, in life.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='dental_charts', to='roll.missingperson')),
                        ('specimen', models.ForeignKey(blank=True, help_text='The jaw or teeth that were examined.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='dental_charts', to='remains.specimen')),
                        ('happened', homeward.web.journal.fields.PartialDateField(help_text='When it was charted.', max_length=80)),
                        ('happened_earliest', homeward.web.journal.fields.Bound(editable=False, end='earliest', null=True, of='happened')),
                        ('happened_latest', homeward.web.journal.fields.Bound(editable=False, end='latest', null=True, of='happened')),
                        ('chart', models.TextField(help_text='One tooth a line: number, then its state, as in docs/biological-profile.md.')),
                        ('notation', models.CharField(choices=[('fdi', 'FDI'), ('universal', 'Universal')], max_length=9)),
                        ('charted_by', models.CharField(max_length=150)),
                    ],
                    options={
                        'ordering': ['code'],
                        'abstract': False,
                        'default_permissions': (),
                        'constraints': [models.CheckConstraint(condition=models.Q(('version_known_on__gte', models.F('known_on')), ('version__gte', 1)), name='dentalchart_known_in_order'), models.CheckConstraint(condition=models.Q(models.Q(('missing__isnull', False), ('specimen', None)), models.Q(('missing', None), ('specimen__isnull', False)), _connector='OR'), name='dentalchart_of_one', violation_error_message='A chart is of a missing person or of a specimen, not of both.')],
                        'indexes': [],
                    },
                ),
                migrations.CreateModel(
                    name='Run',
                    fields=[
                        ('code', models.CharField(help_text='Short name that never changes; other rows and the addresses of pages use it.', max_length=100, primary_key=True, serialize=False, validators=[django.core.validators.RegexValidator('\\A[a-z0-9]+(?:[-.][a-z0-9]+)*\\Z', 'A code is made of lower-case letters, digits, hyphens and points, such as panmunjom-2018-07-12.')])),
                        ('known_on', models.DateField(help_text='The day from which this counts as known: when its source came out, or today.', verbose_name='known from')),
                        ('version', models.PositiveIntegerField(default=1, editable=False)),
                        ('version_known_on', models.DateField(editable=False)),
                        ('recorded_at', models.DateTimeField(editable=False)),
                        ('withdrawn', models.CharField(blank=True, editable=False, max_length=300)),
                        ('made_up', models.BooleanField(default=False, help_text='Whether this was invented, for an example or for training.', verbose_name='made up')),
                        ('laboratory', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='runs', to='parties.party')),
                        ('number', models.CharField(help_text='Number of the run or batch.', max_length=80)),
                        ('happened', homeward.web.journal.fields.PartialDateField(help_text='When.', max_length=80)),
                        ('happened_earliest', homeward.web.journal.fields.Bound(editable=False, end='earliest', null=True, of='happened')),
                        ('happened_latest', homeward.web.journal.fields.Bound(editable=False, end='latest', null=True, of='happened')),
                        ('kit', models.CharField(blank=True, help_text="Kit, as in 'homeward database panel'; empty for sequencing.", max_length=80)),
                        ('controls', models.CharField(choices=[('passed', 'passed'), ('failed', 'failed'), ('unknown', 'not recorded')], default='unknown', max_length=7)),
                        ('note', models.TextField(blank=True)),
                    ],
                    options={
                        'ordering': ['code'],
                        'permissions': [('view_profiles', 'May see genetic profiles'), ('keep_profiles', 'May enter and amend genetic profiles')],
                        'abstract': False,
                        'default_permissions': (),
                        'constraints': [models.CheckConstraint(condition=models.Q(('version_known_on__gte', models.F('known_on')), ('version__gte', 1)), name='run_known_in_order'), models.UniqueConstraint(condition=models.Q(('withdrawn', '')), fields=('laboratory', 'number'), name='run_number_once', violation_error_message='The laboratory has another run of this number.')],
                        'indexes': [],
                    },
                ),
                migrations.CreateModel(
                    name='StaffMember',
                    fields=[
                        ('code', models.CharField(help_text='Short name that never changes; other rows and the addresses of pages use it.', max_length=100, primary_key=True, serialize=False, validators=[django.core.validators.RegexValidator('\\A[a-z0-9]+(?:[-.][a-z0-9]+)*\\Z', 'A code is made of lower-case letters, digits, hyphens and points, such as panmunjom-2018-07-12.')])),
                        ('known_on', models.DateField(help_text='The day from which this counts as known: when its source came out, or today.', verbose_name='known from')),
                        ('version', models.PositiveIntegerField(default=1, editable=False)),
                        ('version_known_on', models.DateField(editable=False)),
                        ('recorded_at', models.DateTimeField(editable=False)),
                        ('withdrawn', models.CharField(blank=True, editable=False, max_length=300)),
                        ('made_up', models.BooleanField(default=False, help_text='Whether this was invented, for an example or for training.', verbose_name='made up')),
                        ('name', models.CharField(max_length=150)),
                        ('laboratory', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='staff', to='parties.party')),
                        ('role', models.CharField(blank=True, max_length=120)),
                    ],
                    options={
                        'ordering': ['code'],
                        'abstract': False,
                        'default_permissions': (),
                        'constraints': [models.CheckConstraint(condition=models.Q(('version_known_on__gte', models.F('known_on')), ('version__gte', 1)), name='staffmember_known_in_order')],
                        'indexes': [],
                    },
                ),
                migrations.CreateModel(
                    name='Profile',
                    fields=[
                        ('code', models.CharField(help_text='Short name that never changes; other rows and the addresses of pages use it.', max_length=100, primary_key=True, serialize=False, validators=[django.core.validators.RegexValidator('\\A[a-z0-9]+(?:[-.][a-z0-9]+)*\\Z', 'A code is made of lower-case letters, digits, hyphens and points, such as panmunjom-2018-07-12.')])),
                        ('known_on', models.DateField(help_text='The day from which this counts as known: when its source came out, or today.', verbose_name='known from')),
                        ('version', models.PositiveIntegerField(default=1, editable=False)),
                        ('version_known_on', models.DateField(editable=False)),
                        ('recorded_at', models.DateTimeField(editable=False)),
                        ('withdrawn', models.CharField(blank=True, editable=False, max_length=300)),
                        ('made_up', models.BooleanField(default=False, help_text='Whether this was invented, for an example or for training.', verbose_name='made up')),
                        ('sample', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='profiles', to='remains.sample')),
                        ('donor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='profiles', to='roll.donor')),
                        ('staff', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='profiles', to='laboratory.staffmember')),
                        ('run', models.ForeignKey(blank=True, help_text='Empty for a consensus.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='profiles', to='laboratory.run')),
                        ('system', models.CharField(choices=[('str', 'autosomal STR'), ('y-str', 'Y-STR'), ('x-str', 'X-STR'), ('mt', 'mitochondrial DNA'), ('snp', 'SNP')], max_length=5)),
                        ('quality', models.CharField(choices=[('complete', 'complete'), ('partial', 'partial'), ('mixed', 'mixed: more than one person'), ('inconclusive', 'inconclusive'), ('unassigned', 'not assigned to a reporting class'), ('failed', 'failed: nothing was typed')], max_length=12)),
                        ('is_consensus', models.BooleanField(default=False, verbose_name='consensus')),
                        ('alleles', models.TextField(blank=True, help_text="A locus a line: its name and the alleles, such as 'D3S1358 15 16'.")),
                        ('regions', models.CharField(blank=True, help_text='For mtDNA: what was read, such as 16024-16365 73-340.', max_length=200)),
                        ('issuer', models.CharField(blank=True, help_text='Whose number the next one is.', max_length=80)),
                        ('source_id', models.CharField(blank=True, help_text='The number under which the source keeps it.', max_length=120)),
                        ('suspicion', models.CharField(blank=True, help_text='Contamination or swap suspected, and why; empty if not.', max_length=300)),
                        ('note', models.TextField(blank=True)),
                    ],
                    options={
                        'ordering': ['code'],
                        'abstract': False,
                        'default_permissions': (),
                        'constraints': [models.CheckConstraint(condition=models.Q(('version_known_on__gte', models.F('known_on')), ('version__gte', 1)), name='profile_known_in_order'), models.CheckConstraint(condition=models.Q(models.Q(('donor', None), ('sample__isnull', False), ('staff', None)), models.Q(('donor__isnull', False), ('sample', None), ('staff', None)), models.Q(('donor', None), ('sample', None), ('staff__isnull', False)), _connector='OR'), name='profile_of_one', violation_error_message='A profile is of a sample, of a donor or of a member of staff.'), models.UniqueConstraint(condition=models.Q(('withdrawn', ''), models.Q(('source_id', ''), _negated=True)), fields=('issuer', 'source_id'), name='profile_source_id_once', violation_error_message='A profile with this number of this source is in the record.'), models.CheckConstraint(condition=models.Q(models.Q(('quality', 'failed'), _negated=True), ('alleles', ''), _connector='OR'), name='profile_failed_says_nothing', violation_error_message='A failed typing has no alleles; call it partial if some were typed.')],
                        'indexes': [],
                    },
                ),
                migrations.CreateModel(
                    name='ConsensusPart',
                    fields=[
                        ('code', models.CharField(help_text='Short name that never changes; other rows and the addresses of pages use it.', max_length=100, primary_key=True, serialize=False, validators=[django.core.validators.RegexValidator('\\A[a-z0-9]+(?:[-.][a-z0-9]+)*\\Z', 'A code is made of lower-case letters, digits, hyphens and points, such as panmunjom-2018-07-12.')])),
                        ('known_on', models.DateField(help_text='The day from which this counts as known: when its source came out, or today.', verbose_name='known from')),
                        ('version', models.PositiveIntegerField(default=1, editable=False)),
                        ('version_known_on', models.DateField(editable=False)),
                        ('recorded_at', models.DateTimeField(editable=False)),
                        ('withdrawn', models.CharField(blank=True, editable=False, max_length=300)),
                        ('made_up', models.BooleanField(default=False, help_text='Whether this was invented, for an example or for training.', verbose_name='made up')),
                        ('consensus', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='parts', to='laboratory.profile')),
                        ('typing', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='in_consensus', to='laboratory.profile')),
                    ],
                    options={
                        'ordering': ['code'],
                        'abstract': False,
                        'default_permissions': (),
                        'constraints': [models.CheckConstraint(condition=models.Q(('version_known_on__gte', models.F('known_on')), ('version__gte', 1)), name='consensuspart_known_in_order'), models.UniqueConstraint(fields=('consensus', 'typing'), name='consensuspart_once'), models.CheckConstraint(condition=models.Q(('consensus', models.F('typing')), _negated=True), name='consensuspart_of_another')],
                        'indexes': [],
                    },
                ),
                migrations.CreateModel(
                    name='ProfileLook',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('profile', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='looks', to='laboratory.profile')),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('at', models.DateTimeField(auto_now_add=True)),
                        ('where', models.CharField(max_length=40)),
                    ],
                    options={
                        'ordering': ['-at', '-pk'],
                        'default_permissions': (),
                        'indexes': [],
                        'constraints': [],
                    },
                ),
            ],
        ),
    ]
