"""Bring procurement notices in from files: OCDS 1.1 release packages, record packages, releases."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand

from accounts.access import Actor
from commissioning import actions, ocds


class Command(BaseCommand):
    help = (
        "Imports OCDS 1.1 notices. The same file twice changes nothing. Exit status 0 when every"
        " file could be read, 1 otherwise."
    )

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="+", metavar="FILE", help="a JSON file, up to 50 MB")
        parser.add_argument("--report", metavar="FILE", help="write the counts and lists as JSON")
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would happen; write nothing"
        )

    def handle(self, *args, **options):
        read, unreadable = [], []
        for name in options["files"]:
            try:
                with Path(name).open("rb") as stream:
                    read.append(ocds.read_stream(Path(name).name, stream))
            except ocds.FileUnreadable as error:
                unreadable.append((name, error.reason))
            except OSError as error:
                unreadable.append((name, f"The file can't be opened: {error.strerror}."))
        result = actions.import_notices(
            actor=Actor.system("importer"), files=read, dry_run=options["dry_run"]
        )
        report = result.report() | {"dry_run": options["dry_run"]}
        report["files"] += [
            {"name": Path(name).name, "error": reason} for name, reason in unreadable
        ]
        if options["report"]:
            text = json.dumps(report, indent=2, ensure_ascii=False)
            Path(options["report"]).write_text(text + "\n", encoding="utf-8")
        self._print(report)
        for name, reason in unreadable:
            self.stderr.write(f"{name}: {reason}")
        if unreadable:
            raise SystemExit(1)

    def _print(self, report: dict) -> None:
        for refusal in report["refused"]:
            self.stdout.write(f"refused {refusal['ocid'] or '(no ocid)'}: {refusal['reason']}")
        for code, number in report["gaps"].items():
            self.stdout.write(f"{number:>6}  {report['gap_meanings'][code]}")
        counts = {name: report[name] for name in ("read", "created", "updated", "unchanged")}
        counts["refused"] = len(report["refused"])
        line = ", ".join(f"{name} {number}" for name, number in counts.items())
        self.stdout.write(f"{'Would be: ' if report['dry_run'] else ''}{line}")
