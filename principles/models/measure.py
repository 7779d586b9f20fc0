"""Measures of social value, and which of them can count the same thing twice."""

from django.db import models
from django.db.models import F, Q

from principles.enums import Basis, MeasureKind, ValueBasis
from principles.models.criterion import Criterion
from principles.models.edition import Edition
from principles.models.library import LibraryQuerySet


class Measure(models.Model):
    """Something counted under an outcome, in ``unit``. What a unit is worth is in value sets."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="measures")
    outcome = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="measures")
    code = models.CharField(max_length=20)
    label = models.CharField(max_length=250)
    unit = models.CharField(max_length=60)
    kind = models.CharField(max_length=20, choices=MeasureKind.choices)
    value_basis = models.CharField(max_length=20, choices=ValueBasis.choices)
    counting_rule = models.TextField()
    basis = models.CharField(max_length=20, choices=Basis.choices)
    source = models.CharField(max_length=520)
    locator = models.CharField(max_length=250)
    position = models.PositiveIntegerField()

    objects = LibraryQuerySet.as_manager()

    class Meta:
        ordering = ["edition_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "code"], name="measure_code_is_unique"),
            models.CheckConstraint(
                condition=Q(kind=MeasureKind.RECORD_ONLY, value_basis=ValueBasis.NONE)
                | Q(
                    kind=MeasureKind.MONETISED,
                    value_basis__in=[
                        ValueBasis.FIXED,
                        ValueBasis.LOCALISED,
                        ValueBasis.POUND_FOR_POUND,
                    ],
                ),
                name="measure_value_basis_fits_kind",
            ),
            models.CheckConstraint(condition=Q(basis__in=Basis.values), name="measure_basis"),
        ]

    def __str__(self):
        return f"{self.code} {self.label}"

    @property
    def is_monetised(self) -> bool:
        return self.kind == MeasureKind.MONETISED

    @property
    def is_yes_or_no(self) -> bool:
        return self.unit == "yes or no"


class DoubleCountPair(models.Model):
    """Two measures under which the same thing could be counted twice. ``first`` is listed first."""

    edition = models.ForeignKey(
        Edition, on_delete=models.PROTECT, related_name="double_count_pairs"
    )
    first = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="pairs_as_first")
    second = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="pairs_as_second")
    reason = models.TextField()
    source = models.CharField(max_length=520)

    objects = LibraryQuerySet.as_manager()

    class Meta:
        ordering = ["edition_id", "first__position", "second__position"]
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="pair_is_unique"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="pair_is_in_order"),
        ]

    def __str__(self):
        return f"{self.first.code} with {self.second.code}"
