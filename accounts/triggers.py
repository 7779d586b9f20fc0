"""Database triggers that hold what constraints cannot: rows that only grow, rows that froze.

Used from migrations. Each function returns a ``RunPython`` operation with the statements for the
engine at hand, and its reverse.
"""

from django.db import migrations

FUNCTION = """
CREATE OR REPLACE FUNCTION {name}() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION '{message}' USING ERRCODE = 'integrity_constraint_violation'; END
$$ LANGUAGE plpgsql
"""


def append_only(table: str) -> migrations.RunPython:
    """Refuse update, delete and truncate of every row of ``table``."""
    return _guard(table, "append_only", "", f"{table} only grows: rows are never changed")


def frozen_when(table: str, condition: str) -> migrations.RunPython:
    """Refuse update and delete of the rows of ``table`` for which ``condition`` holds.

    ``condition`` is SQL over ``OLD``, the same for both engines, such as
    ``OLD.published_at IS NOT NULL``. Truncate is refused outright.
    """
    return _guard(table, "frozen", condition, f"{table} row is frozen and cannot change")


def undeletable(table: str) -> migrations.RunPython:
    """Refuse delete and truncate of every row of ``table``; columns may change."""
    message = f"{table} rows are never deleted"
    return _guard(table, "undeletable", "", message, events=("DELETE",))


def keeps_when(table: str, condition: str, columns: list[str]) -> migrations.RunPython:
    """Refuse an update that changes any of ``columns`` in rows for which ``condition`` holds.

    ``condition`` is SQL over ``OLD`` and ``NEW``; other columns may still change. ``columns`` are
    compared so that NULL equals NULL.
    """
    name = f"{table}_keeps"
    # Both engines have a test that takes two NULLs for the same, under different names.
    same = {"postgresql": "IS DISTINCT FROM", "sqlite": "IS NOT"}
    message = f"{table} row is settled and keeps what it says"

    def forwards(apps, schema_editor):
        vendor = schema_editor.connection.vendor
        changed = " OR ".join(f"NEW.{column} {same[vendor]} OLD.{column}" for column in columns)
        when = f"({condition}) AND ({changed})"
        if vendor == "postgresql":
            schema_editor.execute(FUNCTION.format(name=name, message=message))
            schema_editor.execute(
                f"CREATE TRIGGER {name} BEFORE UPDATE ON {table} "
                f"FOR EACH ROW WHEN ({when}) EXECUTE FUNCTION {name}()"
            )
            return
        schema_editor.execute(
            f"CREATE TRIGGER {name} BEFORE UPDATE ON {table} WHEN {when} "
            f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
        )

    def backwards(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP TRIGGER {name} ON {table}")
            schema_editor.execute(f"DROP FUNCTION {name}()")
            return
        schema_editor.execute(f"DROP TRIGGER {name}")

    return migrations.RunPython(forwards, backwards)


def _guard(
    table: str,
    kind: str,
    condition: str,
    message: str,
    events: tuple[str, ...] = ("UPDATE", "DELETE"),
) -> migrations.RunPython:
    name = f"{table}_{kind}"

    def forwards(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            when = f"WHEN ({condition}) " if condition else ""
            schema_editor.execute(FUNCTION.format(name=name, message=message))
            schema_editor.execute(
                f"CREATE TRIGGER {name} BEFORE {' OR '.join(events)} ON {table} "
                f"FOR EACH ROW {when}EXECUTE FUNCTION {name}()"
            )
            schema_editor.execute(
                f"CREATE TRIGGER {name}_truncate BEFORE TRUNCATE ON {table} "
                f"FOR EACH STATEMENT EXECUTE FUNCTION {name}()"
            )
            return
        when = f"WHEN {condition} " if condition else ""
        for event in events:
            schema_editor.execute(
                f"CREATE TRIGGER {name}_{event.lower()} BEFORE {event} ON {table} {when}"
                f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
            )

    def backwards(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP TRIGGER {name} ON {table}")
            schema_editor.execute(f"DROP TRIGGER {name}_truncate ON {table}")
            schema_editor.execute(f"DROP FUNCTION {name}()")
            return
        for event in events:
            schema_editor.execute(f"DROP TRIGGER {name}_{event.lower()}")

    return migrations.RunPython(forwards, backwards)
