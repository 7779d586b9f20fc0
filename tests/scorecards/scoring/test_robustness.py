"""What must hold for robustness, whatever the model."""

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scorecards.scoring import BadWeight, ScenarioKind, ScoringError, award, robustness
from scorecards.scoring.award_weights import (
    overall_weights,
    with_top_level_moved,
    without,
)
from scorecards.scoring.random_weights import FACTOR_UNIT, random_factors
from tests.scorecards.scoring.award_samples import bid, counted, inputs_of, lot_of, price, rated

SEED = 7
RUNS = 200
MODEL = lot_of(
    price("40", ceiling_gbp="900", floor_gbp="10", minimum_quality_percent="10"),
    rated("quality", "50", parts=[rated("method", "60"), rated("team", "40")]),
    counted("value", "10"),
)
ratings = st.integers(0, 5).map(str)


@st.composite
def bids(draw):
    return [
        bid(
            f"B{number}",
            str(draw(st.integers(10, 900))),
            {"method": draw(ratings), "team": draw(ratings)},
            pounds={"value": str(draw(st.integers(0, 9)))},
            seen=[("Ann", "method", draw(ratings)), ("Bob", "team", draw(ratings))],
        )
        for number in range(draw(st.integers(1, 5)))
    ]


def report_of(*some_bids, lot=MODEL, seed=SEED, runs=RUNS):
    return robustness(inputs_of(lot, *some_bids), seed=seed, runs=runs)


def titles(report, kind):
    return [each.title for each in report.of_kind(kind)]


@settings(max_examples=30)
@given(bids())
def test_report_starts_from_the_published_result(some_bids):
    report = report_of(*some_bids)
    outcome = award(inputs_of(MODEL, *some_bids))

    assert report.winners == outcome.winners
    for each in report.scenarios:
        same = (set(each.winners), set(each.undecided)) == (
            set(report.winners),
            set(report.undecided),
        )
        assert each.changes_winner is not same
        assert ("the result is the same" in each.words) is same


@settings(max_examples=30)
@given(bids(), st.randoms())
def test_same_seed_gives_the_same_report_in_any_order(some_bids, random):
    shuffled = list(some_bids)
    random.shuffle(shuffled)

    assert report_of(*some_bids) == report_of(*shuffled)


@settings(max_examples=30)
@given(bids())
def test_every_run_is_counted_once(some_bids):
    found = report_of(*some_bids).random
    wins = sum(each.wins for each in found.bids)

    assert 0 <= wins <= RUNS
    assert found.nobody == 0
    assert wins == RUNS or any(each.level for each in found.bids)
    assert all(each.wins + each.level <= RUNS for each in found.bids)


@settings(max_examples=20)
@given(bids(), st.integers(0, 2**32))
def test_bid_that_is_best_at_everything_wins_always(some_bids, seed):
    best = bid("Z", "1", {"method": "5", "team": "5"}, pounds={"value": "10"})
    found = report_of(*some_bids, best, seed=seed).random

    assert {each.bid: each.wins for each in found.bids}["Z"] == RUNS
    assert found.same_winners == RUNS


@given(st.integers(0, 2**32), st.integers(1, 50), st.integers(1, 20))
def test_factors_lie_within_a_fifth(seed, runs, count):
    factors = random_factors(seed=seed, runs=runs, count=count)

    assert factors.shape == (runs, count)
    assert factors.min() >= FACTOR_UNIT * 80 // 100
    assert factors.max() <= FACTOR_UNIT * 120 // 100
    assert np.array_equal(factors, random_factors(seed=seed, runs=runs, count=count))


def test_factors_of_a_seed_are_those_of_every_numpy():
    assert random_factors(seed=1, runs=2, count=3).tolist() == [
        [9135, 11761, 11650],
        [8770, 11026, 9006],
    ]


@given(st.sampled_from(["price", "quality", "value"]), st.integers(0, 100))
def test_moved_weights_still_sum_to_a_hundred_in_the_old_proportions(key, to):
    weights = overall_weights(MODEL)
    moved = with_top_level_moved(MODEL, weights, key, Fraction(to))
    own = {"price": ["price"], "quality": ["method", "team"], "value": ["value"]}[key]
    others = [leaf for leaf in weights if leaf not in own]

    assert sum(moved.values()) == 100
    assert sum(moved[leaf] for leaf in own) == to
    assert len({moved[leaf] / weights[leaf] for leaf in others}) == 1


def test_weight_of_the_only_criterion_cannot_move():
    lot = lot_of(rated("quality", "100"))

    with pytest.raises(BadWeight):
        with_top_level_moved(lot, overall_weights(lot), "quality", Fraction(95))
    with pytest.raises(BadWeight):
        without(overall_weights(lot), "quality")


def test_scenarios_name_each_weight_up_and_down_but_not_beyond_zero():
    lot = lot_of(rated("small", "3"), rated("large", "97"))
    report = report_of(bid("A", ratings={"small": "1", "large": "1"}), lot=lot)

    assert titles(report, ScenarioKind.WEIGHT_MOVED) == [
        "small counts 0% instead of 3%",
        "small counts 8% instead of 3%",
        "large counts 92% instead of 97%",
        "large counts 100% instead of 97%",
    ]


def test_moved_weight_that_changes_the_winner_is_said():
    lot = lot_of(rated("one", "52"), rated("two", "48"))
    report = report_of(
        bid("A", ratings={"one": "5", "two": "0"}),
        bid("B", ratings={"one": "0", "two": "5"}),
        lot=lot,
    )

    down = report.of_kind(ScenarioKind.WEIGHT_MOVED)[0]
    assert (report.winners, down.winners, down.changes_winner) == (("A",), ("B",), True)
    assert down.words == "If one counts 47% instead of 52%: B would win."
    assert report.words.startswith("The result changes in 2 of 4 scenarios. Of 200 sets of weights")
    assert 0 < report.random.same_winners < RUNS


def test_one_evaluator_alone_may_change_the_winner():
    lot = lot_of(rated("quality", "100", minimum="2"))
    report = report_of(
        bid("A", ratings={"quality": "4"}, seen=[("Ann", "quality", "1")]),
        bid("B", ratings={"quality": "3"}, seen=[("Ann", "quality", "3"), ("Bob", "quality", "5")]),
        lot=lot,
    )

    found = {each.subject: each.winners for each in report.of_kind(ScenarioKind.ONE_EVALUATOR)}
    assert found == {"Ann": ("B",), "Bob": ("B",)}


def test_price_methods_are_tried_where_the_model_states_their_figures():
    some = [bid("A", "50", {"method": "3", "team": "3"}, pounds={"value": "1"})]
    with_figures = report_of(*some)
    without_figures = report_of(
        *some, lot=replace(MODEL, criteria=(price("40"), *MODEL.criteria[1:]))
    )

    def methods(report):
        return [each.subject for each in report.of_kind(ScenarioKind.OTHER_PRICE_METHOD)]

    assert methods(with_figures) == [
        "linear",
        "ceiling_floor",
        "price_per_quality_point",
        "value_for_money_index",
    ]
    assert methods(without_figures) == ["linear"]


def test_price_that_was_divided_is_not_given_a_weight():
    lot = lot_of(
        price(
            None,
            method="price_per_quality_point",
            minimum_quality_percent="50",
            ceiling_gbp="9",
            floor_gbp="1",
        ),
        rated("quality", "100"),
    )
    report = report_of(bid("A", "5", {"quality": "3"}), lot=lot)

    assert [s.subject for s in report.scenarios] == ["value_for_money_index"]


def test_thresholds_hold_in_every_scenario_and_run():
    """A is best by far wherever weights lie, and never reaches the minimum rating."""
    lot = lot_of(rated("one", "50", minimum="3"), rated("two", "50"), minimum_total="30")
    report = report_of(
        bid("A", ratings={"one": "2", "two": "5"}),
        bid("B", ratings={"one": "3", "two": "1"}),
        bid("C", ratings={"one": "3", "two": "0"}),
        lot=lot,
    )

    assert {key for each in report.scenarios for key in each.winners} == {"B"}
    wins = {each.bid: each.wins for each in report.random.bids}
    assert wins == {"B": RUNS, "C": 0}


def test_minimum_total_may_leave_nobody_in_some_runs():
    lot = lot_of(rated("one", "50"), rated("two", "50"), minimum_total="50")
    report = report_of(bid("A", ratings={"one": "5", "two": "0"}), lot=lot)

    assert report.winners == ("A",)
    assert 0 < report.random.nobody < RUNS
    assert report.random.nobody + report.random.bids[0].wins == RUNS


def test_level_bids_share_every_run():
    same = {"method": "3", "team": "3"}
    report = report_of(
        bid("A", "50", same, pounds={"value": "1"}), bid("B", "50", same, pounds={"value": "1"})
    )

    assert [(each.wins, each.level) for each in report.random.bids] == [(0, RUNS), (0, RUNS)]


def test_several_places_are_won_together():
    lot = replace(MODEL, winners=2)
    some = [
        bid(key, cost, {"method": r, "team": r}, pounds={"value": "1"})
        for key, cost, r in (("A", "10", "5"), ("B", "20", "4"), ("C", "900", "0"))
    ]
    found = report_of(*some, lot=lot).random

    assert {each.bid: each.wins for each in found.bids} == {"A": RUNS, "B": RUNS, "C": 0}


def test_ratio_methods_are_tried_with_random_weights_too():
    lot = lot_of(
        price(None, method="value_for_money_index", minimum_quality_percent="50"),
        rated("one", "50"),
        rated("two", "50"),
    )
    report = report_of(
        bid("A", "100", {"one": "5", "two": "5"}),
        bid("B", "100", {"one": "4", "two": "4"}),
        bid("C", "1", {"one": "1", "two": "1"}),
        lot=lot,
    )

    assert {each.bid: each.wins for each in report.random.bids} == {"A": RUNS, "B": 0, "C": 0}


def test_model_without_bids_in_the_running_has_no_winner_in_any_run():
    report = report_of(bid("A", standing="withdrawn"))

    assert (report.winners, report.random.bids, report.random.nobody) == ((), (), RUNS)
    assert report.random.words == "No bid wins under any weights that were tried."


def test_model_of_price_alone_is_tried_with_methods_that_give_points():
    report = report_of(bid("A", "100"), lot=lot_of(price("100", minimum_quality_percent="10")))

    assert [each.subject for each in report.scenarios] == ["linear"]


def test_model_of_one_rated_criterion_has_nothing_to_change():
    report = report_of(bid("A", ratings={"q": "5"}), lot=lot_of(rated("q", "100")))

    assert report.words == (
        "There is nothing to change in this model. Of 200 sets of weights within 20% of the "
        "published ones, A wins in 100%."
    )


def test_bids_that_would_be_level_are_named():
    lot = lot_of(rated("one", "55"), rated("two", "45"))
    report = report_of(
        bid("A", ratings={"one": "5", "two": "0"}),
        bid("B", ratings={"one": "0", "two": "5"}),
        lot=lot,
    )

    assert report.of_kind(ScenarioKind.WEIGHT_MOVED)[0].words == (
        "If one counts 50% instead of 55%: A and B would be level."
    )


def test_no_runs_at_all_are_refused():
    with pytest.raises(ScoringError, match="at least one"):
        report_of(bid("A", standing="withdrawn"), runs=0)
