"""Locking the evaluation of a lot, moving it on, and the facts that its actions ask for."""

from django.db.models import Q
from django.utils import timezone

from accounts import audit
from accounts.access import Actor, WrongState, require
from accounts.models import Membership, User
from commissioning import queries as exercises
from commissioning.award_model.model import AwardModel, Criterion, Lot
from commissioning.enums import Duty, ExerciseState
from commissioning.models import BidLot, ExerciseDeclaration, bids_of_own
from scorecards.enums import LotStage
from scorecards.models import LotEvaluation, LotStep
from scorecards.workflow import LOT_STEPS

OF_A_BIDDER = (
    "You belong to a bidder, or did since this procurement began, so you judge nothing of this lot."
)
PANEL = (Duty.EVALUATOR, Duty.CHAIR)


def lock_lot(evaluation: LotEvaluation) -> LotEvaluation:
    """The evaluation as it is now, held until the transaction ends."""
    return (
        LotEvaluation.objects.select_for_update(of=("self",))
        .select_related("exercise__procurement__buyer__organisation")
        .get(pk=evaluation.pk)
    )


def take_lot_step(
    *, actor: Actor, evaluation: LotEvaluation, name: str, reason: str = ""
) -> LotStep:
    """Move a locked evaluation, leaving one dated row and one audit row.

    Raises ``WrongState`` where the step does not start from the stage that it is in, or where a
    reason is needed and missing. Must run inside the caller's transaction.
    """
    step = LOT_STEPS[name]
    must_be(evaluation, *step.starts_from)
    if step.needs_reason and not reason.strip():
        raise WrongState("Give the reason.")
    row = LotStep.objects.create(
        evaluation=evaluation,
        step=name,
        from_stage=evaluation.stage,
        to_stage=step.leads_to,
        reason=reason.strip(),
        at=timezone.now(),
        by=actor.user,
        by_label=actor.label,
    )
    evaluation.stage = step.leads_to
    evaluation.stage_at = row.at
    evaluation.save()
    record(
        actor, evaluation, f"lot.{name}", evaluation, **{"from": row.from_stage, "to": row.to_stage}
    )
    return row


def must_be(evaluation: LotEvaluation, *stages: str) -> None:
    """Raise ``WrongState`` unless the lot is at one of the stages and its exercise goes on."""
    if evaluation.exercise.state == ExerciseState.ENDED:
        raise WrongState("The procurement was ended, so nothing more is decided in it.")
    if evaluation.stage not in stages:
        now = LotStage(evaluation.stage).label.lower()
        raise WrongState(f"This lot is at the stage “{now}”, so this cannot be done now.")


def must_hold(actor: Actor, evaluation: LotEvaluation, reason: str, *duties: str) -> None:
    """Refuse anybody who holds none of the duties, or who may not see the bids of this lot."""
    held = exercises.duties(actor, evaluation.exercise)
    require(bool(held & set(duties)), reason)
    must_see(actor, evaluation)


def must_see(actor: Actor, evaluation: LotEvaluation) -> None:
    """Refuse anybody who may not see the bids of this lot."""
    require(not bids_of_own(bids_of(evaluation), actor.user).exists(), OF_A_BIDDER)
    require(
        LotEvaluation.objects.visible_to(actor).filter(pk=evaluation.pk).exists(),
        "Declare your interests in this exercise and in every bidder first.",
    )


def must_be_of(evaluation: LotEvaluation, bid_lot: BidLot) -> None:
    """Raise ``WrongState`` for a bid of another lot."""
    place = (bid_lot.exercise_id, bid_lot.lot_number)
    if place != (evaluation.exercise_id, evaluation.lot_number):
        raise WrongState("This is no bid for this lot.")


def lot_model(actor: Actor, evaluation: LotEvaluation) -> tuple[AwardModel, Lot]:
    """The published model and the lot of it that is evaluated."""
    model = exercises.model_in_force(actor, evaluation.exercise)
    return model, model.lot(evaluation.lot_number)


def rated_leaf(lot: Lot, key: str) -> Criterion:
    """The rated criterion with this key. Raises ``WrongState`` for anything else."""
    leaf = next((leaf for leaf in lot.leaves() if leaf.key == key and leaf.is_rated), None)
    if leaf is None:
        raise WrongState("No such criterion is rated in this lot.")
    return leaf


def point_of(model: AwardModel, leaf: Criterion, rating) -> None:
    """Raise ``WrongState`` where the rating is no point of the criterion's published scale.

    A pass/fail criterion has no scale: 1 is passed, 0 is not.
    """
    if leaf.is_pass_fail:
        if rating not in (0, 1):
            raise WrongState("Say whether it is passed.")
        return
    scale = model.scale(leaf.scale_code)
    if rating not in {point.value for point in scale.points}:
        raise WrongState(f"Choose one of the points of the scale “{scale.title}”.")


def bids_of(evaluation: LotEvaluation):
    """Every opened bid of the lot."""
    return BidLot.objects.filter(exercise=evaluation.exercise, lot_number=evaluation.lot_number)


def recused_from(evaluation: LotEvaluation):
    """The people who were recused from the exercise or from a bidder of this lot, or who belong to
    one of its bidders, or did since the procurement began.
    """
    bids = bids_of(evaluation)
    recused = ExerciseDeclaration.objects.recusing_from(bids)
    members = Membership.objects.filter(
        organisation__in=bids.values("provider__organisation")
    ).since(evaluation.exercise.created_at)
    return User.objects.filter(Q(pk__in=recused.values("user")) | Q(pk__in=members.values("user")))


def record(actor: Actor, evaluation: LotEvaluation, verb: str, subject, **facts) -> None:
    audit.record(
        actor=actor,
        verb=verb,
        subject=subject,
        case=evaluation.exercise.reference,
        facts={"lot": evaluation.lot_number, **facts},
    )
