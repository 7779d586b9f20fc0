"""Locking an exercise, moving it on, and the facts that its actions ask for."""

from django.utils import timezone

from accounts import audit
from accounts.access import Actor, WrongState, require
from commissioning import queries
from commissioning.enums import Duty, ExerciseState
from commissioning.models import Exercise, ExerciseMember, ExerciseStep
from commissioning.workflow import EXERCISE_STEPS

OF_A_BIDDER = "You belong to a bidder, or did since this procurement began, so you do not do this."


def must_not_bid(actor: Actor, exercise: Exercise) -> None:
    """Refuse anybody who belongs to a known bidder, whomever they act for. Nobody is known to bid
    before the opening, so that a refusal tells nothing.
    """
    require(not queries.belongs_to_bidder(actor, exercise), OF_A_BIDDER)


def lock_exercise(exercise: Exercise) -> Exercise:
    """The exercise as it is now, held until the transaction ends."""
    return (
        Exercise.objects.select_for_update(of=("self",))
        .select_related("procurement__buyer__organisation")
        .get(pk=exercise.pk)
    )


def take_exercise_step(
    *, actor: Actor, exercise: Exercise, name: str, reason: str = ""
) -> ExerciseStep:
    """Move a locked exercise, leaving one dated row and one audit row.

    Raises ``WrongState`` where the step does not start from the state that it is in, or where a
    reason is needed and missing. Must run inside the caller's transaction.
    """
    step = EXERCISE_STEPS[name]
    if exercise.state not in step.starts_from:
        now = ExerciseState(exercise.state).label.lower()
        raise WrongState(f"This exercise is at the state “{now}”, so this cannot be done now.")
    if step.needs_reason and not reason.strip():
        raise WrongState("Give the reason.")
    row = ExerciseStep.objects.create(
        exercise=exercise,
        step=name,
        from_state=exercise.state,
        to_state=step.leads_to,
        reason=reason.strip(),
        at=timezone.now(),
        by=actor.user,
        by_label=actor.label,
    )
    exercise.state = step.leads_to
    exercise.save()
    audit.record(
        actor=actor,
        verb=f"exercise.{name}",
        subject=exercise,
        case=exercise.reference,
        facts={"from": row.from_state, "to": row.to_state},
    )
    return row


def duties_of(actor: Actor, exercise: Exercise) -> frozenset[str]:
    """The duties that the actor holds in the exercise now."""
    if actor.user is None:
        return frozenset()
    rows = ExerciseMember.objects.current().filter(exercise=exercise, user=actor.user)
    return frozenset(Duty(duty) for duty in rows.values_list("duty", flat=True))
