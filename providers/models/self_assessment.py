"""A provider's account of itself against chosen frameworks."""

from django.conf import settings
from django.db import models

from accounts.references import ReferenceField
from principles.enums import Level
from providers import readers
from providers.enums import SelfAssessmentState as State


class SelfAssessmentQuerySet(models.QuerySet):
    def visible_to(self, viewer):
        """The provider's own people, and whom upper floors name. While it is not confirmed who
        signs, what was asked by the body that named them.
        """
        if viewer.is_system:
            return self
        if viewer.organisation is None:
            return self.none()
        own = models.Q(provider__organisation=viewer.organisation)
        if viewer.asker is not None:
            own &= models.Q(asked_by=viewer.asker)
        return self.filter(own | readers.self_assessment_filter(viewer))

    def of_own_organisation(self, viewer):
        return self.filter(provider__organisation=viewer.organisation)


class SelfAssessment(models.Model):
    """One version of a self-assessment. A returned one is followed by the next version.

    It knows what it is about by ``title`` only: the request that joins it to a contract stands
    upstairs. ``asks_deadweight`` is set where the value set in use is gross of deadweight.
    """

    reference = ReferenceField(prefix="SA")
    provider = models.ForeignKey(
        "providers.Provider", on_delete=models.PROTECT, related_name="self_assessments"
    )
    asked_by = models.ForeignKey(
        "accounts.Organisation", on_delete=models.PROTECT, related_name="+"
    )
    title = models.CharField(max_length=300)
    level = models.CharField(max_length=20, choices=Level)
    due_on = models.DateField()
    asks_deadweight = models.BooleanField(default=False)
    state = models.CharField(max_length=20, choices=State, default=State.DRAFTING)
    version_number = models.PositiveSmallIntegerField(default=1)
    previous = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="next"
    )
    opened_at = models.DateTimeField()
    returned_at = models.DateTimeField(null=True, blank=True)
    returned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    return_reason = models.TextField(blank=True)
    editions = models.ManyToManyField(
        "principles.Edition", through="providers.SelfAssessmentEdition", related_name="+"
    )

    objects = SelfAssessmentQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_at", "-pk"]
        indexes = [models.Index(fields=["provider", "-opened_at"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state=State.RETURNED, returned_at__isnull=False)
                & ~models.Q(return_reason="")
                | ~models.Q(state=State.RETURNED)
                & models.Q(returned_at=None, returned_by=None, return_reason=""),
                name="self_assessment_return_has_date_and_reason",
            ),
            models.CheckConstraint(
                condition=models.Q(version_number=1, previous=None)
                | models.Q(version_number__gt=1, previous__isnull=False),
                name="self_assessment_later_version_has_former",
            ),
        ]

    def __str__(self):
        return f"{self.title}, version {self.version_number}"


class SelfAssessmentEdition(models.Model):
    """A framework edition that a self-assessment answers."""

    self_assessment = models.ForeignKey(
        SelfAssessment, on_delete=models.CASCADE, related_name="edition_rows"
    )
    edition = models.ForeignKey("principles.Edition", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["self_assessment", "edition"], name="self_assessment_edition_once"
            )
        ]

    def __str__(self):
        return f"{self.self_assessment_id} {self.edition_id}"
