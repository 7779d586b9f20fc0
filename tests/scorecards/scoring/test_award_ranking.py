"""Places: several winners, ties, and the published steps that part them."""

from decimal import Decimal

import pytest

from scorecards.scoring import award
from tests.scorecards.scoring.award_samples import bid, counted, inputs_of, lot_of, price, rated


def quality_only(**figures):
    return lot_of(rated("quality", "100"), **figures)


def test_several_winners_are_the_first_of_the_ranking():
    bids = [bid(key, ratings={"quality": r}) for key, r in zip("ABCD", "5342", strict=True)]
    outcome = award(inputs_of(quality_only(winners=2), *bids))

    assert outcome.winners == ("A", "C")
    assert outcome.words == "Recommended for lot 1: A and C."


def test_fewer_bids_than_places_leave_places_unfilled():
    outcome = award(inputs_of(quality_only(winners=3), bid("A", ratings={"quality": "5"})))

    assert outcome.words == "Recommended for lot 1: A. Only 1 of 3 places can be filled."


def test_tie_within_the_winners_needs_no_draw():
    bids = [bid(key, "9", {"quality": r}) for key, r in zip("ABC", "554", strict=True)]
    outcome = award(inputs_of(quality_only(winners=2), *bids))

    assert outcome.winners == ("A", "B")
    assert [tie.is_resolved for tie in outcome.ties] == [False]


def test_tie_over_the_last_place_leaves_only_that_place_open():
    bids = [bid(key, "9", {"quality": r}) for key, r in zip("ABC", "544", strict=True)]
    outcome = award(inputs_of(quality_only(winners=2), *bids))

    assert (outcome.winners, outcome.places_open) == (("A",), 1)
    assert {k: outcome.bid(k).state.value for k in "BC"} == dict.fromkeys("BC", "tie_to_be_drawn")


STEP_LOT = (
    price("20"),
    rated("quality", "40"),
    counted("value", "20", method="target", target="100"),
    rated("ethics", "20", kind="ethics"),
)


@pytest.mark.parametrize(
    ("step", "first"),
    [
        ("higher_quality", "A"),
        ("highest_weighted_criterion", "A"),
        ("higher_social_value", "B"),
        ("higher_ethics", "C"),
        ("lower_price", "D"),
    ],
)
def test_published_step_parts_level_bids(step, first):
    bids = [
        bid("A", "200", {"quality": "5", "ethics": "2"}, pounds={"value": "0"}),
        bid("B", "200", {"quality": "3", "ethics": "1"}, pounds={"value": "100"}),
        bid("C", "200", {"quality": "3", "ethics": "5"}, pounds={"value": "20"}),
        bid("D", "100", {"quality": "3", "ethics": "1"}, pounds={"value": "50"}),
    ]
    outcome = award(inputs_of(lot_of(*STEP_LOT, steps=[step]), *bids))

    assert [each.total for each in outcome.bids] == [Decimal("58.00")] * 4
    assert outcome.ranking[0] == first


def test_draw_without_all_level_bids_does_not_count():
    bids = [bid(key, "9", {"quality": "4"}) for key in "ABC"]
    lot = quality_only(steps=["drawn_by_lot"])

    waiting = award(inputs_of(lot, *bids, draws=["AB"]))
    drawn = award(inputs_of(lot, *bids, draws=["AB", "CBA", "ABC"]))

    assert waiting.places_open == 1
    assert drawn.ranking == ("C", "B", "A")
    assert drawn.ties[0].steps[0].words == "Drawn by lot: C, B and A."


def test_draw_stands_when_a_drawn_bid_is_disregarded_later():
    bids = [bid(key, "9", {"quality": "4"}) for key in "AB"]
    out = bid("C", standing="procedural_breach")

    outcome = award(inputs_of(quality_only(), *bids, out, draws=["CBA"]))

    assert outcome.winners == ("B",)


def test_tie_without_a_published_draw_says_that_nothing_parts_it():
    bids = [bid(key, "9", {"quality": "4"}) for key in "AB"]
    outcome = award(inputs_of(quality_only(steps=["lower_price"]), *bids))

    assert outcome.ties[0].words == (
        "A and B are level at place 1, and the published steps do not part them."
    )
