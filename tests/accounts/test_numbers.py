"""The one reader of numbers: what it reads, what it refuses, and in which words."""

from decimal import Decimal
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.numbers import (
    LARGEST,
    PERCENT,
    POUNDS,
    WHOLE_POUNDS,
    NotANumber,
    NumberRule,
    plain,
    pounds,
    pounds_for_one,
    read_key,
    read_number,
)
from config.templatetags.govuk import gbp

COUNT = NumberRule(most=1000)
SIGNED = NumberRule(least=-100, most=100, decimals=2)
# What no rule lets pass, whatever asks.
NO_NUMBERS = [
    "1e400", "1e-400", "1E5", "2e3", "NaN", "nan", "sNaN", "Infinity", "-Infinity", "inf",
    "１２３", "१२३", "²", "½", "Ⅷ", "1_000", "9" * 400, "0." + "1" * 400, "0x10", "0b1", "1/2",
    "248,50", "1,2,3", "1,25,000", "12,3456", ",5", "1,", "1.2.3", "1.250,00", "5.", ".", "-",
    "1 2", "1 250,000", "1,250 000", "--1", "+1", "1-", "£", "%", "about 12", "12 hours", "1\x00",
    "\ud800", "1\n2", "1'000", "٫5", "1٬000",
]  # fmt: skip


@pytest.mark.parametrize("rule", [POUNDS, WHOLE_POUNDS, PERCENT, COUNT, SIGNED])
@pytest.mark.parametrize("typed", NO_NUMBERS)
def test_what_is_no_number_is_refused_in_our_words(typed, rule):
    with pytest.raises(NotANumber, match=r"^The price (must be|is too long).*\.$"):
        read_number(typed, rule, "The price")


@pytest.mark.parametrize(
    "value", [1.5, float("nan"), True, None, [], {}, b"1", Decimal("NaN"), Decimal("Infinity")]
)
def test_only_texts_whole_numbers_and_decimals_are_read(value):
    with pytest.raises(NotANumber):
        read_number(value, POUNDS)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("0", "0"),
        ("007", "7"),
        (" 12 ", "12"),
        ("12.50", "12.50"),
        (".5", "0.5"),
        ("1,250,000", "1250000"),
        ("1 250 000", "1250000"),
        ("1\u00a0250\u00a0000", "1250000"),
        ("1\u202f250\u202f000.5", "1250000.5"),
        ("\u2009£\u00a01,234.56", "1234.56"),
        ("£1,250,000", "1250000"),
        ("\t12\r\n", "12"),
    ],
)
def test_amounts_are_read_as_people_and_pages_write_them(typed, number):
    read = read_number(typed, POUNDS)
    assert (read, plain(read)) == (Decimal(number), number)


@pytest.mark.parametrize("typed", ["12.5", "12.5%", "12.5 %"])
def test_percentage_is_read_with_its_sign_and_without(typed):
    assert read_number(typed, PERCENT) == Decimal("12.5")


@pytest.mark.parametrize("typed", ["-2.5", "−2.5"])
def test_minus_is_read_where_it_is_allowed(typed):
    assert read_number(typed, SIGNED) == Decimal("-2.5")
    with pytest.raises(NotANumber, match="Weight must be 0% or more"):
        read_number(typed, PERCENT, "Weight")


@pytest.mark.parametrize(
    ("typed", "rule", "words"),
    [
        ("248,50", POUNDS, "A comma or a space stands only between thousands"),
        ("1e5", POUNDS, "Write the number out: “1e5” is not read."),
        ("１２３", POUNDS, "Use the digits 0 to 9."),
        ("12.345", POUNDS, "can have at most 2 decimal places."),
        ("12.5", COUNT, "must be a whole number, such as 12."),
        ("1001", COUNT, "must be 1,000 or less."),
        ("£12", COUNT, "is a number without “£”, such as 12."),
        ("12%", POUNDS, "is a number without “%”, such as 248000"),
        (str(LARGEST + 1), POUNDS, "must be £1,000,000,000,000,000 or less."),
        ("0", NumberRule(above_least=True), "must be more than 0."),
        ("cheap", POUNDS, "must be an amount in pounds and pence, such as 248000 or 248,000.50."),
        ("some", WHOLE_POUNDS, "must be a whole number of pounds, such as 248000 or 248,000."),
    ],
)
def test_refusal_says_what_is_wrong_and_what_to_type(typed, rule, words):
    with pytest.raises(NotANumber) as refused:
        read_number(typed, rule, "The price")
    assert str(refused.value).startswith("The price ")
    assert words in str(refused.value)


@pytest.mark.parametrize("rule", [POUNDS, WHOLE_POUNDS, PERCENT, COUNT, NumberRule(most=5)])
def test_example_of_a_rule_can_be_typed(rule):
    for typed in rule.example.split(" or "):
        read_number(typed, rule)


@given(st.decimals(min_value=0, max_value=LARGEST, places=2))
def test_what_pages_print_can_be_typed_back(amount):
    assert read_number(gbp(amount), POUNDS) == amount
    assert read_number(plain(amount), POUNDS) == amount
    assert read_number(f"{amount:,}", POUNDS) == amount


@given(st.text(max_size=70))
def test_any_text_is_read_or_refused_and_nothing_else_happens(typed):
    try:
        number = read_number(typed, POUNDS)
    except NotANumber as refused:
        assert str(refused)
    else:
        assert number.is_finite() and 0 <= number <= LARGEST


def test_nothing_is_dropped():
    """Every digit that is typed is in the number that is read."""
    drawn = Random(7)
    for _ in range(500):
        typed = "".join(drawn.choices("0123456789,. £", k=drawn.randint(1, 12)))
        try:
            read = read_number(typed, NumberRule(decimals=12, unit="£"))
        except NotANumber:
            continue
        digits = "".join(one for one in typed if one.isdigit())
        assert plain(read).replace(".", "").lstrip("0") == digits.lstrip("0")


@pytest.mark.parametrize(
    ("given", "key"), [("7", 7), ("007", 7), (12, 12), ("999999999", 999999999)]
)
def test_key_of_an_address_is_a_few_digits(given, key):
    assert read_key(given) == key


@pytest.mark.parametrize(
    "given", ["²", "１", "1_0", "-1", " 1", "1\n", "9" * 10, "", None, "1e1", "x"]
)
def test_anything_else_names_no_row(given):
    """`²` passes `isdigit`, and was an error of the server once."""
    assert read_key(given) is None


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (0, "£0"),
        (1250, "£1,250"),
        (Decimal("1250.50"), "£1,250.50"),
        (Decimal("1250.5"), "£1,250.50"),
        (Decimal("1250.00"), "£1,250"),
        (Decimal("0.005"), "£0.01"),
        (Decimal("99.995"), "£100"),
        (Fraction(2, 3), "£0.67"),
        (Decimal("-3.2"), "−£3.20"),
        (Decimal("-0.001"), "£0"),
        (Decimal(10) ** 15, "£1,000,000,000,000,000"),
    ],
)
def test_money_is_written_one_way_and_can_be_typed_back(amount, words):
    assert pounds(amount) == words
    rule = NumberRule(least=-(10**16), most=10**16, decimals=2, unit="£")
    assert pounds(read_number(words, rule)) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("12.5", "£12.50"),
        ("10000", "£10,000"),
        ("0.0123", "£0.0123"),
        ("1234.5670", "£1,234.567"),
        (
            "1" * 20 + "." + "0" * 14 + "12345",
            "£" + f"{int('1' * 20):,}" + "." + "0" * 14 + "12345",
        ),
    ],
)
def test_worth_of_one_unit_keeps_every_decimal(value, words):
    assert pounds_for_one(Decimal(value)) == words
