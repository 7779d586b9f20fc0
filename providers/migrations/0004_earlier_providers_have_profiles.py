"""Providers that joined before new ones were given their profile at once get it now: they bid with
it.
"""

from django.db import migrations
from django.utils import timezone


def make_profiles(apps, schema_editor):
    database = schema_editor.connection.alias
    organisations = apps.get_model("accounts", "Organisation").objects.using(database)
    providers = apps.get_model("providers", "Provider").objects.using(database)
    trail = apps.get_model("accounts", "AuditEvent").objects.using(database)
    # A body that is known from notices only has nobody who could bid; imports make its profile.
    joined = organisations.filter(acts_as_provider=True, is_reference_row=False)
    for organisation in joined.exclude(pk__in=providers.values("organisation")):
        provider = providers.create(organisation=organisation)
        trail.create(
            at=timezone.now(),
            actor_label="system: migration",
            verb="provider.created",
            subject_type="providers.provider",
            subject_reference=provider.reference,
        )


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_trail_only_grows"),
        ("providers", "0003_self_assessment_can_be_closed"),
    ]
    operations = [
        # Back again, the profiles stay: bids may hang on them by then.
        migrations.RunPython(make_profiles, migrations.RunPython.noop)
    ]
