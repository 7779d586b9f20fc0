"""Reads about exercises: who runs them, what was published, what still stands in the way."""

from datetime import date, datetime

from django.db.models import Count, Max, Prefetch, Q, QuerySet
from django.utils import timezone

from accounts.access import COMMISSIONER_ROLES, Actor
from accounts.models import Membership, User
from commissioning.award_model.differences import differences
from commissioning.award_model.linter import lint
from commissioning.award_model.model import AwardModel
from commissioning.award_model.remarks import Remark
from commissioning.enums import Duty, SealKind
from commissioning.inputs import award_model_of, published_model
from commissioning.models import (
    AuditEngagement,
    Clarification,
    Exercise,
    ExerciseMember,
    ExerciseNotice,
    ExerciseStep,
    ModelVersion,
    Opener,
    OpeningAct,
    OpeningKey,
)


def exercises(viewer: Actor) -> QuerySet[Exercise]:
    """The exercises that the viewer's own body runs or audits, newest first."""
    rows = Exercise.objects.visible_to(viewer).select_related("procurement__buyer__organisation")
    if viewer.is_system:
        return rows
    # What a provider is offered is visible to it as well; its design is not for bidders.
    audited = AuditEngagement.objects.giving_sight_to(viewer).of_everything()
    seen = Q(procurement__buyer__in=audited.values("commissioner"))
    if viewer.has(*COMMISSIONER_ROLES):
        seen |= Q(procurement__buyer__organisation=viewer.organisation)
    return rows.filter(seen)


def exercise(viewer: Actor, reference: str) -> Exercise | None:
    """One exercise of the viewer's own body, or that the viewer audits."""
    return exercises(viewer).filter(reference=reference).first()


def offered_exercises(viewer: Actor) -> QuerySet[Exercise]:
    """What a provider may bid for, the next deadline first."""
    return (
        Exercise.objects.offered_to(viewer)
        .select_related("procurement__buyer__organisation")
        .order_by("tenders_due_at", "pk")
    )


def versions(viewer: Actor, exercise: Exercise) -> QuerySet[ModelVersion]:
    """The published models of an exercise, the first one first."""
    return (
        ModelVersion.objects.visible_to(viewer)
        .filter(exercise=exercise)
        .select_related("made_by")
        .order_by("number")
    )


def model_in_force(viewer: Actor, exercise: Exercise) -> AwardModel | None:
    """What the latest version says; None before publication."""
    last = versions(viewer, exercise).last()
    return published_model(last) if last else None


def model_as_written(viewer: Actor, exercise: Exercise) -> AwardModel | None:
    """The model as its rows are written now, for the body that writes it and its auditors."""
    if not exercises(viewer).filter(pk=exercise.pk).exists():
        return None
    return award_model_of(exercise)


def changes_as_written(viewer: Actor, exercise: Exercise) -> list[str]:
    """What the open amendment, as it is written now, changes for bidders: one sentence each."""
    last, model = versions(viewer, exercise).last(), model_as_written(viewer, exercise)
    if last is None or model is None:
        return []
    changes = list(differences(published_model(last), model))
    if exercise.tenders_due_at != last.tenders_due_at:
        due = timezone.localtime(exercise.tenders_due_at)
        changes.append(f"Tenders are now due on {due:%-d %B %Y at %H:%M}.")
    if exercise.questions_due_at != last.questions_due_at:
        changes.append(_about_questions(exercise.questions_due_at))
    days = (exercise.contract_starts_on, exercise.contract_ends_on)
    if days != (last.contract_starts_on, last.contract_ends_on):
        changes.append(_about_contract(*days))
    return changes


def _about_questions(due: datetime | None) -> str:
    if due is None:
        return "Questions are now taken until tenders are due."
    return f"Questions are now taken until {timezone.localtime(due):%-d %B %Y at %H:%M}."


def _about_contract(starts_on: date | None, ends_on: date | None) -> str:
    if starts_on and ends_on:
        return f"The contract now runs from {starts_on:%-d %B %Y} to {ends_on:%-d %B %Y}."
    if starts_on:
        return f"The contract now starts on {starts_on:%-d %B %Y}; its end is not set."
    if ends_on:
        return f"The contract now ends on {ends_on:%-d %B %Y}; its start is not set."
    return "When the contract runs is no longer set."


def remarks_on(viewer: Actor, exercise: Exercise) -> tuple[Remark, ...]:
    """What the linter says about the model as it is written now."""
    model = model_as_written(viewer, exercise)
    return lint(model) if model else ()


def duties(viewer: Actor, exercise: Exercise) -> frozenset[str]:
    """The viewer's own duties in the exercise."""
    if viewer.user is None:
        return frozenset()
    rows = ExerciseMember.objects.visible_to(viewer).current()
    mine = rows.filter(exercise=exercise, user=viewer.user)
    return frozenset(Duty(duty) for duty in mine.values_list("duty", flat=True))


def members(viewer: Actor, exercise: Exercise) -> QuerySet[ExerciseMember]:
    """The team now, with how many criteria each scores."""
    return (
        ExerciseMember.objects.visible_to(viewer)
        .current()
        .filter(exercise=exercise)
        .select_related("user")
        .annotate(assigned=Count("assignments"))
        .order_by("user__full_name", "duty", "pk")
    )


def member(viewer: Actor, exercise: Exercise, pk: int) -> ExerciseMember | None:
    return members(viewer, exercise).prefetch_related("assignments").filter(pk=pk).first()


def people_to_name(viewer: Actor, exercise: Exercise) -> QuerySet[User]:
    """The people of the body that runs the exercise who may have a duty in it."""
    places = Membership.objects.visible_to(viewer).current()
    keys = places.filter(
        organisation=exercise.procurement.buyer.organisation,
        roles__role__in=COMMISSIONER_ROLES,
    )
    return User.objects.filter(pk__in=keys.values("user")).order_by("full_name", "pk")


def steps_of(viewer: Actor, exercise: Exercise) -> QuerySet[ExerciseStep]:
    return ExerciseStep.objects.visible_to(viewer).filter(exercise=exercise).order_by("at", "pk")


def notices_of(viewer: Actor, exercise: Exercise) -> QuerySet[ExerciseNotice]:
    return (
        ExerciseNotice.objects.visible_to(viewer)
        .filter(exercise=exercise)
        .select_related("recorded_by", "conflicts_assessment")
    )


def clarifications(viewer: Actor, exercise: Exercise) -> QuerySet[Clarification]:
    """Questions that the viewer may read. Who asked is deferred: no page shows it."""
    return (
        Clarification.objects.visible_to(viewer)
        .filter(exercise=exercise)
        .numbered()
        .defer("provider", "asked_by")
        .order_by("asked_at", "pk")
    )


def openers(viewer: Actor, exercise: Exercise) -> QuerySet[Opener]:
    """Those who have set their passphrase, and the recovery shares."""
    return (
        Opener.objects.visible_to(viewer)
        .filter(exercise=exercise)
        .select_related("user")
        .defer("locked_key")
    )


def openers_of_kind(viewer: Actor, exercise: Exercise, kind: str) -> list[dict]:
    """Each person named to open this kind, with whether they are ready, and the recovery share."""
    duty = Duty.QUALITY_OPENER if kind == SealKind.QUALITY else Duty.PRICE_OPENER
    ready = {row.user_id: row for row in openers(viewer, exercise) if row.kind == kind}
    rows = [row for row in members(viewer, exercise) if row.duty == duty]
    found = [
        {"name": row.user.full_name, "is_deputy": row.is_deputy, "key": ready.get(row.user_id)}
        for row in rows
    ]
    share = ready.get(None)
    return [*found, {"name": "Offline recovery share", "is_deputy": False, "key": share}]


def opening_keys(viewer: Actor, exercise: Exercise, kind: str) -> QuerySet[OpeningKey]:
    """The opening and its rehearsals, with the log of who did their part when, and how many
    passphrases were wrong (``wrong_secrets``, ``last_wrong_at``).
    """
    acts = OpeningAct.objects.select_related("by", "opener__user").defer("peeled")
    return (
        OpeningKey.objects.visible_to(viewer)
        .filter(exercise=exercise, kind=kind)
        .annotate(wrong_secrets=Count("failed_unlocks"), last_wrong_at=Max("failed_unlocks__at"))
        .prefetch_related(Prefetch("acts", acts))
        .order_by("is_rehearsal", "made_at", "pk")
    )


def opening_key(viewer: Actor, exercise: Exercise, pk: int) -> OpeningKey | None:
    return (
        OpeningKey.objects.visible_to(viewer)
        .filter(exercise=exercise, pk=pk)
        .prefetch_related("acts__by")
        .first()
    )
