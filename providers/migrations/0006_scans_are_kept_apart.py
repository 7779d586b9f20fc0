"""The scan of a file stands in its ``FileHandling``; the item, which freezes, says nothing of it."""

from django.db import migrations

from accounts.triggers import frozen_when


def put_guard_back(apps, schema_editor):
    """Backwards: with the column, SQLite makes the table anew, and forgets its triggers."""
    if schema_editor.connection.vendor == "sqlite":
        guard = frozen_when("providers_evidenceitem", "OLD.frozen_at IS NOT NULL")
        guard.code(apps, schema_editor)


class Migration(migrations.Migration):
    dependencies = [("providers", "0005_files_are_handled_apart")]
    operations = [
        migrations.RunPython(migrations.RunPython.noop, put_guard_back),
        migrations.RemoveField(model_name="evidenceitem", name="scan_state"),
    ]
