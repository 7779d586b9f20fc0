"""What each evaluator gives a bid, alone."""

from django.conf import settings
from django.db import models

from accounts.access import Role
from accounts.fields import ExactDecimalField
from commissioning.enums import Duty
from commissioning.models import (
    BidLot,
    ExerciseDeclaration,
    ExerciseMember,
    bids_of_own,
    judged_lots,
)
from scorecards.enums import LotStage
from scorecards.models.lot_evaluation import LotEvaluation


class BidRatingQuerySet(models.QuerySet):
    def visible_to(self, viewer):
        """One's own ratings of the lots that one judges. Others' ratings once everybody has locked
        theirs: then the locked ones, to the evaluators, chair, lead and approver of the lot, and
        to auditors.
        """
        if viewer.is_system:
            return self
        if viewer.user is None:
            return self.none()
        cleared = judged_lots(viewer, BidLot.objects.all(), "bid_lot__")
        all_locked = LotEvaluation.objects.filter(
            exercise=models.OuterRef("bid_lot__exercise"),
            lot_number=models.OuterRef("bid_lot__lot_number"),
        ).exclude(stage=LotStage.SCORING)
        shared = models.Q(models.Exists(all_locked), locked_at__isnull=False)
        if not viewer.has(Role.AUDITOR):
            duties = [Duty.EVALUATOR, Duty.CHAIR, Duty.LEAD, Duty.APPROVER]
            concerned = ExerciseMember.objects.current().filter(
                user=viewer.user,
                duty__in=duties,
                exercise=models.OuterRef("bid_lot__exercise"),
            )
            shared &= models.Q(models.Exists(concerned))
        return self.filter(cleared & (models.Q(evaluator=viewer.user) | shared))

    def locked(self):
        return self.filter(locked_at__isnull=False)

    def with_recusal(self):
        """With ``is_recused``: whoever gave it was recused from its lot, or belongs to one of its
        bidders. What they gave stays on record and counts in nothing.
        """
        of_lot = BidLot.objects.filter(
            exercise=models.OuterRef(models.OuterRef("bid_lot__exercise")),
            lot_number=models.OuterRef(models.OuterRef("bid_lot__lot_number")),
        )
        recusing = ExerciseDeclaration.objects.recusing_from(of_lot)
        by_them = recusing.filter(user=models.OuterRef("evaluator"))
        bids = BidLot.objects.filter(
            exercise=models.OuterRef("bid_lot__exercise"),
            lot_number=models.OuterRef("bid_lot__lot_number"),
        )
        of_own = bids_of_own(bids, models.OuterRef(models.OuterRef("evaluator")))
        is_shut_out = models.Q(models.Exists(by_them)) | models.Q(models.Exists(of_own))
        return self.annotate(
            is_recused=models.ExpressionWrapper(is_shut_out, models.BooleanField())
        )

    def counted(self):
        """The locked ones of those who were not recused from the lot."""
        return self.locked().with_recusal().filter(is_recused=False)


class BidRating(models.Model):
    """One evaluator's rating of one bid on one criterion, with the reasons.

    ``rating`` is on the criterion's scale; None until chosen. ``revision`` counts saves. Locked
    rows are frozen.
    """

    bid_lot = models.ForeignKey("commissioning.BidLot", on_delete=models.PROTECT, related_name="+")
    criterion_key = models.CharField(max_length=20)
    evaluator = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    rating = ExactDecimalField(null=True, blank=True)
    rationale = models.TextField(blank=True)
    strengths = models.TextField(blank=True)
    shortcomings = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField()
    locked_at = models.DateTimeField(null=True, blank=True)

    objects = BidRatingQuerySet.as_manager()

    class Meta:
        ordering = ["bid_lot", "criterion_key", "evaluator"]
        constraints = [
            models.UniqueConstraint(
                fields=["bid_lot", "criterion_key", "evaluator"], name="bid_rated_once_by_each"
            ),
            models.CheckConstraint(
                condition=models.Q(locked_at=None)
                | (models.Q(rating__isnull=False) & ~models.Q(rationale="")),
                name="bid_rating_locked_is_complete",
            ),
        ]

    def __str__(self):
        return f"{self.bid_lot_id} {self.criterion_key} by {self.evaluator_id}"

    @property
    def version(self) -> int:
        """What a form counts its saves by."""
        return self.revision

    @property
    def is_complete(self) -> bool:
        """It can be locked."""
        return self.rating is not None and bool(self.rationale)
