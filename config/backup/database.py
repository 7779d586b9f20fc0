"""The database as one file, and back into an empty one. SQLite and PostgreSQL."""

import os
import shutil
import sqlite3
import subprocess
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.backends.postgresql.client import DatabaseClient
from django.db.migrations.loader import MigrationLoader

from accounts.grants import grant_to
from config.backup.manifest import BadBackup, Manifest

NAMES = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}


def facts() -> dict:
    """What the manifest says of the present database: its engine and its migrations."""
    loader = MigrationLoader(connection)
    return {"engine": connection.vendor, "migrations": _names(loader.applied_migrations)}


def dump(folder: Path) -> None:
    """Write the database into the folder as one moment saw it, while others go on writing."""
    target = folder / NAMES[connection.vendor]
    if connection.vendor == "postgresql":
        _run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={target}")
        return
    connection.ensure_connection()
    copy = sqlite3.connect(target)
    try:
        connection.connection.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")
    finally:
        copy.close()


def check_fits(manifest: Manifest) -> None:
    """Raise ``BadBackup`` where the backup is of another engine or version, or this database is
    not empty.
    """
    engine = manifest.facts["engine"]
    if engine != connection.vendor:
        raise BadBackup(f"The backup is of {engine}, and DATABASE_URL names {connection.vendor}.")
    here = set(_names(MigrationLoader(None).disk_migrations))
    there = set(manifest.facts["migrations"])
    if here != there:
        raise BadBackup(
            f"The database of the backup is of another version ({manifest.version}). Only there: "
            f"{_listed(there - here)}. Only here: {_listed(here - there)}. Restore it with the "
            "version that made it, then upgrade."
        )
    if connection.introspection.table_names():
        raise BadBackup("The database is not empty. Restore into a new one.")


def restore(folder: Path) -> None:
    """Put the file into the empty database, and give the role of the application its rights."""
    source = folder / NAMES[connection.vendor]
    connection.close()
    if connection.vendor == "postgresql":
        _run(
            "pg_restore", "--exit-on-error", "--single-transaction", "--no-owner",
            "--no-privileges", f"--dbname={connection.settings_dict['NAME']}", str(source),
        )  # fmt: skip
        if settings.RUNTIME_ROLE:
            with connection.cursor() as cursor:
                grant_to(cursor, settings.RUNTIME_ROLE)
        return
    target = Path(connection.settings_dict["NAME"])
    for beside in (target, *target.parent.glob(f"{target.name}-*")):
        beside.unlink(missing_ok=True)
    target.touch(mode=0o600)
    shutil.copyfile(source, target)


def _run(program: str, *arguments: str) -> None:
    given = connection.settings_dict
    _, named = DatabaseClient.settings_to_cmd_args_env(given, [])
    places = {
        "PGHOST": given["HOST"],
        "PGPORT": str(given["PORT"]),
        "PGUSER": given["USER"],
        "PGDATABASE": given["NAME"],
        "PGOPTIONS": given["OPTIONS"].get("options", ""),
    }
    environment = {
        **os.environ,
        **{name: value for name, value in places.items() if value},
        **(named or {}),
    }
    try:
        done = subprocess.run(
            [program, *arguments], env=environment, capture_output=True, text=True
        )
    except FileNotFoundError as wrong:
        raise BadBackup(f"{program} is missing. It comes with PostgreSQL's client.") from wrong
    if done.returncode:
        raise BadBackup(f"{program} failed: {done.stderr.strip()}")


def _names(migrations) -> list[str]:
    return sorted(f"{app}.{name}" for app, name in migrations)


def _listed(names: set[str]) -> str:
    return ", ".join(sorted(names)) or "none"
