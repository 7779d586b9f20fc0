"""Migrations of data, run over rows as an earlier version left them."""

from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest

from django.db import DatabaseError

from tests.earlier_database import earlier_database

UNSEEN_PARTS = [("commissioning", "0006_unreadable_draft_parts_are_kept")]
SEEN_PARTS = [("commissioning", "0007_draft_parts_say_what_they_answer")]
CONTRACT_DAYS = [("commissioning", "0008_versions_say_when_the_contract_runs")]
SET_ASIDE = [("commissioning", "0009_unfit_envelopes_are_set_aside")]
OWN_PROCESSES = [("commissioning", "0012_processes_belong_to_their_buyer")]
PUBLISHED = datetime(2026, 11, 2, 9, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def earlier_at(django_db_setup, django_db_blocker, tmp_path):
    """Opens a database as it was at the targets."""
    return partial(earlier_database, django_db_blocker, tmp_path)


def a_published_exercise(rows, user, **given):
    """An exercise with two versions, as every earlier version of the tables takes it."""
    council = rows("accounts.Organisation").create(name="Council", acts_as_commissioner=True)
    buyer = rows("commissioning.Commissioner").create(organisation=council, body_type="other")
    procurement = rows("commissioning.Procurement").create(buyer=buyer, title="Visits")
    exercise = rows("commissioning.Exercise").create(
        procurement=procurement,
        kind="competition",
        regime="procurement_act_2023",
        created_at=PUBLISHED,
        created_by=user,
        **given,
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
    return exercise


def test_earlier_drafts_answer_what_was_in_force_when_they_were_saved(earlier_at):
    with earlier_at(UNSEEN_PARTS) as earlier:
        rows = earlier.rows
        user = rows("accounts.User").create(email="sam@firm.example")
        firm = rows("accounts.Organisation").create(name="Firm", acts_as_provider=True)
        provider = rows("providers.Provider").create(organisation=firm)
        bid = rows("commissioning.Bid").create(
            exercise=a_published_exercise(rows, user),
            provider=provider,
            created_at=PUBLISHED,
            created_by=user,
        )
        for name, saved_at in (("before", PUBLISHED + 1.5 * DAY), ("after", PUBLISHED + 3 * DAY)):
            rows("commissioning.BidDraftPart").create(
                bid=bid, part=name, sealed=b"x", updated_at=saved_at, updated_by=user
            )

        earlier.migrate(SEEN_PARTS)

        parts = earlier.rows("commissioning.BidDraftPart")
        assert dict(parts.values_list("part", "seen_version")) == {"before": 1, "after": 2}
        earlier.migrate(UNSEEN_PARTS)
        assert earlier.rows("commissioning.BidDraftPart").count() == 2


def test_earlier_versions_take_over_when_the_contract_runs_and_still_never_change(earlier_at):
    starts_on, ends_on = date(2027, 4, 1), date(2030, 3, 31)
    with earlier_at(SEEN_PARTS) as earlier:
        user = earlier.rows("accounts.User").create(email="priya@council.example")
        a_published_exercise(
            earlier.rows, user, contract_starts_on=starts_on, contract_ends_on=ends_on
        )

        earlier.migrate(CONTRACT_DAYS)

        versions = earlier.rows("commissioning.ModelVersion")
        days = versions.values_list("contract_starts_on", "contract_ends_on")
        assert list(days) == [(starts_on, ends_on)] * 2
        for targets in (CONTRACT_DAYS, SEEN_PARTS):
            earlier.migrate(targets)
            with pytest.raises(DatabaseError):
                earlier.rows("commissioning.ModelVersion").update(model_text="")


def test_envelopes_that_an_opening_named_are_set_aside_and_acts_still_never_change(earlier_at):
    named = {"submission": "0" * 64, "lot": 1, "kind": "quality", "error": "TamperedEnvelope"}
    with earlier_at(CONTRACT_DAYS) as earlier:
        rows = earlier.rows
        user = rows("accounts.User").create(email="priya@council.example")
        exercise = a_published_exercise(rows, user)
        firm = rows("accounts.Organisation").create(name="Firm", acts_as_provider=True)
        bid = rows("commissioning.Bid").create(
            exercise=exercise,
            provider=rows("providers.Provider").create(organisation=firm),
            created_at=PUBLISHED,
            created_by=user,
        )
        submission = rows("commissioning.BidSubmission").create(
            bid=bid,
            number=1,
            version=exercise.versions.order_by("number").last(),
            sha256="0" * 64,
            submitted_at=PUBLISHED,
            submitted_by=user,
        )
        key = rows("commissioning.OpeningKey").create(
            exercise=exercise, kind="quality", public_key=b"x", made_at=PUBLISHED
        )
        opener = rows("commissioning.Opener").create(
            exercise=exercise,
            kind="quality",
            user=user,
            public_key=b"x",
            locked_key=b"x",
            made_at=PUBLISHED,
        )
        rows("commissioning.OpeningAct").create(
            opening_key=key, opener=opener, by=user, at=PUBLISHED + 40 * DAY, damaged=[named]
        )

        earlier.migrate(SET_ASIDE)

        row = earlier.rows("commissioning.SetAsideEnvelope").get()
        assert (row.submission_id, row.lot_number, row.kind, row.cause, row.at) == (
            submission.pk,
            1,
            "quality",
            "damaged",
            PUBLISHED + 40 * DAY,
        )
        for table, change in (
            ("SetAsideEnvelope", {"reason": "x"}),
            ("OpeningAct", {"envelopes_opened": 9}),
        ):
            with pytest.raises(DatabaseError):
                earlier.rows(f"commissioning.{table}").update(**change)
            with pytest.raises(DatabaseError):
                earlier.rows(f"commissioning.{table}").all().delete()
        earlier.migrate(CONTRACT_DAYS)
        assert earlier.rows("commissioning.OpeningAct").get().damaged == [named]
        with pytest.raises(DatabaseError):
            earlier.rows("commissioning.OpeningAct").update(envelopes_opened=9)


def test_earlier_releases_belong_to_the_process_of_their_ocid(earlier_at):
    with earlier_at(CONTRACT_DAYS) as earlier:
        rows = earlier.rows
        for ocid, is_reference_row in (("ocds-1", True), ("ocds-2", False)):
            body = rows("accounts.Organisation").create(
                name=ocid, acts_as_commissioner=True, is_reference_row=is_reference_row
            )
            buyer = rows("commissioning.Commissioner").create(organisation=body, body_type="other")
            rows("commissioning.Procurement").create(buyer=buyer, title=ocid, ocid=ocid)
            for number in (1, 2):
                rows("commissioning.OcdsRelease").create(
                    ocid=ocid,
                    release_id=number,
                    released_at=PUBLISHED,
                    sha256="0" * 64,
                    body={},
                    imported_at=PUBLISHED,
                )

        earlier.migrate(OWN_PROCESSES)

        releases = earlier.rows("commissioning.OcdsRelease").order_by("pk")
        found = releases.values_list("procurement__ocid", "brought_by__name")
        assert list(found) == [("ocds-1", None)] * 2 + [("ocds-2", "ocds-2")] * 2
        earlier.migrate(CONTRACT_DAYS)
        assert earlier.rows("commissioning.OcdsRelease").count() == 4
