"""Exercises from design to opened bids, written through the actions that people use."""

import datetime

import pytest
import time_machine

from django.core.management import call_command
from django.utils import timezone

from commissioning import demonstration, queries
from commissioning.enums import ExerciseState, SealKind
from commissioning.models import BidAnswer, BidLot, BidPrice

pytestmark = pytest.mark.django_db


@pytest.fixture
def exercise(people):
    call_command("load_frameworks", verbosity=0)
    row = demonstration.design(people, "Visits at home")
    demonstration.staff(people, row)
    demonstration.prepare_openers(people, row)
    return row


def test_design_has_no_errors_but_the_unconfirmed_assessment(people, actor_of, exercise):
    found = queries.blockers(actor_of("priya"), exercise)
    assert [blocker.page for blocker in found] == ["conflicts"]


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
