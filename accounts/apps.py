"""The ground floor."""

from django.apps import AppConfig

from accounts.enums import Role


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
