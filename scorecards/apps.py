"""The floor of judgement."""

from django.apps import AppConfig

from accounts.enums import Role


class ScorecardsConfig(AppConfig):
    name = "scorecards"
    verbose_name = "Scorecards"

    def ready(self):
        from accounts import home, navigation
        from commissioning import contract_links
        from providers import followers
        from scorecards import queries, tasks  # noqa: F401 (the worker registers its kinds)
        from scorecards.actions import receive_self_assessment

        navigation.register(
            10,
            "Scorecards",
            "scorecards:scorecard-list",
            Role.CONTRACT_MANAGER,
            Role.EVALUATOR,
            Role.APPROVER,
            Role.PROCUREMENT_LEAD,
            Role.AUDITOR,
            Role.CONTRIBUTOR,
            Role.SIGNATORY,
        )
        home.register(queries.home_items)
        contract_links.register(queries.links_on_contract)
        followers.register(
            submitted=lambda actor, self_assessment: receive_self_assessment(
                actor=actor, self_assessment=self_assessment
            )
        )
