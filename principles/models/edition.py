"""One edition of a framework, and its rating scale."""

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from principles.enums import Basis
from principles.models.framework import Framework
from principles.models.library import LibraryQuerySet


class EditionQuerySet(LibraryQuerySet):
    def visible_to(self, viewer):
        return super().visible_to(viewer).filter(published_at__isnull=False)

    def in_force(self, on):
        """The newest edition of each framework whose period holds the day ``on``.

        A later edition takes over from its own first day, also where the former one has no end.
        """
        current = Q(in_force_from__lte=on) & (Q(in_force_to=None) | Q(in_force_to__gte=on))
        newer = Edition.objects.filter(
            current,
            framework=OuterRef("framework"),
            published_at__isnull=False,
            in_force_from__gt=OuterRef("in_force_from"),
        )
        return self.filter(current).exclude(Exists(newer))


class Edition(models.Model):
    """A framework as published at one time. After ``published_at`` is set, nothing of it changes.

    ``content_sha256`` is taken over the content of the file that it was loaded from. Against an
    edition that is not ``for_assessment`` nothing is assessed: it helps to design procurements.
    """

    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="editions")
    label = models.CharField(max_length=40)
    in_force_from = models.DateField()
    in_force_to = models.DateField(null=True, blank=True)
    for_assessment = models.BooleanField(db_default=True)
    publisher = models.CharField(max_length=250)
    licence = models.TextField()
    source = models.CharField(max_length=520)
    basis = models.CharField(max_length=20, choices=Basis.choices)
    basis_note = models.TextField()
    content_sha256 = models.CharField(max_length=64)
    published_at = models.DateTimeField(null=True, blank=True)

    objects = EditionQuerySet.as_manager()

    class Meta:
        ordering = ["framework__title", "-in_force_from", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["framework", "label"], name="edition_label_is_unique"),
            models.UniqueConstraint(
                fields=["framework", "in_force_from"], name="edition_takes_over_on_its_own_day"
            ),
            models.CheckConstraint(
                condition=Q(in_force_to=None) | Q(in_force_to__gte=F("in_force_from")),
                name="edition_ends_after_it_starts",
            ),
            models.CheckConstraint(condition=Q(basis__in=Basis.values), name="edition_basis"),
        ]

    def __str__(self):
        return f"{self.framework.title}, edition {self.label}"

    @property
    def key(self) -> str:
        """The natural key, such as ``cipfa-ifac@2014.1``."""
        return f"{self.framework.code}@{self.label}"


class ScalePoint(models.Model):
    """One point of an edition's rating scale, from the lowest ``value`` up."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="scale_points")
    value = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=250)
    description = models.TextField()

    objects = LibraryQuerySet.as_manager()

    class Meta:
        ordering = ["edition_id", "value"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "value"], name="scale_value_is_unique")
        ]

    def __str__(self):
        return f"{self.value} {self.label}"
