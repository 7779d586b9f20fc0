"""The words of a measure's figures."""

from decimal import Decimal

import pytest

from principles.models import Measure
from providers.models import MeasureAnswer

HOURS, YES_OR_NO = Measure(unit="hours"), Measure(unit="yes or no")


@pytest.mark.parametrize(
    ("measure", "quantity", "expected"),
    [
        (HOURS, None, "not stated"),
        (HOURS, Decimal("0"), "0 hours"),
        (HOURS, Decimal("1234.50"), "1,234.50 hours"),
        (HOURS, Decimal("1E+3"), "1,000 hours"),
        (YES_OR_NO, None, "not stated"),
        (YES_OR_NO, Decimal(1), "Yes"),
        (YES_OR_NO, Decimal(0), "No"),
    ],
)
def test_words_of_a_quantity(measure, quantity, expected):
    held = MeasureAnswer(measure=measure, committed_quantity=quantity, delivered_quantity=quantity)
    assert (held.committed_words, held.delivered_words) == (expected, expected)
