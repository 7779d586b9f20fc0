"""Decimals that keep every digit on either engine."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from django import forms
from django.core.exceptions import ValidationError
from django.db import connection

from accounts.fields import ExactDecimalField

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


@pytest.mark.parametrize(
    ("field", "required"), [(FIELD, False), (ExactDecimalField(), True)], ids=["null", "not null"]
)
def test_form_field_asks_for_a_number(field, required):
    asked = field.formfield()
    assert (type(asked), asked.required) == (forms.DecimalField, required)
