"""Publish the default assurance policy."""

from django.core.management.base import BaseCommand

from scorecards.demonstration import publish_default_policy


class Command(BaseCommand):
    help = "Publishes the default bands and limiting rules. Doing it again changes nothing."

    def handle(self, **options):
        policy = publish_default_policy()
        self.stdout.write(f"In force: {policy.label}")
