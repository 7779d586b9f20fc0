"""Three people of a small council run a procurement below the threshold, to its approval.

One leads, scores, chairs as it was published, and opens; one scores and opens; one approves and
opens. The recovery share stands in for an opener once.
"""

import pytest

from tests.journeys.evaluation_steps import (
    agree,
    approve,
    calculate,
    confirm,
    has_more_to_agree,
    lot_of,
    open_prices,
    recommend,
    score,
    sign,
)
from tests.journeys.procurement_steps import (
    PASSPHRASE,
    add_criterion,
    add_ethics,
    add_price,
    confirm_conflicts,
    declare_no_interest,
    give_duties,
    know_as_providers,
    make_recovery_shares,
    open_part,
    publish,
    script,
    set_deadline,
    set_passphrases,
    set_up,
    start_by_hand,
    wait_for_deadline,
)

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("journey"), pytest.mark.timeout(900)]

TITLE = "Lunch club for older residents"
BID = """
from commissioning import demonstration as bids
for offer in bids.OFFERS[:2]:
    bids.bid(people, exercise, offer)
"""
TEAM = [
    ("Mei Lin", "evaluator"), ("Mei Lin", "chair"), ("Tom Baird", "evaluator"),
    ("Ruth Adeyemi", "approver"),
    *((name, duty) for name in ("Mei Lin", "Tom Baird", "Ruth Adeyemi")
      for duty in ("quality_opener", "price_opener")),
]  # fmt: skip


def design(mei) -> str:
    """One rated criterion, the price, and an expectation as a condition; its address."""
    exercise = start_by_hand(mei, TITLE, "competition", "below_threshold")
    set_up(mei, exercise, chair_scores=True)
    add_criterion(
        mei,
        exercise,
        "quality",
        "Planning of visits",
        "60",
        "Describe how each visit under this contract is planned, changed and recorded.",
    )
    add_price(mei, exercise, "40")
    add_ethics(mei, exercise, "conditions")
    mei.go(f"{exercise}checks/").says("Must be put right before publication (0)")
    return exercise


def test_three_people_run_a_procurement_to_its_approval(installation, visit):
    know_as_providers(installation)
    mei, tom, ruth = (visit(installation, name) for name in ("mei", "tom", "ruth"))
    exercise = design(mei)
    give_duties(mei, exercise, TEAM)
    mei.go(f"{exercise}team/").says("it was published that the chair scores")
    for person in (mei, tom, ruth):
        declare_no_interest(person, exercise)
    for person in (mei, tom):
        set_passphrases(person, exercise)
    codes = make_recovery_shares(mei, exercise)
    confirm_conflicts(mei, exercise)
    due = set_deadline(mei, exercise, at_least=20)
    publish(mei, exercise, "")
    script(mei, exercise, BID)
    wait_for_deadline(mei, exercise, due)

    open_part(mei, exercise, "Do your part of the opening")
    open_part(tom, exercise, "Do your part of the opening")
    for person in (mei, tom, ruth):
        declare_no_interest(person, exercise)
    lot = lot_of(exercise)
    score(mei, lot, [4, 3])
    score(tom, lot, [3, 3])
    ruth.go(f"{lot}scoring/").says("Page not found")
    while has_more_to_agree(mei, lot):
        agree(mei, lot, 3)
    mei.go(f"{lot}moderation/").press("Put the record to the members")
    confirm(mei, lot)
    confirm(tom, lot)
    sign(mei, lot)

    open_prices([(tom, "own", PASSPHRASE), (mei, "recovery", codes["price"])], exercise)
    calculate(mei, lot)
    recommend(mei, lot)
    mei.go(f"{lot}award/approve/").says("You cannot")
    approve(ruth, lot)
    mei.go(f"{lot}award/").says("Approved by Ruth Adeyemi").says("Harbour Lights Trust")
