"""How a lot is decided."""

from dataclasses import replace
from decimal import Decimal

import pytest

from commissioning.award_model.linting.lots import lot_remarks
from commissioning.award_model.model import PriceRule
from commissioning.award_model.terms import LotLimitMechanism, PriceMethod, TieBreak
from tests.commissioning.award_model.models import LOT, MODEL, PRICE, QUALITY, with_lot

DRAWN = TieBreak.DRAWN_BY_LOT
DIVIDED = replace(
    PRICE, price=PriceRule(PriceMethod.VALUE_FOR_MONEY_INDEX, minimum_quality_percent=Decimal(60))
)
TWO_LOTS = replace(MODEL, lots=(LOT, replace(LOT, number=2)))
BY_ORDER = LotLimitMechanism.LOT_ORDER


def found(model):
    return [(one.code, one.severity.value) for one in lot_remarks(model)]


def test_complete_lot_is_good():
    assert found(MODEL) == []


@pytest.mark.parametrize(
    ("model", "expected"),
    [
        (with_lot(decimal_places=None), ("decimal_places_missing", "error")),
        (with_lot(decimal_places=-1), ("decimal_places_out_of_range", "error")),
        (with_lot(decimal_places=7), ("decimal_places_out_of_range", "error")),
        (with_lot(rounding=None), ("rounding_missing", "error")),
        (with_lot(tie_breaks=()), ("tie_break_missing", "error")),
        (with_lot(tie_breaks=(TieBreak.LOWER_PRICE,)), ("tie_break_not_conclusive", "error")),
        (with_lot(tie_breaks=(TieBreak.HIGHEST_WEIGHTED_CRITERION,)),
         ("tie_break_not_conclusive", "error")),
        (with_lot(tie_breaks=(DRAWN, TieBreak.LOWER_PRICE)), ("tie_break_after_draw", "error")),
        (with_lot(tie_breaks=(TieBreak.LOWER_PRICE, TieBreak.LOWER_PRICE, DRAWN)),
         ("tie_break_repeated", "warning")),
        (with_lot(criteria=(QUALITY,), tie_breaks=(TieBreak.LOWER_PRICE, DRAWN)),
         ("tie_break_without_criterion", "warning")),
        (with_lot(minimum_total_percent=Decimal("100.1")), ("minimum_total_out_of_reach", "error")),
        (with_lot(minimum_total_percent=Decimal(0)), ("minimum_total_always_met", "note")),
        (with_lot(criteria=(QUALITY, DIVIDED), minimum_total_percent=Decimal(50)),
         ("minimum_total_beside_division", "warning")),
        (with_lot(winners=0), ("no_winner", "error")),
        (replace(MODEL, lot_limit_mechanism=BY_ORDER), ("lot_limit_missing", "warning")),
        (replace(MODEL, lots_per_supplier=0), ("lot_limit_not_positive", "error")),
        (replace(TWO_LOTS, lots_per_supplier=1), ("lot_limit_without_mechanism", "error")),
        (replace(TWO_LOTS, lots_per_supplier=2, lot_limit_mechanism=BY_ORDER),
         ("lot_limit_without_effect", "note")),
    ],
)  # fmt: skip
def test_what_is_not_fully_stated_is_told(model, expected):
    assert found(model) == [expected]


@pytest.mark.parametrize("steps", [(DRAWN,), (TieBreak.HIGHER_ETHICS, TieBreak.LOWER_PRICE, DRAWN)])
def test_tie_break_that_always_decides_is_good(steps):
    assert found(with_lot(tie_breaks=steps)) == []


def test_limit_with_a_mechanism_is_good():
    assert found(replace(TWO_LOTS, lots_per_supplier=1, lot_limit_mechanism=BY_ORDER)) == []


@pytest.mark.parametrize("minimum", ["0.01", "60", "100"])
def test_minimum_total_that_can_be_reached_is_good(minimum):
    assert found(with_lot(minimum_total_percent=Decimal(minimum))) == []
