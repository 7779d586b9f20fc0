"""An exercise in design, for tests: small, and complete enough to be published."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from accounts.access import Actor
from commissioning import actions
from commissioning.models import AwardCriterion, Commissioner, Exercise, ExerciseLot


def a_body(people, key: str = "council") -> Commissioner:
    """The commissioner of one of the named organisations."""
    body, _ = Commissioner.objects.get_or_create(
        organisation=people.organisations[key], defaults={"body_type": "sub_central"}
    )
    return body


def an_exercise(people, who: str = "priya", **given: Any) -> Exercise:
    """An exercise that the named person has just started by hand; it has one lot."""
    keys = {"priya": "council", "mei": "small_council"}
    options = {"kind": "competition", "title": "Home care", "regime": "procurement_act_2023"}
    return actions.start_exercise(
        actor=Actor.of(people.users[who]),
        commissioner=a_body(people, keys[who]),
        **options | given,
    )


def a_lot(exercise: Exercise) -> ExerciseLot:
    return exercise.lots.order_by("number").first()


def a_criterion(people, lot: ExerciseLot, **given: Any) -> AwardCriterion:
    """A quality criterion of the lot, unless something else is given."""
    options = {"kind": "quality", "title": "How it is run", "weight_percent": Decimal(60)}
    return actions.add_criterion(actor=Actor.of(people.users["priya"]), lot=lot, **options | given)


def a_designed_exercise(people) -> Exercise:
    """An exercise whose award model the linter has no error about, with its dates set."""
    priya = Actor.of(people.users["priya"])
    exercise = an_exercise(people, value_gbp=Decimal(250000))
    lot = a_lot(exercise)
    actions.change_lot(
        actor=priya,
        lot=lot,
        decimal_places=2,
        rounding="half_up",
        tie_breaks=["higher_quality", "drawn_by_lot"],
    )
    scale = actions.add_ready_scale(actor=priya, exercise=exercise)
    a_criterion(
        people,
        lot,
        asks="Describe the rota of this contract for each day of the week.",
        guidance="A rota with names and hours for each day.",
        scale=scale,
    )
    a_criterion(
        people,
        lot,
        kind="price",
        title="Price",
        weight_percent=Decimal(40),
        price_method="relative",
        price_basis="Total for three years without VAT",
    )
    return actions.change_settings(
        actor=priya,
        exercise=exercise,
        subject_matter="Visits at home for people who need help.",
        tenders_due_at=timezone.now() + timedelta(days=40),
    )


def ready_to_publish(people) -> Exercise:
    """The designed exercise with its team, declarations, openers and conflicts assessment."""
    exercise = a_designed_exercise(people)
    priya = Actor.of(people.users["priya"])
    lot = a_lot(exercise)
    quality = lot.criteria.get(kind="quality")
    duties = [
        ("evan", "evaluator"),
        ("edith", "chair"),
        ("anna", "approver"),
        *((name, f"{kind}_opener") for name in ("priya", "edith") for kind in ("quality", "price")),
    ]
    for name, duty in duties:
        member = actions.name_member(
            actor=priya, exercise=exercise, user=people.users[name], duty=duty
        )
        if duty == "evaluator":
            actions.assign_criteria(
                actor=priya, member=member, criteria=[(lot.number, quality.key)]
            )
    for name in ("priya", "evan", "edith", "anna"):
        actions.declare_in_exercise(
            actor=Actor.of(people.users[name]),
            exercise=exercise,
            provider=None,
            has_interest=False,
        )
    for kind in ("quality", "price"):
        for name in ("priya", "edith"):
            actions.set_up_opener(
                actor=Actor.of(people.users[name]),
                exercise=exercise,
                kind=kind,
                passphrase="four quite random words",
            )
        actions.make_recovery_share(actor=priya, exercise=exercise, kind=kind)
    actions.confirm_conflicts_assessment(
        actor=priya, exercise=exercise, perceived="Nothing could look like one."
    )
    return exercise


def published(people) -> Exercise:
    """The exercise, published without a notice number."""
    exercise = ready_to_publish(people)
    actions.publish_exercise(actor=Actor.of(people.users["priya"]), exercise=exercise)
    return Exercise.objects.get(pk=exercise.pk)
