"""An opened bid for a lot, with what its envelopes held."""

from django.db import models

from accounts.fields import ExactDecimalField
from commissioning.models.lot_sight import judged_lots


class BidLotQuerySet(models.QuerySet):
    def visible_to(self, viewer):
        """Opened bids of the lots that the viewer judges or audits (``judged_lots``).

        Bidders read their own bid in their own pages, from what they handed in.
        """
        if viewer.is_system:
            return self
        return self.filter(judged_lots(viewer, BidLot.objects.all()))


class OfBidLotQuerySet(models.QuerySet):
    def visible_to(self, viewer):
        """What the envelopes of those bids held."""
        if viewer.is_system:
            return self
        return self.filter(bid_lot__in=BidLot.objects.visible_to(viewer))


class BidLot(models.Model):
    """One bid for one lot, from the opening of quality on.

    ``label`` ("Bid C") stands for the bidder's name where names are hidden; it is drawn at random.
    ``provider`` and ``exercise`` repeat those of the bid, for the rule of sight.
    """

    exercise = models.ForeignKey(
        "commissioning.Exercise", on_delete=models.PROTECT, related_name="bid_lots"
    )
    lot_number = models.PositiveSmallIntegerField()
    submission = models.ForeignKey(
        "commissioning.BidSubmission", on_delete=models.PROTECT, related_name="bid_lots"
    )
    provider = models.ForeignKey("providers.Provider", on_delete=models.PROTECT, related_name="+")
    label = models.CharField(max_length=20)
    preference = models.PositiveSmallIntegerField(null=True, blank=True)
    opened_at = models.DateTimeField()

    objects = BidLotQuerySet.as_manager()

    class Meta:
        ordering = ["lot_number", "label"]
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "lot_number"], name="bid_lot_opened_once"
            ),
            models.UniqueConstraint(
                fields=["exercise", "lot_number", "label"], name="bid_lot_labelled_once"
            ),
        ]

    def __str__(self):
        return f"{self.label}, lot {self.lot_number}"

    @property
    def code(self) -> str:
        """How addresses name the bid within its lot: by the letter of its label, at random."""
        return self.label.removeprefix("Bid ")


class BidAnswer(models.Model):
    """What a bid says to one criterion, with its evidence."""

    bid_lot = models.ForeignKey(BidLot, on_delete=models.PROTECT, related_name="answers")
    criterion_key = models.CharField(max_length=20)
    text = models.TextField(blank=True)
    words = models.PositiveIntegerField(default=0)
    evidence = models.ManyToManyField("providers.EvidenceItem", related_name="+", blank=True)

    objects = OfBidLotQuerySet.as_manager()

    class Meta:
        ordering = ["bid_lot", "criterion_key"]
        constraints = [
            models.UniqueConstraint(fields=["bid_lot", "criterion_key"], name="bid_answers_once")
        ]

    def __str__(self):
        return f"{self.bid_lot_id} {self.criterion_key}"


class BidCommitment(models.Model):
    """A quantity of a social value measure that a bid commits to, over the whole term."""

    bid_lot = models.ForeignKey(BidLot, on_delete=models.PROTECT, related_name="commitments")
    criterion_key = models.CharField(max_length=20)
    measure = models.ForeignKey("principles.Measure", on_delete=models.PROTECT, related_name="+")
    quantity = ExactDecimalField()
    note = models.TextField(blank=True)

    objects = OfBidLotQuerySet.as_manager()

    class Meta:
        ordering = ["bid_lot", "criterion_key", "measure"]
        constraints = [
            models.UniqueConstraint(
                fields=["bid_lot", "criterion_key", "measure"], name="bid_commits_once"
            )
        ]

    def __str__(self):
        return f"{self.bid_lot_id} {self.measure_id}"


class BidPrice(models.Model):
    """The price of a bid for a lot, in pounds, on the basis that the price rule states."""

    bid_lot = models.OneToOneField(BidLot, on_delete=models.PROTECT, related_name="price")
    amount_gbp = ExactDecimalField()
    note = models.TextField("what the price is made of", blank=True)
    opened_at = models.DateTimeField()

    objects = OfBidLotQuerySet.as_manager()

    def __str__(self):
        return f"{self.bid_lot_id} price"


class BidParticipation(models.Model):
    """What the bidder declared for the whole bid: exclusion grounds or a share code, conditions.

    ``grounds`` are codes of ``exclusion`` with the bidder's words where one applies; ``conditions``
    map keys of conditions to the bidder's statement.
    """

    bid_lot = models.OneToOneField(BidLot, on_delete=models.PROTECT, related_name="participation")
    share_code = models.CharField(max_length=60, blank=True)
    grounds = models.JSONField(default=dict, blank=True)
    conditions = models.JSONField(default=dict, blank=True)

    objects = OfBidLotQuerySet.as_manager()

    def __str__(self):
        return f"{self.bid_lot_id} participation"
