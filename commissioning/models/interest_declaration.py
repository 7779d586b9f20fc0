"""Who declared what interest in a provider and a contract, and what was decided about it."""

from django.conf import settings
from django.db import models

from accounts.access import Role
from commissioning.enums import Resolution
from commissioning.models.audit_engagement import AuditEngagement


class InterestDeclarationQuerySet(models.QuerySet):
    def visible_to(self, viewer):
        """One's own; all of the contracts of one's body for those who decide; an auditor's by
        engagement.
        """
        if viewer.is_system:
            return self
        if viewer.organisation is None or viewer.user is None:
            return self.none()
        seen = models.Q(user=viewer.user, contract__commissioner__organisation=viewer.organisation)
        if viewer.has(Role.CONTRACT_MANAGER, Role.APPROVER):
            seen |= models.Q(contract__commissioner__organisation=viewer.organisation)
        engagements = AuditEngagement.objects.giving_sight_to(viewer)
        everything = engagements.of_everything().values("commissioner")
        seen |= models.Q(contract__commissioner__in=everything)
        seen |= models.Q(contract__in=engagements.of_named_contracts().values("contracts"))
        return self.filter(seen)

    def current(self):
        return self.filter(replaced_at=None)

    def clearing(self):
        """Those that let their declarant see the case: no interest, or one that was mitigated."""
        return self.current().filter(
            models.Q(has_interest=False) | models.Q(resolution=Resolution.MITIGATED)
        )

    def blocking(self):
        """Those that close the case to their declarant: an interest that is not mitigated."""
        return self.current().filter(has_interest=True).exclude(resolution=Resolution.MITIGATED)

    def unresolved(self):
        return self.current().filter(has_interest=True, resolution=Resolution.NONE)


class InterestDeclaration(models.Model):
    """One person's declaration for one contract and one provider. A later one replaces it."""

    contract = models.ForeignKey(
        "commissioning.Contract", on_delete=models.PROTECT, related_name="declarations"
    )
    provider = models.ForeignKey("providers.Provider", on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    has_interest = models.BooleanField()
    description = models.TextField(blank=True)
    made_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True, blank=True)
    resolution = models.CharField(max_length=10, choices=Resolution, default=Resolution.NONE)
    resolution_note = models.TextField(blank=True)
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = InterestDeclarationQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["contract", "provider", "user"],
                condition=models.Q(replaced_at=None),
                name="declaration_stands_once",
            ),
            models.CheckConstraint(
                condition=models.Q(has_interest=False, description="", resolution=Resolution.NONE)
                | (models.Q(has_interest=True) & ~models.Q(description="")),
                name="declared_interest_is_described",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    resolution=Resolution.NONE,
                    resolved_at=None,
                    resolved_by=None,
                    resolution_note="",
                )
                | (
                    models.Q(
                        resolution__in=[Resolution.MITIGATED, Resolution.RECUSED],
                        resolved_at__isnull=False,
                        resolved_by__isnull=False,
                    )
                    & ~models.Q(resolution_note="")
                ),
                name="resolution_has_date_person_and_note",
            ),
            models.CheckConstraint(
                condition=models.Q(resolved_by=None) | ~models.Q(resolved_by=models.F("user")),
                name="resolution_is_by_another_person",
            ),
        ]

    def __str__(self):
        return f"{self.user_id}: {self.contract_id}, {self.provider_id}"
