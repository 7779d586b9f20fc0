"""What a provider may bid for, and what its home page says of it."""

from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine

from django.core.management import call_command
from django.utils import timezone

from accounts.access import Actor
from commissioning import actions, queries
from commissioning.models import BidInvitation, Exercise
from principles.models import Measure, UnitValue, ValueSet

pytestmark = pytest.mark.django_db


def invite(bidding, key="firm"):
    BidInvitation.objects.create(
        exercise=bidding.exercise,
        provider=bidding.provider(key),
        invited_at=bidding.exercise.published_at,
        invited_by=bidding.people.users["priya"],
    )


def test_open_ones_close_with_their_deadline(bidding):
    viewer = bidding.actor("sam")
    assert list(queries.opportunities(viewer, are_open=True)) == [bidding.exercise]
    assert list(queries.opportunities(viewer, are_open=False)) == []
    with bidding.after_deadline():
        assert list(queries.opportunities(viewer, are_open=True)) == []
        assert list(queries.opportunities(viewer, are_open=False)) == [bidding.exercise]


@pytest.mark.parametrize("name", ["priya", "adam", "oscar", "olive"])
def test_nobody_but_providers_is_offered_anything(bidding, name):
    assert list(queries.opportunities(bidding.actor(name), are_open=True)) == []
    assert queries.opportunity(Actor(), bidding.exercise.reference) is None


def test_closed_circle_is_offered_to_the_invited_alone(bidding):
    Exercise.objects.filter(pk=bidding.exercise.pk).update(is_open=False)
    invite(bidding)
    (row,) = queries.opportunities(bidding.actor("sam"), are_open=True)
    assert row.is_invited
    assert list(queries.opportunities(bidding.actor("hana"), are_open=True)) == []


def texts(bidding, name) -> list[str]:
    return [item.text for item in queries.bid_home_items(bidding.actor(name))]


def test_home_speaks_of_an_invitation_until_a_bid_is_started(bidding):
    assert texts(bidding, "sam") == []
    invite(bidding)
    assert texts(bidding, "sam") == ["You are invited to bid"]
    bidding.bid(hand_in=False)
    assert texts(bidding, "sam") == []


def test_home_speaks_of_a_draft_as_its_deadline_nears_and_until_it_is_handed_in(bidding):
    bid = bidding.bid(hand_in=False)
    soon = bidding.exercise.tenders_due_at - timedelta(days=13)
    with time_machine.travel(soon, tick=False):
        assert texts(bidding, "cara") == ["A bid is not handed in yet"]
        actions.submit_bid(actor=bidding.actor("sam"), bid=bid)
        assert texts(bidding, "cara") == []
        actions.withdraw_bid(actor=bidding.actor("sam"), bid=bid)
        assert texts(bidding, "cara") == ["A bid is not handed in yet"]
    with bidding.after_deadline():
        assert texts(bidding, "cara") == []


@pytest.mark.parametrize("name", ["priya", "oscar", "olive", "adam"])
def test_home_of_others_says_nothing_of_bids(bidding, name, django_assert_num_queries):
    bidding.bid(hand_in=False)
    viewer = bidding.actor(name)
    with django_assert_num_queries(0):
        assert queries.bid_home_items(viewer) == []


def test_worth_of_a_unit_is_told_unless_the_values_are_licensed_to_the_buyer(bidding):
    sam, priya = bidding.actor("sam"), bidding.actor("priya")
    assert queries.worth_of_measures(sam, bidding.exercise) == {}
    call_command("load_value_set", verbosity=0)
    nt1 = Measure.objects.get(code="NT1").pk
    exercise = Exercise(value_set=ValueSet.objects.get(), locality="Exampleshire")
    assert queries.worth_of_measures(sam, exercise)[nt1] == Decimal("20000")
    own = ValueSet.objects.create(
        owner=priya.organisation,
        edition=exercise.value_set.edition,
        title="Ours",
        label="ours-1",
        licence="Ours.",
        in_force_from="2026-01-01",
        gross_of_deadweight=True,
        content_sha256="0" * 64,
    )
    UnitValue.objects.create(
        value_set=own,
        measure_id=nt1,
        unit="people",
        value_gbp=7,
        source="Ours",
        valued_on="2026-01-01",
    )
    ValueSet.objects.filter(pk=own.pk).update(published_at=timezone.now())
    exercise = Exercise(value_set=own)
    assert queries.worth_of_measures(priya, exercise) == {nt1: Decimal(7)}
    assert queries.worth_of_measures(sam, exercise) == {}
