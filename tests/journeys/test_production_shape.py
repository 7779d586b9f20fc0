"""The commands and settings that the compose file names, as processes, on PostgreSQL and Redis.

No container engine is needed: the very commands of ``docker-compose.yml`` run here, with the
environment that it gives them, and make a report.
"""

import json
import os
import re
import subprocess
import time
import uuid
from pathlib import Path

import pytest
import yaml

from tests.journeys.installation import ROOT, Installation, free_port

pytestmark = [pytest.mark.production, pytest.mark.xdist_group("journey"), pytest.mark.timeout(600)]

REDIS = os.environ.get("TEST_REDIS_URL", "redis://127.0.0.1:6379/9")
ASK = """
from accounts.access import Actor
from accounts import demonstration as people
from scorecards import demonstration as work
from scorecards.actions import request_report
from scorecards.models import Scorecard
cast = people.create()
found = work.create_work(cast)
report = request_report(
    actor=Actor.of(cast.users['evan']), scorecard=found['rating']
)
print(report.reference)
"""
STATE = """
import json
from scorecards.models import Report
print(json.dumps([
    [r.reference, r.job.state, r.job.attempts, hasattr(r, 'document')]
    for r in Report.objects.select_related('job').order_by('pk')
]))
"""


def psql(statement: str) -> None:
    done = subprocess.run(["psql", "-qAtc", statement, "postgres"], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


@pytest.fixture
def production(tmp_path):
    """An installation with the compose file's own environment, but for where the servers are."""
    name = f"ethics_shape_{uuid.uuid4().hex[:8]}"
    psql(f"CREATE DATABASE {name}")
    made = Installation(tmp_path, port=free_port())
    made.extra = environment_of(made, name)
    subprocess.run(["redis-cli", "-u", REDIS, "flushdb"], check=True, capture_output=True)
    made.manage("make_signing_key")
    made.manage("collectstatic", "--noinput")
    yield made
    made.stop()
    psql(f"DROP DATABASE {name} WITH (FORCE)")


def compose() -> dict:
    return yaml.safe_load((ROOT / "docker-compose.yml").read_text())


def environment_of(made: Installation, database: str) -> dict[str, str]:
    """The environment of the web service, with a person's answers filled in."""
    given = {
        "SECRET_KEY": "a-long-random-text-for-this-test-only-0123456789-abcdefghij",
        "SEALING_KEY": "5e" * 32,
        "POSTGRES_PASSWORD": "unused",
        "ALLOWED_HOSTS": "127.0.0.1",
        "SITE_URL": made.url,
        "EMAIL_URL": "dummymail://",
        "DEFAULT_FROM_EMAIL": "assurance@council.example",
        "SECURE_SSL_REDIRECT": "false",
        "SCANNER_COMMAND": "none",
        "SIGNING_DIR": str(made.folder / "signing"),
    }
    named = compose()["services"]["web"]["environment"]
    environment = {key: _filled(str(value), given) for key, value in named.items()}
    return environment | {
        "DATABASE_URL": f"postgres:///{database}",
        "CELERY_BROKER_URL": REDIS,
        "CACHE_URL": REDIS,
        "MEDIA_DIR": str(made.folder / "media"),
        "STATIC_DIR": str(made.folder / "static"),
        "SIGNING_KEY_FILE": str(made.folder / "signing" / "key.pem"),
        "SIGNING_CERTIFICATE_FILE": str(made.folder / "signing" / "certificate.pem"),
    }


def _filled(text: str, given: dict[str, str]) -> str:
    """A compose value with its variables put in, as compose does it."""

    def value(match: re.Match) -> str:
        name, kind, rest = match.groups()
        if name in given:
            return given[name]
        assert kind == "-", f"{name} has no value: {rest}"
        return rest

    return re.sub(r"\$\{(\w+)(?::([-?])([^}]*))?\}", value, text)


def command_of(service: str, made: Installation) -> list[str]:
    """The service's command by our own binaries, on this test's port and in its folder."""
    words = compose()["services"][service]["command"]
    words = [word.replace("0.0.0.0:8000", f"127.0.0.1:{made.port}") for word in words]
    words = [word.replace("/tmp/", f"{made.folder}/") for word in words]
    return [str(ROOT / ".venv" / "bin" / words[0]), *words[1:]]


def start(made: Installation, *services: str) -> None:
    for service in services:
        made.start(service, command_of(service, made))


def prepare(made: Installation) -> None:
    done = subprocess.run(
        command_of("prepare", made), cwd=ROOT, env=made.environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr


def wait_until_ended(made: Installation, seconds: int = 180) -> dict[str, list]:
    """Every report's row by its reference, once none is queued or running any more."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        rows = {row[0]: row for row in json.loads(made.python(STATE))}
        if all(row[1] in ("done", "failed") for row in rows.values()):
            return rows
        time.sleep(1)
    raise AssertionError((made.folder / "worker.log").read_text()[-3000:])


def as_demonstration(made: Installation, code: str) -> str:
    """Demonstration rows need an installation that is not called production."""
    kept = dict(made.extra)
    made.extra["INSTALLATION"] = "demonstration"
    try:
        return made.python(code)
    finally:
        made.extra = kept


def test_compose_commands_make_a_report(production):
    prepare(production)
    start(production, "web", "worker", "scheduler")
    production.wait_for_web(host="health-check.internal")
    reference = as_demonstration(production, ASK).split()[-1]
    assert wait_until_ended(production)[reference][1:] == ["done", 1, True]
    schedule = Path(production.folder) / "beat-schedule"
    assert schedule.exists() or list(production.folder.glob("beat-schedule*"))


def test_worker_killed_in_mid_render_loses_no_report_and_makes_none_twice(production):
    prepare(production)
    start(production, "worker")
    reference = as_demonstration(production, ASK).split()[-1]
    assert killed_in_mid_render(production)
    production.python(
        "from accounts.models import Job; from django.utils import timezone;"
        "Job.objects.filter(state='running').update(lease_until=timezone.now())"
    )
    start(production, "worker", "scheduler")
    rows = wait_until_ended(production)
    assert reference in rows
    assert [(row[1], row[3]) for row in rows.values()] == [("done", True)] * len(rows)
    assert max(row[2] for row in rows.values()) == 2


def killed_in_mid_render(made: Installation, seconds: int = 60) -> bool:
    """Kill the worker from the process that sees a job run: a render takes a second or two."""
    worker = made.processes["worker"].pid
    printed = made.python(
        "import os, signal, time\n"
        "from accounts.models import Job\n"
        f"end = time.monotonic() + {seconds}\n"
        "while time.monotonic() < end:\n"
        "    if Job.objects.filter(state='running', percent__gte=30).exists():\n"
        f"        os.killpg({worker}, signal.SIGKILL)\n"
        "        print('killed'); break\n"
        "    time.sleep(0.01)\n"
    )
    made.processes.pop("worker").wait()
    return "killed" in printed


def test_production_names_everything_that_is_missing_at_once():
    environment = {"PATH": os.environ["PATH"], "INSTALLATION": "production"}
    done = subprocess.run(
        [str(ROOT / ".venv" / "bin" / "python"), "manage.py", "check"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
    )
    named = set(compose()["services"]["web"]["environment"]) - {
        "INSTALLATION", "BEHIND_TLS_PROXY", "SECURE_SSL_REDIRECT", "STATIC_DIR",
    }  # fmt: skip
    assert done.returncode != 0
    assert sorted(name for name in named if name not in done.stderr) == []


def test_check_deploy_is_clean(production):
    production.extra["SECURE_SSL_REDIRECT"] = "true"
    printed = production.manage("check", "--deploy", "--fail-level", "WARNING")
    assert "no issues" in printed


def test_compose_file_holds_no_password():
    text = (ROOT / "docker-compose.yml").read_text()
    assert re.findall(r"(?:PASSWORD|SECRET_KEY): (?!\$\{\w+:\?)", text) == []
