"""A standstill is counted, holds the contract back while it runs, and lets it through afterwards.

The test counts the days itself. A notice of today begins a standstill that runs; one of three weeks
ago, recorded only now, one that has run out.
"""

import datetime

import holidays
import pytest

from tests.journeys.evaluation_steps import exercise_of, record_notice, run_in_the_past
from tests.journeys.procurement_steps import confirm_conflicts, know_as_providers, press_by_link

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("journey"), pytest.mark.timeout(600)]

RELEASED = ("recommend", "approve", "release")
PARTS_OF_THE_UK = ("ENG", "WLS", "SCT", "NIR")
DAY = datetime.timedelta(days=1)


@pytest.fixture(scope="module")
def site(installation):
    """Providers with profiles, and what commitments are worth."""
    know_as_providers(installation)
    installation.manage("load_value_set")
    return installation


def last_day(published: datetime.date) -> datetime.date:
    """The eighth working day: no weekend, and no bank holiday in any part of the UK."""
    years = [published.year, published.year + 1]
    off = {
        day
        for part in PARTS_OF_THE_UK
        for day in holidays.country_holidays("GB", subdiv=part, years=years)
    }
    day, counted = published, 0
    while True:
        counted += day.weekday() < 5 and day not in off
        if counted == 8:
            return day
        day += DAY


def shown(day: datetime.date) -> str:
    return f"{day:%-d %B %Y}"


def enter(lead, lot: str, on: datetime.date):
    """Try to record that the contract was entered into on a day."""
    lead.go(f"{lot}award/contract/").fill_date("entered_on", on)
    return lead.press("Record it")


def test_contract_waits_while_the_standstill_runs(site, visit):
    title = "Escorts to the doctor"
    lot = run_in_the_past(site, title, "2026/S 000-091001", steps=RELEASED)
    priya, today = visit(site, "priya"), datetime.date.today()
    record_notice(priya, lot, "2026/S 000-091002")
    priya.says("Confirm the conflicts assessment again first")
    confirm_conflicts(priya, exercise_of(lot))
    record_notice(priya, lot, "2026/S 000-091002")
    ends = last_day(today)
    priya.says("Notice recorded").says(f"lasts until the end of {shown(ends)}")
    priya.says(f"The contract can be entered into from {shown(ends + DAY)}")
    assert priya.page.get_by_role("button", name="Record the contract").count() == 0

    for person in ("anna", "evan"):
        visit(site, person).go(f"{lot}award/").says(f"lasts until the end of {shown(ends)}")
    enter(priya, lot, today).says(f"The standstill lasts until the end of {shown(ends)}")
    assert priya.page.input_value("#id_entered_on_year") == str(today.year)
    enter(priya, lot, ends + DAY).says("the day is in the future")
    priya.go("/contracts/")
    assert title not in priya.page.inner_text("main")


def test_contract_follows_the_standstill_with_what_was_promised(site, visit):
    title = "Garden work for residents"
    lot = run_in_the_past(site, title, "2026/S 000-091003", days_ago=30, steps=RELEASED)
    priya, today = visit(site, "priya"), datetime.date.today()
    confirm_conflicts(priya, exercise_of(lot))
    record_notice(priya, lot, "2026/S 000-091004", on=today - 40 * DAY)
    priya.says("Summaries are given before the award notice is published")
    published = today - 21 * DAY
    record_notice(priya, lot, "2026/S 000-091004", on=published)
    ends = last_day(published)
    priya.says(f"lasted until the end of {shown(ends)}")

    enter(priya, lot, ends).says(f"The standstill lasts until the end of {shown(ends)}")
    press_by_link(priya, f"{lot}award/", "Record the contract")
    priya.fill_date("entered_on", today)
    priya.press("Record it").says("Contract kept, with what was promised")

    priya.follow("Contract CT-").says(title).says("What was promised")
    priya.says("Key performance indicator: 98 in every 100 visits")
    priya.says("Social value commitment: 3 FTE people")
    priya.says("Two apprentices for a year each")
    assert priya.page.get_by_text("Ethics term").count() == 2
    priya.follow("Set the level").says("Level of assurance")
