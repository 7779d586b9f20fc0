"""Typed access: wrong types raise with the path, absent values stay absent."""

from datetime import date
from decimal import Decimal

import pytest

from commissioning.ocds.facts import Money
from commissioning.ocds.nodes import Node, WrongType


@pytest.mark.parametrize(
    ("data", "read", "message"),
    [
        ({"x": []}, lambda n: n.node("x"), "“tender/x” should be an object."),
        ({"x": {}}, lambda n: n.nodes("x"), "“tender/x” should be a list of objects."),
        ({"x": [1]}, lambda n: n.nodes("x"), "“tender/x” should be a list of objects."),
        ({"x": [1]}, lambda n: n.words("x"), "“tender/x” should be a list of words."),
        ({"x": 1}, lambda n: n.text("x"), "“tender/x” should be text."),
        ({"x": 1.5}, lambda n: n.key("x"), "“tender/x” should be text or a whole number."),
        ({"x": True}, lambda n: n.key("x"), "“tender/x” should be text or a whole number."),
        ({"x": "yes"}, lambda n: n.flag("x"), "“tender/x” should be true or false."),
        ({"x": 20250101}, lambda n: n.day("x"), "“tender/x” should be a date."),
        ({"x": {"amount": "12"}}, lambda n: n.money("x"), "“tender/x/amount” should be a number."),
        ({"x": {"amount": True}}, lambda n: n.money("x"), "“tender/x/amount” should be a number."),
        (
            {"x": {"amount": 10**15}},
            lambda n: n.money("x"),
            "“tender/x/amount” should be an amount below 10^15.",
        ),
        (
            {"x": {"amount": 1e-300}},
            lambda n: n.money("x"),
            "“tender/x/amount” should be an amount with at most 20 decimal places.",
        ),
    ],
)
def test_wrong_type_raises_with_the_path(data, read, message):
    with pytest.raises(WrongType) as caught:
        read(Node(data, "tender"))
    assert str(caught.value) == message


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
        ({"amount": 3036.96, "currency": "GBP"}, Money(Decimal("3036.96"), "GBP"), set()),
        ({"amount": 0, "currency": "GBP"}, Money(Decimal(0), "GBP"), {"value_zero"}),
        ({"amount": -1, "currency": "GBP"}, None, {"value_negative"}),
        ({"amount": 5, "currency": "eur"}, Money(Decimal(5), "EUR"), {"value_not_in_pounds"}),
        ({"amount": 5}, Money(Decimal(5), ""), {"currency_not_published"}),
        ({"amountGross": 6, "currency": "GBP"}, Money(Decimal(6), "GBP"), {"value_gross_only"}),
        ({"currency": "GBP"}, None, set()),
    ],
)
def test_money(value, expected, gaps):
    node = Node({"value": value})
    assert (node.money("value"), node.gaps) == (expected, gaps)


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
