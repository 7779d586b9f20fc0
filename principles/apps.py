"""The yardstick: frameworks, criteria, scales, measures and value sets."""

from django.apps import AppConfig


class PrinciplesConfig(AppConfig):
    name = "principles"
    verbose_name = "Frameworks"
