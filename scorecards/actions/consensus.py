"""The moderation of a lot: agreed ratings with their reasons, confirmed and signed."""

import hashlib
import json
from collections.abc import Iterable
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from accounts.access import Actor, StaleSave, WrongState
from accounts.models import User
from commissioning.award_model.model import Criterion
from commissioning.enums import Duty
from commissioning.models import BidLot, ExerciseMember
from scorecards.actions import _lot_steps as steps
from scorecards.actions.bid_ratings import assessed_bids, unscored
from scorecards.enums import LotStage
from scorecards.models import (
    BidRating,
    Consensus,
    ConsensusConfirmation,
    ConsensusMove,
    ConsensusRevision,
    LotEvaluation,
)


@transaction.atomic
def record_consensus(
    *,
    actor: Actor,
    evaluation: LotEvaluation,
    bid_lot: BidLot,
    criterion_key: str,
    rating: Decimal,
    reasons: str,
    discussion: str = "",
    higher_score: str = "",
    moves: dict[int, str],
    seen_revision: int,
) -> Consensus:
    """Record what the panel agreed about one bid on one criterion, with the decisive reasons.

    ``moves`` says, by the key of each evaluator whose own rating differs, why it moved: each of
    them must be explained, but for those of who was recused from the lot. Raises ``StaleSave`` with
    the record as it is where somebody saved since. Side effects, in order: consensus, moves,
    revision, audit row.
    """
    evaluation = steps.lock_lot(evaluation)
    steps.must_hold(actor, evaluation, "Only the chair records the consensus.", Duty.CHAIR)
    steps.must_be(evaluation, LotStage.MODERATION)
    model, lot = steps.lot_model(actor, evaluation)
    leaf = steps.rated_leaf(lot, criterion_key)
    steps.point_of(model, leaf, rating)
    if not reasons.strip():
        raise WrongState("Give the decisive reasons.")
    if not assessed_bids(evaluation).filter(pk=bid_lot.pk).exists():
        raise WrongState("This bid is not assessed.")
    row = Consensus.objects.filter(bid_lot=bid_lot, criterion_key=criterion_key).first()
    if (row.revision if row else 0) != seen_revision:
        raise StaleSave(row)
    given = {
        row.evaluator_id: row
        for row in BidRating.objects.filter(bid_lot=bid_lot, criterion_key=criterion_key)
        .counted()
        .select_related("evaluator")
    }
    moved = {user: row for user, row in given.items() if row.rating != rating}
    unexplained = [
        row.evaluator.full_name for user, row in moved.items() if not moves.get(user, "").strip()
    ]
    if unexplained:
        raise WrongState(
            f"Say why the rating moved from what was given by: {', '.join(sorted(unexplained))}."
        )
    row = row or Consensus(
        evaluation=evaluation, bid_lot=bid_lot, criterion_key=criterion_key, revision=0
    )
    row.rating = rating
    row.reasons = reasons.strip()
    row.discussion = discussion.strip()
    row.higher_score = higher_score.strip()
    row.revision += 1
    row.recorded_at = timezone.now()
    row.recorded_by = actor.user
    row.save()
    row.moves.all().delete()
    ConsensusMove.objects.bulk_create(
        ConsensusMove(
            consensus=row,
            evaluator_id=user,
            from_rating=held.rating,
            why=moves[user].strip(),
        )
        for user, held in sorted(moved.items())
    )
    ConsensusRevision.objects.create(
        consensus=row,
        revision=row.revision,
        rating=row.rating,
        reasons=row.reasons,
        discussion=row.discussion,
        higher_score=row.higher_score,
        moves=[
            {"evaluator": user, "from": str(held.rating), "why": moves[user].strip()}
            for user, held in sorted(moved.items())
        ],
        recorded_at=row.recorded_at,
        recorded_by=actor.user,
    )
    steps.record(
        actor,
        evaluation,
        "consensus.recorded",
        row,
        criterion=criterion_key,
        bid=bid_lot.label,
        rating=str(rating),
        moved=len(moved),
    )
    return row


@transaction.atomic
def propose_record(*, actor: Actor, evaluation: LotEvaluation) -> LotEvaluation:
    """Put the whole record to the members, once every bid is agreed on every rated criterion.

    Raises ``WrongState`` where one was scored by nobody whose rating counts, or where somebody gave
    another rating since it was agreed. Side effects: those of the step.
    """
    evaluation = steps.lock_lot(evaluation)
    steps.must_hold(actor, evaluation, "Only the chair does this.", Duty.CHAIR)
    steps.must_be(evaluation, LotStage.MODERATION)
    _must_be_agreed(actor, evaluation)
    steps.take_lot_step(actor=actor, evaluation=evaluation, name="propose_record")
    return evaluation


@transaction.atomic
def reopen_moderation(*, actor: Actor, evaluation: LotEvaluation, reason: str) -> LotEvaluation:
    """Go back to moderation, where a member does not confirm. Confirmations of another record do
    not count any more. Side effects: those of the step.
    """
    evaluation = steps.lock_lot(evaluation)
    steps.must_hold(actor, evaluation, "Only the chair does this.", Duty.CHAIR)
    steps.take_lot_step(actor=actor, evaluation=evaluation, name="reopen_moderation", reason=reason)
    return evaluation


@transaction.atomic
def confirm_record(*, actor: Actor, evaluation: LotEvaluation, sha256: str) -> None:
    """Confirm, as a member of the panel, that the record is what was agreed.

    ``sha256`` is that of the record that was on the page. Side effects, in order: confirmation,
    audit row.
    """
    evaluation = steps.lock_lot(evaluation)
    steps.must_hold(actor, evaluation, "Only members of the panel confirm.", *steps.PANEL)
    steps.must_be(evaluation, LotStage.CONFIRMING)
    if sha256 != record_sha256(evaluation):
        raise WrongState("The record has changed since you opened the page. Read it again.")
    row, is_new = ConsensusConfirmation.objects.get_or_create(
        evaluation=evaluation,
        user=actor.user,
        sha256=sha256,
        defaults={"at": timezone.now()},
    )
    if is_new:
        steps.record(actor, evaluation, "record.confirmed", row, sha256=sha256)


@transaction.atomic
def sign_quality(*, actor: Actor, evaluation: LotEvaluation) -> LotEvaluation:
    """Sign the consensus on quality, once every member has confirmed the record as it is.

    From then on nothing of it changes, and prices may be opened. Side effects, in order: consensus
    frozen, step, audit row.
    """
    evaluation = steps.lock_lot(evaluation)
    steps.must_hold(actor, evaluation, "Only the chair signs.", Duty.CHAIR)
    steps.must_be(evaluation, LotStage.CONFIRMING)
    # A bid may have come back into the assessment since the record was put to the members.
    _must_be_agreed(actor, evaluation)
    missing = members_to_confirm(evaluation)
    if missing:
        names = ", ".join(user.full_name for user in missing)
        raise WrongState(f"Not confirmed yet by: {names}.")
    evaluation.consensus_rows.filter(frozen_at=None).update(frozen_at=timezone.now())
    steps.take_lot_step(actor=actor, evaluation=evaluation, name="sign_quality")
    return evaluation


def _must_be_agreed(actor: Actor, evaluation: LotEvaluation) -> None:
    """Raise ``WrongState`` while an assessed bid has no agreed rating on a rated criterion, or one
    that rests on no rating that counts, or one older than a rating that it differs from.
    """
    _, lot = steps.lot_model(actor, evaluation)
    without = unscored(evaluation)
    if without:
        raise WrongState(
            f"Whoever scored {_titles(without)} was recused, so no rating of it counts. Open the"
            " scoring again, and give it to another evaluator."
        )
    keys = [leaf.key for leaf in lot.leaves() if leaf.is_rated]
    agreed = set(evaluation.consensus_rows.values_list("bid_lot", "criterion_key"))
    bids = assessed_bids(evaluation).values_list("pk", flat=True)
    missing = sum((bid, key) not in agreed for bid in bids for key in keys)
    if missing:
        words = "1 rating is" if missing == 1 else f"{missing} ratings are"
        raise WrongState(f"{words} not agreed yet.")
    older = _agreed_before(evaluation, bids)
    if older:
        raise WrongState(
            "Somebody scored again and gave another rating since the panel agreed on"
            f" {_titles(leaf for leaf in lot.leaves() if leaf.key in older)}. Record the consensus"
            " again, and say why it moved."
        )


def _agreed_before(evaluation: LotEvaluation, bids) -> set[str]:
    """The criteria on which a rating that counts differs from the agreed one, and is newer."""
    agreed = {
        (bid, key): (rating, at)
        for bid, key, rating, at in evaluation.consensus_rows.values_list(
            "bid_lot", "criterion_key", "rating", "recorded_at"
        )
    }
    given = BidRating.objects.filter(bid_lot__in=bids).counted()
    found = set()
    for bid, key, rating, at in given.values_list(
        "bid_lot", "criterion_key", "rating", "locked_at"
    ):
        held = agreed.get((bid, key))
        if held and at > held[1] and rating != held[0]:
            found.add(key)
    return found


def _titles(leaves: Iterable[Criterion]) -> str:
    return ", ".join(f"“{leaf.number} {leaf.title}”" for leaf in leaves)


def record_sha256(evaluation: LotEvaluation) -> str:
    """The hash of the consensus as it is now: ratings, reasons and moves."""
    rows = evaluation.consensus_rows.order_by("bid_lot", "criterion_key").prefetch_related("moves")
    plain = [
        [
            row.bid_lot_id,
            row.criterion_key,
            str(row.rating),
            row.reasons,
            row.discussion,
            row.higher_score,
            [
                [move.evaluator_id, str(move.from_rating), move.why]
                for move in sorted(row.moves.all(), key=lambda move: move.evaluator_id)
            ],
        ]
        for row in rows
    ]
    return hashlib.sha256(json.dumps(plain, ensure_ascii=False).encode()).hexdigest()


def members_to_confirm(evaluation: LotEvaluation) -> list[User]:
    """Those of the panel who have not confirmed the record as it is now, by name. Who was recused
    from the lot does not read the record, and so does not confirm it.
    """
    confirmed = set(
        evaluation.confirmations.filter(sha256=record_sha256(evaluation)).values_list(
            "user", flat=True
        )
    )
    panel = ExerciseMember.objects.current().filter(exercise=evaluation.exercise)
    concerned = panel.filter(duty=Duty.CHAIR) | panel.filter(
        duty=Duty.EVALUATOR, assignments__lot_number=evaluation.lot_number
    )
    concerned = concerned.exclude(user__in=steps.recused_from(evaluation))
    people = {row.user for row in concerned.select_related("user").distinct()}
    waiting = [user for user in people if user.pk not in confirmed]
    return sorted(waiting, key=lambda user: (user.full_name, user.pk))
