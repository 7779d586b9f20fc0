"""Interests in an exercise, decisions about them, the conflicts assessment and its notices."""

import json
from datetime import date, timedelta

import pytest

from django.utils import timezone

from accounts.access import Refused, WrongState
from accounts.models import AuditEvent
from commissioning import actions, demonstration, queries
from commissioning.models import Contract, ExerciseDeclaration

pytestmark = pytest.mark.django_db


def declare(bidding, who: str, description: str = "", provider=None) -> ExerciseDeclaration:
    return actions.declare_in_exercise(
        actor=bidding.actor(who),
        exercise=bidding.exercise,
        provider=provider,
        has_interest=bool(description),
        description=description,
    )


def resolve(bidding, by: str, row: ExerciseDeclaration, resolution: str = "mitigated"):
    return actions.resolve_in_exercise(
        actor=bidding.actor(by), declaration=row, resolution=resolution, note="Sits out lot 1."
    )


def test_interest_replaces_the_former_declaration_and_keeps_it(bidding):
    row = declare(bidding, "evan", "A cousin works there.")
    rows = ExerciseDeclaration.objects.filter(user=row.user, exercise=bidding.exercise)
    assert [held.has_interest for held in rows.order_by("pk")] == [False, True]
    assert list(rows.current()) == [row]


def test_interest_cannot_be_taken_back_by_its_declarant(bidding):
    declare(bidding, "evan", "A cousin works there.")
    with pytest.raises(WrongState, match="Only another person"):
        declare(bidding, "evan")


def test_trail_of_a_declaration_does_not_say_which_bidder(bidding):
    provider = bidding.bid().provider
    with bidding.after_deadline():
        demonstration.open_bids(bidding.people, bidding.exercise)
    declare(bidding, "evan", provider=provider)
    row = AuditEvent.objects.filter(verb="exercise_interest.declared").latest("pk")
    assert (row.facts["about"], row.facts["has_interest"]) == ("a bidder", False)
    shown = AuditEvent.objects.visible_to(bidding.actor("adam"))
    assert shown.exists()
    assert not shown.filter(verb="exercise_interest.declared").exists()
    assert provider.reference not in f"{row.facts} {row.subject_reference} {row.case_reference}"


def test_same_answer_again_changes_nothing(bidding):
    first = declare(bidding, "evan")
    assert declare(bidding, "evan") == first


def test_bidder_is_not_known_before_the_opening(bidding):
    bidding.bid()
    with pytest.raises(WrongState, match="not known"):
        declare(bidding, "evan", "", bidding.provider("firm"))


def test_lead_decides_about_others_and_approver_about_the_lead(bidding):
    of_evan = declare(bidding, "evan", "A cousin works there.")
    of_lead = declare(bidding, "priya", "A former employer.")
    for by, row in (("evan", of_evan), ("anna", of_evan), ("priya", of_lead), ("carl", of_lead)):
        with pytest.raises(Refused):
            resolve(bidding, by, row)
    assert resolve(bidding, "priya", of_evan).resolution == "mitigated"
    assert resolve(bidding, "anna", of_lead, "recused").resolution == "recused"


def test_decision_needs_its_note(bidding):
    row = declare(bidding, "evan", "A cousin works there.")
    with pytest.raises(WrongState, match="Say what was decided"):
        actions.resolve_in_exercise(
            actor=bidding.actor("priya"), declaration=row, resolution="recused", note=" "
        )


def test_assessment_waits_for_every_decision(bidding):
    declare(bidding, "evan", "A cousin works there.")
    with pytest.raises(WrongState, match="decided about"):
        demonstration.confirm_assessment(bidding.people, bidding.exercise)


def test_assessment_says_who_declared_what(bidding):
    resolve(bidding, "priya", declare(bidding, "evan", "A cousin works there."))
    demonstration.confirm_assessment(bidding.people, bidding.exercise)
    last = queries.conflicts_assessments(bidding.actor("priya"), bidding.exercise).first()
    evan = next(row for row in json.loads(last.content)["people"] if row["name"] == "Evan Hughes")
    assert [row["description"] for row in evan["declarations"]] == ["A cousin works there."]
    assert evan["declarations"][0]["steps"] == "Sits out lot 1."


def test_only_the_lead_confirms(bidding):
    with pytest.raises(Refused):
        actions.confirm_conflicts_assessment(
            actor=bidding.actor("anna"), exercise=bidding.exercise, perceived="Nothing."
        )


def notice(bidding, number: str = "2026/S 9", on: date | None = None, code: str = "UK5"):
    return actions.record_notice(
        actor=bidding.actor("priya"),
        exercise=bidding.exercise,
        code=code,
        number=number,
        published_on=on or timezone.localdate(),
    )


def test_each_notice_needs_a_fresh_assessment(bidding):
    with pytest.raises(WrongState, match="Confirm the conflicts assessment again"):
        notice(bidding)
    demonstration.confirm_assessment(bidding.people, bidding.exercise)
    row = notice(bidding)
    assert row.conflicts_assessment.number == 2
    with pytest.raises(WrongState, match="Confirm the conflicts assessment again"):
        notice(bidding, "2026/S 10")


def test_declaration_makes_the_assessment_stale(bidding):
    demonstration.confirm_assessment(bidding.people, bidding.exercise)
    resolve(bidding, "priya", declare(bidding, "evan", "A cousin works there."))
    assert queries.fresh_conflicts_assessment(bidding.actor("priya"), bidding.exercise) is None


def test_notice_of_tomorrow_is_refused(bidding):
    demonstration.confirm_assessment(bidding.people, bidding.exercise)
    with pytest.raises(WrongState, match="in the future"):
        notice(bidding, on=timezone.localdate() + timedelta(days=1))


def enter_contract(bidding, on: date):
    return Contract.objects.create(
        commissioner=bidding.exercise.procurement.buyer,
        procurement=bidding.exercise.procurement,
        title="Visits",
        awarded_on=on,
    )


@pytest.mark.parametrize("code", ["UK7", "UK10"])
def test_notices_of_a_contract_confirm_the_assessment_anew(bidding, code):
    enter_contract(bidding, timezone.localdate())
    with pytest.raises(WrongState, match="Confirm the conflicts assessment again"):
        notice(bidding, code=code)
    demonstration.confirm_assessment(bidding.people, bidding.exercise)
    assert notice(bidding, code=code).conflicts_assessment.number == 2


@pytest.mark.parametrize("code", ["UK9", "UK11", "UK12"])
def test_notices_that_do_without_the_assessment_do_not_wait_for_it(bidding, code):
    enter_contract(bidding, timezone.localdate())
    assert notice(bidding, code=code).conflicts_assessment is None


@pytest.mark.parametrize("code", ["UK7", "UK9", "UK10", "UK11"])
def test_notice_about_a_contract_waits_for_the_contract(bidding, code):
    demonstration.confirm_assessment(bidding.people, bidding.exercise)
    enter_contract(bidding, timezone.localdate())
    yesterday = timezone.localdate() - timedelta(days=1)
    with pytest.raises(WrongState, match="none had been entered into by that day"):
        notice(bidding, on=yesterday, code=code)


def test_procurement_termination_notice_needs_no_contract(bidding):
    assert notice(bidding, code="UK12").code == "UK12"
