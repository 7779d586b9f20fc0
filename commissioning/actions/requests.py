"""Asking a provider for a self-assessment."""

import datetime
from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts import audit
from accounts import queries as people
from accounts.access import Actor, Role, WrongState, require
from accounts.notifications import send
from commissioning import queries
from commissioning.actions.signatories import name_first_signatory
from commissioning.enums import CarriedKind, RequestState
from commissioning.models import AssessmentRequest, Contract
from commissioning.rules import is_contract_manager_of
from principles.models import Edition, Measure
from providers.actions import (
    close_self_assessment,
    open_self_assessment,
    return_self_assessment,
)
from providers.enums import SelfAssessmentState
from providers.models import Provider, SelfAssessment

REFUSAL = "Only the commissioner's contract managers ask for a self-assessment."
REMIND_BEFORE = datetime.timedelta(days=7)


@transaction.atomic
def request_self_assessment(
    *,
    actor: Actor,
    contract: Contract,
    provider: Provider,
    editions: Sequence[Edition],
    due_on: datetime.date,
    level: str = "",
    asks_deadweight: bool = False,
    signatory_email: str = "",
    signatory_name: str = "",
) -> AssessmentRequest:
    """Ask one provider of the contract for a self-assessment against these editions.

    Without ``level`` the contract's own is taken. Where the provider has no signatory yet, one is
    invited by name and e-mail, and answers this body alone until somebody else confirms who signs.
    Where somebody else signs than the person that is named here, the trail says so, and the page
    tells it (``queries.signs_for``). Side effects, in order: self-assessment (the provider's),
    request, audit row, invitation, e-mail. Raises WrongState where one is open, where the contract
    has no level, or where nobody at the provider could answer.
    """
    contract = (
        Contract.objects.select_for_update(of=("self",))
        .select_related("commissioner__organisation")
        .get(pk=contract.pk)
    )
    require(is_contract_manager_of(actor, contract.commissioner), REFUSAL)
    require(
        contract.parties.filter(provider=provider).exists(),
        "A self-assessment is asked of a provider who is party to the contract.",
    )
    level = level or contract.assurance_level
    if not level:
        raise WrongState("Set the level of this contract first.")
    if not editions:
        raise WrongState("Choose at least one framework.")
    if due_on < timezone.localdate():
        raise WrongState("The due date has passed.")
    if AssessmentRequest.objects.open().filter(contract=contract, provider=provider).exists():
        raise WrongState("A self-assessment of this provider is asked for already.")
    has_signatory = people.has_signatory(actor, provider.organisation)
    if not has_signatory and not (signatory_email and signatory_name):
        raise WrongState("This provider has nobody here yet: name its first signatory.")
    self_assessment = open_self_assessment(
        actor=actor,
        provider=provider,
        title=contract.title,
        editions=list(editions),
        level=level,
        due_on=due_on,
        asks_deadweight=asks_deadweight,
        commitments=_commitments(contract, provider),
    )
    request = AssessmentRequest.objects.create(
        contract=contract,
        provider=provider,
        self_assessment=self_assessment,
        level=level,
        due_on=due_on,
        made_at=timezone.now(),
        made_by=actor.user,
    )
    request.editions.set(editions)
    request.versions.add(self_assessment)
    audit.record(
        actor=actor,
        verb="assessment.requested",
        subject=request,
        case=contract.reference,
        facts={
            "provider": provider.reference,
            "self_assessment": self_assessment.reference,
            "level": level,
            "due_on": due_on.isoformat(),
            "editions": [edition.key for edition in editions],
        },
    )
    if not has_signatory:
        name_first_signatory(
            actor=actor, provider=provider, email=signatory_email, full_name=signatory_name
        )
    elif signatory_email and not queries.signs_for(actor, provider, signatory_email):
        audit.record(
            actor=actor,
            verb="signatory.other_known",
            subject=request,
            case=contract.reference,
            facts={"provider": provider.reference},
        )
    _tell(actor, request, "commissioning/email/request_made")
    return request


def _commitments(contract: Contract, provider: Provider) -> dict[Measure, Decimal]:
    """What the contract carries from the bid of its one provider, summed by measure."""
    if contract.parties.exclude(provider=provider).exists():
        return {}
    found: dict[Measure, Decimal] = defaultdict(Decimal)
    rows = contract.carried_terms.filter(kind=CarriedKind.COMMITMENT).select_related("measure")
    for row in rows:
        found[row.measure] += row.quantity
    return dict(found)


@transaction.atomic
def return_to_provider(
    *, actor: Actor, request: AssessmentRequest, reason: str, due_on: datetime.date
) -> AssessmentRequest:
    """Send the submitted self-assessment back with a reason; the next version opens.

    Side effects, in order: the provider's rows, what ``follow_return`` does, e-mail.
    """
    request = _locked(request)
    require(is_contract_manager_of(actor, request.contract.commissioner), REFUSAL)
    _require_open(request)
    return_self_assessment(
        actor=actor, self_assessment=request.self_assessment, reason=reason, due_on=due_on
    )
    request = _locked(request)
    _tell(actor, request, "commissioning/email/request_returned")
    return request


@transaction.atomic
def follow_return(
    *, actor: Actor, former: SelfAssessment, following: SelfAssessment
) -> AssessmentRequest | None:
    """Point the request at the version that follows a returned one.

    Side effects, in order: request, audit row. None where nobody here asked for it.
    """
    request = AssessmentRequest.objects.filter(self_assessment=former).first()
    if request is None:
        return None
    request = _locked(request)
    request.self_assessment = following
    request.due_on = following.due_on
    request.last_reminded_at = None
    request.save(update_fields=["self_assessment", "due_on", "last_reminded_at"])
    request.versions.add(following)
    audit.record(
        actor=actor,
        verb="assessment.returned",
        subject=request,
        case=request.contract.reference,
        facts={
            "self_assessment": following.reference,
            "due_on": following.due_on.isoformat(),
        },
    )
    return request


@transaction.atomic
def close_request(*, actor: Actor, request: AssessmentRequest) -> AssessmentRequest:
    """Close a request whose scorecard is done, so that a later one can be made.

    An answer that was never submitted is closed with it.
    """
    return _end(actor, request, RequestState.CLOSED, "assessment.closed")


@transaction.atomic
def withdraw_request(*, actor: Actor, request: AssessmentRequest) -> AssessmentRequest:
    """Take a request back before it was answered."""
    request = _locked(request)
    require(is_contract_manager_of(actor, request.contract.commissioner), REFUSAL)
    # The provider may be submitting it in the same moment.
    request.self_assessment.refresh_from_db(
        from_queryset=SelfAssessment.objects.select_for_update()
    )
    if request.self_assessment.state != SelfAssessmentState.DRAFTING:
        raise WrongState("The self-assessment was submitted. It can be returned, not withdrawn.")
    return _end(actor, request, RequestState.WITHDRAWN, "assessment.withdrawn")


@transaction.atomic
def remind_of_due_requests(*, actor: Actor) -> int:
    """Remind providers of self-assessments that fall due within a week or are late, once each.

    For the schedule. Side effects, in order, for each: date of the reminder, audit row, e-mail.
    Returns how many were reminded.
    """
    require(actor.is_system, "Reminders are sent by the schedule.")
    today = timezone.localdate()
    rows = (
        AssessmentRequest.objects.open()
        .filter(
            self_assessment__state=SelfAssessmentState.DRAFTING, due_on__lte=today + REMIND_BEFORE
        )
        .select_for_update(of=("self",))
        .select_related("contract__commissioner__organisation", "provider__organisation")
    )
    reminded = 0
    for request in rows:
        last = request.last_reminded_at and timezone.localdate(request.last_reminded_at)
        if last is not None and not (last <= request.due_on < today):
            continue
        request.last_reminded_at = timezone.now()
        request.save(update_fields=["last_reminded_at"])
        audit.record(
            actor=actor,
            verb="assessment.reminded",
            subject=request,
            case=request.contract.reference,
            facts={"due_on": request.due_on.isoformat()},
        )
        _tell(actor, request, "commissioning/email/request_due")
        reminded += 1
    return reminded


def _end(
    actor: Actor, request: AssessmentRequest, state: RequestState, verb: str
) -> AssessmentRequest:
    request = _locked(request)
    own = actor.organisation == request.contract.commissioner.organisation
    require(own or actor.is_system, REFUSAL)
    _require_open(request)
    request.state = state
    request.closed_at = timezone.now()
    request.save(update_fields=["state", "closed_at"])
    if request.self_assessment.state == SelfAssessmentState.DRAFTING:
        close_self_assessment(actor=actor, self_assessment=request.self_assessment)
    audit.record(actor=actor, verb=verb, subject=request, case=request.contract.reference)
    return request


def _locked(request: AssessmentRequest) -> AssessmentRequest:
    return (
        AssessmentRequest.objects.select_for_update(of=("self",))
        .select_related(
            "contract__commissioner__organisation", "provider__organisation", "self_assessment"
        )
        .get(pk=request.pk)
    )


def _require_open(request: AssessmentRequest) -> None:
    if request.state != RequestState.OPEN:
        raise WrongState("This request isn't open any more.")


def _tell(actor: Actor, request: AssessmentRequest, template: str) -> None:
    """Tell the provider's people; not while another commissioner alone says who they are."""
    organisation = request.provider.organisation
    if organisation.named_by_id not in (None, request.contract.commissioner.organisation_id):
        return
    addresses = people.addresses_of(actor, organisation, Role.SIGNATORY, Role.CONTRIBUTOR)
    send(
        to=addresses,
        template=template,
        context={"request": request, "path": reverse("accounts:home")},
    )
