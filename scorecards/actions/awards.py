"""From a result to a contract: recommendation, approval, notice, standstill, entering into it."""

import datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from accounts.access import Actor, WrongState, require
from commissioning import queries as exercises
from commissioning.actions import contract_from_award, record_notice
from commissioning.award_model.dates import StandstillException, standstill
from commissioning.award_model.duties import may_approve
from commissioning.enums import Duty, NoticeCode
from commissioning.inputs import published_model
from commissioning.models import BidLot, Contract, ExerciseMember, ExerciseNotice
from scorecards import queries
from scorecards.actions import _lot_steps as steps
from scorecards.actions.results import LEAD_ONLY, must_decide_about_declarations
from scorecards.award_inputs import bid_key
from scorecards.enums import LotStage
from scorecards.models import (
    BidRating,
    ConsensusRevision,
    LotContract,
    LotEvaluation,
    LotResult,
    LowTenderInquiry,
)
from scorecards.scoring import AwardLotsOutcome, award_lots_outcome_from_text


@transaction.atomic
def recommend_award(
    *, actor: Actor, evaluation: LotEvaluation, recommendation: str
) -> LotEvaluation:
    """Recommend what the result says, in words for the approver.

    Refused while a tie waits to be drawn, while a price that looks too low has not been looked
    into, where a bid's standing changed since the result, and where a bidder's own declaration
    speaks against its bid and nobody decided about it. Side effects, in order: evaluation,
    step, audit row.
    """
    evaluation = steps.lock_lot(evaluation)
    steps.must_hold(actor, evaluation, LEAD_ONLY, Duty.LEAD)
    steps.must_be(evaluation, LotStage.CALCULATED)
    result = standing_result(evaluation)
    outcome = outcome_of(result)
    _must_be_fresh(actor, result)
    if outcome.waiting_for_draw:
        raise WrongState(f"{outcome.words} Record the draw first.")
    must_decide_about_declarations(actor, evaluation)
    if not winners_of(evaluation):
        raise WrongState("No bid can be recommended. End the lot without an award.")
    lot = next(row for row in outcome.lots if row.lot_number == evaluation.lot_number)
    flagged = {flag.bid for flag in lot.abnormally_low}
    heard = {
        bid_key(row.bid_lot)
        for row in LowTenderInquiry.objects.filter(
            bid_lot__in=steps.bids_of(evaluation), decided_at__isnull=False
        ).select_related("bid_lot")
    }
    if flagged - heard:
        raise WrongState("Look into every price that looks abnormally low first.")
    if not recommendation.strip():
        raise WrongState("Give the recommendation in words.")
    evaluation.recommendation = recommendation.strip()
    evaluation.recommended_by = actor.user
    steps.take_lot_step(actor=actor, evaluation=evaluation, name="recommend")
    return evaluation


@transaction.atomic
def return_award(*, actor: Actor, evaluation: LotEvaluation, reason: str) -> LotEvaluation:
    """Return a recommendation to the lead, with the reason. Side effects: those of the step."""
    evaluation = steps.lock_lot(evaluation)
    steps.must_hold(actor, evaluation, "Only an approver returns it.", Duty.APPROVER)
    evaluation.recommended_by = None
    steps.take_lot_step(actor=actor, evaluation=evaluation, name="return_award", reason=reason)
    return evaluation


@transaction.atomic
def approve_award(*, actor: Actor, evaluation: LotEvaluation) -> LotEvaluation:
    """Approve the award, as somebody who did not score, within one's limit by value.

    Refused where a bid's standing changed since the result. Side effects, in order: evaluation,
    step, audit row.
    """
    evaluation = steps.lock_lot(evaluation)
    steps.must_hold(actor, evaluation, "Only an approver approves it.", Duty.APPROVER)
    verdict = may_approve(
        exercises.duties(actor, evaluation.exercise),
        has_scored=has_scored(actor, evaluation),
        value_gbp=value_of(evaluation),
        limit_gbp=_limit(actor, evaluation),
    )
    require(verdict.may, verdict.words)
    _must_be_fresh(actor, standing_result(evaluation))
    evaluation.approved_by = actor.user
    steps.take_lot_step(actor=actor, evaluation=evaluation, name="approve")
    return evaluation


@transaction.atomic
def record_award_notice(
    *,
    actor: Actor,
    evaluation: LotEvaluation,
    number: str,
    published_on: datetime.date,
    exception: str = "",
) -> LotEvaluation:
    """Record the contract award notice, after the summaries were released; count the standstill.

    ``exception`` of s.51 means that no standstill applies. Where we hold no rule for the regime,
    none is counted and the page says so. Side effects, in order: notice, evaluation, step, audit
    rows.
    """
    evaluation = steps.lock_lot(evaluation)
    steps.must_hold(actor, evaluation, LEAD_ONLY, Duty.LEAD)
    steps.must_be(evaluation, LotStage.SUMMARIES_RELEASED)
    released = evaluation.steps.filter(step="release").order_by("at").last().at
    if published_on < timezone.localdate(released):
        raise WrongState("Summaries are given before the award notice is published.")
    known = ExerciseNotice.objects.filter(
        exercise=evaluation.exercise, code=NoticeCode.UK6, number=number.strip()
    ).first()
    if known and known.published_on != published_on:
        raise WrongState(
            f"This notice is recorded as published on {known.published_on:%-d %B %Y}. Enter that"
            " day, or the number of another notice."
        )
    evaluation.award_notice = known or record_notice(
        actor=actor,
        exercise=evaluation.exercise,
        code=NoticeCode.UK6,
        number=number,
        published_on=published_on,
    )
    if exception:
        evaluation.standstill_exception = StandstillException(exception).value
    else:
        counted = standstill(evaluation.award_notice.published_on, evaluation.exercise.regime)
        evaluation.standstill_ends_on = counted.last_day if counted else None
    steps.take_lot_step(actor=actor, evaluation=evaluation, name="notice")
    return evaluation


@transaction.atomic
def record_challenge(
    *, actor: Actor, evaluation: LotEvaluation, step: str, reason: str
) -> LotEvaluation:
    """Record a challenge, a suspension, or that the award goes on. Side effects: those of the step.

    ``step`` is challenge, suspend or go_on.
    """
    evaluation = steps.lock_lot(evaluation)
    steps.must_hold(actor, evaluation, LEAD_ONLY, Duty.LEAD)
    if step not in ("challenge", "suspend", "go_on"):
        raise WrongState("Choose what happened.")
    steps.take_lot_step(actor=actor, evaluation=evaluation, name=step, reason=reason)
    return evaluation


@transaction.atomic
def end_lot(*, actor: Actor, evaluation: LotEvaluation, reason: str) -> LotEvaluation:
    """End a lot without an award, with the reason. Side effects: those of the step."""
    evaluation = steps.lock_lot(evaluation)
    steps.must_hold(actor, evaluation, LEAD_ONLY, Duty.LEAD)
    steps.take_lot_step(actor=actor, evaluation=evaluation, name="not_award", reason=reason)
    return evaluation


@transaction.atomic
def enter_contract(
    *, actor: Actor, evaluation: LotEvaluation, entered_on: datetime.date
) -> list[Contract]:
    """Record that the contract was entered into with each winner, once the standstill has ended.

    It carries the terms, KPIs, commitments and frameworks of the exercise into assurance. Side
    effects, in order for each winner: contract with what it carries; then step and audit row.
    """
    evaluation = steps.lock_lot(evaluation)
    steps.must_hold(actor, evaluation, LEAD_ONLY, Duty.LEAD)
    steps.must_be(evaluation, LotStage.STANDSTILL)
    ends_on = evaluation.standstill_ends_on
    if ends_on is not None and entered_on <= ends_on:
        raise WrongState(f"The standstill lasts until the end of {ends_on:%-d %B %Y}.")
    if entered_on > timezone.localdate():
        raise WrongState("Record it once it is entered into: the day is in the future.")
    made = []
    for bid_lot in winners_of(evaluation):
        contract = contract_from_award(
            actor=actor,
            exercise=evaluation.exercise,
            bid_lot=bid_lot,
            title=_title(evaluation),
            value_gbp=bid_lot.price.amount_gbp,
            entered_on=entered_on,
        )
        LotContract.objects.create(evaluation=evaluation, bid_lot=bid_lot, contract=contract)
        made.append(contract)
    steps.take_lot_step(actor=actor, evaluation=evaluation, name="enter")
    return made


def standing_result(evaluation: LotEvaluation) -> LotResult:
    """The last result of the lot. Raises ``WrongState`` where there is none."""
    result = evaluation.results.order_by("number").last()
    if result is None:
        raise WrongState("The result has not been calculated.")
    return result


def outcome_of(result: LotResult) -> AwardLotsOutcome:
    return award_lots_outcome_from_text(result.outcome_text)


def winners_of(evaluation: LotEvaluation) -> list[BidLot]:
    """The winning bids of the lot by its last result, in the order of the award."""
    outcome = outcome_of(standing_result(evaluation))
    keys = next(
        (row.winners for row in outcome.awards if row.lot_number == evaluation.lot_number), ()
    )
    by_key = {
        bid_key(row): row
        for row in steps.bids_of(evaluation).select_related("provider__organisation", "price")
    }
    return [by_key[key] for key in keys]


def _must_be_fresh(actor: Actor, result: LotResult) -> None:
    """Raise ``WrongState`` where a bid that the result rests on was taken out or back in since."""
    version = result.evaluation.exercise.versions.order_by("number").last()
    if queries.is_outdated(actor, published_model(version), result):
        raise WrongState(
            "A bid's standing has changed since the result, so it has to be calculated again."
        )


def value_of(evaluation: LotEvaluation) -> Decimal:
    """What the award is worth: the sum of the winners' prices."""
    return sum((row.price.amount_gbp for row in winners_of(evaluation)), Decimal(0))


def has_scored(actor: Actor, evaluation: LotEvaluation) -> bool:
    """The actor gave a rating or recorded a consensus in the exercise, at any time."""
    of_exercise = {"bid_lot__exercise": evaluation.exercise}
    return (
        BidRating.objects.filter(evaluator=actor.user, **of_exercise).exists()
        or ConsensusRevision.objects.filter(
            recorded_by=actor.user, consensus__bid_lot__exercise=evaluation.exercise
        ).exists()
    )


def _limit(actor: Actor, evaluation: LotEvaluation) -> int | None:
    rows = ExerciseMember.objects.current().filter(
        exercise=evaluation.exercise, user=actor.user, duty=Duty.APPROVER
    )
    return rows.first().approves_up_to_gbp


def _title(evaluation: LotEvaluation) -> str:
    model = published_model(evaluation.exercise.versions.order_by("number").last())
    if len(model.lots) == 1:
        return model.title
    lot = model.lot(evaluation.lot_number)
    return f"{model.title}: lot {lot.number}, {lot.title}"[:300]
