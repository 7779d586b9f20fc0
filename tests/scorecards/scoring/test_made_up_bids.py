"""Made-up bids go through every model that can be published."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorecards.scoring import IncompleteModel, OutcomeState, award, made_up_bids, robustness
from tests.scorecards.scoring.award_samples import (
    PERCENT,
    ZERO_TO_FIVE,
    counted,
    gate,
    inputs_of,
    lot_of,
    price,
    rated,
)

SCALES = (ZERO_TO_FIVE, PERCENT)
LOT = lot_of(
    price("40"),
    rated("quality", "50", parts=[rated("method", "60", minimum="2"), rated("team", "40")]),
    counted("value", "10"),
    gate("insured"),
)
seeds = st.integers(0, 2**32)


def outcome_of(lot, seed=1):
    return award(inputs_of(lot, *made_up_bids(lot, SCALES, seed=seed)))


def states(outcome):
    return {each.label: each.state for each in outcome.bids}


@given(seeds)
def test_same_seed_gives_the_same_bids(seed):
    assert made_up_bids(LOT, SCALES, seed=seed) == made_up_bids(LOT, SCALES, seed=seed)


@given(seeds)
def test_made_up_bids_find_out_the_model(seed):
    outcome = outcome_of(LOT, seed)
    found = states(outcome)

    assert found.pop("Just short of a minimum") is OutcomeState.BELOW_MINIMUM_RATING
    assert all(state.is_ranked for state in found.values())
    assert any(set(tie.bids) == {"made-up-5", "made-up-6"} for tie in outcome.ties)


@given(seeds)
def test_shapes_are_what_they_are_called(seed):
    strong, cheap, even, *_ = made_up_bids(LOT, SCALES, seed=seed)

    assert cheap.price_gbp < even.price_gbp < strong.price_gbp
    for key in ("method", "team"):
        rating = {b.label: b.ratings_by_criterion[key] for b in (strong, cheap, even)}
        assert rating["Cheap and weak"] <= rating["Even throughout"] <= rating["Strong and dear"]


@given(seeds)
def test_evaluators_rate_near_the_consensus(seed):
    for each in made_up_bids(LOT, SCALES, seed=seed)[:3]:
        for seen in each.evaluator_ratings:
            assert abs(seen.rating - each.ratings_by_criterion[seen.criterion]) <= 1


@pytest.mark.parametrize(
    ("lot", "state"),
    [
        (lot_of(rated("q", "100"), gate("g")), OutcomeState.FAILS_REQUIREMENTS),
        (lot_of(rated("q", "100"), minimum_total="20"), OutcomeState.BELOW_MINIMUM_TOTAL),
        (lot_of(rated("q", "100")), OutcomeState.NOT_SUCCESSFUL),
    ],
)
def test_bid_just_short_finds_what_there_is_to_fall_short_of(lot, state):
    assert states(outcome_of(lot))["Just short of a minimum"] is state


def test_prices_lie_between_floor_and_ceiling():
    lot = lot_of(price("100", method="ceiling_floor", ceiling_gbp="300", floor_gbp="100"))

    assert [each.price_gbp for each in made_up_bids(lot, SCALES, seed=1)] == [
        Decimal(figure) for figure in (240, 160, 200, 180, 210, 210)
    ]


def test_lot_without_a_price_gets_bids_without_one():
    lot = lot_of(rated("q", "100"))

    assert {each.price_gbp for each in made_up_bids(lot, SCALES, seed=1)} == {None}


def test_robustness_of_made_up_bids_can_be_told():
    report = robustness(inputs_of(LOT, *made_up_bids(LOT, SCALES, seed=1)), seed=1, runs=50)

    assert "Of 50 sets of weights" in report.words


def test_criterion_without_a_scale_is_refused():
    with pytest.raises(IncompleteModel, match="no scale"):
        made_up_bids(LOT, (), seed=1)


def test_minimum_beyond_the_scale_is_refused():
    with pytest.raises(IncompleteModel, match="reaches its minimum"):
        made_up_bids(lot_of(rated("q", "100", minimum="6")), SCALES, seed=1)
