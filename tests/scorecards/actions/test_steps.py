"""Every step from every stage, and the facts that separate duties."""

from datetime import timedelta

import pytest

from django.db import transaction
from django.utils import timezone

from accounts.access import Actor, Role, WrongState
from accounts.models import AuditEvent, Membership, MembershipRole
from commissioning.actions import resolve_interest
from commissioning.models import InterestDeclaration
from providers.actions import return_self_assessment
from scorecards.actions.steps import (
    has_answered,
    has_rated,
    is_clear,
    is_of_provider,
    lock,
    take_step,
)
from scorecards.enums import Stage
from scorecards.models import Scorecard, ScorecardStep
from scorecards.workflow import STEPS
from tests.providers.samples import answer, figures
from tests.scorecards.samples import (
    a_scorecard,
    again,
    answer_for_commissioner,
    answered,
    asked,
    being_rated,
    declared,
    rate,
)

ALLOWED = {
    ("draft", "request"): "requested",
    ("requested", "receive"): "submitted",
    ("requested", "give_up"): "not_answered",
    ("submitted", "return_answers"): "requested",
    ("submitted", "begin_rating"): "rating",
    ("not_answered", "begin_rating"): "rating",
    ("rating", "return_answers"): "requested",
    ("rating", "send"): "sent_for_approval",
    ("sent_for_approval", "return_rating"): "rating",
    ("sent_for_approval", "sign_off"): "signed_off",
    ("signed_off", "supersede"): "superseded",
}


def put(scorecard: Scorecard, stage: str) -> Scorecard:
    """The row at this stage, whatever way it came there."""
    settled = stage in ("signed_off", "superseded")
    Scorecard.objects.filter(pk=scorecard.pk).update(
        stage=stage,
        request=None if stage == "draft" else scorecard.request,
        opinion="limited" if settled else "",
        assessed_on=timezone.localdate() if settled else None,
    )
    return lock(scorecard)


@pytest.mark.django_db
def test_every_step_from_every_stage_is_in_the_table_or_refused(people, actor_of):
    held = asked(people, a_scorecard(people))
    found = {}
    for stage in Stage.values:
        for name in STEPS:
            with transaction.atomic():
                row = put(held, stage)
                before = (ScorecardStep.objects.count(), AuditEvent.objects.count())
                if name == "request":
                    row.request = held.request
                if name == "sign_off":
                    row.opinion, row.assessed_on = "limited", timezone.localdate()
                try:
                    step = take_step(
                        actor=actor_of("priya"), scorecard=row, name=name, reason=" Because. "
                    )
                except WrongState:
                    assert again(held).stage == stage
                    written = (0, 0)
                else:
                    found[stage, name] = again(held).stage
                    event = AuditEvent.objects.latest("pk")
                    assert (step.from_stage, step.to_stage) == (stage, again(held).stage)
                    assert (step.reason, step.by_label) == ("Because.", "Priya Raman")
                    assert (event.verb, event.facts, event.case_reference) == (
                        f"scorecard.{name}",
                        {"from": stage, "to": again(held).stage},
                        held.contract.reference,
                    )
                    assert again(held).stage_at == step.at
                    written = (1, 1)
                after = (ScorecardStep.objects.count(), AuditEvent.objects.count())
                assert tuple(b - a for a, b in zip(before, after, strict=True)) == written
                transaction.set_rollback(True)
    assert found == ALLOWED


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("stage", "name"), [("submitted", "return_answers"), ("sent_for_approval", "return_rating")]
)
def test_return_without_a_reason_is_refused(people, actor_of, stage, name):
    row = put(asked(people, a_scorecard(people)), stage)
    with pytest.raises(WrongState, match="Give the reason"):
        take_step(actor=actor_of("priya"), scorecard=row, name=name, reason=" ")


@pytest.mark.django_db
def test_is_clear_follows_declaration_and_resolution(people, actor_of):
    row, evan = a_scorecard(people), actor_of("evan")
    assert is_clear(evan, row) is False
    declared(people, row, "evan", has_interest=True, description="My sister works there.")
    assert is_clear(evan, row) is False
    for resolution, expected in (("recused", False), ("mitigated", True)):
        resolve_interest(
            actor=actor_of("priya"),
            declaration=InterestDeclaration.objects.current().get(),
            resolution=resolution,
            note="Considered.",
        )
        assert is_clear(evan, row) is expected
    assert is_clear(actor_of("edith"), row) is False


@pytest.mark.django_db
def test_is_of_provider_whomever_one_acts_for_and_since_the_scorecard_began(people):
    row, evan = a_scorecard(people), people.users["evan"]
    acting = Actor.of(evan, people.organisations["council"])
    assert is_of_provider(acting, row) is False
    place = Membership.objects.create(user=evan, organisation=people.organisations["firm"])
    MembershipRole.objects.create(membership=place, role=Role.CONTRIBUTOR)
    assert is_of_provider(acting, row) is True
    place.ended_at, place.ended_by = timezone.now(), people.users["sam"]
    place.save()
    assert is_of_provider(acting, row) is True
    place.ended_at = row.created_at - timedelta(seconds=1)
    place.save()
    assert is_of_provider(acting, row) is False


@pytest.mark.django_db
def test_has_rated_also_what_a_colleague_wrote_over(people, actor_of):
    row = being_rated(people)
    rate(actor_of("evan"), row)
    rate(actor_of("edith"), row, version=1)
    assert [has_rated(actor_of(name), row) for name in ("evan", "edith", "anna")] == [
        True, True, False,
    ]  # fmt: skip


@pytest.mark.django_db
def test_has_answered_for_the_commissioner_also_what_a_colleague_wrote_over(people, actor_of):
    row = asked(people, a_scorecard(people))
    place = Membership.objects.get(user=people.users["adam"])
    MembershipRole.objects.create(membership=place, role=Role.CONTRACT_MANAGER)
    answer_for_commissioner(people, row, "adam")
    answer_for_commissioner(people, row, "priya", version=1)
    assert [has_answered(actor_of(name), row) for name in ("adam", "priya", "anna")] == [
        True, True, False,
    ]  # fmt: skip


@pytest.mark.django_db
def test_has_answered_for_the_provider_in_any_version(people, actor_of):
    row = asked(people, a_scorecard(people))
    figures(actor_of("cara"), row.request.self_assessment, "M2")
    row = answered(people, row)
    first = row.request.self_assessment
    following = return_self_assessment(
        actor=actor_of("priya"), self_assessment=first, reason="x", due_on=timezone.localdate()
    )
    assert [has_answered(actor_of(name), again(row)) for name in ("cara", "sam", "hana")] == [
        True, True, False,
    ]  # fmt: skip
    answer(actor_of("sam"), following, version=1)
    assert has_answered(actor_of("sam"), again(row)) is True


@pytest.mark.django_db
def test_nobody_answered_a_draft(people, actor_of):
    assert has_answered(actor_of("priya"), a_scorecard(people)) is False
