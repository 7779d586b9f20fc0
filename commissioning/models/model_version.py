"""The published, numbered award models of an exercise."""

from django.conf import settings
from django.db import models

from commissioning.models.exercise import Exercise


class ModelVersionQuerySet(models.QuerySet):
    def visible_to(self, viewer):
        """Those of the exercises that the viewer sees: they are public to its bidders."""
        return self.filter(exercise__in=Exercise.objects.visible_to(viewer))


class ModelVersion(models.Model):
    """What was published: 1 with the exercise, each later one an amendment with its reason.

    ``model_text`` is the canonical text of the award model (``award_model.text``); ``changes`` are
    the differences from the version before, in words. The table only grows.
    """

    exercise = models.ForeignKey(Exercise, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    model_text = models.TextField()
    changes = models.JSONField(default=list, blank=True)
    reason = models.TextField(blank=True)
    tenders_due_at = models.DateTimeField()
    questions_due_at = models.DateTimeField(null=True, blank=True)
    contract_starts_on = models.DateField(null=True, blank=True)
    contract_ends_on = models.DateField(null=True, blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    objects = ModelVersionQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["exercise", "number"], name="version_numbered_once"),
            models.CheckConstraint(
                condition=models.Q(number=1) | ~models.Q(reason=""),
                name="version_amendment_has_a_reason",
            ),
        ]

    def __str__(self):
        return f"{self.exercise_id} version {self.number}"
