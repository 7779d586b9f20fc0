"""The bands and limiting rules in force."""

from django.db import models


class AssurancePolicyQuerySet(models.QuerySet):
    def visible_to(self, viewer):
        """Policies are published: everyone who signs in may read them."""
        return self if viewer.is_system or viewer.user is not None else self.none()

    def in_force(self, on):
        return self.filter(in_force_from__lte=on).order_by("-in_force_from", "-pk")


class AssurancePolicy(models.Model):
    """How figures become opinions, as data. Published once and never changed.

    ``content`` is the plain form of ``scorecards.scoring.Policy``.
    """

    label = models.CharField(max_length=40, unique=True)
    content = models.JSONField()
    in_force_from = models.DateField()
    published_at = models.DateTimeField()

    objects = AssurancePolicyQuerySet.as_manager()

    class Meta:
        ordering = ["-in_force_from", "-pk"]
        verbose_name_plural = "assurance policies"

    def __str__(self):
        return self.label
