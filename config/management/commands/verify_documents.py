"""Check that every stored file is what its row says."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from config.document_check import check
from scorecards.documents.signing import BadSigningKey, load_certificate


class Command(BaseCommand):
    help = (
        "Checks the bytes of every stored document and file of evidence, and the signature of "
        "every document. Names the first that does not fit, and exits with 1."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--certificate",
            type=Path,
            action="append",
            default=[],
            help="PEM file of a key that documents may be signed with; give your own copy",
        )

    def handle(self, *, certificate, **options):
        try:
            trusted = [load_certificate(path.read_text()) for path in certificate]
        except (OSError, BadSigningKey) as wrong:
            raise CommandError(str(wrong)) from wrong
        found = check(trusted)
        if found.misfit is not None:
            raise CommandError(found.misfit, returncode=1)
        for words, number in found.counts.items():
            self.stdout.write(f"All fit, {words}: {number}.")
