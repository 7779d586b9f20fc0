"""Migrations of data, run over rows as an earlier version left them."""

from contextlib import closing

import pytest

from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor

EARLIER = [("providers", "0003_self_assessment_can_be_closed")]
NOW = [("providers", "0004_earlier_providers_have_profiles")]
ALIAS = "earlier"


@pytest.fixture
def earlier(django_db_setup, django_db_blocker, tmp_path):
    """A database of its own in the engine of the tests, with the tables of the earlier version."""
    name = connection.settings_dict["NAME"]
    name = str(tmp_path / "db.sqlite3") if connection.vendor == "sqlite" else f"{name}_earlier"
    quoted = connection.ops.quote_name(name)

    def on_server(*statements: str) -> None:
        if connection.vendor == "postgresql":
            with connection._nodb_cursor() as cursor:
                for statement in statements:
                    cursor.execute(statement)

    with django_db_blocker.unblock():
        on_server(f"DROP DATABASE IF EXISTS {quoted}", f"CREATE DATABASE {quoted}")
        connections.databases[ALIAS] = {**connection.settings_dict, "NAME": name}
        try:
            with closing(connections[ALIAS]) as database:
                migrate(database, EARLIER)
                yield database
        finally:
            del connections[ALIAS], connections.databases[ALIAS]
            on_server(f"DROP DATABASE {quoted}")


def migrate(database, targets):
    """Migrate to the targets; gives the models as they are then."""
    executor = MigrationExecutor(database)
    executor.migrate(targets)
    return MigrationExecutor(database).loader.project_state(targets).apps


def named(apps, model: str):
    return apps.get_model(model).objects.using(ALIAS)


def test_providers_that_joined_earlier_get_their_profile_once(earlier):
    apps = MigrationExecutor(earlier).loader.project_state(EARLIER).apps
    organisations = named(apps, "accounts.Organisation")
    for name, fields in (
        ("Without", {"acts_as_provider": True}),
        ("Both kinds", {"acts_as_provider": True, "acts_as_commissioner": True}),
        ("With", {"acts_as_provider": True}),
        ("Buyer", {"acts_as_commissioner": True}),
        ("Of a notice", {"acts_as_provider": True, "is_reference_row": True}),
    ):
        organisations.create(name=name, **fields)
    kept = named(apps, "providers.Provider").create(organisation=organisations.get(name="With"))

    migrate(earlier, NOW)
    migrate(earlier, EARLIER)
    apps = migrate(earlier, NOW)

    providers = named(apps, "providers.Provider").select_related("organisation")
    found = {row.organisation.name: row.reference for row in providers}
    assert sorted(found) == ["Both kinds", "With", "Without"]
    assert found.pop("With") == kept.reference
    assert all(reference.startswith("PR-") for reference in found.values())
    trail = named(apps, "accounts.AuditEvent").filter(verb="provider.created")
    assert sorted(trail.values_list("subject_reference", flat=True)) == sorted(found.values())
    assert {row.actor_label for row in trail} == {"system: migration"}
