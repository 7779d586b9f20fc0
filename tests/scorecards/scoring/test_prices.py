"""What must hold for every price method, whatever the prices."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commissioning.award_model.model import PriceRule
from commissioning.award_model.terms import PriceMethod
from scorecards.scoring import BadPrice, IncompleteModel
from scorecards.scoring.prices import has_its_figures, price_ratio, price_share
from tests.scorecards.scoring.award_samples import rule

RULES = [
    rule("relative"),
    rule("linear"),
    rule("ceiling_floor", ceiling_gbp="900000", floor_gbp="1000"),
    rule("deviation_from_mean", midpoint_percent="60", points_per_percent="1.5"),
]
FROM_OTHERS = [each for each in RULES if each.method is not PriceMethod.CEILING_FLOOR]
RATIOS = [PriceMethod.PRICE_PER_QUALITY_POINT, PriceMethod.VALUE_FOR_MONEY_INDEX]

prices = st.decimals(min_value="0.01", max_value="1000000", places=2)
qualities = st.decimals(min_value="0.01", max_value="100", places=2)
rules = st.sampled_from(RULES)
some_prices = st.lists(prices, min_size=1, max_size=6)


@given(rules, some_prices)
def test_share_lies_between_nothing_and_everything(rule, all_prices):
    for price in all_prices:
        assert 0 <= price_share(rule, price, all_prices) <= 1


@given(rules, prices, prices, st.lists(prices, max_size=5))
def test_lower_own_price_never_earns_less(rule, one, other, others):
    low, high = sorted((one, other))

    assert price_share(rule, low, [low, *others]) >= price_share(rule, high, [high, *others])


@given(rules, some_prices, st.randoms())
def test_order_of_prices_never_matters(rule, all_prices, random):
    shuffled = list(all_prices)
    random.shuffle(shuffled)

    for price in all_prices:
        assert price_share(rule, price, shuffled) == price_share(rule, price, all_prices)


@given(st.sampled_from(FROM_OTHERS), some_prices, st.decimals("0.001", "1000", places=3))
def test_scaling_all_prices_changes_nothing(rule, all_prices, factor):
    scaled = [price * factor for price in all_prices]

    for price, other in zip(all_prices, scaled, strict=True):
        assert price_share(rule, price, all_prices) == price_share(rule, other, scaled)


@given(rules, some_prices)
def test_dearer_bid_never_earns_more_than_cheaper(rule, all_prices):
    ordered = sorted(all_prices)
    shares = [price_share(rule, price, all_prices) for price in ordered]

    assert shares == sorted(shares, reverse=True)


@given(some_prices)
def test_lowest_price_earns_everything_by_relative_and_linear(all_prices):
    for method in ("relative", "linear"):
        assert price_share(rule(method), min(all_prices), all_prices) == 1


@given(prices, st.integers(1, 5))
def test_equal_prices_earn_the_same_and_the_midpoint_of_the_mean(price, count):
    equal = [price] * count

    assert price_share(rule("relative"), price, equal) == 1
    assert price_share(rule("linear"), price, equal) == 1
    assert price_share(RULES[3], price, equal) == Fraction(60, 100)


@given(st.sampled_from(RATIOS), prices, prices, qualities)
def test_lower_price_never_makes_a_ratio_worse(method, one, other, quality):
    low, high = (price_ratio(method, price, quality) for price in sorted((one, other)))

    assert low <= high if method is PriceMethod.PRICE_PER_QUALITY_POINT else low >= high


@given(prices, qualities, prices, qualities)
def test_both_ratios_put_two_bids_in_the_same_order(price, quality, other_price, other_quality):
    per_point, index = (
        (price_ratio(m, price, quality), price_ratio(m, other_price, other_quality)) for m in RATIOS
    )

    assert (per_point[0] < per_point[1]) == (index[0] > index[1])


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.method)
@pytest.mark.parametrize("price", ["0", "-1", "NaN", "Infinity"])
def test_price_that_is_not_above_zero_is_refused(rule, price):
    with pytest.raises(BadPrice, match="above zero"):
        price_share(rule, Decimal(price), [Decimal(price), Decimal(100)])


@pytest.mark.parametrize("rule", FROM_OTHERS, ids=lambda rule: rule.method)
def test_price_with_nothing_to_compare_is_refused(rule):
    with pytest.raises(BadPrice, match="no price to compare"):
        price_share(rule, Decimal(100), [])


@pytest.mark.parametrize("method", RATIOS)
def test_ratio_refuses_a_price_of_nothing(method):
    with pytest.raises(BadPrice):
        price_ratio(method, Decimal(0), Decimal(50))


def test_price_per_point_refuses_no_quality():
    with pytest.raises(BadPrice, match="no quality points"):
        price_ratio(PriceMethod.PRICE_PER_QUALITY_POINT, Decimal(100), Decimal(0))


@pytest.mark.parametrize(
    "unfinished",
    [
        rule("ceiling_floor", ceiling_gbp="100"),
        rule("ceiling_floor", floor_gbp="100"),
        rule("deviation_from_mean", midpoint_percent="50"),
        rule("deviation_from_mean", points_per_percent="1"),
    ],
)
def test_method_without_its_figures_is_refused(unfinished):
    assert not has_its_figures(unfinished)
    with pytest.raises(IncompleteModel, match="does not state"):
        price_share(unfinished, Decimal(100), [Decimal(100)])


@pytest.mark.parametrize(
    "wrong",
    [
        rule("ceiling_floor", ceiling_gbp="100", floor_gbp="100"),
        rule("ceiling_floor", ceiling_gbp="100", floor_gbp="-1"),
        rule("deviation_from_mean", midpoint_percent="50", points_per_percent="-1"),
        rule("price_per_quality_point", minimum_quality_percent="50"),
    ],
)
def test_method_that_gives_no_points_is_refused(wrong):
    assert wrong.method.ranks_by_ratio or not has_its_figures(wrong)
    with pytest.raises(IncompleteModel):
        price_share(wrong, Decimal(100), [Decimal(100)])


def test_method_with_weight_has_no_ratio():
    with pytest.raises(IncompleteModel, match="does not divide"):
        price_ratio(PriceMethod.RELATIVE, Decimal(100), Decimal(50))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.method)
def test_method_with_its_figures_says_so(rule):
    assert has_its_figures(rule)


def test_rule_without_a_method_has_no_figures():
    assert not has_its_figures(PriceRule())
