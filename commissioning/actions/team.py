"""Naming the team of an exercise and who scores what."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.access import COMMISSIONER_ROLES, Actor, WrongState, require
from accounts.enums import Role
from accounts.models import Membership
from commissioning import followers
from commissioning.actions._exercise_steps import duties_of, lock_exercise
from commissioning.award_model.duties import clashes
from commissioning.enums import Duty, ExerciseState
from commissioning.inputs import award_model_of, published_model
from commissioning.models import EvaluatorAssignment, Exercise, ExerciseMember
from commissioning.rules import leads

BEFORE_OPENING = (ExerciseState.DESIGN, ExerciseState.PUBLISHED)


@transaction.atomic
def name_member(
    *,
    actor: Actor,
    exercise: Exercise,
    user,
    duty: str,
    is_deputy: bool = False,
    approves_up_to_gbp: int | None = None,
) -> ExerciseMember:
    """Give a person of the body a duty in the exercise.

    Refused where the duties that the person then holds may not be combined. Side effects, in
    order: duty, audit row.
    """
    exercise = _led(actor, exercise)
    duty = Duty(duty)
    roles = _roles_of(user, exercise)
    require(
        bool(roles & COMMISSIONER_ROLES), "That person does not work on procurements for this body."
    )
    if duty == Duty.APPROVER and Role.APPROVER not in roles:
        raise WrongState("An approver needs the role of approver, with a second factor.")
    if duty == Duty.LEAD and Role.PROCUREMENT_LEAD not in roles:
        raise WrongState("A lead needs the role of procurement lead.")
    held = set(
        ExerciseMember.objects.current()
        .filter(exercise=exercise, user=user)
        .values_list("duty", flat=True)
    )
    if duty in held:
        raise WrongState("That person holds this duty already.")
    found = clashes({*held, duty}, chair_scores=chair_scores(exercise))
    if found:
        raise WrongState(found[0].verdict.words.removeprefix("No. "))
    member = ExerciseMember.objects.create(
        exercise=exercise,
        user=user,
        duty=duty,
        is_deputy=is_deputy,
        approves_up_to_gbp=approves_up_to_gbp if duty == Duty.APPROVER else None,
        named_at=timezone.now(),
        named_by=actor.user,
    )
    _record(actor, exercise, "exercise_member.named", member)
    return member


def chair_scores(exercise: Exercise) -> bool:
    """Whether the chair scores too, as it was published; before that, as it is written now."""
    last = exercise.versions.order_by("number").last()
    return published_model(last).chair_scores if last else exercise.chair_scores


@transaction.atomic
def end_member(*, actor: Actor, member: ExerciseMember) -> ExerciseMember:
    """End a duty. The last lead stays. Side effects, in order: duty, audit row."""
    exercise = _led(actor, member.exercise)
    member = ExerciseMember.objects.select_for_update().get(pk=member.pk)
    if member.ended_at is not None:
        raise WrongState("This duty has ended already.")
    if member.duty == Duty.LEAD:
        others = ExerciseMember.objects.current().filter(exercise=exercise, duty=Duty.LEAD)
        if not others.exclude(pk=member.pk).exists():
            raise WrongState("Name another lead first.")
    member.ended_at = timezone.now()
    member.save(update_fields=["ended_at"])
    _record(actor, exercise, "exercise_member.ended", member)
    return member


@transaction.atomic
def assign_criteria(
    *, actor: Actor, member: ExerciseMember, criteria: Iterable[tuple[int, str]]
) -> None:
    """Say which criteria, as (lot number, key), an evaluator scores; it replaces what was said.

    Once bids are opened, criteria are only added, and only while their lot is scored. While an
    amendment is drafted, what it takes out stays assigned as it was: it may be given up. Side
    effects, in order: assignments, audit row.
    """
    exercise = _led(actor, member.exercise)
    member = ExerciseMember.objects.select_for_update().get(pk=member.pk)
    if member.duty != Duty.EVALUATOR or member.ended_at is not None:
        raise WrongState("Only evaluators score criteria.")
    held = set(member.assignments.values_list("lot_number", "criterion_key"))
    wanted = set(criteria) | (held & _taken_out(exercise))
    if exercise.state not in BEFORE_OPENING:
        _only_more(exercise, held, wanted)
    member.assignments.all().delete()
    EvaluatorAssignment.objects.bulk_create(
        EvaluatorAssignment(member=member, lot_number=lot, criterion_key=key)
        for lot, key in sorted(wanted)
    )
    _record(actor, exercise, "exercise_member.assigned", member, count=len(wanted))


def _taken_out(exercise: Exercise) -> set[tuple[int, str]]:
    """What is rated by the version in force, and no more in the amendment that is drafted."""
    if exercise.amendment_opened_at is None:
        return set()
    in_force = published_model(exercise.versions.order_by("number").last())
    return in_force.rated_places() - award_model_of(exercise).rated_places()


def _only_more(
    exercise: Exercise, held: set[tuple[int, str]], wanted: set[tuple[int, str]]
) -> None:
    """Raise ``WrongState`` where more is changed than somebody who steps in makes needed."""
    if held - wanted:
        raise WrongState(
            "Bids have been opened: what an evaluator scores stays with them. End the duty of"
            " somebody who scores no more, and give their criteria to another."
        )
    if exercise.state != ExerciseState.QUALITY_OPENED:
        raise WrongState("Bids have been opened: who scores what stays as it is.")
    for lot in sorted({lot for lot, _ in wanted - held}):
        reason = followers.why_scoring_is_over(exercise, lot)
        if reason:
            raise WrongState(reason)


def _led(actor: Actor, exercise: Exercise) -> Exercise:
    require(
        leads(actor, exercise, duties_of(actor, exercise)),
        "Only the lead of the exercise names its team.",
    )
    exercise = lock_exercise(exercise)
    if exercise.state == ExerciseState.ENDED:
        raise WrongState("This exercise has ended.")
    return exercise


def _roles_of(user, exercise: Exercise) -> set[str]:
    places = Membership.objects.current().filter(
        user=user, organisation=exercise.procurement.buyer.organisation
    )
    return set(places.values_list("roles__role", flat=True))


def _record(actor: Actor, exercise: Exercise, verb: str, member: ExerciseMember, **facts) -> None:
    audit.record(
        actor=actor,
        verb=verb,
        subject=member,
        case=exercise.reference,
        facts={"user": member.user_id, "duty": member.duty, **facts},
    )
