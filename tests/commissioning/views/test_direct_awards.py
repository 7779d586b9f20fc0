"""An award without competition in the browser, from its ground to its contract."""

import pytest

from django.urls import reverse
from django.utils import timezone

from commissioning import actions, demonstration, queries
from commissioning.award_model.dates import last_day_of
from commissioning.models import Exercise
from tests.signing_in import begin_session

pytestmark = pytest.mark.django_db


@pytest.fixture
def exercise(bidding) -> Exercise:
    lead = bidding.actor("priya")
    row = actions.start_exercise(
        actor=lead,
        commissioner=queries.commissioner_of(lead),
        kind="direct_award",
        title="Emergency night shelter",
        regime="procurement_act_2023",
    )
    actions.name_member(
        actor=lead, exercise=row, user=bidding.people.users["anna"], duty="approver"
    )
    return row


@pytest.fixture
def visit(client, bidding, exercise):
    """``visit("priya", "direct-award-send", {})``: open a page, or post ``data`` to it."""

    def go(who, name, data=None, status=200):
        begin_session(client, bidding.people.users[who])
        url = reverse(f"commissioning:{name}", args=[exercise.reference])
        response = client.get(url) if data is None else client.post(url, data)
        assert response.status_code == status
        return response.content.decode()

    return go


def day_of(name: str, day) -> dict[str, int]:
    return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}


def written(bidding) -> dict:
    today = timezone.localdate()
    return {
        "provider": bidding.provider("charity").pk,
        "ground": "urgency",
        "justification": "The shelter burnt down last night.",
        "how_value_was_tested": "Compared with two earlier contracts.",
        "value_gbp": "48000",
        **day_of("starts_on", today),
        **day_of("ends_on", today.replace(year=today.year + 1, day=1)),
    }


def declare_all(bidding, exercise) -> None:
    for who in ("priya", "anna"):
        actor = bidding.actor(who)
        for provider in (None, *queries.bidders_of(actor, exercise)):
            actions.declare_in_exercise(
                actor=actor, exercise=exercise, provider=provider, has_interest=False
            )


def test_award_goes_through_its_pages_to_a_contract(bidding, exercise, visit):
    visit("priya", "direct-award-write", written(bidding), status=302)
    assert "The shelter burnt down last night." in visit("priya", "direct-award")
    declare_all(bidding, exercise)
    visit("priya", "direct-award-send", {}, status=302)
    visit("anna", "direct-award-approve", {}, status=302)
    demonstration.confirm_assessment(bidding.people, exercise)
    today = timezone.localdate()
    notice = {"number": "2026/S 000-000091"} | day_of("published_on", today)
    visit("priya", "direct-award-notice", notice, status=302)
    row = queries.direct_award_of(bidding.actor("priya"), exercise)
    assert (row.state, str(row.approved_by)) == ("noticed", str(bidding.people.users["anna"]))
    assert "2026/S 000-000091" in visit("priya", "direct-award")


def test_contract_is_linked_from_the_award(bidding, exercise, visit):
    actions.add_term(
        actor=bidding.actor("priya"),
        exercise=exercise,
        title="Speaking up",
        text="A route for staff.",
        is_ethics=True,
    )
    visit("priya", "direct-award-write", written(bidding), status=302)
    declare_all(bidding, exercise)
    visit("priya", "direct-award-send", {}, status=302)
    visit("anna", "direct-award-approve", {}, status=302)
    demonstration.confirm_assessment(bidding.people, exercise)
    today = timezone.localdate()
    notice = {"number": "2026/S 000-000091"} | day_of("published_on", today)
    visit("priya", "direct-award-notice", notice, status=302)
    visit("priya", "direct-award-enter", day_of("entered_on", today), status=302)
    row = queries.direct_award_of(bidding.actor("priya"), exercise)
    text = visit("anna", "direct-award")
    assert row.contract.reference in text
    due = last_day_of(30, today)
    assert f"Contract details notice (UK7): publish by {due:%-d %B %Y}" in text
    assert "again first" in text
    demonstration.confirm_assessment(bidding.people, exercise)
    text = visit("priya", "direct-award")
    assert "It is confirmed, and nothing has changed since" in text
    assert "Record a notice about the contract" in text


def test_award_with_gaps_is_asked_for_and_keeps_what_was_typed(bidding, visit):
    text = visit("priya", "direct-award-write", written(bidding) | {"ground": ""})
    assert "Choose the ground" in text
    assert "The shelter burnt down last night." in text


def test_award_is_not_sent_before_everybody_has_declared(bidding, exercise, visit):
    visit("priya", "direct-award-write", written(bidding), status=302)
    text = visit("priya", "direct-award-send", {}, status=409)
    assert "declare" in text
    assert reverse("commissioning:direct-award", args=[exercise.reference]) in text
    assert f"{exercise.reference}, {exercise}" in text
    assert queries.direct_award_of(bidding.actor("priya"), exercise).state == "draft"


def test_returned_award_says_why(bidding, exercise, visit):
    visit("priya", "direct-award-write", written(bidding), status=302)
    declare_all(bidding, exercise)
    visit("priya", "direct-award-send", {}, status=302)
    assert "Give the reason" in visit("anna", "direct-award-return", {"reason": " "})
    visit("anna", "direct-award-return", {"reason": "Say who was asked."}, status=302)
    assert "Say who was asked." in visit("priya", "direct-award")


def test_nothing_is_sent_before_it_is_written(visit):
    visit("priya", "direct-award-send", status=404)
    assert "Write it" in visit("priya", "direct-award")
