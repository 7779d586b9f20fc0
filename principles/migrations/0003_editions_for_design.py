"""An edition may only help to design procurements. All before are for assessment.

Plain SQL, which both engines understand: Django would make SQLite's table again, and with it would
go the triggers that freeze published editions.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("principles", "0002_published_rows_never_change")]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE principles_edition "
            "ADD COLUMN for_assessment boolean NOT NULL DEFAULT TRUE",
            "ALTER TABLE principles_edition DROP COLUMN for_assessment",
            state_operations=[
                migrations.AddField(
                    model_name="edition",
                    name="for_assessment",
                    field=models.BooleanField(db_default=True),
                ),
            ],
        ),
    ]
