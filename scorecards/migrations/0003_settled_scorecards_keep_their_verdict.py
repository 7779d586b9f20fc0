"""A signed-off scorecard keeps its opinion and what it was formed about; it can only be superseded."""

from django.db import migrations

from accounts.triggers import keeps_when

SETTLED = "OLD.stage IN ('signed_off', 'superseded')"
VERDICT = [
    "reference",
    "contract_id",
    "provider_id",
    "request_id",
    "policy_id",
    "value_set_id",
    "locality",
    "level",
    "number",
    "supersedes_id",
    "opinion",
    "assessed_on",
]


class Migration(migrations.Migration):
    dependencies = [("scorecards", "0002_settled_rows_are_frozen")]
    operations = [keeps_when("scorecards_scorecard", SETTLED, VERDICT)]
