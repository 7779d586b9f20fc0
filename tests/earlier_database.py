"""A database as an earlier version left it, for the tests of migrations that move data.

Tests run in one transaction, in which SQLite alters no table: so it is a database of its own.
"""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass

from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor

ALIAS = "earlier"
Targets = list[tuple[str, str]]


@dataclass
class EarlierDatabase:
    """A database of its own in the engine of the tests."""

    apps: object = None

    def migrate(self, targets: Targets) -> None:
        """Migrate to the targets, forwards or back."""
        MigrationExecutor(connections[ALIAS]).migrate(targets)
        loader = MigrationExecutor(connections[ALIAS]).loader
        self.apps = loader.project_state(targets).apps

    def rows(self, model: str):
        """The manager of a model, such as ``accounts.Organisation``, as it is at the targets."""
        return self.apps.get_model(model).objects.using(ALIAS)


@contextmanager
def earlier_database(django_db_blocker, folder, targets: Targets) -> Iterator[EarlierDatabase]:
    """A database with the tables of the targets and no row, gone afterwards."""
    name = connection.settings_dict["NAME"]
    name = str(folder / "db.sqlite3") if connection.vendor == "sqlite" else f"{name}_earlier"
    quoted, options = connection.ops.quote_name(name), connection.settings_dict["OPTIONS"]

    def on_server(*statements: str) -> None:
        if connection.vendor == "postgresql":
            with connection._nodb_cursor() as cursor:
                for statement in ("SET ROLE NONE", *statements):
                    cursor.execute(statement)

    with django_db_blocker.unblock():
        on_server(f"DROP DATABASE IF EXISTS {quoted}", f"CREATE DATABASE {quoted}")
        # Tables are made here, so this is a connection of the owner's.
        owner = {key: value for key, value in options.items() if key != "options"}
        settings = {**connection.settings_dict, "NAME": name, "OPTIONS": owner}
        connections.databases[ALIAS] = settings
        try:
            with closing(connections[ALIAS]):
                database = EarlierDatabase()
                database.migrate(targets)
                yield database
        finally:
            del connections[ALIAS], connections.databases[ALIAS]
            on_server(f"DROP DATABASE {quoted}")
