"""Scan and pictures of a file get a row of their own: they go on after the item is frozen."""

import django.db.models.deletion
from django.db import migrations, models

SCANNED = "clean"


def copy_scans(apps, schema_editor):
    database = schema_editor.connection.alias
    items = apps.get_model("providers", "EvidenceItem").objects.using(database)
    handlings = apps.get_model("providers", "FileHandling").objects.using(database)
    for item in items.filter(kind="file").iterator():
        handlings.create(
            item=item,
            scan_state=item.scan_state,
            scanned_at=item.received_at if item.scan_state == SCANNED else None,
        )


class Migration(migrations.Migration):
    dependencies = [("providers", "0004_earlier_providers_have_profiles")]
    operations = [
        migrations.CreateModel(
            name="FileHandling",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("scan_state", models.CharField(choices=[("not_scanned", "Not scanned for malware"), ("waiting", "Waiting to be scanned for malware"), ("clean", "Scanned: nothing found"), ("infected", "Malware was found")], default="not_scanned", max_length=20)),
                ("scanned_at", models.DateTimeField(blank=True, null=True)),
                ("pages", models.PositiveIntegerField(default=0)),
                ("drawing", models.PositiveSmallIntegerField(default=0)),
                ("folder", models.CharField(blank=True, max_length=80)),
                ("shown_pages", models.PositiveSmallIntegerField(default=0)),
                ("unshown", models.JSONField(blank=True, default=dict)),
                ("pictures_bytes", models.PositiveBigIntegerField(default=0)),
                ("item", models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="handling", to="providers.evidenceitem")),
            ],
            options={
                "indexes": [
                    models.Index(fields=["scan_state"], name="providers_f_scan_st_a5e0fb_idx"),
                    models.Index(fields=["drawing"], name="providers_f_drawing_850a0e_idx"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(drawing=0, folder="", pictures_bytes=0)
                        | models.Q(("drawing__gt", 0), models.Q(("folder", ""), _negated=True)),
                        name="file_handling_pictures_have_a_folder",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("scan_state__in", ["clean", "infected"]), _negated=True),
                            ("scanned_at__isnull", False),
                            _connector="OR",
                        ),
                        name="file_handling_scan_has_a_date",
                    ),
                ],
            },
        ),
        # Back again, the rows go with their table: the items still have their column.
        migrations.RunPython(copy_scans, migrations.RunPython.noop),
    ]
