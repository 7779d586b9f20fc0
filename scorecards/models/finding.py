"""Findings."""

from django.conf import settings
from django.db import models

from accounts.references import ReferenceField
from scorecards.enums import Priority
from scorecards.models.scorecard import Scorecard


class FindingQuerySet(models.QuerySet):
    def visible_to(self, viewer):
        """The findings of the scorecards that the viewer sees."""
        return self.filter(scorecard__in=Scorecard.objects.visible_to(viewer))


class Finding(models.Model):
    """Something that has to be put right, raised from a criterion. Frozen at sign-off."""

    reference = ReferenceField(prefix="FN")
    scorecard = models.ForeignKey(Scorecard, on_delete=models.PROTECT, related_name="findings")
    criterion = models.ForeignKey(
        "principles.Criterion", on_delete=models.PROTECT, related_name="+"
    )
    priority = models.CharField(max_length=10, choices=Priority)
    title = models.CharField(max_length=200)
    detail = models.TextField()
    raised_at = models.DateTimeField()
    raised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    frozen_at = models.DateTimeField(null=True, blank=True)

    objects = FindingQuerySet.as_manager()

    class Meta:
        ordering = [
            models.Case(
                models.When(priority=Priority.HIGH, then=0),
                models.When(priority=Priority.MEDIUM, then=1),
                default=2,
            ),
            "pk",
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(priority__in=Priority.values), name="finding_priority_known"
            )
        ]

    def __str__(self):
        return self.title
