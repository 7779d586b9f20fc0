"""What exercises need from each person, in a constant number of queries."""

from datetime import timedelta

import pytest

from accounts.access import Actor
from commissioning import actions, demonstration, queries
from commissioning.models import ExerciseDeclaration, ModelVersion

pytestmark = pytest.mark.django_db


def items(bidding, who: str) -> list[str]:
    return [row.text for row in queries.exercise_home_items(bidding.actor(who))]


def test_nobody_is_asked_for_anything_that_is_done(bidding):
    for who in ("priya", "evan", "anna", "sam", "mei", "olive"):
        assert items(bidding, who) == []
    assert queries.exercise_home_items(Actor()) == []


def test_member_who_has_not_declared_is_asked(bidding):
    ExerciseDeclaration.objects.filter(user=bidding.people.users["evan"]).update(
        replaced_at="2026-01-01T00:00:00Z"
    )
    assert items(bidding, "evan") == ["Declare your interests in Visits at home"]


def test_interest_waits_for_the_lead_or_of_the_lead_for_the_approver(bidding):
    for who in ("evan", "priya"):
        actions.declare_in_exercise(
            actor=bidding.actor(who),
            exercise=bidding.exercise,
            provider=None,
            has_interest=True,
            description="A cousin.",
        )
    assert items(bidding, "priya") == ["Decide about an interest of Evan Hughes in Visits at home"]
    assert items(bidding, "anna") == ["Decide about an interest of Priya Raman in Visits at home"]
    assert items(bidding, "carl") == []


def test_question_waits_for_the_lead(bidding):
    actions.ask_question(
        actor=bidding.actor("sam"),
        exercise=bidding.exercise,
        provider=bidding.provider("firm"),
        question="In the evening too?",
    )
    assert items(bidding, "priya") == ["Answer a question about Visits at home"]
    assert items(bidding, "evan") == []


def test_openers_are_told_once_the_deadline_has_passed_whether_or_not_anybody_bids(bidding):
    with bidding.after_deadline():
        assert items(bidding, "carl") == ["Open the bids for Visits at home"]
        assert items(bidding, "evan") == []
    bidding.bid()
    with bidding.after_deadline():
        assert items(bidding, "carl") == ["Open the bids for Visits at home"]


@pytest.mark.parametrize("days", [-10, 10])
def test_deadline_that_is_only_drafted_asks_nobody_to_open_earlier_or_later(bidding, days):
    exercise, priya = bidding.exercise, bidding.actor("priya")
    drafted = exercise.tenders_due_at + timedelta(days=days)
    actions.open_amendment(actor=priya, exercise=exercise)
    actions.change_settings(
        actor=priya, exercise=exercise, tenders_due_at=drafted, questions_due_at=None
    )
    with bidding.after_deadline(-1):
        assert items(bidding, "carl") == []
    with bidding.after_deadline():
        (item,) = queries.exercise_home_items(bidding.actor("carl"))
    assert item.text == "Open the bids for Visits at home"
    assert item.at == ModelVersion.objects.get(exercise=exercise).tenders_due_at


@pytest.mark.parametrize("number", [1, 3])
def test_home_takes_a_constant_number_of_queries(bidding, django_assert_num_queries, number):
    for place in range(number):
        demonstration.design(bidding.people, f"Another {place}")
    priya = bidding.actor("priya")
    with django_assert_num_queries(6):
        assert len(queries.exercise_home_items(priya)) == number


def test_team_is_asked_about_the_bidders_once_they_are_known(bidding):
    bidding.bid()
    with bidding.after_deadline():
        assert items(bidding, "evan") == []
        demonstration.open_bids(bidding.people, bidding.exercise)
    wanted = "Declare your interests in the bidders for Visits at home"
    assert wanted in items(bidding, "evan")
    assert wanted in items(bidding, "anna")
    demonstration.declare_about_bidders(bidding.people, bidding.exercise, ["evan"])
    assert wanted not in items(bidding, "evan")
    for who in ("adam", "mei", "sam"):
        assert wanted not in items(bidding, who)
