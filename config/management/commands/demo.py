"""The demonstration: fill it if it is empty, start web and worker, and stop both on Ctrl-C."""

import signal
import subprocess
import sys
import time
import urllib.request

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from accounts.demonstration import PASSWORD, PEOPLE, TOTP_SECRET
from commissioning.demonstration import OPENERS, PASSPHRASE

SIGN_INS = (
    ("Contract manager and lead (needs a code)", "priya"),
    ("Evaluator", "evan"),
    ("Chair of moderation (needs a code)", "carl"),
    ("Approver (needs a code)", "anna"),
    ("Organisation administrator (code)", "adam"),
    ("Provider: authorised signatory", "sam"),
    ("Provider: contributor", "cara"),
    ("Provider: another bidder", "nina"),
    ("Auditor", "oscar"),
    ("Operator (needs a code)", "olive"),
    ("Small council, one of three (code)", "mei"),
)


class Command(BaseCommand):
    help = "Starts the demonstration on this machine: web, a real Celery worker, no Redis needed."

    def add_arguments(self, parser):
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *, port, **options):
        if settings.INSTALLATION != "demonstration":
            raise CommandError("Set INSTALLATION=demonstration, or use: make demo")
        call_command("seed_demonstration", stdout=self.stdout)
        processes = [subprocess.Popen(command) for command in commands(port)]
        # Also where a shell started us with Ctrl-C ignored, as it does in the background.
        signal.signal(signal.SIGINT, _stop)
        signal.signal(signal.SIGTERM, _stop)
        try:
            _wait_for_web(port)
            self._tell(port)
            while all(process.poll() is None for process in processes):
                time.sleep(0.5)
            raise CommandError("A process of the demonstration has stopped. See above.")
        except KeyboardInterrupt:
            self.stdout.write("Stopping")
        finally:
            for process in processes:
                process.terminate()
            for process in processes:
                try:
                    process.wait(timeout=15)
                except subprocess.TimeoutExpired:
                    process.kill()

    def _tell(self, port):
        emails = {person.key: person.email for person in PEOPLE}
        lines = [f"  {role:<40} {emails[key]}" for role, key in SIGN_INS]
        openers = ", ".join(OPENERS)
        self.stdout.write(
            "\n".join(
                [
                    "",
                    f"Open http://127.0.0.1:{port}/ and sign in with one of these addresses.",
                    f"The password of each is: {PASSWORD}",
                    *lines,
                    f"Codes: put this key into an authenticator app: {TOTP_SECRET}",
                    "or print the present code with: make demo-code",
                    f"Bids are opened by two of {openers}; the passphrase of each is: {PASSPHRASE}",
                    "The notices are real (Open Government Licence v3.0). People, answers and",
                    "ratings are invented. Ctrl-C stops everything.",
                    "",
                ]
            )
        )


def commands(port: int) -> list[list[str]]:
    """The processes of the demonstration: one web process with threads, one solo worker."""
    python = sys.executable
    web = ["--bind", f"127.0.0.1:{port}", "--workers", "1", "--threads", "8"]
    worker = ["--beat", "--pool", "solo", "--schedule", settings.CELERY_BEAT_SCHEDULE_FILENAME]
    return [
        [python, "-m", "gunicorn", "config.wsgi", "--no-control-socket", *web],
        [python, "-m", "celery", "--quiet", "--app", "config", "worker", *worker],
    ]


def _wait_for_web(port: int) -> None:
    """Until the web process answers, or for half a minute: the loop above sees one that died."""
    for _ in range(100):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/health/", timeout=2):
                return
        except OSError:
            time.sleep(0.3)


def _stop(*_):
    raise KeyboardInterrupt
