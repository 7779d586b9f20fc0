"""An award without competition: ground, justification, approval, notice and contract."""

import datetime
from decimal import Decimal

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
from commissioning.actions.awarded_contracts import contract_from_direct_award
from commissioning.actions.declarations import record_notice
from commissioning.award_model.direct_award import direct_award_grounds
from commissioning.award_model.duties import may_approve
from commissioning.enums import DirectAwardState, Duty, ExerciseKind, ExerciseState, NoticeCode
from commissioning.inputs import award_model_of
from commissioning.models import DirectAward, DirectAwardStep, Exercise, ExerciseMember
from commissioning.rules import leads
from commissioning.workflow import DIRECT_AWARD_STEPS
from providers.models import Provider

LEAD_ONLY = "Only the lead of the exercise does this."


@transaction.atomic
def write_direct_award(
    *,
    actor: Actor,
    exercise: Exercise,
    provider: Provider,
    ground: str,
    justification: str,
    how_value_was_tested: str,
    value_gbp: Decimal,
    starts_on: datetime.date,
    ends_on: datetime.date,
) -> DirectAward:
    """Write the ground, the justification and the supplier, until it is sent for approval.

    Side effects, in order: direct award, exercise's value and dates, audit row.
    """
    exercise = _led(actor, exercise)
    if ground not in {row.code for row in direct_award_grounds(exercise.regime)}:
        raise WrongState("Choose one of the grounds of these rules.")
    if not justification.strip():
        raise WrongState("Give the justification.")
    row = DirectAward.objects.select_for_update(of=("self",)).filter(exercise=exercise).first()
    if row is not None and row.state != DirectAwardState.DRAFT:
        raise WrongState("It has been sent for approval, and stays as it is.")
    row = row or DirectAward(exercise=exercise)
    row.provider = provider
    row.ground = ground
    row.justification = justification.strip()
    row.how_value_was_tested = how_value_was_tested.strip()
    row.value_gbp = value_gbp
    row.starts_on, row.ends_on = starts_on, ends_on
    row.written_at, row.written_by = timezone.now(), actor.user
    row.save()
    exercise.value_gbp = value_gbp
    exercise.contract_starts_on, exercise.contract_ends_on = starts_on, ends_on
    exercise.save()
    audit.record(
        actor=actor,
        verb="direct_award.written",
        subject=row,
        case=exercise.reference,
        facts={"ground": ground, "provider": provider.reference, "value_gbp": str(value_gbp)},
    )
    return row


@transaction.atomic
def send_direct_award(*, actor: Actor, direct_award: DirectAward) -> DirectAward:
    """Send it for approval, once the team has declared its interests, in the supplier too.

    Side effects, in order: direct award, step, audit row.
    """
    _led(actor, direct_award.exercise)
    row = _lock(direct_award)
    missing = queries.declarations_to_make(actor, row.exercise)
    if missing:
        name, words = missing[0]
        raise WrongState(f"{name} {words}.")
    team = ExerciseMember.objects.current().filter(exercise=row.exercise, duty=Duty.APPROVER)
    if not team.exists():
        raise WrongState("Name an approver first.")
    row.sent_at = timezone.now()
    row.returned_reason = ""
    return _step(actor, row, "send")


@transaction.atomic
def return_direct_award(*, actor: Actor, direct_award: DirectAward, reason: str) -> DirectAward:
    """Return it to be written again, with the reason. Side effects: those of the step."""
    row = _lock(direct_award)
    require(Duty.APPROVER in duties_of(actor, row.exercise), "Only an approver returns it.")
    must_not_bid(actor, row.exercise)
    row.returned_reason = reason.strip()
    row.sent_at = None
    return _step(actor, row, "return", reason)


@transaction.atomic
def approve_direct_award(*, actor: Actor, direct_award: DirectAward) -> DirectAward:
    """Approve it, as somebody who did not write it, is clear of interests, and within one's limit.

    Side effects, in order: direct award, step, audit row.
    """
    row = _lock(direct_award)
    duties = duties_of(actor, row.exercise)
    limit = (
        ExerciseMember.objects.current()
        .filter(exercise=row.exercise, user=actor.user, duty=Duty.APPROVER)
        .values_list("approves_up_to_gbp", flat=True)
        .first()
    )
    verdict = may_approve(duties, has_scored=False, value_gbp=row.value_gbp, limit_gbp=limit)
    require(verdict.may, verdict.words)
    must_not_bid(actor, row.exercise)
    require(
        queries.is_clear_of(actor, row.exercise, row.provider),
        "Declare your interests in the exercise and in the supplier first.",
    )
    row.approved_at, row.approved_by = timezone.now(), actor.user
    return _step(actor, row, "approve")


@transaction.atomic
def record_transparency_notice(
    *, actor: Actor, direct_award: DirectAward, number: str, published_on: datetime.date
) -> DirectAward:
    """Record the transparency notice, with the conflicts assessment that was confirmed for it.

    Side effects, in order: notice, step, audit rows.
    """
    _led(actor, direct_award.exercise)
    row = _lock(direct_award)
    record_notice(
        actor=actor,
        exercise=row.exercise,
        code=NoticeCode.UK5,
        number=number,
        published_on=published_on,
    )
    return _step(actor, row, "notice")


@transaction.atomic
def enter_direct_award(
    *, actor: Actor, direct_award: DirectAward, entered_on: datetime.date
) -> DirectAward:
    """Record the contract, which goes straight to assurance with the terms that were written.

    Side effects, in order: contract with what it carries, step, audit rows.
    """
    _led(actor, direct_award.exercise)
    row = _lock(direct_award)
    if row.state != DirectAwardState.NOTICED:
        raise WrongState("Record the transparency notice first.")
    if entered_on > timezone.localdate():
        raise WrongState("Record it once it is entered into: the day is in the future.")
    row.contract = contract_from_direct_award(
        actor=actor,
        exercise=row.exercise,
        provider=row.provider,
        terms=award_model_of(row.exercise).terms,
        value_gbp=row.value_gbp,
        entered_on=entered_on,
    )
    row.entered_on = entered_on
    return _step(actor, row, "enter")


def _led(actor: Actor, exercise: Exercise) -> Exercise:
    require(leads(actor, exercise, duties_of(actor, exercise)), LEAD_ONLY)
    must_not_bid(actor, exercise)
    exercise = lock_exercise(exercise)
    if exercise.kind != ExerciseKind.DIRECT_AWARD:
        raise WrongState("This exercise is a competition.")
    _must_go_on(exercise)
    return exercise


def _must_go_on(exercise: Exercise) -> None:
    if exercise.state == ExerciseState.ENDED:
        raise WrongState("The procurement was ended, so nothing more is decided in it.")


def _lock(direct_award: DirectAward) -> DirectAward:
    return (
        DirectAward.objects.select_for_update(of=("self",))
        .select_related("exercise__procurement__buyer__organisation", "provider__organisation")
        .get(pk=direct_award.pk)
    )


def _step(actor: Actor, row: DirectAward, name: str, reason: str = "") -> DirectAward:
    _must_go_on(row.exercise)
    step = DIRECT_AWARD_STEPS[name]
    if row.state not in step.starts_from:
        now = DirectAwardState(row.state).label.lower()
        raise WrongState(f"This award is at the state “{now}”, so this cannot be done now.")
    if step.needs_reason and not reason.strip():
        raise WrongState("Give the reason.")
    former = row.state
    row.state = step.leads_to
    row.save()
    DirectAwardStep.objects.create(
        direct_award=row,
        step=name,
        from_state=former,
        to_state=row.state,
        reason=reason.strip(),
        at=timezone.now(),
        by=actor.user,
    )
    audit.record(
        actor=actor,
        verb=f"direct_award.{name}",
        subject=row,
        case=row.exercise.reference,
        facts={"from": former, "to": row.state},
    )
    return row
