"""The yardstick: frameworks, criteria, scales, measures and value sets."""

from django.apps import AppConfig


class PrinciplesConfig(AppConfig):
    name = "principles"
    verbose_name = "Frameworks"

    def ready(self):
        from accounts import access, navigation

        navigation.register(60, "Frameworks", "principles:framework-list", access.SIGNED_IN)
