"""The exercise: commissioners, procurements, contracts, requests."""

from django.apps import AppConfig

from accounts.enums import COMMISSIONER_ROLES, PROVIDER_ROLES, Role


class CommissioningConfig(AppConfig):
    name = "commissioning"
    verbose_name = "Commissioning"

    def ready(self):
        from accounts import home, joining, navigation, profiles, withheld
        from accounts.access import OPERATOR, Actor
        from commissioning import actions, queries, tasks  # noqa: F401 (registers its kinds)
        from commissioning.models.exercise_declaration import declared_events
        from commissioning.rules import is_of_commissioner_or_assurer
        from providers import followers, readers

        keepers = (Role.PROCUREMENT_LEAD, Role.CONTRACT_MANAGER)
        navigation.register(
            10, "Contracts", "commissioning:contract-list", *COMMISSIONER_ROLES, Role.AUDITOR
        )
        navigation.register(
            12, "Procurements", "commissioning:procurement-list", *COMMISSIONER_ROLES, Role.AUDITOR
        )
        navigation.register(
            13, "Run procurements", "commissioning:exercise-list", *COMMISSIONER_ROLES, Role.AUDITOR
        )
        navigation.register(14, "Notices", "commissioning:import-list", *keepers, OPERATOR)
        for order, text, name in (
            (16, "Opportunities", "commissioning:opportunity-list"),
            (17, "Bids", "commissioning:bid-list"),
        ):
            navigation.register(
                order, text, name, *PROVIDER_ROLES, fits=lambda viewer: viewer.provides
            )
        navigation.register(82, "Who signs", "commissioning:signatory-list", OPERATOR)
        navigation.register(
            70,
            "Audit engagements",
            "commissioning:engagement-list",
            Role.ADMINISTRATOR,
            fits=is_of_commissioner_or_assurer,
        )
        home.register(queries.home_items)
        home.register(queries.process_home_items)
        home.register(queries.signatory_home_items)
        home.register(queries.exercise_home_items)
        home.register(queries.bid_home_items)
        withheld.register(declared_events)
        profiles.register(
            lambda actor, organisation: (
                organisation.acts_as_commissioner
                and actions.create_commissioner(actor=actor, organisation=organisation)
            )
        )
        joining.register(
            lambda user, organisation: actions.ask_interests_again(
                actor=Actor.system("joining"), user=user, organisation=organisation
            )
        )
        readers.register(
            self_assessments=queries.self_assessments_to_read,
            evidence=queries.evidence_to_read,
            unnamed=queries.hides_owner,
        )
        followers.register(
            returned=lambda actor, former, following: actions.follow_return(
                actor=actor, former=former, following=following
            )
        )
