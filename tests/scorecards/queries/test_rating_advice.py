"""What the wording of a rating gives away."""

from decimal import Decimal

import pytest

from scorecards import queries
from scorecards.models import BidRating

pytestmark = pytest.mark.django_db


def test_repeating_the_criterion_is_pointed_out(opened):
    case = opened.case("evan")
    leaf = case.rated[0]
    row = BidRating(rating=Decimal(3), rationale=leaf.guidance)
    found = queries.advice_on(opened.actor("evan"), case, case.bids[0], leaf, row, None)
    assert any("do not say already" in words for words in found)


def test_nothing_typed_gets_no_advice(opened):
    case = opened.case("evan")
    assert (
        queries.advice_on(
            opened.actor("evan"), case, case.bids[0], case.rated[0], BidRating(), None
        )
        == []
    )
