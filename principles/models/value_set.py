"""What units of measures are worth, as licensed to an authority."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from accounts.fields import ExactDecimalField
from accounts.references import ReferenceField
from principles.models.edition import Edition
from principles.models.measure import Measure


class ValueSetQuerySet(models.QuerySet):
    def visible_to(self, viewer):
        """The sets of the whole installation, and those of the viewer's own organisation."""
        published = self.filter(published_at__isnull=False)
        if viewer.is_system:
            return published
        if not viewer.is_signed_in:
            return self.none()
        theirs = Q(owner=None)
        if viewer.organisation is not None:
            theirs |= Q(owner=viewer.organisation)
        return published.filter(theirs)

    def in_use(self, on):
        """Sets whose period holds the day ``on`` and that were not withdrawn."""
        return self.filter(
            Q(in_force_to=None) | Q(in_force_to__gte=on),
            in_force_from__lte=on,
            withdrawal__isnull=True,
        )


class ValueSetPartQuerySet(models.QuerySet):
    def visible_to(self, viewer):
        """Parts of the value sets that the viewer may see."""
        return self.filter(value_set__in=ValueSet.objects.visible_to(viewer))


class ValueSet(models.Model):
    """Values per unit for the measures of one edition, under one licence.

    Without an ``owner`` it is for the whole installation. ``gross_of_deadweight`` says that
    what would have happened anyway has not been taken off. Anything computed with a set that
    ``is_illustrative`` is marked so. After publication nothing of it changes; a set that should
    no longer be used is withdrawn.
    """

    reference = ReferenceField(prefix="VS")
    owner = models.ForeignKey(
        "accounts.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="value_sets")
    title = models.CharField(max_length=250)
    label = models.CharField(max_length=40)
    licence = models.TextField()
    in_force_from = models.DateField()
    in_force_to = models.DateField(null=True, blank=True)
    gross_of_deadweight = models.BooleanField()
    is_illustrative = models.BooleanField(default=False)
    content_sha256 = models.CharField(max_length=64)
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = ValueSetQuerySet.as_manager()

    class Meta:
        ordering = ["title", "-in_force_from", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "edition", "label"],
                condition=Q(owner__isnull=False),
                name="value_set_label_is_unique_for_owner",
            ),
            models.UniqueConstraint(
                fields=["edition", "label"],
                condition=Q(owner=None),
                name="value_set_label_is_unique_for_installation",
            ),
            models.CheckConstraint(
                condition=Q(in_force_to=None) | Q(in_force_to__gte=F("in_force_from")),
                name="value_set_ends_after_it_starts",
            ),
            # The system publishes without a person, so only the other half of the pair holds.
            models.CheckConstraint(
                condition=Q(published_by=None) | Q(published_at__isnull=False),
                name="value_set_published_by_with_time",
            ),
        ]

    def __str__(self):
        return f"{self.title} ({self.label})"


class UnitValue(models.Model):
    """Pounds per unit of one measure; ``locality`` is blank where the value holds everywhere."""

    value_set = models.ForeignKey(ValueSet, on_delete=models.PROTECT, related_name="unit_values")
    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="unit_values")
    unit = models.CharField(max_length=60)
    value_gbp = ExactDecimalField()
    locality = models.CharField(max_length=120, blank=True)
    source = models.CharField(max_length=250)
    valued_on = models.DateField()

    objects = ValueSetPartQuerySet.as_manager()

    class Meta:
        ordering = ["value_set_id", "measure__position", "locality"]
        constraints = [
            models.UniqueConstraint(
                fields=["value_set", "measure", "locality"], name="unit_value_is_unique"
            )
        ]

    def __str__(self):
        return f"{self.measure.code} {self.locality}".strip()


class ValueSetWithdrawal(models.Model):
    """A value set should not be used for new scorecards from this moment on."""

    value_set = models.OneToOneField(ValueSet, on_delete=models.PROTECT, related_name="withdrawal")
    withdrawn_at = models.DateTimeField()
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = ValueSetPartQuerySet.as_manager()

    class Meta:
        ordering = ["-withdrawn_at"]

    def __str__(self):
        return f"{self.value_set} withdrawn"
