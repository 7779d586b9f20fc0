"""The database refuses to change what was published, or to add to it."""

from django.db import migrations

from accounts.triggers import append_only, frozen_when

FUNCTION = """
CREATE OR REPLACE FUNCTION {name}() RETURNS trigger AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM {whole} WHERE id = NEW.{key} AND published_at IS NOT NULL) THEN
    RAISE EXCEPTION '{message}' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END
$$ LANGUAGE plpgsql
"""


def closed_once_published(part: str, whole: str, key: str) -> migrations.RunPython:
    """Refuse new rows of ``part`` whose ``whole`` (found by the column ``key``) is published."""
    name = f"{part}_closed"
    message = f"{part} cannot grow: {whole} is published"

    def forwards(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(
                FUNCTION.format(name=name, whole=whole, key=key, message=message)
            )
            schema_editor.execute(
                f"CREATE TRIGGER {name} BEFORE INSERT ON {part} "
                f"FOR EACH ROW EXECUTE FUNCTION {name}()"
            )
            return
        schema_editor.execute(
            f"CREATE TRIGGER {name} BEFORE INSERT ON {part} "
            f"WHEN EXISTS (SELECT 1 FROM {whole} WHERE id = NEW.{key} "
            f"AND published_at IS NOT NULL) BEGIN SELECT RAISE(ABORT, '{message}'); END"
        )

    def backwards(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP TRIGGER {name} ON {part}")
            schema_editor.execute(f"DROP FUNCTION {name}()")
            return
        schema_editor.execute(f"DROP TRIGGER {name}")

    return migrations.RunPython(forwards, backwards)


EDITION_PARTS = ("scalepoint", "criterion", "measure", "doublecountpair")


class Migration(migrations.Migration):
    dependencies = [("principles", "0001_initial")]

    operations = [
        append_only("principles_framework"),
        frozen_when("principles_edition", "OLD.published_at IS NOT NULL"),
        *(append_only(f"principles_{part}") for part in EDITION_PARTS),
        *(
            closed_once_published(f"principles_{part}", "principles_edition", "edition_id")
            for part in EDITION_PARTS
        ),
        frozen_when("principles_valueset", "OLD.published_at IS NOT NULL"),
        append_only("principles_unitvalue"),
        closed_once_published("principles_unitvalue", "principles_valueset", "value_set_id"),
        append_only("principles_valuesetwithdrawal"),
    ]
