"""Dates in three boxes."""

import datetime

import pytest

from django import forms

from accounts.widgets import DateField, DateWidget


class Form(forms.Form):
    due_on = DateField(label="Due date")


class Optional(forms.Form):
    due_on = DateField(label="Due date", required=False)


def filled(day, month, year, form=Form):
    return form({"due_on_day": day, "due_on_month": month, "due_on_year": year})


def test_three_numbers_become_a_date():
    form = filled("27", "3", "2027")
    assert (form.is_valid(), form.cleaned_data["due_on"]) == (True, datetime.date(2027, 3, 27))


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        (("", "", ""), "Enter due date"),
        (("27", "", "2027"), "Due date must include a month"),
        (("", "3", ""), "Due date must include a day and year"),
        (("31", "2", "2027"), "Due date must be a real date, such as 27 3 2027"),
        (("a", "3", "2027"), "Due date must be a real date, such as 27 3 2027"),
        (("27", "3", "99999999999"), "Due date must be a real date, such as 27 3 2027"),
        (("27", "3", "0"), "Due date must be a real date, such as 27 3 2027"),
    ],
)
def test_error_says_which_part_is_wrong(parts, message):
    assert filled(*parts).errors["due_on"] == [message]


def test_optional_date_may_stay_empty():
    form = filled("", "", "", Optional)
    assert (form.is_valid(), form.cleaned_data["due_on"]) == (True, None)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (datetime.date(2027, 3, 5), [5, 3, 2027]),
        ("2027-03-05", [5, 3, 2027]),
        ("nonsense", [None, None, None]),
        (None, [None, None, None]),
    ],
)
def test_value_is_shown_in_its_parts(value, expected):
    assert DateWidget().decompress(value) == expected
