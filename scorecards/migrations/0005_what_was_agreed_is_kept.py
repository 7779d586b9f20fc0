"""Locked ratings, agreed records, results and released documents cannot be changed."""

from django.db import migrations

from accounts.triggers import append_only, frozen_when


class Migration(migrations.Migration):
    dependencies = [("scorecards", "0004_evaluations")]
    operations = [
        append_only("scorecards_lotstep"),
        append_only("scorecards_lotresult"),
        append_only("scorecards_lotcontract"),
        append_only("scorecards_consensusrevision"),
        append_only("scorecards_consensusconfirmation"),
        append_only("scorecards_bidstanding"),
        append_only("scorecards_storedawarddocument"),
        frozen_when("scorecards_bidrating", "OLD.locked_at IS NOT NULL"),
        frozen_when("scorecards_consensus", "OLD.frozen_at IS NOT NULL"),
        frozen_when("scorecards_lowtenderinquiry", "OLD.decided_at IS NOT NULL"),
        frozen_when("scorecards_assessmentsummary", "OLD.released_at IS NOT NULL"),
    ]
