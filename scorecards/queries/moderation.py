"""Reads about moderation: what each evaluator gave, what was agreed, what changed since."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import Count, QuerySet

from accounts.access import Actor
from commissioning.award_model.model import Criterion
from scorecards.enums import LotStage
from scorecards.models import (
    BidRating,
    Consensus,
    ConsensusConfirmation,
    ConsensusRevision,
    LotEvaluation,
)
from scorecards.queries.evaluations import BidLine, LotCase
from scorecards.scoring import AgreementReport, PanelRating, Spread, panel_agreement, spread_of


@dataclass(frozen=True)
class Given:
    """One evaluator's locked rating beside the others'; what somebody gave who was recused is shown
    and does not count.
    """

    row: BidRating
    words: str
    is_outlier: bool

    @property
    def is_recused(self) -> bool:
        return self.row.is_recused


@dataclass(frozen=True)
class Place:
    """One bid on one criterion in the moderation room.

    ``spread`` is of the ratings that count; None where there are none.
    """

    line: BidLine
    leaf: Criterion
    given: tuple[Given, ...]
    spread: Spread | None
    agreed: Consensus | None
    agreed_words: str

    @property
    def counted(self) -> tuple[Given, ...]:
        """What was given by those who were not recused."""
        return tuple(one for one in self.given if not one.is_recused)

    @property
    def moves(self) -> dict[int, str]:
        """Why the rating moved, by the key of the evaluator."""
        return (
            {move.evaluator_id: move.why for move in self.agreed.moves.all()} if self.agreed else {}
        )


def panel_ratings(viewer: Actor, evaluation: LotEvaluation) -> QuerySet[BidRating]:
    """The locked ratings of the lot, with ``is_recused``; none while anybody still scores."""
    rows = BidRating.objects.visible_to(viewer).filter(
        bid_lot__exercise=evaluation.exercise, bid_lot__lot_number=evaluation.lot_number
    )
    if evaluation.stage == LotStage.SCORING:
        return rows.none()
    return (
        rows.locked()
        .with_recusal()
        .select_related("evaluator")
        .order_by("evaluator__full_name", "evaluator")
    )


def consensus_rows(viewer: Actor, evaluation: LotEvaluation) -> QuerySet[Consensus]:
    return (
        Consensus.objects.visible_to(viewer)
        .filter(evaluation=evaluation)
        .select_related("recorded_by")
        .prefetch_related("moves__evaluator")
    )


def revisions_of(viewer: Actor, row: Consensus) -> QuerySet[ConsensusRevision]:
    """What a consensus said at each save, newest first."""
    return (
        ConsensusRevision.objects.visible_to(viewer)
        .filter(consensus=row)
        .select_related("recorded_by")
        .order_by("-revision")
    )


def agreed_counts(viewer: Actor, case: LotCase) -> dict[str, int]:
    """How many of the assessed bids are agreed, by criterion."""
    rows = (
        Consensus.objects.visible_to(viewer)
        .filter(evaluation=case.evaluation, bid_lot__in=[line.bid_lot.pk for line in case.assessed])
        .order_by()
        .values("criterion_key")
        .annotate(count=Count("pk"))
    )
    return {row["criterion_key"]: row["count"] for row in rows}


def places(
    viewer: Actor, case: LotCase, leaves: tuple[Criterion, ...], bids: tuple[BidLine, ...]
) -> list[Place]:
    """These bids on these criteria, criterion by criterion. Three queries whatever their number."""
    among = {
        "criterion_key__in": [leaf.key for leaf in leaves],
        "bid_lot__in": [line.bid_lot.pk for line in bids],
    }
    given: dict[tuple[int, str], list[BidRating]] = defaultdict(list)
    for row in panel_ratings(viewer, case.evaluation).filter(**among):
        given[row.bid_lot_id, row.criterion_key].append(row)
    agreed = {
        (row.bid_lot_id, row.criterion_key): row
        for row in consensus_rows(viewer, case.evaluation).filter(**among)
    }
    return [
        _place(case, line, leaf, given[line.bid_lot.pk, leaf.key], agreed)
        for leaf in leaves
        for line in bids
    ]


def _place(case: LotCase, line: BidLine, leaf: Criterion, rows: list[BidRating], agreed) -> Place:
    counted = [row for row in rows if not row.is_recused]
    points = [Decimal(point.value) for point in case.points(leaf)]
    spread = spread_of([Decimal(row.rating) for row in counted], points) if counted else None
    outliers = {counted[at].pk for at in spread.outliers} if spread else set()
    own = agreed.get((line.bid_lot.pk, leaf.key))
    return Place(
        line=line,
        leaf=leaf,
        given=tuple(
            Given(row, case.rating_words(leaf, row.rating), row.pk in outliers) for row in rows
        ),
        spread=spread,
        agreed=own,
        agreed_words=case.rating_words(leaf, own.rating) if own else "Not agreed yet",
    )


def confirmations(
    viewer: Actor, evaluation: LotEvaluation, sha256: str
) -> QuerySet[ConsensusConfirmation]:
    """Who has confirmed the record with this hash."""
    return (
        ConsensusConfirmation.objects.visible_to(viewer)
        .filter(evaluation=evaluation, sha256=sha256)
        .select_related("user")
    )


def changes_since(viewer: Actor, evaluation: LotEvaluation, since: datetime) -> QuerySet[Consensus]:
    """What others recorded after a moment, oldest first."""
    return (
        Consensus.objects.visible_to(viewer)
        .filter(evaluation=evaluation, recorded_at__gt=since)
        .exclude(recorded_by=viewer.user)
        .select_related("recorded_by")
        .order_by("recorded_at", "pk")
    )


def consistency(viewer: Actor, case: LotCase) -> tuple[AgreementReport | None, str]:
    """How the panel rated before moderation, or in words why nothing is said of it.

    Ratings are compared as percentages of the top of their scales; pass/fail criteria are no
    ratings, and who was recused does not count. For the lead, once all ratings are locked.
    """
    if case.is_blind:
        return None, "Nothing is said of it while evaluators still score."
    least = case.evaluation.exercise.minimum_scores
    tops = {
        leaf.key: Decimal(max(point.value for point in case.points(leaf)))
        for leaf in case.rated
        if not leaf.is_pass_fail
    }
    labels = {line.bid_lot.pk: line.bid_lot.label for line in case.bids}
    ratings = [
        PanelRating(
            evaluator=row.evaluator.full_name or row.evaluator.email,
            bid=labels[row.bid_lot_id],
            criterion=row.criterion_key,
            rating=Decimal(row.rating) * 100 / tops[row.criterion_key],
        )
        for row in panel_ratings(viewer, case.evaluation)
        if row.criterion_key in tops and not row.is_recused
    ]
    if len(ratings) < least:
        return None, (
            f"There are {len(ratings)} locked ratings, and {least} are needed before anything is"
            " said: figures over few ratings mislead."
        )
    return panel_agreement(ratings), ""
