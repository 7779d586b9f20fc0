"""An envelope that cannot be taken in is set aside with its reason, in a row that never changes.

Acts of opening named the envelopes whose bytes were changed: they become such rows. The guard of
the acts is lifted meanwhile, and put back.
"""

import django.db.models.deletion
from django.db import migrations, models

from accounts.triggers import append_only

GUARD = append_only("commissioning_openingact")
DAMAGED = "Its bytes are not those that were handed in, so it could not be opened."


def make_rows(apps, schema_editor):
    database = schema_editor.connection.alias
    submissions = apps.get_model("commissioning", "BidSubmission").objects.using(database)
    rows = apps.get_model("commissioning", "SetAsideEnvelope").objects.using(database)
    for act in apps.get_model("commissioning", "OpeningAct").objects.using(database):
        for named in act.damaged:
            submission = submissions.filter(
                bid__exercise=act.opening_key.exercise_id, sha256=named["submission"]
            ).first()
            if submission is not None:
                rows.get_or_create(
                    submission=submission,
                    lot_number=named["lot"],
                    kind=named["kind"],
                    defaults={"cause": "damaged", "reason": DAMAGED, "at": act.at},
                )


def name_again(apps, schema_editor):
    database = schema_editor.connection.alias
    rows = apps.get_model("commissioning", "SetAsideEnvelope").objects.using(database)
    for act in apps.get_model("commissioning", "OpeningAct").objects.using(database):
        act.damaged = [
            {
                "submission": row.submission.sha256,
                "lot": row.lot_number,
                "kind": row.kind,
                "error": "TamperedEnvelope",
            }
            for row in rows.filter(
                submission__bid__exercise=act.opening_key.exercise_id, at=act.at, cause="damaged"
            )
        ]
        act.save(update_fields=["damaged"])


class Migration(migrations.Migration):
    dependencies = [("commissioning", "0008_versions_say_when_the_contract_runs")]
    operations = [
        migrations.CreateModel(
            name="SetAsideEnvelope",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("lot_number", models.PositiveSmallIntegerField(default=0)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("participation", "Participation"),
                            ("quality", "Quality"),
                            ("price", "Price"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "cause",
                    models.CharField(
                        choices=[
                            ("damaged", "It could not be opened"),
                            ("unfit", "What it holds could not be taken in"),
                        ],
                        max_length=10,
                    ),
                ),
                ("reason", models.TextField()),
                ("content", models.BinaryField(blank=True, default=b"")),
                ("at", models.DateTimeField()),
                (
                    "submission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="set_aside",
                        to="commissioning.bidsubmission",
                    ),
                ),
            ],
            options={
                "ordering": ["lot_number", "kind"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("submission", "lot_number", "kind"), name="envelope_set_aside_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="set_aside_has_a_reason",
                    ),
                ],
            },
        ),
        append_only("commissioning_setasideenvelope"),
        migrations.RunPython(GUARD.reverse_code, GUARD.code),
        migrations.RunPython(make_rows, name_again),
        migrations.RemoveField("openingact", "damaged"),
        GUARD,
    ]
