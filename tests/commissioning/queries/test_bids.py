"""Reads about bids."""

import pytest

from accounts.access import Actor
from commissioning import actions, queries
from commissioning.award_model.model import AwardModel, Lot
from commissioning.award_model.terms import LotLimitMechanism

pytestmark = pytest.mark.django_db


def test_bid_is_the_bidders_own(bidding):
    bid = bidding.bid(hand_in=False)
    assert queries.bid(bidding.actor("cara"), bid.reference) == bid
    assert queries.bid_in(bidding.actor("cara"), bidding.exercise) == bid
    for name in ("hana", "priya", "oscar", "olive"):
        assert queries.bid(bidding.actor(name), bid.reference) is None


def test_list_says_what_was_handed_in_and_withdrawn(bidding):
    bid = bidding.bid()
    (row,) = queries.bids(bidding.actor("sam"))
    assert row.due_at == bidding.exercise.tenders_due_at
    assert (row.handed_in_at is not None, row.withdrawn_at) == (True, None)
    actions.withdraw_bid(actor=bidding.actor("sam"), bid=bid)
    assert queries.bid(bidding.actor("sam"), bid.reference).withdrawn_at is not None


def test_colleagues_are_those_who_write_bids(bidding):
    names = [row.full_name for row in queries.colleagues(bidding.actor("sam"))]
    assert names == ["Cara Nolan", "Sam Doyle"]


@pytest.mark.parametrize(
    ("limit", "mechanism", "lots", "wants"),
    [
        (1, LotLimitMechanism.SUPPLIER_PREFERENCE, [1, 2], True),
        (1, LotLimitMechanism.SUPPLIER_PREFERENCE, [2], False),
        (2, LotLimitMechanism.SUPPLIER_PREFERENCE, [1, 2], False),
        (1, LotLimitMechanism.LOT_ORDER, [1, 2], False),
        (None, None, [1, 2], False),
    ],
)
def test_order_of_lots_is_asked_where_it_may_decide(limit, mechanism, lots, wants):
    model = AwardModel(
        title="Visits",
        regime="procurement_act_2023",
        body_type="sub_central",
        lots=tuple(Lot(number, f"Area {number}") for number in (1, 2, 3)),
        lots_per_supplier=limit,
        lot_limit_mechanism=mechanism,
    )
    assert queries.wants_preferences(model, lots) is wants


def test_questions_are_taken_until_their_day(bidding):
    viewer = bidding.actor("sam")
    version = queries.version_for_bidders(viewer, bidding.exercise)
    assert queries.takes_questions(bidding.exercise, version)
    with bidding.after_deadline(-1):
        assert not queries.takes_questions(bidding.exercise, version)
        assert queries.is_open_for_bids(bidding.exercise, version)
    with bidding.after_deadline():
        assert not queries.is_open_for_bids(bidding.exercise, version)


def test_stranger_has_no_profile_and_no_bids(bidding):
    bidding.bid()
    assert queries.own_provider(Actor()) is None
    assert list(queries.bids(Actor())) == []


def test_answers_of_others_are_never_offered_for_reuse(bidding):
    bid = bidding.bid(hand_in=False)
    bidding.bid(1)
    assert queries.answers_to_reuse(bidding.actor("sam"), bid) == []
