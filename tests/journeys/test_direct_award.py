"""A direct award in the browser: ground, interests, approval, notice, and the contract."""

import datetime

import pytest

from tests.journeys.procurement_steps import (
    confirm_conflicts,
    declare_no_interest,
    fill,
    give_duties,
    know_as_providers,
    pick,
    press_by_link,
    start_by_hand,
)

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("journey"), pytest.mark.timeout(600)]

TITLE = "Emergency beds for the winter"


def write(priya, award: str) -> None:
    """Ground, justification, supplier, value and term. The supplier is looked for by name."""
    press_by_link(priya, award, "Write it")
    priya.page.fill("#find", "Harbour")
    priya.press("Look")
    priya.page.get_by_label("Harbour Lights Trust").check()
    pick(priya, "ground", "urgency")
    fill(
        priya,
        justification="The shelter burnt down on Monday night. Twenty people need a bed now, and"
        " no competition can be run before the spring.",
        how_value_was_tested="Compared with two contracts of the last three years.",
        value_gbp="48000",
    )
    today = datetime.date.today()
    priya.fill_date("starts_on", today)
    priya.fill_date("ends_on", today + datetime.timedelta(days=150))
    priya.press("Save").says("Extreme and unavoidable urgency")


def test_direct_award_goes_from_ground_to_contract(installation, visit):
    know_as_providers(installation)
    priya, anna = visit(installation, "priya"), visit(installation, "anna")
    exercise = start_by_hand(priya, TITLE, "direct_award", "procurement_act_2023")
    award = f"{exercise}direct-award/"
    give_duties(priya, exercise, [("Anna Kowalska", "approver")])
    write(priya, award)

    priya.go(f"{award}send/").press("Send it").says("declare")
    declare_no_interest(priya, exercise)
    declare_no_interest(anna, exercise)
    priya.go(f"{award}send/").press("Send it").says("Sent for approval")

    press_by_link(anna, award, "Return it")
    anna.page.fill("#id_reason", "Say what could not be foreseen.")
    anna.press("Return it").says("Returned")
    press_by_link(priya, award, "Change it")
    priya.page.fill(
        "#id_justification",
        "Nobody could foresee the fire. Twenty people need a bed now, and no competition can be"
        " run before the spring.",
    )
    priya.press("Save").says("Nobody could foresee the fire")
    priya.go(f"{award}send/").press("Send it").says("Sent for approval")
    priya.go(f"{award}approve/").says("You cannot")
    press_by_link(anna, award, "Approve")
    anna.press("Approve").says("Approved")

    confirm_conflicts(priya, exercise)
    press_by_link(priya, award, "Record the transparency notice")
    priya.page.fill("#id_number", "2026/S 000-070001")
    priya.fill_date("published_on", datetime.date.today())
    priya.press("Record it").says("2026/S 000-070001")
    press_by_link(priya, award, "Record the contract")
    priya.fill_date("entered_on", datetime.date.today())
    priya.press("Record it").says("Contract kept: its assurance can begin")
    priya.follow("CT-").says("Harbour Lights Trust").says(TITLE)
    priya.follow("Set the level").says("Level of assurance")

    hana = visit(installation, "hana")
    hana.go("/opportunities/")
    assert TITLE not in hana.page.inner_text("main")
