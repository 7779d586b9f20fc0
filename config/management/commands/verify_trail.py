"""Check that the audit trail is what it was."""

from datetime import datetime, timedelta
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.models import AuditEvent, AuditHead
from accounts.trail import rows
from config.trail_check import SignedHead, UnreadableExport, check, read_export
from scorecards.documents.signing import BadSigningKey, load_certificate

# A row that was written longer ago than this and is in no link was never seen by the schedule.
CHAINED_WITHIN = timedelta(minutes=15)


class Command(BaseCommand):
    help = (
        "Checks the audit trail in the database, or in a file from export_trail, and names the "
        "first row that does not fit. Exits with 1 where one does not."
    )

    def add_arguments(self, parser):
        parser.add_argument("--file", type=Path, help="an exported file; no database is opened")
        parser.add_argument(
            "--certificate",
            type=Path,
            action="append",
            default=[],
            help="PEM file of a key that heads may be signed with; give your own copy",
        )

        parser.add_argument(
            "--at",
            default="",
            help="when the database was as it is, for one that was restored: a time in ISO 8601",
        )

    def handle(self, *, file, certificate, at, **options):
        try:
            trusted = [load_certificate(path.read_text()) for path in certificate]
            if file is None:
                found = check(rows.chained(), _heads(), trusted)
            else:
                with file.open(encoding="utf-8") as lines:
                    found = check(*read_export(lines), trusted)
        except (OSError, BadSigningKey, UnreadableExport) as wrong:
            raise CommandError(str(wrong)) from wrong
        if found.misfit is not None:
            raise CommandError(
                f"The trail does not fit at link {found.misfit.position}: {found.misfit.reason}.",
                returncode=1,
            )
        if file is None:
            self._say_what_waits(datetime.fromisoformat(at) if at else timezone.now())
        self.stdout.write(
            f"The trail fits: {found.links} chained rows, {found.heads} signed heads."
        )
        if not trusted:
            self.stdout.write(
                "Signatures were checked with the certificates kept beside them. Bring your own "
                "copy with --certificate."
            )

    def _say_what_waits(self, now: datetime):
        old = AuditEvent.objects.filter(link=None, at__lt=now - CHAINED_WITHIN)
        first = old.order_by("pk").first()
        if first is not None:
            raise CommandError(
                f"Row {first.pk} of {first.at:%Y-%m-%d %H:%M} is in no link of the chain: the "
                "scheduler has not run since, or the row was put there past it.",
                returncode=1,
            )


def _heads() -> list[SignedHead]:
    return [
        SignedHead(rows.as_head(row), bytes(row.signature), row.certificate_pem)
        for row in AuditHead.objects.order_by("position", "pk")
    ]
