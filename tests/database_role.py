"""On PostgreSQL the whole suite runs under the role that the application runs under.

The tables belong to another role, as in ``docker-compose.yml``: what the application needs and
may not do is shown by every test, and what it must not do by ``tests/accounts/test_grants.py``.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DatabaseError, connection, transaction

from accounts.grants import grant_to

ROLE = "ethics_assurance_runtime_tests"
# Several runs share one server, and roles belong to the server.
MOST_TRIES = 50


def take_role() -> None:
    """Make the role where there is none, grant it what it needs, and connect under it."""
    for _ in range(MOST_TRIES):
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [ROLE])
                if cursor.fetchone() is None:
                    cursor.execute(f"CREATE ROLE {ROLE} NOLOGIN")
                grant_to(cursor, ROLE)
            break
        except DatabaseError:
            time.sleep(0.2)
    connection.close()
    connection.settings_dict["OPTIONS"] = {
        **connection.settings_dict["OPTIONS"],
        "options": f"-c role={ROLE}",
    }


def leave_role() -> None:
    """Connect as the owner again, who takes the database down."""
    connection.close()
    connection.settings_dict["OPTIONS"].pop("options", None)


@contextmanager
def as_owner() -> Iterator[None]:
    """Within a test: as the owner of the tables, who migrates."""
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SET ROLE NONE")
    yield
    with connection.cursor() as cursor:
        cursor.execute(f"SET ROLE {ROLE}")
