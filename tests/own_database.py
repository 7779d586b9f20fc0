"""Databases that are copied from the test database, for what needs several connections at once.

What is done in one is committed: nothing rolls it back, and nothing of it is in the test database.
"""

import shutil
import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.db import DEFAULT_DB_ALIAS, connections


@dataclass(frozen=True)
class OwnDatabase:
    """A database by its name, on SQLite by its file."""

    name: str

    @contextmanager
    def in_use(self) -> Iterator[None]:
        """Let the calling thread work in it, on a connection that is its own."""
        before = connections[DEFAULT_DB_ALIAS]
        mine = type(before)({**before.settings_dict, "NAME": self.name}, DEFAULT_DB_ALIAS)
        connections[DEFAULT_DB_ALIAS] = mine
        try:
            yield
        finally:
            mine.close()
            connections[DEFAULT_DB_ALIAS] = before


@contextmanager
def copied(folder: Path, source: OwnDatabase | None = None) -> Iterator[OwnDatabase]:
    """A copy of ``source``, in which nobody works, or of the test database; gone afterwards."""
    if connections[DEFAULT_DB_ALIAS].vendor == "sqlite":
        file = folder / f"{uuid.uuid4().hex}.sqlite3"
        if source is None:
            connections[DEFAULT_DB_ALIAS].ensure_connection()
            with closing(sqlite3.connect(file)) as target:
                connections[DEFAULT_DB_ALIAS].connection.backup(target)
        else:
            shutil.copyfile(source.name, file)
        yield OwnDatabase(str(file))
        for left in folder.glob(f"{file.name}*"):
            left.unlink()
        return
    name = f"own_{uuid.uuid4().hex[:12]}"
    if source is None:
        # A database is copied only while nobody is connected to it.
        connections[DEFAULT_DB_ALIAS].close()
        template = connections[DEFAULT_DB_ALIAS].settings_dict["NAME"]
    else:
        template = source.name
    _as_owner(f"CREATE DATABASE {name} TEMPLATE {template}")
    try:
        yield OwnDatabase(name)
    finally:
        _as_owner(f"DROP DATABASE {name} WITH (FORCE)")


def _as_owner(statement: str) -> None:
    """Run it outside any test database, as who may make one: not as the application's role."""
    tested = connections[DEFAULT_DB_ALIAS]
    options = {
        key: value for key, value in tested.settings_dict["OPTIONS"].items() if key != "options"
    }
    settings = {**tested.settings_dict, "NAME": "postgres", "OPTIONS": options}
    maintenance = type(tested)(settings, DEFAULT_DB_ALIAS)
    try:
        with maintenance.cursor() as cursor:
            cursor.execute(statement)
    finally:
        maintenance.close()
