"""Summaries for bidders and documents for the file: wording, releasing, asking for, keeping."""

from collections.abc import Mapping

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from accounts import audit, jobs, notifications
from accounts.access import Actor, StaleSave, WrongState, require
from accounts.enums import PROVIDER_ROLES
from accounts.models import Membership
from accounts.references import new_reference
from commissioning import queries as exercises
from commissioning.enums import Duty
from commissioning.models import BidLot, ConflictsAssessment, Exercise
from scorecards import award_documents as texts
from scorecards import reports
from scorecards.actions import _lot_steps as steps
from scorecards.actions.results import LEAD_ONLY
from scorecards.award_documents import SummaryTexts
from scorecards.documents.document import DocumentContent
from scorecards.documents.document_text import document_text
from scorecards.documents.signing import sha256_of
from scorecards.enums import AwardDocumentKind, LotStage
from scorecards.models import (
    AssessmentSummary,
    AwardDocument,
    LotEvaluation,
    SigningKey,
    StoredAwardDocument,
)

RENDER_DOCUMENT = "scorecards.render_award_document"


@transaction.atomic
def edit_summary(
    *,
    actor: Actor,
    evaluation: LotEvaluation,
    bid_lot: BidLot,
    words: Mapping[str, str],
    withheld: Mapping[str, str],
    seen_revision: int,
) -> AssessmentSummary:
    """Word what a bidder is told, before its release.

    Raises ``StaleSave`` where somebody saved since. Side effects, in order: summary, audit row.
    """
    evaluation = steps.lock_lot(evaluation)
    steps.must_hold(actor, evaluation, LEAD_ONLY, Duty.LEAD)
    steps.must_be(evaluation, LotStage.CALCULATED, LotStage.RECOMMENDED, LotStage.APPROVED)
    row = AssessmentSummary.objects.select_for_update(of=("self",)).filter(bid_lot=bid_lot).first()
    if (row.revision if row else 0) != seen_revision:
        raise StaleSave(row)
    row = row or AssessmentSummary(bid_lot=bid_lot, revision=0)
    row.texts = {key: value.strip() for key, value in words.items()}
    row.withheld = {key: value.strip() for key, value in withheld.items() if value.strip()}
    row.revision += 1
    row.edited_at = timezone.now()
    row.edited_by = actor.user
    row.save()
    steps.record(actor, evaluation, "summary.worded", row, bid=bid_lot.label, revision=row.revision)
    return row


@transaction.atomic
def release_summaries(*, actor: Actor, evaluation: LotEvaluation) -> list[AwardDocument]:
    """Release every summary and letter of the lot together, after approval.

    Refused, naming the supplier and what is missing, while one summary lacks something. Side
    effects, in order for each bid: summary frozen, document asked for; then step and audit rows.
    Bidders are told after the commit, each about its own.
    """
    evaluation = steps.lock_lot(evaluation)
    steps.must_hold(actor, evaluation, LEAD_ONLY, Duty.LEAD)
    steps.must_be(evaluation, LotStage.APPROVED)
    about = texts.load_facts(evaluation)
    words = summary_words(about)
    for bid_lot in about.bids:
        if not is_assessed(about, bid_lot):
            continue
        missing = texts.missing_of(about, bid_lot, words[bid_lot.pk])
        if missing:
            raise WrongState(f"{bid_lot.provider} is still to be told: {'; '.join(missing)}.")
    now = timezone.localtime()
    found = []
    for bid_lot in about.bids:
        said = words[bid_lot.pk]
        AssessmentSummary.objects.update_or_create(
            bid_lot=bid_lot,
            defaults={
                "texts": dict(said.texts),
                "withheld": dict(said.withheld),
                "released_at": now,
            },
        )
        reference = new_reference("AD")
        kind, content = told(about, bid_lot, words, reference=reference, at=now, is_draft=False)
        row = _ask(
            actor,
            evaluation.exercise,
            kind,
            content,
            reference,
            lot_number=evaluation.lot_number,
            bid_lot=bid_lot,
            released_at=now,
        )
        found.append(row)
        _tell(bid_lot, evaluation.exercise)
    steps.take_lot_step(actor=actor, evaluation=evaluation, name="release")
    return found


def is_assessed(about: texts.AwardFacts, bid_lot: BidLot) -> bool:
    """Whether an assessment summary is owed, rather than the letter about a disregarded tender."""
    return about.result_of(bid_lot).state.is_assessed_tender


def summary_words(about: texts.AwardFacts) -> dict[int, SummaryTexts]:
    """What each bidder of the lot is told, by the key of its bid: the words of the record, with
    those that a person put in their place.
    """
    rows = {row.bid_lot_id: row for row in AssessmentSummary.objects.filter(bid_lot__in=about.bids)}
    found = {}
    for bid in about.bids:
        row = rows.get(bid.pk)
        words = texts.default_texts(about, bid) | (row.texts if row else {})
        found[bid.pk] = SummaryTexts(words, row.withheld if row else {})
    return found


def told(
    about: texts.AwardFacts,
    bid_lot: BidLot,
    words: Mapping[int, SummaryTexts],
    *,
    reference: str,
    at,
    is_draft: bool,
) -> tuple[str, DocumentContent]:
    """The kind and the content of what this bidder is told."""
    if is_assessed(about, bid_lot):
        content = texts.summary_document(
            about, bid_lot, words[bid_lot.pk], words, reference=reference, at=at, is_draft=is_draft
        )
        return AwardDocumentKind.ASSESSMENT_SUMMARY, content
    content = texts.disregarded_document(
        about, bid_lot, words[bid_lot.pk], reference=reference, at=at, is_draft=is_draft
    )
    return AwardDocumentKind.DISREGARDED_LETTER, content


@transaction.atomic
def request_evaluation_report(*, actor: Actor, evaluation: LotEvaluation) -> AwardDocument:
    """Ask for the evaluation report of a lot as it stands. Side effects, in order: document, job,
    audit row.
    """
    evaluation = steps.lock_lot(evaluation)
    steps.must_hold(
        actor, evaluation, "Only the lead, the chair and the approver.", Duty.LEAD, Duty.CHAIR,
        Duty.APPROVER,
    )  # fmt: skip
    try:
        about = texts.load_facts(evaluation)
    except LookupError as wrong:
        raise WrongState(str(wrong)) from wrong
    reference = new_reference("AD")
    content = texts.evaluation_report_document(about, reference=reference, at=timezone.localtime())
    return _ask(
        actor,
        evaluation.exercise,
        AwardDocumentKind.EVALUATION_REPORT,
        content,
        reference,
        lot_number=evaluation.lot_number,
    )


@transaction.atomic
def request_ethics_schedule(*, actor: Actor, exercise: Exercise) -> AwardDocument:
    """Ask for the ethics schedule of the tender pack, of the version in force or, before
    publication, of the model as it is written. Side effects, in order: document, job, audit row.
    """
    require(Duty.LEAD in exercises.duties(actor, exercise), LEAD_ONLY)
    in_force = exercises.model_in_force(actor, exercise)
    model = in_force or exercises.model_as_written(actor, exercise)
    reference = new_reference("AD")
    content = texts.schedule_document(exercise, model, reference=reference, at=timezone.localtime())
    return _ask(
        actor,
        exercise,
        AwardDocumentKind.ETHICS_SCHEDULE,
        content,
        reference,
        is_public=in_force is not None,
    )


@transaction.atomic
def request_conflicts_document(*, actor: Actor, assessment: ConflictsAssessment) -> AwardDocument:
    """Ask for a confirmed conflicts assessment as a document. Side effects as above."""
    exercise = assessment.exercise
    require(
        bool(exercises.duties(actor, exercise) & {Duty.LEAD, Duty.APPROVER}),
        "Only the lead and the approver.",
    )
    reference = new_reference("AD")
    content = texts.conflicts_document(assessment, reference=reference)
    return _ask(actor, exercise, AwardDocumentKind.CONFLICTS_ASSESSMENT, content, reference)


@transaction.atomic
def retry_award_document(*, actor: Actor, document: AwardDocument) -> None:
    """Try again to make a document whose job failed."""
    require(
        bool(exercises.duties(actor, document.exercise)),
        "Only the team of the exercise tries again.",
    )
    if not jobs.retry(actor=actor, job=document.job):
        raise WrongState("This document did not fail, or is being made again already.")
    audit.record(
        actor=actor,
        verb="award_document.retried",
        subject=document,
        case=document.exercise.reference,
    )


@transaction.atomic
def store_award_document(
    *, actor: Actor, document: AwardDocument, pdf: bytes, versions: list
) -> StoredAwardDocument:
    """Sign and keep the finished PDF, once. A second call gives what the first one kept.

    Side effects, in order: certificate row (first use of a key), file named by its hash, row, audit
    row. Raises ``BadSigningKey`` when the key cannot sign.
    """
    document = AwardDocument.objects.select_for_update(of=("self",)).get(pk=document.pk)
    held = StoredAwardDocument.objects.filter(document=document).first()
    if held is not None:
        return held
    signer = reports.signer()
    key, _ = SigningKey.objects.get_or_create(
        key_id=signer.key_id,
        defaults={"certificate_pem": signer.certificate_pem, "first_used_at": timezone.now()},
    )
    stored = StoredAwardDocument(
        document=document,
        sha256=sha256_of(pdf),
        size_bytes=len(pdf),
        signature=reports.sign(pdf, signer),
        key=key,
        versions=versions,
        stored_at=timezone.now(),
    )
    stored.file.save("document", ContentFile(pdf), save=False)
    stored.save()
    audit.record(
        actor=actor,
        verb="award_document.stored",
        subject=document,
        case=document.exercise.reference,
        facts={"sha256": stored.sha256, "key": key.key_id, "size_bytes": stored.size_bytes},
    )
    return stored


def _ask(
    actor: Actor,
    exercise: Exercise,
    kind: str,
    content: DocumentContent,
    reference: str,
    **fields,
) -> AwardDocument:
    row = AwardDocument.objects.create(
        reference=reference,
        exercise=exercise,
        kind=kind,
        content=document_text(content),
        requested_at=timezone.now(),
        requested_by=actor.user,
        **fields,
    )
    row.job = jobs.request(
        actor=actor,
        kind=RENDER_DOCUMENT,
        subject_reference=reference,
        organisation=exercise.procurement.buyer.organisation,
    )
    row.save(update_fields=["job"])
    audit.record(
        actor=actor,
        verb="award_document.requested",
        subject=row,
        case=exercise.reference,
        facts={"kind": kind, "lot": row.lot_number},
    )
    return row


def _tell(bid_lot: BidLot, exercise: Exercise) -> None:
    people = Membership.objects.current().filter(
        organisation=bid_lot.provider.organisation,
        organisation__named_by=None,
        roles__role__in=PROVIDER_ROLES,
    )
    notifications.send(
        to=sorted(set(people.values_list("user__email", flat=True))),
        template="scorecards/email/outcome_released",
        context={"exercise": exercise},
    )
