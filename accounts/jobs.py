"""Background work: who asked for it, where it stands, and who does it.

The database row is the truth. The broker's message carries the row's key and nothing else; a
message that is lost or delivered twice changes nothing, since a worker claims the row with one
conditional update and a sweep queues again what nobody holds.
"""

import logging
from collections.abc import Callable
from datetime import timedelta

from celery import current_app

from django.db import InterfaceError, OperationalError, models, transaction
from django.utils import timezone

from accounts import audit, faults
from accounts.access import Actor
from accounts.enums import JobState
from accounts.models import Job

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=2)
MOST_ATTEMPTS = 3
# What went wrong stands in the log, for the operator: it may name what the person must not see.
WENT_WRONG = (
    f"It was tried {MOST_ATTEMPTS} times and did not work. Try again later. If it fails again, "
    "tell the operator of this service."
)
WORKERS: dict[str, Callable] = {}


class JobFailed(Exception):
    """The work cannot be done, however often it is tried. ``str()`` is shown to the person."""


def worker(kind: str) -> Callable:
    """Register the function that does jobs of this kind: ``work(job, progress)``.

    It must be idempotent: a killed worker's job is done again from the start. ``progress(percent,
    message)`` renews the lease and is what the person sees.
    """

    def register(work):
        WORKERS[kind] = work
        return work

    return register


def request(*, actor: Actor, kind: str, subject_reference: str, organisation=None) -> Job:
    """Ask for work. Writes the job row and its audit row, then enqueues it after the commit."""
    job = Job.objects.create(
        kind=kind,
        subject_reference=subject_reference,
        organisation=organisation or actor.organisation,
        requested_by=actor.user,
        requested_at=timezone.now(),
    )
    audit.record(
        actor=actor,
        verb="job.requested",
        subject=job,
        facts={"kind": kind, "of": subject_reference},
    )
    transaction.on_commit(lambda: _enqueue(job.pk))
    return job


def retry(*, actor: Actor, job: Job) -> bool:
    """Put a failed job back in the queue, with its attempts counted from nought.

    Returns whether it was: of two who ask at once only the first finds it failed. Side effects, in
    order: job row, audit row; the worker is told after the commit.
    """
    with transaction.atomic():
        changed = Job.objects.filter(pk=job.pk, state=JobState.FAILED).update(
            state=JobState.QUEUED, finished_at=None, attempts=0, percent=0, message="", error=""
        )
        if changed:
            audit.record(actor=actor, verb="job.retried", subject=job)
            transaction.on_commit(lambda: _enqueue(job.pk))
    return bool(changed)


def run(job_id: int) -> None:
    """Claim the job and do it. Does nothing if it is done, failed, or held by a live worker."""
    job = _claim(job_id)
    if job is None:
        return
    try:
        WORKERS[job.kind](job, _progress_of(job))
    except JobFailed as wrong:
        _finish(job, JobState.FAILED, error=str(wrong))
    except Exception:
        log.exception("job %s failed on attempt %s", job.reference, job.attempts)
        if job.attempts >= MOST_ATTEMPTS:
            _finish(job, JobState.FAILED, error=WENT_WRONG)
        elif _leave(job, state=JobState.QUEUED, lease_until=None):
            _enqueue(job.pk, countdown=2**job.attempts)
    else:
        _finish(job, JobState.DONE)


def sweep() -> int:
    """Queue again every job that nobody holds. Returns how many there were.

    A job that was claimed ``MOST_ATTEMPTS`` times by workers that died is marked as failed.
    """
    now = timezone.now()
    unheld = Job.objects.filter(
        models.Q(state=JobState.QUEUED, requested_at__lt=now - timedelta(seconds=5))
        | models.Q(state=JobState.RUNNING, lease_until__lt=now)
    )
    keys = list(unheld.values_list("pk", flat=True))
    for key in keys:
        _enqueue(key)
    return len(keys)


def release_held_here() -> int:
    """Let go of every lease, when the only worker of an embedded installation starts.

    Returns how many jobs were released. Nothing else can hold one then, so nobody has to wait for
    a lease of a killed worker to run out.
    """
    return Job.objects.filter(state=JobState.RUNNING).update(lease_until=timezone.now())


def _claim(job_id: int) -> Job | None:
    now = timezone.now()
    free = Job.objects.filter(pk=job_id).filter(
        models.Q(state=JobState.QUEUED) | models.Q(state=JobState.RUNNING, lease_until__lte=now)
    )
    claimed = free.filter(attempts__lt=MOST_ATTEMPTS).update(
        state=JobState.RUNNING,
        started_at=now,
        lease_until=now + LEASE,
        attempts=models.F("attempts") + 1,
        percent=0,
        message="",
    )
    if claimed:
        return Job.objects.get(pk=job_id)
    free.filter(attempts__gte=MOST_ATTEMPTS).update(
        state=JobState.FAILED,
        finished_at=now,
        error=f"The worker stopped {MOST_ATTEMPTS} times while it was doing this.",
    )
    return None


def _progress_of(job: Job) -> Callable[[int, str], None]:
    def progress(percent: int, message: str) -> None:
        Job.objects.filter(pk=job.pk, state=JobState.RUNNING).update(
            percent=percent, message=message[:200], lease_until=timezone.now() + LEASE
        )

    return progress


def _finish(job: Job, state: JobState, error: str = "") -> None:
    _leave(
        job,
        state=state,
        finished_at=timezone.now(),
        percent=100 if state == JobState.DONE else job.percent,
        error=error[:500],
    )


def _leave(job: Job, **where) -> bool:
    """Write where the job stands after the work. Returns whether it was this worker's to write."""
    # The work may have ended because its connection died: what is written then needs a new one.
    faults.drop_dead_connection()
    try:
        changed = Job.objects.filter(pk=job.pk, state=JobState.RUNNING).update(**where)
    except (OperationalError, InterfaceError):
        # The database is still away. The row says "running" until its lease ends; then the sweep
        # queues it again, and the work is done again from the start.
        log.exception("job %s could not be written down; the sweep will find it", job.reference)
        return False
    return bool(changed)


def _enqueue(job_id: int, countdown: int | None = None) -> None:
    try:
        current_app.send_task("accounts.run_job", args=[job_id], countdown=countdown, retry=False)
    except Exception:
        # The row is there and the sweep will find it: the person's request must not fail with it.
        log.exception("job %s could not be put on the broker; the sweep will", job_id)
