"""Who does what in an exercise."""

from django.conf import settings
from django.db import models

from commissioning.enums import Duty
from commissioning.models.exercise import Exercise, OfExerciseQuerySet


class ExerciseMemberQuerySet(OfExerciseQuerySet):
    def current(self):
        return self.filter(ended_at=None)


class ExerciseMember(models.Model):
    """One person's duty in one exercise. A person may hold several where they may be combined
    (``award_model.duties``).
    """

    exercise = models.ForeignKey(Exercise, on_delete=models.CASCADE, related_name="members")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    duty = models.CharField(max_length=20, choices=Duty)
    is_deputy = models.BooleanField(default=False)
    approves_up_to_gbp = models.PositiveBigIntegerField(null=True, blank=True)
    named_at = models.DateTimeField()
    named_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = ExerciseMemberQuerySet.as_manager()

    class Meta:
        ordering = ["duty", "named_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["exercise", "user", "duty"],
                condition=models.Q(ended_at=None),
                name="duty_held_once",
            ),
            models.CheckConstraint(condition=models.Q(duty__in=Duty.values), name="duty_known"),
        ]

    def __str__(self):
        return f"{self.user_id} {self.duty}"


class EvaluatorAssignment(models.Model):
    """A rated criterion that an evaluator scores, in one lot. Part of a member."""

    member = models.ForeignKey(ExerciseMember, on_delete=models.CASCADE, related_name="assignments")
    lot_number = models.PositiveSmallIntegerField()
    criterion_key = models.CharField(max_length=20)

    class Meta:
        ordering = ["lot_number", "criterion_key"]
        constraints = [
            models.UniqueConstraint(
                fields=["member", "lot_number", "criterion_key"], name="criterion_assigned_once"
            )
        ]

    def __str__(self):
        return f"{self.member_id} {self.lot_number} {self.criterion_key}"
