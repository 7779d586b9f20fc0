"""What joins a contract to a provider's self-assessment."""

from django.conf import settings
from django.db import models

from accounts.access import PROVIDER_ROLES
from accounts.references import ReferenceField
from commissioning.enums import RequestState
from commissioning.models.case_sight import judged_cases
from principles.enums import Level


class AssessmentRequestQuerySet(models.QuerySet):
    def visible_to(self, viewer):
        """Those of the cases that the viewer judges; a provider sees the ones made to itself."""
        if viewer.is_system:
            return self
        if viewer.organisation is None:
            return self.none()
        seen = judged_cases(viewer)
        if viewer.has(*PROVIDER_ROLES):
            own = models.Q(provider__organisation=viewer.organisation)
            if viewer.asker is not None:
                own &= models.Q(contract__commissioner__organisation=viewer.asker)
            seen |= own
        return self.filter(seen)

    def open(self):
        return self.filter(state=RequestState.OPEN)


class AssessmentRequest(models.Model):
    """A commissioner asked one provider of one contract for a self-assessment, by a day.

    ``self_assessment`` is the version that counts now; ``versions`` holds it and those that were
    returned before.
    """

    reference = ReferenceField(prefix="AR")
    contract = models.ForeignKey(
        "commissioning.Contract", on_delete=models.PROTECT, related_name="requests"
    )
    provider = models.ForeignKey("providers.Provider", on_delete=models.PROTECT, related_name="+")
    self_assessment = models.OneToOneField(
        "providers.SelfAssessment", on_delete=models.PROTECT, related_name="+"
    )
    versions = models.ManyToManyField("providers.SelfAssessment", related_name="+")
    editions = models.ManyToManyField("principles.Edition", related_name="+")
    level = models.CharField(max_length=20, choices=Level)
    due_on = models.DateField()
    state = models.CharField(max_length=20, choices=RequestState, default=RequestState.OPEN)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    last_reminded_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = AssessmentRequestQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["contract", "provider"],
                condition=models.Q(state=RequestState.OPEN),
                name="request_open_once",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=RequestState.values), name="request_state_known"
            ),
            models.CheckConstraint(
                condition=models.Q(level__in=Level.values), name="request_level_known"
            ),
            models.CheckConstraint(
                condition=models.Q(state=RequestState.OPEN, closed_at=None)
                | (~models.Q(state=RequestState.OPEN) & models.Q(closed_at__isnull=False)),
                name="request_end_has_a_date",
            ),
        ]

    def __str__(self):
        return self.reference

    def is_late(self, on) -> bool:
        """Whether it is still open after its due date."""
        return self.state == RequestState.OPEN and self.due_on < on
