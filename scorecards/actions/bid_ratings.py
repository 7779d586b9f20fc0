"""Scoring bids, each evaluator alone, until all have locked theirs."""

from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from accounts.access import Actor, StaleSave, WrongState, require
from commissioning.award_model.model import Criterion
from commissioning.enums import Duty, SealKind
from commissioning.models import BidLot, EvaluatorAssignment, Exercise
from providers.models import EvidenceItem
from scorecards.actions import _lot_steps as steps
from scorecards.enums import LotStage, Standing
from scorecards.models import BidRating, BidStanding, LotEvaluation


@transaction.atomic
def begin_evaluations(*, actor: Actor, exercise: Exercise, kind: str) -> None:
    """Make the evaluation of each lot that somebody bid for, in the transaction of the opening."""
    if kind != SealKind.QUALITY:
        return
    lots = BidLot.objects.filter(exercise=exercise).values_list("lot_number", flat=True)
    for number in sorted(set(lots)):
        evaluation = LotEvaluation.objects.create(
            exercise=exercise, lot_number=number, stage_at=timezone.now()
        )
        steps.record(actor, evaluation, "lot.evaluation_began", evaluation)


@transaction.atomic
def save_bid_rating(
    *,
    actor: Actor,
    evaluation: LotEvaluation,
    bid_lot: BidLot,
    criterion_key: str,
    rating: Decimal | None,
    rationale: str,
    strengths: str = "",
    shortcomings: str = "",
    seen_revision: int,
) -> BidRating:
    """Save the actor's own rating of one bid on one criterion; it can be incomplete until locked.

    Raises ``StaleSave`` with the row as it is where the actor saved it elsewhere since. Side
    effects, in order: rating, audit row.
    """
    evaluation = steps.lock_lot(evaluation)
    steps.must_hold(actor, evaluation, "Only evaluators score.", Duty.EVALUATOR)
    require(
        criterion_key in assigned_keys(actor.user, evaluation),
        "This criterion is assigned to somebody else.",
    )
    steps.must_be(evaluation, LotStage.SCORING)
    model, lot = steps.lot_model(actor, evaluation)
    leaf = steps.rated_leaf(lot, criterion_key)
    if rating is not None:
        steps.point_of(model, leaf, rating)
    if not assessed_bids(evaluation).filter(pk=bid_lot.pk).exists():
        raise WrongState("This bid is not assessed.")
    row = BidRating.objects.filter(
        bid_lot=bid_lot, criterion_key=criterion_key, evaluator=actor.user
    ).first()
    if row is not None and row.locked_at is not None:
        raise WrongState("You have locked your ratings of this lot.")
    if (row.revision if row else 0) != seen_revision:
        raise StaleSave(row)
    row = row or BidRating(
        bid_lot=bid_lot, criterion_key=criterion_key, evaluator=actor.user, revision=0
    )
    row.rating = rating
    row.rationale = rationale.strip()
    row.strengths = strengths.strip()
    row.shortcomings = shortcomings.strip()
    row.revision += 1
    row.saved_at = timezone.now()
    row.save()
    steps.record(
        actor, evaluation, "bid_rating.saved", row, criterion=criterion_key, bid=bid_lot.label
    )
    return row


@transaction.atomic
def record_bid_reading(
    *, actor: Actor, evaluation: LotEvaluation, bid_lot: BidLot, what: str
) -> None:
    """Put into the trail that the actor read a bid; ``what`` is a criterion's key or a page's word.

    Side effects: audit row.
    """
    steps.must_see(actor, evaluation)
    steps.must_be_of(evaluation, bid_lot)
    steps.record(actor, evaluation, "bid.read", bid_lot, bid=bid_lot.label, what=what)


@transaction.atomic
def record_bid_evidence_reading(*, actor: Actor, item: EvidenceItem) -> None:
    """Put into the trail that the actor opened the evidence of the bids in which it stands.

    Side effects: an audit row for each bid that the actor judges.
    """
    for bid_lot in BidLot.objects.visible_to(actor).filter(answers__evidence=item).distinct():
        evaluation = LotEvaluation.objects.select_related(
            "exercise__procurement__buyer__organisation"
        ).get(exercise=bid_lot.exercise_id, lot_number=bid_lot.lot_number)
        record_bid_reading(actor=actor, evaluation=evaluation, bid_lot=bid_lot, what=item.reference)


@transaction.atomic
def lock_bid_ratings(*, actor: Actor, evaluation: LotEvaluation) -> LotEvaluation:
    """Lock all of the actor's ratings of the lot. With the last evaluator's, moderation begins.

    Raises ``WrongState`` where one of them is incomplete, and says how many. Side effects, in
    order: ratings, audit row; with the last one the step, as the system.
    """
    evaluation = steps.lock_lot(evaluation)
    steps.must_hold(actor, evaluation, "Only evaluators score.", Duty.EVALUATOR)
    steps.must_be(evaluation, LotStage.SCORING)
    wanted = _wanted(actor.user, evaluation)
    if not wanted:
        raise WrongState("No criterion of this lot is assigned to you.")
    rows = {
        (row.bid_lot_id, row.criterion_key): row
        for row in _rows(evaluation).filter(evaluator=actor.user)
    }
    whole = {place for place, row in rows.items() if row.rating is not None and row.rationale}
    missing = len(wanted - whole)
    if missing:
        raise WrongState(
            f"{missing} of your {len(wanted)} ratings still lack a rating or a rationale."
        )
    # What was begun on a bid that has left the assessment stays an unlocked draft.
    to_lock = [rows[place].pk for place in wanted if rows[place].locked_at is None]
    if not to_lock:
        raise WrongState("You have locked your ratings of this lot already.")
    BidRating.objects.filter(pk__in=to_lock).update(locked_at=timezone.now())
    steps.record(actor, evaluation, "bid_ratings.locked", evaluation, count=len(wanted))
    return _go_on(evaluation)


@transaction.atomic
def begin_moderation(*, actor: Actor, evaluation: LotEvaluation) -> LotEvaluation:
    """Go on to moderation where the last one who had not locked has left the team or was recused.

    Raises ``WrongState`` where somebody still has to lock, and where nobody scored a criterion.
    Side effects: those of the step.
    """
    evaluation = steps.lock_lot(evaluation)
    steps.must_hold(actor, evaluation, "Only the lead or the chair.", Duty.LEAD, Duty.CHAIR)
    steps.must_be(evaluation, LotStage.SCORING)
    evaluation = _go_on(evaluation)
    if evaluation.stage == LotStage.SCORING:
        bids = set(assessed_bids(evaluation).values_list("pk", flat=True))
        if bids and not not_locked(evaluation, bids):
            raise WrongState(
                "Nobody who may judge this lot has scored all of its criteria. Give what is left to"
                " an evaluator, on the page of the team."
            )
        raise WrongState("Not everybody has locked their ratings yet.")
    return evaluation


@transaction.atomic
def reopen_scoring(*, actor: Actor, evaluation: LotEvaluation, reason: str) -> LotEvaluation:
    """Go back from moderation to scoring, where a criterion was scored by nobody whose rating
    counts, so that the lead can give it to another evaluator. What is agreed stays.

    Raises ``WrongState`` where every criterion has such a rating. Side effects: those of the step.
    """
    evaluation = steps.lock_lot(evaluation)
    steps.must_hold(actor, evaluation, "Only the lead or the chair.", Duty.LEAD, Duty.CHAIR)
    steps.must_be(evaluation, LotStage.MODERATION)
    if not unscored(evaluation):
        raise WrongState("Every criterion was scored by somebody whose rating counts.")
    steps.take_lot_step(actor=actor, evaluation=evaluation, name="reopen_scoring", reason=reason)
    return evaluation


def why_scoring_is_over(exercise: Exercise, lot_number: int) -> str:
    """Why no more criteria of this lot can be given to anybody; empty while it is scored. Holds the
    lot until the transaction ends.
    """
    rows = LotEvaluation.objects.select_for_update(of=("self",))
    row = rows.filter(exercise=exercise, lot_number=lot_number).first()
    if row is not None and row.stage == LotStage.SCORING:
        return ""
    return f"Lot {lot_number} is not being scored: who scores what stays as it is."


def assigned_keys(user, evaluation: LotEvaluation) -> set[str]:
    """The criteria of the lot that the person scores."""
    rows = _assignments(evaluation).filter(member__user=user)
    return set(rows.values_list("criterion_key", flat=True))


def assessed_bids(evaluation: LotEvaluation):
    """The bids of the lot that nobody has taken out of the assessment."""
    rows = BidStanding.objects.filter(
        bid_lot__exercise=evaluation.exercise, bid_lot__lot_number=evaluation.lot_number
    ).order_by("at", "pk")
    last = dict(rows.values_list("bid_lot", "standing"))
    out = [bid for bid, standing in last.items() if standing != Standing.ELIGIBLE]
    return steps.bids_of(evaluation).exclude(pk__in=out)


def not_locked(evaluation: LotEvaluation, bids: set[int]) -> set[tuple[int, int, str]]:
    """What has to be scored and is not locked: (evaluator, bid, criterion), for these bids."""
    assigned = _assignments(evaluation).values_list("member__user", "criterion_key")
    locked = _rows(evaluation).locked()
    done = set(locked.values_list("evaluator", "bid_lot", "criterion_key"))
    return {(user, bid, key) for user, key in assigned for bid in bids} - done


def unscored(evaluation: LotEvaluation) -> tuple[Criterion, ...]:
    """The rated criteria on which an assessed bid has no locked rating that counts: nobody gave
    one, or whoever did was recused since.
    """
    _, lot = steps.lot_model(Actor.system("scoring"), evaluation)
    bids = set(assessed_bids(evaluation).values_list("pk", flat=True))
    scored = set(_rows(evaluation).counted().values_list("bid_lot", "criterion_key"))
    return tuple(
        leaf
        for leaf in lot.leaves()
        if leaf.is_rated and any((bid, leaf.key) not in scored for bid in bids)
    )


def _assignments(evaluation: LotEvaluation):
    """Who scores what, without who was recused: nobody waits for them, and they see nothing."""
    return EvaluatorAssignment.objects.filter(
        member__exercise=evaluation.exercise,
        member__duty=Duty.EVALUATOR,
        member__ended_at=None,
        lot_number=evaluation.lot_number,
    ).exclude(member__user__in=steps.recused_from(evaluation))


def _wanted(user, evaluation: LotEvaluation) -> set[tuple[int, str]]:
    keys = assigned_keys(user, evaluation)
    bids = assessed_bids(evaluation).values_list("pk", flat=True)
    return {(bid, key) for bid in bids for key in keys}


def _rows(evaluation: LotEvaluation):
    return BidRating.objects.filter(bid_lot__in=steps.bids_of(evaluation))


def _go_on(evaluation: LotEvaluation) -> LotEvaluation:
    """Begin the moderation, as the system, once every evaluator has locked everything, and each bid
    was scored on each criterion by somebody who was not recused.
    """
    bids = set(assessed_bids(evaluation).values_list("pk", flat=True))
    if not_locked(evaluation, bids):
        return evaluation
    if bids and not unscored(evaluation):
        steps.take_lot_step(
            actor=Actor.system("scoring"), evaluation=evaluation, name="begin_moderation"
        )
    return evaluation
