"""The commissioner's own answers."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.access import Actor, WrongState, require
from commissioning.enums import RequestState
from commissioning.models import AssessmentRequest, CommissionerAnswer
from commissioning.rules import is_contract_manager_of
from principles.enums import AnsweredBy
from principles.models import Criterion
from providers.actions.answers import next_version
from providers.models import EvidenceItem


@transaction.atomic
def save_commissioner_answer(
    *,
    actor: Actor,
    request: AssessmentRequest,
    criterion: Criterion,
    version: int,
    claimed_value: int | None,
    narrative: str,
    not_applicable: bool,
    not_applicable_reason: str,
    evidence: Sequence[EvidenceItem] = (),
) -> CommissionerAnswer:
    """Save the answer to one criterion that the commissioner answers about itself.

    ``version`` is the one that the writer began from, 0 for none. Side effects, in order: answer,
    its evidence, audit row. Raises StaleSave with the current answer when a colleague saved a newer
    one, WrongState once the answers are frozen or the request is closed.
    """
    request = (
        AssessmentRequest.objects.select_for_update(of=("self",))
        .select_related("contract__commissioner__organisation")
        .get(pk=request.pk)
    )
    require(
        is_contract_manager_of(actor, request.contract.commissioner),
        "Only the commissioner's contract managers answer for it.",
    )
    require(
        criterion.answered_by == AnsweredBy.COMMISSIONER
        and request.editions.filter(pk=criterion.edition_id).exists(),
        "This criterion isn't the commissioner's to answer.",
    )
    require(
        all(item.organisation_id == actor.organisation.pk for item in evidence),
        "Evidence comes from the library of one's own organisation.",
    )
    if request.state != RequestState.OPEN:
        raise WrongState("This request isn't open any more.")
    answer = CommissionerAnswer.objects.filter(request=request, criterion=criterion).first()
    if answer is not None and answer.frozen_at is not None:
        raise WrongState("This answer is part of a signed-off scorecard and can't change.")
    answer = next_version(answer, version) or CommissionerAnswer(
        request=request, criterion=criterion
    )
    answer.claimed_value = None if not_applicable else claimed_value
    answer.narrative = narrative
    answer.not_applicable = not_applicable
    answer.not_applicable_reason = not_applicable_reason
    answer.updated_at = timezone.now()
    answer.updated_by = actor.user
    answer.save()
    answer.evidence.set(evidence)
    audit.record(
        actor=actor,
        verb="commissioner_answer.saved",
        subject=request,
        case=request.contract.reference,
        facts={
            "criterion": criterion.code,
            "version": answer.version,
            "claimed": answer.claimed_value,
            "not_applicable": answer.not_applicable,
            "evidence": [item.reference for item in evidence],
        },
    )
    return answer
