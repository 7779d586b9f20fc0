"""Publishing an exercise, and amending what was published."""

import datetime

from django.db import transaction
from django.utils import timezone

from accounts import audit, notifications
from accounts.access import Actor, WrongState, require
from accounts.enums import PROVIDER_ROLES
from accounts.models import Membership
from accounts.server_keys import present_key_id
from commissioning import queries
from commissioning.actions._exercise_steps import duties_of, lock_exercise, take_exercise_step
from commissioning.actions._model_rows import write_rows
from commissioning.actions.declarations import record_notice
from commissioning.actions.openers import make_opening_key
from commissioning.award_model import text
from commissioning.award_model.linter import lint, unscorable
from commissioning.award_model.model import AwardModel
from commissioning.award_model.remarks import Severity
from commissioning.enums import ExerciseKind, ExerciseState, SealKind
from commissioning.inputs import award_model_of, published_model
from commissioning.models import Bid, BidInvitation, EvaluatorAssignment, Exercise, ModelVersion
from commissioning.queries.blockers import amendment_blockers
from commissioning.rules import leads
from providers.models import Provider


@transaction.atomic
def publish_exercise(
    *,
    actor: Actor,
    exercise: Exercise,
    notice_code: str = "",
    notice_number: str = "",
    notice_published_on: datetime.date | None = None,
) -> ModelVersion:
    """Freeze the award model as version 1 and open the exercise to bidders.

    Refused, with the first reason, while anything of ``queries.blockers`` stands in the way. Side
    effects, in order: notice with its conflicts assessment (where a number is given), opening keys,
    version, step, audit rows; invited providers are told after the commit.
    """
    exercise = _led(actor, exercise)
    if exercise.kind == ExerciseKind.DIRECT_AWARD:
        raise WrongState("An award without competition is not opened to bidders.")
    blockers = queries.blockers(actor, exercise)
    if blockers:
        raise WrongState(blockers[0].words)
    if notice_number.strip():
        record_notice(
            actor=actor,
            exercise=exercise,
            code=notice_code,
            number=notice_number,
            published_on=notice_published_on or timezone.localdate(),
        )
    now = timezone.now()
    exercise.tender_notice_on = exercise.tender_notice_on or notice_published_on
    exercise.published_at = now
    exercise.sealing_key_id = present_key_id()
    for kind in SealKind:
        make_opening_key(exercise, kind)
    version = _version(actor, exercise, 1, [], "")
    take_exercise_step(actor=actor, exercise=exercise, name="publish")
    _tell(exercise, _invited(exercise), "commissioning/email/exercise_published", version=version)
    return version


@transaction.atomic
def open_amendment(*, actor: Actor, exercise: Exercise) -> Exercise:
    """Let the award model be written again; bidders go on seeing the version in force.

    Side effects, in order: exercise, audit row.
    """
    exercise = _led(actor, exercise)
    _before_deadline(exercise)
    if exercise.amendment_opened_at is not None:
        raise WrongState("An amendment is open already.")
    exercise.amendment_opened_at = timezone.now()
    exercise.save()
    audit.record(actor=actor, verb="amendment.opened", subject=exercise, case=exercise.reference)
    return exercise


@transaction.atomic
def discard_amendment(*, actor: Actor, exercise: Exercise) -> Exercise:
    """Give up an open amendment: rows and settings say again what the version in force says.

    Side effects, in order: rows of the model, exercise, audit row.
    """
    exercise = _led(actor, exercise)
    if exercise.amendment_opened_at is None:
        raise WrongState("No amendment is open.")
    version = exercise.versions.order_by("number").last()
    model = published_model(version)
    write_rows(exercise, model)
    _forget_unrated(exercise, model)
    exercise.regime = model.regime
    exercise.subject_matter = model.subject_matter
    exercise.value_gbp = model.value_gbp
    exercise.tender_notice_on = model.tender_notice_on
    exercise.lots_per_supplier = model.lots_per_supplier
    exercise.lot_limit_mechanism = model.lot_limit_mechanism or ""
    exercise.chair_scores = model.chair_scores
    exercise.names_hidden = model.names_hidden
    exercise.tenders_due_at = version.tenders_due_at
    exercise.questions_due_at = version.questions_due_at
    exercise.contract_starts_on = version.contract_starts_on
    exercise.contract_ends_on = version.contract_ends_on
    exercise.amendment_opened_at = None
    exercise.save()
    audit.record(actor=actor, verb="amendment.discarded", subject=exercise, case=exercise.reference)
    return exercise


@transaction.atomic
def publish_amendment(*, actor: Actor, exercise: Exercise, reason: str) -> ModelVersion:
    """Publish what was changed as the next version, and tell every bidder.

    Whoever handed in a bid is told that it stands as it was handed in, and may be changed. Refused
    where nobody scores a criterion, or one person could no longer hold their duties. Side
    effects, in order: version with its differences, assignments to what is no longer rated end,
    exercise, audit row; providers are told after the commit.
    """
    exercise = _led(actor, exercise)
    if exercise.amendment_opened_at is None:
        raise WrongState("No amendment is open.")
    if not reason.strip():
        raise WrongState("Say why it is amended.")
    last = exercise.versions.order_by("number").last()
    if last.tenders_due_at <= timezone.now() or exercise.tenders_due_at <= timezone.now():
        raise WrongState("The deadline for tenders must lie in the future.")
    model = award_model_of(exercise)
    errors = [remark for remark in lint(model) if remark.severity == Severity.ERROR]
    errors += unscorable(model)
    if errors:
        raise WrongState(errors[0].words)
    blockers = amendment_blockers(actor, exercise)
    if blockers:
        raise WrongState(blockers[0].words)
    changes = queries.changes_as_written(actor, exercise)
    if not changes:
        raise WrongState("Nothing was changed.")
    version = _version(actor, exercise, last.number + 1, changes, reason.strip())
    _forget_unrated(exercise, model)
    exercise.amendment_opened_at = None
    exercise.save()
    providers = _invited(exercise) | set(
        Bid.objects.filter(exercise=exercise).values_list("provider", flat=True)
    )
    _tell(exercise, providers, "commissioning/email/exercise_amended", version=version)
    return version


@transaction.atomic
def invite_provider(*, actor: Actor, exercise: Exercise, provider: Provider) -> BidInvitation:
    """Invite a provider to bid. Side effects, in order: invitation, audit row; the provider's
    people are told after the commit, where the exercise is published.
    """
    exercise = _led(actor, exercise)
    if exercise.state not in (ExerciseState.DESIGN, ExerciseState.PUBLISHED):
        raise WrongState("Bids have been opened.")
    if provider.organisation_id == exercise.procurement.buyer.organisation_id:
        raise WrongState("A body does not invite itself.")
    invitation, is_new = BidInvitation.objects.get_or_create(
        exercise=exercise,
        provider=provider,
        defaults={"invited_at": timezone.now(), "invited_by": actor.user},
    )
    if is_new:
        audit.record(
            actor=actor,
            verb="provider.invited",
            subject=exercise,
            case=exercise.reference,
            facts={"provider": provider.reference},
        )
        if exercise.state == ExerciseState.PUBLISHED:
            version = exercise.versions.order_by("number").last()
            template = "commissioning/email/exercise_published"
            _tell(exercise, {provider.pk}, template, version=version)
    return invitation


def _led(actor: Actor, exercise: Exercise) -> Exercise:
    require(
        leads(actor, exercise, duties_of(actor, exercise)),
        "Only the lead of the exercise publishes, amends and invites.",
    )
    return lock_exercise(exercise)


def _before_deadline(exercise: Exercise) -> None:
    if exercise.state != ExerciseState.PUBLISHED:
        raise WrongState("Only a published exercise is amended.")
    if exercise.tenders_due_at <= timezone.now():
        raise WrongState("Tenders were due already: nothing can be amended any more.")


def _version(
    actor: Actor, exercise: Exercise, number: int, changes: list[str], reason: str
) -> ModelVersion:
    version = ModelVersion.objects.create(
        exercise=exercise,
        number=number,
        model_text=text.to_text(award_model_of(exercise)),
        changes=changes,
        reason=reason,
        tenders_due_at=exercise.tenders_due_at,
        questions_due_at=exercise.questions_due_at,
        contract_starts_on=exercise.contract_starts_on,
        contract_ends_on=exercise.contract_ends_on,
        made_at=timezone.now(),
        made_by=actor.user,
    )
    audit.record(
        actor=actor,
        verb="model.published",
        subject=version,
        case=exercise.reference,
        facts={"number": number, "changes": len(changes)},
    )
    return version


def _forget_unrated(exercise: Exercise, model: AwardModel) -> None:
    """End the assignments to what the model does not have rated: nobody could ever lock it."""
    rated = model.rated_places()
    for row in EvaluatorAssignment.objects.filter(member__exercise=exercise):
        if (row.lot_number, row.criterion_key) not in rated:
            row.delete()


def _invited(exercise: Exercise) -> set[int]:
    return set(exercise.invitations.values_list("provider", flat=True))


def _tell(exercise: Exercise, providers: set[int], template: str, **context) -> None:
    people = Membership.objects.current().filter(
        organisation__in=Provider.objects.filter(pk__in=providers).values("organisation"),
        organisation__named_by=None,
        roles__role__in=PROVIDER_ROLES,
    )
    addresses = sorted(set(people.values_list("user__email", flat=True)))
    notifications.send(to=addresses, template=template, context={"exercise": exercise, **context})
