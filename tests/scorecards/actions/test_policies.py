"""Publishing the bands and limiting rules."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from accounts.access import Actor, Refused, WrongState
from accounts.models import AuditEvent
from scorecards import actions
from scorecards.models import AssurancePolicy
from scorecards.scoring import DEFAULT_POLICY, policy_from_plain

FROM = date(2026, 1, 1)


@pytest.mark.django_db
def test_policy_is_published_once(actor_of):
    first = actions.publish_policy(
        actor=actor_of("olive"), policy=DEFAULT_POLICY, in_force_from=FROM
    )
    again = actions.publish_policy(
        actor=Actor.system("policy loader"), policy=DEFAULT_POLICY, in_force_from=FROM
    )
    assert first == again
    assert policy_from_plain(AssurancePolicy.objects.get().content) == DEFAULT_POLICY
    assert AuditEvent.objects.filter(verb="policy.published").count() == 1


@pytest.mark.django_db
def test_changed_policy_needs_a_new_label(actor_of):
    given = {"actor": actor_of("olive"), "in_force_from": FROM}
    actions.publish_policy(policy=DEFAULT_POLICY, **given)
    changed = replace(DEFAULT_POLICY, minimum_coverage_percent=Decimal(70))
    with pytest.raises(WrongState, match="Use a new label"):
        actions.publish_policy(policy=changed, **given)
    actions.publish_policy(policy=replace(changed, label="2027"), **given)
    assert AssurancePolicy.objects.in_force(FROM).first().label == "2027"


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["priya", "anna", "adam", "oscar"])
def test_only_an_operator_publishes_policies(actor_of, name):
    with pytest.raises(Refused, match="Only an operator publishes policies"):
        actions.publish_policy(actor=actor_of(name), policy=DEFAULT_POLICY, in_force_from=FROM)
