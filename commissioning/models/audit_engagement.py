"""What lets an auditor read."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from accounts.access import Role
from accounts.references import ReferenceField
from commissioning.enums import EngagementScope


class AuditEngagementQuerySet(models.QuerySet):
    def visible_to(self, viewer):
        """The commissioner's administrators who give engagements, and the people of the assurance
        body.
        """
        if viewer.is_system:
            return self
        if viewer.organisation is None:
            return self.none()
        seen = models.Q(assurance_body=viewer.organisation)
        if viewer.has(Role.ADMINISTRATOR):
            seen |= models.Q(commissioner__organisation=viewer.organisation)
        return self.filter(seen)

    def giving_sight_to(self, viewer, on=None):
        """The engagements under which this viewer may read today (or on the day given)."""
        if viewer.organisation is None or not viewer.has(Role.AUDITOR):
            return self.none()
        on = on or timezone.localdate()
        return self.filter(
            assurance_body=viewer.organisation, ended_at=None, starts_on__lte=on, ends_on__gte=on
        )

    def of_everything(self):
        return self.filter(scope=EngagementScope.EVERYTHING)

    def of_named_contracts(self):
        return self.filter(scope=EngagementScope.NAMED_CONTRACTS)


class AuditEngagement(models.Model):
    """One assurance body may read one commissioner's contracts, from a day to a day."""

    reference = ReferenceField(prefix="EG")
    assurance_body = models.ForeignKey(
        "accounts.Organisation", on_delete=models.PROTECT, related_name="+"
    )
    commissioner = models.ForeignKey(
        "commissioning.Commissioner", on_delete=models.PROTECT, related_name="engagements"
    )
    scope = models.CharField(max_length=20, choices=EngagementScope)
    contracts = models.ManyToManyField(
        "commissioning.Contract", blank=True, related_name="engagements"
    )
    starts_on = models.DateField()
    ends_on = models.DateField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = AuditEngagementQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(scope__in=EngagementScope.values), name="engagement_scope_known"
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")),
                name="engagement_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=models.Q(ended_at=None, ended_by=None)
                | models.Q(ended_at__isnull=False, ended_by__isnull=False),
                name="engagement_end_has_date_and_person",
            ),
        ]

    def __str__(self):
        return f"{self.reference}: {self.assurance_body}"

    def is_current(self, on) -> bool:
        """Whether it gives sight on this day."""
        return self.ended_at is None and self.starts_on <= on <= self.ends_on
