"""Make a key and a self-signed certificate for signing reports."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from scorecards.documents.signing import make_demonstration_key


class Command(BaseCommand):
    help = (
        "Makes a signing key and a certificate that it signs itself, where SIGNING_KEY_FILE and "
        "SIGNING_CERTIFICATE_FILE point. Never overwrites a key."
    )

    def add_arguments(self, parser):
        parser.add_argument("--name", default="Commissioning ethics assurance, demonstration")

    def handle(self, *, name, **options):
        key, certificate = settings.SIGNING_KEY_FILE, settings.SIGNING_CERTIFICATE_FILE
        if key.exists() or certificate.exists():
            raise CommandError(f"There is a key at {key} already. Move it away first.")
        pair = make_demonstration_key(common_name=name, now=timezone.now())
        key.parent.mkdir(parents=True, exist_ok=True)
        certificate.parent.mkdir(parents=True, exist_ok=True)
        key.touch(mode=0o600)
        key.write_text(pair.key_pem)
        certificate.write_text(pair.certificate_pem)
        self.stdout.write(f"Key: {key}\nCertificate: {certificate}")
