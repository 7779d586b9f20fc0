"""Answers to the criteria that the commissioner answers about itself."""

from django.db import models

from commissioning.models.assessment_request import AssessmentRequest
from providers.models import AnswerBase


class CommissionerAnswerQuerySet(models.QuerySet):
    def visible_to(self, viewer):
        """The answers to the requests that the viewer sees, but for the provider."""
        if viewer.is_system:
            return self
        requests = AssessmentRequest.objects.visible_to(viewer)
        if viewer.organisation is not None:
            requests = requests.exclude(provider__organisation=viewer.organisation)
        return self.filter(request__in=requests)


class CommissionerAnswer(AnswerBase):
    """What the contract manager says about one criterion of the commissioner's own part."""

    request = models.ForeignKey(
        "commissioning.AssessmentRequest", on_delete=models.PROTECT, related_name="answers"
    )
    evidence = models.ManyToManyField("providers.EvidenceItem", blank=True, related_name="+")

    objects = CommissionerAnswerQuerySet.as_manager()

    class Meta(AnswerBase.Meta):
        constraints = [
            *AnswerBase.Meta.constraints,
            models.UniqueConstraint(
                fields=["request", "criterion"], name="commissioner_answers_once"
            ),
        ]

    def __str__(self):
        return f"{self.request_id} {self.criterion_id}"
