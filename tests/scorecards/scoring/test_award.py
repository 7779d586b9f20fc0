"""What must hold for the result of every lot, and each gate by itself."""

from dataclasses import replace
from decimal import Decimal, localcontext

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorecards.scoring import (
    AwardLotsInput,
    BadPrice,
    BadQuantity,
    BadWeight,
    BidStanding,
    IncompleteModel,
    MissingRating,
    OutcomeState,
    RatingOffScale,
    ScoringError,
    UnknownMethod,
    award,
    award_lots,
    award_lots_inputs_from_text,
    award_lots_outcome_from_text,
    replay_award_lots,
    to_text,
)
from tests.scorecards.scoring.award_samples import (
    bid,
    counted,
    gate,
    inputs_of,
    lot_of,
    price,
    rated,
    rule,
)

QUALITY = rated(
    "quality",
    "50",
    parts=[rated("method", "33.3", minimum="1"), rated("team", "66.7", kind="ethics")],
)
METHODS = [
    {"method": "relative"},
    {"method": "linear"},
    {"method": "ceiling_floor", "ceiling_gbp": "900", "floor_gbp": "100"},
    {"method": "deviation_from_mean", "midpoint_percent": "50", "points_per_percent": "1"},
]
ratings = st.integers(0, 5).map(str)
costs = st.decimals("1", "1000", places=2).map(str)


@st.composite
def awards(draw):
    """Lots with every part, and bids of every standing."""
    lot = lot_of(
        price("40", **draw(st.sampled_from(METHODS))),
        QUALITY,
        counted("value", "10", method=draw(st.sampled_from(["relative", "target"])), target="50"),
        gate("insured"),
        winners=draw(st.integers(1, 3)),
        minimum_total=draw(st.none() | st.just("45")),
        places=draw(st.integers(0, 3)),
        how=draw(st.sampled_from(["half_up", "half_even", "down"])),
    )
    standings = st.sampled_from(["eligible"] * 6 + ["withdrawn", "abnormally_low"])
    bids = [
        bid(
            f"B{number}",
            draw(costs),
            {"method": draw(ratings), "team": draw(ratings)},
            pounds={"value": str(draw(st.integers(0, 100)))},
            passes={"insured": draw(st.integers(0, 5)) > 0},
            standing=draw(standings),
        )
        for number in range(draw(st.integers(0, 6)))
    ]
    return inputs_of(lot, *bids)


@given(awards())
def test_totals_are_sums_of_what_a_letter_shows(inputs):
    for each in award(inputs).bids:
        if each.total is None:
            continue
        shown = [leaf.points for leaf in each.leaves if leaf.points is not None]
        tops = [s.points for s in each.sub_totals if s.number in ("P", "quality", "value")]

        assert sum(shown) == each.total == sum(tops)
        # Four criteria may each be rounded up by half a unit of the last decimal.
        assert 0 <= each.total <= 100 + 2 * Decimal(1).scaleb(-inputs.lot.decimal_places)
        assert f"= {each.total:f}" in each.total_words


@given(awards())
def test_better_total_never_has_a_worse_place(inputs):
    ranked = sorted(
        (each for each in award(inputs).bids if each.rank is not None), key=lambda each: each.rank
    )

    assert [each.total for each in ranked] == sorted((e.total for e in ranked), reverse=True)


@given(awards(), st.randoms())
def test_order_of_bids_never_matters(inputs, random):
    shuffled = list(inputs.bids)
    random.shuffle(shuffled)

    assert award(replace(inputs, bids=tuple(shuffled))) == award(inputs)


@given(awards())
def test_kept_inputs_replay_to_the_same_text(inputs):
    kept = AwardLotsInput((inputs,))
    text, outcome = to_text(kept), award_lots(kept)

    assert outcome.lots == (award(inputs),)
    assert award_lots_inputs_from_text(text) == kept
    assert award_lots_outcome_from_text(to_text(outcome)) == outcome
    with localcontext() as context:
        context.prec = 3
        assert replay_award_lots(text) == to_text(outcome)


@given(awards())
def test_winners_are_the_first_and_no_more_than_the_places(inputs):
    outcome = award(inputs)
    ranked = [each for each in outcome.bids if each.state.is_ranked]
    winners = [each.key for each in ranked if each.state is OutcomeState.WINNER]

    assert set(outcome.winners) == set(winners) == set(outcome.ranking[: len(winners)])
    assert len(winners) + outcome.places_open == min(inputs.lot.winners, len(ranked))
    assert {each.key for each in ranked} == set(outcome.ranking)


@given(awards())
def test_weights_of_scored_criteria_sum_to_a_hundred(inputs):
    for each in award(inputs).bids:
        weights = [leaf.weight_percent for leaf in each.leaves if leaf.weight_percent is not None]
        assert sum(weights) == 100


@given(awards(), st.data())
def test_lower_own_price_never_lowers_own_points(inputs, data):
    outcome = award(inputs)
    running = [each for each in outcome.bids if each.total is not None]
    if not running:
        return
    chosen = data.draw(st.sampled_from(running)).key
    cheaper = tuple(
        replace(each, price_gbp=each.price_gbp / 2) if each.key == chosen else each
        for each in inputs.bids
    )

    assert award(replace(inputs, bids=cheaper)).bid(chosen).total >= outcome.bid(chosen).total


# Gates


def quality_only(**figures):
    return lot_of(rated("quality", "100", minimum="2"), **figures)


def state_of(outcome, key):
    return outcome.bid(key).state


@pytest.mark.parametrize(
    ("standing", "state", "assessed"),
    [
        ("conditions_not_met", OutcomeState.CONDITIONS_NOT_MET, False),
        ("excluded", OutcomeState.EXCLUDED, False),
        ("procedural_breach", OutcomeState.PROCEDURAL_BREACH, False),
        ("abnormally_low", OutcomeState.ABNORMALLY_LOW, False),
        ("withdrawn", OutcomeState.WITHDRAWN, False),
        ("fails_requirements", OutcomeState.FAILS_REQUIREMENTS, True),
    ],
)
def test_standing_given_by_people_keeps_a_bid_out(standing, state, assessed):
    outcome = award(
        inputs_of(
            quality_only(),
            bid("A", ratings={"quality": "5"}, standing=standing),
            bid("B", ratings={"quality": "3"}),
        )
    )

    found = outcome.bid("A")
    assert (found.state, found.rank, found.total) == (state, None, None)
    assert found.state.is_assessed_tender is assessed
    assert (found.leaves[0].points is not None) is assessed
    assert outcome.winners == ("B",)


def test_rating_at_the_minimum_passes_and_under_it_does_not():
    outcome = award(
        inputs_of(
            quality_only(),
            bid("A", ratings={"quality": "2"}),
            bid("B", ratings={"quality": "1"}),
        )
    )

    assert state_of(outcome, "A") is OutcomeState.WINNER
    assert state_of(outcome, "B") is OutcomeState.BELOW_MINIMUM_RATING
    assert outcome.bid("B").reasons == ("quality: rated 1, and the minimum is 2.",)


def test_total_at_the_minimum_passes_and_under_it_does_not():
    outcome = award(
        inputs_of(
            quality_only(minimum_total="60"),
            bid("A", ratings={"quality": "3"}),
            bid("B", ratings={"quality": "2"}),
        )
    )

    assert state_of(outcome, "A") is OutcomeState.WINNER
    assert state_of(outcome, "B") is OutcomeState.BELOW_MINIMUM_TOTAL
    assert outcome.bid("B").total == Decimal("40.00")
    assert outcome.bid("B").reasons == ("Total: 40 points, and the minimum is 60.",)


def test_bid_that_fails_a_gate_needs_no_ratings():
    lot = lot_of(rated("quality", "100"), gate("insured"))
    outcome = award(
        inputs_of(
            lot,
            bid("A", passes={"insured": False}),
            bid("B", ratings={"quality": "0"}, passes={"insured": True}),
        )
    )

    assert state_of(outcome, "A") is OutcomeState.FAILS_REQUIREMENTS
    assert [leaf.words for leaf in outcome.bid("A").leaves] == ["Not rated.", "Not passed."]
    assert outcome.winners == ("B",)


def test_price_is_worked_out_again_when_the_cheapest_is_disregarded():
    lot = lot_of(price("100"))
    cheap, own = bid("A", "50"), bid("B", "100")

    before = award(inputs_of(lot, cheap, own))
    after = award(inputs_of(lot, replace(cheap, standing=BidStanding.ABNORMALLY_LOW), own))

    assert before.bid("B").total == Decimal("50.00")
    assert after.bid("B").total == Decimal("100.00")


def test_bid_under_a_minimum_rating_sets_no_price():
    lot = lot_of(price("50"), rated("quality", "50", minimum="2"))
    outcome = award(
        inputs_of(lot, bid("A", "1", {"quality": "1"}), bid("B", "100", {"quality": "2"}))
    )

    assert outcome.bid("B").leaves[0].points == Decimal("50.00")
    assert outcome.bid("A").leaves[0].points is None
    assert "no longer in the running" in outcome.bid("A").leaves[0].words


def test_minimum_quality_stops_a_cheap_and_useless_bid():
    divided = price(None, method="value_for_money_index", minimum_quality_percent="50")
    lot = lot_of(divided, rated("quality", "100"))
    outcome = award(
        inputs_of(lot, bid("A", "1", {"quality": "2"}), bid("B", "900", {"quality": "3"}))
    )

    assert state_of(outcome, "A") is OutcomeState.BELOW_MINIMUM_QUALITY
    assert outcome.winners == ("B",)
    assert outcome.bid("B").ratio.words == (
        "60 quality points ÷ £900 = 66666.7 points for each £1 million; the highest wins"
    )


@pytest.mark.parametrize("method", ["price_per_quality_point", "value_for_money_index"])
def test_bid_without_any_quality_is_not_divided(method):
    divided = price(None, method=method, minimum_quality_percent="0")
    outcome = award(
        inputs_of(lot_of(divided, rated("quality", "100")), bid("A", "1", {"quality": "0"}))
    )

    assert state_of(outcome, "A") is OutcomeState.BELOW_MINIMUM_QUALITY
    assert outcome.bid("A").reasons == ("Quality: no points to divide by.",)


def test_lot_without_a_price_is_decided_by_quality():
    outcome = award(
        inputs_of(
            quality_only(), bid("A", ratings={"quality": "4"}), bid("B", ratings={"quality": "5"})
        )
    )

    assert outcome.ranking == ("B", "A")


def test_lot_without_bids_has_no_winner():
    outcome = award(inputs_of(quality_only()))

    assert outcome.winners == ()
    assert outcome.words == "No bid for lot 1 can be recommended."


# What is refused


@pytest.mark.parametrize(
    ("error", "inputs"),
    [
        (MissingRating, inputs_of(quality_only(), bid("A"))),
        (MissingRating, inputs_of(lot_of(counted("value", "100")), bid("A"))),
        (MissingRating, inputs_of(lot_of(rated("q", "100"), gate("g")), bid("A", "1", {"q": "1"}))),
        (BadPrice, inputs_of(lot_of(price("100")), bid("A"))),
        (BadPrice, inputs_of(lot_of(price("100")), bid("A", "0"))),
        (BadQuantity, inputs_of(lot_of(counted("v", "100")), bid("A", pounds={"v": "-1"}))),
        (RatingOffScale, inputs_of(quality_only(), bid("A", ratings={"quality": "6"}))),
        (RatingOffScale, inputs_of(quality_only(), bid("A", ratings={"quality": "2.5"}))),
        (BadWeight, inputs_of(lot_of(rated("q", "90")))),
        (BadWeight, inputs_of(lot_of(rated("q", "100"), rated("r", "0")))),
        (BadWeight, inputs_of(lot_of(rated("q", "100", parts=[rated("r", "99")])))),
        (BadWeight, inputs_of(lot_of(replace(gate("g"), weight_percent=Decimal(1))))),
        (BadWeight, inputs_of(lot_of())),
        (IncompleteModel, inputs_of(quality_only(places=None), bid("A", ratings={"quality": "3"}))),
        (IncompleteModel, inputs_of(lot_of(price("50"), replace(price("50"), key="other")))),
        (IncompleteModel, inputs_of(quality_only(), bid("A", ratings={"quality": "3"}), scales=())),
        (
            IncompleteModel,
            inputs_of(
                lot_of(price(None, method="price_per_quality_point"), rated("q", "100")),
                bid("A", "1", {"q": "5"}),
            ),
        ),
        (
            IncompleteModel,
            inputs_of(lot_of(rated("q", "100"), replace(gate("g"), sub_criteria=(gate("h"),)))),
        ),
        (ScoringError, inputs_of(quality_only(), bid("A"), bid("A"))),
        (ScoringError, inputs_of(quality_only(), draws=["AA"])),
        (UnknownMethod, replace(inputs_of(quality_only()), method_version="0")),
    ],
)
def test_award_refuses_what_it_cannot_work_out(error, inputs):
    with pytest.raises(error):
        award(inputs)


def test_criterion_with_two_ratings_in_one_bid_is_refused():
    twice = bid("A", ratings={"quality": "3"})

    with pytest.raises(ScoringError, match="more than one entry"):
        award(inputs_of(quality_only(), replace(twice, ratings=twice.ratings * 2)))


def test_rule_of_price_without_a_method_is_refused():
    unfinished = replace(price("100"), price=replace(rule(), method=None))

    with pytest.raises(IncompleteModel, match="no method"):
        award(inputs_of(lot_of(unfinished), bid("A", "1")))


def test_unknown_bid_is_not_in_the_outcome():
    with pytest.raises(KeyError):
        award(inputs_of(quality_only())).bid("Z")
