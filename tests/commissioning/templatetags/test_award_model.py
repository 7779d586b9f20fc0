"""Award models in templates."""

from decimal import Decimal

import pytest

from commissioning.award_model.model import AwardModel, Lot, PriceRule, Scale, SocialValueRule
from commissioning.award_model.terms import PriceMethod
from commissioning.templatetags.award_model import (
    figure,
    outline,
    price_sentences,
    scale_named,
    social_value_sentence,
    titled,
)


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (None, ""), (Decimal("40.00"), "40"), (Decimal("33.335"), "33.34"),
        (Decimal("0.5"), "0.5"), (Decimal("1E+2"), "100"),
    ],
)  # fmt: skip
def test_figure_has_two_decimals_at_most(number, text):
    assert figure(number) == text


def test_code_is_shown_with_its_title_where_that_is_known():
    assert titled({"A 1": "Openness"}, "A 1") == "Openness (A 1)"
    assert titled({}, "A 1") == "A 1"
    assert titled(None, "A 1") == "A 1"


def test_scale_is_found_by_its_code():
    scale = Scale("s", "S")
    model = AwardModel("T", "scotland", "other", scales=(scale,))
    assert (scale_named(model, "s"), scale_named(model, "x")) == (scale, None)


def test_filters_pass_on_what_the_outline_says():
    assert outline(Lot(1, "Lot")).nodes == ()
    assert "lowest price" in price_sentences(PriceRule(PriceMethod.RELATIVE))[0]
    assert social_value_sentence(SocialValueRule()) == "Evaluators rate what is described."
