"""What is kept of an ended session is sealed, also what was kept before."""

from django.db import migrations, models

from accounts.models.kept_text import sealed_fields


def seal(apps, schema_editor):
    database = schema_editor.connection.alias
    for row in apps.get_model("accounts", "KeptText").objects.using(database):
        row.sealed = sealed_fields(row.user_id, row.path, row.fields)
        row.save(update_fields=["sealed"])


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_trail_only_grows")]
    operations = [
        migrations.AddField("kepttext", "sealed", models.BinaryField(default=b"")),
        # Back again, what is sealed now is let go: it is an offer, and saved nowhere else.
        migrations.RunPython(seal, migrations.RunPython.noop),
        migrations.RemoveField("kepttext", "fields"),
    ]
