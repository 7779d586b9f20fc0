"""Add an organisation and invite its first administrator, from the command line."""

from django.core.management.base import BaseCommand

from accounts.access import Actor
from accounts.actions import open_tenancy


class Command(BaseCommand):
    help = "Adds an organisation and e-mails an invitation to the person who will administer it."

    def add_arguments(self, parser):
        parser.add_argument("name")
        parser.add_argument(
            "--kind",
            action="append",
            required=True,
            dest="kinds",
            choices=["commissioner", "provider", "assurer"],
        )
        parser.add_argument("--administrator", required=True, help="full name")
        parser.add_argument("--email", required=True)

    def handle(self, *, name, kinds, administrator, email, **options):
        organisation = open_tenancy(
            actor=Actor.system("command line"),
            name=name,
            kinds=kinds,
            email=email,
            full_name=administrator,
        )
        self.stdout.write(f"{organisation.reference}: {organisation.name}. {email} is invited.")
