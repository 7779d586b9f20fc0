"""What the database itself refuses. Every guarded table: ``tests/architecture``."""

import pytest

from django.db import DatabaseError, connection, transaction

from accounts.models import AuditEvent
from accounts.triggers import append_only, frozen_when, keeps_when, undeletable
from tests.database_role import as_owner

TABLE = "accounts_trigger_test"


@pytest.fixture
def table(db):
    """A table of its own: (run a statement, guard the table)."""

    def run(operation, way="code"):
        getattr(operation, way)(None, connection.SchemaEditorClass(connection))

    with as_owner():
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE TABLE {TABLE} (id integer PRIMARY KEY, closed_at text)")
            cursor.execute(f"INSERT INTO {TABLE} VALUES (1, NULL), (2, 'yesterday')")
        yield run


def allowed(statement: str) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    except DatabaseError:
        return False
    return True


UPDATES = [f"UPDATE {TABLE} SET closed_at = 'now' WHERE id = {key}" for key in (1, 2)]
DELETES = [f"DELETE FROM {TABLE} WHERE id = {key}" for key in (1, 2)]


@pytest.mark.django_db
@pytest.mark.parametrize("change", ["update", "delete"])
def test_trail_refuses_change(people, change):
    rows = AuditEvent.objects.all()
    with pytest.raises(DatabaseError), transaction.atomic():
        rows.update(verb="other") if change == "update" else rows.delete()


def test_append_only_table_takes_rows_and_changes_none(table):
    table(append_only(TABLE))
    assert [allowed(one) for one in (*UPDATES, *DELETES)] == [False] * 4
    assert allowed(f"INSERT INTO {TABLE} VALUES (3, NULL)")


def test_frozen_row_is_refused_and_an_open_one_is_not(table):
    table(frozen_when(TABLE, "OLD.closed_at IS NOT NULL"))
    assert [allowed(one) for one in (UPDATES[1], DELETES[1], UPDATES[0])] == [False, False, True]
    assert not allowed(DELETES[0])


def test_undeletable_row_changes_and_stays(table):
    table(undeletable(TABLE))
    assert [allowed(one) for one in (*UPDATES, *DELETES)] == [True, True, False, False]
    assert not allowed(f"DELETE FROM {TABLE}")
    table(undeletable(TABLE), "reverse_code")
    assert allowed(DELETES[0])


def test_guard_taken_back_leaves_an_ordinary_table(table):
    guard = append_only(TABLE)
    table(guard)
    table(guard, "reverse_code")
    assert [allowed(one) for one in (*UPDATES, *DELETES)] == [True] * 4


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ("closed_at = 'today' WHERE id = 1", True),
        ("closed_at = 'today' WHERE id = 2", False),
        ("closed_at = NULL WHERE id = 2", False),
        ("closed_at = 'yesterday' WHERE id = 2", True),
        ("id = 3 WHERE id = 2", True),
    ],
)
def test_kept_column_stays_from_its_moment_on(table, change, expected):
    table(keeps_when(TABLE, "OLD.closed_at IS NOT NULL", ["closed_at"]))
    assert allowed(f"UPDATE {TABLE} SET {change}") is expected
    table(keeps_when(TABLE, "OLD.closed_at IS NOT NULL", ["closed_at"]), "reverse_code")
    assert allowed(f"UPDATE {TABLE} SET closed_at = 'today'") is True
