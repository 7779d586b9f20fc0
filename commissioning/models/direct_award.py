"""An award without competition."""

from django.conf import settings
from django.db import models

from accounts.fields import ExactDecimalField
from commissioning.enums import DirectAwardState
from commissioning.models.exercise import OfExerciseQuerySet


class DirectAward(models.Model):
    """Ground, justification, supplier and approval of an award without competition.

    ``ground`` is a code of ``award_model.direct_award``. From ``sent_at`` on the grounds are kept
    as they are; a returned one is written again.
    """

    exercise = models.OneToOneField(
        "commissioning.Exercise", on_delete=models.PROTECT, related_name="direct_award"
    )
    provider = models.ForeignKey("providers.Provider", on_delete=models.PROTECT, related_name="+")
    ground = models.CharField(max_length=60)
    justification = models.TextField()
    how_value_was_tested = models.TextField(blank=True)
    value_gbp = ExactDecimalField()
    starts_on = models.DateField()
    ends_on = models.DateField()
    state = models.CharField(
        max_length=20, choices=DirectAwardState, default=DirectAwardState.DRAFT
    )
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    sent_at = models.DateTimeField(null=True, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    returned_reason = models.TextField(blank=True)
    entered_on = models.DateField(null=True, blank=True)
    contract = models.OneToOneField(
        "commissioning.Contract", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = OfExerciseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=DirectAwardState.values),
                name="direct_award_state_known",
            ),
            models.CheckConstraint(
                condition=models.Q(approved_at=None, approved_by=None)
                | models.Q(approved_at__isnull=False, approved_by__isnull=False),
                name="direct_award_approval_has_a_person",
            ),
            models.CheckConstraint(
                condition=models.Q(approved_by=None)
                | ~models.Q(approved_by=models.F("written_by")),
                name="direct_award_approved_by_another",
            ),
            models.CheckConstraint(
                condition=models.Q(state=DirectAwardState.ENTERED, contract__isnull=False)
                | ~models.Q(state=DirectAwardState.ENTERED) & models.Q(contract=None),
                name="direct_award_entered_has_a_contract",
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")),
                name="direct_award_ends_after_it_starts",
            ),
        ]

    def __str__(self):
        return f"Direct award of {self.exercise_id}"


class DirectAwardStep(models.Model):
    """One step of a direct award. The table only grows. Part of a direct award."""

    direct_award = models.ForeignKey(DirectAward, on_delete=models.PROTECT, related_name="steps")
    step = models.CharField(max_length=20)
    from_state = models.CharField(max_length=20, choices=DirectAwardState)
    to_state = models.CharField(max_length=20, choices=DirectAwardState)
    reason = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self):
        return f"{self.direct_award_id} {self.step}"
