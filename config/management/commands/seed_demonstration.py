"""Fill an empty demonstration: frameworks, real notices, invented people and work."""

import time

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from accounts import demonstration as people
from accounts.models import User
from scorecards import demonstration as work
from scorecards import demonstration_awards as awards


class Command(BaseCommand):
    help = "Fills an empty demonstration or test installation. Leaves a filled one as it is."

    def handle(self, **options):
        if settings.INSTALLATION == "production":
            raise CommandError("The demonstration's passwords are public: not in production.")
        call_command("migrate", verbosity=0)
        if not settings.SIGNING_KEY_FILE.exists():
            call_command("make_signing_key", stdout=self.stdout)
        if User.objects.exists():
            self.stdout.write("What was entered before is kept.")
            return
        self.stdout.write("Loading the frameworks, the illustrative values and the policy")
        call_command("load_frameworks", stdout=self.stdout)
        call_command("load_value_set", stdout=self.stdout)
        work.publish_default_policy()
        self.stdout.write("Importing the bundled notices")
        notices = sorted((settings.BASE_DIR / "commissioning" / "notices").glob("*.json"))
        call_command(
            "import_ocds",
            *(str(path) for path in notices),
            stdout=self.stdout,
        )
        self.stdout.write("Creating people, and work at every stage")
        with transaction.atomic():
            made = people.create()
            work.create_work(made)
        self.stdout.write("Creating procurements at every stage; sealed bids wait for a deadline")
        awards.create_exercises(made, time.sleep)
