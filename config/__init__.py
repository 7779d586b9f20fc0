"""The roof: settings, addresses and processes. No app imports from here."""

from config.celery import app as celery_app

__all__ = ["celery_app"]
