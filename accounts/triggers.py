"""Database triggers that hold what constraints cannot: rows that only grow, rows that froze.

Used from migrations. Each function returns a ``RunPython`` operation with the statements for the
engine at hand, and its reverse.
"""

import re

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


def refuse_replacing(connection) -> list[str]:
    """On SQLite, let no guarded row be replaced. Returns the tables that are watched.

    ``INSERT OR REPLACE`` and ``UPDATE OR REPLACE`` remove the row that is in the way without
    firing a trigger for it. So each guarded table refuses a row whose key, or whose columns of a
    unique index, another row has already: an ordinary statement would have failed as well. Made
    anew after each migration, from the indexes that there are then.
    """
    if connection.vendor != "sqlite":
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'")
        triggers = cursor.fetchall()
        ours = {name for name, _ in triggers if name.endswith(_REPLACING)}
        tables = sorted({table for name, table in triggers if name not in ours})
        for name in ours:
            cursor.execute(f'DROP TRIGGER "{name}"')
        for table in tables:
            for event in ("INSERT", "UPDATE"):
                in_the_way = " OR ".join(_collisions(cursor, table))
                other = "" if event == "INSERT" else "held.rowid <> OLD.rowid AND "
                cursor.execute(
                    f'CREATE TRIGGER "{table}_{event.lower()}{_REPLACING}" '
                    f'BEFORE {event} ON "{table}" '
                    f'WHEN EXISTS (SELECT 1 FROM "{table}" AS held WHERE {other}({in_the_way})) '
                    f"BEGIN SELECT RAISE(ABORT, '{table} rows are never replaced'); END"
                )
    return tables


_REPLACING = "_no_replace"


def _collisions(cursor, table: str) -> list[str]:
    """For each key of the table: the condition that a held row has the same one as the new row."""
    cursor.execute(f'PRAGMA table_info("{table}")')
    key = next(name for _, name, _, _, _, is_key in cursor.fetchall() if is_key)
    found = [_same((key,))]
    cursor.execute(f'PRAGMA index_list("{table}")')
    indexes = [(row[1], bool(row[4])) for row in cursor.fetchall() if row[2]]
    for index, is_partial in indexes:
        cursor.execute(f'PRAGMA index_info("{index}")')
        columns = tuple(row[2] for row in cursor.fetchall())
        condition = _same(columns)
        if is_partial:
            cursor.execute("SELECT sql FROM sqlite_master WHERE name = %s", [index])
            where = re.split(r"\bWHERE\b", cursor.fetchone()[0], maxsplit=1)[1]
            for row in ("held", "NEW"):
                of_row = re.sub(r'"(\w+)"', rf'{row}."\1"', where)
                condition += f" AND ({of_row})"
        found.append(f"({condition})")
    return found


def _same(columns: tuple[str, ...]) -> str:
    return " AND ".join(f'held."{name}" = NEW."{name}"' for name in columns)
