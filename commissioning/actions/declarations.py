"""Declaring interests in an exercise and its bidders, deciding about them, and confirming the
conflicts assessment.
"""

import datetime
import hashlib
import json

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.access import Actor, WrongState, require
from commissioning import queries
from commissioning.actions._exercise_steps import (
    duties_of,
    lock_exercise,
    must_not_bid,
)
from commissioning.award_model.regimes import rules_for
from commissioning.enums import Duty, NoticeCode, Resolution
from commissioning.models import (
    ConflictsAssessment,
    Contract,
    Exercise,
    ExerciseDeclaration,
    ExerciseMember,
    ExerciseNotice,
)
from commissioning.rules import holds_any, is_of_body, leads, may_resolve_declaration
from providers.models import Provider


@transaction.atomic
def declare_in_exercise(
    *,
    actor: Actor,
    exercise: Exercise,
    provider: Provider | None,
    has_interest: bool,
    description: str = "",
) -> ExerciseDeclaration:
    """Declare the actor's own interest in the exercise in general (``provider`` None) or in one
    bidder, or that there is none.

    What the service points out to the person is kept with it. A declared interest cannot be taken
    back by its declarant. Side effects, in order: the former declaration ends, declaration, audit
    row, which does not say which bidder: administrators read the trail.
    """
    require(is_of_body(actor, exercise), "Only people of the body declare for its exercises.")
    if has_interest and not description.strip():
        raise WrongState("Describe the interest.")
    exercise = lock_exercise(exercise)
    if (
        provider is not None
        and not queries.bidders_of(actor, exercise).filter(pk=provider.pk).exists()
    ):
        raise WrongState("That provider is not known as a bidder.")
    now = timezone.now()
    former = ExerciseDeclaration.objects.filter(
        exercise=exercise, provider=provider, user=actor.user
    ).first()
    if former is not None and former.has_interest and not has_interest:
        raise WrongState("You declared an interest. Only another person can resolve it.")
    if former is not None and former.replaced_at is None:
        if not former.has_interest and not has_interest:
            return former
        former.replaced_at = now
        former.save(update_fields=["replaced_at"])
    declaration = ExerciseDeclaration.objects.create(
        exercise=exercise,
        provider=provider,
        user=actor.user,
        has_interest=has_interest,
        description=description.strip() if has_interest else "",
        prompts=[prompt.code for prompt in queries.interest_prompts(actor, provider)]
        if provider
        else [],
        made_at=now,
    )
    audit.record(
        actor=actor,
        verb="exercise_interest.declared",
        subject=declaration,
        case=exercise.reference,
        facts={
            "about": "a bidder" if provider else "the exercise",
            "has_interest": has_interest,
            "prompts": declaration.prompts,
        },
    )
    return declaration


@transaction.atomic
def resolve_in_exercise(
    *, actor: Actor, declaration: ExerciseDeclaration, resolution: str, note: str
) -> ExerciseDeclaration:
    """Decide about another person's interest: mitigated (may go on) or recused (sees nothing).

    The lead decides; about a lead's own interest, the approver. Side effects, in order:
    declaration, audit row.
    """
    declaration = (
        ExerciseDeclaration.objects.select_for_update(of=("self",))
        .select_related("exercise__procurement__buyer__organisation")
        .get(pk=declaration.pk)
    )
    exercise = declaration.exercise
    leads_it = (
        ExerciseMember.objects.current()
        .filter(exercise=exercise, user=declaration.user_id, duty=Duty.LEAD)
        .exists()
    )
    require(
        may_resolve_declaration(actor, declaration, duties_of(actor, exercise), leads_it),
        "The approver decides about an interest of the lead."
        if leads_it
        else "The lead, as another person, decides about an interest.",
    )
    must_not_bid(actor, exercise)
    if declaration.replaced_at is not None or not declaration.has_interest:
        raise WrongState("There is no interest to decide about.")
    resolution = Resolution(resolution)
    if resolution == Resolution.NONE or not note.strip():
        raise WrongState("Say what was decided, and why.")
    declaration.resolution = resolution
    declaration.resolution_note = note.strip()
    declaration.resolved_at = timezone.now()
    declaration.resolved_by = actor.user
    declaration.save(update_fields=["resolution", "resolution_note", "resolved_at", "resolved_by"])
    audit.record(
        actor=actor,
        verb="exercise_interest.resolved",
        subject=declaration,
        case=exercise.reference,
        facts={"resolution": resolution, "user": declaration.user_id},
    )
    return declaration


@transaction.atomic
def confirm_conflicts_assessment(
    *, actor: Actor, exercise: Exercise, perceived: str
) -> ConflictsAssessment:
    """Confirm the conflicts assessment as it is generated now (ss. 81 to 83).

    ``perceived`` says what could wrongly look like a conflict and what was done about it. Refused
    while a declaration of the team is missing or undecided. Side effects, in order: assessment,
    audit row.
    """
    require(
        leads(actor, exercise, duties_of(actor, exercise)),
        "Only the lead confirms the conflicts assessment.",
    )
    must_not_bid(actor, exercise)
    exercise = lock_exercise(exercise)
    if not perceived.strip():
        raise WrongState("Say what could look like a conflict, or that nothing could, and why.")
    content = queries.conflicts_assessment(actor, exercise)
    if content["missing"] or content["undecided"]:
        raise WrongState("Every member of the team must have declared, and be decided about.")
    content["perceived"] = perceived.strip()
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    last = ConflictsAssessment.objects.filter(exercise=exercise).order_by("number").last()
    assessment = ConflictsAssessment.objects.create(
        exercise=exercise,
        number=last.number + 1 if last else 1,
        content=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        confirmed_at=timezone.now(),
        confirmed_by=actor.user,
    )
    audit.record(
        actor=actor,
        verb="conflicts_assessment.confirmed",
        subject=assessment,
        case=exercise.reference,
        facts={"number": assessment.number, "sha256": assessment.sha256},
    )
    return assessment


@transaction.atomic
def record_notice(
    *, actor: Actor, exercise: Exercise, code: str, number: str, published_on: datetime.date
) -> ExerciseNotice:
    """Record a notice that was published elsewhere.

    Where the notice confirms the conflicts assessment, that must have been confirmed since the last
    such notice and since the last declaration (s.83 of the Procurement Act 2023 for the tender,
    transparency, contract details and contract change notices). Refused where a notice about a
    contract is older than any contract of the procurement. Side effects, in order: notice, audit
    row.
    """
    require(
        holds_any(actor, exercise, duties_of(actor, exercise), Duty.LEAD),
        "Only the lead records notices.",
    )
    exercise = lock_exercise(exercise)
    if published_on > timezone.localdate():
        raise WrongState("A notice is recorded once it is published: the day is in the future.")
    code = NoticeCode(code)
    if code.is_about_a_contract and not _has_contract(exercise, published_on):
        raise WrongState(
            "This notice is about a contract, and none had been entered into by that day. Record"
            " the contract first."
        )
    assessment = None
    if rules_for(exercise.regime).asks_conflicts(code):
        assessment = queries.fresh_conflicts_assessment(actor, exercise)
        if assessment is None:
            raise WrongState(
                "Confirm the conflicts assessment again first: it goes with this notice."
            )
    if ExerciseNotice.objects.filter(exercise=exercise, code=code, number=number).exists():
        raise WrongState("This notice has been recorded already.")
    notice = ExerciseNotice.objects.create(
        exercise=exercise,
        code=code,
        number=number.strip(),
        published_on=published_on,
        conflicts_assessment=assessment,
        recorded_at=timezone.now(),
        recorded_by=actor.user,
    )
    audit.record(
        actor=actor,
        verb="notice.recorded",
        subject=notice,
        case=exercise.reference,
        facts={"code": code, "number": notice.number, "on": published_on.isoformat()},
    )
    return notice


def _has_contract(exercise: Exercise, on: datetime.date) -> bool:
    """Whether a contract of the procurement had been entered into by that day."""
    return Contract.objects.filter(procurement=exercise.procurement, awarded_on__lte=on).exists()
