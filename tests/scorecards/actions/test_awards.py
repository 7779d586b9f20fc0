"""From a result to a contract: who may do what, when, and what it leaves."""

import datetime
from decimal import Decimal

import pytest
import time_machine

from django.utils import timezone

from accounts.access import Refused, WrongState
from commissioning import demonstration as exercises
from commissioning.actions import record_notice
from commissioning.enums import Duty, NoticeCode
from commissioning.models import ExerciseMember
from scorecards import actions
from scorecards import demonstration_awards as work
from scorecards.enums import LotStage, Standing
from scorecards.models import LotContract
from tests.scorecards.awarding import calculated, to_approved, to_released, to_standstill

__all__ = ["calculated"]
pytestmark = pytest.mark.django_db


def notice(opened, **changes):
    given = {"number": "2026/S 1", "published_on": timezone.localdate()}
    return actions.record_award_notice(
        actor=opened.actor("priya"), evaluation=opened.lot, **(given | changes)
    )


@pytest.mark.parametrize("who", ["evan", "carl", "anna", "adam", "mei", "sam", "oscar", "olive"])
def test_only_the_lead_recommends(calculated, who):
    with pytest.raises(Refused):
        actions.recommend_award(
            actor=calculated.actor(who), evaluation=calculated.lot, recommendation="Take it."
        )


def test_recommendation_needs_words(calculated):
    with pytest.raises(WrongState, match="in words"):
        actions.recommend_award(
            actor=calculated.actor("priya"), evaluation=calculated.lot, recommendation=" "
        )


def test_changed_standing_needs_a_new_result(calculated):
    actions.set_standing(
        actor=calculated.actor("priya"),
        evaluation=calculated.lot,
        bid_lot=calculated.bids[0],
        standing=Standing.PROCEDURAL_BREACH,
        ground="Instructions, paragraph 4",
        reason="It was handed in under two names.",
    )
    with pytest.raises(WrongState, match="calculated again"):
        work.recommend(calculated.people, calculated.lot)
    calculated.calculate()
    work.recommend(calculated.people, calculated.lot)
    assert calculated.lot.stage == LotStage.RECOMMENDED


@pytest.mark.parametrize("who", ["priya", "evan", "carl", "mei"])
def test_only_an_approver_who_did_not_score_approves(calculated, who):
    work.recommend(calculated.people, calculated.lot)
    with pytest.raises(Refused):
        actions.approve_award(actor=calculated.actor(who), evaluation=calculated.lot)


def test_approver_has_a_limit_by_value(calculated):
    ExerciseMember.objects.filter(exercise=calculated.exercise, duty=Duty.APPROVER).update(
        approves_up_to_gbp=1000
    )
    work.recommend(calculated.people, calculated.lot)
    with pytest.raises(Refused, match="above this approver's limit"):
        work.approve(calculated.people, calculated.lot)


def test_returned_recommendation_can_be_made_again(calculated):
    work.recommend(calculated.people, calculated.lot)
    actions.return_award(
        actor=calculated.actor("anna"), evaluation=calculated.lot, reason="Say more on price."
    )
    assert calculated.lot.stage == LotStage.CALCULATED
    work.recommend(calculated.people, calculated.lot)


def test_notice_waits_for_the_summaries(calculated):
    to_approved(calculated)
    with pytest.raises(WrongState, match="cannot be done now"):
        notice(calculated)


def test_notice_is_not_older_than_the_summaries(calculated):
    to_released(calculated)
    with pytest.raises(WrongState, match="before the award notice"):
        notice(calculated, published_on=timezone.localdate() - datetime.timedelta(days=1))


def test_notice_of_several_lots_has_one_day(calculated):
    to_released(calculated)
    exercises.confirm_assessment(calculated.people, calculated.exercise)
    today = timezone.localdate()
    record_notice(
        actor=calculated.actor("priya"),
        exercise=calculated.exercise,
        code=NoticeCode.UK6,
        number="2026/S 1",
        published_on=today,
    )
    with (
        time_machine.travel(timezone.now() + datetime.timedelta(days=1)),
        pytest.raises(WrongState, match="recorded as published on"),
    ):
        notice(calculated)
    assert notice(calculated).award_notice.published_on == today


def test_notice_needs_the_assessment_confirmed_again(calculated):
    to_released(calculated)
    with pytest.raises(WrongState, match="Confirm the conflicts assessment again"):
        notice(calculated)


def test_standstill_has_eight_working_days(calculated):
    with time_machine.travel(datetime.datetime(2026, 12, 21, 9, tzinfo=datetime.UTC)):
        evaluation = to_standstill(calculated)
    # 21, 22, 23, 24, 29, 30, 31 December and 5 January: 25, 28 December and 1 January are bank
    # holidays, and so are 2 January and, in its stead, 4 January in Scotland.
    assert evaluation.standstill_ends_on == datetime.date(2027, 1, 5)


def test_exception_leaves_no_standstill(calculated):
    to_released(calculated)
    exercises.confirm_assessment(calculated.people, calculated.exercise)
    evaluation = notice(calculated, exception="light_touch")
    assert (evaluation.standstill_ends_on, evaluation.standstill_exception) == (None, "light_touch")


def test_contract_waits_for_the_end_of_the_standstill(calculated):
    evaluation = to_standstill(calculated)
    with pytest.raises(WrongState, match="standstill lasts until"):
        work.enter(calculated.people, evaluation, evaluation.standstill_ends_on)


def test_contract_of_tomorrow_is_refused(calculated):
    evaluation = to_standstill(calculated)
    after = evaluation.standstill_ends_on + datetime.timedelta(days=1)
    with pytest.raises(WrongState, match="in the future"):
        work.enter(calculated.people, evaluation, after)


def test_challenge_and_suspension_are_states_that_end(calculated):
    to_standstill(calculated)
    stages = []
    for step in ("challenge", "suspend", "go_on"):
        actions.record_challenge(
            actor=calculated.actor("priya"),
            evaluation=calculated.lot,
            step=step,
            reason="A claim was made known.",
        )
        stages.append(calculated.lot.stage)
    assert stages == [LotStage.CHALLENGED, LotStage.SUSPENDED, LotStage.STANDSTILL]


def test_suspended_award_is_not_entered_into(calculated):
    evaluation = to_standstill(calculated)
    actions.record_challenge(
        actor=calculated.actor("priya"), evaluation=evaluation, step="suspend", reason="A claim."
    )
    after = evaluation.standstill_ends_on + datetime.timedelta(days=3)
    with time_machine.travel(after), pytest.raises(WrongState, match="suspended"):
        work.enter(calculated.people, calculated.lot, timezone.localdate())


def test_contract_is_with_the_winner_at_its_price(calculated):
    evaluation = to_standstill(calculated)
    with time_machine.travel(evaluation.standstill_ends_on + datetime.timedelta(days=3)):
        work.enter(calculated.people, evaluation, timezone.localdate())
    row = LotContract.objects.get(evaluation=evaluation)
    prices = {"firm": 248000, "charity": 231500, "enterprise": 262750, "cooperative": 239900}
    names = {str(org): key for key, org in calculated.people.organisations.items()}
    assert row.contract.value_gbp == Decimal(prices[names[str(row.bid_lot.provider)]])
    assert calculated.lot.stage == LotStage.ENTERED


def test_lot_ends_without_an_award_for_a_reason(calculated):
    with pytest.raises(WrongState, match="Give the reason"):
        actions.end_lot(actor=calculated.actor("priya"), evaluation=calculated.lot, reason="")
    actions.end_lot(
        actor=calculated.actor("priya"), evaluation=calculated.lot, reason="The money is gone."
    )
    assert calculated.lot.stage == LotStage.NOT_AWARDED
