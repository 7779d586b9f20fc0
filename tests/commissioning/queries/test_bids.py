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


def test_draft_says_how_far_each_part_is(bidding):
    bid = bidding.bid(hand_in=False)
    held = bidding.part(bid, "answer")
    bidding.save(bid, held, "cara", content={"text": "Less", "evidence": []})
    _, parts = queries.draft(bidding.actor("sam"), bid)
    assert sorted(row.status for row in parts) == ["Completed"] * 6 + ["In progress"]
    assert bidding.part(bid, "answer").updated_by == bidding.people.users["cara"]


def test_draft_of_another_shows_no_content(bidding):
    bid = bidding.bid(hand_in=False)
    _, parts = queries.draft(bidding.actor("hana"), bid)
    assert {(row.revision, str(row.content)) for row in parts} == {(0, "{}")}


def test_draft_takes_as_many_queries_whatever_is_written(bidding, django_assert_num_queries):
    bid = bidding.bid(hand_in=False)
    viewer = bidding.actor("sam")
    with django_assert_num_queries(3):
        queries.draft(viewer, bid)
    bid.draft_parts.all().delete()
    with django_assert_num_queries(3):
        queries.draft(viewer, bid)


def test_colleagues_are_those_who_write_bids(bidding):
    names = [row.full_name for row in queries.colleagues(bidding.actor("sam"))]
    assert names == ["Cara Nolan", "Sam Doyle"]


def test_draft_differs_once_something_is_changed(bidding):
    bid, viewer = bidding.bid(), bidding.actor("sam")
    standing = queries.standing_submission(viewer, bid)
    assert not queries.differs_from_handed_in(viewer, bid, queries.draft(viewer, bid)[1], standing)
    held = bidding.part(bid, "answer")
    bidding.save(bid, held, content={"text": "Another", "evidence": []}, is_complete=True)
    assert queries.differs_from_handed_in(viewer, bid, queries.draft(viewer, bid)[1], standing)


def test_handed_in_parts_are_those_that_were_written(bidding):
    bid, viewer = bidding.bid(), bidding.actor("sam")
    standing = queries.standing_submission(viewer, bid)
    _, drafted = queries.draft(viewer, bid)
    handed_in = queries.handed_in_parts(viewer, standing)
    assert [(row.part, row.content) for row in handed_in] == [
        (row.part, row.content) for row in drafted
    ]
    assert queries.handed_in_parts(bidding.actor("hana"), standing) == []


def test_order_of_lots_is_read_as_it_was_handed_in(bidding):
    bid, viewer = bidding.bid(hand_in=False), bidding.actor("sam")
    actions.prefer_lots(actor=viewer, bid=bid, order=[1])
    submission = actions.submit_bid(actor=viewer, bid=bid)
    bid.lot_preferences = []
    bid.save()
    assert queries.handed_in_order(viewer, submission) == [1]
    assert queries.handed_in_order(bidding.actor("hana"), submission) == []


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
