"""The page by which a supplier is excluded, and what the lead has to decide before a result."""

from dataclasses import replace

import pytest

from django.utils import timezone

from commissioning.award_model.dates import last_day_of
from commissioning.demonstration import OFFERS
from commissioning.models import Exercise
from scorecards import queries
from scorecards.models import BidStanding
from tests.scorecards.evaluation_samples import exclude, once_for_a_module
from tests.signing_in import begin_session

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def opened_once(django_db_setup, django_db_blocker):
    """Four opened bids; the first bidder says that it does not meet the conditions."""
    unmet = replace(OFFERS[0], meets_conditions=False)
    with once_for_a_module(django_db_blocker, offers=(unmet, *OFFERS[1:])) as found:
        yield found


@pytest.fixture
def visit(client, opened):
    def go(who, name, *more, status=200, data=None):
        begin_session(client, opened.people.users[who])
        url = opened.url(name, *more)
        response = client.get(url) if data is None else client.post(url, data)
        assert response.status_code == status
        return response.content.decode()

    return go


def given(**changes):
    today = timezone.localdate()
    return {
        "ground_code": "theft_fraud",
        "about": "supplier",
        "asked_on_day": today.day,
        "asked_on_month": today.month,
        "asked_on_year": today.year,
        "representations": "It said nothing in two weeks.",
        "circumstances": "continuing",
        "circumstances_reason": "The convicted director still signs its accounts.",
        "reason": "It was convicted of fraud.",
    } | changes


def test_lead_excludes_a_supplier_and_is_told_by_when_to_tell_it(opened, visit):
    visit("priya", "exclusion-edit", opened.code(), data=given(), status=302)
    row = BidStanding.objects.get()
    assert (row.exclusion.ground_code, row.exclusion.circumstances) == ("theft_fraud", "continuing")
    text = visit("priya", "bid-detail", opened.code())
    assert "still signs its accounts" in text
    assert "Tell a Minister of the Crown" in text
    due = last_day_of(30, timezone.localdate(row.at))
    assert f"{due:%-d %B %Y}" in text


@pytest.mark.parametrize(
    ("empty", "words"),
    [
        ("ground_code", "Choose the ground"),
        ("about", "Choose whom the ground applies to"),
        ("circumstances", "Choose whether the circumstances are continuing"),
        ("circumstances_reason", "Say what shows that the circumstances"),
        ("representations", "Enter what the supplier said"),
        ("reason", "Give the reason"),
    ],
)
def test_gap_is_asked_for_and_the_rest_kept(opened, visit, empty, words):
    text = visit("priya", "exclusion-edit", opened.code(), data=given(**{empty: ""}))
    assert words in text
    assert "Error: " in text
    assert not BidStanding.objects.exists()


def test_supplier_is_heard_before(opened, visit):
    data = given(asked_on_year=timezone.localdate().year + 1)
    text = visit("priya", "exclusion-edit", opened.code(), data=data)
    assert "has to be heard before it is excluded" in text


def test_page_says_what_the_law_asks_and_the_hook_for_ethics(opened, visit):
    text = visit("priya", "exclusion-edit", opened.code())
    assert "continuing or likely to occur again" in text
    assert "Schedule 7, paragraph 11(3)(c)" in text
    assert "more than five years ago" in text


def test_page_says_where_no_rule_is_held(opened, visit):
    Exercise.objects.filter(pk=opened.exercise.pk).update(regime="scotland")
    text = visit("priya", "exclusion-edit", opened.code())
    assert "This service holds no rule on the exclusion of suppliers" in text
    assert "<textarea" not in text


def test_standing_offers_exclusion_only_on_its_own_page(opened, visit):
    page = opened.url("exclusion-edit", opened.code())
    text = visit("priya", "standing-edit", opened.code())
    assert page in text
    assert 'value="excluded"' not in text
    Exercise.objects.filter(pk=opened.exercise.pk).update(regime="scotland")
    text = visit("priya", "standing-edit", opened.code())
    assert page not in text
    assert 'value="excluded"' in text


@pytest.mark.parametrize("name", ["evan", "carl", "anna"])
def test_only_the_lead_opens_it(visit, name):
    visit(name, "exclusion-edit", "A", status=403)


def test_lead_is_told_of_what_to_decide_and_nobody_else_is(opened, visit):
    (row,) = queries.undecided_declarations(opened.actor("priya"), opened.lot)
    code = row.bid_lot.code
    assert "To decide before the result is calculated" in visit("priya", "evaluation-detail")
    assert "its bidder’s declaration speaks against it" in visit("priya", "bid-detail", code)
    assert "section 19(3)(a)" in visit("priya", "standing-edit", code)
    assert "To decide before" not in visit("evan", "evaluation-detail")
    assert "speaks against it" not in visit("evan", "bid-detail", code)


def test_exclusion_decides_it(opened, visit):
    (row,) = queries.undecided_declarations(opened.actor("priya"), opened.lot)
    exclude(opened, bid_lot=row.bid_lot)
    assert "To decide before" not in visit("priya", "evaluation-detail")
