"""Put a backup back on an empty machine, and check that everything is what it was."""

from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from config.backup import database, files, keys, manifest
from scorecards.documents.signing import BadSigningKey, load_certificate


class Command(BaseCommand):
    help = (
        "Restores what “backup” wrote into FOLDER, into an empty database and an empty folder of "
        "files, and checks the trail, the documents with their signatures, and the evidence. "
        "Restore the keys before. Exits with 1, and names it, where anything does not fit."
    )

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path)
        parser.add_argument(
            "--certificate",
            type=Path,
            action="append",
            default=[],
            help="PEM file of the key that signed the backup, where it was replaced since",
        )
        parser.add_argument(
            "--without-sealing-key",
            action="store_true",
            help="restore although the sealing key is lost, and what was sealed under it with it",
        )

    def handle(self, *, folder, certificate, without_sealing_key, **options):
        try:
            places = [settings.SIGNING_CERTIFICATE_FILE, *certificate]
            trusted = [load_certificate(place.read_text()) for place in places if place.exists()]
            rows = manifest.read(folder / "database", part="database", trusted=trusted)
            stored = manifest.read(folder / "files", part="files", trusted=trusted)
            if rows.made_at != stored.made_at:
                raise manifest.BadBackup(
                    f"The database is of {rows.made_at}, and the files are of {stored.made_at}."
                )
            database.check_fits(rows)
            files.check_is_empty(settings.MEDIA_ROOT)
            if not without_sealing_key:
                keys.check_sealing_keys(rows.facts["sealing_keys"])
            database.restore(folder / "database")
            number = files.unpack(folder / "files", settings.MEDIA_ROOT)
        except (manifest.BadBackup, BadSigningKey, OSError) as wrong:
            raise CommandError(str(wrong)) from wrong
        self.stdout.write(f"Restored: the database and {number} files of {rows.made_at}.")
        call_command("verify_trail", at=rows.made_at, stdout=self.stdout)
        call_command("verify_documents", stdout=self.stdout)
