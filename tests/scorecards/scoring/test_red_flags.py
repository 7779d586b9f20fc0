"""Flags of a result."""

import pytest

from scorecards.scoring import BadPrice, RedFlagKind, TenderingPeriod, award
from tests.scorecards.scoring.award_samples import bid, inputs_of, lot_of, price, rated

LOT = lot_of(
    price("50", abnormally_low_percent="20"), rated("quality", "50", minimum="2"), steps=[]
)


def flags_of(*bids, **others):
    return award(inputs_of(LOT, *bids, **others)).red_flags


def kinds_of(*bids, **others):
    return [flag.kind for flag in flags_of(*bids, **others)]


def good(key, cost="100", standing="eligible"):
    return bid(key, cost, {"quality": "3"}, standing=standing)


def test_single_bid_is_flagged():
    assert kinds_of(good("A")) == [RedFlagKind.SINGLE_BID]


def test_single_bid_beside_a_withdrawn_one_is_flagged():
    assert kinds_of(good("A"), good("B", standing="withdrawn")) == [RedFlagKind.SINGLE_BID]


def test_two_good_bids_raise_no_flag():
    assert kinds_of(good("A"), good("B", "101")) == []


def test_no_bid_at_all_raises_no_flag():
    assert kinds_of() == []


def test_identical_prices_are_flagged_with_the_bids():
    (flag,) = flags_of(good("B", "100.00"), good("A", "100"), good("C", "99"))

    assert (flag.kind, flag.bids) == (RedFlagKind.IDENTICAL_PRICES, ("A", "B"))
    assert flag.words == "A and B have the same price, £100."


def test_withdrawn_bid_with_the_same_price_is_not_flagged():
    assert kinds_of(good("A"), good("B", "99"), good("C", standing="withdrawn")) == []


@pytest.mark.parametrize(
    "other",
    [
        bid("B", "90", {"quality": "1"}),
        bid("B", standing="conditions_not_met"),
        bid("B", standing="fails_requirements"),
        bid("B", standing="abnormally_low"),
    ],
)
def test_all_but_one_out_is_flagged(other):
    (flag,) = flags_of(good("A"), other)

    assert (flag.kind, flag.bids) == (RedFlagKind.ALL_BUT_ONE_OUT, ("A",))


@pytest.mark.parametrize(("days", "flagged"), [(29, True), (30, False), (31, False)])
def test_short_tendering_period_is_flagged(days, flagged):
    kinds = kinds_of(good("A"), good("B", "99"), tendering=TenderingPeriod(days, 30))

    assert (RedFlagKind.SHORT_TENDERING_PERIOD in kinds) is flagged


@pytest.mark.parametrize(("cost", "flagged"), [("79.99", True), ("80", True), ("80.01", False)])
def test_abnormally_low_price_is_flagged_from_the_threshold_on(cost, flagged):
    outcome = award(inputs_of(LOT, good("A", cost), good("B", "90"), good("C", "110")))

    assert [flag.bid for flag in outcome.abnormally_low] == (["A"] if flagged else [])


def test_abnormally_low_price_of_a_bid_under_a_minimum_is_flagged_too():
    outcome = award(inputs_of(LOT, bid("A", "10", {"quality": "1"}), good("B")))

    assert [flag.bid for flag in outcome.abnormally_low] == ["A"]


def test_disregarded_bid_is_not_among_the_others():
    outcome = award(
        inputs_of(LOT, good("A", "90"), good("B", "100"), good("C", "1000", "procedural_breach"))
    )

    assert outcome.abnormally_low == ()


def test_single_price_has_nothing_to_be_compared_with():
    assert award(inputs_of(LOT, good("A", "1"))).abnormally_low == ()


def test_price_of_nothing_is_refused_and_not_compared():
    with pytest.raises(BadPrice):
        award(inputs_of(LOT, bid("A", "0", {"quality": "1"}), good("B")))


def test_lot_without_threshold_flags_no_price():
    lot = lot_of(price("100"))

    assert award(inputs_of(lot, bid("A", "1"), bid("B", "100"))).abnormally_low == ()
