"""People get a reference by which the trail names them, and accounts can be shut."""

import accounts.references
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def give_references(apps, schema_editor):
    User = apps.get_model("accounts", "User")
    for user in User.objects.filter(reference="").only("pk"):
        User.objects.filter(pk=user.pk).update(reference=accounts.references.new_reference("P"))


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0003_kept_text_is_sealed'),
    ]

    operations = [
        migrations.CreateModel(
            name='RoleRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', accounts.references.ReferenceField(prefix='RR')),
                ('roles', models.JSONField(default=list)),
                ('state', models.CharField(choices=[('waiting', 'Waiting for a second person'), ('confirmed', 'Confirmed'), ('declined', 'Declined')], default='waiting', max_length=10)),
                ('asked_at', models.DateTimeField()),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ['-asked_at', '-pk'],
            },
        ),
        migrations.AddField(
            model_name='user',
            name='reference',
            field=models.CharField(max_length=16, default=''),
        ),
        migrations.RunPython(give_references, migrations.RunPython.noop),
        migrations.AlterField(
            model_name='user',
            name='reference',
            field=accounts.references.ReferenceField(prefix='P'),
        ),
        migrations.AddField(
            model_name='user',
            name='shut_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='user',
            name='shut_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='user',
            name='shut_reason',
            field=models.CharField(blank=True, max_length=500),
        ),
        migrations.AddConstraint(
            model_name='user',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('is_active', True), ('shut_at', None), ('shut_by', None), ('shut_reason', '')), models.Q(('is_active', False), ('shut_at__isnull', False), ('shut_by__isnull', False), models.Q(('shut_reason', ''), _negated=True)), _connector='OR'), name='user_shut_with_date_person_and_reason'),
        ),
        migrations.AddField(
            model_name='rolerequest',
            name='decided_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='rolerequest',
            name='membership',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='role_requests', to='accounts.membership'),
        ),
        migrations.AddConstraint(
            model_name='rolerequest',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'waiting')), fields=('membership',), name='role_request_waits_once'),
        ),
        migrations.AddConstraint(
            model_name='rolerequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('decided_by', None), ('state', 'waiting')), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False), ('state__in', ['confirmed', 'declined'])), _connector='OR'), name='role_request_decision_has_date_and_person'),
        ),
    ]
