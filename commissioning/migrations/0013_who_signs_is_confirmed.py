"""Who signs for a provider is named, confirmed by somebody else, and may be doubted."""

import accounts.references
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0006_first_signatories_are_confirmed'),
        ('commissioning', '0012_processes_belong_to_their_buyer'),
        ('providers', '0004_earlier_providers_have_profiles'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='FirstSignatory',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', accounts.references.ReferenceField(prefix='FS')),
                ('named_at', models.DateTimeField()),
                ('confirmed_how', models.CharField(blank=True, choices=[('', 'Not confirmed'), ('notice_contact', 'By a code to a contact that a published notice names'), ('operator', 'By an operator of this installation'), ('second_commissioner', 'By a second commissioner')], default='', max_length=20)),
                ('confirmed_at', models.DateTimeField(blank=True, null=True)),
                ('confirmed_because', models.TextField(blank=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('confirmed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('confirmed_for', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ('invitation', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.invitation')),
                ('named_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('named_for', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ('provider', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='providers.provider')),
            ],
            options={
                'verbose_name_plural': 'first signatories',
                'ordering': ['-named_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='ConfirmationCode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('address', models.EmailField(max_length=254)),
                ('code_hash', models.CharField(max_length=128)),
                ('sent_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('used_at', models.DateTimeField(blank=True, null=True)),
                ('sent_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('first', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='codes', to='commissioning.firstsignatory')),
            ],
            options={
                'ordering': ['-sent_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='SignatoryDoubt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', accounts.references.ReferenceField(prefix='SD')),
                ('raised_at', models.DateTimeField()),
                ('reason', models.TextField()),
                ('known_name', models.CharField(blank=True, max_length=200)),
                ('known_email', models.EmailField(blank=True, max_length=254)),
                ('outcome', models.CharField(blank=True, choices=[('', 'To decide'), ('recovered', 'Somebody else signs now'), ('kept', 'The same person signs')], default='', max_length=10)),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('decided_because', models.TextField(blank=True)),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('provider', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='providers.provider')),
                ('raised_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('raised_for', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
            ],
            options={
                'ordering': ['-raised_at', '-pk'],
            },
        ),
        migrations.AddConstraint(
            model_name='firstsignatory',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('provider',), name='first_signatory_is_one'),
        ),
        migrations.AddConstraint(
            model_name='firstsignatory',
            constraint=models.CheckConstraint(condition=models.Q(('confirmed_how__in', ['', 'notice_contact', 'operator', 'second_commissioner'])), name='first_signatory_confirmation_known'),
        ),
        migrations.AddConstraint(
            model_name='firstsignatory',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('confirmed_at', None), ('confirmed_by', None), ('confirmed_how', '')), models.Q(models.Q(('confirmed_how', ''), _negated=True), ('confirmed_at__isnull', False), ('confirmed_by__isnull', False)), _connector='OR'), name='first_signatory_confirmation_has_date_and_person'),
        ),
        migrations.AddConstraint(
            model_name='firstsignatory',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('confirmed_for__isnull', False), ('confirmed_how', 'second_commissioner')), models.Q(models.Q(('confirmed_how', 'second_commissioner'), _negated=True), ('confirmed_for', None)), _connector='OR'), name='first_signatory_second_commissioner_named'),
        ),
        migrations.AddConstraint(
            model_name='firstsignatory',
            constraint=models.CheckConstraint(condition=models.Q(('confirmed_for', None), models.Q(('confirmed_for', models.F('named_for')), _negated=True), _connector='OR'), name='first_signatory_confirmed_by_another_body'),
        ),
        migrations.AddConstraint(
            model_name='firstsignatory',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('confirmed_how', 'operator'), _negated=True), models.Q(('confirmed_because', ''), _negated=True), _connector='OR'), name='first_signatory_operator_gives_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='confirmationcode',
            constraint=models.CheckConstraint(condition=models.Q(('expires_at__gt', models.F('sent_at'))), name='confirmation_code_ends_later'),
        ),
        migrations.AddConstraint(
            model_name='signatorydoubt',
            constraint=models.UniqueConstraint(condition=models.Q(('outcome', '')), fields=('provider', 'raised_for'), name='doubt_is_open_once'),
        ),
        migrations.AddConstraint(
            model_name='signatorydoubt',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='doubt_has_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='signatorydoubt',
            constraint=models.CheckConstraint(condition=models.Q(('outcome__in', ['', 'recovered', 'kept'])), name='doubt_outcome_known'),
        ),
        migrations.AddConstraint(
            model_name='signatorydoubt',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('decided_by', None), ('outcome', '')), models.Q(models.Q(('outcome', ''), _negated=True), ('decided_at__isnull', False), ('decided_by__isnull', False), models.Q(('decided_because', ''), _negated=True)), _connector='OR'), name='doubt_decision_has_date_person_and_reason'),
        ),
    ]
