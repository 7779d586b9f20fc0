"""Make the first operator of an installation."""

from allauth.account.models import EmailAddress

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from accounts import audit
from accounts.access import Actor
from accounts.models import User


class Command(BaseCommand):
    help = "Makes an operator. They choose a password by “I have forgotten my password”."

    def add_arguments(self, parser):
        parser.add_argument("email")
        parser.add_argument("full_name")

    @transaction.atomic
    def handle(self, *, email, full_name, **options):
        if User.objects.filter(email=email.lower()).exists():
            raise CommandError(f"{email} has an account already.")
        user = User.objects.create_user(email, None, full_name=full_name, is_operator=True)
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        audit.record(actor=Actor.system("command line"), verb="operator.added", subject=user)
        self.stdout.write(f"{user.email} is an operator.")
