"""Make an installation ready: migrate, load frameworks and policy. Safe to run at every start."""

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection

from accounts.grants import grant_to


class Command(BaseCommand):
    help = "Migrates the database and publishes the bundled frameworks and the default policy."

    def handle(self, **options):
        call_command("migrate", interactive=False, stdout=self.stdout)
        if settings.RUNTIME_ROLE:
            with connection.cursor() as cursor:
                only_grow = grant_to(cursor, settings.RUNTIME_ROLE)
            self.stdout.write(
                f"{settings.RUNTIME_ROLE} may read and add to, and not change, "
                f"{len(only_grow)} tables."
            )
        call_command("load_frameworks", stdout=self.stdout)
        call_command("load_value_set", stdout=self.stdout)
        call_command("load_policy", stdout=self.stdout)
