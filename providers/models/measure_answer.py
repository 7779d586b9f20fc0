"""Social value: what was committed and what is delivered, measure by measure."""

from decimal import Decimal

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from accounts.fields import ExactDecimalField
from providers.enums import CommittedBasis
from providers.models.self_assessment import SelfAssessment

PERCENT = [MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(100))]


class MeasureAnswerQuerySet(models.QuerySet):
    def visible_to(self, viewer):
        """The answers of the self-assessments that the viewer may see."""
        return self.filter(self_assessment__in=SelfAssessment.objects.visible_to(viewer))


class MeasureAnswer(models.Model):
    """A commitment under one measure, in the measure's unit, and what of it is delivered so far.

    ``None`` means not stated, which is not zero. ``attribution_percent`` is the share of the
    outcome that this contract caused; ``deadweight_percent`` what would have happened anyway.
    """

    self_assessment = models.ForeignKey(
        "providers.SelfAssessment", on_delete=models.PROTECT, related_name="measure_answers"
    )
    measure = models.ForeignKey("principles.Measure", on_delete=models.PROTECT, related_name="+")
    committed_quantity = ExactDecimalField(null=True, blank=True)
    committed_basis = models.CharField(
        max_length=12, choices=CommittedBasis, default=CommittedBasis.WHOLE_TERM
    )
    delivered_quantity = ExactDecimalField(null=True, blank=True)
    attribution_percent = ExactDecimalField(default=Decimal(100), validators=PERCENT)
    deadweight_percent = ExactDecimalField(null=True, blank=True, validators=PERCENT)
    note = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField()
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    frozen_at = models.DateTimeField(null=True, blank=True)
    evidence = models.ManyToManyField(
        "providers.EvidenceItem", through="providers.MeasureAnswerEvidence", related_name="+"
    )

    objects = MeasureAnswerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["self_assessment", "measure"], name="measure_answer_once"
            )
        ]

    def __str__(self):
        return f"{self.self_assessment_id} {self.measure_id}"

    @property
    def committed_words(self) -> str:
        return self._words(self.committed_quantity)

    @property
    def delivered_words(self) -> str:
        return self._words(self.delivered_quantity)

    def _words(self, quantity: Decimal | None) -> str:
        if quantity is None:
            return "not stated"
        if self.measure.is_yes_or_no:
            return "Yes" if quantity else "No"
        return f"{quantity:,f} {self.measure.unit}"


class MeasureAnswerEvidence(models.Model):
    """An item of evidence behind a measure's figures. Frozen with them."""

    answer = models.ForeignKey(
        MeasureAnswer, on_delete=models.CASCADE, related_name="evidence_rows"
    )
    item = models.ForeignKey(
        "providers.EvidenceItem", on_delete=models.PROTECT, related_name="measure_answer_rows"
    )
    frozen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["answer", "item"], name="measure_answer_evidence_once")
        ]

    def __str__(self):
        return f"{self.answer_id} {self.item_id}"
