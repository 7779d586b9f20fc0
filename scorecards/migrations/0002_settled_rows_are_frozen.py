"""What was signed off, and how it came to be, cannot be changed by anybody."""

from django.db import migrations

from accounts.triggers import append_only, frozen_when


class Migration(migrations.Migration):
    dependencies = [("scorecards", "0001_initial")]
    operations = [
        append_only("scorecards_assurancepolicy"),
        append_only("scorecards_scorecardstep"),
        append_only("scorecards_ratingrevision"),
        append_only("scorecards_scorecardresult"),
        append_only("scorecards_frameworkresult"),
        append_only("scorecards_principleresult"),
        append_only("scorecards_reportdocument"),
        append_only("scorecards_signingkey"),
        frozen_when("scorecards_report", "OLD.job_id IS NOT NULL"),
        frozen_when("scorecards_rating", "OLD.frozen_at IS NOT NULL"),
        frozen_when("scorecards_finding", "OLD.frozen_at IS NOT NULL"),
    ]
