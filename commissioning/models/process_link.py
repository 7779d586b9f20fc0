"""An own contract that was called off under a process which another body published."""

from django.conf import settings
from django.db import models

from accounts.access import COMMISSIONER_ROLES
from accounts.references import ReferenceField
from commissioning.enums import LinkState
from commissioning.models.contract import Contract
from commissioning.models.procurement import Procurement


class ProcessLinkQuerySet(models.QuerySet):
    def visible_to(self, viewer):
        """The links of the contracts that the viewer judges or audits, and those that stand to a
        process of the viewer's own organisation. A link gives no sight of anything else.
        """
        if viewer.is_system:
            return self
        if viewer.organisation is None:
            return self.none()
        seen = models.Q(contract__in=Contract.objects.judged_by(viewer))
        if viewer.has(*COMMISSIONER_ROLES):
            own = Procurement.objects.filter(
                buyer__organisation=viewer.organisation, ocid=models.OuterRef("ocid")
            )
            seen |= models.Q(publisher=viewer.organisation) & models.Q(models.Exists(own))
        return self.filter(seen)

    def standing(self):
        """Those that were not withdrawn, disputed or not."""
        return self.exclude(state=LinkState.WITHDRAWN)


class ProcessLink(models.Model):
    """The contract's commissioner states, with a reason, under which process it was called off.

    ``publisher`` is the organisation of that name, where this installation knows one: its people
    see the statement on their process, and may dispute it.
    """

    reference = ReferenceField(prefix="PL")
    contract = models.ForeignKey(
        "commissioning.Contract", on_delete=models.PROTECT, related_name="process_links"
    )
    ocid = models.CharField(max_length=200, db_index=True)
    publisher_name = models.CharField(max_length=300)
    publisher = models.ForeignKey(
        "accounts.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.TextField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    state = models.CharField(max_length=10, choices=LinkState, default=LinkState.STATED)
    dispute_reason = models.TextField(blank=True)
    disputed_at = models.DateTimeField(null=True, blank=True)
    disputed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = ProcessLinkQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["contract", "ocid"],
                condition=~models.Q(state=LinkState.WITHDRAWN),
                name="link_stands_once",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=LinkState.values), name="link_state_known"
            ),
            models.CheckConstraint(
                condition=~models.Q(ocid="") & ~models.Q(publisher_name="") & ~models.Q(reason=""),
                name="link_says_to_what_and_why",
            ),
            models.CheckConstraint(
                condition=models.Q(disputed_at=None, disputed_by=None, dispute_reason="")
                | models.Q(disputed_at__isnull=False, disputed_by__isnull=False)
                & ~models.Q(dispute_reason=""),
                name="link_dispute_has_date_person_and_reason",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=LinkState.DISPUTED) | models.Q(disputed_at__isnull=False),
                name="link_disputed_by_somebody",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    state=LinkState.WITHDRAWN,
                    withdrawn_at__isnull=False,
                    withdrawn_by__isnull=False,
                )
                | ~models.Q(state=LinkState.WITHDRAWN)
                & models.Q(withdrawn_at=None, withdrawn_by=None),
                name="link_withdrawal_has_date_and_person",
            ),
        ]

    def __str__(self):
        return f"{self.contract_id} {self.ocid}"
