"""A criterion: a node of an edition's tree."""

from decimal import Decimal

from django.db import models
from django.db.models import Q

from accounts.fields import ExactDecimalField
from principles.enums import AnsweredBy, Basis, Level, Phase
from principles.models.edition import Edition
from principles.models.library import LibraryQuerySet


class CriterionQuerySet(LibraryQuerySet):
    def at_level(self, level):
        """The assessable criteria that an assessment at ``level`` asks about. Levels nest."""
        return self.filter(is_assessable=True, level__in=Level(level).included)


class Criterion(models.Model):
    """Something that is assessed, or a heading over such things.

    Only the lowest nodes are assessable; they carry level, guidance and who answers.
    ``position`` runs in reading order through the whole tree of the edition. ``weight`` counts
    among its siblings.
    """

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="criteria")
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    code = models.CharField(max_length=20)
    title = models.CharField(max_length=250)
    basis = models.CharField(max_length=20, choices=Basis.choices)
    explanation = models.TextField()
    good = models.TextField(blank=True)
    poor = models.TextField(blank=True)
    evidence_to_ask = models.JSONField(default=list, blank=True)
    answered_by = models.CharField(max_length=20, choices=AnsweredBy.choices, blank=True)
    level = models.CharField(max_length=20, choices=Level.choices, blank=True)
    phase = models.CharField(max_length=10, choices=Phase.choices, blank=True)
    weight = ExactDecimalField(default=Decimal(1))
    source = models.CharField(max_length=520)
    locator = models.CharField(max_length=250)
    position = models.PositiveIntegerField()
    is_assessable = models.BooleanField()

    objects = CriterionQuerySet.as_manager()

    class Meta:
        ordering = ["edition_id", "position"]
        verbose_name_plural = "criteria"
        constraints = [
            models.UniqueConstraint(fields=["edition", "code"], name="criterion_code_is_unique"),
            models.UniqueConstraint(
                fields=["edition", "position"], name="criterion_position_is_unique"
            ),
            models.CheckConstraint(
                condition=Q(
                    is_assessable=True,
                    level__in=Level.values,
                    answered_by__in=AnsweredBy.values,
                )
                | Q(is_assessable=False, level="", answered_by=""),
                name="criterion_level_and_answerer_when_assessable",
            ),
            models.CheckConstraint(
                condition=Q(phase__in=["", *Phase.values]), name="criterion_phase"
            ),
            models.CheckConstraint(condition=Q(basis__in=Basis.values), name="criterion_basis"),
        ]

    def __str__(self):
        return f"{self.code} {self.title}"

    @property
    def principle(self) -> "Criterion":
        """The root above this node, or the node itself. Costs a query per step not yet loaded."""
        node = self
        while node.parent_id is not None:
            node = node.parent
        return node
