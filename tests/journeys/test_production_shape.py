"""The commands and settings that the compose file names, as processes, on PostgreSQL and Redis.

No container engine is needed: the very commands of ``docker-compose.yml`` run here, with the
environment that it gives them, and make a report.
"""

import json
import os
import re
import subprocess
import time
from pathlib import Path

import psycopg2
import pytest

from tests.journeys.compose_file import compose, start
from tests.journeys.installation import ROOT, Installation
from tests.journeys.two_roles import TwoRoles, psql, two_roles

pytestmark = [pytest.mark.production, pytest.mark.xdist_group("journey"), pytest.mark.timeout(600)]

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


def test_compose_commands_make_a_report(production, roles):
    start(production, "web", "worker", "scheduler")
    production.wait_for_web(host="health-check.internal")
    reference = as_demonstration(production, ASK).split()[-1]
    assert wait_until_ended(production)[reference][1:] == ["done", 1, True]
    processes_connect_as_the_runtime_role(roles)
    trail_is_chained_and_fits(production, roles)
    schedule = Path(production.folder) / "beat-schedule"
    assert schedule.exists() or list(production.folder.glob("beat-schedule*"))


def processes_connect_as_the_runtime_role(roles: TwoRoles) -> None:
    users = f"SELECT DISTINCT usename FROM pg_stat_activity WHERE datname = '{roles.name}'"
    assert psql(users).split() == [roles.runtime]
    owners = psql(
        "SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'public'", roles.name
    )
    assert owners.split() == [roles.owner]


def trail_is_chained_and_fits(made: Installation, roles: TwoRoles, seconds: int = 150) -> None:
    """The scheduler asks, once a minute, and the worker chains, as the runtime role."""
    waiting = (
        "SELECT count(*) FROM accounts_auditevent AS event WHERE NOT EXISTS "
        "(SELECT FROM accounts_auditlink WHERE event_id = event.id)"
    )
    end = time.monotonic() + seconds
    while psql(waiting, roles.name) != "0":
        assert time.monotonic() < end, (made.folder / "worker.log").read_text()[-3000:]
        time.sleep(1)
    assert "The trail fits" in made.manage("verify_trail")


@pytest.fixture(scope="module")
def prepared(tmp_path_factory):
    """A database with both roles, in which nothing runs."""
    with two_roles() as made:
        site = Installation(tmp_path_factory.mktemp("prepared"), owner=made.for_owner)
        site.manage("prepare", as_owner=True)
        yield made


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE accounts_auditevent SET verb = 'x'",
        "ALTER TABLE accounts_auditevent DISABLE TRIGGER ALL",
        "CREATE TABLE public.x (id integer)",
        "CREATE TEMPORARY TABLE x (id integer)",
        "CREATE SCHEMA x",
        "CREATE ROLE x SUPERUSER",
        "COPY (SELECT 1) TO PROGRAM 'true'",
        "SELECT pg_read_file('/etc/passwd')",
    ],
)
def test_application_cannot(prepared, statement):
    """The attack: a statement of one's choice, through the application's own connection."""
    connection = psycopg2.connect(prepared.runtime_url)
    with connection.cursor() as cursor, pytest.raises(psycopg2.Error) as refused:
        cursor.execute(statement)
    connection.close()
    assert any(words in str(refused.value) for words in ("permission denied", "must be"))


def test_neither_role_is_more_than_it_has_to_be(prepared):
    rights = (
        "SELECT bool_or(rolsuper OR rolcreatedb OR rolcreaterole OR rolreplication "
        "OR rolbypassrls) "
        f"FROM pg_roles WHERE rolname IN ('{prepared.owner}', '{prepared.runtime}')"
    )
    member = f"SELECT pg_has_role('{prepared.runtime}', '{prepared.owner}', 'MEMBER')"
    assert (psql(rights), psql(member)) == ("f", "f")


def test_services_connect_as_compose_says():
    services = compose()["services"]
    users = {
        name: re.search(r"postgres://(\w+):", service["environment"]["DATABASE_URL"]).group(1)
        for name, service in services.items()
        if "DATABASE_URL" in service.get("environment", {})
    }
    made = services["postgres"]["environment"]
    runtime = made["RUNTIME_ROLE"]
    assert users == {
        "prepare": made["OWNER_ROLE"], "web": runtime, "worker": runtime, "scheduler": runtime,
    }  # fmt: skip
    assert services["prepare"]["environment"]["RUNTIME_ROLE"] == runtime
    assert made["POSTGRES_USER"] not in users.values()


def test_worker_killed_in_mid_render_loses_no_report_and_makes_none_twice(production):
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
        "EVIDENCE_QUOTA_FILES", "EVIDENCE_QUOTA_MB",
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
