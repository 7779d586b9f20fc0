"""Print the present code of the demonstration's authenticator."""

from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from accounts.demonstration import TOTP_SECRET


class Command(BaseCommand):
    help = "Prints the six digits that the people of the demonstration sign in with who need one."

    def handle(self, **options):
        if settings.INSTALLATION == "production":
            raise CommandError("The demonstration's key is public: not in production.")
        counter = next(iter(yield_hotp_counters_from_time()))
        self.stdout.write(format_hotp_value(hotp_value(TOTP_SECRET, counter)))
