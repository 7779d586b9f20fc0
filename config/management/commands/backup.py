"""Write the database, the files, and, where it is asked for, the keys."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from config import tasks
from config.backup import database, files, keys, manifest
from scorecards import reports
from scorecards.documents.signing import BadSigningKey


class Command(BaseCommand):
    help = (
        "Writes the database and the stored files into FOLDER, which is new. Keys are written "
        "only with --keys, into another folder: keep it where no backup of the database is."
    )

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path)
        parser.add_argument("--keys", type=Path, help="a new folder, apart from FOLDER")

    def handle(self, *, folder, keys: Path | None, **options):
        try:
            self._write(folder.resolve(), keys.resolve() if keys else None)
        except (manifest.BadBackup, BadSigningKey, OSError) as wrong:
            raise CommandError(str(wrong)) from wrong

    def _write(self, folder: Path, apart: Path | None):
        if apart and (apart.is_relative_to(folder) or folder.is_relative_to(apart)):
            raise manifest.BadBackup(
                "Whoever has database and keys reads sealed bids: keep them in folders of which "
                "neither is inside the other."
            )
        signer, at = reports.signer(), timezone.now()
        parts = [manifest.new_folder(folder)]
        if apart:
            parts.append(manifest.new_folder(apart))
        # So that the copy holds no row, but for those of this very moment, outside the chain.
        tasks.sign_trail_head()
        # The database first: files that its rows name are there before the rows are.
        place = manifest.new_folder(folder / "database")
        database.dump(place)
        facts = database.facts() | {"sealing_keys": keys.marks()}
        manifest.write(place, part="database", at=at, facts=facts, signer=signer)
        place = manifest.new_folder(folder / "files")
        number = files.pack(settings.MEDIA_ROOT, place)
        manifest.write(place, part="files", at=at, facts={"files": number}, signer=signer)
        if apart:
            keys.write(apart)
            manifest.write(apart, part="keys", at=at, facts={}, signer=signer)
        self.stdout.write(f"{folder}: the database and {number} files.")
        self.stdout.write(
            f"{apart}: the keys. Move them to where no backup of the database is."
            if apart
            else "The keys are not in it. They need a backup of their own, kept apart."
        )
