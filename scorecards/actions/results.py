"""From agreed ratings to a result: which bids are assessed, prices that look too low, the sum."""

import datetime
import hashlib
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from accounts.access import Actor, WrongState, require
from commissioning import queries as exercises
from commissioning.award_model.regimes import rules_for
from commissioning.award_model.rule_records import Topic
from commissioning.award_model.terms import TieBreak
from commissioning.enums import Duty, ExerciseState
from commissioning.models import BidLot, Exercise
from scorecards import queries
from scorecards.actions import _lot_steps as steps
from scorecards.actions.bid_ratings import not_locked
from scorecards.award_inputs import award_inputs
from scorecards.enums import LotStage, Standing
from scorecards.models import BidStanding, LotEvaluation, LotResult, LowTenderInquiry
from scorecards.scoring import (
    AWARD_METHOD_VERSION,
    AwardLotsOutcome,
    ScoringError,
    award_lots,
    award_lots_inputs_from_text,
    award_lots_outcome_from_text,
    replay_award_lots,
    to_text,
)

LEAD_ONLY = "Only the lead of the exercise does this."
OPEN_FOR_STANDING = (
    LotStage.SCORING,
    LotStage.MODERATION,
    LotStage.CONFIRMING,
    LotStage.QUALITY_SIGNED,
    LotStage.CALCULATED,
)

# A lot at one of these stages keeps the result that its recommendation rests on.
SETTLED = (
    LotStage.RECOMMENDED,
    LotStage.APPROVED,
    LotStage.SUMMARIES_RELEASED,
    LotStage.STANDSTILL,
    LotStage.CHALLENGED,
    LotStage.SUSPENDED,
    LotStage.ENTERED,
)


@dataclass(frozen=True)
class Replay:
    """The hash that was kept, and that of the same inputs computed again."""

    kept_sha256: str
    again_sha256: str

    @property
    def is_same(self) -> bool:
        return self.kept_sha256 == self.again_sha256


@transaction.atomic
def set_standing(
    *,
    actor: Actor,
    evaluation: LotEvaluation,
    bid_lot: BidLot,
    standing: str,
    ground: str,
    reason: str,
) -> BidStanding:
    """Take a bid out of the assessment, or back into it, with the ground and the reason.

    A supplier is excluded by ``exclude_supplier`` where the law asks for more than that. A price
    that looks abnormally low is disregarded only after the bidder was heard (s.19(3) to
    (5)). Side effects, in order: standing, audit row.
    """
    evaluation = steps.lock_lot(evaluation)
    steps.must_hold(actor, evaluation, LEAD_ONLY, Duty.LEAD)
    steps.must_be(evaluation, *OPEN_FOR_STANDING)
    steps.must_be_of(evaluation, bid_lot)
    standing = Standing(standing)
    if not ground.strip() or not reason.strip():
        raise WrongState("Name the rule and give the reason.")
    if standing == Standing.ELIGIBLE:
        _must_be_scored(actor, evaluation, bid_lot)
    if standing == Standing.EXCLUDED and holds_exclusion(evaluation.exercise.regime):
        raise WrongState(
            "A supplier is excluded on the page of its own, with the circumstances and what it said"
            " to them."
        )
    if standing == Standing.ABNORMALLY_LOW:
        heard = LowTenderInquiry.objects.filter(bid_lot=bid_lot, can_perform=False).exists()
        if not heard:
            raise WrongState(
                "Ask the bidder first, and decide on its answer: a low price is disregarded only"
                " where the bidder could not show that it can perform."
            )
    row = BidStanding.objects.create(
        bid_lot=bid_lot,
        standing=standing,
        ground=ground.strip(),
        reason=reason.strip(),
        at=timezone.now(),
        by=actor.user,
    )
    steps.record(actor, evaluation, "bid.standing_set", row, bid=bid_lot.label, standing=standing)
    return row


def holds_exclusion(regime: str) -> bool:
    """Whether the rules of the regime say what an exclusion rests on."""
    return rules_for(regime).provision(Topic.EXCLUSION) is not None


def must_decide_about_declarations(actor: Actor, evaluation: LotEvaluation) -> None:
    """Raise ``WrongState`` where a bidder's own declaration speaks against its bid, undecided."""
    undecided = queries.undecided_declarations(actor, evaluation)
    if undecided:
        raise WrongState(
            f"Decide first about {undecided[0].bid_lot.label}: {undecided[0].words}. A supplier"
            " that does not satisfy a condition of participation is disregarded; if it does satisfy"
            " it, record the bid as assessed, with the reason."
        )


def _must_be_scored(actor: Actor, evaluation: LotEvaluation, bid_lot: BidLot) -> None:
    """A bid comes back into the assessment only with what the others have by then."""
    if evaluation.stage == LotStage.SCORING:
        return
    if not_locked(evaluation, {bid_lot.pk}):
        raise WrongState(
            "This bid was not scored while the evaluators scored, so it cannot come back now."
        )
    if evaluation.stage in (LotStage.QUALITY_SIGNED, LotStage.CALCULATED):
        _, lot = steps.lot_model(actor, evaluation)
        wanted = {leaf.key for leaf in lot.leaves() if leaf.is_rated}
        rows = evaluation.consensus_rows.filter(bid_lot=bid_lot)
        if wanted - set(rows.values_list("criterion_key", flat=True)):
            raise WrongState(
                "The panel signed the consensus without this bid, so it cannot come back now."
            )


@transaction.atomic
def ask_about_low_price(
    *,
    actor: Actor,
    evaluation: LotEvaluation,
    bid_lot: BidLot,
    question: str,
    asked_on: datetime.date,
) -> LowTenderInquiry:
    """Record the question that was put to a bidder about its low price. Side effects, in order:
    inquiry, audit row.
    """
    evaluation = steps.lock_lot(evaluation)
    steps.must_hold(actor, evaluation, LEAD_ONLY, Duty.LEAD)
    steps.must_be(evaluation, LotStage.CALCULATED, LotStage.QUALITY_SIGNED)
    steps.must_be_of(evaluation, bid_lot)
    if not question.strip():
        raise WrongState("Enter the question.")
    if LowTenderInquiry.objects.filter(bid_lot=bid_lot).exists():
        raise WrongState("The bidder has been asked already.")
    row = LowTenderInquiry.objects.create(
        bid_lot=bid_lot, question=question.strip(), asked_on=asked_on, asked_by=actor.user
    )
    steps.record(actor, evaluation, "low_tender.asked", row, bid=bid_lot.label)
    return row


@transaction.atomic
def decide_about_low_price(
    *,
    actor: Actor,
    evaluation: LotEvaluation,
    inquiry: LowTenderInquiry,
    answer: str,
    answered_on: datetime.date,
    can_perform: bool,
    reason: str,
) -> LowTenderInquiry:
    """Record what the bidder showed, and whether it can perform at that price.

    Side effects, in order: inquiry, which is then frozen; audit row.
    """
    evaluation = steps.lock_lot(evaluation)
    steps.must_hold(actor, evaluation, LEAD_ONLY, Duty.LEAD)
    inquiry = (
        LowTenderInquiry.objects.select_for_update(of=("self",))
        .select_related("bid_lot")
        .get(pk=inquiry.pk)
    )
    steps.must_be_of(evaluation, inquiry.bid_lot)
    if inquiry.decided_at is not None:
        raise WrongState("It has been decided already.")
    if not answer.strip() or not reason.strip():
        raise WrongState("Enter what the bidder answered, and why you decide so.")
    if answered_on < inquiry.asked_on:
        raise WrongState("The answer cannot be older than the question.")
    inquiry.answer = answer.strip()
    inquiry.answered_on = answered_on
    inquiry.can_perform = can_perform
    inquiry.decision_reason = reason.strip()
    inquiry.decided_at = timezone.now()
    inquiry.decided_by = actor.user
    inquiry.save()
    steps.record(
        actor,
        evaluation,
        "low_tender.decided",
        inquiry,
        bid=inquiry.bid_lot.label,
        can_perform=can_perform,
    )
    return inquiry


@transaction.atomic
def calculate_result(
    *,
    actor: Actor,
    exercise: Exercise,
    draw: tuple[int, list[str]] | None = None,
    draw_record: str = "",
) -> list[LotResult]:
    """Calculate the result of every lot together, and keep what went in and what came out.

    A lot whose award is recommended, or has gone further, takes part in the sum and keeps the
    result that it has. ``draw`` records a drawing of lots before witnesses: the number of the lot,
    and the keys of the tied bids in the order in which they were drawn; ``draw_record`` says when,
    where and before whom. Raises ``WrongState`` where something that the sum needs is missing, and
    where it would change who wins a lot that keeps its result, and where a bidder's own declaration
    speaks against its bid and nobody decided about it. Side effects, in order for each of
    the other lots: result, step, audit row.
    """
    if draw is not None and not draw_record.strip():
        raise WrongState("Say when, where and before whom lots were drawn.")
    require(Duty.LEAD in exercises.duties(actor, exercise), LEAD_ONLY)
    evaluations = [
        steps.lock_lot(row)
        for row in LotEvaluation.objects.filter(exercise=exercise)
        .exclude(stage=LotStage.NOT_AWARDED)
        .order_by("lot_number")
    ]
    if exercise.state != ExerciseState.PRICES_OPENED or not evaluations:
        raise WrongState("Prices must be opened first.")
    settled = [row for row in evaluations if row.stage in SETTLED]
    waiting = [row for row in evaluations if row.stage not in SETTLED]
    if not waiting:
        raise WrongState("The award of every lot is recommended already, or has gone further.")
    for evaluation in evaluations:
        steps.must_hold(actor, evaluation, LEAD_ONLY, Duty.LEAD)
    for evaluation in waiting:
        steps.must_be(evaluation, LotStage.QUALITY_SIGNED, LotStage.CALCULATED)
        must_decide_about_declarations(actor, evaluation)
    try:
        inputs = award_inputs(exercise, draws=_draws(waiting, draw))
        outcome = award_lots(inputs)
    except ScoringError as wrong:
        raise WrongState(f"The result cannot be calculated: {wrong}") from wrong
    _must_stay(settled, outcome)
    inputs_text, outcome_text = to_text(inputs), to_text(outcome)
    sha256 = _sha256(inputs_text, outcome_text)
    found = []
    for evaluation in waiting:
        last = evaluation.results.order_by("number").last()
        result = LotResult.objects.create(
            evaluation=evaluation,
            number=last.number + 1 if last else 1,
            method_version=AWARD_METHOD_VERSION,
            inputs_text=inputs_text,
            outcome_text=outcome_text,
            sha256=sha256,
            made_at=timezone.now(),
            made_by=actor.user,
        )
        is_drawn = draw is not None and draw[0] == evaluation.lot_number
        steps.take_lot_step(
            actor=actor,
            evaluation=evaluation,
            name="calculate",
            reason=draw_record if is_drawn else "",
        )
        steps.record(
            actor,
            evaluation,
            "lot.result_kept",
            result,
            number=result.number,
            sha256=sha256,
            drawn=is_drawn,
        )
        found.append(result)
    return found


@transaction.atomic
def replay_result(*, actor: Actor, result: LotResult) -> Replay:
    """Compute a kept result again from its kept inputs, and compare. Anybody who sees the result.

    Side effects: audit row.
    """
    evaluation = result.evaluation
    steps.must_see(actor, evaluation)
    replay = Replay(
        kept_sha256=result.sha256,
        again_sha256=_sha256(result.inputs_text, replay_award_lots(result.inputs_text)),
    )
    steps.record(
        actor,
        evaluation,
        "lot.result_replayed",
        result,
        number=result.number,
        sha256=replay.again_sha256,
        same=replay.is_same,
    )
    return replay


def _must_stay(settled: list[LotEvaluation], outcome: AwardLotsOutcome) -> None:
    """Raise ``WrongState`` where another lot would go to another bid than its kept result says."""
    if outcome.waiting_for_draw:
        return
    now = {row.lot_number: row.winners for row in outcome.awards}
    for evaluation in settled:
        kept = award_lots_outcome_from_text(
            evaluation.results.order_by("number").last().outcome_text
        )
        before = {row.lot_number: row.winners for row in kept.awards}
        if now.get(evaluation.lot_number) != before.get(evaluation.lot_number):
            raise WrongState(
                f"This would change who wins lot {evaluation.lot_number}, whose award is"
                " recommended already or has gone further. Have it returned or ended first."
            )


def _sha256(inputs_text: str, outcome_text: str) -> str:
    return hashlib.sha256(f"{inputs_text}\n{outcome_text}".encode()).hexdigest()


def _draws(
    waiting: list[LotEvaluation], draw: tuple[int, list[str]] | None
) -> dict[int, tuple[tuple[str, ...], ...]]:
    """The drawings that earlier results were calculated with, and the new one."""
    kept: dict[int, tuple[tuple[str, ...], ...]] = {}
    last = waiting[0].results.order_by("number").last()
    if last is not None:
        for lot in award_lots_inputs_from_text(last.inputs_text).lots:
            kept[lot.lot.number] = tuple(row.order for row in lot.draws)
    if draw is not None:
        number, order = draw
        if last is None or set(order) not in undrawn_ties(last, number):
            raise WrongState("Draw lots between the bids that the result says are still level.")
        if len(set(order)) != len(order):
            raise WrongState("Give each of the tied bids one place in the draw.")
        kept[number] = (*kept.get(number, ()), tuple(order))
    return kept


def undrawn_ties(result: LotResult, lot_number: int) -> list[set[str]]:
    """The groups of bids (keys) between which the published rule says that lots are drawn."""
    lots = award_lots_outcome_from_text(result.outcome_text).lots
    return [
        set(step.bids)
        for lot in lots
        if lot.lot_number == lot_number
        for tie in lot.ties
        if not tie.is_resolved
        for step in tie.steps
        if step.step is TieBreak.DRAWN_BY_LOT and set(step.bids) in map(set, step.order)
    ]
