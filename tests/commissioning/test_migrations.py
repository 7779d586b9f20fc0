"""Migrations of data, run over rows as an earlier version left them."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.earlier_database import earlier_database

EARLIER = [("commissioning", "0006_unreadable_draft_parts_are_kept")]
NOW = [("commissioning", "0007_draft_parts_say_what_they_answer")]
PUBLISHED = datetime(2026, 11, 2, 9, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def earlier(django_db_setup, django_db_blocker, tmp_path):
    with earlier_database(django_db_blocker, tmp_path, EARLIER) as database:
        yield database


def test_earlier_drafts_answer_what_was_in_force_when_they_were_saved(earlier):
    rows = earlier.rows
    user = rows("accounts.User").create(email="sam@firm.example")
    firm = rows("accounts.Organisation").create(name="Firm", acts_as_provider=True)
    council = rows("accounts.Organisation").create(name="Council", acts_as_commissioner=True)
    provider = rows("providers.Provider").create(organisation=firm)
    buyer = rows("commissioning.Commissioner").create(organisation=council, body_type="other")
    procurement = rows("commissioning.Procurement").create(buyer=buyer, title="Visits")
    exercise = rows("commissioning.Exercise").create(
        procurement=procurement,
        kind="competition",
        regime="procurement_act_2023",
        created_at=PUBLISHED,
        created_by=user,
    )
    for number in (1, 2):
        rows("commissioning.ModelVersion").create(
            exercise=exercise,
            number=number,
            model_text="{}",
            reason="Why",
            tenders_due_at=PUBLISHED + 30 * DAY,
            made_at=PUBLISHED + number * DAY,
            made_by=user,
        )
    bid = rows("commissioning.Bid").create(
        exercise=exercise, provider=provider, created_at=PUBLISHED, created_by=user
    )
    for name, saved_at in (("before", PUBLISHED + 1.5 * DAY), ("after", PUBLISHED + 3 * DAY)):
        rows("commissioning.BidDraftPart").create(
            bid=bid, part=name, sealed=b"x", updated_at=saved_at, updated_by=user
        )

    earlier.migrate(NOW)

    parts = earlier.rows("commissioning.BidDraftPart")
    assert dict(parts.values_list("part", "seen_version")) == {"before": 1, "after": 2}
    earlier.migrate(EARLIER)
    assert earlier.rows("commissioning.BidDraftPart").count() == 2
