"""Background work: the row is the truth, and nothing is done twice or lost."""

import shutil
from contextlib import ExitStack, suppress
from datetime import timedelta
from pathlib import Path

import pytest

from django.conf import settings
from django.db import OperationalError, connection, transaction
from django.utils import timezone

from accounts import jobs
from accounts.access import Actor
from accounts.enums import JobState
from accounts.models import AuditEvent, Job
from tests import personas
from tests.own_database import copied

pytestmark = pytest.mark.django_db

KIND = "tests.work"


@pytest.fixture
def work():
    """Register a worker for the kind of the tests: ``work(function)``; gives what it was given."""
    done = []

    def register(function=lambda job, progress: None):
        @jobs.worker(KIND)
        def doing(job, progress):
            done.append(job.attempts)
            function(job, progress)

        return done

    yield register
    jobs.WORKERS.pop(KIND, None)


@pytest.fixture
def job(actor_of):
    return jobs.request(actor=actor_of("priya"), kind=KIND, subject_reference="RP-2345678")


def now_of(job) -> Job:
    return Job.objects.get(pk=job.pk)


def let_lease_run_out(job) -> None:
    Job.objects.filter(pk=job.pk).update(lease_until=timezone.now() - timedelta(seconds=1))


def queued_messages() -> int:
    return len(list(Path(settings.QUEUE_DIR).glob("*.msg")))


def test_request_writes_row_and_audit_row(job, people):
    event = AuditEvent.objects.get(verb="job.requested")
    assert (job.state, job.requested_by, job.organisation, event.subject_reference) == (
        JobState.QUEUED,
        people.users["priya"],
        people.organisations["council"],
        job.reference,
    )


def test_request_puts_one_message_on_the_broker_after_the_commit(
    actor_of, django_capture_on_commit_callbacks
):
    before = queued_messages()
    with django_capture_on_commit_callbacks(execute=True):
        jobs.request(actor=actor_of("priya"), kind=KIND, subject_reference="RP-2345678")
        assert queued_messages() == before
    assert queued_messages() == before + 1


def test_request_stands_where_the_broker_is_away(actor_of, django_capture_on_commit_callbacks):
    queue = Path(settings.QUEUE_DIR)
    aside = queue.with_name("aside")
    shutil.move(queue, aside)
    queue.write_text("no folder")
    try:
        with django_capture_on_commit_callbacks(execute=True):
            job = jobs.request(actor=actor_of("priya"), kind=KIND, subject_reference="RP-2345678")
    finally:
        queue.unlink()
        shutil.move(aside, queue)
    assert now_of(job).state == JobState.QUEUED


def test_run_does_the_work_and_says_so(work, job):
    work()
    jobs.run(job.pk)
    now = now_of(job)
    assert (now.state, now.percent, now.attempts, now.finished_at is None) == (
        JobState.DONE,
        100,
        1,
        False,
    )


def test_run_of_a_job_that_is_done_does_nothing(work, job):
    done = work()
    jobs.run(job.pk)
    jobs.run(job.pk)
    assert done == [1]


def test_run_while_another_worker_holds_the_job_does_nothing(work, job):
    done = work(lambda held, progress: jobs.run(held.pk))
    jobs.run(job.pk)
    assert (done, now_of(job).state) == ([1], JobState.DONE)


def test_run_of_a_job_whose_worker_died_waits_for_the_lease(work, job):
    def die(held, progress):
        raise KeyboardInterrupt

    done = work(die)
    with pytest.raises(KeyboardInterrupt):
        jobs.run(job.pk)
    jobs.run(job.pk)
    assert (done, now_of(job).state) == ([1], JobState.RUNNING)


def test_run_after_the_lease_does_the_work_again(work, job):
    def die_first(held, progress):
        if held.attempts == 1:
            raise KeyboardInterrupt

    done = work(die_first)
    with pytest.raises(KeyboardInterrupt):
        jobs.run(job.pk)
    let_lease_run_out(job)
    jobs.run(job.pk)
    assert (done, now_of(job).state) == ([1, 2], JobState.DONE)


def test_release_lets_the_only_worker_of_a_machine_begin_again_at_once(work, job):
    def die_first(held, progress):
        if held.attempts == 1:
            raise KeyboardInterrupt

    work(die_first)
    with pytest.raises(KeyboardInterrupt):
        jobs.run(job.pk)
    assert jobs.release_held_here() == 1
    jobs.run(job.pk)
    assert now_of(job).state == JobState.DONE


def test_work_that_raises_is_tried_three_times(work, job):
    def fail(held, progress):
        raise ValueError("the font is missing")

    done = work(fail)
    states = []
    for _ in range(4):
        jobs.run(job.pk)
        states.append(now_of(job).state)
    assert (done, states) == (
        [1, 2, 3],
        [JobState.QUEUED, JobState.QUEUED, JobState.FAILED, JobState.FAILED],
    )
    assert now_of(job).error == jobs.WENT_WRONG


def test_work_that_cannot_be_done_is_tried_once(work, job):
    def refuse(held, progress):
        raise jobs.JobFailed("There is no signing key.")

    done = work(refuse)
    jobs.run(job.pk)
    jobs.run(job.pk)
    now = now_of(job)
    assert (done, now.state, now.error) == ([1], JobState.FAILED, "There is no signing key.")


@pytest.fixture(scope="module")
def own_database(django_db_setup, django_db_blocker, tmp_path_factory):
    """A database in which connections may end: no test stands in a transaction there."""
    with django_db_blocker.unblock(), copied(tmp_path_factory.mktemp("jobs")) as database:
        yield database


@pytest.fixture
def own_job(own_database):
    with own_database.in_use():
        people = personas.create()
        with transaction.atomic():
            made = jobs.request(
                actor=Actor.of(people.users["priya"]), kind=KIND, subject_reference="RP-2345678"
            )
        yield made


def end_connection(*_) -> None:
    """End the connection that asks, as a server does that is started again."""
    with connection.cursor() as cursor:
        # The role of the application may end no connection that its owner began.
        cursor.execute("SET ROLE NONE")
        cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")


def end_connection_in_a_transaction(*_) -> None:
    with transaction.atomic():
        end_connection()


def end_connection_unseen(*_) -> None:
    """The work takes no notice: only what is written after it finds the connection dead."""
    with suppress(OperationalError):
        end_connection()


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no server to lose")
@pytest.mark.parametrize(
    ("work_of_first", "state"),
    [
        (end_connection, JobState.QUEUED),
        (end_connection_in_a_transaction, JobState.QUEUED),
        (end_connection_unseen, JobState.DONE),
    ],
)
def test_job_whose_connection_ends_is_not_left_running(work, own_job, work_of_first, state):
    done = work(lambda held, progress: held.attempts == 1 and work_of_first())
    jobs.run(own_job.pk)
    assert now_of(own_job).state == state
    jobs.run(own_job.pk)
    attempts = [1] if state == JobState.DONE else [1, 2]
    assert (done, now_of(own_job).state) == (attempts, JobState.DONE)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no server to lose")
def test_job_whose_connection_ends_each_time_is_failed(work, own_job):
    done = work(end_connection)
    for _ in range(jobs.MOST_ATTEMPTS):
        jobs.run(own_job.pk)
    assert (done, now_of(own_job).state) == ([1, 2, 3], JobState.FAILED)


def test_job_that_cannot_be_written_down_is_done_after_its_lease(work, own_job):
    """The database is away when the work has failed, and for as long as its worker asks."""

    def away(execute, sql, params, many, context):
        raise OperationalError("no route to host")

    with ExitStack() as outage:

        def lose_the_database(held, progress):
            if held.attempts == 1:
                outage.enter_context(connection.execute_wrapper(away))
                now_of(held)

        done = work(lose_the_database)
        jobs.run(own_job.pk)
    assert now_of(own_job).state == JobState.RUNNING
    let_lease_run_out(own_job)
    jobs.run(own_job.pk)
    assert (done, now_of(own_job).state) == ([1, 2], JobState.DONE)


def test_job_whose_workers_died_three_times_is_failed(work, job):
    def die(held, progress):
        raise KeyboardInterrupt

    work(die)
    for _ in range(3):
        with pytest.raises(KeyboardInterrupt):
            jobs.run(job.pk)
        let_lease_run_out(job)
    jobs.run(job.pk)
    now = now_of(job)
    assert (now.state, now.error) == (
        JobState.FAILED,
        "The worker stopped 3 times while it was doing this.",
    )


def test_progress_is_kept_and_renews_the_lease(work, job):
    seen = []

    def look(held, progress):
        let_lease_run_out(held)
        progress(40, "Drawing the charts")
        now = now_of(held)
        seen.append((now.percent, now.message, now.lease_until > timezone.now()))

    work(look)
    jobs.run(job.pk)
    assert seen == [(40, "Drawing the charts", True)]


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"requested_at": timedelta(seconds=-60)}, 1),
        ({}, 0),
        ({"state": JobState.RUNNING, "lease_until": timedelta(seconds=-1)}, 1),
        ({"state": JobState.RUNNING, "lease_until": timedelta(seconds=60)}, 0),
        ({"state": JobState.DONE, "finished_at": timedelta(0)}, 0),
    ],
    ids=["queued long ago", "queued just now", "lease over", "held", "done"],
)
def test_sweep_finds_what_nobody_holds(job, changes, found):
    now = timezone.now()
    values = {
        name: now + value if isinstance(value, timedelta) else value
        for name, value in changes.items()
    }
    if "lease_until" in values:
        values["started_at"] = now
    Job.objects.filter(pk=job.pk).update(**values)
    assert jobs.sweep() == found


def test_retry_of_a_failed_job_begins_anew(work, job, actor_of):
    def refuse(held, progress):
        raise jobs.JobFailed("No.")

    work(refuse)
    jobs.run(job.pk)
    jobs.retry(actor=actor_of("priya"), job=job)
    now = now_of(job)
    assert (now.state, now.attempts, now.error, now.finished_at) == (JobState.QUEUED, 0, "", None)
    assert AuditEvent.objects.filter(verb="job.retried").count() == 1


def test_retry_of_a_job_that_did_not_fail_changes_nothing(job, actor_of):
    jobs.retry(actor=actor_of("priya"), job=job)
    assert AuditEvent.objects.filter(verb="job.retried").count() == 0
