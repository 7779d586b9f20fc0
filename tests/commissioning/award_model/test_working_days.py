"""Working days, against days that were looked up by hand."""

from datetime import date
from itertools import islice

import pytest

from commissioning.award_model.working_days import (
    PARTS,
    bank_holiday,
    is_working_day,
    working_days_from,
)


@pytest.mark.parametrize(
    ("day", "name"),
    [
        ("2026-12-25", "Christmas Day (United Kingdom)"),
        ("2026-04-06", "Easter Monday (England, Wales, Northern Ireland)"),
        ("2026-01-02", "New Year Holiday (Scotland)"),
        ("2026-03-17", "Saint Patrick's Day (Northern Ireland)"),
        ("2027-07-12", "Battle of the Boyne (Northern Ireland)"),
        ("2026-08-03", "Summer Bank Holiday (Scotland)"),
        ("2026-08-31", "Late Summer Bank Holiday (England, Wales, Northern Ireland)"),
        ("2026-11-30", "Saint Andrew's Day (Scotland)"),
        ("2026-11-23", ""),
    ],
)
def test_bank_holiday_is_named_with_its_parts_of_the_country(day, name):
    assert bank_holiday(date.fromisoformat(day)) == name
    assert is_working_day(date.fromisoformat(day)) == (name == "")


@pytest.mark.parametrize("day", ["2026-11-21", "2026-11-22", "2027-07-11"])
def test_weekend_is_no_working_day(day):
    assert not is_working_day(date.fromisoformat(day))


def test_holiday_on_a_weekend_moves_to_the_days_after():
    assert [is_working_day(date(2027, 12, day)) for day in range(24, 30)] == [
        True, False, False, False, False, True,
    ]  # fmt: skip


def test_counting_begins_with_the_day_itself():
    assert list(islice(working_days_from(date(2026, 11, 27)), 3)) == [
        date(2026, 11, 27), date(2026, 12, 1), date(2026, 12, 2),
    ]  # fmt: skip


@pytest.mark.parametrize("year", range(2025, 2041))
def test_calendar_covers_the_years_to_come(year):
    """Every part of the country has the holidays that come each year."""
    assert bank_holiday(date(year, 12, 25)).endswith("(United Kingdom)")
    days = range(date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal() + 1)
    named = " ".join(bank_holiday(date.fromordinal(day)) for day in days)
    for name in ("Good Friday", "Easter Monday", "Battle of the Boyne", "New Year Holiday"):
        assert name in named
    assert len(PARTS) == 4


def test_year_without_a_calendar_is_refused():
    with pytest.raises(ValueError, match="no bank holidays are known for 2150"):
        is_working_day(date(2150, 1, 5))
