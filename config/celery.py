"""The Celery application. Work is claimed from job rows; see ``accounts.jobs``."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("commissioning-ethics-assurance")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
