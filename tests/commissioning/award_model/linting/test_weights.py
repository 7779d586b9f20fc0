"""Weights sum to 100 at each level of each lot."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commissioning.award_model.linting.weights import is_divided, weight_remarks
from commissioning.award_model.model import PriceRule
from commissioning.award_model.ready_scales import even_weights
from commissioning.award_model.terms import PriceMethod
from tests.commissioning.award_model.models import (
    ETHICS,
    LOT,
    MODEL,
    PRICE,
    QUALITY,
    SOCIAL_VALUE,
    STAFFING,
    VISITS,
    with_criteria,
    with_criterion,
)

DIVIDED = replace(
    PRICE,
    weight_percent=None,
    price=PriceRule(
        PriceMethod.PRICE_PER_QUALITY_POINT, "Total", minimum_quality_percent=Decimal(60)
    ),
)


def found(model):
    return [(one.code, one.criterion_key) for one in weight_remarks(model)]


def test_weights_that_sum_to_100_are_good():
    assert found(MODEL) == []


@pytest.mark.parametrize(
    ("weight", "words"),
    [
        ("30", "In lot 1 the weights at the top level sum to 90: 10 missing."),
        ("50.5", "In lot 1 the weights at the top level sum to 110.5: 10.5 too many."),
    ],
)
def test_sum_at_the_top_level_is_named(weight, words):
    [remark] = weight_remarks(with_criterion(replace(QUALITY, weight_percent=Decimal(weight))))
    assert remark.words == f"{words} Change them so that they sum to 100."
    assert (remark.code, remark.lot_number, remark.criterion_key) == ("weights_do_not_sum", 1, None)
    assert remark.basis == "Procurement Act 2023, s.23"


def test_sum_below_a_criterion_is_named_with_it():
    [remark] = weight_remarks(with_criterion(replace(VISITS, weight_percent=Decimal(39))))
    assert remark.words.startswith(
        "In lot 1 the weights under 1 Quality of the care sum to 99: 1 missing."
    )
    assert remark.criterion_key == "q"


def test_each_lot_is_looked_at_by_itself():
    second = replace(LOT, number=2, criteria=(replace(ETHICS, weight_percent=Decimal(99)),))
    assert [one.lot_number for one in weight_remarks(replace(MODEL, lots=(LOT, second)))] == [2]


@pytest.mark.parametrize(
    ("weight", "code"),
    [(None, "weight_missing"), (Decimal(0), "weight_not_positive"),
     (Decimal(-5), "weight_not_positive")],
)  # fmt: skip
def test_criterion_without_a_weight_above_0_is_an_error(weight, code):
    assert (code, "e") in found(with_criterion(replace(ETHICS, weight_percent=weight)))


def test_pass_or_fail_carries_no_weight():
    gate = replace(ETHICS, is_pass_fail=True)
    more = replace(QUALITY, weight_percent=Decimal(50))
    assert found(with_criteria(more, PRICE, SOCIAL_VALUE, gate)) == [("weight_on_pass_fail", "e")]
    assert found(with_criteria(more, PRICE, SOCIAL_VALUE, replace(gate, weight_percent=None))) == []


def test_divided_price_carries_no_weight_and_the_rest_sum_to_100():
    rest = replace(QUALITY, weight_percent=Decimal(80)), SOCIAL_VALUE, ETHICS
    assert is_divided(DIVIDED) and not is_divided(PRICE)
    assert found(with_criteria(*rest, DIVIDED)) == []
    weighted = replace(DIVIDED, weight_percent=Decimal(40))
    assert found(with_criteria(*rest, weighted)) == [("weight_on_divided_price", "p")]


def test_level_of_pass_or_fail_alone_weighs_nothing():
    gates = tuple(
        replace(one, is_pass_fail=True, weight_percent=None) for one in (STAFFING, VISITS)
    )
    assert found(with_criterion(replace(QUALITY, sub_criteria=gates))) == [
        ("weights_do_not_sum", "q")
    ]


@given(st.integers(1, 300))
def test_even_weights_always_sum(count):
    parts = tuple(
        replace(STAFFING, key=f"c{index}", weight_percent=weight)
        for index, weight in enumerate(even_weights(count))
    )
    assert found(with_criterion(replace(QUALITY, sub_criteria=parts))) == []


@given(st.integers(1, 10**40))
def test_no_difference_is_too_small_to_be_seen(digits):
    off = Decimal(f"60.{digits:045d}")
    assert found(with_criterion(replace(STAFFING, weight_percent=off))) == [
        ("weights_do_not_sum", "q")
    ]
