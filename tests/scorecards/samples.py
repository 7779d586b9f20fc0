"""A small scorecard at any stage of its way, made through the actions that people use."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from accounts.access import Actor
from commissioning.actions import declare_interest, save_commissioner_answer
from commissioning.models import AssessmentRequest
from principles.models import UnitValue, ValueSet
from providers.models import SelfAssessment
from scorecards import actions
from scorecards.demonstration import publish_default_policy
from scorecards.models import Finding, Rating, Scorecard
from tests.commissioning.samples import a_contract
from tests.providers.samples import a_framework, submitted

MANAGERS = {"council": "priya", "small_council": "mei"}
JUDGES = {"council": ("evan", "edith", "anna"), "small_council": ("tom", "ruth")}
RATED = ("A1", "A2", "A4")


def a_scorecard(people, body: str = "council", provider: str = "firm", **changes: Any) -> Scorecard:
    """A draft of the sample framework at core level, judged for the council."""
    publish_default_policy()
    contract = changes.pop("contract", None) or a_contract(
        people, body, provider, value_gbp=Decimal("100000.50")
    )
    given = {"provider": contract.parties.get().provider, "editions": [a_framework()],
             "level": "core"}  # fmt: skip
    manager = Actor.of(people.users[MANAGERS[body]])
    return actions.create_scorecard(actor=manager, contract=contract, **given | changes)


def a_value_set(gross: bool = False, north: Decimal | None = None) -> ValueSet:
    """Five pounds an hour of M1, and another value in the north if one is given."""
    edition = a_framework()
    held = ValueSet.objects.create(
        edition=edition, title="Sample values", label="2026", licence="Ours",
        in_force_from=date(2020, 1, 1), gross_of_deadweight=gross, content_sha256="0" * 64,
    )  # fmt: skip
    places = {"": Decimal(5)} | ({"North": north} if north else {})
    for locality, value in places.items():
        UnitValue.objects.create(
            value_set=held, measure=edition.measures.get(code="M1"), value_gbp=value,
            locality=locality, unit="hours", source="Ours", valued_on=date(2026, 1, 1),
        )  # fmt: skip
    held.published_at = timezone.now()
    held.save()
    return held


def again(scorecard: Scorecard) -> Scorecard:
    """The scorecard as the database has it now."""
    return Scorecard.objects.get(pk=scorecard.pk)


def asked(people, scorecard: Scorecard, days: int = 14) -> Scorecard:
    body = scorecard.contract.commissioner.organisation
    manager = next(name for key, name in MANAGERS.items() if people.organisations[key] == body)
    return actions.request_answers(
        actor=Actor.of(people.users[manager]),
        scorecard=scorecard,
        due_on=timezone.localdate() + timedelta(days=days),
    )


def made_late(scorecard: Scorecard) -> Scorecard:
    day = timezone.localdate() - timedelta(days=1)
    AssessmentRequest.objects.filter(pk=scorecard.request_id).update(due_on=day)
    SelfAssessment.objects.filter(pk=scorecard.request.self_assessment_id).update(due_on=day)
    return again(scorecard)


def answered(people, scorecard: Scorecard, items=()) -> Scorecard:
    signatory = "sam" if scorecard.provider.organisation == people.organisations["firm"] else "hana"
    submitted(people, again(scorecard).request.self_assessment, signatory, items)
    return again(scorecard)


def declared(people, scorecard: Scorecard, *names: str, **changes: Any) -> None:
    for name in names:
        declare_interest(
            actor=Actor.of(people.users[name]),
            contract=scorecard.contract,
            provider=scorecard.provider,
            **{"has_interest": False} | changes,
        )


def rate(actor: Actor, scorecard: Scorecard, code: str = "A1", **changes: Any) -> Rating:
    given = {
        "criterion": a_framework().criteria.get(code=code),
        "version": 0,
        "value": 2,
        "rationale": "The rule is there and one record of its use was seen.",
        "evidence_strength": "documented",
        "found_where": "Code of conduct, page 1",
        "not_applicable_agreed": None,
    }
    return actions.save_rating(actor=actor, scorecard=scorecard, **given | changes)


def find(actor: Actor, scorecard: Scorecard, code: str = "A1", **changes: Any) -> Finding:
    given = {"priority": "medium", "title": "No register", "detail": "Keep one."}
    criterion = a_framework().criteria.get(code=code)
    return actions.raise_finding(
        actor=actor, scorecard=scorecard, criterion=criterion, **given | changes
    )


def answer_for_commissioner(people, scorecard: Scorecard, name: str = "priya", **changes: Any):
    given = {
        "criterion": a_framework().criteria.get(code="A4"), "version": 0, "claimed_value": 2,
        "narrative": "It is in the plan.", "not_applicable": False, "not_applicable_reason": "",
    }  # fmt: skip
    return save_commissioner_answer(
        actor=Actor.of(people.users[name]), request=scorecard.request, **given | changes
    )


def being_rated(people, scorecard: Scorecard | None = None, items=()) -> Scorecard:
    """Asked, answered, declared, begun."""
    scorecard = answered(people, asked(people, scorecard or a_scorecard(people)), items)
    declared(people, scorecard, "evan", "edith", "anna")
    return actions.begin_rating(actor=Actor.of(people.users["evan"]), scorecard=scorecard)


def sent(people, scorecard: Scorecard | None = None, value: int = 2, items=()) -> Scorecard:
    """Rated in full by Evan and sent for approval."""
    scorecard, evan = being_rated(people, scorecard, items), Actor.of(people.users["evan"])
    for code in RATED:
        rate(evan, scorecard, code, value=value)
    find(evan, scorecard)
    return actions.send_for_approval(actor=evan, scorecard=scorecard)


def signed_off(people, scorecard: Scorecard | None = None, value: int = 2, items=()) -> Scorecard:
    """Signed off by Anna."""
    return actions.sign_off(
        actor=Actor.of(people.users["anna"]), scorecard=sent(people, scorecard, value, items)
    )
