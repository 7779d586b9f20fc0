"""Exercises from design to opened bids, written through the actions that people use."""

import datetime
from dataclasses import replace

import pytest
import time_machine

from django.core.management import call_command
from django.utils import timezone

from commissioning import demonstration, queries
from commissioning.award_model.terms import LotLimitMechanism
from commissioning.enums import ExerciseState, SealKind
from commissioning.models import BidAnswer, BidCommitment, BidLot, BidPrice

pytestmark = pytest.mark.django_db

LIMITED = {
    "lots": 2,
    "one_lot_each_by": LotLimitMechanism.SUPPLIER_PREFERENCE,
    "in_pounds": True,
}


def ready(people, **design):
    """A procurement that only waits for its conflicts assessment."""
    call_command("load_frameworks", verbosity=0)
    call_command("load_value_set", verbosity=0)
    row = demonstration.design(people, "Visits at home", **design)
    demonstration.staff(people, row)
    demonstration.prepare_openers(people, row)
    row.refresh_from_db()
    return row


@pytest.fixture
def exercise(people):
    return ready(people)


@pytest.mark.parametrize("design", [{}, LIMITED])
def test_design_has_no_errors_but_the_unconfirmed_assessment(people, actor_of, design):
    found = queries.blockers(actor_of("priya"), ready(people, **design))
    assert [blocker.page for blocker in found] == ["conflicts"]


def test_bids_for_several_lots_hold_commitments_and_their_order(people):
    exercise = demonstration.publish(people, ready(people, **LIMITED), "2026/S 000-000001")
    demonstration.bid(people, exercise, replace(demonstration.OFFERS[0], lots=(2, 1)))
    with time_machine.travel(exercise.tenders_due_at + datetime.timedelta(seconds=1)):
        demonstration.open_bids(people, exercise)
    assert list(BidLot.objects.values_list("lot_number", "preference")) == [(1, 2), (2, 1)]
    codes = BidCommitment.objects.values_list("measure__code", flat=True)
    assert sorted(codes) == sorted([*demonstration.PROMISES] * 2)


def test_bids_are_opened_after_the_deadline(people, actor_of, exercise):
    exercise = demonstration.publish(people, exercise, "2026/S 000-000001")
    for offer in demonstration.OFFERS:
        demonstration.bid(people, exercise, offer)
    with time_machine.travel(exercise.tenders_due_at + datetime.timedelta(seconds=1)):
        demonstration.open_bids(people, exercise)
    exercise.refresh_from_db()
    assert exercise.state == ExerciseState.QUALITY_OPENED
    assert sorted(BidLot.objects.values_list("label", flat=True)) == [
        "Bid A",
        "Bid B",
        "Bid C",
        "Bid D",
    ]
    assert BidAnswer.objects.count() == 16
    assert BidPrice.objects.count() == 0
    assert list(queries.opened_bids(actor_of("evan"), exercise)) == []
    demonstration.declare_about_bidders(people, exercise, ["evan"])
    assert len(queries.opened_bids(actor_of("evan"), exercise)) == 4
    assert timezone.now() < exercise.tenders_due_at
    assert exercise.opening_keys.get(kind=SealKind.PRICE, is_rehearsal=False).opened_at is None
