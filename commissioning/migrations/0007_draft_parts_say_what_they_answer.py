"""A part of a draft says under which published version it was last read and saved."""

from django.db import migrations, models


def find_versions(apps, schema_editor):
    database = schema_editor.connection.alias
    versions = apps.get_model("commissioning", "ModelVersion").objects.using(database)
    for row in apps.get_model("commissioning", "BidDraftPart").objects.using(database):
        numbers = versions.filter(
            exercise__bids=row.bid_id, made_at__lte=row.updated_at
        ).values_list("number", flat=True)
        row.seen_version = max(numbers, default=1)
        row.save(update_fields=["seen_version"])


class Migration(migrations.Migration):
    dependencies = [("commissioning", "0006_unreadable_draft_parts_are_kept")]
    operations = [
        migrations.AddField(
            "biddraftpart", "seen_version", models.PositiveSmallIntegerField(default=1)
        ),
        migrations.RunPython(find_versions, migrations.RunPython.noop),
    ]
