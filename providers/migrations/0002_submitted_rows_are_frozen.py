"""What was submitted, and the evidence under it, cannot be changed by anybody."""

from django.db import migrations

from accounts.triggers import append_only, frozen_when


class Migration(migrations.Migration):
    dependencies = [("providers", "0001_initial")]
    operations = [
        frozen_when("providers_answer", "OLD.frozen_at IS NOT NULL"),
        frozen_when("providers_answerevidence", "OLD.frozen_at IS NOT NULL"),
        frozen_when("providers_measureanswer", "OLD.frozen_at IS NOT NULL"),
        frozen_when("providers_measureanswerevidence", "OLD.frozen_at IS NOT NULL"),
        frozen_when("providers_evidenceitem", "OLD.frozen_at IS NOT NULL"),
        append_only("providers_submission"),
    ]
