"""What the panel agreed about a bid, and why."""

from django.conf import settings
from django.db import models

from accounts.fields import ExactDecimalField
from scorecards.models.lot_evaluation import LotEvaluation, OfEvaluationQuerySet, OfLotQuerySet


class OfConsensusQuerySet(OfLotQuerySet):
    path = "consensus__evaluation__"


class Consensus(models.Model):
    """The agreed rating of one bid on one criterion, with the decisive reasons. Never an average.

    ``revision`` counts saves, so that a second person who has the room open is told. Frozen when
    the members have confirmed the record.
    """

    evaluation = models.ForeignKey(
        LotEvaluation, on_delete=models.PROTECT, related_name="consensus_rows"
    )
    bid_lot = models.ForeignKey("commissioning.BidLot", on_delete=models.PROTECT, related_name="+")
    criterion_key = models.CharField(max_length=20)
    rating = ExactDecimalField()
    reasons = models.TextField("decisive reasons")
    discussion = models.TextField("what was discussed, and by whom", blank=True)
    higher_score = models.TextField("what a higher rating would have needed", blank=True)
    revision = models.PositiveIntegerField(default=1)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    frozen_at = models.DateTimeField(null=True, blank=True)

    objects = OfEvaluationQuerySet.as_manager()

    class Meta:
        ordering = ["evaluation", "criterion_key", "bid_lot"]
        verbose_name_plural = "consensus"
        constraints = [
            models.UniqueConstraint(
                fields=["bid_lot", "criterion_key"], name="consensus_recorded_once"
            ),
            models.CheckConstraint(
                condition=~models.Q(reasons=""), name="consensus_has_its_reasons"
            ),
        ]

    def __str__(self):
        return f"{self.bid_lot_id} {self.criterion_key}"

    @property
    def version(self) -> int:
        """What a form counts its saves by."""
        return self.revision


class ConsensusMove(models.Model):
    """Why the agreed rating differs from what one evaluator gave."""

    consensus = models.ForeignKey(Consensus, on_delete=models.CASCADE, related_name="moves")
    evaluator = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    from_rating = ExactDecimalField()
    why = models.TextField()

    objects = OfConsensusQuerySet.as_manager()

    class Meta:
        ordering = ["consensus", "evaluator"]
        constraints = [
            models.UniqueConstraint(
                fields=["consensus", "evaluator"], name="consensus_move_explained_once"
            ),
            models.CheckConstraint(condition=~models.Q(why=""), name="consensus_move_says_why"),
        ]

    def __str__(self):
        return f"{self.consensus_id} {self.evaluator_id}"


class ConsensusRevision(models.Model):
    """What a consensus said at each save. The table only grows."""

    consensus = models.ForeignKey(Consensus, on_delete=models.PROTECT, related_name="revisions")
    revision = models.PositiveIntegerField()
    rating = ExactDecimalField()
    reasons = models.TextField()
    discussion = models.TextField(blank=True)
    higher_score = models.TextField(blank=True)
    moves = models.JSONField(default=list)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    objects = OfConsensusQuerySet.as_manager()

    class Meta:
        ordering = ["consensus", "revision"]
        constraints = [
            models.UniqueConstraint(
                fields=["consensus", "revision"], name="consensus_revision_once"
            )
        ]

    def __str__(self):
        return f"{self.consensus_id} revision {self.revision}"


class ConsensusConfirmation(models.Model):
    """A member's word that the final record is what the panel agreed. The table only grows.

    ``sha256`` is over the record that was shown; a record changed afterwards needs a new word.
    """

    evaluation = models.ForeignKey(
        LotEvaluation, on_delete=models.PROTECT, related_name="confirmations"
    )
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    at = models.DateTimeField()

    objects = OfEvaluationQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["evaluation", "user", "sha256"], name="record_confirmed_once_by_each"
            )
        ]

    def __str__(self):
        return f"{self.evaluation_id} {self.user_id}"
