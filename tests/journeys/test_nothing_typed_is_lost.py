"""Drafts save themselves, and neither a lapsed session nor a colleague's newer save loses a word.

And a rater who uses the keyboard alone gets from criterion to criterion.
"""

import json

import pytest

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("journey"), pytest.mark.timeout(600)]

FIND = """
import json
from providers.models import SelfAssessment
from scorecards.models import Scorecard
row = SelfAssessment.objects.filter(
    state='drafting', provider__organisation__name__startswith='Aldergate'
).first()
rating = Scorecard.objects.get(stage='rating')
print(json.dumps({'draft': row.reference, 'rating': rating.reference}))
"""
ANSWER = "/self-assessments/{draft}/answers/seven-principles/{code}/"
RATING = "/scorecards/{rating}/criteria/seven-principles/SP1.1/"


@pytest.fixture(scope="module")
def found(demonstration_site):
    return json.loads(demonstration_site.python(FIND))


def test_draft_saves_itself_as_it_is_typed(demonstration_site, visit, found):
    sam = visit(demonstration_site, "sam")
    sam.go(ANSWER.format(code="SP2.1", **found))
    sam.page.fill("#id_narrative", "Typed, and saved by nobody's hand.")
    sam.page.get_by_text("Draft saved at").wait_for()
    again = visit(demonstration_site, "sam")
    again.go(ANSWER.format(code="SP2.1", **found))
    assert again.page.input_value("#id_narrative") == "Typed, and saved by nobody's hand."


@pytest.mark.parametrize(("code", "javascript"), [("SP2.2", True), ("SP3.1", False)])
def test_lapsed_session_loses_no_text(demonstration_site, visit, found, code, javascript):
    sam = visit(demonstration_site, "sam", javascript=javascript)
    sam.go(ANSWER.format(code=code, **found))
    sam.context.clear_cookies(name="sessionid")
    sam.page.fill("#id_narrative", "An hour's work that must not be lost.")
    sam.press("Save and go back to the list").says("What you typed has been kept")
    sam.page.fill("#id_login", "sam@demonstration.example")
    sam.page.fill("#id_password", "three random words")
    sam.press("Sign in").says("was kept")
    assert sam.page.input_value("#id_narrative") == "An hour's work that must not be lost."
    sam.press("Save and go back to the list")
    sam.go(ANSWER.format(code=code, **found))
    assert sam.page.input_value("#id_narrative") == "An hour's work that must not be lost."


def test_colleague_who_saved_first_is_shown_and_not_overwritten(demonstration_site, visit, found):
    path = ANSWER.format(code="SP4.1", **found)
    sam = visit(demonstration_site, "sam", javascript=False).go(path)
    cara = visit(demonstration_site, "cara", javascript=False).go(path)
    sam.page.fill("#id_narrative", "What Sam wrote.")
    sam.press("Save and go on")
    cara.page.fill("#id_narrative", "What Cara wrote.")
    cara.press("Save and go on").says("What Sam wrote.").says("Saved by Sam Doyle")
    assert cara.page.input_value("#id_narrative") == "What Cara wrote."
    sam.go(path)
    assert sam.page.input_value("#id_narrative") == "What Sam wrote."


def test_keyboard_alone_rates_and_goes_on(demonstration_site, visit, found):
    evan = visit(demonstration_site, "evan")
    evan.go(RATING.format(**found))
    page = evan.page
    page.locator("input[name=value]:checked").focus()
    page.keyboard.press("ArrowDown")
    chosen = page.input_value("input[name=value]:checked")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.name") == "evidence_strength"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "id_rationale"
    page.keyboard.press("End")
    page.keyboard.type(" Rated by keyboard.")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Save and go on"
    with page.expect_navigation():
        page.keyboard.press("Enter")
    evan.check().says("SP1.1 rated")
    evan.go(RATING.format(**found))
    assert page.input_value("input[name=value]:checked") == chosen
    assert "Rated by keyboard." in page.input_value("#id_rationale")


def test_progress_follows_a_saved_rating(demonstration_site, visit, found):
    evan = visit(demonstration_site, "evan")
    evan.go(RATING.format(**found).replace("SP1.1", "SP2.1"))
    before = evan.page.inner_text(".sticky-progress")
    evan.page.locator("input[name=value]").nth(2).check()
    evan.page.locator("input[name=evidence_strength]").nth(1).check()
    evan.page.fill("#id_rationale", "Seen in the register.")
    evan.page.get_by_text("Draft saved at").wait_for()
    after = evan.page.inner_text(".sticky-progress")
    assert (before.split(" ")[0], after.split(" ")[0]) == ("20", "21")
