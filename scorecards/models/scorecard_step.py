"""The dated rows of a scorecard's way through its stages."""

from django.conf import settings
from django.db import models

from scorecards.enums import Stage
from scorecards.models.scorecard import Scorecard


class ScorecardStepQuerySet(models.QuerySet):
    def visible_to(self, viewer):
        """The steps of the scorecards that the viewer sees."""
        return self.filter(scorecard__in=Scorecard.objects.visible_to(viewer))


class ScorecardStep(models.Model):
    """One step from a stage to the next: who, when, and why where a reason is needed.

    The table only grows.
    """

    scorecard = models.ForeignKey(Scorecard, on_delete=models.PROTECT, related_name="steps")
    step = models.CharField(max_length=20)
    from_stage = models.CharField(max_length=20, choices=Stage)
    to_stage = models.CharField(max_length=20, choices=Stage)
    reason = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    by_label = models.CharField(max_length=250)

    objects = ScorecardStepQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self):
        return f"{self.scorecard_id} {self.step}"
