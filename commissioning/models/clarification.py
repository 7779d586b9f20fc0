"""Questions of bidders, answered to all of them without names."""

from django.conf import settings
from django.db import models

from commissioning.models.exercise import Exercise


class ClarificationQuerySet(models.QuerySet):
    def visible_to(self, viewer):
        """Answered ones for all who see the exercise; a provider's own unanswered ones; all for the
        body that runs it, which is never shown who asked.
        """
        if viewer.is_system:
            return self
        if viewer.organisation is None:
            return self.none()
        answered = models.Q(answered_at__isnull=False)
        own = models.Q(exercise__procurement__buyer__organisation=viewer.organisation)
        seen = answered | own
        if viewer.provides:
            seen |= models.Q(provider__organisation=viewer.organisation)
        return self.filter(seen, exercise__in=Exercise.objects.visible_to(viewer))

    def numbered(self):
        """Each with ``number``, its place among all questions of its exercise as they were asked.

        Addresses carry it, since a key in sequence would count the questions of other bodies.
        """
        earlier = Clarification.objects.filter(exercise=models.OuterRef("exercise")).filter(
            models.Q(asked_at__lt=models.OuterRef("asked_at"))
            | models.Q(asked_at=models.OuterRef("asked_at"), pk__lte=models.OuterRef("pk"))
        )
        count = earlier.order_by().values("exercise").annotate(found=models.Count("pk"))
        return self.annotate(number=models.Subquery(count.values("found")))


class Clarification(models.Model):
    """One question and its answer. ``provider`` is for the asker's own pages only."""

    exercise = models.ForeignKey(Exercise, on_delete=models.PROTECT, related_name="clarifications")
    provider = models.ForeignKey("providers.Provider", on_delete=models.PROTECT, related_name="+")
    question = models.TextField()
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    published_question = models.TextField("the question as all read it", blank=True)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = ClarificationQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(answered_at=None, answered_by=None, answer="")
                | (
                    models.Q(answered_at__isnull=False, answered_by__isnull=False)
                    & ~models.Q(answer="")
                    & ~models.Q(published_question="")
                ),
                name="clarification_answer_has_date_and_person",
            )
        ]

    def __str__(self):
        return f"{self.exercise_id} question {self.pk}"
