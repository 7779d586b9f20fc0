"""The roof as an app, so that its template tags and commands are found."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "config"
