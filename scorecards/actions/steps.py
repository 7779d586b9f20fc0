"""The one function that moves a scorecard from stage to stage."""

from datetime import datetime

from django.utils import timezone

from accounts import audit
from accounts.access import Actor, WrongState
from accounts.models import AuditEvent, Membership
from commissioning.models import InterestDeclaration
from providers.models import Provider
from scorecards.enums import Stage
from scorecards.models import RatingRevision, Scorecard, ScorecardStep
from scorecards.workflow import STEPS

ANSWERING = (
    "answer.saved",
    "answer.evidence_attached",
    "measure_answer.saved",
    "self_assessment.submitted",
    "commissioner_answer.saved",
)


def take_step(*, actor: Actor, scorecard: Scorecard, name: str, reason: str = "") -> ScorecardStep:
    """Move a locked scorecard, leaving one dated row and one audit row.

    Raises ``WrongState`` where the step does not start from the stage that it is in, or where a
    reason is needed and missing. Must run inside the caller's transaction.
    """
    step = STEPS[name]
    if scorecard.stage not in step.starts_from:
        now = Stage(scorecard.stage).label.lower()
        raise WrongState(f"This scorecard is at the stage “{now}”, so this cannot be done now.")
    if step.needs_reason and not reason.strip():
        raise WrongState("Give the reason.")
    at = timezone.now()
    row = ScorecardStep.objects.create(
        scorecard=scorecard,
        step=name,
        from_stage=scorecard.stage,
        to_stage=step.leads_to,
        reason=reason.strip(),
        at=at,
        by=actor.user,
        by_label=actor.label,
    )
    scorecard.stage = step.leads_to
    scorecard.stage_at = at
    scorecard.save()
    audit.record(
        actor=actor,
        verb=f"scorecard.{name}",
        subject=scorecard,
        case=scorecard.contract.reference,
        facts={"from": row.from_stage, "to": row.to_stage},
    )
    return row


def lock(scorecard: Scorecard) -> Scorecard:
    """The scorecard as it is now, held until the transaction ends."""
    return (
        Scorecard.objects.select_for_update(of=("self",))
        .select_related(
            "contract__commissioner__organisation",
            "provider__organisation",
            "request__self_assessment",
        )
        .get(pk=scorecard.pk)
    )


def is_clear(actor: Actor, scorecard: Scorecard) -> bool:
    """The actor declared their interests in the case, and nothing stands in the way."""
    return (
        InterestDeclaration.objects.clearing()
        .filter(user=actor.user, contract=scorecard.contract_id, provider=scorecard.provider_id)
        .exists()
    )


def is_of_provider(actor: Actor, scorecard: Scorecard) -> bool:
    """The person belongs to the provider, or did since the scorecard began, whomever they act for
    now.
    """
    return belongs_to(actor, scorecard.provider, scorecard.created_at)


def belongs_to(actor: Actor, provider: Provider, since: datetime) -> bool:
    """The person belongs to the provider, or did since then, whomever they act for now."""
    places = Membership.objects.filter(user=actor.user, organisation=provider.organisation_id)
    return places.since(since).exists()


def has_rated(actor: Actor, scorecard: Scorecard) -> bool:
    """The person saved a rating at any time, even one that somebody replaced."""
    return RatingRevision.objects.filter(rating__scorecard=scorecard, rated_by=actor.user).exists()


def has_answered(actor: Actor, scorecard: Scorecard) -> bool:
    """The person answered for the commissioner, or for the provider, in any version of this case.

    The trail says so also where somebody else wrote over the answer later.
    """
    request = scorecard.request
    if request is None:
        return False
    answered = [request.reference, *request.versions.values_list("reference", flat=True)]
    return AuditEvent.objects.filter(
        actor=actor.user, verb__in=ANSWERING, subject_reference__in=answered
    ).exists()
