"""What a bid says, in templates."""

from decimal import Decimal

import pytest

from commissioning.templatetags.bids import as_amount, grounds_that_apply, word_count


def test_grounds_are_those_that_apply_and_are_known():
    found = grounds_that_apply({"grounds": {"insolvency": "In 2019", "unknown": "x"}})
    assert [(ground.title, words) for ground, words in found] == [
        ("Insolvency or bankruptcy", "In 2019")
    ]


@pytest.mark.parametrize(("text", "number"), [(None, 0), ("", 0), ("one  two\nthree", 3)])
def test_words_are_what_stands_between_spaces(text, number):
    assert word_count(text) == number


@pytest.mark.parametrize(
    ("typed", "amount"), [("12.50", Decimal("12.50")), ("cheap", None), ("", None), (None, None)]
)
def test_amount_is_a_number_or_nothing(typed, amount):
    assert as_amount(typed) == amount
