"""What people do on the pages of a procurement: the steps that several journeys share.

Each function takes a person at a browser and the address of the exercise, begins at that address,
and ends where the page leads.
"""

import datetime
from zoneinfo import ZoneInfo

from commissioning.demonstration import PASSPHRASE
from tests.journeys.conftest import Visitor

UK = ZoneInfo("Europe/London")
SUBJECT = "Visits at home for people who need help with daily life, each day."
# Runs before a script of a journey: the people by name, and the exercise.
PEOPLE = """
from accounts import demonstration
from accounts.access import Actor
from commissioning.models import Exercise
people = demonstration.create()
actor = lambda name: Actor.of(people.users[name])
exercise = Exercise.objects.get(reference='{reference}')
"""


def script(person: Visitor, exercise: str, code: str) -> str:
    """Run Python in the installation with ``people``, ``actor`` and ``exercise`` at hand."""
    reference = exercise.rstrip("/").rpartition("/")[2]
    return person.site.python(PEOPLE.format(reference=reference) + code)


def know_as_providers(site) -> None:
    """Give each provider of the demonstration a profile, as a notice or an operator would."""
    site.python(
        "from accounts import demonstration; from providers.models import Provider\n"
        "made = demonstration.create().organisations\n"
        "for key in ('firm', 'charity', 'enterprise', 'cooperative'):\n"
        "    Provider.objects.get_or_create(organisation=made[key])\n"
    )


def pick(person: Visitor, name: str, value: str) -> None:
    """Choose a radio or tick a box by its field and value."""
    person.page.locator(f"input[name='{name}'][value='{value}']").check()


def fill(person: Visitor, **fields: str) -> None:
    for name, text in fields.items():
        person.page.fill(f'[id="id_{name}"]', text)


def start_by_hand(lead: Visitor, title: str, kind: str, regime: str) -> str:
    """Start a procurement that no notice brought; its address."""
    lead.go("/exercises/new/")
    fill(lead, title=title, description=f"{title}, each day of the week, for a year.")
    pick(lead, "kind", kind)
    lead.page.select_option("#id_regime", regime)
    lead.press("Start the procurement").says("You lead it")
    return lead.page.url


def set_deadline(lead: Visitor, exercise: str, at_least: int) -> datetime.datetime:
    """Let questions and tenders end with the first minute that is ``at_least`` seconds ahead."""
    due = datetime.datetime.now(UK) + datetime.timedelta(seconds=at_least)
    due = due.replace(second=0, microsecond=0) + datetime.timedelta(minutes=1)
    lead.go(f"{exercise}settings/")
    for name in ("questions_due", "tenders_due"):
        lead.fill_date(name, due)
        lead.page.fill(f"#id_{name}_time", f"{due:%H:%M}")
    lead.press("Save settings").says("Settings saved")
    return due


def set_up(
    lead: Visitor, exercise: str, *, subject: str = SUBJECT, chair_scores: bool = False
) -> None:
    """The settings but for the deadline, the rules of the lot, and the ready scale."""
    today = datetime.date.today()
    lead.go(f"{exercise}settings/")
    fill(
        lead,
        subject_matter=subject,
        value_gbp="260000",
        minimum_scores="6",
    )
    lead.fill_date("tender_notice_on", today)
    lead.fill_date("contract_starts_on", today + datetime.timedelta(days=30))
    lead.fill_date("contract_ends_on", today + datetime.timedelta(days=1000))
    if not lead.page.is_checked("#id_is_open"):
        lead.page.check("#id_is_open")
    if chair_scores:
        lead.page.check("#id_chair_scores")
    lead.press("Save settings").says("Settings saved")
    lead.go(f"{exercise}lots/1/change/")
    fill(lead, winners="1", decimal_places="2")
    pick(lead, "rounding", "half_up")
    lead.page.select_option("#id_tie_break_1", "higher_quality")
    lead.page.select_option("#id_tie_break_2", "drawn_by_lot")
    lead.press("Save the lot").says("Lot 1 saved")
    lead.go(f"{exercise}scales/").press("Add the ready scale, 0 to 5").says("added")


def add_criterion(
    lead: Visitor, exercise: str, kind: str, title: str, weight: str, asks: str, *, above: str = ""
) -> None:
    """Add a rated criterion to lot 1, or below the criterion that ``above`` names."""
    lead.go(f"{exercise}lots/1/")
    if above:
        lead.follow(f"Add below {above}")
    else:
        lead.page.get_by_role("button", name="Add a criterion").first.click()
        lead.page.wait_for_url("**/criteria/new/**")
    pick(lead, "kind", kind)
    lead.press("Continue")
    fill(lead, title=title, weight_percent=weight, asks=asks, word_limit="500")
    lead.page.fill(
        "#id_guidance",
        "A full answer names who acts, by when, and how the resident is told of it.",
    )
    lead.page.select_option("#id_scale", index=1)
    lead.press("Save the criterion").says("Criterion saved")


def add_group(lead: Visitor, exercise: str, title: str, weight: str) -> None:
    """Add a criterion that is to have sub-criteria: a title and a weight, no more."""
    lead.go(f"{exercise}lots/1/criteria/new/?kind=quality")
    fill(lead, title=title, weight_percent=weight)
    lead.press("Save the criterion").says("Criterion saved")


def add_price(lead: Visitor, exercise: str, weight: str) -> None:
    """Add the price by the relative method. Choosing it shows what the method needs."""
    lead.go(f"{exercise}lots/1/criteria/new/?kind=price")
    pick(lead, "price_method", "relative")
    lead.page.locator("button[name=show][value=price_method]").click()
    lead.page.get_by_text("Nothing is saved yet").wait_for()
    lead.check()
    fill(
        lead,
        title="Price",
        weight_percent=weight,
        price_basis="The total for the whole term, without VAT.",
        abnormally_low_percent="20",
    )
    lead.press("Save the criterion").says("Criterion saved")


def add_ethics(lead: Visitor, exercise: str, place: str) -> None:
    """Add the first expectation of the ready section on ethics, as ``place``."""
    lead.go(f"{exercise}ready/ethics/")
    pick(lead, "place", place)
    lead.page.locator("input[name^=criteria_]").first.check()
    lead.press("Add to the design")


def give_duties(lead: Visitor, exercise: str, duties: list[tuple[str, str]]) -> None:
    """Name people, each by full name, for a duty; evaluators score every rated criterion."""
    for name, duty in duties:
        lead.go(f"{exercise}team/new/")
        lead.page.select_option("#id_user", label=name)
        pick(lead, "duty", duty)
        lead.press("Give the duty").says("Duty given")
        if duty == "evaluator":
            lead.follow(f"Assign criteria to {name}")
            for box in lead.page.get_by_role("checkbox").all():
                box.check()
            lead.press("Assign").says("Criteria assigned")


def declare_no_interest(person: Visitor, exercise: str) -> None:
    """Declare no interest in whatever the page still asks about."""
    person.go(f"{exercise}interests/")
    waiting = person.page.locator("li.govuk-task-list__item", has_text="To declare")
    while waiting.count():
        with person.page.expect_navigation():
            waiting.first.get_by_role("link").click()
        person.check()
        pick(person, "has_interest", "no")
        person.press("Declare").says("Declared: no interest")


def set_passphrases(opener: Visitor, exercise: str) -> None:
    """Set one's passphrase for both openings."""
    for kind in ("quality", "price"):
        opener.go(f"{exercise}openers/{kind}/passphrase/")
        fill(opener, password=PASSPHRASE, password_again=PASSPHRASE)
        opener.press("Set the passphrase").says("Your passphrase is set")


def make_recovery_shares(lead: Visitor, exercise: str) -> dict[str, str]:
    """The codes of the two recovery shares, each shown once."""
    codes = {}
    for kind in ("quality", "price"):
        lead.go(f"{exercise}openers/{kind}/recovery/").press("Make the recovery share")
        codes[kind] = lead.page.inner_text("[data-recovery-code]").strip()
    return codes


def open_part(
    opener: Visitor, exercise: str, button: str, secret: str = PASSPHRASE, which: str = "own"
) -> None:
    """Do one's part of the opening that the page of openers offers by this button."""
    opener.go(f"{exercise}openers/")
    with opener.page.expect_navigation():
        opener.page.get_by_role("button", name=button, exact=True).first.click()
    opener.check()
    pick(opener, "which", which)
    opener.page.fill("#id_password", secret)
    opener.press("Do my part")


def confirm_conflicts(lead: Visitor, exercise: str) -> None:
    lead.go(f"{exercise}conflicts/")
    lead.page.fill(
        "#id_perceived", "Two of us once worked with a bidder; it is known to the whole team."
    )
    lead.press("Confirm the assessment").says("Conflicts assessment confirmed")


def publish(lead: Visitor, exercise: str, number: str) -> None:
    """Publish with the notice of today where it has a number."""
    lead.go(f"{exercise}publish/")
    if number:
        lead.page.fill("#id_notice_number", number)
        lead.fill_date("notice_published_on", datetime.date.today())
    lead.page.check("#id_sure")
    lead.press("Publish").says("Published")


def wait_for_deadline(opener: Visitor, exercise: str, due: datetime.datetime) -> None:
    """Look at the exercise until it says that bids can be opened."""
    seconds = (due - datetime.datetime.now(UK)).total_seconds()
    opener.page.wait_for_timeout(max(0, seconds) * 1000)
    opener.go(exercise).says("The deadline has passed")


def press_by_link(person: Visitor, address: str, link: str) -> None:
    """Open an address and press the link button of this name."""
    person.go(address)
    with person.page.expect_navigation():
        person.page.get_by_role("button", name=link, exact=True).first.click()
    person.check()
