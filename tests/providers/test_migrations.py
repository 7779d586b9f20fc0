"""Migrations of data, run over rows as an earlier version left them."""

import pytest

from tests.earlier_database import earlier_database

EARLIER = [("providers", "0003_self_assessment_can_be_closed")]
NOW = [("providers", "0004_earlier_providers_have_profiles")]


@pytest.fixture
def earlier(django_db_setup, django_db_blocker, tmp_path):
    with earlier_database(django_db_blocker, tmp_path, EARLIER) as database:
        yield database


def test_providers_that_joined_earlier_get_their_profile_once(earlier):
    organisations = earlier.rows("accounts.Organisation")
    for name, fields in (
        ("Without", {"acts_as_provider": True}),
        ("Both kinds", {"acts_as_provider": True, "acts_as_commissioner": True}),
        ("With", {"acts_as_provider": True}),
        ("Buyer", {"acts_as_commissioner": True}),
        ("Of a notice", {"acts_as_provider": True, "is_reference_row": True}),
    ):
        organisations.create(name=name, **fields)
    kept = earlier.rows("providers.Provider").create(organisation=organisations.get(name="With"))

    for targets in (NOW, EARLIER, NOW):
        earlier.migrate(targets)

    providers = earlier.rows("providers.Provider").select_related("organisation")
    found = {row.organisation.name: row.reference for row in providers}
    assert sorted(found) == ["Both kinds", "With", "Without"]
    assert found.pop("With") == kept.reference
    assert all(reference.startswith("PR-") for reference in found.values())
    trail = earlier.rows("accounts.AuditEvent").filter(verb="provider.created")
    assert sorted(trail.values_list("subject_reference", flat=True)) == sorted(found.values())
    assert {row.actor_label for row in trail} == {"system: migration"}
