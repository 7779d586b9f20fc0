"""The providers' floor."""

from django.apps import AppConfig

from accounts.enums import Role


class ProvidersConfig(AppConfig):
    name = "providers"
    verbose_name = "Providers"

    def ready(self):
        from accounts import home, navigation, profiles
        from providers import actions, queries, tasks  # noqa: F401 (registers its kind)

        writers = (Role.CONTRIBUTOR, Role.SIGNATORY)
        navigation.register(20, "Self-assessments", "providers:self-assessment-list", *writers)
        navigation.register(
            30, "Evidence", "providers:evidence-list", *writers, Role.CONTRACT_MANAGER
        )
        home.register(queries.home_items)
        profiles.register(
            lambda actor, organisation: (
                organisation.acts_as_provider
                and actions.create_provider(actor=actor, organisation=organisation)
            )
        )
