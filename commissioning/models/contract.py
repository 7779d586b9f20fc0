"""The thing that is judged: one contract, and the providers who are party to it."""

from django.conf import settings
from django.db import models

from accounts.access import COMMISSIONER_ROLES, PROVIDER_ROLES
from accounts.fields import ExactDecimalField
from accounts.references import ReferenceField
from commissioning.enums import ContractStatus
from commissioning.models.audit_engagement import AuditEngagement
from principles.enums import Level

# What has no award date comes last on either engine.
NEWEST_AWARD_FIRST = models.F("awarded_on").desc(nulls_last=True)


class ContractQuerySet(models.QuerySet):
    def visible_to(self, viewer):
        """The commissioner's own contracts; a provider's, where it is a party, and while it is not
        confirmed who signs, those of the body that named them; an auditor's, by engagement.
        """
        if viewer.is_system:
            return self
        if viewer.organisation is None:
            return self.none()
        seen = self._judging(viewer)
        if viewer.has(*PROVIDER_ROLES):
            parties = ContractParty.objects.filter(provider__organisation=viewer.organisation)
            party_to = models.Q(pk__in=parties.values("contract"))
            if viewer.asker is not None:
                party_to &= models.Q(commissioner__organisation=viewer.asker)
            seen |= party_to
        return self.filter(seen)

    def judged_by(self, viewer):
        """The contracts of the viewer's own commissioner, and those that an engagement gives."""
        return self.filter(self._judging(viewer))

    @staticmethod
    def _judging(viewer) -> models.Q:
        seen = models.Q(pk__in=[])
        if viewer.organisation is None:
            return seen
        if viewer.has(*COMMISSIONER_ROLES):
            seen |= models.Q(commissioner__organisation=viewer.organisation)
        engagements = AuditEngagement.objects.giving_sight_to(viewer)
        seen |= models.Q(commissioner__in=engagements.of_everything().values("commissioner"))
        seen |= models.Q(pk__in=engagements.of_named_contracts().values("contracts"))
        return seen


class Contract(models.Model):
    """One contract of a commissioner, from a notice or kept by hand.

    The fields hold what counts now. Where a person corrected one, the published value stands in
    its ``HandCorrection``. ``gaps`` are the codes of what the notices leave out, and
    ``unread_fields`` what could not be read (as on ``Procurement``).
    """

    reference = ReferenceField(prefix="CT")
    commissioner = models.ForeignKey(
        "commissioning.Commissioner", on_delete=models.PROTECT, related_name="contracts"
    )
    procurement = models.ForeignKey(
        "commissioning.Procurement",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="contracts",
    )
    ocds_award_id = models.CharField(max_length=200, blank=True)
    ocds_contract_id = models.CharField(max_length=200, blank=True)
    title = models.CharField(max_length=300)
    description = models.TextField(blank=True)
    value_gbp = ExactDecimalField(null=True, blank=True)
    published_amount = ExactDecimalField(null=True, blank=True)
    gross_amount = ExactDecimalField(null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    awarded_on = models.DateField(null=True, blank=True)
    status = models.CharField(
        max_length=20, choices=ContractStatus, default=ContractStatus.NOT_PUBLISHED
    )
    assurance_level = models.CharField(max_length=20, choices=Level, blank=True)
    level_proposed = models.CharField(max_length=20, choices=Level, blank=True)
    level_proposed_because = models.CharField(max_length=500, blank=True)
    level_reason = models.TextField("reason for another level than the proposed one", blank=True)
    risk_answers = models.JSONField(default=dict, blank=True)
    level_set_at = models.DateTimeField(null=True, blank=True)
    level_set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    gaps = models.JSONField(default=list, blank=True)
    unread_fields = models.JSONField(default=list, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ContractQuerySet.as_manager()

    class Meta:
        ordering = [NEWEST_AWARD_FIRST, "title", "pk"]
        indexes = [
            models.Index(fields=["commissioner", "-awarded_on"]),
            models.Index(fields=["title"]),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["procurement", "ocds_award_id", "ocds_contract_id"],
                condition=models.Q(procurement__isnull=False)
                & ~models.Q(ocds_award_id="", ocds_contract_id=""),
                name="contract_published_once",
            ),
            models.CheckConstraint(condition=~models.Q(title=""), name="contract_has_a_title"),
            models.CheckConstraint(
                condition=models.Q(status__in=ContractStatus.values), name="contract_status_known"
            ),
            models.CheckConstraint(
                condition=models.Q(starts_on=None)
                | models.Q(ends_on=None)
                | models.Q(ends_on__gte=models.F("starts_on")),
                name="contract_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=models.Q(assurance_level="", level_set_at=None)
                | models.Q(assurance_level__in=Level.values, level_set_at__isnull=False),
                name="contract_level_has_a_date",
            ),
            models.CheckConstraint(
                condition=models.Q(assurance_level=models.F("level_proposed"))
                | ~models.Q(level_reason=""),
                name="contract_other_level_has_a_reason",
            ),
        ]

    def __str__(self):
        return self.title


class ContractParty(models.Model):
    """A provider who is party to the contract; the first one named leads."""

    contract = models.ForeignKey(Contract, on_delete=models.CASCADE, related_name="parties")
    provider = models.ForeignKey("providers.Provider", on_delete=models.PROTECT, related_name="+")
    is_lead = models.BooleanField(default=False)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        verbose_name_plural = "contract parties"
        constraints = [
            models.UniqueConstraint(fields=["contract", "provider"], name="party_named_once"),
            models.UniqueConstraint(
                fields=["contract"], condition=models.Q(is_lead=True), name="contract_has_one_lead"
            ),
        ]

    def __str__(self):
        return str(self.provider)
