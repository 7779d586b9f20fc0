"""The ground floor."""

from django.apps import AppConfig, apps
from django.db import connections
from django.db.models.signals import post_migrate

from accounts.enums import Role
from accounts.triggers import refuse_replacing


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "People and organisations"

    def ready(self):
        from accounts import access, home, navigation, queries, sign_in_events

        navigation.register(0, "Home", "accounts:home", access.SIGNED_IN)
        navigation.register(
            80, "People", "accounts:person-list", Role.ADMINISTRATOR, Role.SIGNATORY
        )
        navigation.register(
            90, "Audit trail", "accounts:trail", Role.ADMINISTRATOR, access.OPERATOR
        )
        navigation.register(95, "Installation", "accounts:installation", access.OPERATOR)
        home.register(queries.home_items)
        sign_in_events.connect()
        post_migrate.connect(_guard, dispatch_uid="accounts.guard")


def _guard(using, app_config, **kwargs):
    """After the last app has migrated, so that every index is there."""
    with_models = [config for config in apps.get_app_configs() if config.models_module]
    if app_config == with_models[-1]:
        refuse_replacing(connections[using])
