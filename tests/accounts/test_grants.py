"""What the role that the application runs under may do in PostgreSQL."""

import pytest

from django.db import DatabaseError, connection, transaction

from accounts.grants import grant_to
from tests.database_role import ROLE, as_owner

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no roles"),
]

TRAIL = "accounts_auditevent"


def refusal(statement: str) -> str:
    """What the database says to the statement; empty where it does as it is told."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    except DatabaseError as wrong:
        return str(wrong)
    return ""


def test_suite_runs_under_the_runtime_role():
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == (ROLE,)


@pytest.mark.parametrize(
    "statement",
    [
        f"UPDATE {TRAIL} SET verb = 'x'",
        f"DELETE FROM {TRAIL}",
        f"TRUNCATE {TRAIL} CASCADE",
        f"ALTER TABLE {TRAIL} DISABLE TRIGGER ALL",
        f"DROP TRIGGER {TRAIL}_append_only ON {TRAIL}",
        f"ALTER TABLE {TRAIL} ADD COLUMN x integer",
        f"DROP TABLE {TRAIL} CASCADE",
        f"CREATE OR REPLACE FUNCTION {TRAIL}_append_only() RETURNS trigger AS "
        "$$ BEGIN RETURN NEW; END $$ LANGUAGE plpgsql",
        f"CREATE RULE x AS ON UPDATE TO {TRAIL} DO INSTEAD NOTHING",
        "CREATE TABLE x (id integer)",
        "SET session_replication_role = replica",
        f"ALTER TABLE {TRAIL} OWNER TO {ROLE}",
        "DELETE FROM django_migrations",
    ],
)
def test_runtime_role_cannot(statement):
    """The attack: code that runs in the application takes the guards away."""
    assert any(word in refusal(statement) for word in ("permission denied", "must be owner"))


@pytest.mark.parametrize("statement", [f"SELECT count(*) FROM {TRAIL}"])
def test_runtime_role_reads_the_trail(statement):
    assert refusal(statement) == ""


def test_role_that_could_undo_it_is_refused():
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        owner = cursor.fetchone()[0]
        with pytest.raises(ValueError, match="superuser or owns tables"):
            grant_to(cursor, owner)


def test_role_that_does_not_exist_is_named():
    with as_owner(), connection.cursor() as cursor, pytest.raises(ValueError, match="no role nob"):
        grant_to(cursor, "nobody_of_that_name")
