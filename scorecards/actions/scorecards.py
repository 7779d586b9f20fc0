"""The way of a scorecard, from draft to sign-off."""

import datetime
from decimal import ROUND_FLOOR, Decimal

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from accounts import audit
from accounts.access import Actor, Role, WrongState, require
from commissioning.actions import close_request, request_self_assessment, return_to_provider
from commissioning.models import CommissionerAnswer, Contract
from principles.models import Edition, ValueSet
from providers.enums import SelfAssessmentState
from providers.models import Provider
from scorecards import inputs, scoring
from scorecards.actions.reports import request_final_report
from scorecards.actions.steps import (
    belongs_to,
    has_answered,
    has_rated,
    is_clear,
    is_of_provider,
    lock,
    take_step,
)
from scorecards.enums import Stage
from scorecards.models import (
    AssurancePolicy,
    FrameworkResult,
    PrincipleResult,
    Scorecard,
    ScorecardEdition,
    ScorecardResult,
)
from scorecards.rules import manages, may_rate, may_sign_off

REFUSAL = (
    "Only a contract manager of the commissioner does this, and not one of the provider's people."
)
RATER = (
    "Only an evaluator of the commissioner, with interests declared and clear, and not one of the "
    "provider's people, rates."
)
SIGNER = (
    "Only an approver of the commissioner signs off, with interests declared and clear, who "
    "neither rated nor answered in this case and does not belong to the provider."
)


@transaction.atomic
def create_scorecard(
    *,
    actor: Actor,
    contract: Contract,
    provider: Provider,
    editions: list[Edition],
    level: str,
    value_set: ValueSet | None = None,
    locality: str = "",
) -> Scorecard:
    """Begin the judgement of one contract and one provider, under the policy in force.

    A later scorecard of the same pair will supersede the former at sign-off. Side effects, in
    order: row, editions, audit row. Raises ``WrongState`` while another is open, where no policy is
    in force, or where nothing is chosen.
    """
    commissioner = contract.commissioner.organisation
    require(actor.organisation == commissioner and actor.has(Role.CONTRACT_MANAGER), REFUSAL)
    require(
        contract.parties.filter(provider=provider).exists(),
        "This provider is no party to the contract.",
    )
    require(not belongs_to(actor, provider, timezone.now()), REFUSAL)
    policy = AssurancePolicy.objects.in_force(timezone.localdate()).first()
    if policy is None:
        raise WrongState("No assurance policy is in force. Ask the operator to publish one.")
    if not editions:
        raise WrongState("Choose at least one framework.")
    if not all(edition.for_assessment for edition in editions):
        raise WrongState("Choose frameworks that are for assessment, not for design only.")
    if len({edition.framework_id for edition in editions}) < len(editions):
        raise WrongState("Choose one edition of each framework.")
    if value_set is not None and value_set.edition not in editions:
        raise WrongState(f"{value_set} is for {value_set.edition}. Choose that framework as well.")
    if not level:
        raise WrongState("Set the level of assurance on the contract's page first.")
    # Of two who begin at once the second waits here, and finds the first one's.
    Contract.objects.select_for_update(of=("self",)).get(pk=contract.pk)
    former = Scorecard.objects.filter(contract=contract, provider=provider)
    if former.exclude(stage__in=[Stage.SIGNED_OFF, Stage.SUPERSEDED]).exists():
        raise WrongState("A scorecard of this contract and provider is open already.")
    now = timezone.now()
    scorecard = Scorecard.objects.create(
        contract=contract,
        provider=provider,
        policy=policy,
        value_set=value_set,
        locality=locality,
        level=level,
        number=(former.aggregate(last=Max("number"))["last"] or 0) + 1,
        supersedes=former.filter(stage=Stage.SIGNED_OFF).first(),
        value_pounds=_whole_pounds(contract.value_gbp),
        created_at=now,
        stage_at=now,
    )
    ScorecardEdition.objects.bulk_create(
        [ScorecardEdition(scorecard=scorecard, edition=edition) for edition in editions]
    )
    audit.record(
        actor=actor,
        verb="scorecard.created",
        subject=scorecard,
        case=contract.reference,
        facts={
            "provider": provider.reference,
            "level": level,
            "policy": policy.label,
            "editions": [edition.key for edition in editions],
            "value_set": value_set.reference if value_set else None,
        },
    )
    return scorecard


@transaction.atomic
def request_answers(
    *,
    actor: Actor,
    scorecard: Scorecard,
    due_on: datetime.date,
    signatory_name: str = "",
    signatory_email: str = "",
) -> Scorecard:
    """Ask the provider for its self-assessment.

    Side effects, in order: those of ``commissioning.actions.request_self_assessment``, stage.
    """
    scorecard = lock(scorecard)
    _require_manager(actor, scorecard)
    value_set = scorecard.value_set
    scorecard.request = request_self_assessment(
        actor=actor,
        contract=scorecard.contract,
        provider=scorecard.provider,
        editions=list(scorecard.editions.all()),
        level=scorecard.level,
        due_on=due_on,
        asks_deadweight=bool(value_set and value_set.gross_of_deadweight),
        signatory_name=signatory_name,
        signatory_email=signatory_email,
    )
    take_step(actor=actor, scorecard=scorecard, name="request")
    return scorecard


@transaction.atomic
def receive_self_assessment(*, actor: Actor, self_assessment) -> Scorecard | None:
    """Move the scorecard that waited for this self-assessment. Follows the provider's submission,
    in its transaction; a submission after rating went on without it changes no stage.
    """
    waiting = Scorecard.objects.filter(
        request__self_assessment=self_assessment, stage=Stage.REQUESTED
    ).first()
    if waiting is None:
        return None
    waiting = lock(waiting)
    if waiting.stage != Stage.REQUESTED:
        return None
    take_step(actor=actor, scorecard=waiting, name="receive")
    return waiting


@transaction.atomic
def return_answers(
    *, actor: Actor, scorecard: Scorecard, reason: str, due_on: datetime.date
) -> Scorecard:
    """Send the self-assessment back to the provider; its next version opens. Ratings stay."""
    scorecard = lock(scorecard)
    _require_manager(actor, scorecard)
    if not reason.strip():
        raise WrongState("Give the reason.")
    if scorecard.request is None or (
        scorecard.request.self_assessment.state != SelfAssessmentState.SUBMITTED
    ):
        raise WrongState("The provider has submitted nothing that could be returned.")
    take_step(actor=actor, scorecard=scorecard, name="return_answers", reason=reason)
    return_to_provider(actor=actor, request=scorecard.request, reason=reason, due_on=due_on)
    return scorecard


@transaction.atomic
def give_up_waiting(*, actor: Actor, scorecard: Scorecard) -> Scorecard:
    """Go on without an answer, once the due date has passed. Claims show as "not answered"."""
    scorecard = lock(scorecard)
    _require_manager(actor, scorecard)
    if scorecard.request is not None and scorecard.request.due_on >= timezone.localdate():
        raise WrongState("The provider still has time: the due date has not passed.")
    take_step(actor=actor, scorecard=scorecard, name="give_up")
    return scorecard


@transaction.atomic
def begin_rating(*, actor: Actor, scorecard: Scorecard) -> Scorecard:
    """An evaluator starts to rate."""
    scorecard = lock(scorecard)
    _require_rater(actor, scorecard)
    take_step(actor=actor, scorecard=scorecard, name="begin_rating")
    return scorecard


@transaction.atomic
def send_for_approval(*, actor: Actor, scorecard: Scorecard) -> Scorecard:
    """An evaluator hands the ratings to an approver. Raises ``WrongState`` with nothing rated."""
    scorecard = lock(scorecard)
    _require_rater(actor, scorecard)
    if not scorecard.ratings.exists():
        raise WrongState("Nothing has been rated yet.")
    take_step(actor=actor, scorecard=scorecard, name="send")
    return scorecard


@transaction.atomic
def return_rating(*, actor: Actor, scorecard: Scorecard, reason: str) -> Scorecard:
    """An approver gives the ratings back with reasons."""
    scorecard = lock(scorecard)
    _require_signer(actor, scorecard)
    take_step(actor=actor, scorecard=scorecard, name="return_rating", reason=reason)
    return scorecard


@transaction.atomic
def sign_off(*, actor: Actor, scorecard: Scorecard) -> Scorecard:
    """Sign the scorecard off: compute, keep inputs and outcome, freeze, supersede, report.

    Side effects, in order: result rows, opinion, stage, frozen ratings, findings and commissioner's
    answers, former scorecard superseded, request closed, report with its job (after the commit).
    """
    scorecard = lock(scorecard)
    _require_signer(actor, scorecard)
    if scorecard.stage != Stage.SENT_FOR_APPROVAL:
        raise WrongState("Only a scorecard that was sent for approval can be signed off.")
    now = timezone.now()
    assessed_on = timezone.localdate(now)
    given = inputs.scoring_inputs(inputs.load(scorecard), assessed_on)
    outcome = scoring.evaluate(given)
    _keep_result(scorecard, given, outcome, now)
    scorecard.opinion = outcome.overall.opinion.value
    scorecard.assessed_on = assessed_on
    scorecard.value_pounds = _whole_pounds(scorecard.contract.value_gbp)
    take_step(actor=actor, scorecard=scorecard, name="sign_off")
    scorecard.ratings.update(frozen_at=now)
    scorecard.findings.update(frozen_at=now)
    CommissionerAnswer.objects.filter(request=scorecard.request, frozen_at=None).update(
        frozen_at=now
    )
    if scorecard.supersedes_id:
        take_step(actor=actor, scorecard=lock(scorecard.supersedes), name="supersede")
    close_request(actor=actor, request=scorecard.request)
    request_final_report(actor=actor, scorecard=scorecard)
    return scorecard


def _require_manager(actor: Actor, scorecard: Scorecard) -> None:
    require(manages(actor, scorecard) and not is_of_provider(actor, scorecard), REFUSAL)


def _require_rater(actor: Actor, scorecard: Scorecard) -> None:
    require(
        may_rate(
            actor,
            scorecard,
            is_clear=is_clear(actor, scorecard),
            is_of_provider=is_of_provider(actor, scorecard),
        ),
        RATER,
    )


def _require_signer(actor: Actor, scorecard: Scorecard) -> None:
    require(
        may_sign_off(
            actor,
            scorecard,
            is_clear=is_clear(actor, scorecard),
            is_of_provider=is_of_provider(actor, scorecard),
            has_rated=has_rated(actor, scorecard),
            has_answered=has_answered(actor, scorecard),
        ),
        SIGNER,
    )


def _keep_result(scorecard: Scorecard, given, outcome, now) -> None:
    ScorecardResult.objects.create(
        scorecard=scorecard,
        inputs=scoring.to_text(given),
        outcome=scoring.to_text(outcome),
        method_version=outcome.method_version,
        computed_at=now,
    )
    FrameworkResult.objects.bulk_create(
        [
            FrameworkResult(
                scorecard=scorecard,
                framework_code=framework.code,
                title=framework.title,
                opinion=framework.opinion.opinion.value,
                hundredths_of_percent=_hundredths(framework.percent),
            )
            for framework in outcome.frameworks
        ]
    )
    PrincipleResult.objects.bulk_create(
        [
            PrincipleResult(
                scorecard=scorecard,
                framework_code=framework.code,
                principle_code=principle.code,
                title=principle.title,
                hundredths_of_percent=_hundredths(principle.percent),
            )
            for framework in outcome.frameworks
            for principle in framework.principles
        ]
    )


def _hundredths(percent: Decimal | None) -> int | None:
    """The percentage in hundredths, rounded down, so that a filter never flatters."""
    if percent is None:
        return None
    return int((percent * 100).to_integral_value(ROUND_FLOOR))


def _whole_pounds(amount: Decimal | None) -> int | None:
    return None if amount is None else int(amount.to_integral_value(ROUND_FLOOR))
