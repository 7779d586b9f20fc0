"""The rows in which an award model is written: lots, scales, criteria, conditions and terms.

They are parts of an exercise. What bidders see and what decides is a ``ModelVersion``.
"""

from django.db import models

from accounts.fields import ExactDecimalField
from commissioning.award_model.terms import (
    CriterionKind,
    PriceMethod,
    Rounding,
    SocialValueMethod,
)


class ExerciseLot(models.Model):
    """One lot, with a tree of criteria of its own. ``tie_breaks`` are values of ``TieBreak``."""

    exercise = models.ForeignKey(
        "commissioning.Exercise", on_delete=models.CASCADE, related_name="lots"
    )
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=300)
    description = models.TextField(blank=True)
    value_gbp = ExactDecimalField(null=True, blank=True)
    winners = models.PositiveSmallIntegerField("suppliers that it goes to", default=1)
    minimum_total_percent = ExactDecimalField(null=True, blank=True)
    decimal_places = models.PositiveSmallIntegerField(null=True, blank=True)
    rounding = models.CharField(max_length=20, choices=Rounding.choices(), blank=True)
    tie_breaks = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["exercise", "number"], name="exercise_lot_numbered_once"
            ),
            models.CheckConstraint(condition=models.Q(number__gt=0), name="exercise_lot_from_one"),
            models.CheckConstraint(
                condition=models.Q(winners__gt=0), name="exercise_lot_has_a_winner"
            ),
            models.CheckConstraint(condition=~models.Q(title=""), name="exercise_lot_has_a_title"),
        ]

    def __str__(self):
        return f"Lot {self.number}: {self.title}"


class AwardScale(models.Model):
    """A rating scale of an exercise. ``points`` are {value, label, description}, lowest first;
    values are text, so that no digit is lost.
    """

    exercise = models.ForeignKey(
        "commissioning.Exercise", on_delete=models.CASCADE, related_name="scales"
    )
    code = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    points = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["exercise", "code"], name="award_scale_coded_once")
        ]

    def __str__(self):
        return self.title


class AwardCriterion(models.Model):
    """An award criterion or sub-criterion of a lot.

    ``key`` stays the same through amendments, so that a bidder's draft answers stay with it. The
    fields from ``price_method`` on are those of ``PriceRule`` and ``SocialValueRule``; see there
    for what they mean and in which units they are.
    """

    lot = models.ForeignKey(ExerciseLot, on_delete=models.CASCADE, related_name="criteria")
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.CASCADE, related_name="sub_criteria"
    )
    key = models.CharField(max_length=20)
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=20, choices=CriterionKind.choices())
    title = models.CharField(max_length=300)
    weight_percent = ExactDecimalField(null=True, blank=True)
    asks = models.TextField(blank=True)
    guidance = models.TextField(blank=True)
    scale = models.ForeignKey(
        AwardScale, null=True, blank=True, on_delete=models.PROTECT, related_name="criteria"
    )
    minimum_rating = ExactDecimalField(null=True, blank=True)
    is_pass_fail = models.BooleanField(default=False)
    is_incomplete_as_published = models.BooleanField(default=False)
    word_limit = models.PositiveIntegerField(null=True, blank=True)
    price_method = models.CharField(max_length=30, choices=PriceMethod.choices(), blank=True)
    price_basis = models.CharField(max_length=300, blank=True)
    ceiling_gbp = ExactDecimalField(null=True, blank=True)
    floor_gbp = ExactDecimalField(null=True, blank=True)
    midpoint_percent = ExactDecimalField(null=True, blank=True)
    points_per_percent = ExactDecimalField(null=True, blank=True)
    minimum_quality_percent = ExactDecimalField(null=True, blank=True)
    abnormally_low_percent = ExactDecimalField(null=True, blank=True)
    social_value_method = models.CharField(
        max_length=20, choices=SocialValueMethod.choices(), blank=True
    )
    target_gbp = ExactDecimalField(null=True, blank=True)
    draws_on = models.ManyToManyField("principles.Criterion", related_name="+", blank=True)
    measures = models.ManyToManyField("principles.Measure", related_name="+", blank=True)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["lot", "key"], name="award_criterion_keyed_once"),
            models.CheckConstraint(
                condition=~models.Q(title=""), name="award_criterion_has_a_title"
            ),
            models.CheckConstraint(
                condition=models.Q(kind=CriterionKind.PRICE.value) | models.Q(price_method=""),
                name="award_criterion_price_method_is_of_price",
            ),
            models.CheckConstraint(
                condition=models.Q(kind=CriterionKind.SOCIAL_VALUE.value)
                | models.Q(social_value_method=""),
                name="award_criterion_social_value_method_is_of_it",
            ),
        ]

    def __str__(self):
        return self.title


class ParticipationCondition(models.Model):
    """A condition of participation: met or not met."""

    exercise = models.ForeignKey(
        "commissioning.Exercise", on_delete=models.CASCADE, related_name="conditions"
    )
    key = models.CharField(max_length=20)
    position = models.PositiveIntegerField()
    title = models.CharField(max_length=300)
    text = models.TextField()
    evidence = models.TextField("what shows that it is met", blank=True)
    is_ethics = models.BooleanField(default=False)
    draws_on = models.ManyToManyField("principles.Criterion", related_name="+", blank=True)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["exercise", "key"], name="condition_keyed_once")
        ]

    def __str__(self):
        return self.title


class ContractTerm(models.Model):
    """A term that the contract will hold. A KPI says in words what is to be reached."""

    exercise = models.ForeignKey(
        "commissioning.Exercise", on_delete=models.CASCADE, related_name="terms"
    )
    key = models.CharField(max_length=20)
    position = models.PositiveIntegerField()
    title = models.CharField(max_length=300)
    text = models.TextField()
    is_kpi = models.BooleanField("key performance indicator", default=False)
    target = models.CharField(max_length=300, blank=True)
    is_ethics = models.BooleanField(default=False)
    draws_on = models.ManyToManyField("principles.Criterion", related_name="+", blank=True)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["exercise", "key"], name="term_keyed_once"),
            models.CheckConstraint(
                condition=models.Q(is_kpi=False) | ~models.Q(target=""), name="kpi_has_a_target"
            ),
        ]

    def __str__(self):
        return self.title
