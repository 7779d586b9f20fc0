"""Make an installation ready: migrate, load frameworks and policy. Safe to run at every start."""

from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Migrates the database and publishes the bundled frameworks and the default policy."

    def handle(self, **options):
        call_command("migrate", interactive=False, stdout=self.stdout)
        call_command("load_frameworks", stdout=self.stdout)
        call_command("load_value_set", stdout=self.stdout)
        call_command("load_policy", stdout=self.stdout)
