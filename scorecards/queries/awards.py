"""Reads about awards: the lot that is decided, its summaries, and documents of an exercise."""

from django.db.models import Prefetch, QuerySet
from django.urls import reverse

from accounts.access import Actor
from commissioning.exercise_links import ExerciseLink
from commissioning.models import Exercise
from scorecards.award_documents import AwardFacts, load_facts
from scorecards.enums import LotStage
from scorecards.models import (
    AssessmentSummary,
    AwardDocument,
    LotContract,
    LotEvaluation,
    StoredAwardDocument,
)


def lot_evaluation(viewer: Actor, reference: str, lot_number: int) -> LotEvaluation | None:
    """The evaluation of one lot, for who is cleared to see its bids."""
    contracts = LotContract.objects.select_related("contract", "bid_lot__provider__organisation")
    return (
        LotEvaluation.objects.visible_to(viewer)
        .filter(exercise__reference=reference, lot_number=lot_number)
        .select_related(
            "exercise__procurement__buyer__organisation",
            "recommended_by",
            "approved_by",
            "award_notice",
        )
        .prefetch_related("steps__by", Prefetch("contracts", contracts))
        .first()
    )


def award_facts(viewer: Actor, evaluation: LotEvaluation) -> AwardFacts | None:
    """The facts of a lot that the viewer was shown; None before its result was calculated."""
    if not LotEvaluation.objects.visible_to(viewer).filter(pk=evaluation.pk).exists():
        return None
    try:
        return load_facts(evaluation)
    except LookupError:
        return None


def summary_of(viewer: Actor, bid_lot) -> AssessmentSummary | None:
    """What was worded for a bidder so far."""
    rows = AssessmentSummary.objects.visible_to(viewer).select_related("edited_by")
    return rows.filter(bid_lot=bid_lot).first()


def award_documents(viewer: Actor) -> QuerySet[AwardDocument]:
    """The documents that the viewer may read, newest first, without what they say."""
    return (
        AwardDocument.objects.visible_to(viewer)
        .select_related(
            "exercise__procurement__buyer__organisation",
            "bid_lot__provider__organisation",
            "job",
            "stored__key",
        )
        .defer("content")
    )


def documents_of_exercise(viewer: Actor, exercise: Exercise) -> QuerySet[AwardDocument]:
    """The documents about the exercise as a whole."""
    return award_documents(viewer).filter(exercise=exercise, lot_number=0)


def documents_of_lot(viewer: Actor, evaluation: LotEvaluation) -> QuerySet[AwardDocument]:
    """The documents about one lot."""
    return award_documents(viewer).filter(
        exercise=evaluation.exercise, lot_number=evaluation.lot_number
    )


def letters(viewer: Actor) -> QuerySet[AwardDocument]:
    """What the viewer's own organisation was told about its bids."""
    if not viewer.provides:
        return AwardDocument.objects.none()
    return award_documents(viewer).filter(
        bid_lot__provider__organisation=viewer.organisation, released_at__isnull=False
    )


AWARDED = (
    LotStage.CALCULATED,
    LotStage.RECOMMENDED,
    LotStage.APPROVED,
    LotStage.SUMMARIES_RELEASED,
    LotStage.STANDSTILL,
    LotStage.CHALLENGED,
    LotStage.SUSPENDED,
    LotStage.ENTERED,
)


def award_links_on_exercise(viewer: Actor, exercise: Exercise) -> list[ExerciseLink]:
    """The award of each lot whose result was calculated, and the documents of the exercise."""
    rows = LotEvaluation.objects.visible_to(viewer).filter(exercise=exercise, stage__in=AWARDED)
    found = [
        ExerciseLink(
            f"Award of lot {row.lot_number}",
            reverse("scorecards:award-detail", args=[exercise.reference, row.lot_number]),
            row.get_stage_display(),
        )
        for row in rows.order_by("lot_number")
    ]
    url = reverse("scorecards:document-list", args=[exercise.reference])
    return [*found, ExerciseLink("Documents", url)]


def award_document_by_hash(
    viewer: Actor, sha256: str, reference: str = ""
) -> StoredAwardDocument | None:
    """The stored document with this hash; with a reference, only if it is that document's.

    Whoever holds the bytes or the hash may ask, as for reports.
    """
    found = StoredAwardDocument.objects.filter(sha256=sha256.lower()).select_related(
        "document", "key"
    )
    if reference:
        found = found.filter(document__reference=reference.upper())
    return found.first()
