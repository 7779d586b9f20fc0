"""Put the keys of a backup where this installation looks for them."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from config.backup import keys, manifest
from scorecards.documents.signing import BadSigningKey, load_certificate


class Command(BaseCommand):
    help = (
        "Puts the keys that “backup --keys” wrote into FOLDER back, on an empty machine. Keys "
        "that stand in the environment are compared and named where they are others."
    )

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path)

    def handle(self, *, folder, **options):
        try:
            own = load_certificate((folder / keys.CERTIFICATE).read_text())
            manifest.read(folder, part="keys", trusted=[own])
            if connection.introspection.table_names():
                raise manifest.BadBackup(
                    "The database is not empty: its rows may rest on the keys that are here."
                )
            written = keys.put_back(folder)
        except (manifest.BadBackup, BadSigningKey, OSError) as wrong:
            raise CommandError(str(wrong)) from wrong
        for place in written:
            self.stdout.write(place)
        self.stdout.write("The keys are those of the backup.")
