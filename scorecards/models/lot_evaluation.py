"""The evaluation of one lot, from the opening of bids to the contract."""

from django.conf import settings
from django.db import models

from commissioning.enums import ExerciseState
from commissioning.models import BidLot, judged_lots
from scorecards.enums import LotStage

BLIND_VERBS = ("bid.read", "bid_rating.saved", "bid_ratings.locked", "consensus.recorded")


class OfLotQuerySet(models.QuerySet):
    """Rows of an evaluated lot that its cleared team and the auditors read.

    ``path`` leads from the row to the columns ``exercise`` and ``lot_number``.
    """

    path = ""

    def visible_to(self, viewer):
        if viewer.is_system:
            return self
        return self.filter(judged_lots(viewer, BidLot.objects.all(), self.path))


class OfEvaluationQuerySet(OfLotQuerySet):
    path = "evaluation__"


class LotEvaluation(models.Model):
    """Where the decision about one lot stands. Made when quality is opened.

    ``standstill_ends_on`` is the last day of the standstill, None where there is none and
    ``standstill_exception`` says why.
    """

    exercise = models.ForeignKey(
        "commissioning.Exercise", on_delete=models.PROTECT, related_name="+"
    )
    lot_number = models.PositiveSmallIntegerField()
    stage = models.CharField(max_length=20, choices=LotStage, default=LotStage.SCORING)
    stage_at = models.DateTimeField()
    recommendation = models.TextField(blank=True)
    recommended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    award_notice = models.ForeignKey(
        "commissioning.ExerciseNotice",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    standstill_ends_on = models.DateField(null=True, blank=True)
    standstill_exception = models.CharField(max_length=60, blank=True)

    objects = OfLotQuerySet.as_manager()

    class Meta:
        ordering = ["exercise", "lot_number"]
        constraints = [
            models.UniqueConstraint(fields=["exercise", "lot_number"], name="lot_evaluated_once"),
            models.CheckConstraint(
                condition=models.Q(stage__in=LotStage.values), name="lot_stage_known"
            ),
            models.CheckConstraint(
                condition=models.Q(approved_by=None)
                | ~models.Q(approved_by=models.F("recommended_by")),
                name="lot_approved_by_another",
            ),
        ]

    def __str__(self):
        return f"{self.exercise_id} lot {self.lot_number}"


class LotStep(models.Model):
    """One step of a lot's evaluation. The table only grows."""

    evaluation = models.ForeignKey(LotEvaluation, on_delete=models.PROTECT, related_name="steps")
    step = models.CharField(max_length=30)
    from_stage = models.CharField(max_length=20, choices=LotStage)
    to_stage = models.CharField(max_length=20, choices=LotStage)
    reason = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    by_label = models.CharField(max_length=250)

    objects = OfEvaluationQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self):
        return f"{self.evaluation_id} {self.step}"


class LotResult(models.Model):
    """A calculated result of a lot: what went in, what came out, by which method.

    Both are canonical text (``scoring``), so that anybody can replay it. A recalculation is a new
    row and the last one stands; the table only grows.
    """

    evaluation = models.ForeignKey(LotEvaluation, on_delete=models.PROTECT, related_name="results")
    number = models.PositiveSmallIntegerField()
    method_version = models.CharField(max_length=20)
    inputs_text = models.TextField()
    outcome_text = models.TextField()
    sha256 = models.CharField("hash of the inputs and the outcome", max_length=64)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    objects = OfEvaluationQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["evaluation", "number"], name="result_numbered_once")
        ]

    def __str__(self):
        return f"{self.evaluation_id} result {self.number}"


class LotContract(models.Model):
    """The contract that came of a winning bid. Part of a lot's evaluation."""

    evaluation = models.ForeignKey(
        LotEvaluation, on_delete=models.PROTECT, related_name="contracts"
    )
    bid_lot = models.OneToOneField(
        "commissioning.BidLot", on_delete=models.PROTECT, related_name="+"
    )
    contract = models.OneToOneField(
        "commissioning.Contract", on_delete=models.PROTECT, related_name="+"
    )

    def __str__(self):
        return f"{self.evaluation_id} {self.contract_id}"


def blind_events() -> models.Q:
    """The trail's rows about scoring while anybody of the exercise still scores alone: who read
    which bid, who saved, who locked, and what was agreed before the scoring was opened again. An
    administrator may be on the panel.
    """
    still = LotEvaluation.objects.filter(stage=LotStage.SCORING).exclude(
        exercise__state=ExerciseState.ENDED
    )
    return models.Q(verb__in=BLIND_VERBS, case_reference__in=still.values("exercise__reference"))


def of_own_bid(viewer, path: str) -> models.Q:
    """Rows about a bid of the viewer's own organisation; ``path`` leads to its ``BidLot``."""
    if not viewer.provides:
        return models.Q(pk__in=[])
    return models.Q(**{f"{path}provider__organisation": viewer.organisation})
