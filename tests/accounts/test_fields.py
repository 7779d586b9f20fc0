"""Decimals that keep every digit on either engine."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from django.core.exceptions import ValidationError
from django.db import connection

from accounts.fields import ExactDecimalField, NumberField, WholeNumberField
from accounts.numbers import POUNDS, WHOLE_POUNDS
from tests.accounts.test_numbers import NO_NUMBERS

FIELD = ExactDecimalField(null=True, blank=True)


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**12)))
def test_number_comes_back_with_every_digit(number):
    kept = FIELD.get_prep_value(number)
    assert (FIELD.from_db_value(kept, None, connection), kept) == (number, format(number, "f"))


@pytest.mark.parametrize(
    ("given", "expected"),
    [(None, None), ("", None), ("1.10", Decimal("1.10")), (3, Decimal(3)), ("1E3", Decimal(1000))],
)
def test_value_becomes_a_number(given, expected):
    assert FIELD.to_python(given) == expected


@pytest.mark.parametrize("given", ["NaN", "Infinity", "-Infinity", "a lot", "1,000"])
def test_value_that_is_no_number_is_refused(given):
    with pytest.raises(ValidationError):
        FIELD.to_python(given)


def test_trailing_noughts_are_kept():
    assert FIELD.get_prep_value(Decimal("12.50")) == "12.50"


def test_large_exponent_is_written_out():
    assert FIELD.get_prep_value(Decimal("1E+5")) == "100000"


@pytest.mark.parametrize("given", ["1e400", "1e-400", "9" * 41, "0." + "1" * 40, "1e999999999"])
def test_number_that_is_longer_than_the_column_is_refused_on_either_engine(given):
    """SQLite kept it, and PostgreSQL gave up on the whole transaction."""
    with pytest.raises(ValidationError, match="too long"):
        FIELD.get_prep_value(Decimal(given))


@pytest.mark.parametrize("given", ["NaN", "Infinity"])
def test_decimal_that_is_no_number_is_not_kept(given):
    with pytest.raises(ValidationError, match="finite"):
        FIELD.get_prep_value(Decimal(given))


@pytest.mark.parametrize(
    ("field", "required"), [(FIELD, False), (ExactDecimalField(), True)], ids=["null", "not null"]
)
def test_form_field_asks_for_a_number(field, required):
    asked = field.formfield()
    assert (type(asked), asked.required) == (NumberField, required)


@pytest.mark.parametrize("typed", NO_NUMBERS)
@pytest.mark.parametrize("kind", [NumberField, WholeNumberField])
def test_what_is_no_number_is_an_error_of_the_field(kind, typed):
    with pytest.raises(ValidationError, match=r"The price (must be|is too long)"):
        kind(rule=POUNDS, label="The price").clean(typed)


@pytest.mark.parametrize("typed", [None, "", "  ", "\u00a0"])
def test_blank_is_no_number_and_no_error_where_it_may_be(typed):
    assert NumberField(rule=POUNDS, required=False).clean(typed) is None
    with pytest.raises(ValidationError, match="required"):
        NumberField(rule=POUNDS).clean(typed)


def test_whole_number_is_an_int():
    number = WholeNumberField(rule=WHOLE_POUNDS).clean("£1,250")
    assert (number, type(number)) == (1250, int)


def test_what_is_shown_can_be_typed_back():
    field = NumberField(rule=POUNDS)
    shown = field.prepare_value(Decimal("1E+5"))
    assert (shown, field.clean(shown)) == ("100000", Decimal(100000))
    assert field.prepare_value("as typed") == "as typed"
    money = NumberField(rule=POUNDS)
    shown = [money.prepare_value(Decimal(one)) for one in ("216000.6", "216000.60", "216000.0")]
    assert shown == ["216000.60", "216000.60", "216000"]


@pytest.mark.parametrize(
    ("initial", "typed", "changed"),
    [(Decimal("1.50"), "1.5", False), (None, "", False), (1, "2", True), (1, "x", True)],
)
def test_field_has_changed_where_the_number_has(initial, typed, changed):
    assert NumberField(rule=POUNDS, required=False).has_changed(initial, typed) is changed


def test_refusal_of_one_sentence_stands_without_a_full_stop():
    with pytest.raises(ValidationError) as refused:
        NumberField(rule=POUNDS, label="Value", name="The value").clean("-1")
    assert refused.value.messages == ["The value must be 0 or more"]
