"""The receipt."""

from django.conf import settings
from django.db import models

from providers.models.self_assessment import SelfAssessment


class SubmissionQuerySet(models.QuerySet):
    def visible_to(self, viewer):
        """The receipts of the self-assessments that the viewer may see."""
        return self.filter(self_assessment__in=SelfAssessment.objects.visible_to(viewer))


class Submission(models.Model):
    """What was submitted, whole, as canonical JSON, with its hash. The table only grows.

    By submitting, the signatory accepted the standards for the provider: ``declaration`` is the
    text that they accepted.
    """

    self_assessment = models.OneToOneField(
        "providers.SelfAssessment", on_delete=models.PROTECT, related_name="submission"
    )
    content = models.TextField()
    sha256 = models.CharField(max_length=64)
    declaration = models.TextField()
    submitted_at = models.DateTimeField()
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = SubmissionQuerySet.as_manager()

    def __str__(self):
        return f"{self.self_assessment_id} {self.sha256[:12]}"
