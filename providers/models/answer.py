"""Answers to criteria."""

from django.conf import settings
from django.db import models

from providers.models.self_assessment import SelfAssessment


class AnswerBase(models.Model):
    """What is said about one criterion. The provider's and the commissioner's answers share it.

    ``version`` grows with each save; a save that names an older one is refused.
    """

    criterion = models.ForeignKey(
        "principles.Criterion", on_delete=models.PROTECT, related_name="+"
    )
    claimed_value = models.SmallIntegerField(null=True, blank=True)
    narrative = models.TextField(blank=True)
    not_applicable = models.BooleanField(default=False)
    not_applicable_reason = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField()
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    frozen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=models.Q(not_applicable=False) | models.Q(claimed_value=None),
                name="%(app_label)s_%(class)s_claims_nothing_where_not_applicable",
            )
        ]


class AnswerQuerySet(models.QuerySet):
    def visible_to(self, viewer):
        """The answers of the self-assessments that the viewer may see."""
        return self.filter(self_assessment__in=SelfAssessment.objects.visible_to(viewer))


class Answer(AnswerBase):
    """A provider's answer to one criterion. Frozen by the database once submitted."""

    self_assessment = models.ForeignKey(
        "providers.SelfAssessment", on_delete=models.PROTECT, related_name="answers"
    )
    evidence = models.ManyToManyField(
        "providers.EvidenceItem", through="providers.AnswerEvidence", related_name="+"
    )

    objects = AnswerQuerySet.as_manager()

    class Meta(AnswerBase.Meta):
        constraints = [
            *AnswerBase.Meta.constraints,
            models.UniqueConstraint(
                fields=["self_assessment", "criterion"], name="answer_once_per_criterion"
            ),
        ]

    def __str__(self):
        return f"{self.self_assessment_id} {self.criterion_id}"


class AnswerEvidence(models.Model):
    """An item of evidence behind an answer. Frozen with the answer."""

    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="evidence_rows")
    item = models.ForeignKey(
        "providers.EvidenceItem", on_delete=models.PROTECT, related_name="answer_rows"
    )
    frozen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["answer", "item"], name="answer_evidence_once")
        ]

    def __str__(self):
        return f"{self.answer_id} {self.item_id}"
