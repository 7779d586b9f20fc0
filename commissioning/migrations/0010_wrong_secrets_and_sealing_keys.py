"""Wrong passphrases are kept, and an exercise says which sealing key its bids are under."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from accounts.server_keys import present_key_id
from accounts.triggers import append_only


def name_the_key(apps, schema_editor):
    """What was published so far was sealed under the one key that there was."""
    Exercise = apps.get_model("commissioning", "Exercise")
    Exercise.objects.exclude(published_at=None).update(sealing_key_id=present_key_id())


class Migration(migrations.Migration):

    dependencies = [
        ('commissioning', '0009_unfit_envelopes_are_set_aside'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='exercise',
            name='sealing_key_id',
            field=models.CharField(blank=True, max_length=16),
        ),
        migrations.RunPython(name_the_key, migrations.RunPython.noop),
        migrations.CreateModel(
            name='FailedUnlock',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('opener', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='failed_unlocks', to='commissioning.opener')),
                ('opening_key', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='failed_unlocks', to='commissioning.openingkey')),
            ],
            options={
                'ordering': ['-at', '-pk'],
                'indexes': [models.Index(fields=['by', '-at'], name='commissioni_by_id_06ee92_idx')],
            },
        ),
        append_only("commissioning_failedunlock"),
    ]
