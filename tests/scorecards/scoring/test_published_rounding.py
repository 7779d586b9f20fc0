"""What must hold for every published rounding."""

from dataclasses import replace
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commissioning.award_model.terms import Rounding
from scorecards.scoring import IncompleteModel
from scorecards.scoring.published_rounding import points_of, rounded, sum_of
from tests.scorecards.scoring.award_samples import lot_of

WIDE = Context(prec=60)
OF_THE_LIBRARY = {
    Rounding.HALF_UP: ROUND_HALF_UP,
    Rounding.HALF_EVEN: ROUND_HALF_EVEN,
    Rounding.DOWN: ROUND_DOWN,
}
figures = st.decimals(-1000, 1000, places=5)
places = st.integers(0, 4)
roundings = st.sampled_from(Rounding)


@given(figures, places, roundings)
def test_decimals_are_rounded_as_by_the_library(figure, places, rounding):
    expected = figure.quantize(
        Decimal(1).scaleb(-places), rounding=OF_THE_LIBRARY[rounding], context=WIDE
    )

    assert rounded(Fraction(figure), places=places, rounding=rounding) == expected


@given(st.fractions(0, 1000), places, roundings)
def test_rounding_moves_less_than_one_unit_and_shows_all_places(figure, places, rounding):
    found = rounded(figure, places=places, rounding=rounding)

    assert abs(Fraction(found) - figure) < Fraction(1, 10**places)
    assert found.as_tuple().exponent == -places


@given(st.lists(figures), st.fractions(0, 10**6))
def test_caller_s_decimal_context_changes_nothing(some, figure):
    total, share = sum_of(some), rounded(figure, places=4, rounding=Rounding.HALF_UP)
    with localcontext() as context:
        context.prec = 2

        assert sum_of(some) == total
        assert rounded(figure, places=4, rounding=Rounding.HALF_UP) == share


@pytest.mark.parametrize("missing", ["decimal_places", "rounding"])
def test_lot_that_does_not_say_how_to_round_is_refused(missing):
    with pytest.raises(IncompleteModel, match="how points are rounded"):
        points_of(replace(lot_of(), **{missing: None}), Fraction(1))
