"""How remarks are worded."""

from decimal import Decimal

import pytest

from commissioning.award_model.remarks import Remark, Severity, error, joined, named, note, shown
from tests.commissioning.award_model.models import LOT, STAFFING


def test_remark_knows_its_place():
    found = error("code", "Do this.", "Because.", basis="s.23", lot=LOT, criterion=STAFFING)
    assert found == Remark("code", Severity.ERROR, "Do this.", "Because.", "s.23", 1, "q1")
    assert note("code", "Words.", "Why.").lot_number is None


@pytest.mark.parametrize(
    ("number", "words"),
    [("10.50", "10.5"), ("100", "100"), ("1E+2", "100"), ("0", "0"), ("0.00", "0"),
     ("-0.5", "-0.5"), ("1E+99", "1E+99"), ("1E-99", "1E-99")],
)  # fmt: skip
def test_numbers_have_no_trailing_zeros_and_are_never_endless(number, words):
    assert shown(Decimal(number)) == words


def test_parts_are_listed_as_people_do():
    assert joined(["a"]) == "a"
    assert joined(["a", "b"]) == "a and b"
    assert joined(["a", "b", "c"], "or") == "a, b or c"


def test_criterion_is_named_by_number_and_title():
    assert named(STAFFING) == "1.1 Nurses on each shift"
