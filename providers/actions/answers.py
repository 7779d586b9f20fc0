"""Writes to the answers of an open self-assessment."""

from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.access import Actor, StaleSave, WrongState, require
from principles.models import Criterion, Measure
from providers import queries
from providers.models import (
    Answer,
    AnswerEvidence,
    EvidenceItem,
    MeasureAnswer,
    MeasureAnswerEvidence,
    SelfAssessment,
)
from providers.rules import is_open, may_answer

REFUSAL = "Only contributors and signatories of the provider write its answers."


@transaction.atomic
def save_answer(
    *,
    actor: Actor,
    self_assessment: SelfAssessment,
    criterion: Criterion,
    version: int,
    claimed_value: int | None,
    narrative: str,
    not_applicable: bool,
    not_applicable_reason: str,
    evidence: list[EvidenceItem],
) -> Answer:
    """Save the draft of one answer.

    ``version`` is the one that the writer began from, 0 for none. Side effects, in order: answer,
    its evidence, audit row. Raises ``StaleSave`` with the current answer when a colleague saved a
    newer one, ``WrongState`` once the self-assessment is submitted.
    """
    self_assessment = _open_for(actor, self_assessment)
    _require_asked(actor, self_assessment, criterion)
    _require_own(actor, evidence)
    answer = Answer.objects.filter(self_assessment=self_assessment, criterion=criterion).first()
    answer = next_version(answer, version) or Answer(
        self_assessment=self_assessment, criterion=criterion
    )
    answer.claimed_value = None if not_applicable else claimed_value
    answer.narrative = narrative
    answer.not_applicable = not_applicable
    answer.not_applicable_reason = not_applicable_reason
    answer.updated_at = timezone.now()
    answer.updated_by = actor.user
    answer.save()
    set_evidence(answer, AnswerEvidence, evidence)
    audit.record(
        actor=actor,
        verb="answer.saved",
        subject=self_assessment,
        facts={
            "criterion": criterion.code,
            "version": answer.version,
            "claimed": answer.claimed_value,
            "not_applicable": answer.not_applicable,
            "evidence": [item.reference for item in evidence],
        },
    )
    return answer


@transaction.atomic
def save_measure_answer(
    *,
    actor: Actor,
    self_assessment: SelfAssessment,
    measure: Measure,
    version: int,
    committed_quantity: Decimal | None,
    committed_basis: str,
    delivered_quantity: Decimal | None,
    attribution_percent: Decimal,
    deadweight_percent: Decimal | None,
    note: str,
    evidence: list[EvidenceItem],
) -> MeasureAnswer:
    """Save what is committed and delivered under one measure. As ``save_answer`` otherwise.

    Deadweight is kept only where the values in use are gross of it.
    """
    self_assessment = _open_for(actor, self_assessment)
    require(
        self_assessment.edition_rows.filter(edition=measure.edition_id).exists(),
        "This self-assessment does not ask for that measure.",
    )
    _require_own(actor, evidence)
    answer = MeasureAnswer.objects.filter(self_assessment=self_assessment, measure=measure).first()
    answer = next_version(answer, version) or MeasureAnswer(
        self_assessment=self_assessment, measure=measure
    )
    answer.committed_quantity = committed_quantity
    answer.committed_basis = committed_basis
    answer.delivered_quantity = delivered_quantity
    answer.attribution_percent = attribution_percent
    answer.deadweight_percent = deadweight_percent if self_assessment.asks_deadweight else None
    answer.note = note
    answer.updated_at = timezone.now()
    answer.updated_by = actor.user
    answer.save()
    set_evidence(answer, MeasureAnswerEvidence, evidence)
    audit.record(
        actor=actor,
        verb="measure_answer.saved",
        subject=self_assessment,
        facts={
            "measure": measure.code,
            "version": answer.version,
            "committed": _text(committed_quantity),
            "delivered": _text(delivered_quantity),
            "evidence": [item.reference for item in evidence],
        },
    )
    return answer


@transaction.atomic
def attach_evidence(
    *, actor: Actor, self_assessment: SelfAssessment, criterion: Criterion, item: EvidenceItem
) -> Answer:
    """Put an item that was just added behind the answer that it was added for.

    It makes a new version of the answer: a colleague who began from the one before would otherwise
    take the item away again without knowing. An item that is there already changes nothing.
    """
    self_assessment = _open_for(actor, self_assessment)
    _require_asked(actor, self_assessment, criterion)
    _require_own(actor, [item])
    answer = Answer.objects.filter(self_assessment=self_assessment, criterion=criterion).first()
    if answer is None:
        answer = Answer(self_assessment=self_assessment, criterion=criterion)
    elif answer.evidence_rows.filter(item=item).exists():
        return answer
    else:
        answer.version += 1
    answer.updated_at = timezone.now()
    answer.updated_by = actor.user
    answer.save()
    AnswerEvidence.objects.create(answer=answer, item=item)
    audit.record(
        actor=actor,
        verb="answer.evidence_attached",
        subject=self_assessment,
        facts={
            "criterion": criterion.code,
            "version": answer.version,
            "evidence": item.reference,
        },
    )
    return answer


def next_version(answer, version: int):
    """The saved answer ready for its next version, or None where there is none yet.

    Raises ``StaleSave`` unless ``version`` is the one that is saved.
    """
    if answer is None:
        return None
    if answer.version != version:
        raise StaleSave(answer)
    answer.version += 1
    return answer


def set_evidence(answer, through, evidence: list[EvidenceItem]) -> None:
    """Make ``evidence`` the items behind the answer, and no others."""
    wanted = {item.pk for item in evidence}
    held = set(answer.evidence_rows.values_list("item_id", flat=True))
    answer.evidence_rows.filter(item_id__in=held - wanted).delete()
    through.objects.bulk_create(
        [through(answer=answer, item_id=key) for key in sorted(wanted - held)]
    )


def _require_asked(actor: Actor, self_assessment: SelfAssessment, criterion: Criterion) -> None:
    require(
        queries.criteria_to_answer(actor, self_assessment).filter(pk=criterion.pk).exists(),
        "This self-assessment does not ask the provider for that criterion.",
    )


def _require_own(actor: Actor, evidence: list[EvidenceItem]) -> None:
    require(
        all(item.organisation_id == actor.organisation.pk for item in evidence),
        "Evidence comes from the library of one's own organisation.",
    )


def _open_for(actor: Actor, self_assessment: SelfAssessment) -> SelfAssessment:
    require(may_answer(actor, self_assessment), REFUSAL)
    locked = (
        SelfAssessment.objects.select_for_update(of=("self",))
        .select_related("provider__organisation", "asked_by")
        .get(pk=self_assessment.pk)
    )
    if not is_open(locked):
        state = locked.get_state_display().lower()
        raise WrongState(f"This self-assessment is {state}. Its answers cannot change.")
    return locked


def _text(number: Decimal | None) -> str | None:
    return None if number is None else format(number, "f")
