"""What the worker and the schedule run."""

from celery import shared_task

from accounts import jobs
from accounts.access import Actor, Refused
from commissioning import actions
from commissioning.actions.imports import IMPORT
from commissioning.models import ImportRun


@jobs.worker(IMPORT)
def import_notices(job, progress) -> None:
    """Do one import that a person confirmed. Idempotent: a finished one is left alone."""
    run = ImportRun.objects.select_related("started_by", "organisation").get(
        reference=job.subject_reference
    )
    if run.finished_at is not None:
        return
    actor = Actor.of(run.started_by, run.organisation)
    try:
        actions.import_confirmed(actor=actor, run=run, progress=progress)
    except Refused as wrong:
        raise jobs.JobFailed(
            "Whoever confirmed it may not import any more. Upload the file again."
        ) from wrong


@shared_task(name="commissioning.remind_of_due_requests")
def remind_of_due_requests() -> int:
    """Remind providers of what is due. Running it again reminds nobody twice."""
    return actions.remind_of_due_requests(actor=Actor.system("reminders"))
