"""What people do on the pages of an evaluation: the steps that several journeys share.

Each function takes a person at a browser and the address of the lot, and begins at that address.
"""

import datetime

from tests.journeys.conftest import Visitor
from tests.journeys.installation import Installation
from tests.journeys.procurement_steps import fill, open_part, pick, press_by_link

RATIONALE = "The answer names who acts and in what time, and the log that it describes shows it."


# A procurement of the past, from its design to its result; prints its reference.
PAST = """
import datetime
import time_machine
from django.utils import timezone
from accounts import demonstration
from commissioning import demonstration as bids
from scorecards import demonstration_awards as awards
people = demonstration.create()
day = datetime.timedelta(days=1)
with time_machine.travel(timezone.now() - {days_ago} * day - 32 * day) as clock:
    exercise = bids.design(people, '{title}', **{design})
    bids.staff(people, exercise)
    bids.prepare_openers(people, exercise)
    exercise.refresh_from_db()
    exercise = bids.publish(people, exercise, '{number}')
    for offer in awards.LEVEL_OFFERS if exercise.lots.count() > 1 else bids.OFFERS[:3]:
        bids.bid(people, exercise, offer)
    clock.move_to(exercise.tenders_due_at + day)
    bids.open_bids(people, exercise)
    bids.declare_about_bidders(people, exercise)
    lots = awards.evaluations(exercise)
    for step in (awards.score, awards.agree, awards.sign):
        for lot in lots:
            step(people, lot)
    awards.calculate(people, exercise)
    for step in {steps}:
        for lot in lots:
            getattr(awards, step)(people, lot)
print(exercise.reference)
"""


def run_in_the_past(
    site: Installation,
    title: str,
    number: str,
    *,
    days_ago: int = 1,
    design: str = "{'in_pounds': True}",
    steps: tuple[str, ...] = (),
) -> str:
    """Let people run a procurement that was calculated some days ago; the address of its lot 1.

    ``design`` is Python for what ``commissioning.demonstration.design`` takes, ``steps`` are those
    of ``scorecards.demonstration_awards`` that follow the calculation on the same day.
    """
    code = PAST.format(title=title, number=number, days_ago=days_ago, design=design, steps=steps)
    return f"{site.url}/evaluations/{site.python(code).split()[-1]}/lots/1/"


def lot_of(exercise: str) -> str:
    """The address of the evaluation of lot 1 of an exercise."""
    start, _, reference = exercise.rstrip("/").rpartition("/exercises/")
    return f"{start}/evaluations/{reference}/lots/1/"


def exercise_of(lot: str) -> str:
    """The address of the exercise whose lot this is the evaluation of."""
    start, _, rest = lot.partition("/evaluations/")
    return f"{start}/exercises/{rest.partition('/')[0]}/"


def score(evaluator: Visitor, lot: str, ratings: list[int]) -> None:
    """Rate every bid on every criterion, over and over through ``ratings``; lock them."""
    evaluator.go(f"{lot}scoring/")
    with evaluator.page.expect_navigation():
        evaluator.page.locator(".govuk-task-list__link").first.click()
    place, is_last = 0, False
    while not is_last:
        evaluator.check()
        evaluator.page.locator("input[name=rating]").nth(ratings[place % len(ratings)]).check()
        fill(
            evaluator,
            rationale=RATIONALE,
            strengths="A named manager answers for every step.",
            shortcomings="It does not say what happens on Sundays.",
        )
        is_last = evaluator.page.get_by_role("button", name="Save and go on").count() == 0
        evaluator.press("Save" if is_last else "Save and go on").says("Your rating is saved")
        place += 1
    evaluator.go(f"{lot}scoring/lock/").press("Lock my ratings").says("Your ratings are locked")


def agree(chair: Visitor, lot: str, rating: int) -> None:
    """Record the consensus on the first bid and criterion that the room shows as not agreed."""
    chair.go(f"{lot}moderation/")
    waiting = chair.page.locator("li.govuk-task-list__item", has_text="Not agreed")
    with chair.page.expect_navigation():
        waiting.first.get_by_role("link").click()
    chair.check()
    row = chair.page.locator("tbody tr", has_text="Not agreed").first
    with chair.page.expect_navigation():
        row.get_by_role("link").click()
    chair.check()
    chair.page.locator("input[name=rating]").nth(rating).check()
    fill(
        chair,
        reasons="The answer says who plans and who acts, and that changes are told by four.",
        discussion="The panel read the second page together.",
        higher_score="Times for every day of the week, and who stands in for the manager.",
    )
    for box in chair.page.locator("textarea[name^=moved_]").all():
        box.fill("Read again together: the second page states it.")
    chair.press("Record the consensus").says("recorded")


def has_more_to_agree(chair: Visitor, lot: str) -> bool:
    chair.go(f"{lot}moderation/")
    return chair.page.get_by_text("Not agreed").count() > 0


def confirm(member: Visitor, lot: str) -> None:
    member.go(f"{lot}record/").press("Confirm the record")


def sign(chair: Visitor, lot: str) -> None:
    chair.go(f"{lot}record/").press("Sign the consensus on quality")


def open_prices(openers: list[tuple[Visitor, str, str]], exercise: str) -> None:
    """Let two openers open the prices; each with what they open with and its secret."""
    for opener, which, secret in openers:
        open_part(opener, exercise, "Do your part of the opening", secret, which)


def calculate(lead: Visitor, lot: str) -> None:
    lead.go(f"{lot}result/").press("Calculate the result").says("The result is calculated")


def recommend(lead: Visitor, lot: str) -> None:
    press_by_link(lead, f"{lot}award/", "Recommend the award")
    lead.page.fill("#id_recommendation", "The tender with the highest total by the method.")
    lead.press("Recommend").says("An approver decides")


def approve(approver: Visitor, lot: str) -> None:
    press_by_link(approver, f"{lot}award/", "Approve")
    approver.press("Approve").says("Approved")


def word_summary(lead: Visitor, lot: str, bidder: str) -> None:
    """Enter what the record cannot know about one bidder: its addresses."""
    lead.go(f"{lot}award/")
    with lead.page.expect_navigation():
        lead.page.locator("tbody tr", has_text=bidder).get_by_role("link").click()
    lead.check()
    with lead.page.expect_navigation():
        lead.page.get_by_role("button", name="Change the words").click()
    lead.check()
    fill(lead, address="1 Market Place\nDoncaster", email="bids@example.org")
    lead.press("Save and read it").says(bidder)


def record_notice(
    lead: Visitor,
    lot: str,
    number: str,
    *,
    on: datetime.date | None = None,
    exception: str = "",
) -> None:
    """Record the award notice of a day, or of today, with a standstill or why none applies."""
    press_by_link(lead, f"{lot}award/", "Record the award notice")
    lead.page.fill("#id_number", number)
    lead.fill_date("published_on", on or datetime.date.today())
    lead.page.select_option("#id_exception", exception)
    lead.press("Record it")


def enter_contract(lead: Visitor, lot: str) -> None:
    press_by_link(lead, f"{lot}award/", "Record the contract")
    lead.fill_date("entered_on", datetime.date.today())
    lead.press("Record it")


def decide_low_price(lead: Visitor, lot: str) -> None:
    """Ask the bidder whose price looks abnormally low, and accept what it shows."""
    lead.go(f"{lot}result/").follow("The inquiry into the price")
    lead.page.fill("#id_question", "How are wages, travel and training paid for at this price?")
    lead.fill_date("asked_on", datetime.date.today())
    lead.press("Record the question")
    fill(lead, answer="Two vans and an office are shared with another contract.", reason="Shown.")
    lead.fill_date("answered_on", datetime.date.today())
    pick(lead, "can_perform", "yes")
    lead.press("Record the decision")
