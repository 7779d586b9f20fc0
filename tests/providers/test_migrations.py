"""Migrations of data, run over rows as an earlier version left them."""

import pytest

from django.db import DatabaseError, transaction
from django.utils import timezone

from tests.earlier_database import ALIAS, earlier_database

EARLIER = [("providers", "0003_self_assessment_can_be_closed")]
NOW = [("providers", "0004_earlier_providers_have_profiles")]


BEFORE_SCANS = [("providers", "0004_earlier_providers_have_profiles")]
WITH_SCANS = [("providers", "0006_scans_are_kept_apart")]


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


def test_scans_of_earlier_files_go_with_them_and_what_froze_stays_frozen(earlier):
    earlier.migrate(BEFORE_SCANS)
    organisation = earlier.rows("accounts.Organisation").create(name="Firm", acts_as_provider=True)
    given = {"organisation": organisation, "sha256": "0" * 64, "received_at": timezone.now()}
    items = earlier.rows("providers.EvidenceItem")
    items.create(title="Clean", kind="file", file="a", scan_state="clean", **given)
    items.create(title="Not scanned", kind="file", file="b", **given)
    items.create(title="Link", kind="link", url="https://example.org", **given)
    items.create(title="Frozen", kind="file", file="c", frozen_at=timezone.now(), **given)

    earlier.migrate(WITH_SCANS)
    found = earlier.rows("providers.FileHandling").select_related("item")
    assert {row.item.title: (row.scan_state, row.scanned_at is not None) for row in found} == {
        "Clean": ("clean", True),
        "Not scanned": ("not_scanned", False),
        "Frozen": ("not_scanned", False),
    }
    for targets in (WITH_SCANS, BEFORE_SCANS, WITH_SCANS):
        earlier.migrate(targets)
        with pytest.raises(DatabaseError), transaction.atomic(using=ALIAS):
            earlier.rows("providers.EvidenceItem").filter(title="Frozen").update(title="Other")
