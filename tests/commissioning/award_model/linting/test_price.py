"""Price: one criterion a lot, fully stated."""

from dataclasses import replace
from decimal import Decimal

import pytest

from commissioning.award_model.linting.price import price_remarks
from commissioning.award_model.model import PriceRule
from commissioning.award_model.price_inputs import INPUTS_OF_METHOD
from commissioning.award_model.terms import PriceMethod
from tests.commissioning.award_model.models import (
    ETHICS,
    LOT,
    MODEL,
    PRICE,
    QUALITY,
    SOCIAL_VALUE,
    with_criteria,
    with_criterion,
)

FULL = {
    PriceMethod.RELATIVE: {},
    PriceMethod.LINEAR: {},
    PriceMethod.CEILING_FLOOR: {"ceiling_gbp": Decimal(9), "floor_gbp": Decimal(0)},
    PriceMethod.DEVIATION_FROM_MEAN: {
        "midpoint_percent": Decimal(50),
        "points_per_percent": Decimal(1),
    },
    PriceMethod.PRICE_PER_QUALITY_POINT: {"minimum_quality_percent": Decimal(60)},
    PriceMethod.VALUE_FOR_MONEY_INDEX: {"minimum_quality_percent": Decimal(60)},
}


def priced(method=PriceMethod.CEILING_FLOOR, **inputs):
    rule = PriceRule(method, "Total without VAT", **(inputs or FULL.get(method, {})))
    return with_criterion(replace(PRICE, price=rule))


def found(model):
    return [one.code for one in price_remarks(model) if one.severity.value != "note"]


def test_every_method_has_its_inputs_listed():
    assert {method: set(FULL[method]) for method in PriceMethod} == {
        method: set(INPUTS_OF_METHOD[method]) for method in PriceMethod
    }


@pytest.mark.parametrize("method", PriceMethod)
def test_method_with_its_inputs_is_good(method):
    assert found(priced(method)) == []


@pytest.mark.parametrize(
    ("method", "name"), [(method, name) for method in PriceMethod for name in FULL[method]]
)
def test_each_missing_input_is_named(method, name):
    rule = replace(PriceRule(method, "Total", **FULL[method]), **{name: None})
    [remark] = [
        one
        for one in price_remarks(with_criterion(replace(PRICE, price=rule)))
        if one.code == "price_inputs_missing"
    ]
    words = {
        "ceiling_gbp": "the ceiling",
        "floor_gbp": "the floor",
        "midpoint_percent": "the share of the points at the mean",
        "points_per_percent": "the points for each per cent from the mean",
        "minimum_quality_percent": "the minimum quality",
    }[name]
    assert remark.words == f"State {words} for 2 Price. Its method needs it."


def test_two_missing_inputs_are_named_in_one_sentence():
    rule = PriceRule(PriceMethod.CEILING_FLOOR, "Total")
    [remark] = price_remarks(with_criterion(replace(PRICE, price=rule)))
    assert remark.words == "State the ceiling and the floor for 2 Price. Its method needs them."


@pytest.mark.parametrize(
    ("model", "code"),
    [
        (priced(PriceMethod.RELATIVE, floor_gbp=Decimal(1)), "price_inputs_unused"),
        (priced(None), "price_method_missing"),
        (with_criterion(replace(PRICE, price=replace(PRICE.price, price_basis=" "))),
         "price_basis_missing"),
        (priced(ceiling_gbp=Decimal(5), floor_gbp=Decimal(5)), "ceiling_not_above_floor"),
        (priced(ceiling_gbp=Decimal(4), floor_gbp=Decimal(5)), "ceiling_not_above_floor"),
        (priced(ceiling_gbp=Decimal(4), floor_gbp=Decimal(-5)), "price_bound_negative"),
        (priced(PriceMethod.DEVIATION_FROM_MEAN, midpoint_percent=Decimal(101),
                points_per_percent=Decimal(1)), "midpoint_percent_out_of_range"),
        (priced(PriceMethod.DEVIATION_FROM_MEAN, midpoint_percent=Decimal(50),
                points_per_percent=Decimal(0)), "points_per_percent_not_positive"),
        (priced(PriceMethod.VALUE_FOR_MONEY_INDEX, minimum_quality_percent=Decimal(101)),
         "minimum_quality_percent_out_of_range"),
        (priced(PriceMethod.PRICE_PER_QUALITY_POINT, minimum_quality_percent=Decimal(0)),
         "minimum_quality_percent_out_of_range"),
        (with_criterion(replace(PRICE, price=replace(PRICE.price,
                                                     abnormally_low_percent=Decimal(100)))),
         "abnormally_low_out_of_range"),
        (with_criterion(replace(PRICE, minimum_rating=Decimal(1))), "minimum_on_price"),
        (with_criterion(replace(ETHICS, price=PRICE.price)), "price_rule_misplaced"),
        (with_criteria(QUALITY, SOCIAL_VALUE, ETHICS), "price_missing"),
        (with_criteria(*LOT.criteria, replace(PRICE, key="p2")), "price_repeated"),
        (with_criterion(replace(QUALITY, sub_criteria=(PRICE,))), "price_repeated"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_price_is_told(model, code):
    assert code in found(model)


def test_price_without_a_rule_lacks_basis_and_method():
    assert found(with_criterion(replace(PRICE, price=None))) == [
        "price_basis_missing",
        "price_method_missing",
    ]


def test_price_among_sub_criteria_or_with_them_is_an_error():
    mixed = with_criteria(replace(QUALITY, sub_criteria=(PRICE, ETHICS)), SOCIAL_VALUE)
    assert found(mixed) == ["price_below_top"]
    parted = with_criterion(replace(PRICE, sub_criteria=(ETHICS,)))
    assert found(parted) == ["price_has_parts"]


@pytest.mark.parametrize("method", PriceMethod)
def test_method_that_hangs_on_other_bids_is_noted(method):
    noted = [one.code for one in price_remarks(priced(method))]
    hangs = method in (
        PriceMethod.RELATIVE, PriceMethod.LINEAR, PriceMethod.DEVIATION_FROM_MEAN
    )  # fmt: skip
    assert noted == (["price_hangs_on_others"] if hangs else [])


def test_price_incomplete_as_published_is_left_alone():
    bare = replace(PRICE, price=None, is_incomplete_as_published=True)
    assert list(price_remarks(with_criterion(bare))) == []


def test_lot_without_criteria_is_not_told_that_it_lacks_a_price():
    assert found(replace(MODEL, lots=(replace(LOT, criteria=()),))) == []
