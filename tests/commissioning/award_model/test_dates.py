"""Dates, against periods that were counted by hand on a calendar."""

import re
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commissioning.award_model.dates import (
    StandstillException,
    contract_deadlines,
    exclusion_deadline,
    kpi_requirement,
    standstill,
    tendering_check,
)
from commissioning.award_model.terms import RegimeCode, Standing
from commissioning.award_model.working_days import is_working_day

ACT = "procurement_act_2023"
OTHERS = [code for code in RegimeCode if code != ACT]

# (published, last day, weekdays skipped, what it shows)
COUNTED_BY_HAND = [
    ("2026-11-02", "2026-11-11", [], "a plain fortnight: Monday to Wednesday of the next week"),
    ("2026-11-06", "2026-11-17", [], "Friday counts as the first day"),
    ("2026-11-07", "2026-11-18", [], "Saturday does not: Monday is the first"),
    ("2026-12-21", "2027-01-05", ["2026-12-25", "2026-12-28", "2027-01-01", "2027-01-04"],
     "Christmas, Boxing Day on Monday, New Year, 2 January of Scotland on Monday"),
    ("2026-12-25", "2027-01-11", ["2026-12-25", "2026-12-28", "2027-01-01", "2027-01-04"],
     "published on Christmas Day: 29 December is the first"),
    ("2024-12-24", "2025-01-08", ["2024-12-25", "2024-12-26", "2025-01-01", "2025-01-02"],
     "2 January is a bank holiday in Scotland only and still is no working day"),
    ("2026-04-01", "2026-04-14", ["2026-04-03", "2026-04-06"], "Good Friday and Easter Monday"),
    ("2027-07-08", "2027-07-20", ["2027-07-12"], "12 July of Northern Ireland"),
    ("2026-11-25", "2026-12-07", ["2026-11-30"], "St Andrew's Day of Scotland"),
    ("2026-03-16", "2026-03-26", ["2026-03-17"], "St Patrick's Day of Northern Ireland"),
    ("2026-07-30", "2026-08-11", ["2026-08-03"], "the Scottish summer holiday"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("published", "last", "skipped", "shows"), COUNTED_BY_HAND, ids=lambda value: str(value)[:40]
)
def test_standstill_is_what_was_counted_by_hand(published, last, skipped, shows):
    period = standstill(date.fromisoformat(published), ACT)
    assert period.last_day == date.fromisoformat(last)
    assert [day.isoformat() for day, _name in period.skipped] == skipped


def test_examples_of_the_page_are_right():
    text = (Path(__file__).parents[3] / "docs/procurement-rules.md").read_text()
    rows = re.findall(
        r"^\| (?:\w+day) (\d+ \w+ \d{4}) \| (?:\w+day) (\d+ \w+)(?: (\d{4}))? \|", text, re.M
    )
    assert len(rows) == 7
    for published, last, year in rows:
        first = datetime.strptime(published, "%d %B %Y").date()
        expected = datetime.strptime(f"{last} {year or first.year}", "%d %B %Y").date()
        assert standstill(first, ACT).last_day == expected


@given(st.dates(date(2025, 2, 24), date(2040, 1, 1)))
def test_standstill_holds_eight_working_days_from_publication(published):
    period = standstill(published, ACT)
    assert len(period.days) == 8
    assert all(is_working_day(day) for day in period.days)
    assert period.publication_day_counts == is_working_day(published)
    assert period.last_day == period.days[-1] < period.may_enter_from
    span = (period.last_day - published).days + 1
    weekends = sum(
        date.fromordinal(published.toordinal() + count).weekday() > 4 for count in range(span)
    )
    assert span == 8 + weekends + len(period.skipped)


def test_standstill_is_over_only_on_the_day_after():
    period = standstill(date(2026, 11, 2), ACT)
    assert not period.is_over(date(2026, 11, 11))
    assert period.is_over(date(2026, 11, 12))
    assert period.may_enter_from == date(2026, 11, 12)


def test_longer_standstill_may_be_given_and_a_shorter_one_not():
    assert standstill(date(2026, 11, 2), ACT, working_days=10).last_day == date(2026, 11, 13)
    with pytest.raises(ValueError, match="never shorter than eight"):
        standstill(date(2026, 11, 2), ACT, working_days=7)


@pytest.mark.parametrize("regime", OTHERS)
def test_no_date_is_made_up_where_no_rule_is_held(regime):
    published, due = date(2026, 11, 2), date(2026, 11, 3)
    assert standstill(published, regime) is None
    assert tendering_check(regime, published_on=published, due_on=due) is None
    assert kpi_requirement(regime, Decimal(10**9), 0) is None
    assert contract_deadlines(
        regime, entered_on=published, is_light_touch=False, value_gbp=Decimal(10**9)
    ) == ()  # fmt: skip


def test_exceptions_say_that_they_are_to_be_checked():
    assert all("check it before you rely on it" in one.basis for one in StandstillException)
    assert {one for one in StandstillException if one.standing is Standing.THIRD_PARTY} == {
        StandstillException.PROTECT_LIFE,
        StandstillException.USER_CHOICE,
    }
    assert "s.50(6)" in StandstillException.USER_CHOICE.basis


@pytest.mark.parametrize(
    ("due", "has_planned_notice", "days", "is_short"),
    [
        ("2026-11-27", False, 25, False),
        ("2026-11-26", False, 24, True),
        ("2026-11-12", True, 10, False),
        ("2026-11-11", True, 9, True),
    ],
)
def test_tendering_period_is_counted_from_the_day_after(due, has_planned_notice, days, is_short):
    check = tendering_check(
        ACT,
        published_on=date(2026, 11, 2),
        due_on=date.fromisoformat(due),
        has_planned_notice=has_planned_notice,
    )
    assert (check.days, check.is_short) == (days, is_short)
    assert ("Move the deadline" in check.words) == is_short


def test_no_tendering_period_is_held_for_light_touch():
    day = date(2026, 11, 2)
    assert tendering_check(ACT, published_on=day, due_on=day, subject="light_touch") is None


@pytest.mark.parametrize(
    ("is_light_touch", "value", "due"),
    [
        (False, "5000000", ["UK7 2026-12-01"]),
        (False, "5000000.01", ["UK7 2026-12-01", " 2027-01-30"]),
        (True, "6000000", ["UK7 2027-03-01", " 2027-04-30"]),
        (True, None, ["UK7 2027-03-01"]),
    ],
)
def test_notices_after_the_contract_have_their_days(is_light_touch, value, due):
    found = contract_deadlines(
        ACT,
        entered_on=date(2026, 11, 2),
        is_light_touch=is_light_touch,
        value_gbp=Decimal(value) if value else None,
    )
    assert [f"{one.code} {one.due_on}" for one in found] == due
    assert {one.standing for one in found} == {Standing.SOURCED}


def test_devolved_welsh_authority_publishes_no_copy_of_the_contract():
    found = contract_deadlines(
        ACT,
        entered_on=date(2026, 11, 2),
        is_light_touch=False,
        value_gbp=Decimal(6_000_000),
        body_type="devolved_wales",
    )
    assert [one.code for one in found] == ["UK7"]


@pytest.mark.parametrize(
    ("body", "whom"), [("sub_central", "a Minister of the Crown"), ("devolved_wales", "Welsh")]
)
def test_exclusion_is_told_within_thirty_days_that_begin_with_its_own(body, whom):
    found = exclusion_deadline(ACT, body, date(2026, 11, 2))
    assert found.due_on == date(2026, 12, 1)
    assert whom in found.title
    assert found.basis == "Procurement Act 2023, s.59"


def test_no_exclusion_is_told_where_no_rule_is_held():
    assert exclusion_deadline("scotland", "devolved_scotland", date(2026, 11, 2)) is None


@pytest.mark.parametrize(
    ("value", "count", "is_met"),
    [(None, 0, None), ("5000000", 0, None), ("5000000.01", 2, False), ("5000000.01", 3, True)],
)
def test_indicators_are_asked_for_only_above_five_million(value, count, is_met):
    needed = kpi_requirement(ACT, Decimal(value) if value else None, count)
    assert (needed and needed.is_met) is is_met
