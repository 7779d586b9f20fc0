"""Which database may be restored where. That it comes back: ``tests/journeys``' drill."""

from dataclasses import replace

import pytest

from django.db import connection

from config.backup import database
from config.backup.manifest import BadBackup, Manifest

pytestmark = pytest.mark.django_db


@pytest.fixture
def manifest():
    return Manifest(part="database", made_at="", files={}, facts=database.facts())


def refusal(manifest) -> str:
    with pytest.raises(BadBackup) as refused:
        database.check_fits(manifest)
    return str(refused.value)


def test_database_that_has_tables_is_not_restored_into(manifest):
    assert refusal(manifest) == "The database is not empty. Restore into a new one."


def test_another_engine_is_refused(manifest):
    other = replace(manifest, facts=manifest.facts | {"engine": "oracle"})
    assert "The backup is of oracle" in refusal(other)


def test_another_version_is_refused_and_said(manifest):
    migrations = manifest.facts["migrations"]
    later = manifest.facts | {"migrations": [*migrations, "accounts.9999_later"]}
    earlier = manifest.facts | {"migrations": migrations[:-1]}
    assert "Only there: accounts.9999_later. Only here: none." in refusal(
        replace(manifest, facts=later)
    )
    assert f"Only there: none. Only here: {migrations[-1]}." in refusal(
        replace(manifest, facts=earlier)
    )


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite needs no program")
def test_program_that_fails_or_is_missing_is_named(tmp_path, monkeypatch):
    with pytest.raises(BadBackup, match="pg_dump failed"):
        database.dump(tmp_path / "no such folder")
    monkeypatch.setenv("PATH", "")
    with pytest.raises(BadBackup, match="pg_dump is missing"):
        database.dump(tmp_path)
