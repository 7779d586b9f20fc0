"""What was computed, with everything it was computed from."""

from django.db import models

from scorecards.enums import OpinionWord
from scorecards.models.scorecard import Scorecard


class ResultQuerySet(models.QuerySet):
    def visible_to(self, viewer):
        """The results of the scorecards that the viewer sees."""
        return self.filter(scorecard__in=Scorecard.objects.visible_to(viewer))


class ScorecardResult(models.Model):
    """The result of a signed-off scorecard. ``inputs`` and ``outcome`` are canonical JSON text, so
    that decimals keep every digit on either engine. The table only grows.
    """

    scorecard = models.OneToOneField(Scorecard, on_delete=models.PROTECT, related_name="result")
    inputs = models.TextField()
    outcome = models.TextField()
    method_version = models.CharField(max_length=10)
    computed_at = models.DateTimeField()

    objects = ResultQuerySet.as_manager()

    def __str__(self):
        return f"{self.scorecard_id} by method {self.method_version}"


class FrameworkResult(models.Model):
    """One framework's opinion and percentage on a signed-off scorecard, for lists and filters."""

    scorecard = models.ForeignKey(
        Scorecard, on_delete=models.PROTECT, related_name="framework_results"
    )
    framework_code = models.CharField(max_length=60)
    title = models.CharField(max_length=250)
    opinion = models.CharField(max_length=20, choices=OpinionWord)
    hundredths_of_percent = models.PositiveIntegerField(null=True)

    objects = ResultQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["scorecard", "framework_code"], name="framework_result_once"
            )
        ]

    def __str__(self):
        return f"{self.scorecard_id} {self.framework_code}"


class PrincipleResult(models.Model):
    """One principle's percentage on a signed-off scorecard, rounded down, for filters."""

    scorecard = models.ForeignKey(
        Scorecard, on_delete=models.PROTECT, related_name="principle_results"
    )
    framework_code = models.CharField(max_length=60)
    principle_code = models.CharField(max_length=20)
    title = models.CharField(max_length=250)
    hundredths_of_percent = models.PositiveIntegerField(null=True)

    objects = ResultQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["principle_code", "hundredths_of_percent"])]
        constraints = [
            models.UniqueConstraint(
                fields=["scorecard", "framework_code", "principle_code"],
                name="principle_result_once",
            )
        ]

    def __str__(self):
        return f"{self.scorecard_id} {self.principle_code}"
