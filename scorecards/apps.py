"""The floor of judgement."""

from django.apps import AppConfig

from accounts.enums import Role


class ScorecardsConfig(AppConfig):
    name = "scorecards"
    verbose_name = "Scorecards"

    def ready(self):
        from accounts import home, navigation, withheld
        from accounts.access import Actor
        from commissioning import contract_links, exercise_links
        from commissioning import followers as openings
        from providers import followers, readers
        from scorecards import queries, tasks  # noqa: F401 (the worker registers its kinds)
        from scorecards.actions import (
            begin_evaluations,
            receive_self_assessment,
            record_bid_evidence_reading,
        )
        from scorecards.actions.bid_ratings import why_scoring_is_over
        from scorecards.models.lot_evaluation import blind_events

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
        navigation.register(
            16, "Letters", "scorecards:letter-list", Role.CONTRIBUTOR, Role.SIGNATORY
        )
        home.register(queries.home_items)
        home.register(queries.evaluation_home_items)
        contract_links.register(queries.links_on_contract)
        exercise_links.register(queries.links_on_exercise)
        exercise_links.register(queries.award_links_on_exercise)
        withheld.register(blind_events)
        followers.register(
            submitted=lambda actor, self_assessment: receive_self_assessment(
                actor=actor, self_assessment=self_assessment
            )
        )
        readers.register(
            opened=lambda actor, item: record_bid_evidence_reading(actor=actor, item=item)
        )
        openings.register(
            opened=lambda actor, exercise, kind: begin_evaluations(
                actor=actor, exercise=exercise, kind=kind
            ),
            holds_prices=lambda exercise: queries.why_prices_wait(
                Actor.system("opening"), exercise
            ),
            closes_scores=lambda exercise, lot_number: why_scoring_is_over(exercise, lot_number),
        )
