"""Access to a release in form: absent values stay absent."""

from datetime import date
from decimal import Decimal

import pytest

from commissioning.ocds.facts import Money
from commissioning.ocds.nodes import Node


@pytest.mark.parametrize("data", [{}, {"x": None}])
def test_absent_is_empty_and_never_zero(data):
    node = Node(data)
    assert (
        node.node("x").data,
        node.nodes("x"),
        node.words("x"),
        node.text("x"),
        node.key("x"),
    ) == (
        {},
        [],
        (),
        "",
        "",
    )
    assert (node.flag("x"), node.money("x"), node.day("x")) == (None, None, None)
    assert node.gaps == set()


@pytest.mark.parametrize(
    ("value", "expected", "gaps"),
    [
        (
            {"amount": Decimal("3036.96"), "currency": "GBP"},
            Money(Decimal("3036.96"), "GBP"),
            set(),
        ),
        ({"amount": 0, "currency": "GBP"}, Money(Decimal(0), "GBP"), {"value_zero"}),
        ({"amount": -1, "currency": "GBP"}, None, {"value_negative"}),
        ({"amount": 5, "currency": "eur"}, Money(Decimal(5), "EUR"), {"value_not_in_pounds"}),
        ({"amount": 5}, Money(Decimal(5), ""), {"currency_not_published"}),
        (
            {"amountGross": 6, "currency": "GBP"},
            Money(Decimal(6), "GBP", Decimal(6)),
            {"value_gross_only"},
        ),
        (
            {"amount": 5, "amountGross": 6, "currency": "GBP"},
            Money(Decimal(5), "GBP", Decimal(6)),
            set(),
        ),
        (
            {"amount": 5, "amountGross": 4, "currency": "GBP"},
            Money(Decimal(5), "GBP"),
            {"value_gross_below_net"},
        ),
        ({"currency": "GBP"}, None, set()),
    ],
)
def test_money(value, expected, gaps):
    node = Node({"value": value})
    assert (node.money("value"), node.gaps) == (expected, gaps)


@pytest.mark.parametrize(
    ("gross", "expected"), [(None, ""), (Decimal(6), "without"), (Decimal(5), "with")]
)
def test_amount_says_whether_vat_is_in_it(gross, expected):
    assert Money(Decimal(5), "GBP", gross).vat == expected


def test_only_pounds_count_as_pounds():
    assert (
        Money(Decimal(5), "GBP").gbp,
        Money(Decimal(5), "EUR").gbp,
        Money(Decimal(5), "").gbp,
    ) == (5, None, None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2025-04-01T00:00:00+01:00", date(2025, 4, 1)),
        ("2025-06-30T23:59:59Z", date(2025, 6, 30)),
        ("2025-06-30T23:00:00Z", date(2025, 7, 1)),
        ("2025-12-31T23:00:00Z", date(2025, 12, 31)),
        ("2025-05-01", date(2025, 5, 1)),
        ("next spring", None),
        ("9999-12-31T23:00:00Z", None),
        ("0001-01-01", None),
    ],
)
def test_day_is_the_one_that_was_meant(text, expected):
    node = Node({"d": text})
    assert node.day("d") == expected
    assert node.gaps == (set() if expected else {"date_unreadable"})
