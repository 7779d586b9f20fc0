"""An organisation says which commissioner alone named who signs for it, until that is confirmed."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0005_trail_is_chained'),
    ]

    operations = [
        migrations.AddField(
            model_name='organisation',
            name='named_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='organisation',
            name='named_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation'),
        ),
        migrations.AddConstraint(
            model_name='organisation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('named_at', None), ('named_by', None)), models.Q(('named_at__isnull', False), ('named_by__isnull', False)), _connector='OR'), name='organisation_naming_has_a_date'),
        ),
        migrations.AddConstraint(
            model_name='organisation',
            constraint=models.CheckConstraint(condition=models.Q(('named_by', None), models.Q(('named_by', models.F('id')), _negated=True), _connector='OR'), name='organisation_is_named_by_another'),
        ),
    ]
