"""Faults that are put in: a page that says so, what was typed still there, nothing half-written."""

import errno
import resource
import signal

import pytest
import redis.exceptions
from kombu.exceptions import OperationalError as BrokerError

from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import InterfaceError, OperationalError, connection, transaction
from django.test import Client

from accounts import audit, faults
from accounts.models import AuditEvent, Invitation
from providers.models import EvidenceItem
from tests.signing_in import begin_session

pytestmark = pytest.mark.django_db

TYPED = "A long rationale that somebody wrote for an hour. " * 5
PASSED = {"full_name": "Nia Newcomer", "email": "nia@council.example", "roles": ["evaluator"]}


@pytest.fixture
def browser(people):
    client = Client(raise_request_exception=False)
    return begin_session(client, people.users["adam"])


def failing(error, *beginnings):
    """Every statement that begins so fails, as when the server goes away or a lock is held."""

    def run(execute, sql, params, many, context):
        if sql.startswith(beginnings):
            raise error
        return execute(sql, params, many, context)

    return connection.execute_wrapper(run)


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (OperationalError("database is locked"), "database"),
        (InterfaceError("connection already closed"), "database"),
        (OSError(errno.ENOSPC, "No space left on device"), "disk"),
        (OSError(errno.EROFS, "Read-only file system"), "disk"),
        (redis.exceptions.ConnectionError("refused"), "broker"),
        (BrokerError("refused"), "broker"),
        (OSError(errno.ENOENT, "No such file"), ""),
        (ValueError("a fault of ours"), ""),
        (None, ""),
    ],
)
def test_error_is_told_from_a_fault_of_ours(error, expected):
    assert faults.lacking(error) == expected


def test_cause_of_an_error_counts():
    try:
        raise RuntimeError("in rendering") from OperationalError("gone")
    except RuntimeError as error:
        assert faults.lacking(error) == "database"


def test_error_that_was_being_handled_counts_unless_it_was_set_aside():
    found = []
    for hidden in (False, True):
        try:
            try:
                raise OperationalError("gone")
            except OperationalError:
                if hidden:
                    raise RuntimeError("another matter") from None
                raise RuntimeError("in handling")  # noqa: B904
        except RuntimeError as error:
            found.append(faults.lacking(error))
    assert found == ["database", ""]


@pytest.mark.parametrize(
    "error",
    [OperationalError("database is locked"), OperationalError("server closed the connection")],
)
def test_database_that_is_gone_says_so_and_keeps_what_was_typed(browser, error):
    with failing(error, "INSERT", "UPDATE"):
        answer = browser.post("/people/invite/", {**PASSED, "note": TYPED})
    text = answer.content.decode()
    assert (answer.status_code, answer["Retry-After"]) == (503, "60")
    assert ("Nia Newcomer" in text, TYPED.strip() in text, "csrfmiddlewaretoken" in text) == (
        True,
        True,
        True,
    )
    assert 'name="note"' in text and ">Note</label>" in text
    assert not Invitation.objects.filter(email="nia@council.example").exists()
    again = browser.post("/people/invite/", PASSED)
    assert (again.status_code, Invitation.objects.filter(email=PASSED["email"]).count()) == (302, 1)


def test_database_that_is_gone_altogether_still_gives_a_page(browser):
    with failing(OperationalError("no route to host"), "SELECT", "INSERT", "UPDATE", "SAVEPOINT"):
        answer = browser.get("/people/")
    assert (answer.status_code, b"cannot do this at the moment" in answer.content) == (503, True)


@pytest.mark.parametrize(("times", "status"), [(1, 200), (2, 503)])
def test_session_that_cannot_be_saved_is_saved_again_or_the_page_says_so(browser, times, status):
    """Django alone answers 400: as if somebody had ended the session."""
    left = [OperationalError("gone")] * times

    def fail(execute, sql, params, many, context):
        if left and sql.startswith('UPDATE "django_session"'):
            raise left.pop()
        return execute(sql, params, many, context)

    with connection.execute_wrapper(fail):
        answer = browser.get("/people/")
    assert (answer.status_code, left) == (status, [])
    assert browser.get("/people/").status_code == 200


def test_session_that_somebody_ended_meanwhile_is_no_fault_of_the_database(browser):
    def end(execute, sql, params, many, context):
        if sql.startswith('UPDATE "django_session"'):
            Session.objects.all().delete()
        return execute(sql, params, many, context)

    with connection.execute_wrapper(end):
        assert browser.get("/people/").status_code == 400


def test_page_for_a_fault_holds_no_password(people):
    client = Client(raise_request_exception=False)
    with failing(OperationalError("gone"), "SELECT"):
        answer = client.post("/sign-in/", {"login": "x@y.example", "password": "my secret words"})
    assert (answer.status_code, b"my secret words" in answer.content) == (503, False)


def test_audit_row_and_change_fail_together(actor_of):
    """The trail's table refuses: then nothing of the change stands."""
    before = AuditEvent.objects.count()
    with (
        failing(OperationalError("gone"), 'INSERT INTO "accounts_auditevent"'),
        pytest.raises(OperationalError),
        transaction.atomic(),
    ):
        audit.record(actor=actor_of("adam"), verb="thing.done", subject=None)
    assert AuditEvent.objects.count() == before


def test_disk_that_is_full_says_so_and_leaves_no_file(people, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    client = begin_session(Client(raise_request_exception=False), people.users["sam"])
    rows = "a,b\n" + "1,2\n" * 200_000
    file = SimpleUploadedFile("figures.csv", rows.encode(), "text/csv")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, hard))
    try:
        answer = client.post("/evidence/new/file/", {"title": "Figures", "file": file})
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, ignored)
    assert b"the service has no room for it at present" in answer.content
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    assert not EvidenceItem.objects.filter(title="Figures").exists()


@pytest.mark.parametrize("name", ["database", "disk", "broker"])
def test_health_tells_which(client, settings, tmp_path, name):
    if name == "broker":
        settings.CELERY_BROKER_URL = "redis://127.0.0.1:1/0"
    if name == "disk":
        blocked = tmp_path / "file"
        blocked.write_text("no folder")
        settings.MEDIA_ROOT = blocked / "media"
    if name == "database":
        with failing(OperationalError("gone"), "SELECT 1"):
            answer = client.get("/health/")
    else:
        answer = client.get("/health/")
    assert (answer.status_code, answer.content.decode()) == (503, f"{name}: unavailable")
