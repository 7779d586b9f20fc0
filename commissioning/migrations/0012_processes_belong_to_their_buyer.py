"""A process is named by its ocid and its buyer together; imports are done in the background."""

import accounts.references
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0003_kept_text_is_sealed'),
        ('commissioning', '0011_releases_belong_to_a_process'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ProcessLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', accounts.references.ReferenceField(prefix='PL')),
                ('ocid', models.CharField(db_index=True, max_length=200)),
                ('publisher_name', models.CharField(max_length=300)),
                ('reason', models.TextField()),
                ('made_at', models.DateTimeField()),
                ('state', models.CharField(choices=[('stated', 'Stated'), ('disputed', 'Disputed'), ('withdrawn', 'Withdrawn')], default='stated', max_length=10)),
                ('dispute_reason', models.TextField(blank=True)),
                ('disputed_at', models.DateTimeField(blank=True, null=True)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ['-made_at', '-pk'],
            },
        ),
        migrations.RemoveConstraint(
            model_name='importrun',
            name='import_ends_after_it_starts',
        ),
        migrations.RemoveConstraint(
            model_name='noticeupload',
            name='upload_waits_once',
        ),
        migrations.RemoveConstraint(
            model_name='ocdsrelease',
            name='release_content_kept_once',
        ),
        migrations.AddField(
            model_name='importrun',
            name='job',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.job'),
        ),
        migrations.AddField(
            model_name='noticeupload',
            name='confirmed_buyers',
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.AddField(
            model_name='noticeupload',
            name='run',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='upload', to='commissioning.importrun'),
        ),
        migrations.AlterField(
            model_name='importrun',
            name='created_count',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AlterField(
            model_name='importrun',
            name='finished_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name='importrun',
            name='read_count',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AlterField(
            model_name='importrun',
            name='refused_count',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AlterField(
            model_name='importrun',
            name='unchanged_count',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AlterField(
            model_name='importrun',
            name='updated_count',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AlterField(
            model_name='ocdsrelease',
            name='procurement',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='releases', to='commissioning.procurement'),
        ),
        migrations.AlterField(
            model_name='procurement',
            name='ocid',
            field=models.CharField(blank=True, max_length=200, null=True),
        ),
        migrations.AddConstraint(
            model_name='importrun',
            constraint=models.CheckConstraint(condition=models.Q(('finished_at', None), ('finished_at__gte', models.F('started_at')), _connector='OR'), name='import_ends_after_it_starts'),
        ),
        migrations.AddConstraint(
            model_name='noticeupload',
            constraint=models.UniqueConstraint(condition=models.Q(('run', None)), fields=('organisation', 'sha256'), name='upload_waits_once'),
        ),
        migrations.AddConstraint(
            model_name='ocdsrelease',
            constraint=models.UniqueConstraint(fields=('procurement', 'release_id', 'sha256'), name='release_content_kept_once'),
        ),
        migrations.AddConstraint(
            model_name='procurement',
            constraint=models.UniqueConstraint(fields=('ocid', 'buyer'), name='procurement_is_one_process_of_its_buyer'),
        ),
        migrations.AddField(
            model_name='processlink',
            name='contract',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='process_links', to='commissioning.contract'),
        ),
        migrations.AddField(
            model_name='processlink',
            name='disputed_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='processlink',
            name='made_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='processlink',
            name='publisher',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation'),
        ),
        migrations.AddField(
            model_name='processlink',
            name='withdrawn_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='processlink',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'withdrawn'), _negated=True), fields=('contract', 'ocid'), name='link_stands_once'),
        ),
        migrations.AddConstraint(
            model_name='processlink',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['stated', 'disputed', 'withdrawn'])), name='link_state_known'),
        ),
        migrations.AddConstraint(
            model_name='processlink',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ocid', ''), _negated=True), models.Q(('publisher_name', ''), _negated=True), models.Q(('reason', ''), _negated=True)), name='link_says_to_what_and_why'),
        ),
        migrations.AddConstraint(
            model_name='processlink',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('dispute_reason', ''), ('disputed_at', None), ('disputed_by', None)), models.Q(('disputed_at__isnull', False), ('disputed_by__isnull', False), models.Q(('dispute_reason', ''), _negated=True)), _connector='OR'), name='link_dispute_has_date_person_and_reason'),
        ),
        migrations.AddConstraint(
            model_name='processlink',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'disputed'), _negated=True), ('disputed_at__isnull', False), _connector='OR'), name='link_disputed_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='processlink',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'withdrawn'), ('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False)), models.Q(models.Q(('state', 'withdrawn'), _negated=True), ('withdrawn_at', None), ('withdrawn_by', None)), _connector='OR'), name='link_withdrawal_has_date_and_person'),
        ),
    ]
