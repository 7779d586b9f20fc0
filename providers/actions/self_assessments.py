"""Opening, submitting and returning a self-assessment."""

import datetime
import hashlib
from collections.abc import Mapping
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.access import Actor, Role, WrongState, require
from principles.models import Measure
from providers import followers, queries
from providers.enums import SelfAssessmentState
from providers.models import (
    Answer,
    AnswerEvidence,
    EvidenceItem,
    MeasureAnswer,
    MeasureAnswerEvidence,
    Provider,
    SelfAssessment,
    SelfAssessmentEdition,
    Submission,
)
from providers.rules import acts_for_who_asked, asked_for, may_submit
from providers.submissions import canonical_content
from providers.workflow import STEPS

PROMISED = "Committed in the bid for this contract."
DECLARATION = (
    "On behalf of the provider I accept the ethical standards set out in these frameworks as they "
    "apply to this contract. I declare that the answers are true to the best of our knowledge, and "
    "that the evidence is what it says it is."
)


@transaction.atomic
def open_self_assessment(
    *,
    actor: Actor,
    provider: Provider,
    title: str,
    editions: list,
    level: str,
    due_on: datetime.date,
    asks_deadweight: bool = False,
    commitments: Mapping[Measure, Decimal] | None = None,
) -> SelfAssessment:
    """Open a self-assessment for a provider to write, asked by the actor's organisation.

    ``commitments`` are what the provider promised when it won the contract, over the whole term:
    they stand in its figures from the start. Side effects, in order: row, its editions, figures,
    audit row.
    """
    require(actor.has(Role.CONTRACT_MANAGER), "Only a contract manager asks a provider.")
    self_assessment = SelfAssessment.objects.create(
        provider=provider,
        asked_by=actor.organisation,
        title=title,
        level=level,
        due_on=due_on,
        asks_deadweight=asks_deadweight,
        opened_at=timezone.now(),
    )
    SelfAssessmentEdition.objects.bulk_create(
        [SelfAssessmentEdition(self_assessment=self_assessment, edition=e) for e in editions]
    )
    asked = {edition.pk for edition in editions}
    MeasureAnswer.objects.bulk_create(
        MeasureAnswer(
            self_assessment=self_assessment,
            measure=measure,
            committed_quantity=quantity,
            note=PROMISED,
            updated_at=timezone.now(),
        )
        for measure, quantity in (commitments or {}).items()
        if measure.edition_id in asked
    )
    audit.record(
        actor=actor,
        verb="self_assessment.opened",
        subject=self_assessment,
        facts={
            "provider": provider.reference,
            "level": level,
            "due_on": due_on.isoformat(),
            "editions": [edition.key for edition in editions],
        },
    )
    return self_assessment


@transaction.atomic
def submit_self_assessment(*, actor: Actor, self_assessment: SelfAssessment) -> Submission:
    """Accept the standards, submit, and freeze every answer and its evidence.

    Side effects, in order: state, frozen rows, receipt, audit row, followers. Raises ``WrongState``
    when it is submitted already or when an answer is incomplete; it says which.
    """
    require(
        may_submit(actor, self_assessment),
        "Only an authorised signatory of the provider submits.",
    )
    self_assessment = _lock(self_assessment)
    _step(self_assessment, "submit")
    missing = queries.incomplete_criteria(actor, self_assessment)
    if missing:
        raise WrongState(
            f"{len(missing)} {'answer is' if len(missing) == 1 else 'answers are'} not complete: "
            + ", ".join(criterion.code for criterion in missing[:10])
            + ("…" if len(missing) > 10 else ".")
        )
    now = timezone.now()
    content = canonical_content(self_assessment, DECLARATION, now, actor.label)
    sha256 = hashlib.sha256(content.encode()).hexdigest()
    self_assessment.save(update_fields=["state"])
    _freeze(self_assessment, now)
    submission = Submission.objects.create(
        self_assessment=self_assessment,
        content=content,
        sha256=sha256,
        declaration=DECLARATION,
        submitted_at=now,
        submitted_by=actor.user,
    )
    audit.record(
        actor=actor,
        verb="self_assessment.submitted",
        subject=self_assessment,
        facts={"sha256": sha256, "version": self_assessment.version_number},
    )
    followers.tell_submitted(actor, self_assessment)
    return submission


@transaction.atomic
def return_self_assessment(
    *, actor: Actor, self_assessment: SelfAssessment, reason: str, due_on: datetime.date
) -> SelfAssessment:
    """Send a submitted self-assessment back. Opens the next version with the answers copied.

    The returned version stays readable. Side effects, in order: state and reason, new version,
    copies of answers and figures, audit row, followers. Returns
    the new version.
    """
    require(
        asked_for(actor, self_assessment),
        "Only a contract manager of the body that asked returns a self-assessment.",
    )
    if not reason.strip():
        raise WrongState("Give the reason.")
    former = _lock(self_assessment)
    _step(former, "return")
    now = timezone.now()
    former.returned_at = now
    former.returned_by = actor.user
    former.return_reason = reason
    former.save()
    following = SelfAssessment.objects.create(
        provider=former.provider,
        asked_by=former.asked_by,
        title=former.title,
        level=former.level,
        due_on=due_on,
        asks_deadweight=former.asks_deadweight,
        version_number=former.version_number + 1,
        previous=former,
        opened_at=now,
    )
    SelfAssessmentEdition.objects.bulk_create(
        [
            SelfAssessmentEdition(self_assessment=following, edition_id=row.edition_id)
            for row in former.edition_rows.all()
        ]
    )
    _copy(former.answers, Answer, AnswerEvidence, following)
    _copy(former.measure_answers, MeasureAnswer, MeasureAnswerEvidence, following)
    audit.record(
        actor=actor,
        verb="self_assessment.returned",
        subject=former,
        facts={"next": following.reference, "due_on": due_on.isoformat()},
    )
    followers.tell_returned(actor, former, following)
    return following


@transaction.atomic
def close_self_assessment(*, actor: Actor, self_assessment: SelfAssessment) -> SelfAssessment:
    """Close a draft that nobody waits for any more: its scorecard was signed off without it, or
    the request was withdrawn. The provider keeps what it wrote; it can no longer be submitted.
    """
    require(
        acts_for_who_asked(actor, self_assessment),
        "Only the body that asked for a self-assessment closes it.",
    )
    self_assessment = _lock(self_assessment)
    _step(self_assessment, "close")
    self_assessment.save(update_fields=["state"])
    audit.record(actor=actor, verb="self_assessment.closed", subject=self_assessment)
    return self_assessment


def _lock(self_assessment: SelfAssessment) -> SelfAssessment:
    return (
        SelfAssessment.objects.select_for_update(of=("self",))
        .select_related("provider__organisation", "asked_by")
        .get(pk=self_assessment.pk)
    )


def _step(self_assessment: SelfAssessment, step: str) -> None:
    starts, leads_to = STEPS[step]
    if self_assessment.state not in starts:
        state = SelfAssessmentState(self_assessment.state).label.lower()
        raise WrongState(f"This self-assessment is {state}, so you cannot {step} it.")
    self_assessment.state = leads_to


def _freeze(self_assessment: SelfAssessment, now) -> None:
    answers = Answer.objects.filter(self_assessment=self_assessment)
    figures = MeasureAnswer.objects.filter(self_assessment=self_assessment)
    rows = AnswerEvidence.objects.filter(answer__in=answers)
    figure_rows = MeasureAnswerEvidence.objects.filter(answer__in=figures)
    EvidenceItem.objects.filter(frozen_at=None).filter(
        pk__in=rows.values("item").union(figure_rows.values("item"))
    ).update(frozen_at=now)
    for frozen in (rows, figure_rows, answers, figures):
        frozen.update(frozen_at=now)


def _copy(answers, model, through, following: SelfAssessment) -> None:
    """Copy answers, with the evidence behind each, into the next version."""
    for answer in answers.prefetch_related("evidence_rows"):
        items = [row.item_id for row in answer.evidence_rows.all()]
        answer.pk = None
        answer._state.adding = True
        answer.self_assessment = following
        answer.frozen_at = None
        answer.version = 1
        answer.save(force_insert=True)
        through.objects.bulk_create([through(answer=answer, item_id=item) for item in items])
