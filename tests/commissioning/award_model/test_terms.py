"""The fixed choices are those of the rows."""

import pytest

from commissioning import enums
from commissioning.award_model import terms


@pytest.mark.parametrize(
    ("plain", "rows"),
    [(terms.RegimeCode, enums.Regime), (terms.BodyCode, enums.BodyType)],
)
def test_codes_and_words_are_those_of_the_rows(plain, rows):
    assert plain.choices() == rows.choices


def test_choice_is_its_value_and_has_words():
    assert terms.TieBreak.DRAWN_BY_LOT == "drawn_by_lot"
    assert str(terms.TieBreak.DRAWN_BY_LOT) == "drawn_by_lot"
    assert terms.TieBreak.DRAWN_BY_LOT.words == "Drawn by lot before witnesses"


def test_methods_that_divide():
    assert {one.value for one in terms.PriceMethod if one.ranks_by_ratio} == {
        "price_per_quality_point",
        "value_for_money_index",
    }
