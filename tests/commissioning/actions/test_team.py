"""Naming a team: roles, duties that clash, the last lead, criteria."""

import pytest

from accounts.access import Refused, WrongState
from commissioning import actions, queries
from commissioning.enums import Duty
from commissioning.models import ExerciseMember

pytestmark = pytest.mark.django_db


def name(bidding, who: str, duty: str, by: str = "priya", **more) -> ExerciseMember:
    return actions.name_member(
        actor=bidding.actor(by),
        exercise=bidding.exercise,
        user=bidding.people.users[who],
        duty=duty,
        **more,
    )


def member(bidding, who: str, duty: str) -> ExerciseMember:
    return ExerciseMember.objects.current().get(
        exercise=bidding.exercise, user=bidding.people.users[who], duty=duty
    )


def test_only_a_lead_names_members(bidding):
    with pytest.raises(Refused):
        name(bidding, "evan", Duty.QUALITY_OPENER, by="carl")


def test_person_of_another_body_is_refused(bidding):
    with pytest.raises(Refused):
        name(bidding, "mei", Duty.EVALUATOR)


def test_provider_is_refused(bidding):
    with pytest.raises(Refused):
        name(bidding, "sam", Duty.EVALUATOR)


@pytest.mark.parametrize(
    ("who", "duty", "words"),
    [
        ("evan", Duty.APPROVER, "second factor"),
        ("evan", Duty.LEAD, "procurement lead"),
        ("evan", Duty.EVALUATOR, "already"),
        ("anna", Duty.EVALUATOR, "approver never scores"),
        ("carl", Duty.EVALUATOR, "published with the award criteria"),
    ],
)
def test_duty_is_refused(bidding, who, duty, words):
    with pytest.raises(WrongState, match=words):
        name(bidding, who, duty)


def test_approver_has_a_limit_and_others_have_none(bidding):
    actions.end_member(actor=bidding.actor("priya"), member=member(bidding, "anna", Duty.APPROVER))
    row = name(bidding, "anna", Duty.APPROVER, approves_up_to_gbp=100)
    other = name(bidding, "evan", Duty.QUALITY_OPENER, approves_up_to_gbp=100)
    assert (row.approves_up_to_gbp, other.approves_up_to_gbp) == (100, None)


def test_last_lead_cannot_leave(bidding):
    with pytest.raises(WrongState, match="another lead"):
        actions.end_member(actor=bidding.actor("priya"), member=member(bidding, "priya", Duty.LEAD))


def test_ended_duty_is_kept_and_no_longer_held(bidding):
    row = member(bidding, "evan", Duty.EVALUATOR)
    actions.end_member(actor=bidding.actor("priya"), member=row)
    row.refresh_from_db()
    assert row.ended_at is not None
    assert queries.duties(bidding.actor("evan"), bidding.exercise) == frozenset()
    with pytest.raises(WrongState, match="ended already"):
        actions.end_member(actor=bidding.actor("priya"), member=row)


def test_criteria_are_assigned_to_evaluators_only(bidding):
    with pytest.raises(WrongState, match="Only evaluators"):
        actions.assign_criteria(
            actor=bidding.actor("priya"), member=member(bidding, "carl", Duty.CHAIR), criteria=[]
        )


def test_assignment_replaces_what_was_assigned(bidding):
    row = member(bidding, "evan", Duty.EVALUATOR)
    kept = row.assignments.first()
    actions.assign_criteria(
        actor=bidding.actor("priya"), member=row, criteria=[(1, kept.criterion_key)]
    )
    assert list(row.assignments.values_list("lot_number", "criterion_key")) == [
        (1, kept.criterion_key)
    ]
