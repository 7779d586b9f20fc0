"""The Celery application."""

from django.conf import settings

from config.celery import app


def test_application_reads_the_settings():
    assert (app.conf.task_acks_late, app.conf.timezone, app.conf.broker_url) == (
        True,
        settings.TIME_ZONE,
        settings.CELERY_BROKER_URL,
    )


def test_worker_finds_the_tasks_of_every_app():
    app.loader.import_default_modules()
    ours = {name for name in app.tasks if not name.startswith("celery.")}
    assert ours == {
        "accounts.run_job",
        "accounts.sweep_jobs",
        "commissioning.remind_of_due_requests",
        "config.chain_trail",
        "config.sign_trail_head",
        "config.sweep_parts",
        "providers.look_after_files",
    }
