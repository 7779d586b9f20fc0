"""Publish framework files, or check them."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from accounts.access import Actor
from principles import actions
from principles.packs import BadPack, default_paths, read_packs


class Command(BaseCommand):
    """``load_frameworks [--check] [PATH…]``: all files, or none of them.

    Exit status 0 when every file is good and published, 1 otherwise; each fault is printed as
    file, line and cause. Loading the same files again changes nothing.
    """

    help = "Publishes the editions in framework files. A published edition never changes."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument(
            "paths",
            nargs="*",
            type=Path,
            metavar="PATH",
            help="framework files; the ones that ship with the product where none is given",
        )
        parser.add_argument(
            "--check", action="store_true", help="check the files alone, without a database"
        )

    def handle(self, *, paths, check, **options):
        try:
            packs = read_packs(paths or default_paths())
            if check:
                for pack in packs:
                    self.stdout.write(f"{pack.file}: {pack.key} is good")
                return
            published = actions.publish_editions(
                actor=Actor.system("frameworks loader"), packs=packs
            )
        except BadPack as bad:
            for problem in bad.problems:
                self.stderr.write(str(problem))
            raise CommandError(f"{len(bad.problems)} to put right. Nothing was loaded.") from bad
        for result in published:
            state = "published" if result.is_new else "published before, unchanged"
            self.stdout.write(f"{result.edition.key}: {state}")
