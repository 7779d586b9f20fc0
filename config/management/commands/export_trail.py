"""Write the chained trail and its signed heads to a file."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from accounts.trail import rows


class Command(BaseCommand):
    help = (
        "Writes every chained row of the audit trail and every signed head to FILE, one JSON "
        "object a line. “manage.py verify_trail --file FILE” checks it without the database."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)

    def handle(self, *, file, **options):
        if file.exists():
            raise CommandError(f"{file} exists already. Choose another name.")
        number = 0
        with file.open("x", encoding="utf-8") as out:
            for line in rows.exported():
                out.write(line + "\n")
                number += 1
        self.stdout.write(f"{file}: {number} lines")
