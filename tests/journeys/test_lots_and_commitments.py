"""Two lots, of which a supplier may win one: commitments, the order of lots, and a draw.

A bidder says what it commits to and which lot it wants most, and hands in. Where bids are level,
the lead records the draw, and every lot shows what it decided.
"""

import re

import pytest

from tests.journeys.evaluation_steps import (
    approve,
    exercise_of,
    recommend,
    run_in_the_past,
)
from tests.journeys.procurement_steps import fill, know_as_providers, pick, press_by_link

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("journey"), pytest.mark.timeout(600)]

OPEN = """
from accounts import demonstration
from commissioning import demonstration as bids
from scorecards import demonstration_awards as awards
people = demonstration.create()
exercise = bids.design(people, 'Drivers for day centres', **awards.LIMITED)
bids.staff(people, exercise)
bids.prepare_openers(people, exercise)
exercise.refresh_from_db()
bids.publish(people, exercise, '2026/S 000-092001')
"""
DECIDED_BY_PREFERENCE = "the lots in the order that the supplier stated in its bid"
FIRM, CHARITY, ENTERPRISE = (
    "Aldergate Care Services Ltd", "Harbour Lights Trust", "Fieldway Works CIC",
)  # fmt: skip


@pytest.fixture(scope="module")
def site(installation):
    """Providers with profiles, and what commitments are worth."""
    know_as_providers(installation)
    installation.manage("load_value_set")
    return installation


def complete_parts(sam) -> None:
    """Every part from the first one on; commitments first with a word where a number belongs."""
    with sam.page.expect_navigation():
        sam.page.locator(".govuk-task-list__link").first.click()
    while "/parts/" in sam.page.url:
        sam.check()
        if sam.page.locator("#id_share_code").count():
            sam.page.fill("#id_share_code", "ABCD-1234")
        elif sam.page.locator('[id="id_quantity_national-toms_2019.1_NT1"]').count():
            commit(sam)
        elif sam.page.locator("#id_amount_gbp").count():
            fill(sam, amount_gbp="£240,000", note="Wages, travel and training.")
        elif sam.page.locator("#id_text").count():
            fill(sam, text="A named manager plans each drive, and the log shows who came.")
        else:
            pick(sam, "met", "yes")
            sam.page.fill("#id_words", "Our board adopted it last year.")
        sam.press("Save and mark as complete").says("complete")


def measure(code: str, quantity: str, note: str = "") -> dict[str, str]:
    """What is typed for one measure of the edition that the exercise counts by."""
    edition = f"national-toms_2019.1_{code}"
    return {f"quantity_{edition}": quantity, f"note_{edition}": note}


def commit(sam) -> None:
    """Two of three measures: a measure that is left blank is no commitment."""
    sam.says("NT1 Local people employed on the contract").says("In FTE people")
    sam.says("Each counts £10,000.").says("£60,000 or more scores all the points")
    fill(sam, **measure("NT1", "three", "People from within five miles."))
    sam.press("Save and mark as complete")
    sam.says("The quantity of NT1 must be a number, such as 12 or 12.5")
    assert (
        sam.page.input_value('[id="id_note_national-toms_2019.1_NT1"]')
        == "People from within five miles."
    )
    fill(sam, **measure("NT1", "2.5", "People from within five miles."))
    fill(sam, **measure("NT10", "1,040", "Ten apprentices for two years."))


def order_by_keyboard(sam) -> None:
    """Put lot 2 before lot 1 without a mouse, after giving both the same place."""
    first = sam.page.locator("#id_place_1")
    first.focus()
    for place in ("1", "1"):
        sam.page.keyboard.type(place)
        sam.page.keyboard.press("Tab")
    with sam.page.expect_navigation():
        sam.page.keyboard.press("Enter")
    sam.check().says("Give each lot a place of its own")
    first.focus()
    sam.page.keyboard.type("2")
    sam.page.keyboard.press("Tab")
    sam.page.keyboard.press("Tab")
    with sam.page.expect_navigation():
        sam.page.keyboard.press("Enter")
    sam.check().says("Order of lots saved").says("Most wanted first: lot 2, lot 1.")


@pytest.mark.parametrize("javascript", [True, False])
def test_bidder_commits_orders_its_lots_and_gets_a_receipt(site, visit, javascript):
    name, firm = ("sam", FIRM) if javascript else ("hana", CHARITY)
    if javascript:
        site.python(OPEN)
    bidder = visit(site, name, javascript=javascript)
    bidder.go("/opportunities/").follow("Drivers for day centres")
    bidder.says(f"At most 1. A supplier that wins more keeps: {DECIDED_BY_PREFERENCE}.")
    with bidder.page.expect_navigation():
        bidder.page.get_by_role("button", name="Start a bid").click()
    bidder.check().press("Start the bid").says("one supplier wins at most 1")
    bid = bidder.page.url
    complete_parts(bidder)

    bidder.go(f"{bid}check/").says("Say which lots you want most")
    assert bidder.page.get_by_role("button", name="Go on to the declaration").count() == 0
    bidder.go(f"{bid}submit/").says("Not everything is complete yet")
    bidder.go(f"{bid}preferences/").says("you keep what you want most")
    order_by_keyboard(bidder)

    bidder.go(f"{bid}check/").says("Most wanted first: lot 2, lot 1.").says("2.5 FTE people")
    press_by_link(bidder, f"{bid}check/", "Go on to the declaration")
    bidder.page.check("#id_declares")
    bidder.press("Hand in").says("Bid handed in").says(firm)
    receipt = bidder.page.inner_text("main")
    assert re.search(r"\b[0-9a-f]{64}\b", receipt)
    assert bid.rstrip("/").rpartition("/")[2] in receipt
    assert "handed in" in site.mail_to(f"{name}@demonstration.example")
    bidder.follow("Read what was handed in").says("Most wanted first: lot 2, lot 1.")
    bidder.says("NT10 Apprenticeships").says("1040 weeks").says("Ten apprentices for two years.")
    assert "NT31" not in bidder.page.inner_text("main")


def draw(lead, **places: int):
    """Enter the place of each bid, by its name, and who saw lots drawn."""
    for name, place in places.items():
        lead.page.get_by_label(f"Place of {name} in the draw").fill(str(place))
    lead.page.fill("#id_draw_record", "Today at noon in room 2, before Ann Lee and Bo Day.")
    return lead.press("Record and calculate")


def draw_by_keyboard(lead, *places: str) -> None:
    """Enter the places in the order of names and record them, without a mouse."""
    lead.page.locator("main input[type=text]").first.focus()
    for text in (*places, "Today at noon in room 2, before Ann Lee and Bo Day."):
        lead.page.keyboard.type(text)
        lead.page.keyboard.press("Tab")
    with lead.page.expect_navigation():
        lead.page.keyboard.press("Enter")
    lead.check()


def ranked(person) -> list[str]:
    """Names of the bidders in the order of the table of the result."""
    names = person.page.locator("table").first.locator("tbody th a").all_inner_texts()
    return [name.partition(":")[0].strip() for name in names]


def test_lead_records_a_draw_that_settles_every_lot(site, visit):
    title = "Sitters for the night"
    lot = run_in_the_past(site, title, "2026/S 000-092002", design="awards.LIMITED")
    other = lot.replace("/lots/1/", "/lots/2/")
    priya, anna = visit(site, "priya"), visit(site, "anna")
    priya.go("/").follow(f"Record the draw for lot 1 of {title}")
    priya.follow("Record a drawing of lots").follow("Result", exact=True)
    priya.says(f"{FIRM} and {CHARITY} are level at place 1")
    priya.go(f"{other}result/").says("Nothing is decided until the ties in lot 1 are parted")
    assert "Recommended" not in priya.page.inner_text("main")
    priya.go(f"{other}award/").says("A tie has to be parted by drawing lots first")
    priya.follow("The tie in lot 1").says(f"{FIRM} and {CHARITY} are level at place 1")
    visit(site, "evan").go(f"{lot}result/draw/").says("You cannot")

    press_by_link(priya, f"{lot}result/", "Record a drawing of lots")
    draw(priya, **{FIRM: 1, CHARITY: 1}).says("Give each bid a place of its own")
    draw(priya, **{FIRM: 2, CHARITY: 1}).says("The draw is recorded")
    priya.says(f"Lot 1: {CHARITY}.").says(f"Drawn by lot: {CHARITY} and {FIRM}.")
    assert ranked(priya) == [CHARITY, FIRM, ENTERPRISE]
    priya.press("Calculate it again from what was kept").says("The same result")
    priya.go(lot).says("before Ann Lee and Bo Day")
    priya.go(f"{lot}result/draw/").says("Page not found")
    anna.go(f"{other}result/").says(f"Lot 2: {FIRM}.")
    assert ranked(anna) == [FIRM, ENTERPRISE]

    recommend(priya, other)
    anna.go(f"{other}award/approve/").says(f"Recommended for lot 2: {FIRM}.")
    approve(anna, other)
    priya.go(f"{exercise_of(lot)}").says("Award of lot 2")


def test_first_drawn_keeps_the_lot_it_wants_and_is_passed_over_in_the_other(site, visit):
    lot = run_in_the_past(site, "Carers for the day", "2026/S 000-092003", design="awards.LIMITED")
    other = lot.replace("/lots/1/", "/lots/2/")
    priya = visit(site, "priya")
    press_by_link(priya, f"{lot}result/", "Record a drawing of lots")
    draw_by_keyboard(priya, "1", "2")
    priya.says("The draw is recorded").says(f"Lot 1: {FIRM}.")
    priya.go(f"{other}result/").says(f"Lot 2: {ENTERPRISE}.")
    priya.says(f"{FIRM} is passed over in lot 2: it has lot 1, and a supplier may win 1.")
    priya.go(f"{other}award/").says(f"Lot 2: {ENTERPRISE}.")
    with priya.page.expect_navigation():
        priya.page.locator("tbody tr", has_text=FIRM).get_by_role("link").click()
    priya.check().says("Your tender was not awarded: assessed, passed over")
