"""Envelopes that were opened, or could not be, and whose content could not be taken in."""

from django.db import models
from django.db.models import Exists, OuterRef, Q

from commissioning.enums import EnvelopeKind, SetAsideCause
from commissioning.models.bid_lot import BidLot


class SetAsideEnvelopeQuerySet(models.QuerySet):
    def visible_to(self, viewer):
        """Those of the bids that the viewer judges or audits, lot by lot; a bidder's own."""
        if viewer.is_system:
            return self
        if viewer.organisation is None or viewer.user is None:
            return self.none()
        judged = BidLot.objects.visible_to(viewer).filter(submission=OuterRef("submission"))
        of_lot = judged.filter(lot_number=OuterRef("lot_number"))
        seen = Q(Exists(of_lot)) | (Q(lot_number=0) & Q(Exists(judged)))
        if viewer.provides:
            seen |= Q(submission__bid__provider__organisation=viewer.organisation)
        return self.filter(seen)


class SetAsideEnvelope(models.Model):
    """One envelope of a submission that stops no other bid: why it was set aside, with its bytes.

    ``content`` is what it held, as it was; empty where it could not be opened. The sealed bytes
    stay with the envelope. ``lot_number`` 0 is for the whole bid.
    """

    submission = models.ForeignKey(
        "commissioning.BidSubmission", on_delete=models.PROTECT, related_name="set_aside"
    )
    lot_number = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(max_length=20, choices=EnvelopeKind)
    cause = models.CharField(max_length=10, choices=SetAsideCause)
    reason = models.TextField()
    content = models.BinaryField(default=b"", blank=True)
    at = models.DateTimeField()

    objects = SetAsideEnvelopeQuerySet.as_manager()

    class Meta:
        ordering = ["lot_number", "kind"]
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "lot_number", "kind"], name="envelope_set_aside_once"
            ),
            models.CheckConstraint(condition=~models.Q(reason=""), name="set_aside_has_a_reason"),
        ]

    def __str__(self):
        return f"{self.submission_id} {self.lot_number} {self.kind}"
