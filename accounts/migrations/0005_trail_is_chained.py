"""The trail is a chain, and the database refuses to change a link or a signed head."""

import django.db.models.deletion
from django.db import migrations, models

from accounts.triggers import append_only


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0004_people_have_references'),
    ]

    operations = [
        migrations.CreateModel(
            name='AuditHead',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.BigIntegerField()),
                ('sha256', models.CharField(max_length=64)),
                ('at', models.DateTimeField()),
                ('signature', models.BinaryField()),
                ('key_id', models.CharField(max_length=16)),
                ('certificate_pem', models.TextField()),
            ],
            options={
                'ordering': ['position', 'pk'],
                'get_latest_by': ['position', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='AuditLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.BigIntegerField(unique=True)),
                ('sha256', models.CharField(max_length=64)),
                ('event', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='link', to='accounts.auditevent')),
            ],
            options={
                'ordering': ['position'],
                'constraints': [models.CheckConstraint(condition=models.Q(('position__gte', 1)), name='audit_link_counts_from_one')],
            },
        ),
        append_only("accounts_auditlink"),
        append_only("accounts_audithead"),
    ]
