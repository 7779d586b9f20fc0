"""Make the first operator of an installation."""

from django.core.management.base import BaseCommand, CommandError

from accounts.access import Actor, WrongState
from accounts.actions import add_operator


class Command(BaseCommand):
    help = "Makes an operator. They choose a password by “I have forgotten my password”."

    def add_arguments(self, parser):
        parser.add_argument("email")
        parser.add_argument("full_name")

    def handle(self, *, email, full_name, **options):
        try:
            user = add_operator(
                actor=Actor.system("command line"), email=email, full_name=full_name
            )
        except WrongState as wrong:
            raise CommandError(str(wrong)) from wrong
        self.stdout.write(f"{user.email} is an operator.")
