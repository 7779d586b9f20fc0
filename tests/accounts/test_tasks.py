"""The worker's doors to the jobs."""

import pytest
from celery import current_app

from django.conf import settings

from accounts import jobs, tasks
from accounts.enums import JobState
from accounts.models import Job

pytestmark = pytest.mark.django_db


@pytest.fixture
def job(actor_of):
    @jobs.worker("tests.task")
    def work(job, progress):
        progress(50, "Half")

    yield jobs.request(actor=actor_of("priya"), kind="tests.task", subject_reference="RP-2345678")
    jobs.WORKERS.pop("tests.task")


def test_run_job_does_the_job_of_the_key(job):
    tasks.run_job(job.pk)
    assert Job.objects.get(pk=job.pk).state == JobState.DONE


def test_run_job_of_a_key_that_is_gone_does_nothing():
    assert tasks.run_job(0) is None


def test_sweep_jobs_answers_how_many_were_queued_again(job):
    assert tasks.sweep_jobs() == 0


def test_sweep_on_start_releases_what_an_embedded_worker_held(job):
    Job.objects.filter(pk=job.pk).update(
        state=JobState.RUNNING, started_at=job.requested_at, lease_until="2999-01-01T00:00:00Z"
    )
    tasks.sweep_on_start()
    tasks.run_job(job.pk)
    assert Job.objects.get(pk=job.pk).state == JobState.DONE


def test_schedule_names_tasks_that_exist():
    current_app.loader.import_default_modules()
    scheduled = {row["task"] for row in settings.CELERY_BEAT_SCHEDULE.values()}
    assert scheduled - set(current_app.tasks) == set()
