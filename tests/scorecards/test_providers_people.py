"""Whoever belongs to the provider of a contract judges nothing of it, for whomever they act."""

import inspect
from datetime import timedelta

import pytest

from accounts.access import Actor, Refused
from accounts.models import Membership
from commissioning.actions import declare_interest, resolve_interest
from commissioning.models import InterestDeclaration
from scorecards import actions
from scorecards.models import Finding, Rating, Report, Scorecard
from tests.architecture.test_judging import JUDGES
from tests.commissioning.actions.test_joining import leave

pytestmark = pytest.mark.django_db
OF_CARDS = [
    name
    for name in JUDGES["scorecards.actions"].split()
    if "scorecard" in inspect.signature(getattr(actions, name)).parameters
]
WAYS = pytest.mark.parametrize("left", [False, True], ids=["belongs", "left since"])


def belong(demonstration, name: str, card, *, left: bool) -> Actor:
    """Join the provider after the scorecard began, or join and leave it again."""
    people = demonstration.people
    place = Membership.objects.create(
        user=people.users[name], organisation=card.provider.organisation
    )
    if left:
        leave(place)
    return Actor.of(people.users[name], people.organisations["council"])


def test_list_of_actions_on_scorecards_is_not_empty():
    assert len(OF_CARDS) > 8


@WAYS
@pytest.mark.parametrize("person", ["evan", "anna", "priya"])
@pytest.mark.parametrize("stage", ["requested", "submitted", "rating", "sent"])
def test_whoever_belongs_to_the_provider_is_refused_every_action(
    demonstration, stage, person, left
):
    card = demonstration.scorecards[stage]
    actor = belong(demonstration, person, card, left=left)
    for name in OF_CARDS:
        action = getattr(actions, name)
        given = dict.fromkeys(inspect.signature(action).parameters)
        with pytest.raises(Refused):
            action(**given | {"actor": actor, "scorecard": card})


@pytest.mark.parametrize("stage", ["submitted", "rating", "sent"])
@pytest.mark.parametrize("person", ["evan", "anna", "priya"])
def test_the_case_is_out_of_sight_for_who_belongs_to_the_provider(demonstration, person, stage):
    card = demonstration.scorecards[stage]
    actor = belong(demonstration, person, card, left=False)
    assert not Scorecard.objects.visible_to(actor).filter(pk=card.pk).exists()
    for model in (Rating, Finding, Report):
        assert not model.objects.visible_to(actor).filter(scorecard=card).exists()


@pytest.mark.parametrize(("days", "sees"), [(1, True), (-1, False)])
def test_who_left_the_provider_before_it_was_asked_goes_on(demonstration, days, sees):
    card = demonstration.scorecards["rating"]
    actor = belong(demonstration, "evan", card, left=False)
    place = Membership.objects.get(user=actor.user, organisation=card.provider.organisation)
    began = min(card.created_at, card.request.made_at)
    leave(place, began - timedelta(days=days))
    assert Scorecard.objects.visible_to(actor).filter(pk=card.pk).exists() is sees


def test_interest_in_a_provider_is_not_decided_by_one_of_its_people(demonstration):
    card = demonstration.scorecards["rating"]
    case = {"contract": card.contract, "provider": card.provider}
    declaration = declare_interest(
        actor=Actor.of(demonstration.people.users["edith"]),
        **case,
        has_interest=True,
        description="My sister works there.",
    )
    assert InterestDeclaration.objects.unresolved().filter(pk=declaration.pk).exists()
    with pytest.raises(Refused, match="own people"):
        resolve_interest(
            actor=belong(demonstration, "priya", card, left=False),
            declaration=declaration,
            resolution="mitigated",
            note="Fine.",
        )
