import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from principles.value_files import (
    COLUMNS,
    KnownMeasure,
    RowProblem,
    ValueRow,
    as_csv,
    check_file,
)

MEASURES = [
    KnownMeasure("M1", "hours × attendees", "monetised", "fixed"),
    KnownMeasure("M2", "£ spent", "monetised", "localised"),
    KnownMeasure("M3", "£ invested", "monetised", "pound_for_pound"),
    KnownMeasure("M4", "percent", "record_only", "none"),
]
HEADING = ",".join(COLUMNS)


def check(*lines, heading=HEADING):
    return check_file("\n".join([heading, *lines]).encode(), MEASURES)


def problems(*lines, heading=HEADING):
    return [str(problem) for problem in check(*lines, heading=heading).problems]


def test_good_rows_are_read():
    checked = check(
        "M1,hours × attendees,12.50,,A table,2026-01-31",
        'm2,£ SPENT,"£1,000",Essex,A table,31/01/2026',
    )
    assert checked.problems == ()
    assert checked.rows == (
        ValueRow("M1", "hours × attendees", Decimal("12.50"), "", "A table", date(2026, 1, 31)),
        ValueRow("M2", "£ spent", Decimal("1000"), "Essex", "A table", date(2026, 1, 31)),
    )


def test_measures_without_a_value_are_named_and_are_no_problem():
    checked = check("M1,hours x attendees,1,,A table,2026-01-31")
    assert checked.is_usable
    assert checked.measures_without_value == ("M2", "M3")


def test_blank_lines_are_passed_over_and_rows_still_count_as_in_a_spreadsheet():
    assert problems("", ",,,,,", "M9,hours,1,,A table,2026-01-31") == [
        "Row 4, measure: M9 is not a measure of this edition"
    ]


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (",hours,1,,S,2026-01-01", "measure: is empty"),
        ("M4,percent,1,,S,2026-01-01", "measure: M4 is record only and has no value in pounds"),
        (
            "M1,hours,1,,S,2026-01-01",
            "unit: M1 is counted in 'hours × attendees', not 'hours'",
        ),
        ("M2,£ spent,,,S,2026-01-01", "value_gbp: is empty"),
        (
            "M2,£ spent,ten,,S,2026-01-01",
            "value_gbp: “ten” must be an amount in pounds",
        ),
        (
            "M2,£ spent,NaN,,S,2026-01-01",
            "value_gbp: “NaN” must be an amount in pounds",
        ),
        (
            "M2,£ spent,Infinity,,S,2026-01-01",
            "value_gbp: “Infinity” must be an amount",
        ),
        ("M2,£ spent,0,,S,2026-01-01", "value_gbp: “0” must be more than 0"),
        ("M2,£ spent,-1,,S,2026-01-01", "value_gbp: “-1” must be more than 0"),
        ("M2,£ spent,1e99,,S,2026-01-01", "value_gbp: “1e99” must be an amount"),
        (
            "M2,£ spent,1000000001,,S,2026-01-01",
            "value_gbp: “1000000001” must be £1,000,000,000",
        ),
        ("M2,£ spent,１２,,S,2026-01-01", "value_gbp: “１２” must be an amount in pounds"),
        ("M2,£ spent,1_0,,S,2026-01-01", "value_gbp: “1_0” must be an amount in pounds"),
        (
            "M2,£ spent,0.00000000001,,S,2026-01-01",
            "value_gbp: “0.00000000001” can have at most",
        ),
        (
            "M3,£ invested,2,,S,2026-01-01",
            "value_gbp: M3 counts £1 for each £1, so the value is 1",
        ),
        (
            "M1,hours × attendees,1,Essex,S,2026-01-01",
            "locality: the value of M1 does not depend on the place",
        ),
        (f"M2,£ spent,1,{'x' * 121},S,2026-01-01", "locality: is longer than 120 characters"),
        ("M2,£ spent,1,,,2026-01-01", "source: is empty: say where the value comes from"),
        (f"M2,£ spent,1,,{'x' * 251},2026-01-01", "source: is longer than 250 characters"),
        (
            "M2,£ spent,1,,S,2026-02-30",
            "date: '2026-02-30' is not a date such as 2026-04-01 or 01/04/2026",
        ),
        ("M2,£ spent,1,,S,", "date: '' is not a date such as 2026-04-01 or 01/04/2026"),
        ("M2,£ spent,1,,S,2026-01-01,more", "row: has more cells than there are columns"),
    ],
)
def test_bad_row_is_named(line, problem):
    (found,) = problems(line)
    assert found.startswith(f"Row 2, {problem}")


def test_every_problem_of_every_row_is_listed_in_order():
    assert problems("M9,x,y,,,z", "M2,£ spent,0,,S,2026-01-01") == [
        "Row 2, date: 'z' is not a date such as 2026-04-01 or 01/04/2026",
        "Row 2, measure: M9 is not a measure of this edition",
        "Row 2, source: is empty: say where the value comes from",
        "Row 2, value_gbp: “y” must be an amount in pounds and pence, such as 248000 or 248,000.50",
        "Row 3, value_gbp: “0” must be more than 0",
    ]


def test_same_measure_and_place_twice_is_a_problem():
    assert problems(
        "M2,£ spent,1,Essex,S,2026-01-01",
        "M2,£ spent,1,,S,2026-01-01",
        "M2,£ spent,2,ESSEX,S,2026-01-01",
    ) == ["Row 4, measure: gives M2 again, as row 2 does"]


def test_short_row_is_as_if_the_rest_were_empty():
    assert len(problems("M2,£ spent,1")) == 2


def test_headings_may_be_in_any_order_and_in_our_words():
    checked = check(
        "2026-01-01,S,,1,£ spent,M2", heading="Date,Source,Locality,£ per unit,Unit,Measure code"
    )
    assert checked.is_usable


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("measure,unit,value_gbp,locality,source", ["Row 1, date: this column is missing"]),
        (f"{HEADING},colour", ["Row 1, colour: this column is not known"]),
        (f"{HEADING},date", ["Row 1, date: this column is there twice"]),
        (f"{HEADING},,", []),
    ],
)
def test_heading_is_checked(heading, expected):
    assert problems("M2,£ spent,1,,S,2026-01-01", heading=heading) == expected


def test_file_without_values_is_a_problem():
    assert problems() == ["Row 1, file: has no values"]


@given(st.binary(max_size=400))
def test_no_file_breaks_the_check(content):
    assert check_file(content, MEASURES).problems


@given(st.text(max_size=40), st.text(max_size=40))
def test_no_cell_breaks_the_check(one, other):
    out = io.StringIO(newline="")
    csv.writer(out).writerows([COLUMNS, [one, other, one, other, one, other]])
    checked = check_file(out.getvalue().encode("utf-8", "replace"), MEASURES)
    assert all(isinstance(problem, RowProblem) for problem in checked.problems)


@given(
    st.decimals("0.0000000001", 10**9, places=10),
    st.text("abc ,\"'\n", max_size=20).map(str.strip),
)
def test_what_was_read_reads_back_the_same(value, place):
    row = ValueRow("M2", "£ spent", value, place, "S", date(2026, 1, 1))
    assert check_file(as_csv([row]).encode(), MEASURES).rows == (row,)
