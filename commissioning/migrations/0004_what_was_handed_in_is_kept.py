"""Published models, sealed envelopes, opened bids, declarations and their logs cannot be changed."""

from django.db import migrations

from accounts.triggers import append_only, keeps_when, undeletable

ALWAYS = "OLD.id IS NOT NULL"


class Migration(migrations.Migration):
    dependencies = [("commissioning", "0003_exercises")]
    operations = [
        append_only("commissioning_exercisestep"),
        append_only("commissioning_modelversion"),
        append_only("commissioning_conflictsassessment"),
        append_only("commissioning_exercisenotice"),
        append_only("commissioning_openingact"),
        append_only("commissioning_bidanswer"),
        append_only("commissioning_bidcommitment"),
        append_only("commissioning_bidprice"),
        append_only("commissioning_bidparticipation"),
        append_only("commissioning_bidlot"),
        append_only("commissioning_directawardstep"),
        undeletable("commissioning_bidsubmission"),
        undeletable("commissioning_envelope"),
        undeletable("commissioning_openingkey"),
        undeletable("commissioning_exercisedeclaration"),
        keeps_when(
            "commissioning_bidsubmission",
            ALWAYS,
            [
                "bid_id",
                "number",
                "version_id",
                "lots",
                "sha256",
                "submitted_at",
                "submitted_by_id",
            ],
        ),
        keeps_when(
            "commissioning_envelope",
            ALWAYS,
            [
                "submission_id",
                "lot_number",
                "kind",
                "sealed",
                "key_for_bidder",
                "key_for_opening",
                "sha256",
            ],
        ),
        keeps_when(
            "commissioning_openingkey",
            ALWAYS,
            ["exercise_id", "kind", "is_rehearsal", "public_key", "made_at"],
        ),
        keeps_when(
            "commissioning_exercisedeclaration",
            ALWAYS,
            [
                "exercise_id",
                "provider_id",
                "user_id",
                "has_interest",
                "description",
                "prompts",
                "made_at",
            ],
        ),
    ]
