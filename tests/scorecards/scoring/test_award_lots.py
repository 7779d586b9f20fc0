"""The limit of lots per supplier, whatever the rankings."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commissioning.award_model.terms import LotLimitMechanism
from scorecards.scoring import (
    AwardLotsInput,
    IncompleteModel,
    LotPreference,
    MissingPreference,
    ScoringError,
    TooManyCombinations,
    UnknownMethod,
    award_lots,
    award_lots_inputs_from_text,
    award_lots_outcome_from_text,
    replay_award_lots,
    to_text,
)
from tests.scorecards.scoring.award_samples import bid, inputs_of, lot_of, price, rated

SUPPLIERS = "ABCD"
NOT_BY_COST = [m for m in LotLimitMechanism if m is not LotLimitMechanism.LOWEST_TOTAL_COST]


def lot_input(number, ratings, *, winners=1, prices=None, draws=()):
    """A lot where a bid's rating out of 100 is its total; ``ratings`` by bid."""
    lot = lot_of(
        rated("quality", "100", scale="percent"),
        number=number,
        winners=winners,
        steps=["drawn_by_lot"],
    )
    bids = [bid(k, (prices or {}).get(k, "100"), {"quality": r}) for k, r in ratings.items()]
    return inputs_of(lot, *bids, draws=draws)


def lots_input(*lots, limit=1, mechanism="lot_order", preferences=None):
    return AwardLotsInput(
        lots=lots,
        lots_per_supplier=limit,
        mechanism=mechanism and LotLimitMechanism(mechanism),
        preferences=tuple(LotPreference(b, tuple(n)) for b, n in (preferences or {}).items()),
    )


@st.composite
def several_lots(draw):
    """Up to four lots with different totals, so that nothing has to be drawn."""
    lots = []
    for number in range(1, draw(st.integers(1, 4)) + 1):
        who = draw(st.lists(st.sampled_from(SUPPLIERS), unique=True))
        totals = draw(st.lists(st.integers(0, 100), min_size=4, max_size=4, unique=True))
        costs = draw(st.lists(st.integers(1, 999), min_size=4, max_size=4))
        lots.append(
            lot_input(
                number,
                dict(zip(who, map(str, totals), strict=False)),
                winners=draw(st.integers(1, 2)),
                prices=dict(zip(who, map(str, costs), strict=False)),
            )
        )
    return lots_input(
        *lots,
        limit=draw(st.integers(1, 2)),
        mechanism=draw(st.sampled_from(LotLimitMechanism)),
        preferences={k: draw(st.permutations([1, 2, 3, 4])) for k in SUPPLIERS},
    )


def awarded(outcome):
    return {each.lot_number: each.winners for each in outcome.awards}


@settings(max_examples=60)
@given(several_lots())
def test_nobody_wins_more_than_the_limit(inputs):
    won = Counter(key for each in award_lots(inputs).awards for key in each.winners)

    assert all(count <= inputs.lots_per_supplier for count in won.values())


@settings(max_examples=60)
@given(several_lots())
def test_lot_goes_to_its_first_bids_that_are_not_set_aside(inputs):
    outcome = award_lots(inputs)
    aside = {(each.lot_number, each.bid) for each in outcome.set_aside}

    for result, award in zip(outcome.lots, outcome.awards, strict=True):
        left = [key for key in result.ranking if (result.lot_number, key) not in aside]
        places = next(i.lot.winners for i in inputs.lots if i.lot.number == result.lot_number)
        assert list(award.winners) == left[:places]


@settings(max_examples=60)
@given(several_lots())
def test_bid_is_set_aside_only_for_a_supplier_that_has_its_limit(inputs):
    outcome = award_lots(inputs)
    won = Counter(key for each in outcome.awards for key in each.winners)

    for each in outcome.set_aside:
        assert won[each.bid] == inputs.lots_per_supplier
        assert f"passed over in lot {each.lot_number}" in each.words


@settings(max_examples=60)
@given(several_lots(), st.randoms())
def test_order_of_lots_and_bids_never_matters(inputs, random):
    lots = [replace(each, bids=tuple(reversed(each.bids))) for each in inputs.lots]
    random.shuffle(lots)

    assert award_lots(replace(inputs, lots=tuple(lots))) == award_lots(inputs)


@settings(max_examples=60)
@given(several_lots())
def test_kept_lots_replay_to_the_same_text(inputs):
    outcome = award_lots(inputs)

    assert award_lots_inputs_from_text(to_text(inputs)) == inputs
    assert award_lots_outcome_from_text(to_text(outcome)) == outcome
    assert replay_award_lots(to_text(inputs)) == to_text(outcome)


@settings(max_examples=60)
@given(several_lots())
def test_lowest_total_cost_is_never_dearer_with_as_many_places_filled(inputs):
    def worth(mechanism):
        outcome = award_lots(replace(inputs, mechanism=mechanism))
        filled = sum(len(each.winners) for each in outcome.awards)
        return -filled, outcome.total_price_gbp or 0

    cheapest = worth(LotLimitMechanism.LOWEST_TOTAL_COST)

    assert all(cheapest <= worth(mechanism) for mechanism in NOT_BY_COST)


def test_lots_without_a_limit_stand_alone():
    lots = [lot_input(number, {"A": "90", "B": "80"}) for number in (1, 2)]
    outcome = award_lots(AwardLotsInput(lots=tuple(lots)))

    assert awarded(outcome) == {1: ("A",), 2: ("A",)}
    assert outcome.words == "Lot 1: A. Lot 2: A."


def test_supplier_within_its_limit_keeps_all():
    lots = [lot_input(number, {"A": "90", "B": "80"}) for number in (1, 2, 3)]
    outcome = award_lots(lots_input(*lots, limit=2))

    assert awarded(outcome) == {1: ("A",), 2: ("A",), 3: ("B",)}
    assert [each.words for each in outcome.set_aside] == [
        "A is passed over in lot 3: it has lots 1 and 2, and a supplier may win 2. "
        "Rule: the lots in the order of their numbers."
    ]


def test_several_winners_move_up_together():
    lots = [lot_input(n, {"A": "90", "B": "80", "C": "70"}, winners=2) for n in (1, 2)]
    outcome = award_lots(lots_input(*lots, limit=1))

    assert awarded(outcome) == {1: ("A", "B"), 2: ("C",)}


def test_lot_is_left_empty_rather_than_given_over_the_limit():
    outcome = award_lots(lots_input(lot_input(1, {"A": "90"}), lot_input(2, {"A": "90"})))

    assert awarded(outcome) == {1: ("A",), 2: ()}
    assert outcome.awards[1].words == "Lot 2: no bid can be recommended."


def test_lowest_cost_fills_places_before_it_saves():
    """Leaving lot 2 empty would be cheaper; it is filled all the same."""
    lots = [
        lot_input(1, {"A": "90", "B": "80"}, prices={"A": "1", "B": "999"}),
        lot_input(2, {"A": "90"}),
    ]
    outcome = award_lots(lots_input(*lots, mechanism="lowest_total_cost"))

    assert awarded(outcome) == {1: ("B",), 2: ("A",)}


def test_margin_of_ratios_is_compared_in_per_cent():
    divided = price(None, method="value_for_money_index", minimum_quality_percent="20")
    lots = [
        inputs_of(
            lot_of(divided, rated("quality", "100"), number=number),
            bid("A", own, {"quality": "5"}),
            bid("B", other, {"quality": "5"}),
        )
        for number, own, other in ((1, "1000", "1100"), (2, "10", "12"))
    ]
    outcome = award_lots(lots_input(*lots, mechanism="highest_score_margin"))

    assert awarded(outcome) == {1: ("B",), 2: ("A",)}


@pytest.mark.parametrize("mechanism", LotLimitMechanism)
def test_tie_at_the_cut_keeps_every_lot_waiting(mechanism):
    level, decided = {"A": "90", "B": "90"}, {"A": "90", "B": "80"}
    outcome = award_lots(
        lots_input(lot_input(1, level), lot_input(2, decided), mechanism=mechanism)
    )

    assert (outcome.awards, outcome.waiting_for_draw) == ((), (1,))


def test_drawn_tie_lets_the_lots_be_given_out():
    lots = [lot_input(1, {"A": "90", "B": "90"}), lot_input(2, {"A": "90", "B": "80"})]
    waiting = award_lots(lots_input(*lots))
    drawn = award_lots(lots_input(lot_input(1, {"A": "90", "B": "90"}, draws=["AB"]), lots[1]))

    assert (waiting.awards, waiting.waiting_for_draw) == ((), (1,))
    assert waiting.words == "Nothing is decided until the ties in lot 1 are parted."
    assert awarded(drawn) == {1: ("A",), 2: ("B",)}


def test_full_supplier_that_is_level_for_a_place_is_set_aside():
    lots = [lot_input(1, {"A": "90", "B": "80"}), lot_input(2, {"A": "90", "B": "90"})]
    outcome = award_lots(lots_input(*lots))

    assert awarded(outcome) == {1: ("A",), 2: ("B",)}
    assert [(each.lot_number, each.bid) for each in outcome.set_aside] == [(2, "A")]


def test_words_for_a_bid_go_by_all_lots_together():
    level, decided = {"A": "90", "B": "90"}, {"A": "90", "B": "80", "C": "70"}
    waiting = award_lots(lots_input(lot_input(1, level), lot_input(2, decided)))
    drawn = award_lots(lots_input(lot_input(1, level, draws=["AB"]), lot_input(2, decided)))

    assert waiting.became_of(1, "A") == "tied: the published steps do not part it yet"
    assert waiting.became_of(2, "A") == "assessed, not decided before lots are drawn"
    assert [drawn.became_of(1, key) for key in "AB"] == [
        "recommended for award",
        "assessed, not successful",
    ]
    assert [drawn.became_of(2, key) for key in "ABC"] == [
        "assessed, passed over because its supplier has as many lots as it may win",
        "recommended for award",
        "assessed, not successful",
    ]


def test_bid_that_is_level_and_full_is_passed_over_in_words_too():
    lots = [lot_input(1, {"A": "90", "B": "80"}), lot_input(2, {"A": "90", "B": "90"})]
    outcome = award_lots(lots_input(*lots))

    assert outcome.became_of(2, "A").startswith("assessed, passed over")
    assert outcome.became_of(2, "B") == "recommended for award"


def test_preference_that_leaves_out_a_lot_is_refused():
    lots = [lot_input(number, {"A": "90", "B": "80"}) for number in (1, 2)]

    with pytest.raises(MissingPreference, match="does not name lot 2"):
        award_lots(lots_input(*lots, mechanism="supplier_preference", preferences={"A": [1]}))


def test_preference_is_not_asked_of_one_within_the_limit():
    lots = [lot_input(1, {"A": "90"}), lot_input(2, {"B": "80"})]
    outcome = award_lots(lots_input(*lots, mechanism="supplier_preference"))

    assert awarded(outcome) == {1: ("A",), 2: ("B",)}


def test_cheapest_of_too_many_ways_is_refused():
    suppliers = "ABCDEFGH"
    lots = [
        lot_input(number, {k: str(90 - place) for place, k in enumerate(suppliers)})
        for number in range(1, 9)
    ]

    with pytest.raises(TooManyCombinations):
        award_lots(lots_input(*lots, mechanism="lowest_total_cost"))


@pytest.mark.parametrize(
    ("error", "inputs"),
    [
        (IncompleteModel, lots_input(lot_input(1, {}), mechanism=None)),
        (IncompleteModel, lots_input(lot_input(1, {}), limit=0)),
        (ScoringError, lots_input(lot_input(1, {}), lot_input(1, {}))),
        (UnknownMethod, replace(lots_input(lot_input(1, {})), method_version="0")),
    ],
)
def test_lots_that_cannot_be_worked_out_are_refused(error, inputs):
    with pytest.raises(error):
        award_lots(inputs)


def test_lowest_cost_looks_at_what_the_next_bids_cost():
    """A keeps lot 1, since in lot 2 the next bid is only £20 dearer than A's."""
    lots = [
        lot_input(1, {"A": "90", "B": "80"}, prices={"A": "10", "B": "50"}),
        lot_input(2, {"A": "95", "C": "80"}, prices={"A": "10", "C": "30"}),
    ]
    outcome = award_lots(lots_input(*lots, mechanism="lowest_total_cost"))

    assert awarded(outcome) == {1: ("A",), 2: ("C",)}
    assert outcome.total_price_gbp == 40
