"""A whole installation as processes: web and a real Celery worker over its own folder and ports."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 60


def free_port() -> int:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return held.getsockname()[1]


@dataclass
class Installation:
    """A demonstration in a folder of its own. E-mail goes to files, one a message.

    ``owner`` is what a command sees besides, where it runs as the owner of the database and not
    under the role of the application.
    """

    folder: Path
    port: int = field(default_factory=free_port)
    extra: dict = field(default_factory=dict)
    owner: dict = field(default_factory=dict)
    processes: dict = field(default_factory=dict)
    # Which half minutes' codes each person has used here.
    used_codes: dict[str, set[int]] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        kept = {k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "VAR_DIR")}
        return {
            **kept,
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "INSTALLATION": "demonstration",
            "VAR_DIR": str(self.folder),
            "EMAIL_URL": f"filemail:///{self.folder / 'mail'}",
            "SITE_URL": self.url,
            **self.extra,
        }

    def run(
        self, *arguments: str, mail: bool = True, as_owner: bool = False
    ) -> subprocess.CompletedProcess:
        """Run a management command, whatever comes of it."""
        environment = self.environment | (self.owner if as_owner else {})
        if not mail:
            environment["EMAIL_URL"] = "dummymail://"
        return subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
        )

    def manage(self, *arguments: str, **how: bool) -> str:
        """Run a management command; its output. Fails the test with what it printed."""
        done = self.run(*arguments, **how)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def python(self, code: str) -> str:
        """Run Python inside the installation; what it printed."""
        prelude = "import django; django.setup()\n"
        done = subprocess.run(
            [sys.executable, "-c", prelude + code],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def start(self, name: str, command: list[str]) -> subprocess.Popen:
        """Start a process of the installation; its output goes to a file in the folder."""
        with (self.folder / f"{name}.log").open("ab") as log:
            process = subprocess.Popen(
                command,
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.processes[name] = process
        return process

    def start_web_and_worker(self) -> None:
        web = [
            sys.executable, "-m", "gunicorn", "config.wsgi", "--no-control-socket",
            "--bind", f"127.0.0.1:{self.port}", "--workers", "1", "--threads", "6",
        ]  # fmt: skip
        self.start("web", web)
        self.start_worker()
        self.wait_for_web()

    def start_worker(self) -> subprocess.Popen:
        return self.start(
            "worker",
            [
                sys.executable, "-m", "celery", "--app", "config", "worker", "--pool", "solo",
                "--loglevel", "INFO", "--without-gossip", "--without-mingle",
            ],
        )  # fmt: skip

    def wait_for_web(self, host: str = "") -> None:
        end = time.monotonic() + START_SECONDS
        headers = {"Host": host} if host else {}
        while time.monotonic() < end:
            try:
                request = urllib.request.Request(f"{self.url}/health/", headers=headers)
                with urllib.request.urlopen(request, timeout=2) as answer:
                    if answer.status == 200:
                        return
            except OSError:
                time.sleep(0.2)
        raise AssertionError((self.folder / "web.log").read_text())

    def stop(self) -> None:
        for process in self.processes.values():
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGTERM)
        for process in self.processes.values():
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)

    def copy_from(self, folder: Path) -> None:
        """Begin from another installation's rows and files."""
        shutil.copytree(folder, self.folder, dirs_exist_ok=True)

    def mail_to(self, address: str) -> str:
        """The newest message to an address."""
        messages = sorted((self.folder / "mail").glob("*"), key=lambda path: path.stat().st_mtime)
        for path in reversed(messages):
            for text in reversed(path.read_text().split("-" * 79)):
                if f"To: {address}" in text:
                    return text
        raise AssertionError(f"No message to {address}")

    def link_in_mail_to(self, address: str) -> str:
        """The first link of this site in the newest message to an address."""
        text = self.mail_to(address).replace("=\n", "")
        return re.search(rf"{re.escape(self.url)}\S+", text).group(0)
