"""A published version says when the contract runs: an amendment that is drafted says it to nobody.

Versions only grow: their guard is lifted while those that are there take over the days of their
exercise. Both columns may be empty, so that SQLite makes no table again.
"""

from django.db import migrations, models
from django.db.models import OuterRef, Subquery

from accounts.triggers import append_only

DAYS = ("contract_starts_on", "contract_ends_on")
GUARD = append_only("commissioning_modelversion")


def take_over_days(apps, schema_editor):
    database = schema_editor.connection.alias
    exercises = apps.get_model("commissioning", "Exercise").objects.using(database)
    said = exercises.filter(pk=OuterRef("exercise"))
    apps.get_model("commissioning", "ModelVersion").objects.using(database).update(
        **{day: Subquery(said.values(day)[:1]) for day in DAYS}
    )


class Migration(migrations.Migration):
    dependencies = [("commissioning", "0007_draft_parts_say_what_they_answer")]
    operations = [
        *(
            migrations.AddField("modelversion", day, models.DateField(blank=True, null=True))
            for day in DAYS
        ),
        migrations.RunPython(GUARD.reverse_code, GUARD.code),
        migrations.RunPython(take_over_days, migrations.RunPython.noop),
        GUARD,
    ]
