"""Which sealing keys are still needed."""

from django.core.management.base import BaseCommand
from django.db.models import Count

from accounts import server_keys
from commissioning.enums import ExerciseState
from commissioning.models import Exercise

# In these, bidders read and hand in what is sealed, or an envelope is still to be opened.
OPEN_STATES = (ExerciseState.PUBLISHED, ExerciseState.QUALITY_OPENED)


class Command(BaseCommand):
    help = (
        "Says under which sealing keys procurements were published. A key that was replaced stays "
        "in SEALING_KEY_FALLBACKS while this names it. Exits with 1 where one is missing."
    )

    def handle(self, **options):
        present = server_keys.present_key_id()
        here = {present, *server_keys.former_key_ids()}
        rows = (
            Exercise.objects.exclude(sealing_key_id="")
            .values("sealing_key_id", "state")
            .annotate(number=Count("pk"))
            .order_by("sealing_key_id")
        )
        published: dict[str, int] = {}
        is_open: dict[str, int] = {}
        for row in rows:
            key = row["sealing_key_id"]
            published[key] = published.get(key, 0) + row["number"]
            if row["state"] in OPEN_STATES:
                is_open[key] = is_open.get(key, 0) + row["number"]
        self.stdout.write(f"{present}: the present key")
        missing = []
        for key, number in published.items():
            place = "present" if key == present else "former" if key in here else "MISSING"
            self.stdout.write(
                f"{key} ({place}): published under it {number}, of these open {is_open.get(key, 0)}"
            )
            if key not in here:
                missing.append(key)
        for key in sorted(here - {present} - set(published)):
            self.stdout.write(f"{key} (former): no procurement needs it")
        if missing:
            self.stderr.write("Put the missing keys back into SEALING_KEY_FALLBACKS.")
            raise SystemExit(1)
