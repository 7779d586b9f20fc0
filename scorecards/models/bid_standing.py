"""Whether a bid is assessed, and inquiries into prices that look too low."""

from django.conf import settings
from django.db import models

from scorecards.enums import Standing
from scorecards.models.lot_evaluation import OfLotQuerySet


class OfBidLotQuerySet(OfLotQuerySet):
    path = "bid_lot__"


class BidStanding(models.Model):
    """Why a bid is not assessed, or that it is again. The table only grows; the last row stands.

    A bid without a row is assessed.
    """

    bid_lot = models.ForeignKey("commissioning.BidLot", on_delete=models.PROTECT, related_name="+")
    standing = models.CharField(max_length=30, choices=Standing)
    ground = models.CharField("the rule that was broken or not met", max_length=300)
    reason = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = OfBidLotQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(standing__in=Standing.values), name="standing_known"
            ),
            models.CheckConstraint(condition=~models.Q(reason=""), name="standing_has_a_reason"),
        ]

    def __str__(self):
        return f"{self.bid_lot_id} {self.standing}"


class LowTenderInquiry(models.Model):
    """The question put to a bidder whose price looks abnormally low, its answer, the decision.

    s.19(3) to (5): the bidder must have had the chance to show that it can perform at that price.
    """

    bid_lot = models.OneToOneField(
        "commissioning.BidLot", on_delete=models.PROTECT, related_name="+"
    )
    question = models.TextField()
    asked_on = models.DateField()
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    answer = models.TextField("what the bidder showed", blank=True)
    answered_on = models.DateField(null=True, blank=True)
    can_perform = models.BooleanField(null=True, blank=True)
    decision_reason = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = OfBidLotQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "low tender inquiries"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(decided_at=None, decided_by=None, can_perform=None)
                | (
                    models.Q(
                        decided_at__isnull=False,
                        decided_by__isnull=False,
                        can_perform__isnull=False,
                        answered_on__isnull=False,
                    )
                    & ~models.Q(decision_reason="")
                ),
                name="low_tender_decided_after_the_answer",
            )
        ]

    def __str__(self):
        return f"Inquiry into {self.bid_lot_id}"
