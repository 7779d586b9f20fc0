"""What an exclusion rests on is kept, and cannot be changed."""

import django.db.models.deletion
from django.db import migrations, models

from accounts.triggers import append_only


class Migration(migrations.Migration):

    dependencies = [
        ('scorecards', '0005_what_was_agreed_is_kept'),
    ]

    operations = [
        migrations.CreateModel(
            name='SupplierExclusion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ground_code', models.CharField(max_length=40)),
                ('about', models.CharField(choices=[('supplier', 'The supplier or a connected person, such as a director'), ('associated', 'An associated person, on whom the supplier relies'), ('subcontractor', 'A sub-contractor')], max_length=20, verbose_name='whom the ground applies to')),
                ('circumstances', models.CharField(choices=[('continuing', 'They are continuing'), ('likely_again', 'They are likely to occur again'), ('debarred', 'The supplier is on the debarment list by this ground')], max_length=20)),
                ('circumstances_reason', models.TextField()),
                ('asked_on', models.DateField()),
                ('representations', models.TextField()),
                ('standing', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='exclusion', to='scorecards.bidstanding')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('about__in', ['supplier', 'associated', 'subcontractor']), ('circumstances__in', ['continuing', 'likely_again', 'debarred'])), name='exclusion_terms_known'), models.CheckConstraint(condition=models.Q(models.Q(('ground_code', ''), _negated=True), models.Q(('circumstances_reason', ''), _negated=True), models.Q(('representations', ''), _negated=True)), name='exclusion_says_what_it_rests_on')],
            },
        ),
        append_only("scorecards_supplierexclusion"),
    ]
