"""What the worker runs. Ids in; the job row decides whether there is anything to do."""

from celery import shared_task
from celery.signals import worker_ready

from django.conf import settings

from accounts import jobs


@shared_task(name="accounts.run_job")
def run_job(job_id: int) -> None:
    """Claim and do the job, unless it is done or held."""
    jobs.run(job_id)


@shared_task(name="accounts.sweep_jobs")
def sweep_jobs() -> int:
    """Queue again what nobody holds."""
    return jobs.sweep()


@worker_ready.connect
def sweep_on_start(**_) -> None:
    """A worker that starts looks for what an earlier one left."""
    if settings.CELERY_BROKER_URL.startswith("filesystem"):
        jobs.release_held_here()
    jobs.sweep()
