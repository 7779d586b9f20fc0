"""Ratings, and every version of them."""

from django.conf import settings
from django.db import models

from scorecards.enums import Strength
from scorecards.models.scorecard import Scorecard


class RatingQuerySet(models.QuerySet):
    def visible_to(self, viewer):
        """The ratings of the scorecards that the viewer judges or audits: never the provider's."""
        if viewer.is_system:
            return self
        if viewer.organisation is None:
            return self.none()
        return self.filter(scorecard__in=Scorecard.objects.visible_to(viewer)).exclude(
            scorecard__provider__organisation=viewer.organisation
        )


class RatingFields(models.Model):
    """What a rating says.

    Either the criterion applies and has a ``value``, or the provider's "not applicable" is agreed
    and there is none. ``not_applicable_agreed`` is None where nobody claimed it.
    """

    version = models.PositiveIntegerField(default=1)
    value = models.SmallIntegerField(null=True, blank=True)
    rationale = models.TextField()
    evidence_strength = models.CharField(max_length=12, choices=Strength, blank=True)
    found_where = models.CharField(max_length=300, blank=True)
    not_applicable_agreed = models.BooleanField(null=True, blank=True)
    rated_at = models.DateTimeField()
    rated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        abstract = True


class Rating(RatingFields):
    """The rating of one criterion on one scorecard. Frozen by the database at sign-off."""

    scorecard = models.ForeignKey(Scorecard, on_delete=models.PROTECT, related_name="ratings")
    criterion = models.ForeignKey(
        "principles.Criterion", on_delete=models.PROTECT, related_name="+"
    )
    frozen_at = models.DateTimeField(null=True, blank=True)

    objects = RatingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["scorecard", "criterion"], name="rating_once_per_criterion"
            ),
            models.CheckConstraint(
                condition=models.Q(not_applicable_agreed=True, value=None, evidence_strength="")
                | (models.Q(not_applicable_agreed=None) | models.Q(not_applicable_agreed=False))
                & models.Q(value__isnull=False)
                & ~models.Q(evidence_strength=""),
                name="rating_has_a_value_unless_not_applicable",
            ),
            models.CheckConstraint(
                condition=~models.Q(rationale=""), name="rating_has_a_rationale"
            ),
        ]

    def __str__(self):
        return f"{self.scorecard_id} {self.criterion_id}"


class RatingRevisionQuerySet(models.QuerySet):
    def visible_to(self, viewer):
        """The versions of the ratings that the viewer sees."""
        return self.filter(rating__in=Rating.objects.visible_to(viewer))


class RatingRevision(RatingFields):
    """One saved version of a rating, as it was. The table only grows."""

    rating = models.ForeignKey(Rating, on_delete=models.PROTECT, related_name="revisions")

    objects = RatingRevisionQuerySet.as_manager()

    class Meta:
        ordering = ["version"]
        constraints = [
            models.UniqueConstraint(fields=["rating", "version"], name="revision_once_per_version")
        ]

    def __str__(self):
        return f"{self.rating_id} version {self.version}"
