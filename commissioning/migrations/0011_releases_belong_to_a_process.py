"""A release belongs to one process, and says whose people brought it.

Until now an ocid named one process, so every release that is there belongs to it. Who brought a
release was not kept: where the buyer has people, it counts as brought by them.
"""

import django.db.models.deletion
from django.db import migrations, models


def give_to_their_process(apps, schema_editor):
    database = schema_editor.connection.alias
    releases = apps.get_model("commissioning", "OcdsRelease").objects.using(database)
    procurements = apps.get_model("commissioning", "Procurement").objects.using(database)
    rows = procurements.exclude(ocid=None).select_related("buyer__organisation")
    for procurement in rows.iterator():
        owner = procurement.buyer.organisation
        releases.filter(ocid=procurement.ocid).update(
            procurement=procurement, brought_by=None if owner.is_reference_row else owner
        )


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_kept_text_is_sealed"),
        ("commissioning", "0010_wrong_secrets_and_sealing_keys"),
    ]
    operations = [
        migrations.AddField(
            "ocdsrelease",
            "procurement",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="releases",
                to="commissioning.procurement",
            ),
        ),
        migrations.AddField(
            "ocdsrelease",
            "brought_by",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.organisation",
            ),
        ),
        migrations.RunPython(give_to_their_process, migrations.RunPython.noop),
    ]
