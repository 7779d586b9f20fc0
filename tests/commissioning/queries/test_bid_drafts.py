"""Reads of what a bidder wrote and handed in."""

import pytest

from commissioning import actions, queries

pytestmark = pytest.mark.django_db


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
