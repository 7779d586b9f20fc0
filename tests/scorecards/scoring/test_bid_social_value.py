"""What must hold for social value in pounds and by rating."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commissioning.award_model.model import SocialValueRule
from commissioning.award_model.terms import SocialValueMethod
from scorecards.scoring import BadQuantity, IncompleteModel, RatingOffScale
from scorecards.scoring.bid_social_value import by_rating, social_value_share
from tests.scorecards.scoring.award_samples import ZERO_TO_FIVE, scale

RELATIVE = SocialValueRule(SocialValueMethod.RELATIVE)
TARGET = SocialValueRule(SocialValueMethod.TARGET, Decimal(1000))
rules = st.sampled_from([RELATIVE, TARGET])
amounts = st.decimals(0, 10_000, places=2)
some_amounts = st.lists(amounts, min_size=1, max_size=6)


@given(rules, some_amounts)
def test_share_lies_between_nothing_and_everything(rule, pounds):
    for own in pounds:
        assert 0 <= social_value_share(rule, own, pounds) <= 1


@given(rules, amounts, amounts, st.lists(amounts, max_size=5))
def test_committing_more_never_earns_less(rule, one, other, others):
    low, high = sorted((one, other))
    less = social_value_share(rule, low, [low, *others])

    assert social_value_share(rule, high, [high, *others]) >= less


@given(some_amounts, st.decimals("0.1", 100, places=1))
def test_scaling_all_commitments_changes_no_relative_share(pounds, factor):
    scaled = [own * factor for own in pounds]

    for own, other in zip(pounds, scaled, strict=True):
        assert social_value_share(RELATIVE, own, pounds) == social_value_share(
            RELATIVE, other, scaled
        )


@given(st.sampled_from(range(6)))
def test_rating_earns_its_part_of_the_top(rating):
    assert by_rating(Decimal(rating), ZERO_TO_FIVE) * 5 == rating


def test_lowest_rating_of_a_scale_from_one_earns_something():
    assert by_rating(Decimal(1), scale("one-to-five", range(1, 6))) * 5 == 1


@pytest.mark.parametrize("pounds", ["-1", "NaN", "Infinity"])
@pytest.mark.parametrize("rule", [RELATIVE, TARGET], ids=["relative", "target"])
def test_commitment_under_nought_is_refused(rule, pounds):
    with pytest.raises(BadQuantity):
        social_value_share(rule, Decimal(pounds), [Decimal(pounds)])


@pytest.mark.parametrize(
    "rule",
    [
        SocialValueRule(SocialValueMethod.TARGET),
        SocialValueRule(SocialValueMethod.TARGET, Decimal(0)),
        SocialValueRule(SocialValueMethod.QUALITATIVE),
    ],
)
def test_rule_that_gives_no_share_is_refused(rule):
    with pytest.raises(IncompleteModel):
        social_value_share(rule, Decimal(1), [Decimal(1)])


@pytest.mark.parametrize("values", [[], [0], [-1, 0, 1]])
def test_scale_that_cannot_earn_is_refused(values):
    with pytest.raises(IncompleteModel):
        by_rating(Decimal(0), scale("odd", values))


def test_rating_between_two_points_is_refused():
    with pytest.raises(RatingOffScale):
        by_rating(Decimal("2.5"), ZERO_TO_FIVE)
