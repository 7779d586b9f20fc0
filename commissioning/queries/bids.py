"""Reads about bids: the bidder's own until the opening; opened ones for who judges them. What is
written and handed in of them: ``bid_drafts``.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone

from accounts.access import Actor, Role
from accounts.models import Membership, User
from commissioning import sealed_rows
from commissioning.award_model.bid_parts import lots_still_offered
from commissioning.award_model.model import AwardModel
from commissioning.award_model.terms import LotLimitMechanism
from commissioning.enums import ExerciseState
from commissioning.inputs import published_model
from commissioning.models import (
    Bid,
    BidLot,
    BidSubmission,
    Exercise,
    ModelVersion,
    SetAsideEnvelope,
)
from commissioning.opened_contents import UnfitContent
from commissioning.queries.exercises import versions
from commissioning.sealing import SealingError
from providers.models import EvidenceItem, Provider


def own_provider(viewer: Actor) -> Provider | None:
    """The provider profile of the organisation that the viewer acts for."""
    return (
        Provider.objects.visible_to(viewer)
        .filter(organisation=viewer.organisation)
        .select_related("organisation")
        .first()
    )


def bids(viewer: Actor) -> QuerySet[Bid]:
    """The bids of the viewer's own organisation, newest first, with ``due_at``.

    ``handed_in_at`` and ``withdrawn_at`` are those of the last handing-in.
    """
    versions_of = ModelVersion.objects.filter(exercise=OuterRef("exercise")).order_by("-number")
    last = BidSubmission.objects.filter(bid=OuterRef("pk")).order_by("-number")
    return (
        Bid.objects.visible_to(viewer)
        .select_related("exercise__procurement__buyer__organisation", "provider__organisation")
        .annotate(
            due_at=Subquery(versions_of.values("tenders_due_at")[:1]),
            handed_in_at=Subquery(last.values("submitted_at")[:1]),
            withdrawn_at=Subquery(last.values("withdrawn_at")[:1]),
        )
    )


def bid(viewer: Actor, reference: str) -> Bid | None:
    return bids(viewer).filter(reference=reference).first()


def bid_in(viewer: Actor, exercise: Exercise) -> Bid | None:
    return bids(viewer).filter(exercise=exercise).first()


def version_for_bidders(viewer: Actor, exercise: Exercise) -> ModelVersion | None:
    """The version in force, as bidders see it."""
    return versions(viewer, exercise).last()


def is_open_for_bids(exercise: Exercise, version: ModelVersion | None) -> bool:
    """Bids can be handed in now, by the server's clock. The deadline is that of the version in
    force: an amendment that is still being written moves nothing.
    """
    return (
        exercise.state == ExerciseState.PUBLISHED
        and version is not None
        and timezone.now() <= version.tenders_due_at
    )


def takes_questions(exercise: Exercise, version: ModelVersion | None) -> bool:
    """Questions can be asked now: until their own day, or the deadline where they have none."""
    if not is_open_for_bids(exercise, version):
        return False
    due = version.questions_due_at
    return due is None or timezone.now() <= due


def wants_preferences(model: AwardModel, lots: Collection[int]) -> bool:
    """Whether a bidder for these lots says which it wants most: where it may not win them all, and
    the published rule goes by what it says.
    """
    return (
        model.lot_limit_mechanism is LotLimitMechanism.SUPPLIER_PREFERENCE
        and model.lots_per_supplier is not None
        and len(lots_still_offered(model, lots)) > model.lots_per_supplier
    )


def colleagues(viewer: Actor) -> QuerySet[User]:
    """The people of the viewer's own organisation who write bids."""
    places = Membership.objects.visible_to(viewer).current()
    keys = places.filter(
        organisation=viewer.organisation, roles__role__in=[Role.CONTRIBUTOR, Role.SIGNATORY]
    )
    return User.objects.filter(pk__in=keys.values("user")).order_by("full_name", "pk")


def evidence_by_reference(viewer: Actor, references: Iterable[str]) -> dict[str, EvidenceItem]:
    """The items of the viewer's own library that a bid refers to."""
    return {row.reference: row for row in own_evidence(viewer).filter(reference__in=references)}


def bids_by_exercise(viewer: Actor, exercises: Iterable[Exercise]) -> dict[int, Bid]:
    """The viewer's own bids for these exercises, by the key of the exercise."""
    return {row.exercise_id: row for row in bids(viewer).filter(exercise__in=list(exercises))}


def own_evidence(viewer: Actor) -> QuerySet[EvidenceItem]:
    """The library of the viewer's own organisation."""
    return EvidenceItem.objects.visible_to(viewer).filter(organisation=viewer.organisation)


def submissions(viewer: Actor, bid: Bid) -> QuerySet[BidSubmission]:
    return (
        BidSubmission.objects.visible_to(viewer)
        .filter(bid=bid)
        .select_related(
            "bid__exercise__procurement__buyer__organisation",
            "bid__provider__organisation",
            "submitted_by",
            "withdrawn_by",
            "version",
        )
        .order_by("number")
    )


def standing_submission(viewer: Actor, bid: Bid) -> BidSubmission | None:
    """The last one, unless it was withdrawn: an earlier one does not come back."""
    last = submissions(viewer, bid).prefetch_related("envelopes").last()
    return last if last and last.withdrawn_at is None else None


def answers_to_reuse(viewer: Actor, bid: Bid) -> list[dict]:
    """What this organisation wrote in its earlier bids, with dates: {title, text, at, exercise}.

    From submissions that stand, newest first; only the organisation's own. One that cannot be read
    is left out.
    """
    found = []
    last_ones = (
        BidSubmission.objects.visible_to(viewer)
        .filter(withdrawn_at=None)
        .exclude(bid=bid)
        .select_related("bid__exercise__procurement", "bid__provider", "version")
        .prefetch_related("envelopes")
        .order_by("-submitted_at")
    )
    seen = set()
    for row in last_ones[:10]:
        if row.bid_id in seen:
            continue
        seen.add(row.bid_id)
        try:
            contents = sealed_rows.read_submission(row)
        except (SealingError, UnfitContent):
            continue
        titles = {
            (lot.number, leaf.key): leaf.title
            for lot in published_model(row.version).lots
            for leaf in lot.leaves()
        }
        for (lot, _), content in contents.items():
            for key, answer in content.get("answers", {}).items():
                if answer.get("text") and (lot, key) in titles:
                    found.append(
                        {
                            "title": titles[lot, key],
                            "text": answer["text"],
                            "evidence": answer.get("evidence", []),
                            "at": row.submitted_at,
                            "exercise": row.bid.exercise.procurement.title,
                        }
                    )
    return found


def opened_bids(viewer: Actor, exercise: Exercise) -> QuerySet[BidLot]:
    """The opened bids of the lots that the viewer judges or audits."""
    return (
        BidLot.objects.visible_to(viewer)
        .filter(exercise=exercise)
        .select_related("provider__organisation")
        .order_by("lot_number", "label")
    )


def set_aside_by_bid(
    viewer: Actor, bid_lots: Collection[BidLot]
) -> dict[int, tuple[SetAsideEnvelope, ...]]:
    """What was set aside of these opened bids, by their keys. One query."""
    rows = (
        SetAsideEnvelope.objects.visible_to(viewer)
        .filter(submission__in=[row.submission_id for row in bid_lots])
        .defer("content")
    )
    by_submission: dict[int, list[SetAsideEnvelope]] = defaultdict(list)
    for row in rows:
        by_submission[row.submission_id].append(row)
    return {
        bid.pk: tuple(
            row for row in by_submission[bid.submission_id] if row.lot_number in (0, bid.lot_number)
        )
        for bid in bid_lots
    }


def own_set_aside(viewer: Actor, bid: Bid) -> QuerySet[SetAsideEnvelope]:
    """What was set aside at the opening of one's own bid."""
    rows = SetAsideEnvelope.objects.visible_to(viewer).filter(submission__bid=bid)
    return rows.defer("content").order_by("lot_number", "kind")


def names_are_hidden(exercise: Exercise) -> bool:
    """Whether pages show labels instead of bidders' names: until the prices are opened."""
    return exercise.names_hidden and exercise.state == ExerciseState.QUALITY_OPENED
