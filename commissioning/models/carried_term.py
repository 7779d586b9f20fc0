"""What a contract carries from the exercise that it came of."""

from django.db import models

from accounts.fields import ExactDecimalField
from commissioning.enums import CarriedKind


class CarriedTerm(models.Model):
    """A term, a KPI or a social value commitment that was published or bid, as it was then.

    Part of a contract; the table only grows.
    """

    contract = models.ForeignKey(
        "commissioning.Contract", on_delete=models.PROTECT, related_name="carried_terms"
    )
    kind = models.CharField(max_length=20, choices=CarriedKind)
    title = models.CharField(max_length=300)
    text = models.TextField(blank=True)
    target = models.CharField(max_length=300, blank=True)
    measure = models.ForeignKey(
        "principles.Measure", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    quantity = ExactDecimalField(null=True, blank=True)
    draws_on = models.ManyToManyField("principles.Criterion", related_name="+", blank=True)
    position = models.PositiveIntegerField()

    class Meta:
        ordering = ["contract", "position"]
        constraints = [
            models.UniqueConstraint(fields=["contract", "position"], name="carried_term_in_place"),
            models.CheckConstraint(
                condition=models.Q(
                    kind=CarriedKind.COMMITMENT, measure__isnull=False, quantity__isnull=False
                )
                | ~models.Q(kind=CarriedKind.COMMITMENT) & models.Q(measure=None, quantity=None),
                name="carried_commitment_has_a_quantity",
            ),
        ]

    def __str__(self):
        return self.title
